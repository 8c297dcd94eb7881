// Package edit changes source files as a careful person would: only the bytes
// that must change, and everything else as it was, line endings, quotes,
// comments and all.
//
// An [Editor] starts from a linked site and collects edits of many files in
// memory. What an edit did is read back by the same parser that reads documents:
// an edit that does not say what was asked, or that changes anything beside it,
// is an error and not a file. [Editor.Changes] are then written by [Write], all
// of them or none.
package edit

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"minutebook/generator/document"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// An Editor collects changes to the files of a content folder. It is for one
// command: it never looks at the disk.
type Editor struct {
	Site    *site.Site
	Content *source.Tree
	Folder  string // how messages call the content folder; "" for not at all

	parser  *document.Parser
	changed map[string]*Change // by the path after the change
}

// New begins to edit the content that a site was linked from. The parser is the
// one that read it.
func New(s *site.Site, content *source.Tree, parser *document.Parser) *Editor {
	return &Editor{Site: s, Content: content, parser: parser, changed: map[string]*Change{}}
}

// A Change is what becomes of one file.
type Change struct {
	Path   string // slash-separated, in the content folder
	Old    string // the path before; the same unless the file moves, "" for a new file
	Before []byte // nil for a new file
	After  []byte
	Whole  bool // the file moves as it is, and Before and After are nil: it may be large
}

// A Refusal says why an edit is not made: what is asked for does not go with
// what the documents say.
type Refusal struct{ Reason, Hint string }

func (r *Refusal) Error() string {
	if r.Hint == "" {
		return r.Reason
	}
	return r.Reason + "; " + r.Hint
}

func refuse(hint, format string, args ...any) error {
	return &Refusal{Reason: fmt.Sprintf(format, args...), Hint: hint}
}

// Changes are the files that differ from what they were, by path.
func (e *Editor) Changes() []Change {
	var list []Change
	for _, p := range slices.Sorted(maps.Keys(e.changed)) {
		if c := e.changed[p]; c.Old != c.Path || !bytes.Equal(c.Before, c.After) {
			list = append(list, *c)
		}
	}
	return list
}

// named is how messages call a file.
func (e *Editor) named(p string) string { return path.Join(e.Folder, p) }

// data is the text of a file as edited so far.
func (e *Editor) data(p string) []byte {
	if c := e.changed[p]; c != nil {
		return c.After
	}
	if f := e.Content.File(p); f != nil {
		return f.Data
	}
	return nil
}

// put sets the text of a file.
func (e *Editor) put(path string, data []byte) {
	if c := e.changed[path]; c != nil {
		c.After = data
		return
	}
	c := &Change{Path: path, After: data}
	if f := e.Content.File(path); f != nil {
		c.Old, c.Before = path, f.Data
	}
	e.changed[path] = c
}

// document is a file as edited so far, read anew.
func (e *Editor) document(path string) *document.Document {
	return e.parser.Parse(source.NewFile(path, e.data(path)))
}

// Tree is the content with the changes in it.
func (e *Editor) Tree() *source.Tree {
	files := make([]*source.File, 0, len(e.Content.Files())+len(e.changed))
	gone := map[string]bool{}
	for _, c := range e.changed {
		gone[c.Old] = true
	}
	for _, f := range e.Content.Files() {
		if !gone[f.Path] {
			files = append(files, f)
		}
	}
	for _, c := range e.changed {
		data := c.After
		if f := e.Content.File(c.Old); c.Whole && f != nil {
			data = f.Data
		}
		files = append(files, source.NewFile(c.Path, data))
	}
	tree := source.NewTree(files...)
	tree.Skipped, tree.Folders = e.Content.Skipped, e.Content.Folders
	return tree
}

// A splice replaces a part of a text.
type splice struct {
	source.Span
	text string
}

// apply replaces parts of a text. They must not overlap; of those at one place
// the first comes first.
func apply(data []byte, splices ...splice) []byte {
	splices = slices.Clone(splices)
	slices.SortStableFunc(splices, func(a, b splice) int { return a.Start - b.Start })
	var out bytes.Buffer
	at := 0
	for _, s := range splices {
		if s.Start < at {
			panic("edit: splices overlap")
		}
		out.Write(data[at:s.Start])
		out.WriteString(s.text)
		at = s.End
	}
	out.Write(data[at:])
	return out.Bytes()
}

// newline is how the lines of a text end: as the first one does.
func newline(data []byte) string {
	if i := bytes.IndexByte(data, '\n'); i > 0 && data[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// lineStart is where the line begins that holds an offset.
func lineStart(data []byte, at int) int { return bytes.LastIndexByte(data[:at], '\n') + 1 }

// lineEnd is where the line ends that holds an offset, behind its line ending.
func lineEnd(data []byte, at int) int {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(data)
}

// withNewlines is a text of ours with the line endings of a file.
func withNewlines(text, newline string) string {
	if newline == "\n" {
		return text
	}
	return strings.ReplaceAll(text, "\n", newline)
}
