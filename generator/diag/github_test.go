package diag

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"minutebook/generator/source"
)

// A workflowCommand is what the runner understands from a line.
type workflowCommand struct {
	name       string
	properties map[string]string
	data       string
}

// parseCommand reads a line as the runner does (ActionCommand.TryParseV2 in
// https://github.com/actions/runner), for any name.
func parseCommand(line string) (workflowCommand, bool) {
	line = strings.TrimLeftFunc(line, unicode.IsSpace)
	rest, ok := strings.CutPrefix(line, "::")
	if !ok {
		// The runner's search passes over characters that have no weight.
		return workflowCommand{}, strings.HasPrefix(strings.TrimSpace(visibleASCII(line)), "::")
	}
	head, data, ok := strings.Cut(rest, "::")
	if !ok {
		return workflowCommand{}, false
	}
	c := workflowCommand{properties: map[string]string{}, data: unescapeData.Replace(data)}
	var properties string
	c.name, properties, _ = strings.Cut(head, " ")
	for p := range strings.SplitSeq(strings.TrimSpace(properties), ",") {
		key, value, ok := strings.Cut(p, "=")
		if value = strings.TrimLeft(value, "="); ok && value != "" {
			c.properties[key] = unescapeProperty.Replace(value)
		}
	}
	return c, true
}

// The runner replaces one escape after the other, the percent sign last; as no
// escape gives a percent sign before that, this is the same.
var (
	unescapeData     = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%")
	unescapeProperty = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
)

// hasBracketCommand reports what ActionCommand.TryParse looks for, anywhere in
// a line, even with characters of no weight within.
func hasBracketCommand(line string) bool { return strings.Contains(visibleASCII(line), "##[") }

func visibleASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, s)
}

func TestGitHub(t *testing.T) {
	at := func(line, column, endLine, endColumn int) Diagnostic {
		return Diagnostic{
			Code: "bad-value", Severity: Warning, Path: "a.md", Message: "m",
			Start: source.Position{Line: line, Column: column}, End: source.Position{Line: endLine, Column: endColumn},
		}
	}
	with := func(change func(d *Diagnostic)) Diagnostic {
		d := at(0, 0, 0, 0)
		change(&d)
		return d
	}
	for _, test := range []struct {
		d    Diagnostic
		want string
	}{
		{at(3, 2, 3, 5), "::warning file=a.md,line=3,endLine=3,col=2,endColumn=5,title=bad-value::m"},
		{at(3, 2, 0, 0), "::warning file=a.md,line=3,endLine=3,col=2,endColumn=2,title=bad-value::m"},
		{at(3, 2, 5, 4), "::warning file=a.md,line=3,endLine=5,title=bad-value::m"},
		{at(3, 2, 4, 1), "::warning file=a.md,line=3,endLine=3,col=2,title=bad-value::m"},
		{at(0, 0, 0, 0), "::warning file=a.md,title=bad-value::m"},
		{with(func(d *Diagnostic) { d.Path = "./x/../b,c:%.md" }), "::warning file=b%2Cc%3A%25.md,title=bad-value::m"},
		{with(func(d *Diagnostic) { d.Path = "=a.md" }), "::warning file=./=a.md,title=bad-value::m"},
		{with(func(d *Diagnostic) { d.Path = "/home/me/a.md" }), "::warning title=bad-value::a.md: m"},
		{with(func(d *Diagnostic) { d.Path = "../a.md" }), "::warning title=bad-value::a.md: m"},
		{with(func(d *Diagnostic) { d.Path = `C:\Users\me\a.md` }), "::warning title=bad-value::a.md: m"},
		{with(func(d *Diagnostic) { d.Path = "" }), "::warning title=bad-value::m"},
		{with(func(d *Diagnostic) { d.Hint = "50%\ndo" }), "::warning file=a.md,title=bad-value::m; 50%25 do"},
		{with(func(d *Diagnostic) { d.Other = &Place{Path: "/x/b.md"} }), "::warning file=a.md,title=bad-value::m (see b.md)"},
		{with(func(d *Diagnostic) { d.Severity = Error }), "::error file=a.md,title=bad-value::m"},
		{with(func(d *Diagnostic) { d.Severity = Info }), "::notice file=a.md,title=bad-value::m"},
	} {
		if got := strings.TrimSuffix(written(t, GitHub, List{test.d}), "\n"); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

// The runner sees exactly the commands that were meant: one for each problem up
// to ten of a severity, with the place and the words of the problem.
func FuzzGitHub(f *testing.F) {
	for i, text := range hostile {
		f.Add(text, "content/"+text, "fix", uint8(i), 3, 1)
		f.Add("x", text, text, uint8(0), 0, 0)
	}
	f.Add("m", "a.md", "", uint8(40), 1, 1)
	f.Fuzz(func(t *testing.T, message, path, hint string, n uint8, line, column int) {
		var l List
		for i := range int(n)%40 + 1 {
			l.Add(Diagnostic{
				Code: "bad-value", Severity: Severity(i % 3), Path: path, Message: fmt.Sprint(message, i), Hint: hint,
				Start: source.Position{Line: max(0, line), Column: max(0, column)}, Other: &Place{Path: path},
			})
		}
		lines := strings.Split(strings.TrimSuffix(written(t, GitHub, l), "\n"), "\n")
		meant := meantAnnotations(l)
		if n := len(lines); n != len(meant) && (n != len(meant)+1 || len(meant) == len(l)) {
			t.Fatalf("%d lines for %d annotations", n, len(meant))
		}
		for i, line := range lines {
			command, ok := parseCommand(line)
			switch {
			case ok != (i < len(meant)), hasBracketCommand(line), !utf8.ValidString(line), strings.ContainsFunc(line, unsafeToPrint):
				t.Fatalf("line %d is %q", i, line)
			case ok:
				compareCommand(t, meant[i], command)
			}
		}
	})
}

// meantAnnotations are the problems that have an annotation.
func meantAnnotations(l List) (meant List) {
	var n [3]int
	for _, d := range l {
		if n[d.Severity]++; n[d.Severity] <= 10 {
			meant.Add(d)
		}
	}
	return meant
}

func compareCommand(t *testing.T, d Diagnostic, c workflowCommand) {
	t.Helper()
	file, ok := repositoryPath(d.Path)
	if ok {
		file = clip(Printable(file), longest)
		if strings.HasPrefix(file, "=") {
			file = "./" + file
		}
	}
	want := map[string]string{"title": "bad-value"}
	if ok {
		want["file"] = file
		if d.Start.Line > 0 {
			want["line"], want["endLine"] = fmt.Sprint(d.Start.Line), fmt.Sprint(d.Start.Line)
			want["col"], want["endColumn"] = fmt.Sprint(d.Start.Column), fmt.Sprint(d.Start.Column)
		}
	}
	if c.name != []string{"notice", "warning", "error"}[d.Severity] || c.data != sentence(d) || fmt.Sprint(c.properties) != fmt.Sprint(want) {
		t.Fatalf("the runner understands %+v, want %v, %q", c, want, sentence(d))
	}
}
