package emit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/digest"
	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// ledgers makes the pages that gather what stands in notes: actions, questions,
// where feedback goes, and what changed lately.
func ledgers(b *Builder) []Job {
	jobs := []Job{page(site.ChangesURL, "list", func() any { return b.changesPage() })}
	if b.hasNotes(markdown.Action) {
		jobs = append(jobs, page(site.ActionsURL, "list", func() any { return b.actionsPage() }))
	}
	if b.hasNotes(markdown.Question) {
		jobs = append(jobs, page(site.QuestionsURL, "list", func() any { return b.questionsPage() }))
	}
	if b.hasNotes(markdown.Feedback, markdown.Topic) {
		jobs = append(jobs, page(site.FeedbackURL, "feedback", func() any { return b.feedbackPage() }))
	}
	return jobs
}

func (b *Builder) hasNotes(kinds ...markdown.ItemKind) bool {
	return slices.ContainsFunc(kinds, func(k markdown.ItemKind) bool { return len(b.Site.Notes(k)) > 0 })
}

// openActions are the actions that somebody still has to do, by their days.
func (b *Builder) openActions() []*site.Note {
	open := some(b.Site.Notes(markdown.Action), b.toDo)
	byDeadline(open)
	return open
}

// toDo reports whether somebody still has to see to a note.
func (b *Builder) toDo(n *site.Note) bool { return n.State == site.Open && b.Site.Tracked(n) }

func (b *Builder) actionsPage() layout.ListPage {
	p := b.listPage(site.ActionsURL, b.T("Actions"), nil)
	open := b.openActions()
	week := b.Site.Today.AddDays(7)
	add := func(id, title string, notes []*site.Note) {
		p.Groups = append(p.Groups, b.noteGroup(id, title, site.ActionsURL, notes, b.noteEntry))
	}
	add("mb-late", b.T("Late"), some(open, b.Site.Overdue))
	add("mb-week", b.T("This week"), some(open, func(n *site.Note) bool {
		return !n.Deadline.IsZero() && !b.Site.Overdue(n) && !n.Deadline.After(week)
	}))
	add("mb-later", b.T("Later"), some(open, func(n *site.Note) bool { return n.Deadline.After(week) }))
	add("mb-someday", b.T("Without a day"), some(open, func(n *site.Note) bool { return n.Deadline.IsZero() }))
	add("mb-conditional", b.T("Only if a proposal is accepted"), some(b.Site.Notes(markdown.Action), func(n *site.Note) bool { return n.State == site.Conditional }))
	settled := some(b.Site.Notes(markdown.Action), func(n *site.Note) bool { return n.State.Settled() })
	latestSettled(settled)
	fold := func(id, title string, notes []*site.Note) {
		add(id, title, notes)
		p.Groups[len(p.Groups)-1].Folded = len(notes)
	}
	fold("mb-done", b.T("Done or dropped"), settled)
	untracked := some(b.Site.Notes(markdown.Action), func(n *site.Note) bool { return n.State == site.Open && !b.Site.Tracked(n) })
	latestNotes(untracked)
	fold("mb-old", b.T("Left open before {day}", b.Site.Config.TrackSince.String()), untracked)
	p.Counts = b.byOwner(open)
	p.Lede = b.actionsLede(len(open), len(some(open, b.Site.Overdue)))
	return p
}

func (b *Builder) actionsLede(open, late int) string {
	switch {
	case open == 0:
		return b.T("Nothing is left to do.")
	case late == 0:
		return b.N(open, "{n} action is open, none of them late.", "{n} actions are open, none of them late.")
	}
	return b.N(open, "{n} action is open, {late} of them late.", "{n} actions are open, {late} of them late.", strconv.Itoa(late))
}

