package change_test

import (
	"bytes"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"minutebook/generator/change"
	"minutebook/generator/check"
	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/document"
	"minutebook/generator/golden"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// The cases in testdata are two sites each, of files below before/ and below
// after/; those below both/ are in both. The day is 2 April 2018.
func TestCompare(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		before, after := sites(t, c.Inputs())
		d := compare(before, after)
		for _, name := range c.Wanted() { // any other format that a case asks for
			if name != "markdown" {
				c.Want(name, written(t, &d, name))
			}
		}
		c.Want("markdown", written(t, &d, "markdown"))
	})
}

// Whatever a site holds, it does not differ from itself.
func TestNothingChanged(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		before, after := sites(t, archive.Files)
		for _, s := range [][2]*site.Site{{before, before}, {after, after}} {
			if d := compare(s[0], s[1]); !d.Empty() {
				t.Errorf("%s: %s", name, written(t, &d, "text"))
			}
		}
		_, again := sites(t, archive.Files)
		if d := compare(after, again); !d.Empty() {
			t.Errorf("%s, linked twice: %s", name, written(t, &d, "text"))
		}
	}
}

// compare is what a command compares, but for pages.
func compare(before, after *site.Site) change.Change {
	c := change.Compare(before, after)
	was, now := check.Run(before, nil), check.Run(after, before)
	was, now = append(was, before.Problems...), append(now, after.Problems...)
	c.AddProblems(was, now)
	return c
}

func written(t testing.TB, c *change.Change, format string) string {
	t.Helper()
	o := change.Options{Content: "content"}
	o.Preview, _ = url.Parse("https://example.org/preview")
	var out bytes.Buffer
	if err := change.Formats[format](&out, c, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// sites are the two sites of a case.
func sites(t testing.TB, files []txtar.File) (before, after *site.Site) {
	t.Helper()
	var was, now []*source.File
	for _, f := range files {
		folder, name, _ := strings.Cut(f.Name, "/")
		if folder == "before" || folder == "both" {
			was = append(was, source.NewFile(name, f.Data))
		}
		if folder == "after" || folder == "both" {
			now = append(now, source.NewFile(name, f.Data))
		}
	}
	return link(t, was), link(t, now)
}

func link(t testing.TB, files []*source.File) *site.Site {
	t.Helper()
	tree := source.NewTree(files...)
	settings, _ := config.Load(tree)
	people, _ := config.LoadPeople(tree)
	p := document.NewParser(settings, nil)
	var documents []*document.Document
	for _, f := range tree.Files() {
		if source.IsMarkdown(f.Path) {
			documents = append(documents, p.Parse(f))
		}
	}
	today := date.Must(date.Parse("2018-04-02"))
	return site.Link(site.Inputs{Config: settings, People: people, Content: tree, Documents: documents, Today: today})
}
