package emit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"minutebook/generator/date"
	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// A happening is something with a day: a meeting, an event, the day of a
// decision, the end of a survey, or what somebody does by then.
type happening struct {
	day   date.Date
	what  string
	entry func() layout.Entry
}

// monthsBack is how many months before the build's day a calendar begins: what
// was earlier is in the lists of its kind.
const monthsBack = 6

// calendarPage makes the page of everything that has a day: this month and those
// ahead, then those before, the latest first.
func calendarPage(b *Builder) []Job {
	if !b.anyDays() {
		return nil
	}
	return []Job{page(site.CalendarURL, "calendar", func() any {
		p := layout.CalendarPage{
			Frame:  b.frame("calendar", site.CalendarURL, b.T("Calendar"), site.CalendarURL),
			Crumbs: b.crumbs(site.CalendarURL, b.T("Calendar")), Heading: b.T("Calendar"),
			Lede: b.T("Meetings, events, and the days by which something is decided or done."),
		}
		for _, s := range b.subscribed() {
			if s.url == site.CalendarFile {
				p.Offered = []layout.Link{{Text: b.T("Calendar (.ics)"), Href: href(site.CalendarURL, s.url)}}
			}
		}
		var past []layout.Month
		for rest := b.days(); len(rest) > 0; {
			n := 1
			for n < len(rest) && sameMonth(rest[n].day, rest[0].day) {
				n++
			}
			m := b.month(rest[:n])
			if day := rest[0].day; day.Before(b.Site.Today) && !sameMonth(day, b.Site.Today) {
				past = append(past, m)
			} else {
				p.Months = append(p.Months, m)
			}
			rest = rest[n:]
		}
		slices.Reverse(past)
		p.Months = append(p.Months, past...)
		return p
	})}
}

func sameMonth(x, y date.Date) bool { return x.Year() == y.Year() && x.Month() == y.Month() }

// happenings are everything that has a day that is in the calendar: of the
// records in their order, then the open actions.
func (b *Builder) happenings(yield func(happening) bool) {
	from := date.Of(time.Date(b.Site.Today.Year(), b.Site.Today.Month()-monthsBack, 1, 0, 0, 0, 0, time.UTC))
	listed := func(day date.Date) bool { return !day.IsZero() && !day.Before(from) }
	for _, r := range b.Site.Records {
		if day := r.Day("start"); listed(day) {
			entry := func() layout.Entry { return b.entry(site.CalendarURL, r) }
			if !yield(happening{day, b.Site.Label(r.Kind.Label), entry}) {
				return
			}
		}
		if !r.Waiting() {
			continue
		}
		if day := r.Day("decide-by"); listed(day) {
			entry := func() layout.Entry { return b.dueEntry(site.CalendarURL, r) }
			if !yield(happening{day, b.T("Decision due"), entry}) {
				return
			}
		}
		if day := r.Day("survey-closes"); listed(day) {
			entry := func() layout.Entry { return layout.Entry{Doc: b.doc(site.CalendarURL, r)} }
			if !yield(happening{day, b.T("Survey closes"), entry}) {
				return
			}
		}
	}
	for _, n := range b.Site.Notes(markdown.Action) {
		if listed(n.Deadline) && b.toDo(n) {
			entry := func() layout.Entry { return b.noteEntry(site.CalendarURL, n) }
			if !yield(happening{n.Deadline, b.T("Action due"), entry}) {
				return
			}
		}
	}
}

// sortedDays are the happenings in the order of their days.
func (b *Builder) sortedDays() []happening {
	list := slices.Collect(b.happenings)
	slices.SortStableFunc(list, func(x, y happening) int { return x.day.Compare(y.day) })
	return list
}

// hasDays reports whether there is a happening at all.
func (b *Builder) hasDays() bool {
	for range b.happenings {
		return true
	}
	return false
}

// month is a month of a calendar, with all that happens in it.
func (b *Builder) month(list []happening) layout.Month {
	first := list[0].day.AddDays(1 - list[0].day.Day())
	m := layout.Month{
		ID: fmt.Sprintf("mb-%04d-%02d", first.Year(), first.Month()), Title: b.Site.Words.Month(first.Year(), first.Month()),
		Weekdays: b.Site.Words.Weekdays(),
	}
	marks := map[date.Date][]string{}
	for i, h := range list {
		e := h.entry()
		e.When = b.day(h.day)
		e.Notes = append([]layout.Link{{Text: h.what}}, e.Notes...)
		if i == 0 || list[i-1].day != h.day {
			e.Anchor = "mb-" + h.day.String()
		}
		m.Entries = append(m.Entries, e)
		marks[h.day] = append(marks[h.day], b.T("{what}: {title}", h.what, e.Title))
	}
	m.Weeks = b.weeks(first, marks)
	return m
}

// weeks are the fields of a month's grid, from Monday to Sunday (ISO 8601).
func (b *Builder) weeks(first date.Date, marks map[date.Date][]string) [][]layout.MonthDay {
	lead := (int(first.Weekday()) + 6) % 7
	var weeks [][]layout.MonthDay
	for day := first.AddDays(-lead); day.Before(first) || sameMonth(day, first); day = day.AddDays(7) {
		week := make([]layout.MonthDay, 7)
		for i := range week {
			d := day.AddDays(i)
			if !sameMonth(d, first) {
				continue
			}
			week[i] = layout.MonthDay{Number: strconv.Itoa(d.Day()), Today: d == b.Site.Today}
			if on := marks[d]; len(on) > 0 {
				week[i].Href, week[i].Marks = "#mb-"+d.String(), strings.Join(on, b.T("; "))
			}
		}
		weeks = append(weeks, week)
	}
	return weeks
}
