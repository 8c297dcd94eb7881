package explain

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Captions of the parts of an example. In the Markdown form none of them may
// begin like an item of notes ("Info: …"): a page of the manual is a document
// like any other.
const (
	beforeCaption  = "So it was before, in %s:"
	wrongCaption   = "Not like this, in %s:"
	besideCaption  = "Beside it stands %s:"
	messageCaption = "What is printed then:"
	mendedCaption  = "But like this, in %s:"
	goneCaption    = "The file %s is gone."
)

// Text writes an explanation for a terminal: the examples indented, nothing
// else marked up.
func Text(w io.Writer, e Explanation) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s (%s): %s\n\n%s\n", e.Code.ID, e.Code.Severity, e.Code.Summary, e.Text)
	form{
		code: func(_, text string) {
			out.WriteByte('\n')
			for line := range strings.Lines(text) {
				if line != "\n" {
					out.WriteString("    ")
				}
				out.WriteString(line)
			}
		},
		say:  func(text string) { fmt.Fprintf(out, "\n%s\n", text) },
		path: func(p string) string { return p },
	}.example(e)
	return out.Flush()
}

// Markdown writes explanations as a page of the manual: a table of all codes
// and a section for each.
func Markdown(w io.Writer, list []Explanation) error {
	out := bufio.NewWriter(w)
	out.WriteString(head)
	for _, e := range list {
		fmt.Fprintf(out, "| [%s](#%s) | %s | %s |\n", e.Code.ID, e.Code.ID, e.Code.Severity, e.Code.Summary)
	}
	for _, e := range list {
		fmt.Fprintf(out, "\n## %s\n\nThe rule (%s): %s.\n\n%s\n", e.Code.ID, e.Code.Severity, e.Code.Summary, e.Text)
		form{
			code: func(language, text string) {
				fence := fenceFor(text)
				fmt.Fprintf(out, "\n%s%s\n%s%s\n", fence, language, text, fence)
			},
			say:  func(text string) { fmt.Fprintf(out, "\n%s\n", text) },
			path: func(p string) string { return "`" + p + "`" },
		}.example(e)
	}
	out.WriteString(foot)
	return out.Flush()
}

const head = `# Problems and the way out

Every change is checked. A problem is printed in one line, with the file, the line and the column, and at its end stands a
code in brackets. Look the code up here. Each example is a small site that has the problem, then what is printed, then the
files as they should be. ` + "`minutebook explain CODE`" + ` prints the same in a terminal.

An error fails the check. A warning should be mended and lets the check pass. An info is worth knowing. The site is
published with problems, too, except where a text below says that it is not.

| Code | Severity | What the rule wants |
|---|---|---|
`

const foot = `
## If a code is not here

This page is made from the files in ` + "`generator/explain/codes`" + ` of the program, one for each code. Mend a text there; the
tests run every example and say how this page is made anew.
`

// A form is a way to print an example.
type form struct {
	code func(language, text string)
	say  func(text string)
	path func(path string) string
}

// example shows what is wrong, what stands beside it and is right, and what is
// mended. Files that stay as they are do not come twice.
func (f form) example(e Explanation) {
	wrong := without(e.Wrong, e.Mended)
	f.files(beforeCaption, e.Before)
	f.files(wrongCaption, wrong)
	f.files(besideCaption, without(e.Wrong, wrong))
	f.say(messageCaption)
	f.code("text", e.Message)
	f.files(mendedCaption, without(e.Mended, e.Wrong))
	for _, file := range wrong {
		if !slices.ContainsFunc(e.Mended, func(m File) bool { return m.Path == file.Path }) {
			f.say(fmt.Sprintf(goneCaption, f.path(file.Path)))
		}
	}
}

// without is the list of files that are not, with the same text, in another.
func without(files, other []File) (rest []File) {
	for _, f := range files {
		if !slices.Contains(other, f) {
			rest = append(rest, f)
		}
	}
	return rest
}

func (f form) files(caption string, files []File) {
	for _, file := range files {
		f.say(fmt.Sprintf(caption, f.path(file.Path)))
		// What is not UTF-8 looks here as it does on a page.
		f.code(languages[path.Ext(file.Path)], strings.ToValidUTF8(file.Text, "\ufffd"))
	}
}

// languages are what fences call the languages of files, by ending.
var languages = map[string]string{".md": "markdown", ".yaml": "yaml", ".html": "html", ".csv": "text"}

var backticks = regexp.MustCompile("`+")

// fenceFor is a fence longer than any row of backticks in a text.
func fenceFor(text string) string {
	longest := 2
	for _, row := range backticks.FindAllString(text, -1) {
		longest = max(longest, len(row))
	}
	return strings.Repeat("`", longest+1)
}