// byOwner says who has how many open actions, and how many nobody has.
func (b *Builder) byOwner(open []*site.Note) []layout.Count {
	n := map[*site.Person]int{}
	var owners []*site.Person
	var nobody int
	for _, note := range open {
		if len(note.Owners) == 0 {
			nobody++
		}
		for _, p := range note.Owners {
			if n[p]++; n[p] == 1 {
				owners = append(owners, p)
			}
		}
	}
	slices.SortFunc(owners, func(x, y *site.Person) int { return strings.Compare(x.Handle, y.Handle) })
	var counts []layout.Count
	for _, p := range owners {
		counts = append(counts, layout.Count{Link: personLink(site.ActionsURL, p), N: n[p]})
	}
	if nobody > 0 {
		counts = append(counts, layout.Count{Link: layout.Link{Text: b.T("nobody yet")}, N: nobody})
	}
	return counts
}

func (b *Builder) questionsPage() layout.ListPage {
	p := b.listPage(site.QuestionsURL, b.T("Questions"), nil)
	all := slices.Clone(b.Site.Notes(markdown.Question))
	byDeadline(all)
	add := func(id, title string, states ...site.NoteState) int {
		fits := some(all, func(n *site.Note) bool { return slices.Contains(states, n.State) })
		p.Groups = append(p.Groups, b.noteGroup(id, title, site.QuestionsURL, fits, b.questionEntry))
		return len(fits)
	}
	open := add("mb-open", b.T("Open"), site.Open)
	add("mb-deferred", b.T("Postponed"), site.Deferred)
	add("mb-answered", b.T("Answered"), site.Answered)
	add("mb-dropped", b.T("Dropped"), site.Dropped)
	p.Lede = b.N(len(all), "{open} of {n} question is open.", "{open} of {n} questions are open.", strconv.Itoa(open))
	return p
}

// questionEntry is a question with its last answer.
func (b *Builder) questionEntry(pageURL string, n *site.Note) layout.Entry {
	e := b.noteEntry(pageURL, n)
	for _, p := range n.AskedBy {
		if p.URL == "" || p.URL != pageURL {
			e.Notes = append(e.Notes, layout.Link{Text: b.T("asked by {name}", p.Shown), Href: personLink(pageURL, p).Href})
		}
	}
	if len(n.Answers) > 0 {
		last := n.Answers[len(n.Answers)-1]
		e.Summary = last.Text
		for _, p := range last.Owners {
			e.Notes = append(e.Notes, layout.Link{Text: b.T("answered by {name}", p.Shown)})
		}
	}
	return e
}

// feedbackPage shows the way of feedback from event to event, and by topic what
// became of it.
func (b *Builder) feedbackPage() layout.FeedbackPage {
	p := layout.FeedbackPage{
		Frame:  b.frame("feedback", site.FeedbackURL, b.T("Where feedback goes"), site.FeedbackURL),
		Crumbs: b.crumbs(site.FeedbackURL, b.T("Where feedback goes")), Heading: b.T("Where feedback goes"),
		Chain: b.chain(site.FeedbackURL),
	}
	p.Offered = b.subscribeLinks(p.Alternates)
	all := b.feedback()
	waiting := len(some(all, func(n *site.Note) bool { return n.State == site.Waiting }))
	lost := len(some(all, func(n *site.Note) bool { return n.State == site.NotRaised }))
	p.Lede = b.N(len(all), "{n} piece of feedback: {waiting} waiting, {lost} not raised where they were sent.",
		"{n} pieces of feedback: {waiting} waiting, {lost} not raised where they were sent.", strconv.Itoa(waiting), strconv.Itoa(lost))
	p.Groups = b.byTopic(site.FeedbackURL, all)
	return p
}

// feedback is all that is passed on from event to event, in the order of time.
func (b *Builder) feedback() []*site.Note {
	all := slices.Concat(b.Site.Notes(markdown.Feedback), b.Site.Notes(markdown.Topic))
	slices.SortStableFunc(all, func(x, y *site.Note) int { return lastIfZero(x.Day(), y.Day()) })
	return all
}

// byTopic groups feedback by its topic; what has none comes last.
func (b *Builder) byTopic(pageURL string, notes []*site.Note) []layout.Group {
	var groups []layout.Group
	for _, t := range b.topicsOf(notes) {
		g := b.noteGroup(fmt.Sprintf("mb-topic-%d", t.number), t.title, pageURL, t.notes, b.feedbackEntry)
		if t.topic != nil {
			g.More = &layout.Link{Text: t.heard, Href: href(pageURL, t.topic.URL)}
		}
		groups = append(groups, g)
	}
	return groups
}

