package emit

import (
	"bytes"

	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/table"
)

// tables are the ledgers and the results of surveys for spreadsheets.
func (b *Builder) tables() []subscription {
	var list []subscription
	add := func(url, name, page string, content func(*bytes.Buffer)) {
		list = append(list, subscription{url, table.ContentType, name, page, func(to *bytes.Buffer) error {
			content(to)
			return nil
		}})
	}
	ledger := func(url, name, page string, content func(*bytes.Buffer, *site.Site)) {
		add(url, name, page, func(to *bytes.Buffer) { content(to, b.Site) })
	}
	if b.hasNotes(markdown.Action) {
		ledger(site.ActionsTable, b.T("Actions"), site.ActionsURL, table.Actions)
	}
	if b.hasNotes(markdown.Question) {
		ledger(site.QuestionsTable, b.T("Questions"), site.QuestionsURL, table.Questions)
	}
	if b.hasNotes(markdown.Feedback, markdown.Topic) {
		ledger(site.FeedbackTable, b.T("Feedback"), site.FeedbackURL, table.Feedback)
	}
	if page, decided := b.decisionLog(); decided {
		ledger(site.DecisionsTable, b.T("Decisions"), page, table.Decisions)
	}
	for _, r := range b.Site.Records {
		if r.SurveyURL != "" {
			add(r.SurveyURL, b.T("Survey"), r.URL, func(to *bytes.Buffer) { table.Survey(to, r) })
		}
	}
	return list
}

// decisionLog is the page that lists what was decided, or that of what changed
// where there is none, and whether anything was decided.
func (b *Builder) decisionLog() (page string, decided bool) {
	page = site.ChangesURL
	if k := b.Site.Config.Kind("decision"); k != nil && len(b.Site.OfKind(k)) > 0 {
		page = site.Index(k)
	}
	for _, r := range b.Site.Records {
		if r.Outcome != nil {
			return page, true
		}
	}
	return page, b.hasNotes(markdown.Decision)
}
