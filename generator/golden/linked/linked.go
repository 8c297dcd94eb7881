// Package linked makes sites of files in memory, for tests of what is made from
// a site.
package linked

import (
	"testing"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/document"
	"minutebook/generator/golden"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// Files are the input sections of a case, by their names.
func Files(c *golden.Case) map[string]string {
	files := map[string]string{}
	for _, f := range c.Inputs() {
		files[f.Name] = string(f.Data)
	}
	return files
}

// Site is the site of a content folder on a day.
func Site(t testing.TB, files map[string]string, today string) *site.Site {
	t.Helper()
	return SiteOf(t, files, today, nil)
}

// SiteOf is Site with what git knows of the files, by their paths.
func SiteOf(t testing.TB, files map[string]string, today string, past map[string]site.Past) *site.Site {
	t.Helper()
	day, err := date.Parse(today)
	if err != nil {
		t.Fatal(err)
	}
	var list []*source.File
	for path, text := range files {
		list = append(list, source.NewFile(path, []byte(text)))
	}
	tree := source.NewTree(list...)
	settings, problems := config.Load(tree)
	people, more := config.LoadPeople(tree)
	if problems = append(problems, more...); len(problems) > 0 {
		t.Fatal(problems)
	}
	parser := document.NewParser(settings, nil)
	var documents []*document.Document
	for _, f := range tree.Files() {
		if source.IsMarkdown(f.Path) {
			documents = append(documents, parser.Parse(f))
		}
	}
	return site.Link(site.Inputs{Config: settings, People: people, Content: tree, Documents: documents, Today: day, Past: past})
}
