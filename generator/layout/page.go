package layout

import "html/template"

// The types below are the pages, each named after its layout; what they are made
// of is in part.go.

// HomePage is the page of home.html.
type HomePage struct {
	Frame
	Heading  string        // What needs a decision, and by when
	Intro    template.HTML // the body of the content folder's README.md or index.md
	Due      Group         // proposals that wait for a decision, by deadline; no title: the site has none
	Upcoming Group         // meetings and events ahead
	Recent   Group         // decisions lately made
	Open     Group         // proposals without a deadline yet, drafts among them
	Actions  Group         // what people have to do, the late ones first
	Help     Group         // offers, and what help is wanted for
	Kinds    []Count       // what else there is
}

// A Count is a link with how many documents are behind it.
type Count struct {
	Link
	N int
}

// ListPage is the page of list.html: the index of a kind, of all topics, of all
// people, of one topic, of everything from A to Z, of a folder.
type ListPage struct {
	Frame
	Crumbs  []Link
	Heading string
	Label   string // what kind of page it is, for the margin: Topic
	Lede    string
	Intro   template.HTML // of the folder's README.md or index.md; of a topic's file
	Counts  []Count       // short rows: topics, people
	Groups  []Group
	Log     *Replaced // of a kind: what replaced what; may be nil
	Digest  string    // of what changed: the last week as a text for a mailing list
	Begin   *Link     // where a document of the kind is begun; may be nil
	Offered []Link    // the same for other programs: a feed, a table
	Empty   string    // said when there is nothing to list
}

// DocumentPage is the page of a document: proposal.html, meeting.html,
// decision.html, event.html, page.html or record.html.
type DocumentPage struct {
	Frame
	Crumbs    []Link
	Kind      string // Proposal
	ID        string // display id
	Heading   string
	HeadingID string // the id that links to the heading use; may be empty
	Lang, Dir string // of its text, where that is in another language than the site; Dir alone where its letters tell it
	Status    *Status
	When      *Day // the date that the margin shows
	Lede      string
	Banner    *Banner
	Brief     string // address of its brief for print; mostly empty
	Deadline  *Deadline
	Outcome   *Outcome // nil while nothing is decided
	Lifecycle []Step
	Glance    []Link  // how it stands, where there is no deadline
	Notes     string  // of a meeting ahead: what its notes may start from
	ToCopy    string  // of an event: what was sent to it, as Markdown
	First     []Group // before the text: what was decided in a meeting, what is carried over to it
	Ledgers   []Group // after the text: what was sent to an event, what was heard there
	Timeline  []Moment
	Facts     []Fact
	Topics    []Link
	Contents  []Section
	Body      template.HTML
	Relations []Relation
	Backlinks []Backlink
	Previous  *Doc // of a series
	Next      *Doc
}

// BriefPage is the page of brief.html: a proposal or an event on one sheet of
// paper. It has no text, and every list is short.
type BriefPage struct {
	DocumentPage
	Page         string // address of the document's page
	Options      []Choice
	Questions    Group
	Follows      Group   // what is done if it is accepted
	Incoming     []Group // feedback by topic; the words of More say where it was heard
	MoreIncoming string  // how many more topics there are; may be empty
}

// A Choice is an option of a proposal.
type Choice struct {
	Text                string
	Recommended, Chosen bool
	Summary             string
	Facts               []ChoiceFact
}

// A ChoiceFact is what a proposal says of an option in comparison with others.
type ChoiceFact struct{ Label, Text string }

// FeedbackPage is the page of feedback.html: the events that feedback passes, and
// what became of it, by topic.
type FeedbackPage struct {
	Frame
	Crumbs  []Link
	Heading string
	Lede    string
	Offered []Link // the same for other programs: a table
	Chain   []Stop
	Groups  []Group
}

// CalendarPage is the page of calendar.html: what is ahead and what was, month by
// month, and each month as a grid.
type CalendarPage struct {
	Frame
	Crumbs  []Link
	Heading string
	Lede    string
	Offered []Link // the same for other programs: a calendar
	Months  []Month
}

// A Month is a month of a calendar.
type Month struct {
	ID       string
	Title    string   // April 2018
	Weekdays []string // short names, from the first day of the week
	Weeks    [][]MonthDay
	Entries  []Entry
}

// A MonthDay is a field of a month's grid.
type MonthDay struct {
	Number string // empty: the day is of another month
	Href   string // to the first entry of the day; empty: nothing is on it
	Marks  string // what is on it, in words; empty: nothing
	Today  bool
}

// HowPage is the page of how.html: what the statuses of each kind mean.
type HowPage struct {
	Frame
	Crumbs  []Link
	Heading string
	Lede    string
	Kinds   []KindOfHow
}

// A KindOfHow is a kind of documents with its lifecycle.
type KindOfHow struct {
	ID       string
	Title    Link // Proposals
	Statuses []StatusOfHow
}

// A StatusOfHow is a status and what it takes and allows.
type StatusOfHow struct {
	Status
	Name  string   // as files write it
	Means string   // in a sentence
	Moves []Status // what may follow
	Needs string   // the fields that a document with it states; may be empty
}

// SearchPage is the page of search.html: a frame for what its own script finds.
type SearchPage struct {
	Frame
	Crumbs  []Link
	Heading string
	Finder  string   // the script that searches
	Index   string   // the first file of the search index
	All     Link     // the list of all documents, for readers without script
	Tones   []string // of statuses, each once
}

// PersonPage is the page of person.html: a person or a group.
type PersonPage struct {
	Frame
	Crumbs  []Link
	Label   string // Person or Group
	Heading string
	Facts   []Fact // affiliation, members, groups, links
	Groups  []Group
}

// AttentionPage is the page of attention.html: problems by source file.
type AttentionPage struct {
	Frame
	Crumbs  []Link
	Heading string
	Lede    string
	Files   []FileProblems
}

// FileProblems are the problems of one source file.
type FileProblems struct {
	Path     string
	Doc      *Doc // the page made from it, if any
	Problems []Problem
}

// MissingPage is the page of 404.html.
type MissingPage struct {
	Frame
	Heading string
	Lede    string
	Links   []Link
}

// RedirectPage is the page of redirect.html: the stub at an old address.
type RedirectPage struct {
	Frame
	To Doc
}
