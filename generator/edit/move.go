package edit

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// Move gives a file another path and mends what leads to it: links and images in
// all documents, front matter that names it, feedback that is sent to it, and
// what the file itself links to. A document keeps its old address as an alias,
// and its kind where the new folder has none.
//
// What could not be mended is listed with its place; everything else is done.
func (e *Editor) Move(old, new string) (left diag.List, err error) {
	if err := e.free(new, old); err != nil {
		return nil, err
	}
	if source.IsMarkdown(old) != source.IsMarkdown(new) {
		return nil, refuse("keep the ending "+path.Ext(old), "%s would no longer be what it is", e.named(new))
	}
	m := mover{Editor: e, old: old, new: new, record: e.Site.Record(old)}
	for _, r := range e.Site.Records {
		m.mend(r)
	}
	if m.record != nil {
		if err := m.keepKind(); err != nil {
			return nil, err
		}
		if err := m.alias(); err != nil {
			return nil, err
		}
	}
	e.move(old, new)
	return m.left, nil
}

// move notes that a file has another path.
func (e *Editor) move(old, new string) {
	c := e.changed[old]
	if c == nil {
		c = &Change{Old: old, Whole: true}
	}
	delete(e.changed, old)
	c.Path = new
	e.changed[new] = c
}

// longestName is how many bytes an element of a path may have: what the address
// of a page leaves room for.
const longestName = 240

// free reports whether a file may be made at a path: it is one of the content
// folder, it would be read, and nothing is there, in whatever letter case. A
// file that moves may differ from its old path in case alone.
func (e *Editor) free(p, moving string) error {
	if problem := badPath(p); problem != "" {
		return refuse("", "%q cannot be the path of a document: %s", p, problem)
	}
	low := strings.ToLower(p)
	for _, f := range e.Content.Files() {
		other := strings.ToLower(f.Path)
		switch {
		case f.Path == moving && f.Path != p:
		case f.Path == p, other == low:
			return refuse("nothing is written over it", "%s is there already", e.named(f.Path))
		case strings.HasPrefix(other, low+"/"):
			return refuse("", "%s is a folder", e.named(p))
		case strings.HasPrefix(low, other+"/"):
			return refuse("", "%s is a file, not a folder", e.named(f.Path))
		}
	}
	return nil
}

// badPath says why a path cannot be that of a content file; "" when it can.
func badPath(p string) string {
	switch {
	case p == "" || p != path.Clean(p) || path.IsAbs(p) || p == "." || p == ".." || strings.HasPrefix(p, "../"):
		return "it is not a path within the content folder"
	case !utf8.ValidString(p) || strings.ContainsFunc(p, unicode.IsControl):
		return "it has characters that names of files cannot have everywhere"
	case strings.ContainsAny(p, `\:*?"<>|`):
		return `names with \ : * ? " < > | do not work on every system`
	}
	for _, element := range strings.Split(p, "/") {
		switch {
		case source.Ignored(element):
			return element + " is never read as content"
		case len(element) > longestName:
			return "a name in it is too long"
		case strings.TrimRight(element, " .") != element:
			return "a name in it ends with a blank or a dot"
		}
	}
	return ""
}

// A mover is one move of a file.
type mover struct {
	*Editor
	old, new string
	record   *site.Record // of the file; nil for an attachment
	left     diag.List
}

// mend mends one document for the move.
func (m *mover) mend(r *site.Record) {
	m.fields(r)
	wanted := map[int]rewrite{}
	for i := range r.Body.References {
		if change := m.link(r, i); change != nil {
			wanted[i] = change
		}
	}
	for _, i := range m.relink(r.File.Path, wanted) {
		m.leave(r, r.Body.References[i].Span, r.Body.References[i].Destination)
	}
	for i, n := range r.Notes {
		if m.record != nil && slices.Contains(n.Destinations, m.record) && n.To != "" {
			m.destination(r, i, n)
		}
	}
}

// leave notes what could not be mended.
func (m *mover) leave(r *site.Record, span source.Span, what string) {
	at := diag.At(r.File, span, "broken-link", "%q could not be mended", what)
	m.left.Add(at.WithHint("write %s there", m.new))
}

// link is what becomes of a link of a document's body; nil when it stays.
func (m *mover) link(r *site.Record, i int) rewrite {
	destination := r.Body.References[i].Destination
	if !isRelative(destination) {
		return nil
	}
	own := r == m.record
	dir := path.Dir(r.File.Path)
	target := resolved(dir, destination)
	if m.leadsHere(r, i, target) {
		target = m.new
	} else if !own || strings.HasPrefix(destination, "/") || path.Dir(m.new) == dir {
		return nil
	}
	if own {
		dir = path.Dir(m.new)
	}
	return to(dir, target)
}

// leadsHere reports whether a link names the file that moves, by its path or
// that of its page, in whatever letter case. A link to a folder names no file.
func (m *mover) leadsHere(r *site.Record, i int, target string) bool {
	p, _ := cutAddress(r.Body.References[i].Destination)
	if strings.HasSuffix(p, "/") {
		return false
	}
	if target == m.old {
		return true
	}
	if m.record == nil || r.Targets[i].Record != m.record {
		return false
	}
	return strings.EqualFold(target, m.old) || strings.TrimSuffix(target, ".html")+path.Ext(m.old) == m.old
}

