package emit

import (
	"fmt"
	"strings"
	"time"

	"minutebook/generator/date"
	"minutebook/generator/layout"
	"minutebook/generator/site"
)

// day is a date as pages of the site show it, which is not to be changed; nil for
// the zero date.
func (b *Builder) day(d date.Date) *layout.Day {
	if d.IsZero() {
		return nil
	}
	if told, ok := b.told.Load(d); ok {
		return told.(*layout.Day)
	}
	w := b.Site.Words
	short := w.ShortDay(d)
	if d.Year() != b.Site.Today.Year() {
		short = w.ShortDayOfYear(d)
	}
	day := &layout.Day{ISO: d.String(), Short: short, Long: w.Day(d), Relative: w.Relative(d.Sub(b.Site.Today))}
	b.told.Store(d, day)
	return day
}

// period says when a meeting or event is: its day or days, its times and the
// zone in which they are told. Empty when it has no start.
func (b *Builder) period(r *site.Record) string {
	start, end := r.Wall("start"), r.Wall("end")
	if start.IsZero() {
		return ""
	}
	if end.IsZero() && start.HasTime {
		if minutes := r.Items("duration"); len(minutes) > 0 && minutes[0].N > 0 {
			end = later(start, minutes[0].N)
		}
	}
	w := b.Site.Words
	from, to := w.Day(start.Date), ""
	switch {
	case end.IsZero() || end == start:
	case end.Date == start.Date && end.HasTime:
		to = clock(end)
	case end.Date != start.Date:
		to = w.Day(end.Date)
		if end.HasTime {
			to = w.T("{day}, {time}", to, clock(end))
		}
	}
	if start.HasTime {
		from = w.T("{day}, {time}", from, clock(start))
	}
	text := from
	switch {
	case to != "" && end.Date == start.Date:
		text = w.T("{time}–{time of the end}", from, to)
	case to != "":
		text = w.T("{day} – {last day}", from, to)
	}
	if start.HasTime {
		text += " " + strings.ReplaceAll(r.ZoneName, "_", " ")
	}
	return text
}

func clock(w date.Wall) string { return fmt.Sprintf("%02d:%02d", w.Hour, w.Minute) }

// later is a wall time some minutes after another, in a zone without changes.
func later(w date.Wall, minutes int) date.Wall {
	t := w.Clock().Add(time.Duration(minutes) * time.Minute)
	return date.Wall{Date: date.Of(t), Hour: uint8(t.Hour()), Minute: uint8(t.Minute()), HasTime: true}
}
