package generator_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"minutebook/generator"
	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// A matcher is one of a file of problem matchers, as GitHub and Visual Studio
// Code read them.
type matcher struct {
	Owner    string
	Severity string
	Pattern  []struct {
		Regexp                                      string
		File, Line, Column, Severity, Message, Code int
	}
}

// matched are the problems that matchers find in an output.
func matched(t *testing.T, matchers []matcher, output string) diag.List {
	t.Helper()
	var found diag.List
	for line := range strings.Lines(output) {
		line = strings.TrimSuffix(line, "\n")
		count := 0
		for _, one := range matchers {
			p := one.Pattern[0]
			m := regexp.MustCompile(p.Regexp).FindStringSubmatch(line)
			if m == nil {
				continue
			}
			count++
			at := func(group int) string {
				if group == 0 {
					return ""
				}
				return m[group]
			}
			n := func(group int) int { i, _ := strconv.Atoi(at(group)); return i }
			severity := strings.Replace(cmp.Or(at(p.Severity), one.Severity), "notice", "info", 1)
			known, ok := diag.ParseSeverity(severity)
			if !ok {
				t.Errorf("%s: the severity %q", one.Owner, severity)
			}
			found.Add(diag.Diagnostic{Path: at(p.File), Start: source.Position{Line: n(p.Line), Column: n(p.Column)}, Severity: known, Message: at(p.Message), Code: at(p.Code)})
		}
		if hint := strings.HasPrefix(line, " "); !hint && count != 1 || hint && count != 0 {
			t.Errorf("%d matchers match %q", count, line)
		}
	}
	return found
}

// told are problems as the matchers can tell them.
func told(problems diag.List) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintln(&b, p.Path, p.Start, p.Severity, diag.Printable(p.Message), p.Code)
	}
	return b.String()
}

// printedProblems are the problems of a content folder as check prints them: that of
// the example, and documents with faults of every severity.
func printedProblems(t *testing.T) (diag.List, string) {
	t.Helper()
	tree, err := source.FromFS(os.DirFS("../content"))
	if err != nil {
		t.Fatal(err)
	}
	faulty := source.NewTree(
		source.NewFile("proposals/a b.md", []byte("---\ntitle: x\nstatus: reviewed\ndecide-by: 4 April\n---\n[gone](gone.md: warning: [x])\n")),
		source.NewFile("proposals/é.md", []byte("No status. [x](<c: error: d [e].md>)\n")),
		source.NewFile("meetings/2018-03-01-x.md", []byte("Nothing came of it: info: at all [x].\n")),
		source.NewFile("decisions/c.md", []byte("---\nstatus: \"::error::x\"\n---\n")),
	)
	var builder generator.Builder
	_, problems, err := builder.Check(t.Context(), generator.Inputs{Content: tree.Overlay(faulty), ContentName: "content", Now: time.Date(2018, 4, 2, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	for s := diag.Info; s <= diag.Error; s++ {
		if problems.Count(s) == 0 {
			t.Fatalf("no problem is of severity %s", s)
		}
	}
	var out bytes.Buffer
	if err := diag.Text(&out, problems); err != nil {
		t.Fatal(err)
	}
	return problems, out.String()
}

// TestProblemMatcher: the matchers for GitHub find every problem that check
// prints, whole, once, and nothing else.
func TestProblemMatcher(t *testing.T) {
	data, err := os.ReadFile("../.github/minutebook-matcher.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ ProblemMatcher []matcher }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	problems, output := printedProblems(t)
	if got, want := told(matched(t, file.ProblemMatcher, output)), told(problems); got != want {
		t.Errorf("the matchers find\n%s\nand the problems are\n%s", got, want)
	}
}

// guideBlock is the code of the n-th block of a language in the guide to
// editors.
func guideBlock(t *testing.T, language string, n int) string {
	t.Helper()
	data, err := os.ReadFile("../content/guide/editors.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(data), "\n```"+language+"\n")
	if len(blocks) <= n {
		t.Fatalf("the guide has no block %d of %s", n, language)
	}
	code, _, _ := strings.Cut(blocks[n], "\n```")
	return code
}

// TestEditorsGuide: the matchers that the guide shows for Visual Studio Code find
// what check prints, too.
func TestEditorsGuide(t *testing.T) {
	var tasks struct {
		Tasks []struct {
			Command        string
			Args           []string
			ProblemMatcher []struct {
				Owner    string
				Severity string
				Pattern  struct {
					Regexp                                      string
					File, Line, Column, Severity, Message, Code int
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(guideBlock(t, "json", 1)), &tasks); err != nil {
		t.Fatal(err)
	}
	var matchers []matcher
	for _, m := range tasks.Tasks[0].ProblemMatcher {
		one := matcher{Owner: m.Owner, Severity: m.Severity}
		one.Pattern = append(one.Pattern, m.Pattern)
		matchers = append(matchers, one)
	}
	problems, output := printedProblems(t)
	if got, want := told(matched(t, matchers, output)), told(problems); got != want {
		t.Errorf("the matchers find\n%s\nand the problems are\n%s", got, want)
	}
	if tasks.Tasks[0].Command != "minutebook" || tasks.Tasks[0].Args[0] != "check" {
		t.Errorf("the task runs %s %v", tasks.Tasks[0].Command, tasks.Tasks[0].Args)
	}
}

// TestErrorFormat reads what check prints with the errorformat of the guide, in
// Vim where that is installed.
func TestErrorFormat(t *testing.T) {
	vim, err := exec.LookPath("vim")
	if err != nil {
		t.Skip("there is no vim")
	}
	if out, err := exec.Command(vim, "--version").Output(); err != nil || !strings.Contains(string(out), "+quickfix") {
		t.Skip("this vim has no list of errors")
	}
	problems, output := printedProblems(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "out.txt"), []byte(output), 0o644); err != nil {
		t.Fatal(err)
	}
	script := guideBlock(t, "vim", 1) + "\ncgetfile out.txt\n" +
		"call writefile(map(filter(getqflist(), 'v:val.valid'), {_, p -> bufname(p.bufnr) . ' ' . p.lnum . ' ' . p.col . ' ' . p.type . ' ' . p.text}), 'found.txt')\nqall!\n"
	if err := os.WriteFile(filepath.Join(dir, "script.vim"), []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(vim, "-u", "NONE", "-i", "NONE", "-es", "-N", "-S", "script.vim")
	c.Dir = dir
	c.Run() // its exit code says nothing
	found, err := os.ReadFile(filepath.Join(dir, "found.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&want, "%s %d %d %s %s [%s]\n", p.Path, p.Start.Line, p.Start.Column, p.Severity.String()[:1], diag.Printable(p.Message), p.Code)
	}
	if string(found) != want.String() {
		t.Errorf("vim finds\n%s\nand the problems are\n%s", found, want.String())
	}
}
