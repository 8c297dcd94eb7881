package site

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/frontmatter"
	"minutebook/generator/memo"
	"minutebook/generator/parallel"
	"minutebook/generator/source"
)

// unnameDocuments takes the names of persons who are not shown by name out of all
// documents, and reports where somebody is named who is hidden: such a site is
// not published. A site that shows all by name does nothing here.
func (l *linker) unnameDocuments() {
	people := make([]*Person, len(l.in.People.List))
	for i, p := range l.in.People.List {
		people[i] = &Person{Person: p, Shown: l.shownName(p)}
	}
	l.shield = NewShield(people)
	if l.shield == nil {
		return
	}
	published := l.published()
	documents := make([]*document.Document, len(published))
	for i := range published {
		documents[i] = published[i].document
	}
	l.in.Documents = documents
	if !l.in.People.Hides() {
		return
	}
	for i := range published {
		l.reportNamed(published[i].hidden)
	}
	l.reportNamed(l.namedInSettings())
	l.reportNamed(l.namedByPeople())
}

// A Memory remembers from one site to the next what is published of documents, and
// what broken links may mean. The zero Memory is empty.
type Memory struct {
	nearest memo.Table[[2]string, any, string] // by folder and path; the key is the content's paths

	people, words source.Sum // that the documents were made by
	unnamed       []unnamed  // in the order of the paths
}

// An unnamed is what is published of a document, and where that names somebody who
// is hidden.
type unnamed struct {
	from, document *document.Document
	hidden         []place
}

// published is what is published of all documents. A document is looked through
// once while neither it nor people.yaml changes; documents are read anew when the
// configuration does.
func (l *linker) published() []unnamed {
	m := l.in.Memory
	if m == nil {
		m = &Memory{}
	}
	last := m.unnamed
	if m.people != l.in.People.Sum || m.words != l.Words.Sum() {
		last = nil
	}
	list := make([]unnamed, len(l.in.Documents))
	var unread []int // places of documents that are to be looked through
	for i, d := range l.in.Documents {
		for len(last) > 0 && last[0].from != d && last[0].from.File.Path < d.File.Path {
			last = last[1:]
		}
		if len(last) > 0 && last[0].from == d {
			list[i], last = last[0], last[1:]
		} else {
			unread = append(unread, i)
		}
	}
	parallel.Each(context.Background(), len(unread), func(n int) error {
		d := l.in.Documents[unread[n]]
		now, hidden := l.unnamed(d)
		list[unread[n]] = unnamed{d, now, hidden}
		return nil
	})
	m.people, m.words, m.unnamed = l.in.People.Sum, l.Words.Sum(), list
	return list
}

// reportNamed reports places that name somebody who is hidden, one on a line. The
// message does not name them either.
func (l *linker) reportNamed(places []place) {
	told := map[source.Position]bool{}
	for _, p := range places {
		d := diag.At(p.file, p.span, "hidden-person-named", "this names a person whom %s hides", config.PeopleFile).About(p.file.Path).
			WithHint("write %q instead", ParticipantName)
		if line := (source.Position{Line: d.Start.Line}); !told[line] {
			told[line] = true
			l.problem(d)
		}
	}
}

// attachmentsNamed reports attachments that name somebody who is hidden, in their
// name or, where they are texts, in what they say.
func (l *linker) attachmentsNamed() {
	if l.shield == nil || !l.in.People.Hides() {
		return
	}
	for _, a := range l.Attachments {
		var places []place
		if len(l.shield.hidden(a.File.Path)) > 0 {
			places = append(places, place{file: a.File})
		}
		if isText(a.File.Data) {
			for _, m := range l.shield.hidden(string(a.File.Data)) {
				places = append(places, place{a.File, source.Span{Start: m.Start, End: m.End}})
			}
		}
		l.reportNamed(places)
	}
}

// isText reports whether a file is a text, as far as its start tells.
func isText(data []byte) bool {
	const enough = 4096
	start := data[:min(len(data), enough)]
	for len(start) > 0 && len(start) == enough && !utf8.Valid(start) && len(start) > enough-utf8.UTFMax {
		start = start[:len(start)-1]
	}
	return utf8.Valid(start) && bytes.IndexByte(start, 0) < 0
}

// unshown are the settings that no page prints.
var unshown = []string{"exclude", "reading", "rules", "site-id"}

// namedInSettings are the values of the site's own settings that name somebody
// who is hidden.
func (l *linker) namedInSettings() (places []place) {
	f := l.in.Content.File(config.FileName)
	if f == nil {
		return nil
	}
	settings, _ := frontmatter.DecodeFile(f)
	var look func(v frontmatter.Value)
	entries := func(list []frontmatter.Entry, left ...string) {
		for _, e := range list {
			if slices.Contains(left, e.Key) {
				continue
			}
			if len(l.shield.hidden(e.Key)) > 0 {
				places = append(places, place{f, e.KeySpan})
			}
			look(e.Value)
		}
	}
	look = func(v frontmatter.Value) {
		if len(l.shield.hidden(v.Text)) > 0 {
			places = append(places, place{f, v.Span})
		}
		for _, item := range v.Items {
			look(item)
		}
		entries(v.Fields)
	}
	entries(settings.Entries, unshown...)
	return places
}

