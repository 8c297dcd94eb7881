package calendar

import (
	"strconv"
	"strings"
	"time"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/plain"
	"minutebook/generator/site"
	"minutebook/generator/words"
)

// An event is a VEVENT before it is written (RFC 5545, section 3.6.1).
type event struct {
	uid         string
	stamp       time.Time
	when        span
	summary     string
	description []string // paragraphs, some of which may be empty
	location    string
	address     string // of the page; empty when unknown
	category    string
	status      string // TENTATIVE, CONFIRMED or CANCELLED; empty: nothing is said
	sequence    int
}

// A span is when something is: whole days, or from one instant to another.
type span struct {
	first, end date.Date // whole days; end is the day after the last (section 3.6.1)
	from, to   time.Time // when first is zero; to is zero when the end is not known
}

// eventOf is an item as a calendar shows it.
func eventOf(s *site.Site, item Item) event {
	r := item.Record
	e := event{
		uid: s.UUID(r.File.Path, string(item.What)), stamp: stampOf(s, r),
		address: s.Address(r.URL, ""), category: s.Label(r.Kind.Label),
	}
	if n := r.Items("sequence"); len(n) > 0 {
		e.sequence = min(max(0, n[0].N), 1<<31-1) // section 3.3.8
	}
	switch item.What {
	case Time:
		e.time(s, r)
	case Deadline:
		e.deadline(s, r)
	case Due:
		e.due(s, item.Note)
	}
	return e
}

// stampOf is when what a record says was last changed, as far as that is known.
func stampOf(s *site.Site, r *site.Record) time.Time {
	day := r.Past.Changed
	if day.IsZero() || day.After(s.Today) {
		day = s.Today
	}
	return s.Midnight(day)
}

// time fills in a meeting or event.
func (e *event) time(s *site.Site, r *site.Record) {
	e.when = spanOf(r)
	e.summary, e.location, e.status = r.Title, r.Text("location"), statusOf(r)
	e.description = []string{clocks(r), r.Text("summary"), agenda(s, r)}
}

// statusOf is the status of a record in the three words of RFC 5545, section
// 3.8.1.11; empty when it states none that is known. What is postponed does not
// take place when its document still says, so it counts as cancelled until the
// document has a new day.
func statusOf(r *site.Record) string {
	switch {
	case r.State == nil:
		return ""
	case r.Phase() == config.EndedPhase:
		return "CANCELLED"
	case r.Phase() == config.DraftPhase || r.State.Tone == "draft":
		return "TENTATIVE"
	}
	return "CONFIRMED"
}

// spanOf is when a meeting or event is. A day alone is a whole day; an end that
// is not after the start is left out (section 3.8.2.2 has none such).
func spanOf(r *site.Record) span {
	start, end := r.Wall("start"), r.Wall("end")
	if !start.HasTime {
		last := start.Date
		if end.Date.After(last) {
			last = end.Date
		}
		return span{first: start.Date, end: last.AddDays(1)}
	}
	when := span{}
	when.from, _ = start.In(r.Zone)
	switch minutes := r.Items("duration"); {
	case end.HasTime:
		when.to, _ = end.In(r.Zone)
	case !end.IsZero(): // all of its last day
		when.to, _ = date.Wall{Date: end.Date.AddDays(1)}.In(r.Zone)
	case len(minutes) > 0:
		when.to = when.from.Add(time.Duration(minutes[0].N) * time.Minute)
	}
	if !when.to.After(when.from) {
		when.to = time.Time{}
	}
	return when
}

// clocks says what clocks show where a meeting is told, and names the zone.
func clocks(r *site.Record) string {
	when := spanOf(r)
	if !when.first.IsZero() {
		return ""
	}
	const minute = "2006-01-02 15:04"
	text := when.from.In(r.Zone).Format(minute)
	if to := when.to.In(r.Zone); !when.to.IsZero() {
		if date.Of(to) == date.Of(when.from.In(r.Zone)) {
			text += "–" + to.Format("15:04")
		} else {
			text += " – " + to.Format(minute)
		}
	}
	return text + " " + r.ZoneName
}

