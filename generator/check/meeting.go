package check

import (
	"minutebook/generator/config"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// meetings are the records of the kind meeting that took place.
func (r *Report) meetings() []*site.Record {
	k := r.Site.Config.Kind("meeting")
	if k == nil {
		return nil
	}
	var list []*site.Record
	for _, m := range r.Site.OfKind(k) {
		if r.Site.Over(m) && m.Phase() != config.EndedPhase {
			list = append(list, m)
		}
	}
	return list
}

// meetingWithoutOutcome finds meetings whose notes do not say what came of
// them. That nothing was decided is an outcome, too.
func meetingWithoutOutcome(r *Report) {
	for _, m := range r.meetings() {
		if m.Body.NoDecisions || hasOutcome(m) {
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
		if m.Text("minutes") == "draft" && m.Next != nil && r.Site.Over(m.Next) {
			hint(r.atField(m, "minutes", "the minutes are a draft, and %s has met since", m.Text("series")),
				"set minutes: approved, with approved-at: naming the meeting")
		}
	}
}
