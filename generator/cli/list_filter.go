package cli

import (
	"path"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/site"
)

// The wishes of a listing are its filters as they are written.
type wishes struct {
	status, owner, topic, event string
	overdue, open               bool
}

// first is the name of a filter that is set, "" when none is.
func (w *wishes) first() string {
	for _, f := range []struct {
		name string
		set  bool
	}{
		{"status", w.status != ""}, {"owner", w.owner != ""}, {"topic", w.topic != ""}, {"event", w.event != ""},
		{"overdue", w.overdue}, {"open", w.open},
	} {
		if f.set {
			return f.name
		}
	}
	return ""
}

// A filter is what the filters mean in a site.
type filter struct {
	wishes
	site  *site.Site
	owner *site.Person
	topic *site.Topic
	event *site.Record
}

// in finds what the filters name in a site.
func (w wishes) in(s *site.Site, what subject) (f filter, err error) {
	f = filter{wishes: w, site: s}
	if w.owner != "" {
		if f.owner, err = ownerOf(s, w.owner); err != nil {
			return f, err
		}
	}
	if w.topic != "" {
		if f.topic, err = topicOf(s, w.topic); err != nil {
			return f, err
		}
	}
	if w.event != "" {
		if f.event, err = eventOf(s, w.event); err != nil {
			return f, err
		}
	}
	return f, f.knownStatus(what)
}

// unknownName says that a filter names nothing, with what it may mean.
func unknownName(flag, name, what string, names []string) error {
	if near := diag.Nearest(strings.TrimPrefix(name, "@"), names); near != "" {
		return wrongUse("--%s: there is no %s %q; did you mean %s?", flag, what, name, near)
	}
	return wrongUse("--%s: there is no %s %q", flag, what, name)
}

// ownerOf finds a person by handle, name or alias. What is suggested is only who
// is shown by name.
func ownerOf(s *site.Site, name string) (*site.Person, error) {
	name = strings.TrimPrefix(strings.TrimSpace(name), "@")
	var names []string
	for _, handles := range []bool{true, false} {
		for _, p := range s.People {
			known := []string{p.Handle}
			if !handles {
				known = append([]string{p.Name}, p.Aliases...)
			}
			if slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, name) }) {
				return p, nil
			}
			for _, k := range known {
				if p.Public == config.Named && (handles || !strings.EqualFold(k, p.Handle)) {
					names = append(names, k)
				}
			}
		}
	}
	return nil, unknownName("owner", name, "person or group", names)
}

func topicOf(s *site.Site, name string) (*site.Topic, error) {
	key := config.NormalKey(strings.TrimPrefix(name, "#"))
	var names []string
	for _, t := range s.Topics {
		if config.NormalKey(t.Name) == key || t.About != nil && config.NormalKey(t.About.ID) == key {
			return t, nil
		}
		names = append(names, t.Name)
	}
	return nil, unknownName("topic", name, "topic", names)
}

// eventOf finds an event by its id, display id, title or path.
func eventOf(s *site.Site, name string) (*site.Record, error) {
	var names []string
	for _, r := range s.OfKind(s.Config.Kind("event")) {
		for _, known := range []string{r.ID, r.Text("id"), r.Title, r.File.Path, path.Base(r.File.Path)} {
			if known != "" && strings.EqualFold(known, name) {
				return r, nil
			}
		}
		names = append(names, r.ID)
	}
	return nil, unknownName("event", name, "event", names)
}

// noteStates are the states that notes can have.
var noteStates = []site.NoteState{
	site.Open, site.Done, site.Dropped, site.Conditional, site.Answered, site.Deferred,
	site.Waiting, site.PassedOn, site.Planned, site.Fixed, site.Declined, site.NotRaised,
}

// knownStatus refuses a status that nothing listed can have.
func (f *filter) knownStatus(what subject) error {
	if f.status == "" {
		return nil
	}
	var names []string
	if what.notes != nil {
		for _, s := range noteStates {
			names = append(names, string(s))
		}
	}
	for _, k := range f.site.Config.Kinds {
		if what.notes != nil || what.kind != "" && what.kind != k.Name {
			continue
		}
		if k.Status(f.status) != nil {
			return nil
		}
		for _, s := range k.Statuses {
			names = append(names, s.Name)
		}
	}
	for _, r := range what.records(f.site) {
		if r.Status.Text != "" && r.Status.Known == nil {
			names = append(names, r.Status.Text)
		}
	}
	if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, f.status) }) {
		return nil
	}
	return unknownName("status", f.status, "status of "+what.name, names)
}

// records are the documents that a subject is; none when it is something else.
func (what subject) records(s *site.Site) []*site.Record {
	switch {
	case what.kind == "page": // README files, too
		return slices.Collect(all(s.Records, func(r *site.Record) bool { return r.Kind.Name == "page" }))
	case what.kind != "":
		return s.OfKind(s.Config.Kind(what.kind))
	case what.name == "documents":
		return s.Records
	}
	return nil
}

// record reports whether a document fits all filters.
func (f *filter) record(r *site.Record) bool {
	return (f.status == "" || hasStatus(r, f.status)) &&
		(f.owner == nil || lookedAfter(r, f.owner)) &&
		(f.topic == nil || f.topic.About == r || slices.Contains(r.Topics, f.topic)) &&
		(f.event == nil || f.event == r || isFor(r, f.event)) &&
		(!f.overdue || f.site.Late(r)) &&
		(!f.open || f.site.Waits(r))
}

func hasStatus(r *site.Record, word string) bool {
	if known := r.Kind.Status(word); known != nil {
		return r.State != nil && r.State.Name == known.Name
	}
	return r.State == nil && r.Status.Text != "" && strings.EqualFold(r.Status.Text, word)
}

// lookedAfter reports whether a document has a person to look after it.
func lookedAfter(r *site.Record, p *site.Person) bool {
	for _, field := range []string{"authors", "owner", "decision-makers", "chair"} {
		if slices.ContainsFunc(r.People.Of(field), func(n site.Named) bool { return n.Person == p }) {
			return true
		}
	}
	return false
}

// isFor reports whether a document says that it belongs to an event.
func isFor(r, event *site.Record) bool {
	return slices.ContainsFunc(r.Relations, func(rel site.Relation) bool {
		return rel.Stated && rel.To == event && rel.Field.Kind == "event"
	})
}

// note reports whether a note fits all filters.
func (f *filter) note(n *site.Note) bool {
	return (f.status == "" || strings.EqualFold(string(n.State), f.status)) &&
		(f.owner == nil || slices.Contains(n.Owners, f.owner)) &&
		(f.topic == nil || n.Topic == f.topic || slices.Contains(n.Record.Topics, f.topic)) &&
		(f.event == nil || slices.Contains(n.Destinations, f.event) || slices.Contains(f.site.EventsOf(n.Record), f.event)) &&
		(!f.overdue || f.site.Overdue(n)) &&
		(!f.open || (n.State == site.Open || n.State == site.Waiting) && f.site.Tracked(n))
}
