package change

import (
	"bufio"
	"fmt"
	"io"

	"minutebook/generator/diag"
)

// Text writes a change for a terminal or a mail.
func Text(w io.Writer, c *Change, o Options) error {
	out := writer{Writer: bufio.NewWriter(w), Change: c, Options: o}
	out.line("%s", sentenceCase(c.summary()))
	for _, d := range c.Documents {
		out.line("")
		out.line("%s: %s (%s)", out.path(d.Path), plain(d.Title), stateWords[d.State])
		if d.Was != "" {
			out.line("  was %s", out.path(d.Was))
		}
		for i := range d.Facts {
			out.line("  %s: %s", d.Facts[i].Kind.label(), d.Facts[i].sentence(plain))
		}
	}
	out.textProblems("Problems that this adds:", c.Problems.Added)
	out.textProblems("Problems that this mends:", c.Problems.Mended)
	for _, part := range []struct {
		heading string
		paths   Paths
	}{{"Attachments:", c.Files}, {"Pages:", c.Pages}} {
		if part.paths.Len() > 0 {
			out.line("")
			out.line("%s", part.heading)
		}
		for _, d := range part.paths.all() {
			out.line("  %s %s", d.path, d.word)
		}
	}
	for _, name := range c.Settings {
		out.line("")
		out.line("%s says something else now: it holds for all documents.", out.path(name))
	}
	return out.Flush()
}

// line writes a line that nothing obeys, whatever it is made of.
func (w *writer) line(format string, args ...any) {
	fmt.Fprintln(w, diag.Printable(fmt.Sprintf(format, args...)))
}

func (w *writer) textProblems(heading string, l diag.List) {
	if len(l) == 0 {
		return
	}
	w.line("")
	w.line("%s", heading)
	for _, d := range l {
		w.line("  %s: %s", d.Severity, plain(d.String()))
	}
}
