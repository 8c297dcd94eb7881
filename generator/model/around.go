package model

import (
	"slices"

	"minutebook/generator/config"
	"minutebook/generator/site"
)

// A NamedPerson is a person or a group that something names.
type NamedPerson struct {
	Handle string `json:"handle,omitempty"` // names a Person; none where it would tell the name
	Name   string `json:"name"`             // as it is shown: "a participant" for whoever is hidden
}

// A Person is a person or a group.
type Person struct {
	Handle      string        `json:"handle,omitempty"` // none where only initials are shown
	Name        string        `json:"name"`             // as it is shown
	Group       bool          `json:"group,omitempty"`
	Members     []NamedPerson `json:"members,omitempty"`
	URL         string        `json:"url,omitempty"` // of the page
	Affiliation string        `json:"affiliation,omitempty"`
	TimeZone    string        `json:"timeZone,omitempty"` // IANA name
	Links       []string      `json:"links,omitempty"`    // addresses of other sites
}

// A Topic is what documents and feedback are about.
type Topic struct {
	Name    string   `json:"name"`
	URL     string   `json:"url"`            // of the page
	Path    string   `json:"path,omitempty"` // of the record that describes it
	Records []string `json:"records,omitempty"`
	Notes   []string `json:"notes,omitempty"` // feedback on it
}

// An Event is a record of the kind event as a part of the chain along which
// feedback travels.
type Event struct {
	Path      string   `json:"path"`
	Title     string   `json:"title"`
	Start     string   `json:"start,omitempty"`     // its first day
	End       string   `json:"end,omitempty"`       // its last day, where it is stated
	Over      bool     `json:"over,omitempty"`      // it has taken place, or will not
	PartOf    []string `json:"partOf,omitempty"`    // paths of events that it is held with
	FeedsInto []string `json:"feedsInto,omitempty"` // paths of the events that it passes feedback to
	HearsFrom []string `json:"hearsFrom,omitempty"` // paths of those that pass feedback to it
	Incoming  []string `json:"incoming,omitempty"`  // notes that were sent to it
}

// person is how anything names a person.
func person(p *site.Person) NamedPerson {
	if p.Public != config.Named {
		return NamedPerson{Name: p.Shown}
	}
	return NamedPerson{p.Handle, p.Shown}
}

func named(list []site.Named) []NamedPerson {
	return mapped(list, func(n site.Named) NamedPerson { return person(n.Person) })
}

// Person is the object of a person who is not hidden.
func (m Model) Person(p *site.Person) Person {
	who := person(p)
	o := Person{Handle: who.Handle, Name: who.Name, Group: p.Group, Members: mapped(p.Members, person)}
	if p.Public != config.Named {
		return o
	}
	o.URL, o.Affiliation, o.TimeZone = address(p.URL, ""), p.Affiliation, p.TimeZone
	for _, link := range p.Links {
		if m.outside(link) {
			o.Links = append(o.Links, link)
		}
	}
	return o
}

// Topic is the object of a topic.
func (m Model) Topic(t *site.Topic) Topic {
	return Topic{Name: t.Name, URL: address(t.URL, ""), Path: pathOf(t.About), Records: paths(t.Records), Notes: refs(t.Notes)}
}

// eventRecords are the records of events in the order in which they begin.
func (m Model) eventRecords() []*site.Record {
	k := m.site.Config.Kind("event")
	if k == nil {
		return nil
	}
	list := slices.Clone(m.site.OfKind(k))
	slices.SortStableFunc(list, func(a, b *site.Record) int {
		x, y := a.Day("start"), b.Day("start")
		if x.IsZero() != y.IsZero() {
			return y.Compare(x) // the zero day is the first of all, and comes last
		}
		return x.Compare(y)
	})
	return list
}

func (m Model) event(r *site.Record) Event {
	o := Event{
		Path: r.File.Path, Title: r.Title, Start: r.Day("start").String(), End: r.Day("end").String(),
		Over: m.site.Over(r), Incoming: refs(r.Incoming),
	}
	for _, rel := range r.Relations {
		if rel.To == nil {
			continue
		}
		switch field, inverse := stating(r, rel); {
		case field == "part-of" && !inverse:
			o.PartOf = append(o.PartOf, rel.To.File.Path)
		case field == "feeds-into" && !inverse:
			o.FeedsInto = append(o.FeedsInto, rel.To.File.Path)
		case field == "feeds-into":
			o.HearsFrom = append(o.HearsFrom, rel.To.File.Path)
		}
	}
	return o
}
