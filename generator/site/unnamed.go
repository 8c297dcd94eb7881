package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unique"

	"minutebook/generator/config"
	"minutebook/generator/document"
	"minutebook/generator/markdown"
	"minutebook/generator/privacy"
	"minutebook/generator/source"
)

// This file says what is published of a document that names persons whom the site
// does not print by name: all that it says, with what the site calls them in place
// of their names. That it names somebody who is hidden is found here as well (see
// hidden.go).

// An unnaming makes one document into what is published of it.
type unnaming struct {
	*Shield
	linker   *linker
	document *document.Document
	hits     bool    // it names somebody who is shielded
	hidden   []place // where it names somebody who is hidden

	meant    []source.Span       // where the document means somebody by a word that is a name only there
	words    *privacy.Names      // those words; nil: there are none
	without  *markdown.Converted // the body when those places are masked
	inMarkup []privacy.Match
}

// A place is a part of a file.
type place struct {
	file *source.File
	span source.Span
}

// unnamed is what is published of a document, and where it names somebody who is
// hidden. A document that names nobody is itself.
func (l *linker) unnamed(d *document.Document) (*document.Document, []place) {
	u := unnaming{Shield: l.shield, linker: l, document: d}
	u.path()
	u.values()
	u.persons()
	u.body()
	if !u.hits {
		return d, nil
	}
	return u.rewritten(), u.hidden
}

// see notes what was found at a place.
func (u *unnaming) see(file *source.File, span source.Span, found []privacy.Match) {
	u.hits = u.hits || len(found) > 0
	if slices.ContainsFunc(found, u.hides) {
		u.hidden = append(u.hidden, place{file, span})
	}
}

func (u *unnaming) path() {
	u.see(u.document.File, source.Span{}, u.names.Find(u.document.File.Path))
}

// values looks at what is said for fields. Of persons whom people.yaml has pages
// print what it says; who else is named is shown as written. The title is among
// them, or in the body, or the file's name.
func (u *unnaming) values() {
	d := u.document
	for i := range d.Values {
		v := &d.Values[i]
		for _, item := range v.Items {
			if v.Field.Type == config.People && (u.listed(item.Text) >= 0 || u.listed(item.Label) >= 0) {
				continue
			}
			file := cmp.Or(v.File, d.File)
			u.see(file, item.Span, u.names.Find(item.Text))
			u.see(file, item.Span, u.names.Find(item.Label))
		}
	}
}

// listed is the number of somebody whom people.yaml has by a name; -1 when it has
// nobody.
func (u *unnaming) listed(name string) int {
	if name == "" {
		return -1
	}
	if who, known := u.numbers[u.linker.in.People.Find(name)]; known {
		return who
	}
	return -1
}

// persons finds whom the items and lists of attendees mean.
func (u *unnaming) persons() {
	d := u.document
	for i := range d.Notes {
		it := d.Notes[i].Item
		for _, o := range slices.Concat(it.Owners, it.AskedBy) {
			u.person(o.Name, o.Span)
		}
	}
	for i := range d.Facts.Attendance {
		a := &d.Body.Attendance[i]
		if !u.person(a.Handle, a.Span) {
			u.person(a.Name, a.Span)
		}
	}
	u.listOfAttendees()
}

// listOfAttendees finds whom a section of attendees has besides those who were
// read there: in it a handle means somebody, even if it is a common word.
func (u *unnaming) listOfAttendees() {
	d := u.document
	for _, s := range d.Body.Sections {
		if s.Kind != markdown.Attendance || d.Kind.Open {
			continue
		}
		at, end := d.Body.Headings[s.Heading].Span.End, len(d.File.Data)
		if s.Heading+1 < len(d.Body.Headings) {
			end = d.Body.Headings[s.Heading+1].Span.Start
		}
		if end = min(end, len(d.File.Data)); at >= end {
			continue
		}
		text := string(d.File.Data[at:end])
		for _, m := range u.Shield.words.Find(text) {
			span := source.Span{Start: m.Start, End: m.End}.Shift(at)
			u.mean(m.Who, strings.TrimPrefix(text[m.Start:m.End], "@"), span)
		}
	}
}

// person notes whom a document means by a word. It reports whether people.yaml has
// them.
func (u *unnaming) person(word string, span source.Span) bool {
	who := u.listed(word)
	if who >= 0 && u.people[who].Shielded() {
		u.mean(who, word, span)
	}
	return who >= 0
}

// mean notes that a document means somebody who is not shown by name, with a word
// at a place. That may be a name only here.
func (u *unnaming) mean(who int, word string, span source.Span) {
	u.see(u.document.File, span, []privacy.Match{{Who: who}})
	if len(u.names.Find(word)) > 0 || span.End > len(u.document.File.Data) {
		return
	}
	var one privacy.Names
	one.Add(word, who)
	u.words = cmp.Or(u.words, &privacy.Names{})
	u.words.Add(word, who)
	for _, m := range one.Find(string(u.document.File.Data[span.Start:span.End])) {
		u.meant = append(u.meant, source.Span{Start: m.Start, End: m.End}.Shift(span.Start))
	}
}

// body looks at the text, and at what pages show of it that is not in its HTML.
func (u *unnaming) body() {
	b := u.document.Body
	u.inMarkup = u.names.FindMarkup(b.Body.HTML)
	u.hits = u.hits || len(u.inMarkup) > 0
	for i := range b.References {
		ref := &b.References[i]
		u.see(u.document.File, ref.Span, u.names.Find(ref.Title))
		u.see(u.document.File, ref.Span, u.names.Find(ref.Destination))
		if ref.Form == markdown.Embed {
			u.see(u.document.File, ref.Span, u.names.Find(ref.Text))
		}
		if who := u.listed(markdown.Profile(ref.Destination)); who >= 0 && u.people[who].Shielded() {
			u.see(u.document.File, ref.Span, []privacy.Match{{Who: who}})
		}
	}
	for i := range b.Items {
		it := &b.Items[i]
		u.see(u.document.File, it.Span, u.names.Find(it.Text))
		u.see(u.document.File, it.Span, u.names.Find(it.Result))
	}
	if slices.ContainsFunc(u.inMarkup, u.hides) {
		u.hidden = append(u.hidden, u.locate()...)
	}
	u.readWords()
}