// namedByPeople are those of people.yaml whose pages would name somebody who is
// hidden.
func (l *linker) namedByPeople() (places []place) {
	for _, p := range l.in.People.List {
		if p.Public != config.Named {
			continue
		}
		for _, text := range append([]string{p.Handle, p.Name, p.Affiliation}, p.Links...) {
			if len(l.shield.hidden(text)) > 0 {
				places = append(places, place{l.in.People.File, p.Span})
			}
		}
	}
	return places
}

// bodySpan is where the body is in the document's file.
func (u *unnaming) bodySpan() source.Span {
	block, _ := frontmatter.Split(u.document.File)
	return block.Body
}

// locate is where the source of a body says what names somebody in its HTML.
// Markup and characters that do not show may stand within a name, and what looks
// like one in the source may be in a comment. So a part of the source counts when
// the page has a name less without it.
func (u *unnaming) locate() (places []place) {
	body, data := u.bodySpan(), u.document.File.Data
	left := len(u.hiddenIn(u.document.Body.Body.HTML))
	candidates := u.candidates(body)
	tries := min(len(candidates), 1+patience/(1+len(data)))
	for _, s := range candidates[:tries] {
		without := masked(data, everything, s)
		if n := u.namesIn(without); n < left {
			places = append(places, place{u.document.File, s})
			left, data = n, without
		}
		if left == 0 {
			return places
		}
	}
	if tries < len(candidates) && len(places) > 0 {
		return places
	}
	for _, what := range []mask{outsideBrackets, everything} {
		if s := u.firstLine(data, body, left, what); !s.IsZero() {
			return append(places, place{u.document.File, s})
		}
	}
	return places
}

// patience is how many bytes are read anew to find all places in one document.
// Others show when those are mended.
const patience = 4 << 20

// candidates are the parts of a body's source that may name somebody who is
// hidden.
func (u *unnaming) candidates(body source.Span) (spans []source.Span) {
	text := string(u.document.File.Data[body.Start:body.End])
	for _, m := range append(u.Shield.hidden(text), u.hiddenIn(text)...) {
		spans = append(spans, source.Span{Start: m.Start, End: m.End}.Shift(body.Start))
	}
	slices.SortFunc(spans, func(a, b source.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	return slices.Compact(spans)
}

// namesIn is how often the page of a document would name somebody who is hidden
// if its file were another one.
func (u *unnaming) namesIn(data []byte) int {
	d := u.linker.reader().Parse(source.NewFile(u.document.File.Path, data))
	return len(u.hiddenIn(d.Body.Body.HTML))
}

// firstLine is the first line of a body without which its page has a name less.
// The zero span: there is none.
func (u *unnaming) firstLine(data []byte, body source.Span, names int, what mask) source.Span {
	ends := []int{}
	for at := body.Start; at < body.End; at = ends[len(ends)-1] {
		end := body.End
		if i := bytes.IndexByte(data[at:end], '\n'); i >= 0 {
			end = at + i + 1
		}
		ends = append(ends, end)
	}
	n, _ := slices.BinarySearchFunc(ends, true, func(end int, _ bool) int {
		if u.namesIn(masked(data, what, source.Span{Start: body.Start, End: end})) < names {
			return 0
		}
		return -1
	})
	if n == len(ends) {
		return source.Span{}
	}
	start := body.Start
	if n > 0 {
		start = ends[n-1]
	}
	line := data[start:ends[n]]
	start += len(line) - len(bytes.TrimLeft(line, " \t"))
	return source.Span{Start: start, End: max(start+1, ends[n]-len(line)+len(bytes.TrimRight(line, " \t\r\n")))}
}

// A mask says what of a text is masked.
type mask uint8

const (
	everything      mask = iota
	outsideBrackets      // not what may name a footnote or a definition, which stand elsewhere
)

// masked is a text in which some parts say nothing: other letters stand in place
// of their own, as many bytes as they are.
func masked(data []byte, what mask, parts ...source.Span) []byte {
	data = bytes.Clone(data)
	for _, p := range parts {
		what.apply(data[p.Start:p.End])
	}
	return data
}

func (what mask) apply(data []byte) {
	depth := 0
	for i := range data {
		switch c := data[i]; {
		case c == '[' && what == outsideBrackets:
			depth++
		case c == ']' && depth > 0:
			depth--
		case depth > 0:
		case c == 'x' || c == 'X':
			data[i] = 'z'
		case c >= utf8.RuneSelf || 'a' <= c|' ' && c|' ' <= 'z' || '0' <= c && c <= '9':
			data[i] = 'x'
		}
	}
}
