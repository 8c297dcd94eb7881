package check

import (
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// statusMissing wants a status where readers need one. None is invented.
func statusMissing(r *Report, record *site.Record) {
	if !record.Index && record.Status.Text == "" {
		hint(r.at(record, source.Span{}, "status", "this %s states no status", strings.ToLower(record.Kind.Label)),
			"add one to its front matter: %s", statusNames(record.Kind))
	}
}

func statusNames(k *config.Kind) string {
	var names []string
	for _, s := range k.Statuses {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}

// needsField wants the fields that a status calls for. What another document says
// of this one in the opposite field will do.
func needsField(r *Report, record *site.Record) {
	s := record.Status.Known
	if s == nil {
		return
	}
	for _, name := range s.Needs {
		if len(record.Items(name)) > 0 || len(related(record, name)) > 0 {
			continue
		}
		way := "add " + name + " to the front matter"
		if f := record.Kind.Field(name); f != nil && f.Opposite != "" {
			if !strings.EqualFold(record.Status.Text, s.Name) { // "Moved", "Deprecated": there may be no other document
				continue
			}
			way += ", or name this document in the other one's " + f.Opposite
		}
		hint(r.in(record.In("status"), record.Status.Span, name, "the status %s needs %s", record.Status.Text, name), "%s, or set another status", way)
	}
}

// prematureSupersession finds records that claim to replace what holds before
// they hold themselves.
func prematureSupersession(r *Report, record *site.Record) {
	if !waits(record) {
		return
	}
	for _, old := range related(record, "supersedes") {
		if old.Phase() == config.DecidedPhase {
			d := r.atField(record, "supersedes", "this is only %s and supersedes %s, which still holds", record.Status.Text, old.ID)
			hint(d, "accept this one, or take supersedes out until then")
			see(d, old, "status")
		}
	}
}

// dependsOnLessAdvanced finds decided documents that require what is not decided,
// or was decided against.
func dependsOnLessAdvanced(r *Report, record *site.Record) {
	if record.Phase() != config.DecidedPhase || verdict(record) == "rejected" {
		return
	}
	for _, needed := range related(record, "requires") {
		d := (*diag.Diagnostic)(nil)
		switch {
		case waits(needed):
			d = r.atField(record, "requires", "this is %s and requires %s, which is only %s", record.Status.Text, needed.ID, needed.Status.Text)
			hint(d, "decide %s first, or take it out of requires", needed.ID)
		case givenUp(needed):
			d = r.atField(record, "requires", "this is %s and requires %s, which is %s", record.Status.Text, needed.ID, needed.Status.Text)
			hint(d, "take it out of requires, or name what this rests on now")
		default:
			continue
		}
		see(d, needed, "status")
	}
}

// givenUp reports whether a record will not be what others rest on.
func givenUp(record *site.Record) bool {
	s := record.State
	return s != nil && (s.Name == "rejected" || s.Name == "withdrawn" || s.Name == "deferred")
}

// agendaItemClosed finds meetings ahead whose agenda has what is settled.
func agendaItemClosed(r *Report, record *site.Record) {
	agenda := related(record, "agenda")
	if len(agenda) == 0 || record.Day("start").IsZero() || r.Site.Over(record) {
		return
	}
	for _, item := range agenda {
		if p := item.Phase(); p == config.DecidedPhase || p == config.EndedPhase {
			hint(r.atField(record, "agenda", "%s is on the agenda and is %s already", item.ID, item.Status.Text), "take it off the agenda")
		}
	}
}

// outcomeDisagrees compares a proposal with the record of its decision.
func outcomeDisagrees(r *Report, record *site.Record) {
	said := verdict(record)
	if said == "" {
		return
	}
	for _, decision := range related(record, "decision") {
		if recorded := verdict(decision); recorded != "" && said != recorded {
			d := r.atField(record, "status", "this is %s, and its decision record %s is %s", record.Status.Text, decision.ID, decision.Status.Text)
			hint(d, "mend the one that is wrong")
			see(d, decision, "status")
		}
	}
}

// verdict is accepted or rejected, for a record whose status says so.
func verdict(record *site.Record) string {
	if s := record.Status.Known; s != nil && (s.Name == "accepted" || s.Name == "rejected") {
		return s.Name
	}
	return ""
}

// relationCycle finds records that supersede, require or feed into themselves
// by way of others. Each cycle is reported once, at the first of its records.
func relationCycle(r *Report) {
	for _, field := range []string{"supersedes", "requires", "part-of", "feeds-into"} {
		done := map[*site.Record]bool{}
		for _, record := range r.Site.Records {
			r.findCycle(field, record, done)
		}
	}
}

// cycle reports a record that leads back to one which leads to it.
func (r *Report) cycle(last, first *site.Record, field string) {
	if last == first {
		hint(r.atField(last, field, "%s names this document itself", field), "take it out")
		return
	}
	d := r.atField(last, field, "%s leads back to this document by way of %s", field, first.ID)
	hint(d, "take one of the two out of %s", field)
	see(d, first, field)
}

// findCycle walks from a record along a field. It is a loop and not a recursion,
// because a chain may be as long as the site.
func (r *Report) findCycle(field string, from *site.Record, done map[*site.Record]bool) {
	type step struct {
		record *site.Record
		next   []*site.Record
	}
	first := related(from, field)
	if done[from] || len(first) == 0 {
		return
	}
	path := []step{{from, first}}
	on := map[*site.Record]bool{from: true}
	for len(path) > 0 {
		top := &path[len(path)-1]
		if len(top.next) == 0 {
			on[top.record], done[top.record] = false, true
			path = path[:len(path)-1]
			continue
		}
		next := top.next[0]
		top.next = top.next[1:]
		if on[next] {
			r.cycle(top.record, next, field)
		} else if !done[next] {
			on[next] = true
			path = append(path, step{next, related(next, field)})
		}
	}
}
