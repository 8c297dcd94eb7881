package site

import (
	"minutebook/generator/config"
	"minutebook/generator/date"
)

// Late reports whether the day by which a record was to be decided, or looked at
// again, has passed without that.
func (s *Site) Late(r *Record) bool {
	passed := func(day date.Date) bool { return !day.IsZero() && day.Before(s.Today) }
	if r.Phase() == config.OpenPhase && r.Text("outcome") == "" && passed(r.Day("decide-by")) {
		return true
	}
	_, again := r.Again()
	return passed(again) && (r.Phase() != config.EndedPhase || r.State.Name == "deferred")
}

// Again is the day on which a record is looked at again, with the field that says
// so: review-by, or trial-until of what was decided for a time, whichever comes
// first. Both are zero when nothing does.
func (r *Record) Again() (field string, day date.Date) {
	if day = r.Day("review-by"); !day.IsZero() {
		field = "review-by"
	}
	if trial := r.Trial(); !trial.IsZero() && (field == "" || trial.Before(day)) {
		return "trial-until", trial
	}
	return field, day
}

// Trial is the last day of the time that a record was decided for; zero when it
// was not decided, or for good.
func (r *Record) Trial() date.Date {
	if r.Phase() != config.DecidedPhase {
		return date.Date{}
	}
	return r.Day("trial-until")
}

// Waits reports whether something is still expected of a record whose kind has
// statuses: it is drafted or open, or does not say, and is not over.
func (s *Site) Waits(r *Record) bool {
	return r.Waiting() && len(r.Kind.Statuses) > 0 && !s.Over(r)
}
