package inspect

import (
	"path"
	"regexp"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/document"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// This file tells what a document looks like by what it holds, whatever folder
// it is in.

// Headings, as keys are compared, that decision records and proposals have.
var (
	decisionHeadings = keySet("decision decisions decision-outcome considered-options consequences context context-and-problem-statement decision-drivers positive-consequences negative-consequences options-considered")
	proposalHeadings = keySet("abstract summary motivation specification rationale drawbacks unresolved-questions proposal proposed-solution detailed-design design-details alternatives alternatives-considered backwards-compatibility goals non-goals graduation-criteria security-considerations prior-art introduction reference-level-explanation guide-level-explanation test-cases source-compatibility test-plan")
	meetingHeadings  = keySet("agenda minutes notes meeting-notes action-items actions attendees attendance present participants discussion recording announcements next-meeting meeting-log log transcript topics new-business old-business questions roll-call")
	decisionKeys     = keySet("deciders decision-makers consulted informed decision-date decision-status")
	proposalKeys     = keySet("author authors champion champions created start-date feature-name rfc-pr rust-issue discussions-to review-manager proposal kep-number owning-sig tracking-issue sponsor")
)

var meetingName = regexp.MustCompile(`(?i)(?:^|[^a-z])(meetings?|minutes|calls?|sync|standups?|notes|agendas?)(?:$|[^a-z])`)

// resembles is the kind that a document looks like: its own, unless it is a plain
// page, and else by what it holds; "" when it looks like nothing but a page.
func resembles(r *site.Record, bare document.Survey) string {
	if !r.Kind.Open {
		return r.Kind.Name
	}
	if r.Index && !strings.Contains(r.File.Path, "/") || document.IsTemplate(r.File.Path) {
		return ""
	}
	return looksLike(r.Kind, r.File.Path, bare)
}

// looksLike is the kind that a file's name and text speak for. Its name must say
// that it is one of several: by a number or a day.
func looksLike(k *config.Kind, p string, bare document.Survey) string {
	_, number := document.Number(p)
	day := document.PathDay(k, p)
	hasStatus := stated(k, bare, statusKeys) != ""
	decides, proposes := signs(bare, decisionHeadings, decisionKeys), signs(bare, proposalHeadings, proposalKeys)
	meets := signs(bare, meetingHeadings, nil)
	switch {
	case day.IsZero() && number == "" && bare.Attends && meetingName.MatchString(path.Base(p)) && hasDay(bare.Head):
		return "meeting"
	case !day.IsZero() && number == "" && !source.IsIndex(p) && (bare.Attends || meets > 0 && meetingName.MatchString(p) || meets > 1):
		return "meeting"
	case number == "" && !(hasStatus && (proposes > 1 || decides > 1)):
		return ""
	case !hasStatus && decides < 2 && proposes < 2:
		return ""
	case decides > proposes, strings.Contains(strings.ToLower(p), "decision"), strings.Contains(strings.ToLower(p), "adr"):
		return "decision"
	case proposes > 0, stated(k, bare, peopleKeys) != "":
		return "proposal"
	case hasStatus && number != "":
		return "decision"
	}
	return ""
}

func hasDay(text string) bool {
	_, found := date.Find(text, 0)
	return found
}

// signs is how many headings and keys of a file are among some.
func signs(bare document.Survey, headings, keys map[string]bool) (n int) {
	seen := map[string]bool{}
	for _, h := range bare.Headings {
		if h = config.NormalKey(strings.TrimLeft(h, "0123456789.) ")); headings[h] && !seen[h] {
			seen[h] = true
			n++
		}
	}
	for _, sign := range bare.Signs {
		if key := config.NormalKey(sign.Key); keys[key] && !seen[key] {
			seen[key] = true
			n++
		}
	}
	return n
}
