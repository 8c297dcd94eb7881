package site

import (
	"slices"

	"minutebook/generator/config"
	"minutebook/generator/date"
)

// Past is what git knows of a record's file.
type Past struct {
	Created, Changed date.Date // zero: unknown
	Authors          int       // how many people changed it
	Statuses         []StatusChange
}

// A StatusChange is a day on which a file's status became another one.
type StatusChange struct {
	Day    date.Date
	Status string // as it was written
}

// A Moment is something that happened with a record.
type Moment struct {
	Day    date.Date
	What   MomentKind
	Record *Record // the other record that it happened in; may be nil
	Status string  // of StatusSet, in the words of the site
}

// A MomentKind says what happened.
type MomentKind string

// What happens with a record, in the order in which it is told when it happens
// on one day.
const (
	Proposed     MomentKind = "proposed"
	StatusSet    MomentKind = "status"
	Discussed    MomentKind = "discussed"
	SurveyCloses MomentKind = "survey-closes"
	DueOn        MomentKind = "due"
	DecidedAt    MomentKind = "decided"
	ReplacedBy   MomentKind = "replaced"
	ReviewOn     MomentKind = "review"
)

var momentOrder = []MomentKind{Proposed, StatusSet, Discussed, SurveyCloses, DueOn, DecidedAt, ReplacedBy, ReviewOn}

// Timeline is what happened with a record and what is ahead of it, by day.
func (s *Site) Timeline(r *Record) []Moment {
	var list []Moment
	add := func(day date.Date, what MomentKind, record *Record) {
		if !day.IsZero() && !slices.ContainsFunc(list, func(m Moment) bool { return m.What == what && m.Record == record && m.Day == day }) {
			list = append(list, Moment{Day: day, What: what, Record: record})
		}
	}
	created := r.Day("created")
	if created.IsZero() && !r.Past.Created.After(s.Today) {
		created = r.Past.Created
	}
	add(created, Proposed, nil)
	for _, c := range r.Past.Statuses {
		if known := r.Kind.Status(c.Status); known != nil && !c.Day.After(s.Today) {
			list = append(list, Moment{Day: c.Day, What: StatusSet, Status: known.Label})
		}
	}
	for _, meeting := range r.discussedIn() {
		add(meeting.Day("start"), Discussed, meeting)
	}
	add(r.Day("survey-closes"), SurveyCloses, nil)
	if r.Outcome == nil {
		add(r.Day("decide-by"), DueOn, nil)
	} else {
		add(r.Outcome.On, DecidedAt, r.Outcome.Meeting)
	}
	if r.Successor != nil {
		add(r.Successor.DecidedOn(), ReplacedBy, r.Successor)
	}
	if _, day := r.Again(); day.After(s.Today) {
		add(day, ReviewOn, nil)
	}
	slices.SortStableFunc(list, func(a, b Moment) int {
		if d := a.Day.Compare(b.Day); d != 0 {
			return d
		}
		return slices.Index(momentOrder, a.What) - slices.Index(momentOrder, b.What)
	})
	return list
}

// discussedIn are the meetings whose notes or agenda name a record, but for those
// that were cancelled.
func (r *Record) discussedIn() []*Record {
	var list []*Record
	add := func(from *Record) {
		if from.Kind.Name == "meeting" && from.Phase() != config.EndedPhase && !slices.Contains(list, from) {
			list = append(list, from)
		}
	}
	for _, rel := range r.Relations {
		if !rel.Stated && rel.To != nil {
			add(rel.To)
		}
	}
	for _, b := range r.Backlinks {
		add(b.From)
	}
	return list
}
