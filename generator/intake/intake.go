// Package intake turns what a community already has of a discussion (messages of
// a mailing list, minutes of MeetBot, logs of a chat) into documents for a
// person to review.
//
// Input is hostile: it was written by strangers and kept by programs of many
// ages. Each reader has limits that hold before anything is parsed, text of the
// input stays text in the document (see markup), mail addresses are left out and
// persons whom people.yaml hides are not named (see privacy). The package reads
// no file and writes none.
package intake

import (
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// MostBytes is how large an input may be.
const MostBytes = 64 << 20

// An Input is a file that somebody wants to import.
type Input struct {
	Name string // as the user gave it
	Data []byte
}

// Options say what is made of an input.
type Options struct {
	Config  *config.Config
	People  *config.Directory
	Content *source.Tree // what is there already; nil: nothing is

	Path   string       // in the content folder, of the document; "" by the convention of its kind
	Kind   *config.Kind // of mail: what a message becomes
	Thread bool         // of mail: the messages of a thread become one document
	Day    date.Date    // of a log that does not say it; zero: unknown
	Zone   string       // of times that name none, an IANA name; "" is that of the site
}

// A Draft is a document that an input becomes, or the one that it became before.
type Draft struct {
	Path string // in the content folder; a suggestion that nothing else has
	Text []byte // nil: the document at Path has this input already
	IDs  []string
}

// A Remark is something to tell about an input.
type Remark struct {
	File   string // as the user gave it
	Line   int    // 1-based; 0: the file as a whole
	Text   string
	Hint   string // the way out; may be empty
	Severe bool   // something could not be imported
}

// String is the remark as path:line: text, in characters that a terminal may
// print.
func (r Remark) String() string {
	place := r.File + ": "
	if r.Line > 0 {
		place = fmt.Sprintf("%s:%d: ", r.File, r.Line)
	}
	if r.Hint != "" {
		return diag.Printable(place+r.Text) + "\n  " + diag.Printable(r.Hint)
	}
	return diag.Printable(place + r.Text)
}

// A desk is one import: what is known, and what comes out.
type desk struct {
	Options
	guard   *privacy
	parser  *document.Parser
	known   map[string]string // path of the document that has an input, by its id
	taken   map[string]bool   // paths that something has, in lower case
	folders map[*config.Kind]string
	drafts  []Draft
	remarks []Remark
}

func newDesk(o Options) *desk {
	if o.Content == nil {
		o.Content = source.NewTree()
	}
	if o.People == nil {
		o.People, _ = config.LoadPeople(o.Content)
	}
	d := &desk{Options: o, guard: newPrivacy(o.People), parser: document.NewParser(o.Config, nil), known: map[string]string{}, taken: map[string]bool{}, folders: map[*config.Kind]string{}}
	for _, f := range o.Content.Files() {
		d.taken[strings.ToLower(f.Path)] = true
		for _, id := range importedIDs(f) {
			if _, twice := d.known[id]; !twice {
				d.known[id] = f.Path
			}
		}
	}
	return d
}

func (d *desk) remark(file string, line int, format string, args ...any) *Remark {
	d.remarks = append(d.remarks, Remark{File: file, Line: line, Text: fmt.Sprintf(format, args...)})
	return &d.remarks[len(d.remarks)-1]
}

// refuse says that something is not imported, and the way out.
func (d *desk) refuse(file string, line int, hint, format string, args ...any) {
	r := d.remark(file, line, format, args...)
	r.Hint, r.Severe = hint, true
}

// importKey is the key of a document's front matter that tells what it was made
// of.
const importKey = "x-imported"

// identity names an input in a document's front matter. A message is known by
// its Message-ID, which looks like an address, so that only its sum is kept.
func identity(format, of string) string {
	sum := source.SumOf([]byte(of))
	return format + "-" + hex.EncodeToString(sum[:16])
}

// importedIDs are the inputs that a document says it was made of.
func importedIDs(f *source.File) []string {
	if !source.IsMarkdown(f.Path) || !strings.Contains(string(f.Data), importKey) {
		return nil
	}
	block, _ := frontmatter.Split(f)
	if !block.Present {
		return nil
	}
	m, _ := frontmatter.Decode(f, block.YAML)
	e, _ := m.Lookup(importKey)
	ids := []string{e.Value.Text}
	for _, item := range e.Value.Items {
		ids = append(ids, item.Text)
	}
	return ids
}

// Has reports whether a document says that it was made of all of some inputs.
func Has(text []byte, ids []string) bool {
	have := importedIDs(source.NewFile("x.md", text))
	return !slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(have, id) })
}

// have notes that a document has an input already.
func (d *desk) have(path string, ids []string) {
	d.drafts = append(d.drafts, Draft{Path: path, IDs: ids})
}

// add adds a document. Whatever came out is read the way the site reads it: what
// has an error there is refused, and so is a hidden name.
func (d *desk) add(in Input, line int, k *config.Kind, name string, f *front, body string) {
	p := d.place(k, name)
	kind := ""
	if d.Config.KindOf(p) != k { // where it lies does not tell
		kind = "kind: " + k.Name + "\n"
	}
	text := []byte("---\n" + kind + f.String() + "---\n\n" + d.guard.unnamed(body)) // names may go over lines
	doc := d.parser.Parse(source.NewFile(p, text))
	for _, problem := range doc.Problems {
		if problem.Severity == diag.Error {
			d.refuse(in.Name, line, "shorten it, or write the document by hand", "the document that this would become is refused: %s", problem.Message)
			return
		}
	}
	d.taken[strings.ToLower(p)] = true
	d.drafts = append(d.drafts, Draft{Path: p, Text: text, IDs: f.ids})
}

// place is a path of a kind that nothing has.
func (d *desk) place(k *config.Kind, name string) string {
	if d.Path != "" {
		return d.Path
	}
	dir := d.folder(k)
	for n := 1; ; n++ {
		p := path.Join(dir, name+".md")
		if n > 1 {
			p = path.Join(dir, fmt.Sprintf("%s-%d.md", name, n))
		}
		if !d.taken[strings.ToLower(p)] && !source.IsIndex(p) {
			return p
		}
	}
}

// discussions is the folder of pages that keep a discussion.
const discussions = "discussions"

// folder is where documents of a kind lie.
func (d *desk) folder(k *config.Kind) string {
	if _, found := d.folders[k]; !found {
		d.folders[k] = d.findFolder(k)
	}
	return d.folders[k]
}

// findFolder is where most documents of a kind are, else the folder that the
// kind's pattern names.
func (d *desk) findFolder(k *config.Kind) string {
	if k.Open {
		return discussions
	}
	count, best := map[string]int{}, ""
	for _, f := range d.Content.Files() {
		if source.IsMarkdown(f.Path) && d.Config.KindOf(f.Path) == k {
			dir := path.Dir(f.Path)
			count[dir]++
			if count[dir] > count[best] || count[dir] == count[best] && dir < best {
				best = dir
			}
		}
	}
	switch {
	case best != "":
		return best
	case k.Folder != "" && d.Config.KindOf(path.Join(k.Folder, "x.md")) == k:
		return k.Folder
	}
	for _, pattern := range k.Include {
		dir := strings.Trim(strings.ReplaceAll(path.Dir(strings.ReplaceAll(pattern, "**", ".")), "*", ""), "/")
		if dir = path.Clean(dir); !strings.ContainsAny(dir, "?[{") && d.Config.KindOf(path.Join(dir, "x.md")) == k {
			return dir
		}
	}
	return k.Name
}
