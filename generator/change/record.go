package change

import (
	"fmt"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/frontmatter"
	"minutebook/generator/site"
)

// decides reports whether a record is of a kind that is decided upon.
func decides(r *site.Record) bool { return r.Kind.Field("decision-makers") != nil }

// settled reports whether a record was decided upon and nothing replaces it.
func settled(r *site.Record) bool { return decides(r) && r.Phase() == config.DecidedPhase }

// stated are the facts of a new document's front matter.
func (c *comparer) stated(now *site.Record) []Fact {
	var facts []Fact
	switch {
	case settled(now):
		facts = append(facts, c.decided("", now))
	case now.Successor != nil:
		facts = append(facts, c.superseded(now))
	case isCancelled(now):
		facts = append(facts, Fact{Kind: MeetingCancelled, From: when(now)})
	case when(now) != "":
		facts = append(facts, Fact{Kind: MeetingSet, To: when(now)})
	case now.StatusText() != "":
		facts = append(facts, c.status("", now))
	}
	if settled(now) || now.Successor != nil {
		return facts
	}
	for _, f := range deadlines(now) {
		if day := now.Day(f.Name); !day.IsZero() && f.Name != "decide-by" { // which the status tells
			facts = append(facts, Fact{Kind: Deadline, Field: deadlineWord(f), Days: []date.Date{{}, day}})
		}
	}
	return facts
}

// moved are the facts of what a record's front matter says, and others say of
// the record.
func (c *comparer) moved(was, now *site.Record) []Fact {
	var facts []Fact
	said := was.Status.Text != now.Status.Text
	switch {
	case now.Successor != nil && was.Successor == nil:
		facts = append(facts, c.superseded(now))
	case said && settled(now) && !sameStatus(was, now):
		facts = append(facts, c.decided(was.StatusText(), now))
	case said && isCancelled(now) && !isCancelled(was):
		facts = append(facts, Fact{Kind: MeetingCancelled, From: when(was)})
	case said && was.StatusText() != now.StatusText():
		facts = append(facts, c.status(was.StatusText(), now))
	}
	if from, to := when(was), when(now); from != to && !isCancelled(now) {
		f := Fact{Kind: MeetingMoved, From: from, To: to}
		if from == "" {
			f.Kind = MeetingSet
		}
		facts = append(facts, f)
	}
	for _, f := range deadlines(now) {
		from, to := was.Day(f.Name), now.Day(f.Name)
		// What is decided has no deadline any more; the day that is taken out
		// with the status says nothing of its own.
		if from != to && !(to.IsZero() && said) && !(from.IsZero() && said && f.Name == "decide-by") {
			facts = append(facts, Fact{Kind: Deadline, Field: deadlineWord(f), Days: []date.Date{from, to}})
		}
	}
	return facts
}

func sameStatus(a, b *site.Record) bool {
	return a.State != nil && b.State != nil && a.State.Name == b.State.Name
}

// status is the fact that a record has another status.
func (c *comparer) status(from string, now *site.Record) Fact {
	f := Fact{Kind: Status, From: from, To: now.StatusText()}
	if phase := now.Phase(); phase == config.OpenPhase || phase == config.DraftPhase {
		f.Due = now.Day("decide-by")
		f.Overdue = !f.Due.IsZero() && f.Due.Before(c.after.Today)
	}
	return f
}

// decided is the fact that a record was decided upon.
func (c *comparer) decided(from string, now *site.Record) Fact {
	f := Fact{Kind: Decided, From: from, To: now.StatusText()}
	if now.Outcome == nil {
		return f
	}
	f.Text, f.Due = c.names.in(now.Outcome.Text), now.Outcome.On
	if meeting := now.Outcome.Meeting; meeting != nil {
		f.Document, f.Path = c.names.in(meeting.Title), meeting.File.Path
	}
	return f
}

func (c *comparer) superseded(now *site.Record) Fact {
	return Fact{Kind: Superseded, To: now.StatusText(), Document: c.names.in(now.Successor.Title), Path: now.Successor.File.Path}
}

