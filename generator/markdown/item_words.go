package markdown

import (
	"strings"
	"unicode"
)

// This file holds the words that notes are read by: labels, the letters of ids,
// headings, roles, fields and results, each with the other words for it. Words
// are compared in lower case.

// labels are the words that begin an item.
var labels = map[string]ItemKind{
	"action": Action, "actions": Action, "action item": Action, "action items": Action, "ai": Action, "todo": Action,
	"decision": Decision, "agreed": Decision, "resolution": Decision, "resolved": Decision, "consensus": Decision,
	"question": Question, "issue": Question, "answer": Answer, "feedback": Feedback, "topic": Topic, "offer": Offer,
	"help wanted": HelpWanted, "practice": Practice, "info": Info, "idea": Idea,
}

// letters are the kinds that an id stands for where it has no label.
var letters = map[byte]ItemKind{
	'a': Action, 'd': Decision, 'q': Question, 'f': Feedback, 't': Topic,
	'o': Offer, 'h': HelpWanted, 'p': Practice, 'i': Info,
}

// headings are the headings with a meaning, as sectionWords gives them. A
// heading "Decision" or "Conclusion" has none: those of decision records and
// proposals stand above prose.
var headings = map[string]section{
	"actions": {kind: Actions}, "action": {kind: Actions}, "action items": {kind: Actions}, "action item": {kind: Actions},
	"action points": {kind: Actions}, "actions required": {kind: Actions}, "required actions": {kind: Actions},
	"next steps": {kind: Actions}, "next actions": {kind: Actions}, "new actions": {kind: Actions},
	"new action items": {kind: Actions}, "todo": {kind: Actions}, "todos": {kind: Actions}, "to do": {kind: Actions},

	"action review": {kind: ActionReview}, "action item review": {kind: ActionReview},
	"review of actions": {kind: ActionReview}, "review of action items": {kind: ActionReview},
	"previous actions": {kind: ActionReview}, "previous action items": {kind: ActionReview},
	"open actions": {kind: ActionReview}, "open action items": {kind: ActionReview},
	"actions from last meeting": {kind: ActionReview}, "action items from last meeting": {kind: ActionReview},

	"decisions": {kind: Decisions}, "decisions made": {kind: Decisions}, "decisions taken": {kind: Decisions},
	"resolutions": {kind: Decisions}, "agreements": {kind: Decisions}, "conclusion/resolution": {kind: Decisions},

	"open questions": {kind: OpenQuestions}, "unresolved questions": {kind: OpenQuestions},
	"unanswered questions": {kind: OpenQuestions},

	"if accepted": {kind: IfAccepted}, "if this is accepted": {kind: IfAccepted}, "when accepted": {kind: IfAccepted},

	"options": {kind: Choices}, "considered options": {kind: Choices}, "options considered": {kind: Choices},
	"pros and cons of the options": {kind: Choices},
	"survey":                       {kind: Survey}, "survey results": {kind: Survey}, "results of the survey": {kind: Survey},

	"attendance": {kind: Attendance, role: Present}, "attendees": {kind: Attendance, role: Present},
	"attending": {kind: Attendance, role: Present}, "present": {kind: Attendance, role: Present},
	"members present": {kind: Attendance, role: Present}, "participants": {kind: Attendance, role: Present},
	"in attendance": {kind: Attendance, role: Present}, "in-person attendees": {kind: Attendance, role: Present},
	"in person": {kind: Attendance, role: Present}, "in-person": {kind: Attendance, role: Present},
	"remote": {kind: Attendance, role: Remote}, "remote attendees": {kind: Attendance, role: Remote},
	"remote participants": {kind: Attendance, role: Remote},
	"guests":              {kind: Attendance, role: Guest}, "observers": {kind: Attendance, role: Observer},
	"invited": {kind: Attendance, role: Invited}, "regrets": {kind: Attendance, role: Regrets},
	"apologies": {kind: Attendance, role: Regrets}, "absent": {kind: Attendance, role: Regrets},
}

// roles are the words before a colon that say who follows.
var roles = map[string]Role{
	"chair": Chair, "chairs": Chair, "co-chair": Chair, "co-chairs": Chair, "facilitator": Chair, "moderator": Chair,
	"scribe": Scribe, "scribes": Scribe, "note taker": Scribe, "notetaker": Scribe, "note-taker": Scribe,
	"present": Present, "attendees": Present, "participants": Present, "attending": Present, "in attendance": Present,
	"in person": Present, "in-person": Present, "in-person attendees": Present, "in person attendees": Present,
	"attendance": Present, "members present": Present, "voting members": Present, "also present": Present, "members": Present,
	"remote attendees": Remote, "remote participants": Remote, "attending remotely": Remote, "remote": Remote, "guest": Guest, "guests": Guest, "observer": Observer, "observers": Observer,
	"invited": Invited, "regrets": Regrets, "apologies": Regrets, "absent": Regrets,
}

