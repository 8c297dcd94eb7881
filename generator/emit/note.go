package emit

import (
	"net/url"
	"slices"

	"minutebook/generator/date"
	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/words"
)

// noteWords are the states of notes in the words of the site.
var noteWords = map[site.NoteState]struct {
	word words.Key
	tone string
}{
	site.Open:        {"Open", "talk"},
	site.Done:        {"Done", "yes"},
	site.Dropped:     {"Dropped", "plain"},
	site.Conditional: {"If accepted", "draft"},
	site.Answered:    {"Answered", "yes"},
	site.Deferred:    {"Postponed", "draft"},
	site.Waiting:     {"Waiting", "talk"},
	site.PassedOn:    {"Passed on", "yes"},
	site.Planned:     {"Planned", "yes"},
	site.Fixed:       {"Fixed", "yes"},
	site.Declined:    {"Declined", "no"},
	site.NotRaised:   {"Not raised", "no"},
}

func (b *Builder) noteStatus(n *site.Note) *layout.Status {
	if b.Site.Overdue(n) {
		return &layout.Status{Word: b.T("Late"), Tone: "no"}
	}
	if s, ok := noteWords[n.State]; ok {
		return &layout.Status{Word: b.T(s.word), Tone: s.tone}
	}
	if n.Kind == markdown.Decision {
		return &layout.Status{Word: b.T("Decided in the meeting"), Tone: "yes"}
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
	e.When, e.WhenIs = b.day(n.Deadline), b.T("due")
	if n.State.Settled() {
		e.When, e.WhenIs = b.day(settledOn(n)), b.T("done")
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
		e.Notes = append(e.Notes, layout.Link{Text: b.T("nobody yet")})
	}
	e.Summary = b.resultText(n)
	if n.Record.URL != pageURL {
		e.Notes = append(e.Notes, layout.Link{Text: n.Record.Title, Href: href(pageURL, n.Record.URL)})
	}
	if n.By != nil && n.By.Record != n.Record && n.By.Record.URL != pageURL {
		e.Notes = append(e.Notes, layout.Link{Text: b.T("see {document}", n.By.Record.Title), Href: noteHref(pageURL, n.By)})
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
		return b.T("Fixed in {release}", text)
	case word == "planned":
		return b.T("Planned for {release}", text)
	case word == "declined":
		return b.T("Declined because {reason}", text)
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
		e.Notes = append(e.Notes, layout.Link{Text: b.T("to {event}", event.Title), Href: href(pageURL, event.URL)})
	}
	if len(n.Home) > 1 {
		e.Notes = append(e.Notes, layout.Link{Text: b.heardFrom(n.Home)})
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

// heardFrom says at how many events, or in how many records of none, notes were
// taken.
func (b *Builder) heardFrom(notes []*site.Note) string {
	n, events := b.places(heard(notes))
	if events {
		return b.N(n, "heard at {n} event", "heard at {n} events")
	}
	return b.N(n, "heard at {n} place", "heard at {n} places")
}

// heardHeading is heardFrom as a heading.
func (b *Builder) heardHeading(notes []*site.Note) string {
	n, events := b.places(heard(notes))
	if events {
		return b.N(n, "Heard at {n} event", "Heard at {n} events")
	}
	return b.N(n, "Heard at {n} place", "Heard at {n} places")
}

// places is at how many events notes were taken; where some were taken at none,
// in how many records.
func (b *Builder) places(notes []*site.Note) (n int, events bool) {
	seen, events := map[*site.Record]bool{}, true
	for _, n := range notes {
		at := b.Site.EventsOf(n.Record)
		if len(at) == 0 {
			at, events = []*site.Record{n.Record}, false
		}
		seen[at[0]] = true
	}
	return len(seen), events
}

// mostNotes is how many notes one list shows: nobody reads further, and each
// stands on the page of its record too.
const mostNotes = 200

// noteGroup is a list of notes under a heading; it has no entries when there are
// none.
func (b *Builder) noteGroup(id, title, pageURL string, notes []*site.Note, entry func(string, *site.Note) layout.Entry) layout.Group {
	g := layout.Group{ID: id, Title: title}
	if rest := len(notes) - mostNotes; rest > 0 {
		g.Rest = b.N(rest, "and {n} more, on the pages that they stand on", "and {n} more, on the pages that they stand on")
		notes = notes[:mostNotes]
	}
	if len(notes) > 0 {
		g.Entries = make([]layout.Entry, len(notes))
	}
	for i, n := range notes {
		g.Entries[i] = entry(pageURL, n)
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

// latestSettled sorts actions by the day on which they were done, the latest first;
// where that is not told, by the day of the notes that they stand in.
func latestSettled(notes []*site.Note) {
	day := func(n *site.Note) date.Date {
		if d := settledOn(n); !d.IsZero() {
			return d
		}
		return n.Day()
	}
	slices.SortStableFunc(notes, func(x, y *site.Note) int { return day(y).Compare(day(x)) })
}

// latestNotes sorts notes by the day of the notes that they stand in, the latest
// first.
func latestNotes(notes []*site.Note) {
	slices.SortStableFunc(notes, func(x, y *site.Note) int { return y.Day().Compare(x.Day()) })
}
