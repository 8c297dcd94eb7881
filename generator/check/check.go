// Package check holds the rules that look at the linked site as a whole: what
// is overdue, contradictory or missing. What can be told from one document
// alone is reported by the packages that read it.
//
// A rule is one function in [Rules] and says all it has to say of a site, of a
// record or of a note. Rules do not know of each other; their order changes
// nothing.
package check

import (
	"fmt"
	"slices"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// A Rule looks for one kind of problem. Some rules have two codes for one
// thing, such as a deadline that is missed or missed by far.
//
// It is one function: Site is called once, Record for each record and Note for
// each note of the kinds in Of. Records are shared out over the processors, and
// all rules look at one before the next: what a rule tells of a record or a note
// stands in the record's own files.
type Rule struct {
	Code string // one of diag.Codes

	Site   func(*Report)
	Record func(*Report, *site.Record)
	Note   func(*Report, *site.Note)

	In func(*config.Kind) bool // the kinds whose records Record is for; nil: all
	Of []markdown.ItemKind
}

var (
	actions   = []markdown.ItemKind{markdown.Action}
	questions = []markdown.ItemKind{markdown.Question}
	passedOn  = []markdown.ItemKind{markdown.Feedback, markdown.Topic} // see site.Note.Goes
)

// Rules are all rules, sorted by code.
var Rules = []Rule{
	{Code: "accepted-with-open-questions", Note: acceptedWithOpenQuestions, Of: questions},
	{Code: "action-contradiction", Note: actionContradiction, Of: actions},
	{Code: "action-incomplete", Note: actionIncomplete, Of: actions},
	{Code: "action-overdue", Note: actionOverdue, Of: actions},
	{Code: "agenda-item-closed", Record: agendaItemClosed, In: with("agenda")},
	{Code: "chain-backwards", Record: chainBackwards, In: with("feeds-into")},
	{Code: "dates-out-of-order", Record: datesOutOfOrder},
	{Code: "decision-overdue", Record: decisionOverdue, In: with("decide-by")},
	{Code: "depends-on-less-advanced", Record: dependsOnLessAdvanced, In: with("requires")},
	{Code: "duplicate-item-id", Record: duplicateItemID},
	{Code: "feedback-not-raised", Note: feedbackNotRaised, Of: passedOn},
	{Code: "field-not-allowed", Record: fieldNotAllowed},
	{Code: "hidden-comment", Record: hiddenComment},
	{Code: "illegal-transition", Record: illegalTransition},
	{Code: "meeting-without-outcome", Record: meetingWithoutOutcome, In: isMeeting},
	{Code: "minutes-not-approved", Record: minutesNotApproved, In: isMeeting},
	{Code: "needs-field", Record: needsField},
	{Code: "outcome-disagrees", Record: outcomeDisagrees, In: with("decision")},
	{Code: "outcome-missing", Record: outcomeMissing, In: with("outcome")},
	{Code: "outside-host-event", Record: outsideHostEvent, In: with("part-of")},
	{Code: "person-two-spellings", Record: personTwoSpellings},
	{Code: "premature-supersession", Record: prematureSupersession, In: with("supersedes")},
	{Code: "relation-cycle", Site: relationCycle},
	{Code: "review-overdue", Record: reviewOverdue, In: with("review-by")},
	{Code: "site-url-link", Record: siteURLLink},
	{Code: "stale-draft", Record: staleDraft},
	{Code: "status-missing", Record: statusMissing, In: isStated},
	{Code: "survey-closes-late", Record: surveyClosesLate, In: with("survey-closes")},
	{Code: "survey-without-result", Record: surveyWithoutResult, In: with("survey-closes")},
	{Code: "unarchived-pad", Record: unarchivedPad, In: isMeeting},
	{Code: "unknown-destination", Note: unknownDestination, Of: passedOn},
	{Code: "url-removed", Site: urlRemoved},
}

// with is about kinds that have a field: no record of another says anything in
// it, nor is it given one of its relations.
func with(field string) func(*config.Kind) bool {
	return func(k *config.Kind) bool { return k.Field(field) != nil }
}

func isMeeting(k *config.Kind) bool { return k.Name == "meeting" }

func isStated(k *config.Kind) bool { return k.Stated }

// A Report collects what the rules find.
type Report struct {
	Site     *site.Site
	Before   *site.Site // the site as it was; nil when there is nothing to compare with
	code     diag.Code  // of the rule that is at work
	problems diag.List
	spare    *diag.List // where the list is from; see join
	text     []byte     // of the message that is put together; see name
	inAWeek  string     // a day that hints propose
	hints    hints

	moved map[*site.Record]*site.Record // see site.Moved; nil until it is asked for
}

// at reports a problem at a span of a record's file; the zero span is the file
// as a whole. The result can be completed with a hint and the other place.
func (r *Report) at(record *site.Record, span source.Span, about, format string, args ...any) *diag.Diagnostic {
	return r.in(record.File, span, about, format, args...)
}

// in is at for a file that says something of a record, such as its sidecar.
func (r *Report) in(file *source.File, span source.Span, about, format string, args ...any) *diag.Diagnostic {
	return r.say(file, span, about, fmt.Sprintf(format, args...))
}

// say is in with a message that is taken as it is, for rules that find something
// in every other document.
func (r *Report) say(file *source.File, span source.Span, about, message string) *diag.Diagnostic {
	r.problems.Add(r.code.At(file, span, message).About(about))
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
	for i := range record.Relations {
		if rel := &record.Relations[i]; rel.Field != nil && rel.To != nil && rel.Field.Name == field && !slices.Contains(list, rel.To) {
			list = append(list, rel.To)
		}
	}
	return list
}

// waits reports whether a record is a draft or open.
func waits(record *site.Record) bool {
	return record.Phase() == config.DraftPhase || record.Phase() == config.OpenPhase
}