// feedbackTopic is the feedback of one topic.
type feedbackTopic struct {
	topic  *site.Topic // nil: without one
	number int         // of the topic in the site, from 1 on
	title  string
	heard  string // heard at 3 events; empty without a topic
	notes  []*site.Note
}

func (b *Builder) topicsOf(notes []*site.Note) []feedbackTopic {
	of := map[*site.Topic][]*site.Note{}
	for _, n := range notes {
		of[n.Topic] = append(of[n.Topic], n)
	}
	var list []feedbackTopic
	for i, t := range b.Site.Topics {
		if len(of[t]) > 0 {
			list = append(list, feedbackTopic{t, i + 1, t.Name, b.heardFrom(of[t]), of[t]})
		}
	}
	if len(of[nil]) > 0 {
		list = append(list, feedbackTopic{nil, len(b.Site.Topics) + 1, b.T("Without a topic"), "", of[nil]})
	}
	return list
}

// chain are the events that hear of each other, by day.
func (b *Builder) chain(pageURL string) []layout.Stop {
	k := b.Site.Config.Kind("event")
	if k == nil {
		return nil
	}
	events := slices.Clone(b.Site.OfKind(k))
	byDay(events)
	var stops []layout.Stop
	for _, e := range events {
		sent, feeds := b.sentFrom(e), len(e.Named("feeds-into"))
		if len(e.Incoming) == 0 && sent == 0 && feeds == 0 {
			continue
		}
		stop := layout.Stop{Doc: b.doc(pageURL, e), Came: len(e.Incoming), Went: sent}
		if _, day := e.Dated(); !day.IsZero() {
			stop.When = b.day(day)
		}
		stop.Lost = len(some(e.Incoming, func(n *site.Note) bool { return n.State == site.NotRaised }))
		for _, next := range e.Named("feeds-into") {
			stop.Next = append(stop.Next, b.doc(pageURL, next))
		}
		stops = append(stops, stop)
	}
	return stops
}

// sentFrom is how much feedback from an event was sent on to another.
func (b *Builder) sentFrom(event *site.Record) int {
	return len(some(b.heardAt(event), func(n *site.Note) bool { return len(n.Destinations) > 0 }))
}

// heardAt is the feedback that was told at an event: on its page, and in the
// notes of its meetings.
func (b *Builder) heardAt(event *site.Record) []*site.Note {
	return some(b.feedback(), func(n *site.Note) bool { return slices.Contains(b.Site.EventsOf(n.Record), event) })
}

// mostChanges bounds the page of what changed lately.
const mostChanges = 100

// changesPage lists what happened lately, month by month.
func (b *Builder) changesPage() layout.ListPage {
	p := b.listPage(site.ChangesURL, b.T("What changed"), nil)
	p.Lede = b.T("What was written, decided or held lately, the latest first.")
	p.Digest = digest.Text(b.Site, b.Site.Today.AddDays(-7))
	type change struct {
		day  date.Date
		what string
		r    *site.Record
	}
	var changes []change
	for _, r := range b.Site.Records {
		if day, what := b.lastChange(r); !day.IsZero() && !day.After(b.Site.Today) {
			changes = append(changes, change{day, what, r})
		}
	}
	slices.SortStableFunc(changes, func(x, y change) int { return y.day.Compare(x.day) })
	months := map[string]int{}
	for _, c := range changes[:min(len(changes), mostChanges)] {
		month := b.Site.Words.Month(c.day.Year(), c.day.Month())
		i, ok := months[month]
		if !ok {
			i = len(p.Groups)
			months[month] = i
			p.Groups = append(p.Groups, layout.Group{ID: fmt.Sprintf("mb-%04d-%02d", c.day.Year(), c.day.Month()), Title: month})
		}
		e := layout.Entry{Doc: b.doc(site.ChangesURL, c.r), When: b.day(c.day), Notes: []layout.Link{{Text: c.what}}}
		p.Groups[i].Entries = append(p.Groups[i].Entries, e)
	}
	return p
}

