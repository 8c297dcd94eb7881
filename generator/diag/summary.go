package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// rowsPerTable is how many problems of a severity a summary lists, and
// longestCell how many characters a cell has. Together they keep a summary
// below the mebibyte that GitHub accepts, whatever the problems say.
const (
	rowsPerTable = 50
	longestCell  = 300
)

// Summary writes Markdown for the summary of a job of GitHub Actions (the file
// that GITHUB_STEP_SUMMARY names): how many problems there are, and a table of
// the first 50 of each severity.
func Summary(w io.Writer, r Report) error {
	out := bufio.NewWriter(w)
	l := r.Problems
	counts := tally(l.Count(Error), l.Count(Warning), l.Count(Info))
	if counts == "" {
		counts = "no problems"
	}
	fmt.Fprintf(out, "## Minutebook: %s\n", counts)
	if r.Before > 0 {
		fmt.Fprintf(out, "\n%s\n", r.before())
	}
	for of, why := range r.unknown() {
		fmt.Fprintf(out, "\n%s%s\n", of, cell(why))
	}
	summarize(out, l, Error, "Errors")
	summarize(out, l, Warning, "Warnings")
	summarize(out, l, Info, "Notes")
	return out.Flush()
}

func summarize(out *bufio.Writer, l List, s Severity, heading string) {
	rows := 0
	for _, d := range l {
		if d.Severity != s {
			continue
		}
		if rows++; rows > rowsPerTable {
			continue
		}
		if rows == 1 {
			fmt.Fprintf(out, "\n### %s\n\n| Place | Problem | Way out | Code |\n| --- | --- | --- | --- |\n", heading)
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s |\n", cell(shown(Place{d.Path, d.Start})), cell(d.Message), cell(d.Hint), cell(d.Code))
	}
	if rows > rowsPerTable {
		fmt.Fprintf(out, "\nand %d more\n", rows-rowsPerTable)
	}
}

// cell is a text as a cell of a table. It stands between backticks, where
// GitHub sees neither Markdown nor HTML, mentions nor links. The two characters
// that could end a cell or the backticks stand between two such parts, as
// entities, which Markdown never takes for syntax.
func cell(s string) string {
	s = Printable(clip(s, longestCell))
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, "`|")
		if i < 0 {
			b.WriteString(codeSpan(s))
			break
		}
		b.WriteString(codeSpan(s[:i]))
		fmt.Fprintf(&b, "&#%d;", s[i])
		s = s[i+1:]
	}
	return b.String()
}

// codeSpan is a text without backticks between backticks. Markdown drops one
// blank on either side when both are there.
func codeSpan(s string) string {
	switch {
	case s == "":
		return ""
	case strings.HasPrefix(s, " ") && strings.HasSuffix(s, " ") && strings.Trim(s, " ") != "":
		s = " " + s + " "
	}
	return "`" + s + "`"
}
