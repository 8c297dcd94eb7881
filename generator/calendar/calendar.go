// Package calendar writes what has a day in a site as iCalendar (RFC 5545):
// meetings and events, the days by which something is to be decided, and those
// until which somebody has something to do. It is a pure function of the site.
//
// # What clients may rely on
//
//   - The UID of an entry comes from the site's id, the path of the document and
//     what the entry is ([site.Site.UUID]): never from its title or its time, so
//     that a meeting that moves is moved and not doubled (section 3.8.4.7).
//   - SEQUENCE is the document's sequence (section 3.8.7.4).
//   - What is cancelled stays, as STATUS:CANCELLED, so that it goes from
//     calendars that hold it (section 3.8.1.11).
//   - DTSTAMP is the last change of the document that git knows, else the
//     build's day (section 3.8.7.2), and never the clock: one site gives one
//     calendar.
//   - Times are in UTC, and DESCRIPTION says what clocks show in the zone of the
//     meeting. A VTIMEZONE would have to repeat the rules of that zone, which
//     change after the file was made; an instant does not.
//
// What somebody has to do is a VEVENT of a whole day, not a VTODO: Google's and
// Microsoft's calendars leave out every VTODO of a calendar that they subscribe
// to, and a list that shows half its entries to half its readers is worse than
// one in the wrong drawer.
//
// # Why there is no library
//
// The writer is smaller than what github.com/arran4/golang-ical needs around it:
// there lines end in LF and DTSTAMP is missing unless asked for, and a line end
// in an address or in a common name passes through. Here every line is made by
// one function, and that library reads the results back in the tests.
package calendar

import (
	"iter"

	"minutebook/generator/date"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// An Item is something of a site that has a place in calendars. It is small:
// its text is made when the calendar is written, and that is when the items of a
// calendar are looked for, too. Whether there are any is known at the first.
type Item struct {
	What   What
	Record *site.Record // where it stands
	Note   *site.Note   // of Due; else nil
}

// What says what an item is. The words are part of UIDs and never change.
type What string

// The kinds of items.
const (
	Time     What = "time"     // when a meeting or event is
	Deadline What = "deadline" // the day by which something is to be decided
	Due      What = "due"      // the day until which an action is to be done
)

// Dated reports whether a day has a place in calendars. The last year that
// [date.Date] has is left out: what ends in it may end in a year of five digits,
// which RFC 5545 cannot write (section 3.3.4).
func Dated(d date.Date) bool { return !d.IsZero() && d.Year() < 9999 }

// All are the items of a whole site: first those of the records in their order,
// then the open actions.
func All(s *site.Site) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, r := range s.Records {
			if !ofRecord(r, yield) {
				return
			}
		}
		due(s, s.Notes(markdown.Action), yield)
	}
}

// OfRecord are the days of a record itself.
func OfRecord(r *site.Record) iter.Seq[Item] {
	return func(yield func(Item) bool) { ofRecord(r, yield) }
}

// ofRecord reports whether more is wanted.
func ofRecord(r *site.Record, yield func(Item) bool) bool {
	return (!Dated(r.Day("start")) || yield(Item{What: Time, Record: r})) &&
		(!Dated(r.Day("decide-by")) || yield(Item{What: Deadline, Record: r}))
}

// OfSeries are the meetings of a series.
func OfSeries(series *site.Series) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, r := range series.Records {
			if Dated(r.Day("start")) && !yield(Item{What: Time, Record: r}) {
				return
			}
		}
	}
}

// OfPerson are the days by which a person, or a group of theirs, is to decide
// something, and those until which they have something to do.
func OfPerson(s *site.Site, p *site.Person) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		seen := map[*site.Record]bool{}
		for _, one := range append([]*site.Person{p}, p.Groups...) {
			for _, role := range one.Roles {
				r := role.Record
				if role.Field.Name != "decision-makers" || !Dated(r.Day("decide-by")) || seen[r] {
					continue
				}
				seen[r] = true
				if !yield(Item{What: Deadline, Record: r}) {
					return
				}
			}
		}
		due(s, p.Notes, yield)
	}
}

// due are the actions that are still to be done by a day.
func due(s *site.Site, notes []*site.Note, yield func(Item) bool) {
	for _, n := range notes {
		if n.Kind == markdown.Action && n.State == site.Open && Dated(n.Deadline) && s.Tracked(n) && !yield(Item{What: Due, Record: n.Record, Note: n}) {
			return
		}
	}
}

// Any reports whether there is an item at all.
func Any(items iter.Seq[Item]) bool {
	for range items {
		return true
	}
	return false
}
