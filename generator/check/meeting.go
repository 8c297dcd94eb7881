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
	_, day := record.Dated()
	return day.IsZero() || !day.Before(r.Site.Config.TrackSince)
}

// meetings are the records of the kind meeting that took place and are still
// looked after.
func (r *Report) meetings() []*site.Record {
	k := r.Site.Config.Kind("meeting")
	if k == nil {
		return nil
	}
	var list []*site.Record
	for _, m := range r.Site.OfKind(k) {
		if tookPlace(r.Site, m) && r.tracked(m) {
			list = append(list, m)
		}
	}
	return list
}

func tookPlace(s *site.Site, m *site.Record) bool { return s.Over(m) && m.Phase() != config.EndedPhase }

// meetingWithoutOutcome finds meetings whose notes do not say what came of
// them. That nothing was decided is an outcome, too. Of notes that are in a pad
// nothing can be said.
func meetingWithoutOutcome(r *Report) {
	for _, m := range r.meetings() {
		if m.Body.NoDecisions || hasOutcome(m) || padOf(m) != nil {
			continue
		}
		hint(r.at(m, source.Span{}, "outcome", "the notes of this meeting name no decision and no action"),
			"write them as - **Decision:** … and - [ ] **Action** (@anna, due %s): …, or write: No decisions.", r.Site.Today.AddDays(7))
	}
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
func minutesNotApproved(r *Report) {
	for _, m := range r.meetings() {
		if m.Text("minutes") == "draft" && metSince(r.Site, m) {
			hint(r.atField(m, "minutes", "the minutes are still a draft, and %s has met since", m.Text("series")),
				"once they are approved, set minutes: approved and approved-at: with the file of the meeting that did it")
		}
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