// results are the words that say what became of an item, with the words that
// join them to what follows. The longer of two comes first.
var results = []struct{ words, word string }{
	{"still open", "still open"}, {"raised", "raised"}, {"planned for", "planned"}, {"planned", "planned"},
	{"fixed in", "fixed"}, {"fixed", "fixed"}, {"declined because", "declined"}, {"declined", "declined"},
	{"done", "done"}, {"dropped", "dropped"}, {"deferred to", "deferred"}, {"deferred", "deferred"},
}

// A fieldKey is what a field in parentheses is about.
type fieldKey uint8

const (
	noField fieldKey = iota
	ownerField
	nobodyField
	dueField
	doneField
	onField
	toField
	fromField
	topicField
	askedField
	answerField
	upstreamField
)

// fieldWords are the words that fields begin with. A colon may follow any of
// them and must follow some, which begin other parentheses as well.
var fieldWords = []struct {
	word  string
	key   fieldKey
	colon bool
}{
	{"due", dueField, false}, {"done", doneField, false}, {"to", toField, true}, {"from", fromField, true},
	{"topic", topicField, true}, {"asked by", askedField, false}, {"answer by", answerField, false},
	{"upstream", upstreamField, true},
}

// nothing are the texts of items that say there is none.
var nothing = setOf("none no nothing n/a na nil tbd tba -")

// saysNothing reports whether a text says that there are no items: "None.",
// "No actions this week".
func saysNothing(text string) bool {
	text = strings.ToLower(strings.Trim(text, " .!-–—_*"))
	if text == "" || nothing[text] {
		return true
	}
	for _, none := range []string{"none", "no action", "no actions", "no action items"} { // and why
		if why, ok := strings.CutPrefix(text, none); ok && strings.IndexAny(strings.TrimLeft(why, " "), ".;,(-\u2013\u2014") == 0 {
			return true
		}
	}
	rest, ok := strings.CutPrefix(text, "no ")
	if !ok {
		return false
	}
	for _, filler := range []string{"new ", "open ", "further "} {
		rest = strings.TrimPrefix(rest, filler)
	}
	for _, filler := range []string{" this week", " this time", " today", " yet", " made", " taken"} {
		rest = strings.TrimSuffix(rest, filler)
	}
	return labels[rest] != "" || labels[strings.TrimSuffix(rest, "s")] != ""
}

// outcomes are the headings above what was decided and why. "Decision Outcome"
// is that of MADR.
var outcomes = map[string]bool{"decision outcome": true, "outcome": true, "decision": true, "resolution": true}

// attendeeColumns are the headers of the columns in a table of attendees.
var attendeeColumns = map[string]string{
	"name": "name", "attendee": "name", "participant": "name", "who": "name", "person": "name", "member": "name",
	"github": "handle", "handle": "handle", "github handle": "handle", "github id": "handle", "username": "handle",
	"irc": "handle", "nick": "handle", "github username": "handle",
	"abbreviation": "initials", "initials": "initials",
	"organization": "note", "organisation": "note", "org": "note", "company": "note", "affiliation": "note",
	"project": "note", "team": "note", "role": "note",
}

// sectionsByName are the sections that a site may give other headings to.
var sectionsByName = map[string]section{
	"attendance": {Attendance, Present}, "remote": {Attendance, Remote}, "guests": {Attendance, Guest},
	"observers": {Attendance, Observer}, "invited": {Attendance, Invited}, "regrets": {Attendance, Regrets},
	"actions": {kind: Actions}, "action-review": {kind: ActionReview}, "decisions": {kind: Decisions},
	"open-questions": {kind: OpenQuestions}, "if-accepted": {kind: IfAccepted}, "options": {kind: Choices}, "survey": {kind: Survey},
}

// sectionOf is the meaning of a heading, to which the site's own words count
// first.
func (w *itemReader) sectionOf(heading string) section {
	if len(w.options.Headings) > 0 {
		low := strings.ToLower(heading)
		bare := strings.TrimFunc(low, func(c rune) bool { return !unicode.IsLetter(c) })
		for _, words := range []string{strings.TrimSpace(low), bare} {
			if name := w.options.Headings[words]; name != "" {
				return sectionsByName[name]
			}
		}
	}
	return sectionOf(heading)
}

// sectionOf is the meaning of a heading. Numbers before and brackets behind the
// words do not count, and "Attendees / Participants" is one section when its
// parts are.
func sectionOf(heading string) section {
	text := strings.ToLower(heading)
	if i := strings.IndexByte(text, '('); i > 0 {
		text = text[:i]
	}
	text = strings.TrimFunc(text, func(c rune) bool { return !unicode.IsLetter(c) })
	if s, ok := headings[text]; ok || len(text) > 60 {
		return s
	}
	if !strings.ContainsAny(text, "/&,") && !strings.Contains(text, " and ") {
		return section{}
	}
	parts := strings.FieldsFunc(strings.ReplaceAll(text, " and ", "/"), func(c rune) bool { return c == '/' || c == '&' || c == ',' })
	if len(parts) < 2 {
		return section{}
	}
	first := headings[strings.TrimSpace(parts[0])]
	for _, part := range parts[1:] {
		if headings[strings.TrimSpace(part)].kind != first.kind {
			return section{}
		}
	}
	return first
}
