// Package layout holds the templates and assets of a site and fills them.
//
// A [Theme] is loaded once from a tree of layouts (the embedded ones, overlaid
// file by file by a user's own) and then only read. Every fault of a layout is
// found when it is loaded, all at once. What layouts are given is in page.go.
//
// A tree of layouts has
//
//	base.html      the frame of every page, with the blocks "head" and "main"
//	NAME.html      a page's layout: home, list, proposal …; it fills the blocks
//	partials/      x.html is the template "x", of base and all layouts
//	css/, js/      joined by name to one file each
//	js/search/     the script of search.html alone, likewise
//	icon.svg       the site's icon
//	words/         the words of other languages than English; see package words
//	static/        copied as it is, to the root of the site
//
// A kind of documents is shown by the layout of its name, else by record.html.
package layout

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"sync"

	"minutebook/generator/source"
)

// A Theme is the layouts of a site, ready to be filled. It never changes, and
// any number of goroutines may use it.
type Theme struct {
	pages                    map[string]*page
	assets                   []Asset
	stylesheet, script, icon string
	searchScript             string
	sum                      source.Sum
}

// An Asset is a file of the site that comes from the layouts.
type Asset struct {
	Path string // from the root of the site
	Data []byte
}

// A page is a layout that can be filled.
type page struct {
	file *source.File
	// compact is what pages are made from: base, partials and layout with their
	// white space taken out.
	compact *template.Template
	// program does the same as compact, in less time; nil where it cannot.
	program *program
	// written is the same as it stands in the files, for the places of faults.
	// It is made when it is first asked for, because most themes have none.
	written func() *template.Template
	tree    *source.Tree
}

// Assets returns the files that belong to the theme, sorted by path. The slice
// must not be changed.
func (t *Theme) Assets() []Asset { return t.assets }

// Stylesheet is the path of the style sheet, from the root of the site; empty
// when there is none.
func (t *Theme) Stylesheet() string { return t.stylesheet }

// Script is the path of the script, as [Theme.Stylesheet].
func (t *Theme) Script() string { return t.script }

// SearchScript is the path of the script of the search page alone, as
// [Theme.Stylesheet].
func (t *Theme) SearchScript() string { return t.searchScript }

// Icon is the path of the icon, as [Theme.Stylesheet].
func (t *Theme) Icon() string { return t.icon }

// Sum identifies all that the theme was made from: with the same sum and equal
// values a page is the same bytes.
func (t *Theme) Sum() source.Sum { return t.sum }

// Has reports whether a layout is there and free of faults.
func (t *Theme) Has(name string) bool { return t.pages[name] != nil }

// For is the name of the layout that shows documents of a kind.
func (t *Theme) For(kind string) string {
	if t.Has(kind) && ofDocuments(kind) {
		return kind
	}
	return fallback
}

// Render appends a page to w: a layout filled with one of the page types by
// value. A name without a layout is shown by record.html. After an error w is
// as it was; the error is a [Fault] where the layout is to blame.
func (t *Theme) Render(w *bytes.Buffer, name string, values any) error {
	p := t.pages[name]
	if p == nil {
		p = t.pages[fallback]
	}
	if p == nil {
		return fmt.Errorf("there is no layout %s.html, and no %s.html in its place", name, fallback)
	}
	length := w.Len()
	if p.program.fill(w, values) {
		return nil
	}
	w.Truncate(length)
	if err := p.compact.Execute(w, values); err != nil {
		w.Truncate(length)
		return p.fault(err, values)
	}
	return nil
}

// fault is the fault behind an error of the compact templates. Their lines are
// not those of the files, so the page is filled once more from the templates as
// they were written.
func (p *page) fault(err error, values any) Fault {
	if again := p.written().Execute(io.Discard, values); again != nil {
		err = again
	}
	return faultOf(err, p.file, p.tree)
}

func (l *loader) newPage(file *source.File, compact, written *fileSet) *page {
	return &page{
		file:    file,
		tree:    l.tree,
		compact: compact.template(l.functions),
		written: sync.OnceValue(func() *template.Template { return written.template(l.functions) }),
	}
}
