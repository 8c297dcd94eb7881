package change

import "slices"

// A Kind says what a fact is about.
type Kind string

// The kinds of facts.
const (
	Decided          Kind = "decided"           // a record was decided upon
	Superseded       Kind = "superseded"        // another record replaces it
	Rewritten        Kind = "decision-text"     // what was decided already says something else now
	Minuted          Kind = "decision-minuted"  // notes hold a decision that they did not
	MinutedReworded  Kind = "minuted-reworded"  //
	MinutedRemoved   Kind = "minuted-removed"   //
	Deadline         Kind = "deadline"          // of a record: set, moved or taken away
	Status           Kind = "status"            //
	MeetingCancelled Kind = "cancelled"         // what was to take place will not
	MeetingMoved     Kind = "moved"             // it takes place at another time
	MeetingSet       Kind = "takes-place"       // of a new document, or one that had no day
	ActionOverdue    Kind = "action-overdue"    // the change makes it late
	ActionOpened     Kind = "action-opened"     // new, or open again
	ActionClosed     Kind = "action-closed"     //
	ActionDropped    Kind = "action-dropped"    //
	ActionReassigned Kind = "action-reassigned" //
	ActionDue        Kind = "action-due"        // its day moved
	ActionRemoved    Kind = "action-removed"    // it was open, and is no longer written down
	QuestionAsked    Kind = "question-asked"    // new, or open again
	QuestionAnswered Kind = "question-answered" // settled
	QuestionDeferred Kind = "question-deferred" // to another place
	QuestionDropped  Kind = "question-dropped"  //
	AnswerGiven      Kind = "answer-given"      // to a question that stays open
	QuestionRemoved  Kind = "question-removed"  // it was open, and is no longer written down
	FeedbackGiven    Kind = "feedback-given"    // new, or waiting again
	FeedbackPassed   Kind = "feedback-passed-on"
	FeedbackResult   Kind = "feedback-result" // what became of it was reported
	FeedbackStuck    Kind = "feedback-not-raised"
	FeedbackRemoved  Kind = "feedback-removed"
	Reworded         Kind = "note-reworded" // an action, a question or feedback
	Title            Kind = "title"
	Fields           Kind = "fields" // others than those that have facts of their own
	Body             Kind = "text"   // what is no note
)

// kinds are all kinds with the words for them, the most important first.
var kinds = []struct {
	kind  Kind
	label string
	group string // by which a summary counts; empty: it does not
}{
	{Decided, "Decided", "decision"},
	{Superseded, "Replaced", "decision"},
	{Rewritten, "Text of a decision rewritten", "decision"},
	{Minuted, "Decision in the notes", "decision"},
	{MinutedReworded, "Decision in the notes reworded", "decision"},
	{MinutedRemoved, "Decision taken out of the notes", "decision"},
	{Deadline, "Deadline", "deadline"},
	{Status, "Status", "status"},
	{MeetingCancelled, "Cancelled", "date"},
	{MeetingMoved, "Moved", "date"},
	{MeetingSet, "Takes place", "date"},
	{ActionOverdue, "Action overdue", "action"},
	{ActionOpened, "Action opened", "action"},
	{ActionClosed, "Action closed", "action"},
	{ActionDropped, "Action dropped", "action"},
	{ActionReassigned, "Action reassigned", "action"},
	{ActionDue, "Action has another day", "action"},
	{ActionRemoved, "Open action taken out", "action"},
	{QuestionAsked, "Question asked", "question"},
	{QuestionAnswered, "Question answered", "question"},
	{QuestionDeferred, "Question deferred", "question"},
	{QuestionDropped, "Question dropped", "question"},
	{AnswerGiven, "Answer given", "question"},
	{QuestionRemoved, "Open question taken out", "question"},
	{FeedbackGiven, "Feedback", "feedback"},
	{FeedbackPassed, "Feedback passed on", "feedback"},
	{FeedbackResult, "Feedback has a result", "feedback"},
	{FeedbackStuck, "Feedback not raised", "feedback"},
	{FeedbackRemoved, "Waiting feedback taken out", "feedback"},
	{Reworded, "Reworded", ""},
	{Title, "Title", ""},
	{Fields, "Other fields", ""},
	{Body, "Text edited", ""},
}

// rank is the place of a kind in the order of importance.
func (k Kind) rank() int {
	for i := range kinds {
		if kinds[i].kind == k {
			return i
		}
	}
	return len(kinds)
}

func (k Kind) label() string { return kinds[k.rank()].label }

// A tally is how many facts there are of a group.
type tally struct {
	group string
	n     int
}

// tallies count the facts of a change, in the order of importance.
func (c *Change) tallies() []tally {
	var list []tally
	for _, k := range kinds {
		if k.group != "" && !slices.ContainsFunc(list, func(t tally) bool { return t.group == k.group }) {
			list = append(list, tally{group: k.group})
		}
	}
	for _, d := range c.Documents {
		for _, f := range d.Facts {
			group := kinds[f.Kind.rank()].group
			if i := slices.IndexFunc(list, func(t tally) bool { return t.group == group }); i >= 0 {
				list[i].n++
			}
		}
	}
	return slices.DeleteFunc(list, func(t tally) bool { return t.n == 0 })
}
