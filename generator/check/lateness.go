package check

import (
	"strconv"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/site"
)

// graceDays is how many days after a deadline its passing is a warning, and an
// error from then on.
const graceDays = 7

// decisionOverdue compares deadlines with the day: a deadline that nobody
// compares with today is decoration.
func decisionOverdue(r *Report, record *site.Record) {
	if record.Phase() != config.OpenPhase {
		return
	}
	by := record.Day("decide-by")
	if by.IsZero() || !by.Before(r.Site.Today) || record.Text("outcome") != "" {
		return
	}
	late := r.Site.Today.Sub(by)
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

func days(n int) string { return string(appendDays(nil, n)) }

func appendDays(to []byte, n int) []byte {
	to = append(strconv.AppendInt(to, int64(n), 10), " day"...)
	if n == 1 {
		return to
	}
	return append(to, 's')
}

// reviewOverdue finds what was to be looked at again.
func reviewOverdue(r *Report, record *site.Record) {
	field, by := record.Again()
	if field == "" || !by.Before(r.Site.Today) || record.Phase() == config.EndedPhase && record.Status.Text != "deferred" {
		return
	}
	v, _ := record.Values.Of(field)
	way := "look at it again and set a new day, or close it"
	if field == "trial-until" {
		way = "decide whether it stays: take trial-until out, set a new day, or replace it"
	}
	r.say(record.In(field), v.Span, field, field+" "+by.String()+" passed "+days(r.Site.Today.Sub(by))+" ago").Hint = way
}

// surveyClosesLate finds surveys that end after the decision they are for.
func surveyClosesLate(r *Report, record *site.Record) {
	closes := record.Day("survey-closes")
	if closes.IsZero() {
		return
	}
	if by := record.Day("decide-by"); !by.IsZero() && closes.After(by) {
		d := r.atField(record, "survey-closes", "the survey closes on %s, after the decision on %s", closes, by)
		hint(d, "close it earlier, or decide later")
		see(d, record, "decide-by")
	}
}

// surveyWithoutResult finds surveys that are closed and say nothing.
func surveyWithoutResult(r *Report, record *site.Record) {
	if r.Site.Survey(record) != site.SurveyClosed {
		return
	}
	hint(r.atField(record, "survey-closes", "the survey closed on %s and its result is not stated", record.Day("survey-closes")),
		"add survey-responses, and the figures under a heading Survey")
}

// before compares the days of two wall times, and the times where both have one.
func before(a, b date.Wall) bool {
	return a.Date.Before(b.Date) || a.Date == b.Date && a.HasTime && b.HasTime && minutes(a.Hour, a.Minute) < minutes(b.Hour, b.Minute)
}

// periods are pairs of fields of which the second comes after the first.
var periods = [][2]string{{"start", "end"}, {"created", "decide-by"}, {"created", "decided"}, {"cfp-opens", "cfp-closes"}}

// datesOutOfOrder finds what ends before it starts.
func datesOutOfOrder(r *Report, record *site.Record) {
	for _, p := range periods {
		last := record.Wall(p[1])
		if last.IsZero() {
			continue
		}
		first := record.Wall(p[0])
		if first.IsZero() || !before(last, first) {
			continue
		}
		d := r.atField(record, p[1], "%s %s is before %s %s", p[1], record.Text(p[1]), p[0], record.Text(p[0]))
		hint(d, "mend the one that is wrong")
		see(d, record, p[0])
	}
}

func minutes(hour, minute uint8) int { return 60*int(hour) + int(minute) }
