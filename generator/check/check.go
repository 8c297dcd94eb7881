// Package check holds the rules that look at the linked site as a whole: what
// is overdue, contradictory or missing. What can be told from one document
// alone is reported by the packages that read it.
//
// A rule is one function in [Rules] and says all it has to say of a site. Rules
// do not know of each other; their order changes nothing.
package check

import (
	"context"
	"slices"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/parallel"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// A Rule looks for one kind of problem. Some rules have two codes for one
// thing, such as a deadline that is missed or missed by far.
type Rule struct {
	Code  string // one of diag.Codes
	Check func(*Report)
}

// Rules are all rules, sorted by code.
var Rules = []Rule{
	{"accepted-with-open-questions", acceptedWithOpenQuestions},
	{"action-contradiction", actionContradiction},
	{"action-incomplete", actionIncomplete},
	{"action-overdue", actionOverdue},
	{"agenda-item-closed", agendaItemClosed},
	{"chain-backwards", chainBackwards},
	{"dates-out-of-order", datesOutOfOrder},
	{"decision-overdue", decisionOverdue},
	{"depends-on-less-advanced", dependsOnLessAdvanced},
	{"duplicate-item-id", duplicateItemID},
	{"feedback-not-raised", feedbackNotRaised},
	{"field-not-allowed", fieldNotAllowed},
	{"hidden-comment", hiddenComment},
	{"illegal-transition", illegalTransition},
	{"meeting-without-outcome", meetingWithoutOutcome},
	{"minutes-not-approved", minutesNotApproved},
	{"needs-field", needsField},
	{"outcome-disagrees", outcomeDisagrees},
	{"outcome-missing", outcomeMissing},
	{"outside-host-event", outsideHostEvent},
	{"person-two-spellings", personTwoSpellings},
	{"premature-supersession", prematureSupersession},
	{"relation-cycle", relationCycle},
	{"review-overdue", reviewOverdue},
	{"site-url-link", siteURLLink},
	{"stale-draft", staleDraft},
	{"status-missing", statusMissing},
	{"survey-closes-late", surveyClosesLate},
	{"survey-without-result", surveyWithoutResult},
	{"unarchived-pad", unarchivedPad},
	{"unknown-destination", unknownDestination},
	{"url-removed", urlRemoved},
}

// A Report collects what the rules find.
type Report struct {
	Site     *site.Site
	Before   *site.Site // the site as it was; nil when there is nothing to compare with
	code     string
	problems diag.List

	moved map[*site.Record]*site.Record // see site.Moved; nil until it is asked for
}

// Run applies all rules to a site. Rules that look at what a change does are
// silent where before, the site as it was, is nil. The list is sorted.
func Run(s, before *site.Site) diag.List {
	reports := make([]Report, len(Rules))
	parallel.Each(context.Background(), len(Rules), func(i int) error { // a site is only read
		reports[i] = Report{Site: s, Before: before, code: Rules[i].Code}
		Rules[i].Check(&reports[i])
		return nil
	})
	var problems diag.List
	for i := range reports {
		problems = append(problems, reports[i].problems...)
	}
	problems.Sort()
	return problems
}

// at reports a problem at a span of a record's file; the zero span is the file
// as a whole. The result can be completed with a hint and the other place.
func (r *Report) at(record *site.Record, span source.Span, about, format string, args ...any) *diag.Diagnostic {
	return r.in(record.File, span, about, format, args...)
}

// in is at for a file that says something of a record, such as its sidecar.
func (r *Report) in(file *source.File, span source.Span, about, format string, args ...any) *diag.Diagnostic {
	r.problems.Add(diag.At(file, span, r.code, format, args...).About(about))
	return &r.problems[len(r.problems)-1]
}

// atField reports a problem at a field's value, or at the file when the field
// has none of its own there.
func (r *Report) atField(record *site.Record, field, format string, args ...any) *diag.Diagnostic {
	v, _ := record.Values.Of(field)
	return r.in(record.In(field), v.Span, field, format, args...)
}

// hint completes a problem with the way out.
func hint(d *diag.Diagnostic, format string, args ...any) { *d = d.WithHint(format, args...) }

// see completes a problem with the place of its other side.
func see(d *diag.Diagnostic, record *site.Record, field string) {
	v, _ := record.Values.Of(field)
	*d = d.See(record.In(field), v.Span)
}

// related are the records that a record names in a field, and those that name it
// in the opposite one.
func related(record *site.Record, field string) []*site.Record {
	var list []*site.Record
	for _, rel := range record.Relations {
		if rel.Field != nil && rel.To != nil && rel.Field.Name == field && !slices.Contains(list, rel.To) {
			list = append(list, rel.To)
		}
	}
	return list
}

// waits reports whether a record is a draft or open.
func waits(record *site.Record) bool {
	return record.Phase() == config.DraftPhase || record.Phase() == config.OpenPhase
}
