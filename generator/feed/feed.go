// Package feed tells what happens in a site as Atom feeds (RFC 4287): an entry
// for each thing that happened with a document. It is a pure function of the
// site.
//
// An entry is a document and a transition: proposed, put to discussion, decided.
// Its id is made of the site's id, the document's path and the transition
// ([site.Site.UUID]), never of a title, so that a reader who has seen an entry
// does not see it again because somebody mended a word (section 4.2.6). What
// happens twice with a document, as when it is put to discussion again, is one
// entry whose time moves on.
//
// Documents know days and no times, so what happened on a day is told as of its
// first moment in the site's zone. Only what is over by the build's day is told.
//
// The addresses in a feed are absolute: a feed is read far from its site, and
// readers disagree on what a relative one is relative to. So there are feeds
// only where the site knows its base URL.
package feed

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// An Entry is something that happened. It is small: its text is made when the
// feed is written.
type Entry struct {
	Day    date.Date
	What   What
	Record *site.Record
	Status *config.Status // of a change of status; else nil
	Note   *site.Note     // of Minuted; else nil
}

// What says what happened. The words are part of ids and never change.
type What string

// What happens with documents, in the order in which it is told of one day.
const (
	Announced What = "announced" // an event was made known
	Proposed  What = "proposed"
	Status    What = "status" // it got another status
	Held      What = "held"   // a meeting or an event took place
	Decided   What = "decided"
	Minuted   What = "minuted" // a decision that has no document of its own
	Replaced  What = "replaced"
)

var order = []What{Announced, Proposed, Status, Held, Decided, Minuted, Replaced}

// Most is how many entries a feed has: the newest.
const Most = 50

// Changes is what happened with all documents.
func Changes(s *site.Site) iter.Seq[Entry] { return of(s, slices.Values(s.Records)) }

// Decisions is what was decided: in documents, and in meetings where no document
// says it.
func Decisions(s *site.Site) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for e := range Changes(s) {
			if (e.What == Decided || e.What == Replaced) && !yield(e) {
				return
			}
		}
		for _, n := range s.Notes(markdown.Decision) {
			e := Entry{Day: n.Day(), What: Minuted, Record: n.Record, Note: n}
			if len(n.Decides) == 0 && past(s, e.Day) && n.Record.Phase() != config.EndedPhase && !yield(e) {
				return
			}
		}
	}
}

// OfTopic is what happened with the documents of a topic.
func OfTopic(s *site.Site, t *site.Topic) iter.Seq[Entry] { return of(s, slices.Values(t.Records)) }

// OfPerson is what happened with the documents that name a person. Who was at a
// meeting is not told.
func OfPerson(s *site.Site, p *site.Person) iter.Seq[Entry] {
	return of(s, func(yield func(*site.Record) bool) {
		seen := map[*site.Record]bool{}
		for _, role := range p.Roles {
			if f := role.Field; f.Label == "" || f.Name == "attendees" || f.Name == "regrets" || seen[role.Record] {
				continue
			}
			seen[role.Record] = true
			if !yield(role.Record) {
				return
			}
		}
	})
}

// Any reports whether there is an entry at all.
func Any(entries iter.Seq[Entry]) bool {
	for range entries {
		return true
	}
	return false
}

// of is what happened with records, by record.
func of(s *site.Site, records iter.Seq[*site.Record]) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for r := range records {
			for _, e := range happened(s, r) {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// past reports whether a day is known and over, or the build's own.
func past(s *site.Site, d date.Date) bool { return !d.IsZero() && !d.After(s.Today) }

// happened is what happened with one record up to the build's day.
func happened(s *site.Site, r *site.Record) []Entry {
	var list []Entry
	if r.Kind.Field("decision-makers") != nil {
		list = append(lifecycle(s, r), outcome(r)...)
	}
	if start := r.Day("start"); !start.IsZero() {
		if r.Kind.Name == "event" {
			list = append(list, Entry{Day: r.Past.Created, What: Announced, Record: r})
		}
		if took(s, r) {
			list = append(list, Entry{Day: start, What: Held, Record: r})
		}
	}
	return slices.DeleteFunc(list, func(e Entry) bool { return !past(s, e.Day) })
}

// took reports whether a meeting or event took place: it is over, or its day is
// today and there are notes already.
func took(s *site.Site, r *site.Record) bool {
	if r.Phase() == config.EndedPhase {
		return false
	}
	return s.Over(r) || len(r.Notes) > 0
}

// lifecycle is how a record came to be decided on: when it was proposed, and
// which statuses it had since, as far as git knows. The status that it was
// written with is told with the proposal, and one that decides with the outcome.
func lifecycle(s *site.Site, r *site.Record) []Entry {
	proposed := r.Day("created")
	if proposed.IsZero() && (r.Kind.Field("created") != nil || r.Waiting()) {
		proposed = r.Past.Created
	}
	if proposed.IsZero() && r.Waiting() {
		proposed = r.Day("date")
	}
	list := []Entry{{Day: proposed, What: Proposed, Record: r}}
	for _, c := range r.Past.Statuses {
		status := r.Kind.Status(c.Status)
		if status == nil || status.Phase == config.DecidedPhase || status.Name == "superseded" || !c.Day.After(proposed) {
			continue
		}
		e := Entry{Day: c.Day, What: Status, Record: r, Status: status}
		same := slices.IndexFunc(list, func(o Entry) bool { return o.Status == status })
		if same >= 0 {
			list[same] = e
		} else if past(s, c.Day) {
			list = append(list, e)
		}
	}
	return list
}

// outcome is what was decided of a record, and by what it was replaced.
func outcome(r *site.Record) []Entry {
	var list []Entry
	if o := r.Outcome; o != nil {
		list = append(list, Entry{Day: cmp.Or(o.On, settled(r)), What: Decided, Record: r})
	}
	if by := r.Successor; by != nil {
		list = append(list, Entry{Day: cmp.Or(by.DecidedOn(), by.Past.Created), What: Replaced, Record: r})
	}
	return list
}

// settled is the last day on which a record got a status that decides, as git
// knows.
func settled(r *site.Record) date.Date {
	for _, c := range slices.Backward(r.Past.Statuses) {
		if status := r.Kind.Status(c.Status); status != nil && status.Phase == config.DecidedPhase {
			return c.Day
		}
	}
	return date.Date{}
}

// latest are the newest entries, the newest first; those of one day in the
// reverse order of what happens first, and then by their paths. Of many entries
// few are held at a time.
func latest(entries iter.Seq[Entry]) []Entry {
	var list []Entry
	for e := range entries {
		if list = append(list, e); len(list) == 8*Most {
			list = newest(list)
		}
	}
	return newest(list)
}

func newest(list []Entry) []Entry {
	slices.SortStableFunc(list, func(x, y Entry) int {
		if d := y.Day.Compare(x.Day); d != 0 {
			return d
		}
		return cmp.Or(slices.Index(order, y.What)-slices.Index(order, x.What), strings.Compare(x.Record.File.Path, y.Record.File.Path))
	})
	return list[:min(len(list), Most)]
}
