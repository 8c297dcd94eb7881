package emit

import (
	"slices"

	"minutebook/generator/config"
	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// holding is what holds now of a topic: what was decided and not replaced, the
// latest first. A proposal that has a record of the decision is told by it.
func (b *Builder) holding(t *site.Topic) []layout.Group {
	var list []*site.Record
	for _, r := range t.Records {
		if r.Kind.Field("decision-makers") != nil && r.Phase() == config.DecidedPhase && r.State.Tone == "yes" && !hasRecord(r) {
			list = append(list, r)
		}
	}
	return b.groups(t.URL, []*bucket{{id: "mb-holds", title: b.T("What holds now"), records: list, latest: true}})
}

// openQuestions are the questions of a topic's documents that nobody has
// answered, by the day until which an answer is wanted.
func (b *Builder) openQuestions(t *site.Topic) layout.Group {
	var open []*site.Note
	for _, r := range t.Records {
		open = append(open, some(r.Notes, func(n *site.Note) bool { return n.Kind == markdown.Question && n.State == site.Open })...)
	}
	byDeadline(open)
	return b.noteGroup("mb-questions", b.T("Open questions"), t.URL, open, b.questionEntry)
}

// inTime are all documents of a topic, the latest first.
func (b *Builder) inTime(t *site.Topic) []layout.Group {
	return b.groups(t.URL, []*bucket{{id: "mb-documents", title: b.T("Documents"), records: slices.Clone(t.Records), latest: true}})
}
