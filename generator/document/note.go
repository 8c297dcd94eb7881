package document

import (
	"cmp"
	"errors"
	"strings"
	"unique"

	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/markdown"
)

// A Note is an item of a document's notes with its dates read. A date that is
// not stated, or cannot be read, is zero.
type Note struct {
	*markdown.Item
	Kind     markdown.ItemKind     // that of the item, which lies far away: most that is asked of notes begins with it
	Anchor   string                // likewise
	Due      date.Date             // of an action
	DoneOn   date.Date             // of an action
	AnswerBy date.Date             // of a question
	On       date.Date             // of an answer: when it was given
	Names    []unique.Handle[Name] // whom Item.Owners mean, by their index
	Askers   []unique.Handle[Name] // whom Item.AskedBy mean, by their index
}

// Key names the note in its document whatever stands around it: by its id in lower
// case, else by its kind and its text. An anchor will not do: those of notes without
// an id count them.
func (n *Note) Key() string { return key(n.Item) }

func key(it *markdown.Item) string {
	switch {
	case it.ID == "":
		return string(it.Kind) + ": " + it.Text
	case strings.EqualFold(it.ID, it.Anchor):
		return it.Anchor
	}
	return strings.ToLower(it.ID)
}

// notes reads the items of the body. Those of plain pages are left to their
// text: a guide shows how an action is written and means none.
func (r reader) notes() {
	d := r.document
	if d.Kind.Open || len(d.Body.Items) == 0 {
		return
	}
	d.Notes = make([]Note, len(d.Body.Items))
	for i := range d.Body.Items {
		it := &d.Body.Items[i]
		d.Notes[i] = Note{
			Item: it, Kind: it.Kind, Anchor: it.Anchor, Names: d.namesOf(it.Owners), Askers: d.namesOf(it.AskedBy),
			Due: r.noteDay(it, "due", it.Due), DoneOn: r.noteDay(it, "done", it.DoneOn),
			AnswerBy: r.noteDay(it, "answer by", it.AnswerBy), On: r.noteDay(it, "on", it.On),
		}
	}
}

// namesOf are whom an item names.
func (d *Document) namesOf(persons []markdown.Person) []unique.Handle[Name] {
	if len(persons) == 0 {
		return nil
	}
	names := make([]unique.Handle[Name], len(persons))
	for i := range persons {
		names[i] = unique.Make(d.called(persons[i].Name))
	}
	return names
}

// called is the attendee whom notes call by initials, first name or name; where it
// is none, or may be two, the word stands for itself.
func (d *Document) called(word string) Name {
	var name Name
	found := 0
	for i := range d.Body.Attendance {
		a := &d.Body.Attendance[i]
		first, _, _ := strings.Cut(a.Name, " ")
		if strings.EqualFold(word, a.Initials) || strings.EqualFold(word, first) || strings.EqualFold(word, a.Name) {
			found++
			name = Name{cmp.Or(a.Handle, a.Name), a.Name}
		}
	}
	if found != 1 {
		return Name{Handle: word}
	}
	return name
}

// survey reads the table of a survey.
func (r reader) survey() {
	d := r.document
	if d.Kind.Field("survey-url") == nil {
		return
	}
	for _, s := range d.Body.Sections {
		if s.Kind == markdown.Survey && d.Survey == nil {
			d.Survey = d.Body.Table(s)
		}
	}
}

func (r reader) noteDay(it *markdown.Item, word string, w markdown.Written) date.Date {
	if w.Text == "" {
		return date.Date{}
	}
	day, err := date.Parse(w.Text)
	if err == nil {
		return day
	}
	if day, lenient := date.ParseLenient(w.Text); lenient == nil {
		return day
	}
	p := r.problem(w.Span, "bad-value", key(it)+" "+word, "%s: %s", word, err)
	p.Severity = diag.Warning // the note says it all the same
	var e *date.Error
	if errors.As(err, &e) && e.Hint != "" {
		*p = p.WithHint("%s", e.Hint)
	}
	return date.Date{}
}
