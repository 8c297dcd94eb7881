package site

import (
	"slices"
	"strings"
	"unique"

	"minutebook/generator/date"
	"minutebook/generator/document"
	"minutebook/generator/markdown"
)

// A Note is an item of a record's notes in the linked site: what somebody will
// do, what was decided, asked or told, and what became of it.
//
// An item has one home, where it is written first. What later notes say of it
// (reviews, and topics that take up feedback) counts there too: see State.
type Note struct {
	*document.Note
	*Ties
	Kind     markdown.ItemKind // that of the item, which lies far away: most rules begin with it
	State    NoteState         // on the build's day
	Deadline date.Date         // of an action, as set last; of a question, the day to answer by
	Record   *Record
	Owners   []*Person // whom it is for, or who gives it; in place of the names as written

	// By is the note that State comes from; nil when it is this one's own, or
	// follows from the day.
	By *Note
}

// Ties are what a note has to do with others. Most notes have to do with none, and
// share the Ties that are empty.
type Ties struct {
	// Home are the notes that this one says something of: those that a review
	// is about, and what a topic was made from.
	Home []*Note
	// Said are the later notes that say what became of this one, in the order
	// of their days.
	Said []*Note

	AskedBy      []*Person // of a question
	Answers      []*Note   // to a question
	Destinations []*Record // events that feedback or a topic goes to
	Topic        *Topic    // of feedback
	Decides      []*Record // of a decision: the proposals and records that it links to
}

var noTies Ties

// tie gives a note Ties of its own, to be added to.
func (l *linker) tie(n *Note) *Ties {
	if n.Ties == &noTies {
		n.Ties = &l.pieces.ties.take(1)[0]
		l.tied = append(l.tied, n)
	}
	return n.Ties
}

// A NoteState is what became of a note.
type NoteState string

// The states of notes. Which kinds can have which is said behind them.
const (
	Open        NoteState = "open"        // actions, questions, help wanted
	Done        NoteState = "done"        // actions
	Dropped     NoteState = "dropped"     // actions, questions
	Conditional NoteState = "conditional" // actions that follow only if a proposal is accepted
	Answered    NoteState = "answered"    // questions
	Deferred    NoteState = "deferred"    // questions, to another place
	Waiting     NoteState = "waiting"     // feedback and topics: not raised yet
	PassedOn    NoteState = "passed-on"   // feedback and topics: raised where they were sent
	Planned     NoteState = "planned"     // feedback and topics
	Fixed       NoteState = "fixed"       // feedback and topics
	Declined    NoteState = "declined"    // feedback and topics
	NotRaised   NoteState = "not-raised"  // feedback and topics: where they were sent is over
)

// Settled reports whether nothing is expected any more.
func (s NoteState) Settled() bool { return s != Open && s != Waiting && s != Conditional }

// Goes reports whether the note is of a kind that is passed on from event to
// event.
func (n *Note) Goes() bool { return n.Kind == markdown.Feedback || n.Kind == markdown.Topic }

// Result is how the note ended, in the words of whoever said it last; empty when
// nobody did.
func (n *Note) Result() (word, text string) {
	if n.By != nil {
		return n.By.Item.ResultWord, n.By.Item.Result
	}
	return n.Item.ResultWord, n.Item.Result
}

// Day is the day of the notes that it stands in; zero when that is not known.
func (n *Note) Day() date.Date {
	_, day := n.Record.Dated()
	return day
}

// Overdue reports whether an open action or question is past its day. Actions of
// notes from before the configuration's track-since never are.
func (s *Site) Overdue(n *Note) bool {
	return n.State == Open && !n.Deadline.IsZero() && n.Deadline.Before(s.Today) && s.Tracked(n)
}

// Tracked reports whether what is left open in a note is still looked after.
func (s *Site) Tracked(n *Note) bool {
	since := s.Config.TrackSince
	return since.IsZero() || n.Day().IsZero() || !n.Day().Before(since)
}

// Notes are all notes of a kind, in the order of the records and of the text.
func (s *Site) Notes(kind markdown.ItemKind) []*Note { return s.byNote[kind] }

// addNotes makes the notes of all records and says whom they are for.
func (l *linker) addNotes() {
	count := 0
	for _, r := range l.Records {
		count += len(r.Document.Notes)
	}
	notes, all := make([]Note, count), make([]*Note, count)
	for i := range all {
		all[i] = &notes[i]
	}
	for _, r := range l.Records {
		own := len(r.Document.Notes)
		if own == 0 {
			continue
		}
		r.Notes, all = all[:own:own], all[own:]
		for i, n := range r.Notes {
			n.Note, n.Ties, n.Record = &r.Document.Notes[i], &noTies, r
			n.Kind = n.Note.Kind
			n.Owners = l.personsOf(n, n.Names, n.Item.Owners)
			for _, p := range n.Owners {
				p.Notes = append(p.Notes, n)
			}
			if n.Kind == markdown.Question && len(n.Askers) > 0 {
				l.askers(n)
			}
		}
	}
	l.noteKinds()
}

