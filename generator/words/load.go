package words

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"minutebook/generator/diag"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
	"minutebook/layouts"
)

// English is the language of the keys.
const English = "en"

// folder is where the files are, in the layouts.
const folder = "words/"

// Load reads the words of a language from a tree of layouts. They are English,
// and found is false, when there are none for it. Problems are those of the
// files; what cannot be read is as if it were not there.
func Load(tree *source.Tree, tag string) (w *Words, found bool, problems diag.List) {
	l := &loader{tree: tree, words: &Words{tag: English, messages: map[Key]message{}}}
	found = isOrBelongsTo(tag, English)
	for _, own := range []bool{false, true} {
		for _, name := range wider(tag) { // the narrowest comes last and wins
			if l.file(name, own) {
				found = true
				l.words.tag = name
			}
		}
	}
	if len(l.sums) == 0 {
		return nil, found, l.problems
	}
	l.words.plural = language.Make(l.words.tag)
	l.words.sum = source.SumOf(l.sums)
	l.words.calendar = newCalendar(l.words)
	return l.words, found, l.problems
}

// wider are a tag and those that it is a case of, from the widest to itself: zh,
// zh-Hant, zh-Hant-TW (RFC 4647, section 3.4).
func wider(tag string) []string {
	var list []string
	for i, c := range tag {
		if c == '-' {
			list = append(list, tag[:i])
		}
	}
	return append(list, tag)
}

func isOrBelongsTo(tag, wide string) bool {
	return len(tag) >= len(wide) && strings.EqualFold(tag[:len(wide)], wide) && (len(tag) == len(wide) || tag[len(wide)] == '-')
}

// Languages are the tags that there are words for.
func Languages(tree *source.Tree) []string {
	list := []string{English}
	for _, f := range tree.Files() {
		if name, ok := nameOf(f.Path); ok {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// nameOf is the tag that a file has words for.
func nameOf(file string) (string, bool) {
	name, yaml := strings.CutSuffix(file, ".yaml")
	return strings.TrimPrefix(name, folder), yaml && path.Dir(file)+"/" == folder
}

// A loader reads the files of one language.
type loader struct {
	tree     *source.Tree
	words    *Words
	sums     []byte
	problems diag.List
}

// file reads the words of a tag, those that Minutebook brings or those of the
// site, and reports whether there are any.
func (l *loader) file(tag string, own bool) bool {
	f := l.find(tag)
	if data, err := fs.ReadFile(layouts.FS, folder+strings.ToLower(tag)+".yaml"); !own {
		if err != nil {
			return false
		}
		if f == nil || string(f.Data) != string(data) {
			f = source.NewFile(folder+strings.ToLower(tag)+".yaml", data)
		}
	} else if f == nil || err == nil && string(f.Data) == string(data) {
		return false // that was read before
	}
	l.sums = append(append(l.sums, tag...), f.Sum[:]...)
	m, problems := frontmatter.DecodeFile(f)
	l.problems = append(l.problems, problems...)
	for _, e := range m.Entries {
		l.entry(f, e)
		if own {
			l.known(f, e)
		}
	}
	return true
}

// known reports a key that nothing says: neither Minutebook nor a layout or
// script of the site.
func (l *loader) known(f *source.File, e frontmatter.Entry) {
	keys := brought()
	if slices.Contains(keys, e.Key) || slices.Contains(keys, bare(Key(e.Key))) {
		return
	}
	quoted := []byte(strconv.Quote(e.Key))
	for _, layout := range l.tree.Files() {
		if path.Dir(layout.Path) != path.Clean(folder) && bytes.Contains(layout.Data, quoted) {
			return
		}
	}
	d := diag.At(f, e.KeySpan, "unknown-key", "unknown key %q in a file of words", e.Key).About(e.Key)
	if near := diag.Nearest(e.Key, keys); near != "" {
		d = d.WithHint("did you mean %q?", near)
	} else {
		d = d.WithHint("a key is the English text, as in the words of other languages")
	}
	l.problems.Add(d)
}

// brought are the keys of a language that Minutebook brings; each has them all.
var brought = sync.OnceValue(func() []string {
	var keys []string
	if names, _ := fs.Glob(layouts.FS, folder+"*.yaml"); len(names) > 0 {
		data, _ := layouts.FS.ReadFile(names[0])
		m, _ := frontmatter.DecodeFile(source.NewFile(names[0], data))
		for _, e := range m.Entries {
			keys = append(keys, e.Key)
		}
	}
	return keys
})

// find is the file of a tag in the tree. Letter case does not matter in a tag
// (RFC 5646, section 2.1.1).
func (l *loader) find(tag string) *source.File {
	for _, f := range l.tree.Files() {
		if name, ok := nameOf(f.Path); ok && strings.EqualFold(name, tag) {
			return f
		}
	}
	return nil
}

// entry reads a key with its translation. One that says nothing is left out.
func (l *loader) entry(f *source.File, e frontmatter.Entry) {
	key := Key(e.Key)
	names := places(bare(key))
	var m message
	switch e.Value.Kind {
	case frontmatter.Null:
		return
	case frontmatter.Scalar:
		l.form(f, e, &m, plural.Other, names)
	case frontmatter.Map:
		for _, one := range e.Value.Fields {
			form, known := pluralForms[one.Key]
			if !known {
				l.bad(f, one, "%q is not a plural form", one.Key).hint("the forms are zero, one, two, few, many and other")
				continue
			}
			l.form(f, one, &m, form, names)
		}
		if m[plural.Other] == nil {
			l.bad(f, e, "%s has no plural form \"other\"", strconv.Quote(e.Key)).hint("add what is said of numbers that have no form of their own")
			return
		}
	default:
		l.bad(f, e, "%s has a list for a translation", strconv.Quote(e.Key)).hint("write the text behind the colon, or one text for each plural form")
		return
	}
	l.words.messages[key] = m
}

// form reads the text of a plural form.
func (l *loader) form(f *source.File, e frontmatter.Entry, m *message, form plural.Form, names []string) {
	if e.Value.Kind != frontmatter.Scalar {
		l.bad(f, e, "%s has no text", strconv.Quote(e.Key)).hint("write the text behind the colon")
		return
	}
	m[form] = cut(e.Value.Text, names)
	for _, part := range m[form] {
		if part.value != textOnly || part.text == "" || part.text[0] != '{' {
			continue
		}
		r := l.bad(f, e, "nothing fills %s", part.text)
		if len(names) > 0 {
			r.hint("the key has %s", strings.Join(names, " and "))
		} else {
			r.hint("the key has nothing in braces")
		}
	}
}

// A report is a problem just added, to be completed.
type report struct{ d *diag.Diagnostic }

func (l *loader) bad(f *source.File, e frontmatter.Entry, format string, args ...any) report {
	span := e.Value.Span
	if span.Start == span.End {
		span = e.KeySpan
	}
	l.problems.Add(diag.At(f, span, "layout", format, args...).About(e.Key))
	return report{&l.problems[len(l.problems)-1]}
}

func (r report) hint(format string, args ...any) { *r.d = r.d.WithHint(format, args...) }
