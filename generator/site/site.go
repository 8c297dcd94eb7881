// Package site links documents into one model: each document a record with its
// address, what it refers to and what refers to it; people, groups and topics;
// folders and attachments. [Link] is a pure function of its inputs and always
// starts from scratch.
package site

import (
	"net/url"
	"sync"
	"unique"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/markdown"
	"minutebook/generator/source"
	"minutebook/generator/words"
)

// Inputs are what a site is linked from.
type Inputs struct {
	Config    *config.Config
	People    *config.Directory
	Content   *source.Tree
	Whole     *source.Tree         // the content with what the settings exclude; nil: they exclude nothing
	Documents []*document.Document // in the order of their paths
	Today     date.Date
	Past      map[string]Past // by path; what git knows, nil when it knows nothing
	Words     *words.Words    // of the site's language; nil is English

	SourcePath string // of the content folder in the repository; "" when it is not known

	Memory *Memory // may be nil
}

// A Site is the linked model. It never changes after it was linked.
type Site struct {
	Config      *config.Config
	Words       *words.Words
	Today       date.Date
	Records     []*Record // in the order of their files' paths
	People      []*Person // persons and groups that have a page, by handle
	Topics      []*Topic  // by slug
	Folders     []*Folder // that have a generated index page, by path
	Series      []*Series // in the order in which the records name them
	Attachments []*Attachment
	Redirects   []Redirect
	Problems    diag.List // of linking, and of all documents

	byNote map[markdown.ItemKind][]*Note
	byPath map[string]*Record
	byKind map[*config.Kind][]*Record
	people map[string]*Person

	shield  *Shield            // nil when all persons are shown by name
	base    *url.URL           // where the site will be; nil when that is not known
	intros  map[string]*Record // index documents by their address
	folders map[string]string  // address of the page that stands for a content folder
}

// A Record is a document in a site.
type Record struct {
	*document.Document

	URL string // of its page, relative to the site; percent forms are not applied
	// CalendarURL is the address of its dates for a calendar; empty when none is
	// ahead.
	CalendarURL string
	// SurveyURL is the address of its survey's table; empty when it has none.
	SurveyURL string
	// BriefURL is the address of its brief for print; empty when it has none.
	BriefURL string
	// SourceURL is the address of its source file; empty when that is not
	// published.
	SourceURL string
	Targets   []Target       // of Body.References, by index
	Relations []Relation     // to other records, in the order of the kind's fields, then what others state
	Backlinks []Backlink     // from the text of other records, one from each, in the order of their paths
	Successor *Record        // the accepted record that replaces this one; nil when none does
	State     *config.Status // what the status is on the build's day; nil: not stated, or unknown
	Topics    []*Topic
	People    Persons // the values of fields of persons

	Notes    []*Note    // in the order of the text
	Minuted  []*Note    // decisions in the notes of others that link to this record
	Incoming []*Note    // feedback and topics that were sent to this event
	Series   *Series    // nil when it is of none
	Previous *Record    // of its series; nil for the first
	Next     *Record    // of its series; nil for the last
	Outcome  *Outcome   // of what was decided; nil while nothing was
	Past     Past       // what git knows of the file; zero when it knows nothing
	Carried  []*Note    // actions of earlier meetings of the series that are open and belong on this one's agenda
	Attended []Attendee // who was at the meeting, in the order of the text

	number         int       // in the order of the paths
	last           date.Date // the day on which what it is about ends
	ahead, briefed bool      // see isAhead and isBriefed
}

// Title is the name of the site: that of the configuration, else the title of
// the document that introduces Home.
func (s *Site) Title() string {
	if s.Config.Title != "" {
		return s.Config.Title
	}
	if home := s.IntroOf(HomeURL); home != nil {
		return home.Title
	}
	return s.Words.T("Minute book")
}

// Unnamed is a text about the site's documents, such as a message, without the
// names that the site does not print.
func (s *Site) Unnamed(text string) string { return s.shield.In(text) }

// Label is what the settings call something, in the words of the site's
// language. What the site's own file says is shown as it is written.
func (s *Site) Label(text string) string {
	if s.Words == nil || s.Config.Own[text] {
		return text
	}
	return s.Words.Label(text)
}

// Record returns the record of a source file, nil when there is none.
func (s *Site) Record(path string) *Record { return s.byPath[path] }

// OfKind returns the records of a kind in the order of their paths, those that
// introduce a folder left out.
func (s *Site) OfKind(k *config.Kind) []*Record { return s.byKind[k] }

// IntroOf returns the record that introduces a generated page such as
// proposals/index.html; nil when no file does.
func (s *Site) IntroOf(url string) *Record { return s.intros[url] }

// An Attachment is a file that is published as it is.
type Attachment struct {
	File *source.File
	URL  string
	Data []byte // cleaned content that replaces the file's; nil: the file's own
}

// A Redirect is an old address that leads to a record.
type Redirect struct {
	URL string
	To  *Record
}

// A Folder is a folder of documents that has no index document of its own, so
// that a page is generated for it.
type Folder struct {
	Path    string // ends without "/"
	URL     string
	Folders []*Folder
	Records []*Record // directly in it
}

