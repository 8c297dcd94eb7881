package layout

// The types in this file and in page.go are what layouts are given: plain values, made for one page,
// with every address already relative to it. A layout prints them and decides
// nothing. Because a page is nothing but its values, two equal pages of one
// theme are the same bytes, which is what lets a preview remember them.

// A Link is text that may lead somewhere.
type Link struct {
	Text string
	Href string // relative to the page; empty: plain text
}

// A Day is a date as a page shows it.
type Day struct {
	ISO      string // 2018-04-04, or 2018-04-03T14:00Z for a moment
	Short    string // 4 Apr; with the year when it is not the year of the build
	Long     string // Wednesday 4 April 2018
	Relative string // in 2 days, as of the build's day; empty where it says nothing
}

// A Status is a lifecycle state in the words of the site.
type Status struct {
	Word string // In discussion
	Tone string // draft, talk, due, yes, no, old or plain: the class that sets colour, fill and icon
}

// A Doc is a document as others mention it.
type Doc struct {
	Title  string
	Href   string
	ID     string  // display id such as P-7; often empty
	Kind   string  // Proposal, in the words of the site
	Status *Status // nil: the kind has none, or it is not stated
}

// An Entry is a document in a list.
type Entry struct {
	Doc
	When    *Day   // stands in the margin; nil when the document has no date
	WhenIs  string // what that day is, of an item of notes: due or done
	Summary string // one or two sentences, plain; may be empty
	Notes   []Link // small print below: owner, deadline's reason, place
	Urgent  bool   // its deadline is near or passed
	Anchor  string // the id of its heading, for links to it; mostly empty
}

// A Group is a list of entries under a heading.
type Group struct {
	ID      string // for links to it; begins with mb-, as all ids of the frame
	Title   string
	Entries []Entry
	Rest    string // how many more there are than entries; may be empty
	Folded  int    // how many there are, of a list that one opens; 0: it is open
	More    *Link  // to the rest; may be nil
}

// A Fact is a line of a document's list of facts.
type Fact struct {
	Label  string
	Values []Link
	Day    *Day // in place of Values
}

// A Step is a stage of a lifecycle.
type Step struct {
	Label string
	State string // done, now or next
	Note  string // since 20 March 2018; may be empty
}

// A Deadline is the box that says when a decision is due, and how it stands.
type Deadline struct {
	By       Day
	Overdue  bool
	Reason   string // why then
	Silence  string // what happens if nobody objects
	Respond  *Link  // where to say something
	Deciders []Link
	Glance   []Link // 2 of 3 questions are open; the survey closes tomorrow
	Asked    []Asked
	Calendar []Link // files to add the day to a calendar
}

// An Asked is somebody who was asked to answer.
type Asked struct {
	Who    Link
	Answer *Link // where the answer stands; nil while there is none
}

// An Outcome is what was decided.
type Outcome struct {
	Text   string // in one sentence; may be empty
	Day    *Day
	By     []Link
	Where  *Link // the place in the notes of the meeting, or the meeting
	Record *Doc  // of the decision
	Why    string
}

// A Moment is something in the timeline of a document.
type Moment struct {
	Day    Day
	Text   string // Discussed in
	Doc    *Doc   // the document that it happened in; may be nil
	Future bool
}

// A Stop is an event on the way of feedback.
type Stop struct {
	Doc
	When             *Day
	Came, Went, Lost int   // pieces of feedback that were sent there, sent on from there, and not raised there
	Next             []Doc // where it goes from there
}

// A Section is a heading in the list of contents.
type Section struct {
	ID, Text string
	Sections []Section
}

// A Relation is a typed connection to other documents.
type Relation struct {
	Label string // Replaces
	Docs  []Doc
}

// A Backlink is a document that links here, with the sentence around the link.
type Backlink struct {
	Doc
	Relation              string // the key that names this document; empty for a link in the text
	Before, Quoted, After string // the sentence; empty for a relation
}

// Replaced is what replaced what: a drawing, and the same in words.
type Replaced struct {
	Width, Height int // of the drawing, in CSS pixels
	Boxes         []Box
	Arrows        []Arrow
	Chains        [][]Replacement
	More          int // chains that are not told
}

// A Box is a document in a drawing.
type Box struct {
	X, Y, Width, Height int // in CSS pixels
	Lines               []BoxLine
	Tone                string // of its status; see [Status]
}

// A BoxLine is a line of text, by the middle of its foot.
type BoxLine struct {
	X, Y int
	Text string
}

// An Arrow leads from a document to the one that replaced it.
type Arrow struct {
	Path string // in the words of SVG
	Open bool   // it would replace it, and is not accepted
}

// A Replacement is a document and what it replaced.
type Replacement struct {
	Doc
	When     *Day
	Replaces []Link
}

// A Banner is a notice on top of a document that is no longer what holds.
type Banner struct {
	Text string // Replaced by
	Docs []Doc
}

// A Problem is something wrong with a source file.
type Problem struct {
	Place    string // proposals/x.md:3:1
	Severity string // error, warning or info
	Message  string
	Hint     string
	Code     string
}

// A Frame is what every page has.
type Frame struct {
	Layout      string // the layout's name, for a class on <body>
	Language    string // BCP 47
	Direction   string // ltr or rtl
	Title       string // of the page
	Description string // in one sentence; Home shows it below its heading
	Stylesheet  string
	Script      string
	Icon        string
	Canonical   string // absolute, with a base URL only
	ObjectType  string // of Canonical, in the words of the Open Graph protocol: website or article
	Alternates  []Alternate
	Bar
	Footer   []Link
	AsOf     Day    // the day that the page speaks of
	Pinned   bool   // the configuration sets that day: scripts leave it alone
	Edit     string // address in the repository host's editor; empty when unknown
	History  string // address of the file's past there; empty when unknown
	Problems []Problem
}

// An Alternate is a file in which other programs find what a page shows: a feed
// or a calendar.
type Alternate struct {
	Type  string // media type
	Title string // empty for the file of one date
	Href  string
}

// A Bar is the top of a page. Pages of one folder share it.
type Bar struct {
	Site       string // the site's title
	Home       string // address of Home
	Search     string // address of the page that searches; empty on that page itself
	Navigation []NavigationItem
}

// A NavigationItem is a word of the top bar.
type NavigationItem struct {
	Link
	Current bool // the page belongs to it
}
