// Package markdown turns the body of one document into HTML with gaps, and into
// the facts that other packages need of it.
//
// A document is converted alone: where its links lead is not known yet. So the
// HTML has a gap for each link and image, and the [Reference] that belongs to
// it; whoever knows the other documents fills the gap. No goldmark type leaves
// this package and no syntax tree outlives a call.
//
// Among the facts are the items of notes, such as actions and decisions, and who
// was there: see [Item] and [Attendee].
package markdown

import (
	"minutebook/generator/diag"
	"minutebook/generator/source"
	"minutebook/generator/words"
)

// A Fragment is HTML with gaps.
type Fragment struct {
	HTML string
	Gaps []Gap // in the order of At
}

// A Gap is a place in a Fragment that is filled once the references of all
// documents are resolved.
type Gap struct {
	At        int // offset in HTML, in bytes
	Reference int // index in Converted.References
	Part      Part
}

// A Part says what belongs in a gap.
type Part uint8

const (
	LinkOpen  Part = iota // the start tag of a link
	LinkClose             // its end tag
	Image                 // a whole image
)

// A Form says how a reference is written.
type Form uint8

const (
	Link    Form = iota // a link, in Markdown or as <a href>
	Embed               // an image, in Markdown or as <img src>
	Mention             // words that may name a document: Destination is the kind and the number
)

// A Reference is a link or an image of a document, not yet resolved. Its scheme
// is always one that is allowed: others are shown as text and reported.
type Reference struct {
	Form        Form
	Destination string      // as a URL: entities and backslashes decoded, percent forms as written
	Title       string      // the title attribute; empty when there is none
	Text        string      // the link's text or the image's alternative text, plain
	Width       string      // of an image, as <img> has it: digits, perhaps with %; usually empty
	Height      string      // likewise
	Span        source.Span // of the whole link in the file
	Before      string      // the sentence around it, plain: what comes before Text ...
	After       string      // ... and what after; both empty for a reference with a scheme
}

// A Heading is a heading of a document.
type Heading struct {
	Level int         // 1 to 6
	ID    string      // the id in the HTML
	Text  string      // plain
	Span  source.Span // of its text in the file
}

// A Task is an item with a check box.
type Task struct {
	Done bool
	Span source.Span // of the item's first line
	Text string      // plain, of the item's first block
}

// Converted is what a body becomes.
type Converted struct {
	Body Fragment

	// Lead is how many bytes of Body.HTML are the level-1 heading that the
	// body opens with; 0 when it opens with anything else. There are no gaps
	// within when Lead is set. Headings[0] is that heading.
	Lead int

	Summary    string // plain text of the first paragraph, cut at about 300 characters at a word's end
	Outcome    string // likewise, of the first paragraph under a heading such as "Decision Outcome"; mostly empty
	Headings   []Heading
	References []Reference
	Tasks      []Task

	Items       []Item     // in the order of the text
	Attendance  []Attendee // in the order of the text
	Sections    []Section  // in the order of the text
	Options     []Option   // in the order of the text
	NoDecisions bool       // the notes say "No decisions."

	Remarks []source.Span // HTML comments that say TODO, FIXME, XXX or TBD

	// Anchors maps what a link to this document may name after "#" (what
	// GitHub gives a heading, ids that the author wrote) to the id in the
	// HTML. Mostly the two are the same.
	Anchors map[string]string

	Problems diag.List
}

// Policy says what happens to HTML that an author writes.
type Policy string

const (
	GitHub Policy = "github" // keep what GitHub keeps, show look-alike tags as text, drop the rest
	Escape Policy = "escape" // show all of it as text
	Unsafe Policy = "unsafe" // keep all of it; for a site whose authors are all trusted
)

// Options are the settings of a conversion.
type Options struct {
	HTML    Policy   // "" is GitHub
	Schemes []string // that links may have besides http, https and mailto; lower case
	Limits  Limits   // the zero Limits are DefaultLimits

	Mentions []MentionForm     // how texts name documents
	Headings map[string]string // words of headings, in lower case, to the kind of section or "remote", "guests", …

	Words *words.Words // that stand in the HTML beside what the author wrote; nil is English
}
