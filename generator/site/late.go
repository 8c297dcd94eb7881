package site

import "minutebook/generator/config"

// Late reports whether the day by which a record was to be decided, or looked at
// again, has passed without that.
func (s *Site) Late(r *Record) bool {
	return s.passed(r, "decide-by") && r.Phase() == config.OpenPhase && r.Text("outcome") == "" ||
		s.passed(r, "review-by") && (r.Phase() != config.EndedPhase || r.State.Name == "deferred")
}

func (s *Site) passed(r *Record, field string) bool {
	day := r.Day(field)
	return !day.IsZero() && day.Before(s.Today)
}

// Waits reports whether something is still expected of a record whose kind has
// statuses: it is drafted or open, or does not say, and is not over.
func (s *Site) Waits(r *Record) bool {
	return r.Waiting() && len(r.Kind.Statuses) > 0 && !s.Over(r)
}