// fields mends the front matter of a document.
func (m *mover) fields(r *site.Record) {
	var splices []splice
	for _, f := range r.Kind.OfType(config.References) {
		v, _ := r.Values.Of(f.Name)
		if v.Span.IsZero() {
			continue // a default
		}
		for _, item := range v.Items {
			was, is := m.reference(r, f, item)
			if was == is {
				continue
			}
			raw := string(r.File.Data[item.Span.Start:item.Span.End])
			at := strings.LastIndex(raw, was)
			if at < 0 {
				m.leave(r, item.Span, item.Text)
				continue
			}
			start := item.Span.Start + at
			splices = append(splices, splice{source.Span{Start: start, End: start + len(was)}, is})
		}
	}
	if len(splices) > 0 {
		m.put(r.File.Path, apply(m.data(r.File.Path), distinct(splices)...))
	}
}

// reference is the part of a reference that names a file, and what it becomes.
func (m *mover) reference(r *site.Record, f *config.Field, item document.Item) (was, is string) {
	text := item.Text
	if open := strings.Index(text, "]("); open > 0 && strings.HasSuffix(text, ")") {
		text = text[open+2 : len(text)-1]
	}
	was, _ = cutAddress(text)
	if strings.Contains(was, "/") || source.IsMarkdown(was) {
		return was, m.pathReference(r, was)
	}
	if m.record == nil || !refersTo(r, f, m.record) {
		return was, was
	}
	stem := strings.TrimSuffix(path.Base(m.old), path.Ext(m.old))
	if strings.EqualFold(was, stem) {
		return was, strings.TrimSuffix(path.Base(m.new), path.Ext(m.new))
	}
	return was, was
}

// pathReference is a path in a front matter after the move. It counts from the
// document's folder, or from the content folder.
func (m *mover) pathReference(r *site.Record, was string) string {
	if !isRelative(was) {
		return was
	}
	dir := path.Dir(r.File.Path)
	near, far := resolved(dir, was), resolved(".", was)
	switch {
	case near == m.old && r == m.record:
		return to(path.Dir(m.new), m.new)(was)
	case near == m.old:
		return to(dir, m.new)(was)
	case far == m.old && m.Content.File(near) == nil:
		return to(".", m.new)(was)
	case r == m.record && !strings.HasPrefix(was, "/") && (m.Content.File(near) != nil || m.Content.File(far) == nil):
		return to(path.Dir(m.new), near)(was)
	}
	return was
}

// refersTo reports whether a record names another in a field.
func refersTo(r *site.Record, f *config.Field, other *site.Record) bool {
	return slices.ContainsFunc(r.Relations, func(rel site.Relation) bool {
		return rel.Stated && rel.To == other && rel.Field != nil && rel.Field.Name == f.Name
	})
}

// destination mends "to: event" of a note.
func (m *mover) destination(r *site.Record, index int, n *site.Note) {
	is := strings.TrimSuffix(path.Base(m.new), path.Ext(m.new))
	if strings.Contains(n.To, "/") {
		is = m.pathReference(r, n.To)
	} else if !strings.EqualFold(n.To, strings.TrimSuffix(path.Base(m.old), path.Ext(m.old))) {
		return // another name of the event, which it keeps
	}
	before := m.document(r.File.Path)
	data := before.File.Data
	start := before.Body.Items[index].Span.Start
	end := len(data)
	if index+1 < len(before.Body.Items) {
		end = max(start, before.Body.Items[index+1].Span.Start)
	}
	at := regexp.MustCompile(`(?i)\bto:\s*` + regexp.QuoteMeta(n.To)).FindIndex(data[start:end])
	if at == nil {
		m.leave(r, n.Span, n.To)
		return
	}
	place := source.Span{Start: start + at[1] - len(n.To), End: start + at[1]}
	edited := apply(data, splice{place, is})
	after := m.parser.Parse(source.NewFile(r.File.Path, edited))
	if len(after.Body.Items) != len(before.Body.Items) || after.Body.Items[index].To != is {
		m.leave(r, n.Span, n.To)
		return
	}
	m.put(r.File.Path, edited)
}

// keepKind keeps a document of its kind where the new folder says nothing of
// kinds: others refer to it as what it is. Of two folders of kinds, the new one
// counts.
func (m *mover) keepKind() error {
	k := m.record.Kind
	if c := m.Site.Config; k.Open || m.record.Index || c.KindOf(m.old) != k || c.KindOf(m.new) != c.Page() {
		return nil
	}
	return m.Set(m.old, "kind", k.Name)
}

// alias keeps the old address of a document. The page of a folder is there
// without its file, and needs none.
func (m *mover) alias() error {
	if m.record.Index {
		return nil
	}
	f, err := m.front(m.old)
	if err != nil {
		return err
	}
	if list := f.items("aliases"); slices.Contains(list, m.new) { // it moves back
		rest := slices.DeleteFunc(list, func(a string) bool { return a == m.new })
		if err := m.Set(m.old, "aliases", rest...); err != nil {
			return err
		}
	}
	if strings.TrimSuffix(m.old, path.Ext(m.old)) == strings.TrimSuffix(m.new, path.Ext(m.new)) {
		return nil
	}
	return m.Add(m.old, "aliases", m.old)
}
