package diag

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// annotationsPerStep is how many annotations of a severity GitHub shows for one
// step; it drops the others without a word.
const annotationsPerStep = 10

// annotationNames are the workflow commands by severity.
var annotationNames = [...]string{Info: "notice", Warning: "warning", Error: "error"}

// GitHub writes workflow commands, which GitHub Actions shows as annotations in
// the diff of a pull request:
//
//	::error file=a.md,line=3,endLine=3,col=1,endColumn=9,title=bad-value::message; hint
//
// Columns are in characters, and endColumn is that behind the last one. The
// first ten problems of each severity are written, more are not shown by
// GitHub; a line counts the others, and the remarks follow it. The format is that
// of https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func GitHub(w io.Writer, r Report) error {
	out := bufio.NewWriter(w)
	var found [len(annotationNames)]int
	for _, d := range r.Problems {
		if found[d.Severity]++; found[d.Severity] <= annotationsPerStep {
			annotate(out, d)
		}
	}
	for i := range found {
		found[i] = max(0, found[i]-annotationsPerStep)
	}
	if rest := tally(found[Error], found[Warning], found[Info]); rest != "" {
		fmt.Fprintf(out, "not shown as annotations: %s more\n", rest)
	}
	for _, remark := range r.Remarks() {
		fmt.Fprintln(out, remark)
	}
	return out.Flush()
}

func annotate(out *bufio.Writer, d Diagnostic) {
	var properties []string
	if file, ok := repositoryPath(d.Path); ok {
		properties = append(annotatedFile(file), annotatedRegion(d)...)
	}
	properties = append(properties, "title="+escapeProperty.Replace(Printable(d.Code)))
	fmt.Fprintf(out, "::%s %s::%s\n", annotationNames[d.Severity], strings.Join(properties, ","), escapeData.Replace(sentence(d)))
}

func annotatedFile(file string) []string {
	if strings.HasPrefix(file, "=") { // the runner drops equals signs before a value
		file = "./" + file
	}
	return []string{"file=" + escapeProperty.Replace(clip(Printable(file), longest))}
}

// annotatedRegion are the properties for a place. The runner refuses columns
// where the lines differ.
func annotatedRegion(d Diagnostic) []string {
	start, end := d.region()
	if start.Line == 0 {
		return nil
	}
	endsLine := end.Line > start.Line && end.Column <= 1 // the line break is the last character
	if endsLine {
		end.Line--
	}
	at := []string{number("line", start.Line), number("endLine", end.Line)}
	if end.Line == start.Line {
		at = append(at, number("col", start.Column))
		if !endsLine {
			at = append(at, number("endColumn", end.Column))
		}
	}
	return at
}

func number(key string, n int) string { return key + "=" + strconv.Itoa(n) }

// The runner undoes these, the percent sign last.
var (
	escapeData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// tally counts problems in words: "2 errors, 1 warning".
func tally(errors, warnings, notes int) string {
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{{errors, "error"}, {warnings, "warning"}, {notes, "note"}} {
		switch {
		case p.n == 1:
			parts = append(parts, "1 "+p.word)
		case p.n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", p.n, p.word))
		}
	}
	return strings.Join(parts, ", ")
}
