package emit

import (
	"fmt"
	"net/url"
	"slices"

	"minutebook/generator/date"
	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// noteWords are the states of notes in the words of the site.
var noteWords = map[site.NoteState]layout.Status{
	site.Open:        {Word: "Open", Tone: "talk"},
	site.Done:        {Word: "Done", Tone: "yes"},
	site.Dropped:     {Word: "Dropped", Tone: "plain"},
	site.Conditional: {Word: "If accepted", Tone: "draft"},
	site.Answered:    {Word: "Answered", Tone: "yes"},
	site.Deferred:    {Word: "Postponed", Tone: "draft"},
	site.Waiting:     {Word: "Waiting", Tone: "talk"},
	site.PassedOn:    {Word: "Passed on", Tone: "yes"},
	site.Planned:     {Word: "Planned", Tone: "yes"},
	site.Fixed:       {Word: "Fixed", Tone: "yes"},
	site.Declined:    {Word: "Declined", Tone: "no"},
	site.NotRaised:   {Word: "Not raised", Tone: "no"},
}

func (b *Builder) noteStatus(n *site.Note) *layout.Status {
	if b.Site.Overdue(n) {
		return &layout.Status{Word: "Late", Tone: "no"}
	}
	if s, ok := noteWords[n.State]; ok {
		return &s
	}
	if n.Kind == markdown.Decision {
		return &layout.Status{Word: "Decided in the meeting", Tone: "yes"}
	}
	return nil
}

// noteHref is the address of a note as the page at a URL writes it.
func noteHref(pageURL string, n *site.Note) string {
	if n.Record.URL == pageURL {
		return (&url.URL{Fragment: n.Anchor}).String()
	}
	if n.Anchor == "" {
		return href(pageURL, n.Record.URL)
	}
	return href(pageURL, n.Record.URL) + "#" + (&url.URL{Path: n.Anchor}).EscapedPath()
}

// noteEntry is a note in a list: its text leads to where it stands.
func (b *Builder) noteEntry(pageURL string, n *site.Note) layout.Entry {
	e := layout.Entry{
		Doc:    layout.Doc{Title: n.Text, Href: noteHref(pageURL, n), ID: n.Item.ID, Status: b.noteStatus(n)},
		Urgent: b.Site.Overdue(n),
	}
	e.When, e.WhenIs = b.day(n.Deadline), "due"
	if n.State.Settled() {
		e.When, e.WhenIs = b.day(settledOn(n)), "done"
	}
	if n.Kind == markdown.Decision && n.Record.URL == pageURL {
		e.Status = nil // the heading above says it
	}
	if e.Title == "" {
		e.Title = n.Record.Title
	}
	for _, p := range n.Owners {
		if p.URL == "" || p.URL != pageURL { // a person's page need not say whose it is
			e.Notes = append(e.Notes, personLink(pageURL, p))
		}
	}
	if n.Nobody {
		e.Notes = append(e.Notes, layout.Link{Text: "nobody yet"})
	}
	e.Summary = b.resultText(n)
	if n.Record.URL != pageURL {
		e.Notes = append(e.Notes, layout.Link{Text: n.Record.Title, Href: href(pageURL, n.Record.URL)})
	}
	if n.By != nil && n.By.Record != n.Record && n.By.Record.URL != pageURL {
		e.Notes = append(e.Notes, layout.Link{Text: "see " + n.By.Record.Title, Href: noteHref(pageURL, n.By)})
	}
	return e
}

// settledOn is the day on which an action was done, as far as it is told.
func settledOn(n *site.Note) date.Date {
	switch {
	case !n.DoneOn.IsZero():
		return n.DoneOn
	case n.By != nil && !n.By.DoneOn.IsZero():
		return n.By.DoneOn
	case n.By != nil && n.Kind == markdown.Action:
		return n.By.Day()
	}
	return date.Date{}
}

// resultText says what became of a note, as somebody wrote it.
func (b *Builder) resultText(n *site.Note) string {
	word, text := n.Result()
	switch {
	case text == "" || n.State == site.Open:
		return ""
	case word == "fixed":
		return "Fixed in " + text
	case word == "planned":
		return "Planned for " + text
	case word == "declined":
		return "Declined because " + text
	}
	return text
}

// feedbackEntry is feedback in a list that is not of one event: where it goes
// stands beside it.
func (b *Builder) feedbackEntry(pageURL string, n *site.Note) layout.Entry {
	e := b.noteEntry(pageURL, n)
	for _, event := range n.Destinations {
		if event.URL == pageURL {
			continue
		}
		e.Notes = append(e.Notes, layout.Link{Text: "to " + event.Title, Href: href(pageURL, event.URL)})
	}
	if len(n.Home) > 1 {
		e.Notes = append(e.Notes, layout.Link{Text: "heard at " + b.places(n.Home)})
	}
	return e
}

// heard are the notes that notes were made from, as far back as they are known:
// of a topic the feedback that it gathers, and else the note itself.
func heard(notes []*site.Note) []*site.Note {
	var list []*site.Note
	seen := map[*site.Note]bool{}
	for todo := slices.Clone(notes); len(todo) > 0; todo = todo[1:] {
		n := todo[0]
		if seen[n] {
			continue
		}
		seen[n] = true
		if todo = append(todo, n.Home...); len(n.Home) == 0 {
			list = append(list, n)
		}
	}
	if len(list) == 0 {
		return notes // they name each other
	}
	return list
}

// places says at how many events, or in how many records of none, notes were
// taken.
func (b *Builder) places(notes []*site.Note) string {
	seen, events := map[*site.Record]bool{}, true
	for _, n := range notes {
		at := b.Site.EventsOf(n.Record)
		if len(at) == 0 {
			at, events = []*site.Record{n.Record}, false
		}
		seen[at[0]] = true
	}
	if events {
		return plural(len(seen), "event", "events")
	}
	return plural(len(seen), "place", "places")
}

// mostNotes is how many notes one list shows: nobody reads further, and each
// stands on the page of its record too.
const mostNotes = 200

// noteGroup is a list of notes under a heading; it has no entries when there are
// none.
func noteGroup(id, title, pageURL string, notes []*site.Note, entry func(string, *site.Note) layout.Entry) layout.Group {
	g := layout.Group{ID: id, Title: title}
	if rest := len(notes) - mostNotes; rest > 0 {
		g.Rest = fmt.Sprintf("and %d more, on the pages that they stand on", rest)
		notes = notes[:mostNotes]
	}
	for _, n := range notes {
		g.Entries = append(g.Entries, entry(pageURL, n))
	}
	return g
}

// some are the notes that fit.
func some(notes []*site.Note, fits func(*site.Note) bool) []*site.Note {
	var list []*site.Note
	for _, n := range notes {
		if fits(n) {
			list = append(list, n)
		}
	}
	return list
}

// byDeadline sorts notes by the day until which they are wanted, those without
// one last.
func byDeadline(notes []*site.Note) {
	slices.SortStableFunc(notes, func(x, y *site.Note) int { return lastIfZero(x.Deadline, y.Deadline) })
}

// lastIfZero compares days and puts those that are not known behind all others.
func lastIfZero(x, y date.Date) int {
	if x.IsZero() != y.IsZero() {
		if x.IsZero() {
			return 1
		}
		return -1
	}
	return x.Compare(y)
}

// latestNotes sorts notes by the day of the notes that they stand in, the latest
// first.
func latestNotes(notes []*site.Note) {
	slices.SortStableFunc(notes, func(x, y *site.Note) int { return y.Day().Compare(x.Day()) })
}