func agenda(s *site.Site, r *site.Record) string {
	var lines []string
	for _, rel := range r.Relations {
		if rel.Stated && rel.To != nil && rel.Field.Name == "agenda" {
			lines = append(lines, "- "+plain.Line(rel.To.Title))
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return s.Words.T("Agenda:") + "\n" + strings.Join(lines, "\n")
}

// deadline fills in the day by which something is to be decided. It stays when
// the decision was made, and goes when nobody is to decide any more.
func (e *event) deadline(s *site.Site, r *site.Record) {
	by := r.Day("decide-by")
	e.when = span{first: by, end: by.AddDays(1)}
	e.summary = s.Words.T("Decision due: {title}", r.Title)
	e.description = []string{r.Text("summary"), said(s, "Why then: {reason}", r.Text("deadline-reason")), said(s, "Decided by: {names}", names(s, r.People.Of("decision-makers")))}
	e.status = statusOf(r)
	if r.Outcome != nil {
		e.summary = s.Words.T("Decision was due: {title}", r.Title)
		e.status = "CONFIRMED"
		e.description = append(e.description, decided(s, r.Outcome))
	}
}

// due fills in an action. Its UID ends in the item's anchor: the id that is
// written (A3), or its number among the actions of the document.
func (e *event) due(s *site.Site, n *site.Note) {
	e.uid = s.UUID(n.Record.File.Path, string(Due), n.Anchor)
	e.when = span{first: n.Deadline, end: n.Deadline.AddDays(1)}
	e.address, e.category, e.sequence = s.Address(n.Record.URL, n.Anchor), s.Words.T("Action"), 0
	e.status = "CONFIRMED"
	var owners []string
	for _, p := range n.Owners {
		owners = append(owners, plain.Line(p.Shown))
	}
	e.summary = s.Words.T("Due: {action}", n.Text)
	e.description = []string{said(s, "For: {names}", strings.Join(owners, s.Words.T(", "))), s.Words.T("From: {document}", n.Record.Title)}
}

// decided says on which day what was decided.
func decided(s *site.Site, o *site.Outcome) string {
	if o.Text == "" {
		return s.Words.T("Decided {day}", o.On.String())
	}
	return s.Words.T("Decided {day}: {outcome}", o.On.String(), o.Text)
}

// said is a text with a value, or nothing when there is no value.
func said(s *site.Site, key words.Key, value string) string {
	if value == "" {
		return ""
	}
	return s.Words.T(key, value)
}

func names(s *site.Site, persons []site.Named) string {
	var list []string
	for _, p := range persons {
		list = append(list, plain.Line(p.Shown))
	}
	return strings.Join(list, s.Words.T(", "))
}

// write writes the event. The order of properties is free (section 3.6.1).
func (e *event) write(w *writer) {
	w.line("BEGIN:VEVENT")
	w.line("UID:", e.uid)
	w.line("DTSTAMP:", utc(e.stamp))
	e.when.write(w)
	if e.sequence > 0 {
		w.line("SEQUENCE:", strconv.Itoa(e.sequence))
	}
	if e.status != "" {
		w.line("STATUS:", e.status)
	}
	w.text("SUMMARY", plain.Line(e.summary))
	w.text("DESCRIPTION", e.paragraphs())
	w.text("LOCATION", plain.Line(e.location))
	w.text("CATEGORIES", plain.Line(e.category))
	if e.address != "" {
		w.line("URL:", plain.Line(e.address))
	}
	w.line("END:VEVENT")
}

func (e *event) paragraphs() string {
	var list []string
	for _, p := range append(e.description, e.address) {
		if p = plain.Text(p); p != "" {
			list = append(list, p)
		}
	}
	return strings.Join(list, "\n\n")
}

// write writes the start and the end. A whole day takes no time from anybody's
// day (TRANSP, section 3.8.2.7).
func (s span) write(w *writer) {
	if !s.first.IsZero() {
		w.line("DTSTART;VALUE=DATE:", day(s.first))
		w.line("DTEND;VALUE=DATE:", day(s.end))
		w.line("TRANSP:TRANSPARENT")
		return
	}
	w.line("DTSTART:", utc(s.from))
	if !s.to.IsZero() {
		w.line("DTEND:", utc(s.to))
	}
}

func day(d date.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }
