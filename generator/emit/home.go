package emit

import (
	"html/template"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// On Home a list ends after so many entries and leads to its page.
const homeEntries = 6

// soon is how many days before its deadline a decision is urgent.
const soon = 14

// home makes the first page: what needs a decision and by when.
func home(b *Builder) []Job {
	return []Job{page(site.HomeURL, "home", func() any {
		intro := b.Site.IntroOf(site.HomeURL)
		p := layout.HomePage{
			Frame: b.frame("home", site.HomeURL, b.T("Home"), site.HomeURL),
			Intro: b.introBody(intro, site.HomeURL),
		}
		b.about(&p.Frame, intro)
		waiting, open := b.waiting()
		p.Heading = b.Site.Title()
		if len(waiting)+len(open) > 0 || b.hasDeadlines() {
			p.Heading = b.T("What needs a decision, and by when")
			p.Due = b.group("mb-due", b.T("Needs a decision"), waiting, len(waiting), b.dueEntry)
		}
		p.Open = b.group("mb-open", b.T("Also open"), open, homeEntries, b.openEntry)
		p.Upcoming = b.next()
		p.Recent = b.recentDecisions()
		p.Actions = b.someNotes("mb-actions", b.T("Open actions"), b.openActions(), site.ActionsURL, b.T("All actions"))
		p.Help = b.someNotes("mb-help", b.T("Help and offers"), b.help(), "", "")
		p.Kinds = b.counts(site.HomeURL)
		return p
	})}
}

func (b *Builder) introBody(r *site.Record, pageURL string) template.HTML {
	if r == nil {
		return ""
	}
	return b.body(r, pageURL)
}

func (b *Builder) hasDeadlines() bool {
	return slices.ContainsFunc(b.Site.Records, func(r *site.Record) bool { return !r.Day("decide-by").IsZero() })
}

// waiting are the records that wait for a decision by a day, first those that
// are due first, and the others of their kinds that are open.
func (b *Builder) waiting() (due, open []*site.Record) {
	for _, k := range b.Site.Config.Kinds {
		if k.Field("decide-by") == nil {
			continue
		}
		for _, r := range b.Site.OfKind(k) {
			switch p := r.Phase(); {
			case !r.Waiting():
			case p == config.OpenPhase && !r.Day("decide-by").IsZero():
				due = append(due, r)
			case p != "":
				open = append(open, r)
			}
		}
	}
	slices.SortStableFunc(due, func(x, y *site.Record) int { return x.Day("decide-by").Compare(y.Day("decide-by")) })
	return due, open
}

// next is what comes, or where nothing is planned the meetings that were last.
func (b *Builder) next() layout.Group {
	if ahead := b.upcoming(); len(ahead) > 0 {
		return b.group("mb-next", b.T("Upcoming"), ahead, homeEntries, b.aheadEntry)
	}
	var held []*site.Record
	for _, k := range b.Site.Config.Kinds {
		if k.Name == "meeting" {
			held = slices.Clone(b.Site.OfKind(k))
		}
	}
	byDay(held)
	latestFirst(held)
	return b.group("mb-held", b.T("Latest meetings"), held, homeEntries, b.entry)
}

// recentDecisions are what was decided, the latest first: in records, and in
// meetings where no record says it.
func (b *Builder) recentDecisions() layout.Group {
	records := b.recent()
	notes := some(b.minutedDecisions(), func(n *site.Note) bool { return !n.Day().After(b.Site.Today) })
	g := b.group("mb-recent", b.T("Recent decisions"), records, 0, b.entry)
	for len(g.Entries) < homeEntries && len(records)+len(notes) > 0 {
		if len(records) == 0 || len(notes) > 0 && notes[0].Day().After(decidedOn(records[0])) {
			g.Entries = append(g.Entries, b.minutedEntry(site.HomeURL, notes[0]))
			notes = notes[1:]
			continue
		}
		g.Entries = append(g.Entries, b.entry(site.HomeURL, records[0]))
		records = records[1:]
	}
	return g
}

// upcoming are the meetings and events ahead, the next first, then those that
// go on.
func (b *Builder) upcoming() []*site.Record {
	var ahead, now []*site.Record
	for _, r := range b.Site.Records {
		switch {
		case r.Day("start").IsZero() || b.Site.Over(r):
		case b.goesOn(r):
			now = append(now, r)
		default:
			ahead = append(ahead, r)
		}
	}
	byDay(ahead)
	byDay(now)
	return append(ahead, now...)
}

// goesOn reports whether something began before the build's day and is not
// over.
func (b *Builder) goesOn(r *site.Record) bool {
	return r.Day("start").Before(b.Site.Today) && !b.Site.Over(r)
}

// recent are what was decided, the latest first.
func (b *Builder) recent() []*site.Record {
	var list []*site.Record
	for _, k := range b.Site.Config.Kinds {
		if k.Field("decision-makers") == nil {
			continue
		}
		for _, r := range b.Site.OfKind(k) {
			if r.Phase() == config.DecidedPhase && !decidedOn(r).IsZero() && !hasRecord(r) {
				list = append(list, r)
			}
		}
	}
	slices.SortStableFunc(list, func(x, y *site.Record) int { return decidedOn(y).Compare(decidedOn(x)) })
	return list
}

func decidedOn(r *site.Record) date.Date {
	if r.Outcome != nil {
		return r.Outcome.On
	}
	return r.DecidedOn()
}

// hasRecord reports whether a decision record says what became of a proposal,
// so that it is not listed twice.
func hasRecord(r *site.Record) bool {
	return slices.ContainsFunc(r.Relations, func(rel site.Relation) bool {
		return rel.To != nil && rel.Field != nil && rel.Field.Name == "decision" && rel.To.Phase() == config.DecidedPhase
	})
}

// byDay sorts records by the day that dates them, those without one last.
func byDay(list []*site.Record) {
	type dated struct {
		day    date.Date
		record *site.Record
	}
	sorted := make([]dated, len(list))
	for i, r := range list {
		_, day := r.Dated()
		sorted[i] = dated{day, r}
	}
	slices.SortStableFunc(sorted, func(x, y dated) int {
		if c := lastIfZero(x.day, y.day); c != 0 {
			return c
		}
		return strings.Compare(clock(x.record.Wall("start")), clock(y.record.Wall("start")))
	})
	for i := range sorted {
		list[i] = sorted[i].record
	}
}

// aheadEntry is a record in the list of what comes, with what is on its agenda;
// what goes on has no day in the margin.
func (b *Builder) aheadEntry(pageURL string, r *site.Record) layout.Entry {
	e := b.entry(pageURL, r)
	if b.goesOn(r) {
		e.When = nil
	}
	var agenda []string
	for _, on := range r.Named("agenda") {
		agenda = append(agenda, on.Title)
	}
	if len(agenda) > 0 {
		e.Notes = append(e.Notes, layout.Link{Text: b.T("Agenda: {documents}", strings.Join(agenda, b.T(", ")))})
	}
	return e
}

// group is a list of at most so many entries, with a link to all of their kind
// when they are of one.
func (b *Builder) group(id, title string, list []*site.Record, most int, entry func(string, *site.Record) layout.Entry) layout.Group {
	g := layout.Group{ID: id, Title: title}
	for _, r := range list[:min(most, len(list))] {
		g.Entries = append(g.Entries, entry(site.HomeURL, r))
	}
	if k := onlyKind(list); k != nil && site.Index(k) != "" {
		g.More = &layout.Link{Text: b.T("All {documents}", b.Site.Words.Lower(b.Site.Label(k.Plural))), Href: href(site.HomeURL, site.Index(k))}
	}
	return g
}

// someNotes is a list of the first notes for Home, with a link to all of them.
func (b *Builder) someNotes(id, title string, notes []*site.Note, all, more string) layout.Group {
	g := b.noteGroup(id, title, site.HomeURL, notes[:min(homeEntries, len(notes))], b.shortEntry)
	switch rest := len(notes) - homeEntries; {
	case len(notes) > 0 && all != "":
		g.More = &layout.Link{Text: more, Href: href(site.HomeURL, all)}
	case rest > 0:
		g.Rest = b.N(rest, "and {n} more, on the pages that they stand on", "and {n} more, on the pages that they stand on")
	}
	return g
}

// shortEntry is a note in the rail: what it is, until when and whose.
func (b *Builder) shortEntry(pageURL string, n *site.Note) layout.Entry {
	e := b.noteEntry(pageURL, n)
	e.Notes = nil
	for _, p := range n.Owners {
		e.Notes = append(e.Notes, personLink(pageURL, p))
	}
	return e
}

// onlyKind is the kind that all records have, nil when they differ.
func onlyKind(list []*site.Record) *config.Kind {
	var k *config.Kind
	for _, r := range list {
		if k != nil && r.Kind != k {
			return nil
		}
		k = r.Kind
	}
	return k
}

// entry is a record in a list.
func (b *Builder) entry(pageURL string, r *site.Record) layout.Entry {
	e := layout.Entry{Doc: b.doc(pageURL, r), Summary: r.Text("summary")}
	if r.Outcome != nil && r.Outcome.Text != "" {
		e.Summary = r.Outcome.Text
	}
	if _, day := r.Dated(); !day.IsZero() {
		e.When = b.day(day)
	}
	if when := b.period(r); when != "" {
		e.Notes = append(e.Notes, layout.Link{Text: when})
	}
	if place := r.Text("location"); place != "" {
		e.Notes = append(e.Notes, layout.Link{Text: place})
	}
	return e
}

// dueEntry is a record that waits for a decision, under its deadline.
func (b *Builder) dueEntry(pageURL string, r *site.Record) layout.Entry {
	by := r.Day("decide-by")
	e := layout.Entry{
		Doc: b.doc(pageURL, r), Summary: r.Text("summary"), When: b.day(by),
		Urgent: by.Sub(b.Site.Today) <= soon,
	}
	if reason := r.Text("deadline-reason"); reason != "" {
		e.Notes = append(e.Notes, layout.Link{Text: b.T("Why then: {reason}", reason)})
	}
	for _, l := range b.stands(r) {
		e.Notes = append(e.Notes, layout.Link{Text: l.Text})
	}
	e.Notes = append(e.Notes, personLinks(pageURL, r.People.Of("decision-makers"))...)
	return e
}

// openEntry is a record that is open without a day by which it is decided.
func (b *Builder) openEntry(pageURL string, r *site.Record) layout.Entry {
	return layout.Entry{Doc: b.doc(pageURL, r), Notes: personLinks(pageURL, r.People.Of("authors"))}
}

// counts are the lists of a site with how many documents each has.
func (b *Builder) counts(pageURL string) []layout.Count {
	var list []layout.Count
	add := func(text, url string, n int) {
		if n > 0 {
			list = append(list, layout.Count{Link: layout.Link{Text: text, Href: href(pageURL, url)}, N: n})
		}
	}
	for _, k := range b.Site.Config.Kinds {
		if u := site.Index(k); u != "" && u != site.TopicsURL {
			add(b.Site.Label(k.Plural), u, len(b.Site.OfKind(k)))
		}
	}
	add(b.T("Actions"), site.ActionsURL, len(b.Site.Notes(markdown.Action)))
	add(b.T("Questions"), site.QuestionsURL, len(b.Site.Notes(markdown.Question)))
	add(b.T("Pieces of feedback"), site.FeedbackURL, len(b.feedback()))
	add(b.T("Topics"), site.TopicsURL, len(b.Site.Topics))
	add(b.T("People"), site.PeopleURL, len(b.Site.People))
	add(b.T("All documents"), site.AllURL, len(b.Site.Records))
	return list
}
