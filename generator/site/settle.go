package site

import (
	"cmp"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/markdown"
)

// settle decides what became of a note, from what it says itself, what later
// notes say of it, and the day.
func (l *linker) settle(n *Note) {
	switch n.Kind {
	case markdown.Action:
		l.settleAction(n)
	case markdown.Question:
		l.settleQuestion(n)
	case markdown.Feedback, markdown.Topic:
		l.settleFeedback(n)
	case markdown.HelpWanted, markdown.Offer:
		n.State = Open
		if l.closed(n) || n.Item.Dropped {
			n.State = Done
		}
	}
}

// closed reports whether a note says itself that it is done: its box is ticked, or
// it names the day on which it was done, with a box that nobody ticked or without
// one. What is done on a day to come is not done yet.
func (l *linker) closed(n *Note) bool {
	return n.Done || !n.DoneOn.IsZero() && !n.DoneOn.After(l.Today)
}

// settleAction closes an action that is done by what is said in either place. Among
// what later notes say, the last word counts.
func (l *linker) settleAction(n *Note) {
	n.State, n.Deadline = Open, n.Due
	for _, said := range n.Said {
		switch {
		case said.Item.Dropped:
			n.State, n.By = Dropped, said
		case said.Done || said.Item.ResultWord == "done":
			n.State, n.By = Done, said
		case said.Item.ResultWord == "still open":
			n.State, n.By = Open, nil
		}
		if !said.Due.IsZero() {
			n.Deadline = said.Due
		}
	}
	switch {
	case n.Item.Dropped:
		n.State, n.By = Dropped, nil
	case l.closed(n):
		n.State, n.By = Done, nil
	case n.Item.Conditional && n.State == Open:
		n.State = conditional(n.Record)
	}
}

// conditional is the state of what follows only if a record is accepted.
func conditional(r *Record) NoteState {
	switch {
	case r.Kind.Status("accepted") == nil: // a meeting took place, which accepts nothing
		return Conditional
	case r.State != nil && r.State.Name == "accepted":
		return Open
	case r.Phase() == config.DecidedPhase || r.Phase() == config.EndedPhase && r.State.Name != "deferred":
		return Dropped
	}
	return Conditional
}

// settleQuestion takes a question for settled when its box is ticked; one that
// has no box, when it is answered, there or in later notes. What later notes say
// counts while it is open at home.
func (l *linker) settleQuestion(n *Note) {
	n.State, n.Deadline = Open, n.AnswerBy
	switch {
	case n.Item.Dropped:
		n.State = Dropped
	case n.Item.ResultWord == "deferred":
		n.State = Deferred
	case l.closed(n) || !n.Task && len(n.Answers) > 0:
		n.State = Answered
	}
	open := n.State == Open
	for _, said := range n.Said {
		answers := said.Item.Answers != ""
		if answers {
			n.Answers = append(n.Answers, said)
		}
		switch {
		case !open:
		case answers && !n.Task:
			n.State, n.By = Answered, said
		case said.Item.Dropped:
			n.State, n.By = Dropped, said
		case said.Item.ResultWord == "deferred":
			n.State, n.By = Deferred, said
		case said.Done || said.Item.ResultWord == "done":
			n.State, n.By = Answered, said
		case said.Item.ResultWord == "still open":
			n.State, n.By = Open, nil
		}
	}
}

// resultStates are what the words for results mean for feedback.
var resultStates = map[string]NoteState{
	"raised": PassedOn, "planned": Planned, "fixed": Fixed, "declined": Declined, "done": Fixed, "dropped": Declined,
}

// resultState is what an item says became of feedback, "" when it says nothing.
// Of "raised: planned for the next release" the plan is what counts.
func resultState(it *markdown.Item) NoteState {
	s := resultStates[it.ResultWord]
	if first, _, _ := strings.Cut(it.Result, " "); s == PassedOn {
		return cmp.Or(resultStates[strings.ToLower(first)], s)
	}
	return s
}

// settleFeedback says how far feedback has come: what was said of it last, else
// whether it can still be raised where it was sent.
func (l *linker) settleFeedback(n *Note) {
	n.State = Waiting
	if s := resultState(n.Item); s != "" || n.Item.Dropped {
		n.State = cmp.Or(s, Declined) // struck through, and no word says why
		return
	}
	for _, said := range n.Said {
		if s := resultState(said.Item); s != "" {
			n.State, n.By = s, said
		} else if said.Kind == markdown.Topic {
			n.State, n.By = PassedOn, said
		}
	}
	if n.State != Waiting || len(n.Destinations) == 0 || slices.ContainsFunc(n.Destinations, func(e *Record) bool { return !l.Over(e) }) {
		return
	}
	n.State = NotRaised
	if slices.ContainsFunc(n.Destinations, n.mentionedAt) {
		n.State = PassedOn
	}
}

// mentionedAt reports whether an event, or the notes of a meeting of it, link to
// the note.
func (n *Note) mentionedAt(event *Record) bool {
	links := func(r *Record) bool {
		return r != n.Record && slices.ContainsFunc(r.Targets, func(t Target) bool { return t.Record == n.Record && t.Fragment == n.Anchor })
	}
	return links(event) || slices.ContainsFunc(event.Relations, func(rel Relation) bool {
		return rel.To != nil && slices.Contains(rel.To.Named("event"), event) && links(rel.To)
	})
}

// reportBack gives what became of a topic to the feedback that it was made from,
// and on to what that was made from.
func (l *linker) reportBack() {
	seen := map[*Note]bool{}
	for _, topic := range l.byNote[markdown.Topic] {
		l.report(topic, seen)
	}
}

// report settles the sources of a topic by its own state. Each topic is entered
// once, so that topics which name each other end.
func (l *linker) report(topic *Note, seen map[*Note]bool) {
	if seen[topic] {
		return
	}
	seen[topic] = true
	for _, said := range topic.Said {
		if said.Kind == markdown.Topic {
			l.report(said, seen) // what it became part of comes first
		}
	}
	if word, _ := topic.Result(); resultStates[word] == "" {
		return
	}
	for _, source := range topic.Home {
		if source.By == topic {
			source.State = topic.State
			source.By = topic
			if topic.By != nil {
				source.By = topic.By
			}
		}
	}
}
