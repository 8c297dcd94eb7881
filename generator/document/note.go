package document

import (
	"errors"

	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/markdown"
)

// A Note is an item of a document's notes with its dates read. A date that is
// not stated, or cannot be read, is zero.
type Note struct {
	*markdown.Item
	Due      date.Date // of an action
	DoneOn   date.Date // of an action
	AnswerBy date.Date // of a question
	On       date.Date // of an answer: when it was given
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
			Item: it,
			Due:  r.noteDay(it, "due", it.Due), DoneOn: r.noteDay(it, "done", it.DoneOn),
			AnswerBy: r.noteDay(it, "answer by", it.AnswerBy), On: r.noteDay(it, "on", it.On),
		}
	}
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
	p := r.problem(w.Span, "bad-value", it.Anchor+" "+word, "%s: %s", word, err)
	p.Severity = diag.Warning // the note says it all the same
	var e *date.Error
	if errors.As(err, &e) && e.Hint != "" {
		*p = p.WithHint("%s", e.Hint)
	}
	return date.Date{}
}
