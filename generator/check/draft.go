package check

import (
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/site"
)

// restDays is how long a draft may lie untouched.
const restDays = 90

// staleDraft finds drafts that nobody has touched for long, as far as git
// knows.
func staleDraft(r *Report, record *site.Record) {
	changed := record.Past.Changed
	if changed.IsZero() || record.Phase() != config.DraftPhase || len(record.Kind.Statuses) == 0 {
		return
	}
	if rest := r.Site.Today.Sub(changed); rest >= restDays {
		hint(r.atField(record, "status", "this draft was last changed on %s, %s ago", changed, days(rest)),
			"go on with it, put it to others with status: review, or end it with status: withdrawn")
	}
}

// hiddenComment finds remarks that only those see who edit the file, in what is
// put to everybody. Nobody finishes what is given up or replaced.
func hiddenComment(r *Report, record *site.Record) {
	if p := record.Phase(); p != config.OpenPhase && p != config.DecidedPhase || len(record.Kind.Statuses) == 0 {
		return
	}
	for _, span := range record.Body.Remarks {
		hint(r.at(record, span, "", "a comment here says that something is left to do, and readers do not see it"),
			"do it, or make it an open question that readers see")
	}
}

// fieldNotAllowed finds fields that a status does not have yet, or no longer.
func fieldNotAllowed(r *Report, record *site.Record) {
	s := record.Status.Known
	if s == nil {
		return
	}
	for _, name := range s.Forbids {
		if len(record.Items(name)) == 0 {
			continue
		}
		if v, _ := record.Values.Of(name); !v.KeySpan.IsZero() {
			hint(r.at(record, v.KeySpan, name, "%s does not go with the status %s", name, record.Status.Text),
				"set the status that it belongs to, or take it out")
		}
	}
}

// outcomeMissing wants to know how a proposal came out that is decided.
func outcomeMissing(r *Report, record *site.Record) {
	o := record.Outcome
	if o == nil || verdict(record) == "" || !r.tracked(record) {
		return
	}
	if o.Text == "" && o.Record == nil && o.Note == nil && o.Meeting == nil {
		hint(r.atField(record, "status", "this is %s, and nothing says what was decided", strings.ToLower(record.Status.Text)),
			"add outcome: and one sentence, or decision: and the file of the record or the notes that say it")
	}
}