// A linker makes one site.
type linker struct {
	*Site
	in        Inputs
	addresses addresses
	byID      map[string]map[string]*Record
	byNumber  map[string]func() map[string]*Record // by kind, then by number; made on first use
	linked    map[string]bool                      // attachments that a document links to
	links     [][]link                             // that count as backlinks, in order; of a share of the records each
	tied      []*Note                              // that have Ties of their own, in order
	referred  [][]referred                         // by the number of a record: what its fields refer to, in their order
	aliases   map[string]*Record                   // by an address that they had
	mentions  map[string]map[string]*Record        // by kind and number

	facts   []document.Facts        // by the number of a record, side by side
	numbers map[document.Path]int32 // of records, by path
	pieces  pieces

	linkedFrom []int32 // by the number of a record: that of the last which was seen to link there, counted from 1

	topicByKey map[string]*Topic
	found      map[unique.Handle[document.Name]]*Person // by what was looked for

	reader func() *document.Parser // made on first use; for documents that name somebody who is hidden
}

// Link links documents into a site.
func Link(in Inputs) *Site {
	l := newLinker(in)
	l.unnameDocuments()
	l.records()
	l.addFolders()
	l.attachments()
	l.indexAliases()
	l.indexMentions()
	l.references(func() {
		l.namePersons()
		l.addNotes()
		l.addPeople()
		l.addTopics()
	})
	l.sideBySide(func(*linker) { l.backlinks() }, (*linker).relations)
	l.states()
	l.linkNotes()
	l.attendance()
	l.sideBySide(func(*linker) { l.series() }, (*linker).besidePages)
	l.outcomes()
	l.machines()
	l.redirects()
	l.unlinked()
	l.attachmentsNamed()
	if in.Memory != nil {
		in.Memory.nearest.Sweep()
	}
	return l.Site
}

func newLinker(in Inputs) *linker {
	count := len(in.Documents)
	return &linker{
		Site: &Site{
			Config: in.Config, Words: in.Words, Today: in.Today, byPath: make(map[string]*Record, count), byKind: map[*config.Kind][]*Record{},
			people: map[string]*Person{}, intros: map[string]*Record{},
		},
		in: in, numbers: make(map[document.Path]int32, count), byID: map[string]map[string]*Record{}, linked: map[string]bool{},
		reader:     sync.OnceValue(func() *document.Parser { return document.NewParser(in.Config, in.Words) }),
		topicByKey: map[string]*Topic{}, found: map[unique.Handle[document.Name]]*Person{},
	}
}

// records makes a record of each document, with its address, and notes by what
// others may call it.
func (l *linker) records() {
	all := make([]Record, len(l.in.Documents))
	l.Records, l.facts = make([]*Record, len(all)), make([]document.Facts, len(all))
	chunks(len(all), func(start, end int) {
		for i, d := range l.in.Documents[start:end] {
			i += start
			r := &all[i]
			r.Document, r.Past, r.number, r.last = d, l.in.Past[d.File.Path], i, d.Facts.Last
			l.Records[i], l.facts[i] = r, d.Facts
		}
	})
	l.addresses.init(l.in.Config, len(all))
	l.sideBySide((*linker).assignAddresses, (*linker).indexIDs, (*linker).indexPaths)
}

// indexPaths notes each document by its path, and the documents of each kind.
func (l *linker) indexPaths() {
	for i, r := range l.Records {
		l.byPath[r.File.Path] = r
		l.numbers[r.Path] = int32(i)
		l.Problems = append(l.Problems, r.Problems...)
		if !r.Index {
			l.byKind[r.Kind] = append(l.byKind[r.Kind], r)
		}
	}
}

// problem adds a problem of linking.
func (l *linker) problem(d diag.Diagnostic) { l.Problems.Add(d) }

// state is the status that a record has on the build's day: what it says, but
// what has been is over, and what an accepted record replaces is replaced.
func (l *linker) state(r *Record) *config.Status {
	says := r.Status.Known
	if r.Successor != nil {
		if replaced := r.Kind.Status("superseded"); replaced != nil {
			return replaced
		}
	}
	held := r.Kind.Status("held")
	if held == nil || says != nil && says.Phase != config.OpenPhase || says == nil && r.Status.Text != "" {
		return says
	}
	if last := r.last; !last.IsZero() && last.Before(l.Today) {
		return held
	}
	return says
}

// Over reports whether what the record is about has taken place or will not.
func (s *Site) Over(r *Record) bool {
	if r.State != nil && (r.State.Phase == config.EndedPhase || r.State == r.Kind.Status("held")) {
		return true
	}
	last := r.last
	return !last.IsZero() && last.Before(s.Today)
}

// StatusText is the status in the words of the site, or as it is written when
// the kind has no such status; empty when none is stated.
func (r *Record) StatusText() string {
	if r.State != nil {
		return r.State.Label
	}
	return r.Status.Text
}

// Phase is what the record's status means; "" when it has none that is known.
func (r *Record) Phase() config.Phase {
	if r.State == nil {
		return ""
	}
	return r.State.Phase
}
