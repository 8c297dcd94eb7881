package change

import (
	"bufio"
	"fmt"
	"io"
	"net/url"
	"strings"

	"minutebook/generator/diag"
)

// Options say how a change is written.
type Options struct {
	// Content stands before the paths of documents; "" for none.
	Content string
	// Preview is the address that the site after the change can be seen at; nil:
	// it cannot.
	Preview *url.URL
}

// A Format writes a change.
type Format func(w io.Writer, c *Change, o Options) error

// Formats are the ways to write a change, by the name that users give.
var Formats = map[string]Format{"markdown": Markdown, "json": JSON, "text": Text}

// How much Markdown is written. What is beyond is counted. GitHub takes 65,536
// characters for a comment; lists end before that is full, whatever the texts
// are.
const (
	mostDocuments = 60
	mostFacts     = 40 // of a document
	mostProblems  = 30 // added, and mended
	mostPages     = 40
	fullAfter     = 50_000 // bytes
)

// A writer writes a change for people.
type writer struct {
	*bufio.Writer
	*Change
	Options
	written int // bytes, by list and document
}

// Markdown writes a change for a comment or a job's summary on GitHub.
func Markdown(w io.Writer, c *Change, o Options) error {
	out := writer{Writer: bufio.NewWriter(w), Change: c, Options: o}
	fmt.Fprintf(out, "## What this change does\n\n%s\n", sentenceCase(c.summary()))
	shown, edited := c.shown()
	for i := range shown {
		if i == mostDocuments || out.full() {
			fmt.Fprintf(out, "\nand %s\n", count(len(shown)-i, "more document"))
			break
		}
		out.document(&shown[i])
	}
	if len(edited) > 0 {
		fmt.Fprint(out, "\n### Text edited\n\n")
		out.list(len(edited), mostDocuments, func(i int) string { return out.place(&edited[i]) + " " + escaped(edited[i].Title) })
	}
	out.problems("Problems that this adds", c.Problems.Added)
	out.problems("Problems that this mends", c.Problems.Mended)
	out.files()
	out.pages()
	return out.Flush()
}

// shown divides the documents into those of which there is something to tell,
// and those whose text was edited.
func (c *Change) shown() (told, edited []Document) {
	for _, d := range c.Documents {
		if d.State == Changed && d.rank() == Body.rank() {
			edited = append(edited, d)
			continue
		}
		told = append(told, d)
	}
	return told, edited
}

func sentenceCase(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

func (w *writer) document(d *Document) {
	head := fmt.Sprintf("\n### %s\n\n%s: %s, %s", escaped(d.Title), escaped(d.Kind), stateWords[d.State], w.place(d))
	if d.Was != "" {
		head += ", was " + code(w.path(d.Was))
	}
	w.written += len(head)
	w.WriteString(head + "\n")
	if len(d.Facts) > 0 {
		w.WriteString("\n")
	}
	w.list(len(d.Facts), mostFacts, func(i int) string {
		f := &d.Facts[i]
		return fmt.Sprintf("**%s:** %s", f.Kind.label(), f.sentence(escaped))
	})
}

// list writes the first lines of a list and counts the others.
func (w *writer) list(n, most int, line func(int) string) {
	for i := range n {
		if i == most || w.full() {
			fmt.Fprintf(w, "- and %d more\n", n-i)
			return
		}
		text := line(i)
		w.written += len(text)
		fmt.Fprintf(w, "- %s\n", text)
	}
}

// full reports whether there is no room for more.
func (w *writer) full() bool { return w.written > fullAfter }

// place is a document's file, with a link to its page where it can be seen.
func (w *writer) place(d *Document) string {
	text := code(w.path(d.Path))
	if w.Preview != nil && d.URL != "" {
		text += " (" + link("preview", address(w.Preview, d.URL)) + ")"
	}
	return text
}

func (w *writer) path(p string) string {
	if w.Content == "" || w.Content == "." {
		return p
	}
	return w.Content + "/" + p
}

func (w *writer) problems(heading string, l diag.List) {
	if len(l) == 0 {
		return
	}
	fmt.Fprintf(w, "\n### %s\n\n", heading)
	w.list(len(l), mostProblems, func(i int) string {
		d := l[i]
		text := fmt.Sprintf("**%s** %s: %s (%s)", d.Severity, code(diag.Place{Path: d.Path, Start: d.Start}.String()), escaped(d.Message), code(d.Code))
		if d.Hint != "" {
			text += "; " + escaped(d.Hint)
		}
		return text
	})
}

// files writes what changed besides documents.
func (w *writer) files() {
	if len(w.Settings) > 0 {
		w.WriteString("\n### Settings\n\n")
		w.list(len(w.Settings), mostPages, func(i int) string {
			return code(w.path(w.Settings[i])) + " says something else now: it holds for all documents"
		})
	}
	if w.Files.Len() == 0 {
		return
	}
	w.WriteString("\n### Attachments\n\n")
	all := w.Files.all()
	w.list(len(all), mostPages, func(i int) string { return code(w.path(all[i].path)) + " " + all[i].word })
}

// A difference is a path with what became of it.
type difference struct{ path, word string }

func (p Paths) all() []difference {
	var list []difference
	for _, part := range []struct {
		paths []string
		word  string
	}{{p.Added, "is new"}, {p.Changed, "is different"}, {p.Removed, "is gone"}} {
		for _, path := range part.paths {
			list = append(list, difference{path, part.word})
		}
	}
	return list
}

// pages writes the pages that look different, but for those of documents that
// were shown already.
func (w *writer) pages() {
	seen := map[string]bool{}
	for _, d := range w.Documents {
		seen[d.URL] = true
	}
	var rest []difference
	for _, d := range w.Pages.all() {
		if !seen[d.path] {
			rest = append(rest, d)
		}
	}
	if len(rest) == 0 {
		return
	}
	fmt.Fprintf(w, "\n<details><summary>%s that follow from this</summary>\n\n", count(len(rest), "more page"))
	w.list(len(rest), mostPages, func(i int) string {
		text := code(rest[i].path)
		if w.Preview != nil && rest[i].word != "is gone" {
			text = link(text, address(w.Preview, rest[i].path))
		}
		return text + " " + rest[i].word
	})
	w.WriteString("\n</details>\n")
}
