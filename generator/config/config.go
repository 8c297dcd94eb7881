// Package config holds the settings of a site: its title, language and time
// zone, the kinds of documents with their fields and statuses, and the people
// and groups.
//
// Kinds are data. The ones that Minutebook brings are read from builtin.yaml by
// the same loader that reads the content folder's minutebook.yaml, which can
// change them and add others.
package config

import (
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// FileName is the configuration's file in the content folder.
const FileName = "minutebook.yaml"

// Config is the settings of a site. It never changes after it was loaded.
type Config struct {
	Title       string // empty: that of the document that introduces Home
	Description string
	Language    string // of the documents, as a BCP 47 tag; "en" unless set
	Direction   string // ltr or rtl; follows from the language unless set
	ZoneName    string // IANA name; "UTC" unless set
	Zone        *time.Location
	Today       date.Date // pins the day for an archive or an example; zero: the real day
	BaseURL     string    // absolute, ends with "/"; empty when unknown
	Repository  string    // https address of the repository, without "/" at the end; may be empty
	Host        Host      // software of the repository's host; follows from its address unless set
	Branch      string    // that edit links lead to; "main" unless set
	SiteID      string    // names the site in feeds and calendars
	HTML        string    // policy for HTML in documents: github, escape or unsafe
	LinkSchemes []string  // that links may have besides http, https and mailto
	Severities  map[string]diag.Severity
	TrackSince  date.Date // what was left open before this day is never late or incomplete; zero: all may be
	Attendance  bool      // pages of persons list the meetings they were at
	Sources     bool      // the source of each document is published beside its page
	History     bool      // git tells since when documents are there; true unless set
	Kinds       []*Kind   // in the order of the files; the last is the plain page

	// Own are the names, labels and sentences that the site's own file gives to
	// kinds, fields and statuses. They are shown as they are written; those that
	// Minutebook brings are told in the words of the site's language.
	Own map[string]bool

	LanguageAt source.Span // of the language in the file; zero where it is not set

	Excluded []string          // globs of files that are no part of the site
	SelfURLs []SelfURL         // addresses of the site's own documents elsewhere
	Headings map[string]string // words of headings to the section of notes that they begin
	Reading  Reading           // how documents of every kind are read

	Sum source.Sum // identifies everything that Load read

	byName  map[string]*Kind
	builtin int // how many of byName Minutebook brings; a site's own come later in Kinds, but match first
}

// A Kind is a kind of document.
type Kind struct {
	Name     string
	Label    string // Proposal
	Plural   string // Proposals
	Folder   string // of its index page; empty: it has none
	Include  []string
	Exclude  []string
	Day      []string // fields that date a document, first that is there counts
	FileDay  string   // field that a date at the start of a file name fills
	Open     bool     // any key is allowed
	Stated   bool     // every document should state its status
	Fields   []*Field // in the order of the files, common fields first
	Statuses []*Status
	Defaults map[string]string // field to value, for documents that do not say

	Index    bool     // README and index files are documents of the kind, too
	ID       IDRule   // how a document's display id is made
	Mentions []string // how texts mention documents: EIP-{n}
	Reading           // where its documents say what; completed by what holds for every kind

	fallbacks map[string]*Field // by key
	renames   map[string]string // key, as it is compared, to field
	folders   map[string]bool   // names of folders that are included with all below them
	globs     []string          // the other patterns of Include
	fields    map[string]*Field // by name and alias
	ofType    map[Type][]*Field // in the order of Fields
	statuses  map[string]*Status
}

// A Type says how a field's value is read.
type Type string

// The types of fields. The last five are lists.
const (
	Text       Type = "text"       // a line of free text
	Word       Type = "word"       // one of a set of words, or any word
	StatusWord Type = "status"     // a status of the kind
	Date       Type = "date"       // a day
	Time       Type = "time"       // a local wall time, or a day alone
	Duration   Type = "duration"   // 60m, 1h30m
	Zone       Type = "zone"       // an IANA time zone
	Number     Type = "number"     // a whole number
	Flag       Type = "flag"       // true or false
	Tongue     Type = "language"   // a BCP 47 tag
	URL        Type = "url"        // an address with an allowed scheme
	Links      Type = "links"      // addresses, each perhaps with a label before it
	People     Type = "people"     // persons and groups
	References Type = "references" // other documents
	Tags       Type = "tags"       // topics
	Paths      Type = "paths"      // site paths
)

// IsList reports whether a field of the type may have several values.
func (t Type) IsList() bool {
	switch t {
	case Links, People, References, Tags, Paths:
		return true
	}
	return false
}

// A Field is a key of front matter.
type Field struct {
	Name      string
	Type      Type
	Label     string // among the facts of a page; empty: not listed there
	Aliases   []string
	Fallbacks []string          // keys that count where no spelling of the field is there
	Values    []string          // allowed words; empty: any
	Labels    map[string]string // what pages call some of those words
	Kind      string            // of the documents that it refers to; empty: any
	Relation  string            // what the document's page calls those documents
	Inverse   string            // what their pages call this one
	Opposite  string            // the field that says the same from the other side
}

// A Phase is what a status means for lists and deadlines.
type Phase string

const (
	DraftPhase   Phase = "draft"   // not yet put to anybody
	OpenPhase    Phase = "open"    // waits for something
	DecidedPhase Phase = "decided" // settled
	EndedPhase   Phase = "ended"   // no longer pursued, or no longer what holds
)

// A Status is a state of a kind's lifecycle.
type Status struct {
	Name    string
	Label   string // in the words of the site
	Means   string // in a sentence, for readers; may be empty
	Tone    string // how it looks
	Phase   Phase
	Moves   []string // names of the statuses that may follow
	Needs   []string // names of the fields that a document with it states
	Forbids []string // and of those that it does not state yet, or no longer
	Aliases []string
}

// Untrusted are the settings for documents of strangers who have written c, too:
// those of trusted, all of them, but never html: unsafe. Almost every setting can
// loosen a rule: a field's type, a status's phase, the day. Where trusted is nil
// they are c, with html, link-schemes and rules as they are unless set.
func (c *Config) Untrusted(trusted *Config) *Config {
	if trusted != nil {
		return trusted.Safe()
	}
	other := *c
	other.HTML, other.LinkSchemes, other.Severities = "github", nil, nil
	other.Sum = source.SumOf(append([]byte("untrusted"), c.Sum[:]...))
	return &other
}

// Safe is c, with html: github where it is unsafe.
func (c *Config) Safe() *Config {
	if c.HTML != "unsafe" {
		return c // whatever was read under these settings is still right
	}
	other := *c
	other.HTML = "github"
	other.Sum = source.SumOf(append([]byte("safe"), c.Sum[:]...))
	return &other
}

// Kind returns the kind of a name, nil when there is none.
func (c *Config) Kind(name string) *Kind { return c.byName[name] }

// Page is the kind of every document that no other kind includes.
func (c *Config) Page() *Kind { return c.byName["page"] }

// KindOf says of which kind a Markdown file is by its path: the first kind that
// includes it, those of the site itself before those that Minutebook brings;
// else the plain page. Index files are plain pages.
func (c *Config) KindOf(path string) *Kind { return c.kindOf(path, "") }

// KindWith is KindOf for a file with a sidecar beside it, "" when there is none.
// An index file with the sidecar of a kind is a document of it.
func (c *Config) KindWith(path, sidecar string) *Kind { return c.kindOf(path, sidecar) }

func (c *Config) kindOf(path, sidecar string) *Kind {
	index := source.IsIndex(path)
	low := strings.ToLower(path)
	brought := c.builtin - 1 // the plain page is the last
	for i := range c.Kinds {
		k := c.Kinds[(brought+i)%len(c.Kinds)]
		if index && !k.Index && (sidecar == "" || !slices.Contains(k.Sidecars, sidecar)) {
			continue
		}
		if k.includes(low) && !matchAny(k.Exclude, low) {
			return k
		}
	}
	return c.Page()
}

// Matched is the pattern that makes a file one of the kind; "" when none does.
func (k *Kind) Matched(path string) string {
	low := strings.ToLower(path)
	for _, g := range k.Include {
		if matchAny([]string{g}, low) {
			return g
		}
	}
	return ""
}

// includes reports whether a lower-case path fits one of the kind's patterns.
func (k *Kind) includes(path string) bool {
	for rest := path; len(k.folders) > 0; {
		folder, below, more := strings.Cut(rest, "/")
		if !more {
			break
		}
		if k.folders[folder] {
			return true
		}
		rest = below
	}
	return matchAny(k.globs, path)
}

func matchAny(globs []string, path string) bool {
	for _, g := range globs {
		if doublestar.MatchUnvalidated(g, path) {
			return true
		}
	}
	return false
}

// Field returns the field that a key names, by its name or an alias. Keys are
// compared as [NormalKey] has them.
func (k *Kind) Field(key string) *Field {
	if f := k.fields[key]; f != nil || isNormal(key) {
		return f
	}
	return k.fields[NormalKey(key)]
}

// Fallback returns the field that a key says where nothing else does; nil for
// other keys.
func (k *Kind) Fallback(key string) *Field { return k.fallbacks[NormalKey(key)] }

// OfType are the fields of a type, in the order of the kind's.
func (k *Kind) OfType(t Type) []*Field { return k.ofType[t] }

// Status returns the status that a word names, nil when it names none. Case and
// surrounding punctuation do not matter.
func (k *Kind) Status(word string) *Status {
	if s := k.statuses[word]; s != nil || isNormal(word) {
		return s
	}
	return k.statuses[normalWord(word)]
}

// Decided reports whether a document with a status was decided upon: it is
// settled, or was settled before, as what was accepted and then replaced.
func (k *Kind) Decided(s *Status) bool {
	if s == nil || s.Phase == DecidedPhase {
		return s != nil
	}
	return slices.ContainsFunc(k.Statuses, func(from *Status) bool {
		return from.Phase == DecidedPhase && slices.Contains(from.Moves, s.Name)
	})
}

// NormalKey is a key as it is compared: lower case, with "_", blanks and "." as
// "-", without a ":" or "#" at its end and a hint in parentheses:
// "category (*only required for Standard Track)", "author(s)".
func NormalKey(key string) string {
	key = strings.Trim(key, " \t:#")
	if open := strings.IndexByte(key, '('); open > 0 && strings.HasSuffix(key, ")") {
		key = key[:open]
	}
	return folded(strings.TrimSpace(key))
}

// isNormal reports whether a key or a word is certain to be as it is compared:
// those of this program are, and are asked for again and again.
func isNormal(word string) bool {
	for i := range len(word) {
		if c := word[i]; c != '-' && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

func folded(word string) string { return keySeparators.Replace(strings.ToLower(word)) }

var keySeparators = strings.NewReplacer("_", "-", " ", "-", ".", "-")

// folderOf is the name in a pattern such as **/proposals/**; "" for others.
func folderOf(glob string) string {
	name, ok := strings.CutPrefix(glob, "**/")
	if name, ok2 := strings.CutSuffix(name, "/**"); ok && ok2 && !strings.ContainsAny(name, `*?[]{}\/`) {
		return name
	}
	return ""
}

func normalWord(word string) string {
	return folded(strings.Trim(word, " \t*_.`"))
}

// index makes the look-up tables of a kind whose lists are complete.
func (k *Kind) index() {
	k.fields, k.ofType = map[string]*Field{}, map[Type][]*Field{}
	k.statuses = map[string]*Status{}
	for _, f := range k.Fields {
		for _, alias := range f.Aliases {
			k.fields[NormalKey(alias)] = f
		}
	}
	for _, f := range k.Fields { // a name wins over another field's alias
		k.fields[NormalKey(f.Name)] = f
		k.ofType[f.Type] = append(k.ofType[f.Type], f)
	}
	k.fallbacks = map[string]*Field{}
	for _, f := range k.Fields {
		for _, key := range f.Fallbacks {
			k.fallbacks[NormalKey(key)] = f
		}
	}
	for key, name := range k.renames {
		if f := k.fields[name]; f != nil {
			k.fields[key] = f
		}
	}
	k.folders, k.globs = map[string]bool{}, nil
	for _, g := range k.Include {
		if folder := folderOf(g); folder != "" {
			k.folders[folder] = true
		} else {
			k.globs = append(k.globs, g)
		}
	}
	for _, s := range k.Statuses {
		for _, alias := range s.Aliases {
			k.statuses[normalWord(alias)] = s
		}
	}
	for _, s := range k.Statuses {
		k.statuses[normalWord(s.Name)] = s
	}
}
