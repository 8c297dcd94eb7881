package generator_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"minutebook/generator"
	"minutebook/generator/diag"
	"minutebook/generator/explain"
	"minutebook/generator/golden"
)

// pending are codes that no rule reports yet. Their examples are not run.
var pending = []string{
	"accepted-with-open-questions", "action-contradiction", "action-incomplete", "action-overdue", "duplicate-item-id",
	"feedback-not-raised", "field-not-allowed", "hidden-comment", "illegal-transition", "meeting-without-outcome",
	"minutes-not-approved", "outcome-missing", "stale-draft", "unknown-destination", "url-removed",
}

// Every code is explained, with an example that has the problem and says so in
// the words of the explanation, and a way out that is one. An explanation of
// no code does not load.
func TestExplanations(t *testing.T) {
	for _, c := range diag.Codes {
		t.Run(c.ID, func(t *testing.T) {
			e, ok := explain.Of(c.ID)
			if !ok {
				t.Fatal("this code has no explanation")
			}
			if slices.Contains(pending, c.ID) {
				t.Skip("no rule reports this code yet")
			}
			messageOf(t, e)
			for _, d := range problemsOf(t, e, e.Mended) {
				if d.Code == c.ID || d.Severity == diag.Error {
					t.Errorf("mended: %s", d)
				}
			}
		})
	}
}

// messageOf compares the message of an explanation with what the wrong site
// gives, in the file itself so that -update mends it.
func messageOf(t *testing.T, e explain.Explanation) {
	t.Helper()
	problems := slices.DeleteFunc(problemsOf(t, e, e.Wrong), func(d diag.Diagnostic) bool { return d.Code != e.Code.ID })
	if len(problems) == 0 {
		t.Fatal("the wrong site does not have the problem")
	}
	var message bytes.Buffer
	if err := diag.Text(&message, problems); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join("explain", "codes", e.Code.ID+".txtar")
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range archive.Files {
		if f.Name == "message" {
			archive.Files[i].Data = message.Bytes()
		}
	}
	golden.File(t, name, txtar.Format(archive))
}

// problemsOf are the problems of a site of an example. Those of layouts show
// only when pages are made.
func problemsOf(t *testing.T, e explain.Explanation, files []explain.File) diag.List {
	t.Helper()
	contents, layouts := map[string]string{}, map[string]string{}
	for _, f := range files {
		if name, ok := strings.CutPrefix(f.Path, "layouts/"); ok {
			layouts[name] = f.Text
		} else {
			contents[f.Path] = f.Text
		}
	}
	in := inputs(t, contents)
	in.ContentName = ""
	if len(layouts) > 0 {
		in.Layouts = in.Layouts.Overlay(tree(layouts))
		return build(t, &generator.Builder{}, in).Problems
	}
	_, problems, err := new(generator.Builder).Check(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

// The page of the manual is made from the explanations.
func TestProblemsPage(t *testing.T) {
	var page bytes.Buffer
	if err := explain.Markdown(&page, explain.All()); err != nil {
		t.Fatal(err)
	}
	golden.File(t, filepath.Join("..", "content", "guide", "problems.md"), page.Bytes())
}

// A link to the explanation of a code leads to its section, which is named
// after it.
func TestProblemsPageHasTheCodes(t *testing.T) {
	r := build(t, &generator.Builder{}, inputs(t, example(t)))
	page := string(content(t, r, "guide/problems.html"))
	for _, c := range diag.Codes {
		if !strings.Contains(page, `id="`+c.ID+`"`) && !strings.Contains(page, `id=`+c.ID+`>`) {
			t.Errorf("the page has no part named %s", c.ID)
		}
	}
}
