package check

import (
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// atNote reports a problem at a note. Its identity is the note's key, which stays
// when lines move and other notes come.
func (r *Report) atNote(n *site.Note, format string, args ...any) *diag.Diagnostic {
	return r.at(n.Record, n.Span, n.Key(), format, args...)
}

// sayOf is atNote with a message that is taken as it is.
func (r *Report) sayOf(n *site.Note, message string) *diag.Diagnostic {
	return r.say(n.Record.File, n.Span, n.Key(), message)
}

// kindWords are how messages call the kinds of notes.
var kindWords = map[markdown.ItemKind]string{
	markdown.Action: "Action", markdown.Decision: "Decision", markdown.Question: "Question", markdown.Answer: "Answer",
	markdown.Feedback: "Feedback", markdown.Topic: "Topic", markdown.Offer: "Offer", markdown.HelpWanted: "Help wanted",
	markdown.Practice: "Practice", markdown.Info: "Info", markdown.Idea: "Idea", markdown.Review: "Review",
}

// noteName is how messages call a note: Action A2, or by how its text begins.
func noteName(n *site.Note) string { return string(appendNoteName(nil, n)) }

func appendNoteName(to []byte, n *site.Note) []byte {
	to = append(append(to, kindWords[n.Kind]...), ' ')
	if n.Item.ID != "" {
		return append(to, n.Item.ID...)
	}
	const longest = 40 // characters
	text, rest := n.Text, ""
	if len(text) > longest {
		count := 0
		for i := range text {
			if count == longest {
				text, rest = text[:i], "…"
				break
			}
			count++
		}
	}
	to = append(append(to, '"'), text...)
	return append(append(to, rest...), '"')
}

// name begins a message with how a note is called; what is returned has room for
// the rest of it, and is that of the next message.
func (r *Report) name(n *site.Note) []byte {
	r.text = appendNoteName(r.text[:0], n)
	return r.text
}

// actionIncomplete wants to know of each open action who does it and by when. What
// was left to do in a document that is given up or replaced is left undone.
func actionIncomplete(r *Report, n *site.Note) {
	if n.State != site.Open || len(n.Owners) > 0 && !n.Deadline.IsZero() || n.Nobody {
		return
	}
	givenUp := n.Record.Kind.Stated && n.Record.Phase() == config.EndedPhase
	if givenUp || !r.Site.Tracked(n) {
		return
	}
	if len(n.Owners) == 0 {
		r.sayOf(n, string(append(r.name(n), " has no owner"...))).Hint = r.hints.owner
		return
	}
	d := r.sayOf(n, string(append(r.name(n), " has no day by which it is done"...)))
	d.Hint = "write (" + owner(n) + ", due " + r.inAWeek + ")"
	d.Severity = diag.Info
}

// owner is whom an action is for, as it is written there. A message never names
// a person whom the site does not.
func owner(n *site.Note) string {
	switch p := n.Owners[0]; {
	case p.Public != config.Named:
		return "@anna"
	case strings.Contains(p.Handle, " "):
		return p.Handle
	default:
		return "@" + p.Handle
	}
}

// actionOverdue compares the days of open actions with the day.
func actionOverdue(r *Report, n *site.Note) {
	if r.Site.Overdue(n) {
		text, _ := n.Deadline.AppendText(append(r.name(n), " was due on "...))
		text = appendDays(append(text, ", "...), r.Site.Today.Sub(n.Deadline))
		d := r.sayOf(n, string(append(text, " ago"...)))
		if d.Hint = r.hints.overdue; !n.Task {
			d.Hint = r.hints.unboxed
		}
	}
}

// actionContradiction finds actions that were done, and are still open in notes
// of a later day. The day says so, with a tick or without.
func actionContradiction(r *Report, n *site.Note) {
	if n.DoneOn.IsZero() {
		return
	}
	for _, said := range n.Said {
		if said.Item.ResultWord == "still open" && !said.Done && said.Day().After(n.DoneOn) {
			d := r.atNote(said, "this says still open, but %s was done on %s", noteName(n), n.DoneOn)
			hint(d, "tick it here, or write there that it is not done")
			*d = d.See(n.Record.File, n.Span)
		}
	}
}

// duplicateItemID finds ids that two items of one document have: links to the
// second lead to the first.
func duplicateItemID(r *Report, record *site.Record) {
	if !record.Facts.LostID {
		return
	}
	first := map[string]*site.Note{}
	for _, n := range record.Notes {
		id := strings.ToLower(n.Item.ID)
		if id == "" {
			continue
		}
		if other := first[id]; other != nil {
			d := r.at(record, n.Span, n.Item.ID, "the id %s stands twice in this file, and links to it lead to the first", n.Item.ID)
			hint(d, "give this one another id")
			*d = d.See(record.File, other.Span)
			continue
		}
		first[id] = n
	}
}

// unknownDestination finds feedback that was sent to an event which is not
// there.
func unknownDestination(r *Report, n *site.Note) {
	if len(n.Destinations) > 0 || n.To == "" {
		return
	}
	d := r.atNote(n, "%s goes to %q, and there is no such event", noteName(n), n.To)
	if near := diag.Nearest(n.To, r.eventIDs()); near != "" {
		hint(d, "did you mean %s?", near)
		return
	}
	hint(d, "write the name of the event's file without .md, or add the event")
}

func (r *Report) eventIDs() []string {
	var ids []string
	if k := r.Site.Config.Kind("event"); k != nil {
		for _, e := range r.Site.OfKind(k) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// feedbackNotRaised finds feedback that got lost on its way: the event is over
// and nothing there says what became of it.
func feedbackNotRaised(r *Report, n *site.Note) {
	if n.State != site.NotRaised || !r.Site.Tracked(n) {
		return
	}
	event := n.Destinations[len(n.Destinations)-1]
	if event.Phase() == config.EndedPhase {
		hint(r.atNote(n, "%s was sent to %s, and that is %s", noteName(n), event.ID, strings.ToLower(event.StatusText())),
			"send it to another event with (to: …)")
		return
	}
	hint(r.atNote(n, "%s was sent to %s, which is over, and no notes from there mention it", noteName(n), event.ID),
		"link to it in the notes from there and say what became of it, or send it to a later event with (to: …)")
}

// acceptedWithOpenQuestions finds questions that a decision left open.
func acceptedWithOpenQuestions(r *Report, n *site.Note) {
	if n.State == site.Open && verdict(n.Record) == "accepted" && n.Record.Successor == nil && r.Site.Tracked(n) {
		hint(r.atNote(n, "this is accepted, and %s is still open", noteName(n)),
			"answer it and tick its box, or end it with: deferred to, and a link to where it is looked after")
	}
}
