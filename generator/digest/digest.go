// Package digest writes what a mailing list wants to hear as plain text: what is
// to be decided and when the next meetings are, what was decided and what else
// happened since a day, and which actions are new or late. It is a pure function
// of the site and the day.
//
// Lines have at most 72 characters, as mail wants them, but for addresses, which
// are never cut. A handle loses its "@": a digest that is posted to a code host
// or a chat must not call everybody whom it names.
package digest

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"minutebook/generator/date"
	"minutebook/generator/feed"
	"minutebook/generator/markdown"
	"minutebook/generator/plain"
	"minutebook/generator/site"
)

// width is how many characters a line has at most (RFC 3676, section 4.2, asks
// for no more than 78, and whoever answers quotes).
const width = 72

// ahead is how many days a digest looks forward to meetings and events.
const ahead = 14

// most is how many items a section has at most: nobody reads a longer mail.
const most = 40

// A writer writes one digest.
type writer struct {
	site  *site.Site
	since date.Date
	out   strings.Builder
	empty bool // no section was written yet
}

// Text is the digest of a site since a day, that day included, up to the site's
// own.
func Text(s *site.Site, since date.Date) string {
	w := &writer{site: s, since: since, empty: true}
	w.paragraph(s.Words.T("{site}: {first day} to {last day}", s.Title(), w.long(since), w.long(s.Today)))
	w.due()
	w.meetings()
	changes := func(e feed.Entry) bool { return e.What != feed.Decided && e.What != feed.Replaced }
	w.happened(s.Words.T("Decided"), feed.Decisions(s), func(feed.Entry) bool { return true })
	w.happened(s.Words.T("What else changed"), feed.Changes(s), changes)
	w.actions(s.Words.T("New actions"), func(n *site.Note) bool { return !n.Day().Before(since) && !n.Day().After(s.Today) && !s.Overdue(n) })
	w.actions(s.Words.T("Late actions"), s.Overdue)
	if w.empty {
		w.out.WriteString("\n" + s.Words.T("Nothing is due, and nothing happened.") + "\n")
	}
	return w.out.String()
}

// paragraph writes a text that stands for itself.
func (w *writer) paragraph(text string) {
	w.out.WriteString(plain.Wrap(clean(text), width, "", "") + "\n")
}

// section writes a heading and the items below it, unless there are none.
func (w *writer) section(title string, items []string) {
	if len(items) == 0 {
		return
	}
	w.empty = false
	w.out.WriteString("\n" + title + "\n" + strings.Repeat("-", utf8.RuneCountInString(title)) + "\n")
	for _, item := range items[:min(len(items), most)] {
		w.out.WriteString(item)
	}
	if rest := len(items) - most; rest > 0 {
		w.out.WriteString("* " + w.site.Words.N(rest, "and {n} more", "and {n} more") + "\n")
	}
}

// item is a line of a section with where to read more.
func (w *writer) item(text, url, anchor string) string {
	line := plain.Wrap(clean(text), width, "* ", "  ") + "\n"
	if address := w.site.Address(url, anchor); address != "" {
		line += "  " + plain.Line(address) + "\n"
	}
	return line
}

func clean(s string) string { return plain.Unnotified(plain.Line(s)) }

// due are the proposals that wait for a decision by a day.
func (w *writer) due() {
	var items []string
	for _, r := range w.byDay("decide-by", func(r *site.Record) bool { return r.Waiting() }) {
		by := r.Day("decide-by")
		text := w.site.Words.T("{day}: {title}", by.String(), r.Title)
		if by.Before(w.site.Today) {
			text += " " + w.site.Words.T("(was due)")
		}
		if who := w.names(r.People.Of("decision-makers")); who != "" {
			text += w.site.Words.T("; ") + w.site.Words.T("decided by {names}", who)
		}
		items = append(items, w.item(text, r.URL, ""))
	}
	w.section(w.site.Words.T("To be decided"), items)
}

// meetings are those and the events that are near. What has gone on since before
// is no news.
func (w *writer) meetings() {
	last := w.site.Today.AddDays(ahead)
	var items []string
	for _, r := range w.byDay("start", func(r *site.Record) bool {
		start := r.Day("start")
		return !start.Before(w.since) && !start.After(last) && !w.site.Over(r)
	}) {
		text := r.Day("start").String()
		if wall := r.Wall("start"); wall.HasTime {
			text += fmt.Sprintf(" %02d:%02d %s", wall.Hour, wall.Minute, r.ZoneName)
		}
		items = append(items, w.item(w.site.Words.T("{day}: {title}", text, r.Title), r.URL, ""))
	}
	w.section(w.site.Words.T("Next [meetings]"), items)
}

// byDay are the records that have a day in a field and fit, by that day.
func (w *writer) byDay(field string, fits func(*site.Record) bool) []*site.Record {
	var list []*site.Record
	for _, r := range w.site.Records {
		if !r.Day(field).IsZero() && fits(r) {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(x, y *site.Record) int { return x.Day(field).Compare(y.Day(field)) })
	return list
}

// happened are the entries of a feed since the day, the newest first.
func (w *writer) happened(title string, all iter.Seq[feed.Entry], fits func(feed.Entry) bool) {
	var entries []feed.Entry
	for e := range all {
		if !e.Day.Before(w.since) && fits(e) {
			entries = append(entries, e)
		}
	}
	slices.SortStableFunc(entries, func(x, y feed.Entry) int { return y.Day.Compare(x.Day) })
	var items []string
	for _, e := range entries {
		text, anchor := fmt.Sprintf("%s %s", e.Day, e.Title(w.site)), ""
		if e.Note != nil {
			anchor = e.Note.Anchor
		}
		if o := e.Record.Outcome; e.What == feed.Decided && o.Text != "" {
			text = w.site.Words.T("{what}: {title}", text, o.Text)
		}
		items = append(items, w.item(text, e.Record.URL, anchor))
	}
	w.section(title, items)
}

// actions are the open actions that fit, by the day until which they are wanted.
func (w *writer) actions(title string, fits func(*site.Note) bool) {
	var notes []*site.Note
	for _, n := range w.site.Notes(markdown.Action) {
		if n.State == site.Open && w.site.Tracked(n) && fits(n) {
			notes = append(notes, n)
		}
	}
	slices.SortStableFunc(notes, func(x, y *site.Note) int {
		if x.Deadline.IsZero() != y.Deadline.IsZero() {
			return y.Deadline.Compare(x.Deadline) // those without a day come last
		}
		return x.Deadline.Compare(y.Deadline)
	})
	var items []string
	for _, n := range notes {
		items = append(items, w.item(w.action(n), n.Record.URL, n.Anchor))
	}
	w.section(title, items)
}

// action says what is to be done, until when and by whom.
func (w *writer) action(n *site.Note) string {
	text := n.Text
	if !n.Deadline.IsZero() {
		text = w.site.Words.T("{day}: {title}", n.Deadline.String(), text)
	}
	var who []string
	for _, p := range n.Owners {
		who = append(who, p.Shown)
	}
	switch {
	case len(who) > 0:
		text += " (" + strings.Join(who, w.site.Words.T(", ")) + ")"
	case n.Nobody:
		text += " (" + w.site.Words.T("nobody yet") + ")"
	}
	return text
}

func (w *writer) names(persons []site.Named) string {
	var list []string
	for _, p := range persons {
		list = append(list, p.Shown)
	}
	return strings.Join(list, w.site.Words.T(", "))
}

func (w *writer) long(d date.Date) string { return w.site.Words.DayOfYear(d) }
