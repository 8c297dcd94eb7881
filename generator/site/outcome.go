package site

import (
	"cmp"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
)

// An Outcome is what was decided of a record: what, when, by whom, where and
// why, as far as that is written anywhere.
type Outcome struct {
	Text    string // one sentence; empty when only the status tells
	On      date.Date
	By      []Named
	Record  *Record // the record of the decision; nil when there is none
	Meeting *Record // the meeting in whose notes it stands; nil when it is not known
	Note    *Note   // the decision in those notes; nil when none links to the record
	Why     string  // plain text; empty when it is not said
}

// outcomes finds what was decided of every record that is decided.
func (l *linker) outcomes() {
	l.each(func(r *Record) {
		if r.Kind.Field("decision-makers") == nil || !r.Kind.Decided(r.State) {
			return
		}
		o := &Outcome{Text: r.Text("outcome"), On: r.DecidedOn(), By: r.People.Of("decision-makers")}
		o.follow(r)
		if o.Meeting != nil && o.On.IsZero() {
			_, o.On = o.Meeting.Dated()
		}
		r.Outcome = o
	})
}

// DecidedOn is the day on which the record says it was decided; zero when it
// says none.
func (r *Record) DecidedOn() date.Date {
	if d := r.Day("decided"); !d.IsZero() {
		return d
	}
	return r.Day("date")
}

// follow completes an outcome with what the record of the decision and the notes
// of the meeting say.
func (o *Outcome) follow(r *Record) {
	o.minuted(r)
	for _, rel := range r.Relations {
		if rel.To == nil || rel.Field == nil {
			continue
		}
		switch {
		case rel.Field.Name == "decided-in":
			o.Meeting = rel.To
		case rel.Field.Name != "decision":
		case rel.To.Kind.Field("decision-makers") == nil: // notes that hold the decision
			o.Meeting = rel.To
			for _, n := range rel.To.Notes {
				if n.Anchor == rel.Fragment && rel.Fragment != "" {
					o.Note = n
				}
			}
		case rel.To.Phase() == config.DecidedPhase || rel.To.Successor != nil:
			o.Record = rel.To
			o.complete(rel.To)
		}
	}
	if o.Text == "" && o.Note != nil {
		o.Text = o.Note.Text
	}
}

// minutedBefore is how many days before the day of a decision its notes may have
// been taken: what was minuted long before led to it, and is not it.
const minutedBefore = 7

// minuted takes the meeting whose notes decide the record: the last one before
// the day of the decision, where that is known.
func (o *Outcome) minuted(r *Record) {
	for _, n := range r.Minuted {
		if before := o.On.Sub(n.Day()); !o.On.IsZero() && (before < 0 || before > minutedBefore) {
			continue
		}
		if o.Note == nil || n.Day().After(o.Note.Day()) {
			o.Note, o.Meeting = n, n.Record
		}
	}
}

// complete takes from the record of a decision what the proposal leaves out.
func (o *Outcome) complete(decision *Record) {
	o.Why = cmp.Or(decision.Text("summary"), decision.Body.Outcome)
	if d := decision.DecidedOn(); o.On.IsZero() {
		o.On = d
	}
	if len(o.By) == 0 {
		o.By = decision.People.Of("decision-makers")
	}
	if o.Note == nil {
		o.minuted(decision)
	}
	for _, meeting := range decision.Named("decided-in") {
		o.Meeting = meeting
	}
}

// Questions are the questions of a record's notes.
func (r *Record) Questions() (open, all int) {
	for _, n := range r.Notes {
		if n.Kind == "question" {
			all++
			if n.State == Open {
				open++
			}
		}
	}
	return open, all
}

// An Asked is somebody who was asked to answer a proposal.
type Asked struct {
	Person *Person
	Answer *Note // the first answer; nil while there is none
}

// Asked are those whom a record asks, and what they answered: themselves, or for
// a group any of its members.
func (r *Record) Asked() []Asked {
	var list []Asked
	for _, named := range r.People.Of("asked") {
		a := Asked{Person: named.Person}
		for _, n := range r.Notes {
			if a.Answer == nil && n.Kind == "answer" && n.givenBy(a.Person) {
				a.Answer = n
			}
		}
		list = append(list, a)
	}
	return list
}

func (n *Note) givenBy(p *Person) bool {
	for _, owner := range n.Owners {
		if owner == p {
			return true
		}
		for _, member := range p.Members {
			if owner == member {
				return true
			}
		}
	}
	return false
}

// A SurveyState says how a survey stands on the build's day.
type SurveyState string

// The states of a survey.
const (
	NoSurvey     SurveyState = ""
	SurveyOpen   SurveyState = "open"   // it has not closed yet
	SurveyClosed SurveyState = "closed" // and its result is not stated
	SurveyResult SurveyState = "result" // and its result is stated
)

// Survey is the state of a record's survey.
func (s *Site) Survey(r *Record) SurveyState {
	closes := r.Day("survey-closes")
	switch {
	case len(r.Document.Items("survey-responses")) > 0 || r.hasFigures() && (closes.IsZero() || closes.Before(s.Today)):
		return SurveyResult
	case closes.IsZero() && r.Text("survey-url") == "":
		return NoSurvey
	case closes.IsZero() || !closes.Before(s.Today):
		return SurveyOpen
	}
	return SurveyClosed
}

// hasFigures reports whether the record's table of its survey counts anything.
func (r *Record) hasFigures() bool {
	for _, row := range r.Document.Survey[min(1, len(r.Document.Survey)):] {
		if slices.ContainsFunc(row[min(1, len(row)):], func(cell string) bool { return strings.ContainsAny(cell, "123456789") }) {
			return true
		}
	}
	return false
}
