package emit

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"minutebook/generator/date"
	"minutebook/generator/layout"
	"minutebook/generator/site"
)

// day is a date as pages of the site show it; nil for the zero date.
func (b *Builder) day(d date.Date) *layout.Day {
	if d.IsZero() {
		return nil
	}
	short := strconv.Itoa(d.Day) + " " + d.Month.String()[:3]
	if d.Year != b.Site.Today.Year {
		short += " " + strconv.Itoa(d.Year)
	}
	return &layout.Day{
		ISO:      d.String(),
		Short:    short,
		Long:     fullDay(d),
		Relative: relative(d.Sub(b.Site.Today)),
	}
}

// relative says how far a day is from the build's, in the words that a browser
// uses (Intl.RelativeTimeFormat, numeric: auto).
func relative(days int) string {
	n := days
	if n < 0 {
		n = -n
	}
	switch {
	case n == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days == -1:
		return "yesterday"
	case n < 29:
		return ago(days, n, "day")
	case n < 320:
		return ago(days, max(1, (n*10+152)/304), "month")
	}
	return ago(days, max(1, (n+182)/365), "year")
}

func ago(days, n int, unit string) string {
	if n != 1 {
		unit += "s"
	}
	if days < 0 {
		return fmt.Sprintf("%d %s ago", n, unit)
	}
	return fmt.Sprintf("in %d %s", n, unit)
}

// period says when a meeting or event is: its day or days, its times and the
// zone in which they are told. Empty when it has no start.
func period(r *site.Record) string {
	start, end := r.Wall("start"), r.Wall("end")
	if start.IsZero() {
		return ""
	}
	if end.IsZero() && start.HasTime {
		if minutes := r.Items("duration"); len(minutes) > 0 && minutes[0].N > 0 {
			end = later(start, minutes[0].N)
		}
	}
	text := fullDay(start.Date)
	if start.HasTime {
		text += ", " + clock(start)
	}
	switch {
	case end.IsZero() || end == start:
	case end.Date == start.Date && end.HasTime:
		text += "–" + clock(end)
	case end.Date != start.Date:
		text += " – " + fullDay(end.Date)
		if end.HasTime {
			text += ", " + clock(end)
		}
	}
	if start.HasTime {
		text += " " + strings.ReplaceAll(r.ZoneName, "_", " ")
	}
	return text
}

func fullDay(d date.Date) string {
	return d.Weekday().String() + " " + strconv.Itoa(d.Day) + " " + d.Month.String() + " " + strconv.Itoa(d.Year)
}

func clock(w date.Wall) string { return fmt.Sprintf("%02d:%02d", w.Hour, w.Minute) }

// later is a wall time some minutes after another, in a zone without changes.
func later(w date.Wall, minutes int) date.Wall {
	t := time.Date(w.Year, w.Month, w.Day, w.Hour, w.Minute+minutes, 0, 0, time.UTC)
	return date.Wall{Date: date.Of(t), Hour: t.Hour(), Minute: t.Minute(), HasTime: true}
}
