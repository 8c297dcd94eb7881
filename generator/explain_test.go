package generator_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"minutebook/generator"
	"minutebook/generator/diag"
	"minutebook/generator/explain"
	"minutebook/generator/golden"
	"minutebook/generator/history"
	"minutebook/generator/site"
)

// committed is when the files of an example were committed, for codes that need
// to know.
var committed = map[string]string{"stale-draft": "2017-11-20T12:00:00Z"}

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
	if day := committed[e.Code.ID]; day != "" {
		in.History = commit(t, contents, day)
	}
	if len(layouts) > 0 {
		in.Layouts = in.Layouts.Overlay(tree(layouts))
		return build(t, &generator.Builder{}, in).Problems
	}
	if len(e.Before) > 0 {
		in.Before, _ = checked(t, inputsOf(t, e.Before))
	}
	_, problems := checked(t, in)
	return problems
}

func inputsOf(t *testing.T, files []explain.File) generator.Inputs {
	t.Helper()
	contents := map[string]string{}
	for _, f := range files {
		contents[f.Path] = f.Text
	}
	return inputs(t, contents)
}

func checked(t *testing.T, in generator.Inputs) (*site.Site, diag.List) {
	t.Helper()
	s, problems, err := new(generator.Builder).Check(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return s, problems
}

// commit makes a repository of files, all from one day.
func commit(t *testing.T, files map[string]string, day string) func(context.Context) (*history.History, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "x"}} {
		git := exec.Command("git", args...)
		git.Dir, git.Env = dir, append(os.Environ(), "GIT_AUTHOR_DATE="+day, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if out, err := git.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	return func(ctx context.Context) (*history.History, error) { return history.Read(ctx, dir, history.Options{}) }
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
