package layout

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/parse/v2"

	"minutebook/generator/source"
)

// assets makes the files that pages ask for. Their names carry a part of their
// sum, so that hosts may let browsers keep them for ever.
func (l *loader) assets(t *Theme) {
	t.stylesheet = l.bundle(t, "css", "site.css", "", css.Minify)
	// A script may begin with "(" and would call the one before it.
	t.script = l.bundle(t, "js", "site.js", ";\n", js.Minify)
	t.searchScript = l.bundle(t, "js/search", "search.js", ";\n", js.Minify)
	if icon := l.tree.File("icon.svg"); icon != nil {
		t.icon = t.add("icon", ".svg", icon.Data)
	}
	for _, f := range l.tree.Files() {
		if to, ok := strings.CutPrefix(f.Path, "static/"); ok {
			l.copy(t, f, to)
		}
	}
	slices.SortFunc(t.assets, func(a, b Asset) int { return cmp.Compare(a.Path, b.Path) })
}

// bundle joins the files of a folder that end as the one to be made, in the
// order of their names.
func (l *loader) bundle(t *Theme, folder, to, between string, minified minify.MinifierFunc) string {
	var parts [][]byte
	ext := path.Ext(to)
	for _, f := range l.tree.Files() {
		if path.Dir(f.Path) != folder || path.Ext(f.Path) != ext {
			continue
		}
		data := f.Data
		if ext == ".js" {
			data = scriptWithWords(data, l.words)
		}
		var part bytes.Buffer
		if err := minified(minify.New(), &part, bytes.NewReader(data), nil); err != nil {
			l.faults[assetFault(f, err)] = true
			continue
		}
		parts = append(parts, part.Bytes())
	}
	if len(parts) == 0 {
		return ""
	}
	return t.add(strings.TrimSuffix(to, ext), ext, bytes.Join(parts, []byte(between)))
}

func assetFault(f *source.File, err error) Fault {
	fault := Fault{Path: f.Path, Message: err.Error()}
	var at *parse.Error
	if errors.As(err, &at) {
		fault.Message = at.Message
		fault.Position = source.Position{Line: at.Line, Column: at.Column}
	}
	return fault
}

// add files data under a name with its sum, and returns the path.
func (t *Theme) add(stem, ext string, data []byte) string {
	to := "assets/" + stem + "." + source.SumOf(data).String()[:8] + ext
	t.assets = append(t.assets, Asset{Path: to, Data: data})
	return to
}

// copy takes a file over as it is. Large ones are not in memory yet.
func (l *loader) copy(t *Theme, f *source.File, to string) {
	data := f.Data
	if f.Streamed() {
		in, err := f.Open()
		if err == nil {
			data, err = io.ReadAll(in)
			in.Close()
		}
		if err != nil {
			l.report(f.Path, "this file cannot be read: %v", err)
			return
		}
	}
	t.assets = append(t.assets, Asset{Path: to, Data: data})
}

// compactHTML takes out of a template the white space and comments that a
// browser does not show. Tags and quotes stay: a partial may open what another
// closes, and html/template tells by the quotes where a value ends.
func compactHTML(text []byte) (string, error) {
	m := html.Minifier{
		KeepDefaultAttrVals: true,
		KeepDocumentTags:    true,
		KeepEndTags:         true,
		KeepQuotes:          true,
		TemplateDelims:      html.GoTemplateDelims,
	}
	var out bytes.Buffer
	err := m.Minify(minify.New(), &out, bytes.NewReader(text), nil)
	return out.String(), err
}
