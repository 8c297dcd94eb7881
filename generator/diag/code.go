package diag

import "slices"

// A Code is a kind of problem.
type Code struct {
	ID       string
	Severity Severity // unless the configuration sets another
	Summary  string   // one sentence: what the rule wants
}

// Codes are all kinds of problems, sorted by ID.
var Codes = []Code{
	{"accepted-with-open-questions", Warning, "what is accepted has no question left open"},
	{"action-contradiction", Error, "the places that tell of one action agree"},
	{"action-incomplete", Warning, "an action says who does it, and by when"},
	{"action-overdue", Warning, "an action is done, moved or dropped by its day"},
	{"agenda-item-closed", Warning, "an agenda has what is still open"},
	{"alias-taken", Error, "an old address leads to one document only, and not to a page that exists"},
	{"bad-value", Error, "a value can be read as what its key says: a date, a URL, a number, a duration"},
	{"broken-anchor", Error, "a link to a part of a page names a part that is there"},
	{"broken-link", Error, "a link leads to a file that is there"},
	{"broken-reference", Error, "a key that names a document names one that is there"},
	{"chain-backwards", Error, "an event feeds into one that is not over yet"},
	{"colliding-output", Error, "each document has an address of its own"},
	{"configuration", Error, "minutebook.yaml can be read"},
	{"dates-out-of-order", Error, "an end comes after its start"},
	{"decision-overdue", Error, "a deadline is met, moved or given up"},
	{"depends-on-less-advanced", Warning, "what is decided requires nothing that is not"},
	{"duplicate-id", Error, "an id names one document of its kind"},
	{"duplicate-item-id", Error, "an id names one item of its document"},
	{"duplicate-key", Error, "a key stands once in a front matter"},
	{"feedback-not-raised", Warning, "feedback sent to an event is raised there"},
	{"field-not-allowed", Warning, "a document states only what its status allows"},
	{"file-name-disagrees", Warning, "the date in a file name is the date in the front matter"},
	{"file-not-published", Warning, "every file is a page, an attachment, or named here"},
	{"front-matter-syntax", Error, "front matter is YAML between two lines of three dashes"},
	{"hidden-comment", Info, "what is put to others has no hidden remarks"},
	{"hidden-person-named", Error, "a person who is hidden is named nowhere"},
	{"html-removed", Warning, "HTML in a document is of the allowed kind"},
	{"illegal-transition", Warning, "a status follows from the one before"},
	{"impossible-wall-time", Error, "a time exists once in its time zone"},
	{"layout", Error, "layouts can be read and filled"},
	{"meeting-without-outcome", Info, "a meeting's notes say what came of it"},
	{"minutes-not-approved", Info, "minutes are approved where a group does so"},
	{"needs-field", Warning, "a document states what its status needs"},
	{"needs-quotes", Error, "a value that YAML would misread stands in quotes"},
	{"not-text", Error, "a document is text in UTF-8 without NUL bytes"},
	{"outcome-disagrees", Error, "a proposal and the record of its decision say the same"},
	{"outcome-missing", Warning, "what is accepted or rejected says how it came out"},
	{"outside-host-event", Error, "a part of an event lies within its days"},
	{"over-limit", Error, "a document stays within the limits that keep a build quick"},
	{"person-two-spellings", Warning, "a person is written in one way"},
	{"premature-supersession", Warning, "only what is accepted replaces what holds"},
	{"relation-conflict", Error, "the two sides of a relation agree"},
	{"relation-cycle", Error, "no document supersedes or requires itself"},
	{"review-overdue", Warning, "what was to be looked at again is"},
	{"site-url-link", Warning, "a link leads to a file, not to its published page"},
	{"stale-draft", Warning, "a draft is worked on, put to others, or given up"},
	{"status-missing", Warning, "a proposal or decision states its status"},
	{"survey-closes-late", Error, "a survey closes before the decision it is for"},
	{"survey-without-result", Warning, "a closed survey has its result stated"},
	{"unarchived-pad", Info, "minutes are kept here, not in a pad"},
	{"unknown-destination", Warning, "feedback goes to an event that is there"},
	{"unknown-key", Warning, "a key is one that the kind of document has"},
	{"unknown-language", Warning, "there are words in the language of the site"},
	{"unknown-person", Warning, "a person is one that people.yaml has"},
	{"unknown-status", Warning, "a status is one that the kind of document has"},
	{"unknown-time-zone", Error, "a time zone is a name of the IANA database"},
	{"unlinked-file", Info, "a file that is published is linked from a document"},
	{"unsafe-configuration", Error, "the configuration keeps readers safe"},
	{"unsafe-link", Error, "a link has a scheme that is allowed"},
	{"url-removed", Error, "an address that was published leads somewhere"},
	{"value-cut-by-comment", Warning, "a # within a value is not taken for a comment"},
}

// Find returns the code with an ID.
func Find(id string) (Code, bool) {
	i, ok := slices.BinarySearchFunc(Codes, id, func(c Code, id string) int {
		if c.ID < id {
			return -1
		} else if c.ID > id {
			return 1
		}
		return 0
	})
	if !ok {
		return Code{}, false
	}
	return Codes[i], true
}

// SeverityOf is the usual severity of a code. It panics when there is no such
// code.
func SeverityOf(id string) Severity {
	c, ok := Find(id)
	if !ok {
		panic("diag: unknown code " + id)
	}
	return c.Severity
}