// readWords adds to the matches in the HTML the words that are names only where the
// document means somebody by them. Where those places are in the HTML shows when
// they are masked in the source.
func (u *unnaming) readWords() {
	if u.words == nil {
		return
	}
	u.without = u.linker.reader().Parse(source.NewFile(u.document.File.Path, masked(u.document.File.Data, everything, u.meant...))).Body
	html := u.document.Body.Body.HTML
	u.inMarkup = privacy.Beside(u.inMarkup, changed(u.words.FindMarkup(html), html, u.without.Body.HTML))
}

// changed are the matches in a text that another text does not have. When more
// changed between the two than some letters, it is all matches.
func changed(matches []privacy.Match, text, other string) []privacy.Match {
	return slices.DeleteFunc(matches, func(m privacy.Match) bool {
		return len(text) == len(other) && text[m.Start:m.End] == other[m.Start:m.End]
	})
}

// rewritten is the document as it is published. What leads to other documents, or
// is looked up elsewhere, stays: nothing prints it.
func (u *unnaming) rewritten() *document.Document {
	d := *u.document
	d.Title = u.In(d.Title)
	if d.Status.Known == nil {
		d.Status.Text = u.In(d.Status.Text)
	}
	d.Values = slices.Clone(d.Values)
	for i := range d.Values {
		u.value(&d.Values[i])
	}
	d.Facts.Series = d.Text("series")
	d.Facts.Tags = mapped(d.Facts.Tags, func(tag unique.Handle[string]) unique.Handle[string] { return unique.Make(u.In(tag.Value())) })
	d.Survey = slices.Clone(d.Survey)
	for i, row := range d.Survey {
		d.Survey[i] = mapped(row, u.In)
	}
	var became func(int) int
	d.Body, became = u.converted()
	d.Lead = became(d.Lead)
	d.Notes = slices.Clone(d.Notes)
	for i := range d.Notes {
		d.Notes[i].Item = &d.Body.Items[i]
	}
	return &d
}

func (u *unnaming) value(v *document.Value) {
	switch v.Field.Type {
	case config.People, config.References, config.Tags, config.Paths:
		return
	}
	v.Items = slices.Clone(v.Items)
	for i := range v.Items {
		item := &v.Items[i]
		item.Label = u.In(item.Label)
		if v.Field.Type != config.URL && v.Field.Type != config.Links {
			item.Text = u.In(item.Text)
		}
	}
}

// converted is the body as it is published, and what became of an offset in its
// HTML.
func (u *unnaming) converted() (*markdown.Converted, func(int) int) {
	b := *u.document.Body
	html, became := privacy.ReplaceMarkup(b.Body.HTML, u.inMarkup, func(m privacy.Match) string {
		if m.In == privacy.Anchor {
			return anchor(m.Who)
		}
		return u.shown(m.Who)
	})
	b.Body.HTML, b.Lead = html, became(b.Lead)
	b.Body.Gaps = mapped(b.Body.Gaps, func(g markdown.Gap) markdown.Gap { g.At = became(g.At); return g })
	o := cmp.Or(u.without, u.document.Body)
	b.Summary, b.Outcome = u.excerpt(b.Summary, o.Summary), u.excerpt(b.Outcome, o.Outcome)
	b.Headings = mapped(b.Headings, func(h markdown.Heading) markdown.Heading {
		h.Text, h.ID = u.In(h.Text), u.names.Replace(h.ID, anchor)
		return h
	})
	b.Anchors = maps.Clone(b.Anchors)
	for written, id := range b.Anchors {
		b.Anchors[written] = u.names.Replace(id, anchor)
	}
	b.Tasks = slices.Clone(b.Tasks)
	for i := range b.Tasks {
		var masked markdown.Task
		if len(o.Tasks) == len(b.Tasks) {
			masked = o.Tasks[i]
		}
		b.Tasks[i].Text = u.excerpt(b.Tasks[i].Text, masked.Text)
	}
	b.References = slices.Clone(b.References)
	for i := range b.References {
		var masked markdown.Reference
		if len(o.References) == len(b.References) {
			masked = o.References[i]
		}
		r := &b.References[i]
		r.Title, r.Text = u.In(r.Title), u.excerpt(r.Text, masked.Text)
		r.Before, r.After = u.excerpt(r.Before, masked.Before), u.excerpt(r.After, masked.After)
	}
	b.Items = mapped(b.Items, func(it markdown.Item) markdown.Item {
		it.Text, it.Result, it.Topic, it.To = u.In(it.Text), u.In(it.Result), u.In(it.Topic), u.In(it.To)
		return it
	})
	return &b, became
}

// excerpt is a part of the text as it is published. The other is that part where the
// places are masked at which the document means somebody.
func (u *unnaming) excerpt(text, other string) string {
	matches := u.names.Find(text)
	if u.words != nil {
		matches = privacy.Beside(matches, changed(u.words.Find(text), text, other))
	}
	return privacy.Replace(text, matches, u.shown)
}

func mapped[From, To any](list []From, to func(From) To) []To {
	if list == nil {
		return nil
	}
	all := make([]To, len(list))
	for i := range list {
		all[i] = to(list[i])
	}
	return all
}
