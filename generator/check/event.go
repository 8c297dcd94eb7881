package check

import (
	"minutebook/generator/date"
	"minutebook/generator/site"
)

// span is the first and the last day of an event; zero dates when it has none.
func span(record *site.Record) (first, last date.Date) {
	first, last = record.Day("start"), record.Day("end")
	if last.IsZero() {
		last = first
	}
	return first, last
}

// chainBackwards finds events that feed into one that was over before they
// ended: what is heard there can no longer get in.
func chainBackwards(r *Report, record *site.Record) {
	for _, next := range related(record, "feeds-into") {
		start, _ := span(record)
		_, end := span(next)
		if start.IsZero() || end.IsZero() || !end.Before(start) {
			continue
		}
		d := r.atField(record, "feeds-into", "this begins on %s and feeds into %s, which ended on %s", start, next.ID, end)
		hint(d, "name an event that comes later")
		see(d, next, "end")
	}
}

// outsideHostEvent finds events that lie outside the days of the one that they
// are part of.
func outsideHostEvent(r *Report, record *site.Record) {
	for _, host := range related(record, "part-of") {
		start, end := span(record)
		first, last := span(host)
		if start.IsZero() || first.IsZero() || !start.Before(first) && !end.After(last) {
			continue
		}
		d := r.atField(record, "part-of", "%s to %s is outside of %s, which is from %s to %s", start, end, host.ID, first, last)
		hint(d, "mend the dates, or take out part-of")
		see(d, host, "start")
	}
}
