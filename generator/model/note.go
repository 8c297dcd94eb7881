package model

import "minutebook/generator/site"

// A Note is an item of a record's notes: an action, a decision, a question.
type Note struct {
	Path   string `json:"path"`             // of the record; with Anchor it names the note
	Anchor string `json:"anchor,omitempty"` // id on the record's page
	URL    string `json:"url"`              // of the record's page, with the anchor
	Line   int    `json:"line"`             // of the source, 1-based
	Kind   string `json:"kind"`             // action, decision, question, answer, feedback, topic, offer, help-wanted, practice, info, idea, review
	ID     string `json:"id,omitempty"`     // as written: A3
	Text   string `json:"text,omitempty"`   // plain

	State   string        `json:"state,omitempty"`   // on the day; of kinds that have one
	Overdue bool          `json:"overdue,omitempty"` // it is open, and its day has passed
	Owners  []NamedPerson `json:"owners,omitempty"`  // whom it is for; of an answer or offer, who gives it
	AskedBy []NamedPerson `json:"askedBy,omitempty"` // of a question
	Nobody  bool          `json:"nobody,omitempty"`  // somebody is looked for
	Due     string        `json:"due,omitempty"`     // of an action, as written at first; of a question, the day to answer by
	// Deadline is Due as later notes moved it.
	Deadline string `json:"deadline,omitempty"`
	Done     string `json:"done,omitempty"` // the day on which an action was done, where it is written
	On       string `json:"on,omitempty"`   // the day on which an answer was given

	To           string   `json:"to,omitempty"`           // where feedback goes, as written
	Destinations []string `json:"destinations,omitempty"` // paths of the events it goes to, written or not
	Topic        string   `json:"topic,omitempty"`        // name
	Upstream     string   `json:"upstream,omitempty"`     // an address
	Result       *Result  `json:"result,omitempty"`
	Home         []string `json:"home,omitempty"`    // notes that this one says something of
	Said         []string `json:"said,omitempty"`    // later notes that say something of this one
	Answers      []string `json:"answers,omitempty"` // notes that answer the question
	Decides      []string `json:"decides,omitempty"` // paths of what the decision is about
}

// A Result is how a note ended, in the words of whoever said it last.
type Result struct {
	Word string `json:"word"` // raised, planned, fixed, declined, done, still open, dropped or deferred
	Text string `json:"text,omitempty"`
}

// Note is the object of a note.
func (m Model) Note(n *site.Note) Note {
	o := Note{
		Path: n.Record.File.Path, Anchor: n.Anchor, URL: address(n.Record.URL, n.Anchor), Line: Line(n),
		Kind: string(n.Kind), ID: n.ID, Text: n.Text,
		State: string(n.State), Overdue: m.site.Overdue(n), Owners: mapped(n.Owners, person), AskedBy: mapped(n.AskedBy, person), Nobody: n.Nobody,
		Due: n.Due.String(), Deadline: n.Deadline.String(), Done: n.DoneOn.String(), On: n.On.String(),
		To: n.To, Destinations: paths(n.Destinations), Result: result(n),
		Home: refs(n.Home), Said: refs(n.Said), Answers: refs(n.Answers), Decides: paths(n.Decides),
	}
	if o.Due == "" {
		o.Due = n.AnswerBy.String()
	}
	if n.Topic != nil {
		o.Topic = n.Topic.Name
	}
	if m.outside(n.Upstream) {
		o.Upstream = n.Upstream
	}
	return o
}

// Line is the 1-based line of the source in which a note begins.
func Line(n *site.Note) int { return n.Record.File.Position(n.Span.Start).Line }

func result(n *site.Note) *Result {
	word, text := n.Result()
	if word == "" {
		return nil
	}
	return &Result{word, text}
}
