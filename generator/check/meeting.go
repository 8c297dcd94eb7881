package check

import (
	"minutebook/generator/config"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// tracked reports whether a record is still looked after: nobody completes what
// is from before the configuration's track-since.
func (r *Report) tracked(record *site.Record) bool {
	since := r.Site.Config.TrackSince
	if since.IsZero() {
		return true
	}
	_, day := record.Dated()
	return day.IsZero() || !day.Before(since)
}

// awaitsNotes reports whether a record is no introduction of its folder, but a
// meeting that took place and is still looked after.
func (r *Report) awaitsNotes(m *site.Record) bool {
	return !m.Index && r.tracked(m) && tookPlace(r.Site, m)
}

func tookPlace(s *site.Site, m *site.Record) bool { return s.Over(m) && m.Phase() != config.EndedPhase }

// meetingWithoutOutcome finds meetings whose notes do not say what came of
// them. That nothing was decided is an outcome, too. Of notes that are in a pad
// nothing can be said.
func meetingWithoutOutcome(r *Report, m *site.Record) {
	if m.Body.NoDecisions || hasOutcome(m) || !r.awaitsNotes(m) || padOf(m) != nil {
		return
	}
	r.say(m.File, source.Span{}, "outcome", "the notes of this meeting name no decision and no action").
		Hint = r.hints.outcome
}

func hasOutcome(m *site.Record) bool {
	for _, n := range m.Notes {
		switch n.Kind {
		case markdown.Decision, markdown.Action, markdown.Review:
			return true
		}
	}
	return false
}

// minutesNotApproved finds minutes that are still drafts when the group has met
// again.
func minutesNotApproved(r *Report, m *site.Record) {
	if m.Next != nil && m.Text("minutes") == "draft" && r.awaitsNotes(m) && metSince(r.Site, m) {
		hint(r.atField(m, "minutes", "the minutes are still a draft, and %s has met since", m.Text("series")),
			"once they are approved, set minutes: approved and approved-at: with the file of the meeting that did it")
	}
}

func metSince(s *site.Site, m *site.Record) bool {
	for next := m.Next; next != nil; next = next.Next {
		if tookPlace(s, next) {
			return true
		}
	}
	return false
}
