package change

import (
	"cmp"
	"slices"
	"strings"

	"minutebook/generator/date"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// followed are the kinds of notes whose fate is told.
var followed = []markdown.ItemKind{markdown.Decision, markdown.Action, markdown.Question, markdown.Feedback, markdown.Topic}

// notes are the facts of the notes of a record; was is nil for a new one.
func (c *comparer) notes(was, now *site.Record) []Fact {
	var facts []Fact
	var old []*site.Note
	if was != nil {
		old = was.Notes
	}
	earlier, gone := match(old, now.Notes)
	for _, n := range now.Notes {
		switch before := earlier[n]; {
		case !slices.Contains(followed, n.Kind):
		case before == nil:
			facts = append(facts, c.noteNew(n)...)
		default:
			facts = append(facts, c.noteMoved(before, n)...)
		}
	}
	for _, n := range gone {
		facts = append(facts, c.noteGone(n)...)
	}
	return facts
}

// match finds for the notes of a record what they were before: the note with the
// same id, else with the same text, else one at the same place with most of the
// words. gone are those that became nothing.
func match(old, now []*site.Note) (earlier map[*site.Note]*site.Note, gone []*site.Note) {
	earlier = map[*site.Note]*site.Note{}
	taken := map[*site.Note]bool{}
	for _, by := range []struct {
		key  func(*site.Note) string // "" is no key
		fits func(a, b *site.Note) bool
	}{
		{func(n *site.Note) string { return n.ID }, nil},
		{func(n *site.Note) string { return n.Text }, nil},
		{func(n *site.Note) string { return n.Anchor }, func(a, b *site.Note) bool { return a.ID == b.ID && alike(a.Text, b.Text) }},
	} {
		waiting := map[string][]*site.Note{} // by kind and key, in the order of the text
		for _, n := range old {
			if key := by.key(n); key != "" && !taken[n] {
				key = string(n.Kind) + " " + key
				waiting[key] = append(waiting[key], n)
			}
		}
		for _, n := range now {
			key := string(n.Kind) + " " + by.key(n)
			list := waiting[key]
			if earlier[n] != nil || len(list) == 0 || by.fits != nil && !by.fits(list[0], n) {
				continue
			}
			earlier[n], taken[list[0]], waiting[key] = list[0], true, list[1:]
		}
	}
	gone = slices.DeleteFunc(slices.Clone(old), func(n *site.Note) bool { return taken[n] })
	return earlier, gone
}

// alike reports whether two texts share half of their words.
func alike(a, b string) bool {
	words := map[string]int{}
	for word := range strings.FieldsSeq(a) {
		words[word]++
	}
	both, inA, inB := 0, len(strings.Fields(a)), 0
	for word := range strings.FieldsSeq(b) {
		inB++
		if words[word] > 0 {
			words[word]--
			both++
		}
	}
	return 2*both >= max(inA, inB)
}

// about begins a fact about a note.
func (c *comparer) about(kind Kind, n *site.Note) Fact {
	return Fact{Kind: kind, Item: n.Anchor, ID: n.ID, Text: c.names.in(n.Text), Owners: c.names.of(n.Owners)}
}

// noteNew is the fact of a new note.
func (c *comparer) noteNew(n *site.Note) []Fact {
	if n.Kind == markdown.Decision {
		return []Fact{c.about(Minuted, n)}
	}
	kind := stateKinds[n.Kind][n.State]
	if kind == "" {
		return nil
	}
	return []Fact{c.state(kind, c.after, n)}
}

// state is the fact that a note has the state that it has.
func (c *comparer) state(kind Kind, s *site.Site, n *site.Note) Fact {
	f := c.about(kind, n)
	if !n.State.Settled() {
		f.Due, f.Overdue = n.Deadline, s.Overdue(n)
	}
	if n.By != nil && n.By.Record != n.Record {
		f.Document, f.Path = c.names.in(n.By.Record.Title), n.By.Record.File.Path
	}
	switch {
	case n.State == site.Conditional:
		f.To = "if accepted"
	case n.Goes() && !n.State.Settled():
		for _, event := range n.Destinations {
			f.To = strings.Trim(f.To+", "+c.names.in(event.Title), ", ")
		}
	case n.Kind == markdown.Question && n.State == site.Answered:
		f.Owners = nil
		for _, answer := range n.Answers {
			f.Owners = append(f.Owners, c.names.of(answer.Owners)...)
		}
	case n.State.Settled():
		word, text := n.Result()
		f.To = c.names.in(strings.TrimSuffix(word+": "+text, ": "))
	}
	return f
}

// stateKinds are the facts that states are.
var stateKinds = map[markdown.ItemKind]map[site.NoteState]Kind{
	markdown.Action: {
		site.Open: ActionOpened, site.Conditional: ActionOpened, site.Done: ActionClosed, site.Dropped: ActionDropped,
	},
	markdown.Question: {
		site.Open: QuestionAsked, site.Answered: QuestionAnswered, site.Deferred: QuestionDeferred, site.Dropped: QuestionDropped,
	},
	markdown.Feedback: feedbackKinds,
	markdown.Topic:    feedbackKinds,
}

var feedbackKinds = map[site.NoteState]Kind{
	site.Waiting: FeedbackGiven, site.PassedOn: FeedbackPassed, site.NotRaised: FeedbackStuck,
	site.Planned: FeedbackResult, site.Fixed: FeedbackResult, site.Declined: FeedbackResult,
}

// noteMoved are the facts of a note that was there before.
func (c *comparer) noteMoved(was, now *site.Note) []Fact {
	if now.Kind == markdown.Decision {
		return c.reworded(MinutedReworded, was, now)
	}
	facts := c.reworded(Reworded, was, now)
	if was.State != now.State {
		return append(facts, c.state(cmp.Or(stateKinds[now.Kind][now.State], Reworded), c.after, now))
	}
	if now.State.Settled() {
		return append(facts, c.result(was, now)...)
	}
	if now.Kind == markdown.Action && !slices.Equal(handles(was), handles(now)) {
		f := c.about(ActionReassigned, now)
		f.Earlier = c.names.of(was.Owners)
		facts = append(facts, f)
	}
	if now.Kind == markdown.Question && len(now.Answers) > len(was.Answers) {
		f := c.about(AnswerGiven, now)
		f.Owners = nil
		for _, answer := range now.Answers[len(was.Answers):] {
			f.Owners = append(f.Owners, c.names.of(answer.Owners)...)
		}
		facts = append(facts, f)
	}
	return append(facts, c.deadline(was, now)...)
}

// deadline are the facts of the day of an open note.
func (c *comparer) deadline(was, now *site.Note) []Fact {
	late := c.after.Overdue(now) && !c.before.Overdue(was)
	if was.Deadline == now.Deadline && !late {
		return nil
	}
	f := c.about(ActionDue, now)
	f.Days = []date.Date{was.Deadline, now.Deadline}
	switch {
	case late && now.Kind == markdown.Action:
		f.Kind = ActionOverdue
	case now.Kind != markdown.Action:
		f.Kind, f.Field = Deadline, "answer due"
	}
	f.Overdue = late
	return []Fact{f}
}

// result is the fact that feedback which had a result has another one.
func (c *comparer) result(was, now *site.Note) []Fact {
	wordWas, textWas := was.Result()
	word, text := now.Result()
	if !now.Goes() || word == wordWas && text == textWas {
		return nil
	}
	return []Fact{c.state(FeedbackResult, c.after, now)}
}

func (c *comparer) reworded(kind Kind, was, now *site.Note) []Fact {
	if was.Text == now.Text {
		return nil
	}
	f := c.about(kind, now)
	f.From, f.To, f.Owners = c.names.in(was.Text), f.Text, nil
	return []Fact{f}
}

// noteGone is the fact that a note is no longer written down, if anything was
// still expected of it, or it held a decision.
func (c *comparer) noteGone(n *site.Note) []Fact {
	switch {
	case n.Kind == markdown.Decision:
		return []Fact{c.about(MinutedRemoved, n)}
	case n.State.Settled():
	case n.Kind == markdown.Action:
		return []Fact{c.state(ActionRemoved, c.before, n)}
	case n.Kind == markdown.Question:
		return []Fact{c.state(QuestionRemoved, c.before, n)}
	case n.Goes():
		return []Fact{c.state(FeedbackRemoved, c.before, n)}
	}
	return nil
}

func handles(n *site.Note) []string {
	var list []string
	for _, p := range n.Owners {
		list = append(list, strings.ToLower(p.Handle))
	}
	slices.Sort(list)
	return list
}
