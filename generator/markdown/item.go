package markdown

import "minutebook/generator/source"

// An Item is a line of notes that says more than prose: what somebody will do,
// what was decided, what is asked. It is a list item or a line of a paragraph
// that begins with a label ("**Action A1** (@anna): …", "Decision: …"), a list
// item in a section for such items ("Actions"), a row of a table there, or one
// that reports on an item of another document.
//
// Its anchor is the id of the <li>, <p> or <tr> that it is in, and of an empty
// <span> where it begins at a later line. The text of an item is its first block:
// blocks that follow in a list item are not part of its text. Lines of a paragraph
// that begin no item belong to the item before them. List items below an action are
// items where they say so; see item_nested.go.
type Item struct {
	Kind   ItemKind
	ID     string // as written ("A3"); empty where none is, and for answers and reviews
	Anchor string // the id in the HTML; empty only when its element is too deep in HTML of the author to be kept

	Task        bool // has a box
	Done        bool // its box is ticked, or the table says so
	Dropped     bool // struck through, or said to be dropped
	Nobody      bool // "nobody yet"
	Conditional bool // stands under "If accepted"

	Owners   []Person // whom the item is for; of an answer or an offer, who gives it
	AskedBy  []Person // of a question
	Due      Written  // of an action
	DoneOn   Written  // closes an action, and what else is open, with a tick or without
	AnswerBy Written  // of a question
	On       Written  // a date with no word before it: of an answer, when it was given
	To       string   // the event that feedback goes to
	Topic    string
	Upstream string // an address, where it is one
	Answers  string // of an answer, and of a review that is one: what the question is called there

	// ResultWord is how the item ended or what became of it: raised, planned,
	// fixed, declined, done, still open, dropped or deferred; empty when that is
	// not said. Result is the text behind the word.
	ResultWord string
	Result     string

	Text string // plain, without label, id, fields and result

	References []int // indexes in Converted.References: all in the item
	Targets    []int // those of them that name the items which a review is about
	From       []int // those of them that say where a topic was heard

	Heading int         // index in Converted.Headings of the one it stands under; -1: none
	Parent  int         // index of the item it is nested in, or which it answers; -1: none
	Span    source.Span // of its first line
}

// An ItemKind says what an item is. The words are those of anchors.
type ItemKind string

// The kinds of items.
const (
	Action     ItemKind = "action"
	Decision   ItemKind = "decision"
	Question   ItemKind = "question"
	Answer     ItemKind = "answer"
	Feedback   ItemKind = "feedback"
	Topic      ItemKind = "topic"
	Offer      ItemKind = "offer"
	HelpWanted ItemKind = "help-wanted"
	Practice   ItemKind = "practice"
	Info       ItemKind = "info"
	Idea       ItemKind = "idea"
	Review     ItemKind = "review" // says what became of an item that stands elsewhere
)

// A Person is a name in an item, without "@".
type Person struct {
	Name string
	Span source.Span
}

// Written is a value as it is written: a date is read elsewhere.
type Written struct {
	Text string
	Span source.Span
}

// An Attendee is a person in the list of who was there.
type Attendee struct {
	Name     string // "Myles Borins"; the handle where there is no name
	Handle   string // without "@"; empty where none is written
	Initials string // that the notes use for the person: "MB: Myles Borins"
	Note     string // what else is written: an organisation, a function, when they came
	Role     Role
	Span     source.Span
}

// A Role is what a person was at a meeting.
type Role string

// The roles of attendees.
const (
	Present  Role = "present"
	Chair    Role = "chair"
	Scribe   Role = "scribe"
	Remote   Role = "remote" // there, from somewhere else
	Guest    Role = "guest"
	Observer Role = "observer"
	Invited  Role = "invited" // whether they came is not said
	Regrets  Role = "regrets" // not there
)

// A Section is a heading with a meaning; see SectionKind.
type Section struct {
	Kind    SectionKind
	Heading int // index in Converted.Headings
}

// A SectionKind says what the list items under a heading are.
type SectionKind string

// The kinds of sections. Their items are read by this package but for those of
// options and surveys.
const (
	Actions       SectionKind = "actions"
	ActionReview  SectionKind = "action-review"
	Decisions     SectionKind = "decisions"
	OpenQuestions SectionKind = "open-questions"
	IfAccepted    SectionKind = "if-accepted"
	Attendance    SectionKind = "attendance"
	Choices       SectionKind = "options"
	Survey        SectionKind = "survey"
)
