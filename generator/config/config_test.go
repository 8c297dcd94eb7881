package config_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/golden"
	"minutebook/generator/source"
)

// The cases in testdata are a minutebook.yaml, or a people.yaml, and what is
// read of it.
func TestLoad(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		var files []*source.File
		for _, f := range c.Inputs() {
			files = append(files, source.NewFile(f.Name, f.Data))
		}
		tree := source.NewTree(files...)
		settings, problems := config.Load(tree)
		people, more := config.LoadPeople(tree)
		problems = append(problems, more...)
		for _, name := range c.Wanted() {
			switch name {
			case "settings":
				c.Want(name, describe(settings))
			case "kinds":
				c.Want(name, describeKinds(settings))
			case "people":
				c.Want(name, describePeople(people))
			}
		}
		problems.Sort()
		var out bytes.Buffer
		if err := diag.Text(&out, problems); err != nil {
			t.Fatal(err)
		}
		c.Want("problems", out.String())
	})
}

func describe(c *config.Config) string {
	return fmt.Sprintf("title %q, description %q\nlanguage %s, %s\nzone %s %s\ntoday %v\nbase %q, repository %q, branch %q, id %q\nhtml %s, schemes %v\nseverities %v\n",
		c.Title, c.Description, c.Language, c.Direction, c.ZoneName, c.Zone, c.Today, c.BaseURL, c.Repository, c.Branch, c.SiteID, c.HTML, c.LinkSchemes, c.Severities)
}

func describeKinds(c *config.Config) string {
	var b strings.Builder
	for _, k := range c.Kinds {
		fmt.Fprintf(&b, "%s: %s, %s, folder %q, include %v, exclude %v, day %v\n", k.Name, k.Label, k.Plural, k.Folder, k.Include, k.Exclude, k.Day)
		for _, s := range k.Statuses {
			fmt.Fprintf(&b, "  %s %v: %s, %s, %s\n", s.Name, s.Aliases, s.Label, s.Tone, s.Phase)
		}
		for name, value := range k.Defaults {
			fmt.Fprintf(&b, "  default %s = %s\n", name, value)
		}
	}
	return b.String()
}

func describePeople(d *config.Directory) string {
	var b strings.Builder
	for _, p := range d.List {
		fmt.Fprintf(&b, "%s: %q %v, %q, zone %q, links %v, %s, group %v, members %v\n", p.Handle, p.Name, p.Aliases, p.Affiliation, p.TimeZone, p.Links, p.Public, p.Group, p.Members)
	}
	return b.String()
}

// A file is of the kind whose globs include its path, in any case of letters;
// index files and templates are plain pages.
func TestKindOf(t *testing.T) {
	c, _ := config.Load(source.NewTree())
	for path, want := range map[string]string{
		"proposals/a.md": "proposal", "docs/Proposals/2018/a.MD": "proposal", "meetings/2018-03-20.md": "meeting",
		"docs/adr/0001-x.md": "decision", "docs/decisions/0001.md": "decision", "events/x.md": "event", "topics/x.md": "topic",
		"proposals/README.md": "page", "proposals/index.md": "page", "proposals/template.md": "page", "decisions/adr-template.md": "page",
		"guide/proposals.md": "page", "a.md": "page",
		"rfcs/0001-x.md": "proposal", "text/2018-x.md": "proposal", "text/x.md": "page", "EIPS/eip-20.md": "proposal", "pep-0012.md": "proposal",
		"notes/2020_07_08.md": "meeting", "notes/ideas.md": "page", "community/BiweeklyMeetings/1.md": "meeting", "web/meeting-notes/x.md": "meeting",
		"docs/architecture/decisions/0000-use-records.md": "decision", "docs/adr/000-template.md": "page", "adr/template-long.md": "page",
		"adr/0016-template-formats.md": "decision", "adr-0001-x.md": "decision", "keps/NNNN-kep-template/x.md": "page", "keps/12-x/README.md": "page",
	} {
		if got := c.KindOf(path).Name; got != want {
			t.Errorf("%s is a %s, want %s", path, got, want)
		}
	}
}

// A kind of the site's own is asked before those that Minutebook brings.
func TestOwnKindWins(t *testing.T) {
	c, problems := config.Load(source.NewTree(source.NewFile("minutebook.yaml", []byte("kinds: {rfc: {include: ['proposals/rfc/*.md']}}\n"))))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for path, want := range map[string]string{"proposals/rfc/a.md": "rfc", "proposals/a.md": "proposal", "a.md": "page"} {
		if got := c.KindOf(path).Name; got != want {
			t.Errorf("%s is a %s, want %s", path, got, want)
		}
	}
}

// Every configuration that the guide shows can be used as it stands.
func TestGuide(t *testing.T) {
	var blocks []string
	for _, name := range []string{"adopting-a-repository.md", "configuration.md"} {
		page, err := os.ReadFile(filepath.Join("..", "..", "content", "guide", name))
		if err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, strings.Split(string(page), "```yaml\n")[1:]...)
	}
	if len(blocks) < 7 {
		t.Fatalf("the guide has %d configurations", len(blocks))
	}
	for _, block := range blocks {
		text, _, _ := strings.Cut(block, "```")
		if _, problems := config.Load(source.NewTree(source.NewFile("minutebook.yaml", []byte(text)))); len(problems) > 0 {
			t.Errorf("%s\n%v", text, problems)
		}
	}
}

// Files that are excluded are no part of the site, whatever they are called.
func TestExcludes(t *testing.T) {
	c, problems := config.Load(source.NewTree(source.NewFile("minutebook.yaml", []byte("exclude: ['**/*template*', 'Drafts/**', '*.yaml']\n"))))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for path, want := range map[string]bool{"a/X-Template.md": true, "drafts/x/y.png": true, "a/drafts/b.md": false, "minutebook.yaml": false, "people.yaml": false, "x.yaml": true} {
		if c.Excludes(path) != want {
			t.Errorf("%s: excluded is %v", path, !want)
		}
	}
}

// A key of the site's own wins over spellings that are built in, and so does a
// word for a status.
func TestRenames(t *testing.T) {
	c, problems := config.Load(source.NewTree(source.NewFile("minutebook.yaml", []byte("kinds: {proposal: {fields: {Date: decided, 'Written (by)': authors}, statuses: {Final: deferred, idea: accepted}}}\n"))))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	k := c.Kind("proposal")
	for key, want := range map[string]string{"date": "decided", "Decided": "decided", "created": "created", "written": "authors", "Written (by):": "authors", "author(s)": "authors"} {
		if f := k.Field(key); f == nil || f.Name != want {
			t.Errorf("%q is %v, want %s", key, f, want)
		}
	}
	for word, want := range map[string]string{"final": "deferred", "**Idea**": "accepted", "Draft": "draft"} {
		if s := k.Status(word); s == nil || s.Name != want {
			t.Errorf("%q is %v, want %s", word, s, want)
		}
	}
}
