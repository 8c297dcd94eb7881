// Package change says what the difference between two sites means: not which
// lines differ, but that a proposal is in discussion now, that an action was
// done, that a decision was put in other words.
//
// [Compare] is a pure function of two sites that were linked for the same day.
// What it returns is data; [Markdown], [Text] and [JSON] write it. Documents are
// written by strangers: what the writers do so that nothing in them is obeyed,
// and nobody is notified, stands in safe.go.
package change

import (
	"cmp"
	"slices"
	"strings"

	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/site"
)

// A Change is the difference between two sites. The zero Change is none.
type Change struct {
	Documents []Document `json:"documents"` // that differ in what they mean, the most important first
	Files     Paths      `json:"files"`     // attachments, by source path
	Settings  []string   `json:"settings"`  // files of settings that differ, such as people.yaml; for the caller to fill
	Problems  Problems   `json:"problems"`  // see AddProblems
	Pages     Paths      `json:"pages"`     // whose rendering differs, by address; for the caller to fill

	names names
}

// Problems are those that a change adds, and those that it mends.
type Problems struct {
	Added  diag.List `json:"added"`
	Mended diag.List `json:"mended"`
}

// Paths are files that differ, each list sorted.
type Paths struct {
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Removed []string `json:"removed"`
}

// Len is the number of files that differ.
func (p Paths) Len() int { return len(p.Added) + len(p.Changed) + len(p.Removed) }

// Empty reports whether nothing differs.
func (c *Change) Empty() bool {
	return len(c.Documents)+c.Files.Len()+c.Pages.Len()+len(c.Problems.Added)+len(c.Problems.Mended)+len(c.Settings) == 0
}

// AddProblems notes which problems the change adds and mends, of what was wrong
// before and what is wrong now.
func (c *Change) AddProblems(was, now diag.List) {
	c.Problems = Problems{Added: c.names.inAll(now.Since(was)), Mended: c.names.inAll(was.Since(now))}
}

// A Document is one of which something else is true now.
type Document struct {
	Path  string `json:"path"`          // of the file, from the content folder; of a removed one where it was
	Was   string `json:"was,omitempty"` // where a renamed file was
	URL   string `json:"url,omitempty"` // of its page; empty when it was removed
	Title string `json:"title"`
	Kind  string `json:"kind"` // in the words of the site
	State State  `json:"state"`
	Facts []Fact `json:"facts"` // the most important first, else in the order of the text
}

// A State says what became of the file of a document.
type State string

// What became of files.
const (
	Added    State = "added"
	Renamed  State = "renamed" // and perhaps changed, too
	Removed  State = "removed"
	Changed  State = "changed"
	Affected State = "affected" // it is the same file; other documents say something else of it
)

// A Fact is one thing that is true now and was not before. Texts are plain, as
// the documents have them; persons have the names that the site shows.
type Fact struct {
	Kind     Kind        `json:"kind"`
	Item     string      `json:"item,omitempty"`     // the anchor of the note that it is about
	ID       string      `json:"id,omitempty"`       // that note's id, as written
	Text     string      `json:"text,omitempty"`     // that note's text; of a decision its outcome
	Field    string      `json:"field,omitempty"`    // in words, for a deadline; the names of fields
	From     string      `json:"from,omitempty"`     // in the words of the site
	To       string      `json:"to,omitempty"`       // likewise
	Due      date.Date   `json:"due,omitzero"`       // by when it is to be decided, done or answered
	Days     []date.Date `json:"days,omitempty"`     // before and after, of what moved from day to day; zero: none
	Owners   []string    `json:"owners,omitempty"`   // of an action, who answered, who asked
	Earlier  []string    `json:"earlier,omitempty"`  // the owners before
	Overdue  bool        `json:"overdue,omitempty"`  // Due is over
	Document string      `json:"document,omitempty"` // the title of another document that this follows from
	Path     string      `json:"path,omitempty"`     // of that document
}

// Compare says what is different in after, a site that was linked for the same
// day as before.
func Compare(before, after *site.Site) Change {
	c := comparer{before: before, after: after}
	c.names = namesOf(before, after)
	became := site.Moved(before, after)
	old := map[*site.Record]*site.Record{}
	for _, was := range before.Records {
		now := cmp.Or(after.Record(was.File.Path), became[was])
		if now == nil {
			c.removed(was)
			continue
		}
		old[now] = was
	}
	for _, now := range after.Records {
		c.record(old[now], now)
	}
	slices.SortStableFunc(c.Documents, byImportance)
	c.files()
	return c.Change
}

// A comparer makes one change.
type comparer struct {
	Change
	before, after *site.Site
}

// byImportance orders documents by their most important fact, then by path.
func byImportance(a, b Document) int {
	return cmp.Or(cmp.Compare(a.rank(), b.rank()), strings.Compare(a.Path, b.Path))
}

func (d *Document) rank() int {
	if len(d.Facts) == 0 {
		return len(kinds)
	}
	return d.Facts[0].Kind.rank()
}

// removed adds a document whose file is gone, with what was left open in it.
func (c *comparer) removed(was *site.Record) {
	var facts []Fact
	for _, n := range was.Notes {
		facts = append(facts, c.noteGone(n)...)
	}
	c.add(Document{Path: was.File.Path, Title: c.names.in(was.Title), Kind: was.Kind.Label, State: Removed}, facts)
}

// record adds a document that is new or was there before, if something differs.
func (c *comparer) record(was, now *site.Record) {
	d := Document{Path: now.File.Path, URL: now.URL, Title: c.names.in(now.Title), Kind: now.Kind.Label}
	if was == nil {
		d.State = Added
		c.add(d, append(c.stated(now), c.notes(nil, now)...))
		return
	}
	facts := append(c.moved(was, now), c.notes(was, now)...)
	same := was.File.Sum == now.File.Sum
	switch {
	case was.File.Path != now.File.Path:
		d.State, d.Was = Renamed, was.File.Path
	case same && len(facts) == 0:
		return
	case same:
		d.State = Affected
	default:
		d.State = Changed
	}
	if !same {
		facts = append(facts, c.edited(was, now, len(facts) == 0)...)
	}
	c.add(d, facts)
}

func (c *comparer) add(d Document, facts []Fact) {
	slices.SortStableFunc(facts, func(a, b Fact) int { return cmp.Compare(a.Kind.rank(), b.Kind.rank()) })
	d.Facts = facts
	c.Documents = append(c.Documents, d)
}

// files compares the attachments.
func (c *comparer) files() {
	was := map[string]*site.Attachment{}
	for _, a := range c.before.Attachments {
		was[a.File.Path] = a
	}
	for _, a := range c.after.Attachments {
		switch old := was[a.File.Path]; {
		case old == nil:
			c.Files.Added = append(c.Files.Added, a.File.Path)
		case old.File.Sum != a.File.Sum:
			c.Files.Changed = append(c.Files.Changed, a.File.Path)
		}
		delete(was, a.File.Path)
	}
	for path := range was {
		c.Files.Removed = append(c.Files.Removed, path)
	}
	for _, list := range [][]string{c.Files.Added, c.Files.Changed, c.Files.Removed} {
		slices.Sort(list)
	}
}