// deadlines are the fields of a record that hold a day which something is to be
// done by: its dates, but for those that date it.
func deadlines(r *site.Record) []*config.Field {
	var list []*config.Field
	for _, f := range r.Kind.Fields {
		if f.Type == config.Date && !slices.Contains(r.Kind.Day, f.Name) {
			list = append(list, f)
		}
	}
	return list
}

// deadlineWord is what a deadline is called in a sentence.
func deadlineWord(f *config.Field) string {
	if f.Name == "decide-by" {
		return "decision due"
	}
	if f.Label != "" {
		return strings.ToLower(f.Label)
	}
	return strings.ReplaceAll(f.Name, "-", " ")
}

// isCancelled reports whether something with a day will not take place.
func isCancelled(r *site.Record) bool {
	return r.Kind.Field("start") != nil && r.Phase() == config.EndedPhase
}

// when says when something takes place: empty for what does not.
func when(r *site.Record) string {
	start, end := r.Wall("start"), r.Wall("end")
	if start.IsZero() {
		return ""
	}
	text := day(start.Date)
	if start.HasTime {
		text += fmt.Sprintf(", %02d:%02d %s", start.Hour, start.Minute, strings.ReplaceAll(r.ZoneName, "_", " "))
	}
	if !end.IsZero() && end.Date != start.Date {
		text += " – " + day(end.Date)
	}
	return text
}

// edited are the facts of what a file says besides: its title, other fields and
// its text. What is said of it must not be nothing, so where no other fact is
// known its text is what was edited.
func (c *comparer) edited(was, now *site.Record, alone bool) []Fact {
	var facts []Fact
	if was.Title != now.Title {
		facts = append(facts, Fact{Kind: Title, From: c.names.in(was.Title), To: c.names.in(now.Title)})
	}
	both := settled(was) && settled(now)
	if from, to := was.Text("outcome"), now.Text("outcome"); both && from != to && from != "" {
		facts = append(facts, Fact{Kind: Rewritten, Field: "outcome", From: c.names.in(from), To: c.names.in(to)})
	}
	if fields := otherFields(was, now); len(fields) > 0 {
		facts = append(facts, Fact{Kind: Fields, Field: strings.Join(fields, ", ")})
	}
	switch prose := prose(was) != prose(now); {
	case prose && both:
		facts = append(facts, Fact{Kind: Rewritten})
	case prose, alone && len(facts) == 0:
		facts = append(facts, Fact{Kind: Body})
	}
	return facts
}

// otherFields are the names of the fields that differ and have no facts of their
// own.
func otherFields(was, now *site.Record) []string {
	var names []string
	own := []string{"title", "status", "start", "end", "timezone"}
	if settled(now) && was.Text("outcome") == "" || settled(was) && settled(now) {
		own = append(own, "outcome") // which the decision tells
	}
	if settled(now) && !settled(was) {
		own = append(own, now.Kind.Day...)
	}
	for _, f := range now.Kind.Fields {
		if slices.Contains(own, f.Name) || f.Type == config.Date && !slices.Contains(now.Kind.Day, f.Name) {
			continue
		}
		if was.Text(f.Name) != now.Text(f.Name) {
			names = append(names, f.Name)
		}
	}
	return names
}

// prose is the body of a record without its notes and without the spaces that do
// not show. A box that is ticked does not make another text.
func prose(r *site.Record) string {
	block, _ := frontmatter.Split(r.File)
	var b strings.Builder
	at := block.Body.Start
	for _, n := range r.Notes {
		if n.Span.Start < at || n.Span.End > block.Body.End {
			continue // another item of the same line
		}
		b.Write(r.File.Data[at:n.Span.Start])
		at = n.Span.End
	}
	b.Write(r.File.Data[at:block.Body.End])
	return strings.ReplaceAll(strings.Join(strings.Fields(b.String()), " "), "[x] ", "[ ] ")
}
