package check

import (
	"fmt"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/site"
)

// graceDays is how many days after a deadline its passing is a warning, and an
// error from then on.
const graceDays = 7

// decisionOverdue compares deadlines with the day: a deadline that nobody
// compares with today is decoration.
func decisionOverdue(r *Report) {
	for _, record := range r.Site.Records {
		by := record.Day("decide-by")
		late := r.Site.Today.Sub(by)
		if by.IsZero() || late <= 0 || record.Phase() != config.OpenPhase || record.Text("outcome") != "" {
			continue
		}
		d := r.atField(record, "decide-by", "decide-by %s passed %s ago and there is no outcome", by, days(late))
		hint(d, "record a decision, move the date, or set status: deferred")
		for _, decision := range related(record, "decision") {
			if v := verdict(decision); v != "" {
				hint(d, "its record %s says %s: set status: %s here, too, with an outcome", decision.ID, v, v)
			}
		}
		if late <= graceDays {
			d.Severity = diag.Warning
		}
	}
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

// reviewOverdue finds what was to be looked at again.
func reviewOverdue(r *Report) {
	for _, record := range r.Site.Records {
		by := record.Day("review-by")
		if late := r.Site.Today.Sub(by); !by.IsZero() && late > 0 && (record.Phase() != config.EndedPhase || record.Status.Text == "deferred") {
			hint(r.atField(record, "review-by", "review-by %s passed %s ago", by, days(late)), "look at it again and set a new day, or close it")
		}
	}
}

// surveyClosesLate finds surveys that end after the decision they are for.
func surveyClosesLate(r *Report) {
	for _, record := range r.Site.Records {
		closes, by := record.Day("survey-closes"), record.Day("decide-by")
		if !closes.IsZero() && !by.IsZero() && closes.After(by) {
			d := r.atField(record, "survey-closes", "the survey closes on %s, after the decision on %s", closes, by)
			hint(d, "close it earlier, or decide later")
			see(d, record, "decide-by")
		}
	}
}

// surveyWithoutResult finds surveys that are closed and say nothing.
func surveyWithoutResult(r *Report) {
	for _, record := range r.Site.Records {
		if r.Site.Survey(record) != site.SurveyClosed {
			continue
		}
		hint(r.atField(record, "survey-closes", "the survey closed on %s and its result is not stated", record.Day("survey-closes")),
			"add survey-responses, and the figures under a heading Survey")
	}
}

// datesOutOfOrder finds what ends before it starts.
func datesOutOfOrder(r *Report) {
	pairs := [][2]string{{"start", "end"}, {"created", "decide-by"}, {"created", "decided"}, {"cfp-opens", "cfp-closes"}}
	for _, record := range r.Site.Records {
		for _, p := range pairs {
			first, last := record.Wall(p[0]), record.Wall(p[1])
			if first.IsZero() || last.IsZero() || !last.Date.Before(first.Date) && !(last.Date == first.Date && first.HasTime && last.HasTime && minutes(last.Hour, last.Minute) < minutes(first.Hour, first.Minute)) {
				continue
			}
			d := r.atField(record, p[1], "%s %s is before %s %s", p[1], record.Text(p[1]), p[0], record.Text(p[0]))
			hint(d, "mend the one that is wrong")
			see(d, record, p[0])
		}
	}
}

func minutes(hour, minute uint8) int { return 60*int(hour) + int(minute) }