// lastChange is the latest day on which something happened with a record, as far
// as it is over: when its file was changed, as git knows, else what it says
// itself.
func (b *Builder) lastChange(r *site.Record) (date.Date, string) {
	day, what := r.Past.Changed, b.T("changed")
	if day.After(b.Site.Today) {
		day = date.Date{}
	}
	if !day.IsZero() && day == r.Past.Created {
		what = b.T("added")
	}
	later := func(d date.Date, w string) {
		if !d.After(b.Site.Today) && d.After(day) {
			day, what = d, w
		}
	}
	later(r.Day("created"), b.T("proposed"))
	later(r.Day("start"), b.T("held"))
	if r.Outcome != nil {
		later(r.Outcome.On, b.T("decided"))
	} else if r.Kind.Field("decision-makers") != nil {
		later(r.Day("date"), b.T("written"))
	}
	return day, what
}

// minutedDecisions are the decisions in notes that no record has.
func (b *Builder) minutedDecisions() []*site.Note {
	list := some(b.Site.Notes(markdown.Decision), func(n *site.Note) bool { return len(n.Decides) == 0 })
	latestNotes(list)
	return list
}

// withoutSource reports whether a record of a decision says neither where it was
// decided nor of which proposal it is, and no notes do.
func withoutSource(r *site.Record) bool {
	if r.Kind.Name != "decision" || r.Phase() != config.DecidedPhase || len(r.Minuted) > 0 {
		return false
	}
	return !slices.ContainsFunc(r.Relations, func(rel site.Relation) bool {
		return rel.Field != nil && (rel.Field.Name == "decided-in" || rel.Field.Name == "proposal" || rel.Field.Name == "decision")
	})
}

// minutedEntry is a decision of notes in the log of what was decided.
func (b *Builder) minutedEntry(pageURL string, n *site.Note) layout.Entry {
	e := b.noteEntry(pageURL, n)
	if day := n.Day(); !day.IsZero() {
		e.When = b.day(day)
	}
	return e
}

// inForce are how many decisions of a log hold, how many do no longer and how
// many only notes tell of.
func (b *Builder) inForce(log []*site.Record, minuted []*site.Note) []layout.Count {
	var holds, ended int
	for _, r := range log {
		switch {
		case retired(r):
			ended++
		case r.Phase() == config.DecidedPhase && r.State.Tone == "yes":
			holds++
		}
	}
	var counts []layout.Count
	add := func(text, id string, n int) {
		if n > 0 {
			counts = append(counts, layout.Count{Link: layout.Link{Text: text, Href: "#" + id}, N: n})
		}
	}
	add(b.T("In force"), "mb-decided", holds)
	add(b.T("No longer in force"), "mb-ended", ended)
	add(b.T("Decided in a meeting, without a record"), "mb-minuted", len(minuted))
	return counts
}

// decidedEntry is a record in the log of what was decided.
func (b *Builder) decidedEntry(pageURL string, r *site.Record) layout.Entry {
	e := b.entry(pageURL, r)
	if withoutSource(r) {
		e.Notes = append(e.Notes, layout.Link{Text: b.T("where it was decided is not stated")})
	}
	return e
}

// ownedBy are the notes of a person that are still open, by their days.
func (b *Builder) ownedBy(p *site.Person, kind markdown.ItemKind) []*site.Note {
	list := some(p.Notes, func(n *site.Note) bool { return n.Kind == kind && b.toDo(n) })
	byDeadline(list)
	return list
}

// help are the offers and what help is wanted for, the latest first.
func (b *Builder) help() []*site.Note {
	list := some(slices.Concat(b.Site.Notes(markdown.HelpWanted), b.Site.Notes(markdown.Offer)), func(n *site.Note) bool {
		return b.toDo(n)
	})
	list = append(list, some(b.openActions(), func(n *site.Note) bool { return n.Nobody })...)
	latestNotes(list)
	return list
}