// noteKinds sorts the notes by their kinds.
func (l *linker) noteKinds() {
	l.byNote = map[markdown.ItemKind][]*Note{}
	var kind markdown.ItemKind // of the run of notes that list holds
	var list []*Note
	for _, r := range l.Records {
		for _, n := range r.Notes {
			if n.Kind != kind {
				l.byNote[kind], kind, list = list, n.Kind, l.byNote[n.Kind]
			}
			list = append(list, n)
		}
	}
	l.byNote[kind] = list
}

// personsOf are the persons that a note names, each once.
func (l *linker) personsOf(n *Note, names []unique.Handle[document.Name], written []markdown.Person) []*Person {
	if len(names) == 0 {
		return nil
	}
	list := l.pieces.persons.take(len(names))[:0]
	for i, name := range names {
		p := l.findPerson(name)
		if p == nil {
			if l.in.People.File != nil {
				l.unknownPerson(n.Record, written[i].Span, n.Key(), written[i].Name)
			}
			p = l.addUnlisted(name.Value())
		}
		if !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// askers notes who asks a question.
func (l *linker) askers(n *Note) {
	t := l.tie(n)
	t.AskedBy = l.personsOf(n, n.Askers, n.Item.AskedBy)
	for _, p := range t.AskedBy {
		p.Asked = append(p.Asked, n)
	}
}

// linkNotes relates notes to each other and to the records that they name, and
// decides what became of them.
func (l *linker) linkNotes() {
	l.shared(nil, func(f *linker, records []*Record) {
		for _, r := range records {
			for _, n := range r.Notes {
				f.linkNote(r, n)
			}
		}
	})
	for _, n := range l.tied {
		l.tieBack(n)
	}
	l.each(func(r *Record) {
		for _, n := range r.Notes {
			slices.SortStableFunc(n.Said, func(a, b *Note) int { return a.Day().Compare(b.Day()) })
			l.settle(n)
		}
	})
	l.reportBack()
}

// linkNote finds what a note is about.
func (l *linker) linkNote(r *Record, n *Note) {
	switch n.Kind {
	case markdown.Review:
		l.saysOf(n, n.Targets)
	case markdown.Topic:
		l.saysOf(n, n.From)
	case markdown.Answer:
		if p := n.Parent; p >= 0 && p < len(r.Notes) && r.Notes[p].Kind == markdown.Question {
			t := l.tie(r.Notes[p])
			t.Answers = l.pieces.notes.add(t.Answers, n)
		}
	case markdown.Decision:
		l.decides(r, n)
	}
	if n.Goes() {
		t := l.tie(n)
		t.Destinations = l.destinations(n)
		t.Topic = l.topicByKey[topicKey(n.Item.Topic)]
	}
}

// tieBack notes at the other ends what a note is about.
func (l *linker) tieBack(n *Note) {
	for _, home := range n.Home {
		t := l.tie(home)
		t.Said = l.pieces.notes.add(t.Said, n)
	}
	for _, to := range n.Decides {
		to.Minuted = l.pieces.notes.add(to.Minuted, n)
	}
	if n.Topic != nil {
		n.Topic.Notes = append(n.Topic.Notes, n)
	}
	for _, event := range n.Destinations {
		event.Incoming = append(event.Incoming, n)
	}
}

// saysOf notes which others a note says something of.
func (l *linker) saysOf(n *Note, references []int) {
	for _, i := range references {
		if home := l.noteAt(n.Record, i); home != nil && home != n && !slices.Contains(n.Home, home) {
			t := l.tie(n)
			t.Home = l.pieces.notes.add(t.Home, home)
		}
	}
}

// noteAt is the note that a reference of a record leads to, nil when it leads to
// none.
func (l *linker) noteAt(r *Record, reference int) *Note {
	t := r.Targets[reference]
	if t.Record == nil || t.Fragment == "" {
		return nil
	}
	for _, n := range t.Record.Notes {
		if n.Anchor == t.Fragment {
			return n
		}
	}
	return nil
}

// decides notes the proposals and records that a minuted decision links to.
func (l *linker) decides(r *Record, n *Note) {
	for _, i := range n.References {
		to := r.Targets[i].Record
		if to != nil && to != r && to.Kind.Field("decision-makers") != nil && !slices.Contains(n.Decides, to) {
			t := l.tie(n)
			t.Decides = l.pieces.records.add(t.Decides, to)
		}
	}
}

// destinations are the events that feedback goes to: the one it names, else
// those that its own event feeds into.
func (l *linker) destinations(n *Note) []*Record {
	if to := strings.TrimSpace(n.To); to != "" {
		r, _, _ := l.refer(n.Record, eventField, to)
		if r == nil {
			return nil
		}
		return []*Record{r}
	}
	var list []*Record
	for _, event := range l.EventsOf(n.Record) {
		list = append(list, event.Named("feeds-into")...)
	}
	return list
}

// EventsOf are the events that a record's notes were taken at: itself, or those
// that it is part of.
func (s *Site) EventsOf(r *Record) []*Record {
	if r.Kind.Name == "event" {
		return []*Record{r}
	}
	return r.Named("event")
}

// Named are the records that a record names in a field itself, each once.
func (r *Record) Named(field string) []*Record {
	var list []*Record
	for _, rel := range r.Relations {
		if rel.Stated && rel.To != nil && rel.Field.Name == field && !slices.Contains(list, rel.To) {
			list = append(list, rel.To)
		}
	}
	return list
}
