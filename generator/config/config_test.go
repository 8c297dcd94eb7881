package config_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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

// Of strangers the settings that they start from count, but no unsafe HTML; with
// nothing to start from, their own without what plainly loosens the rules.
func TestUntrusted(t *testing.T) {
	load := func(text string) *config.Config {
		c, problems := config.Load(source.NewTree(source.NewFile("minutebook.yaml", []byte(text))))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return c
	}
	own := load("title: Own\nhtml: unsafe\nlink-schemes: [tel]\nrules: {broken-link: info}\ntoday: 2018-01-01\n")
	if alone := own.Untrusted(nil); alone.HTML != "github" || len(alone.LinkSchemes) > 0 || len(alone.Severities) > 0 || alone.Title != "Own" || alone.Sum == own.Sum {
		t.Errorf("with nothing to start from: %+v", alone)
	}
	base := load("title: Base\nhtml: escape\nlink-schemes: [irc]\n")
	if got := own.Untrusted(base); got != base {
		t.Errorf("the settings of the base are not taken as they are: %+v", got)
	}
	loose := load("title: Base\nhtml: unsafe\nlink-schemes: [irc]\n")
	if got := own.Untrusted(loose); got.HTML != "github" || got.Title != "Base" || len(got.LinkSchemes) != 1 || got.Sum == loose.Sum || loose.HTML != "unsafe" {
		t.Errorf("the HTML of strangers is passed on: %+v", got)
	}
}

// Whom the base does not name stays unnamed, whatever strangers call the person,
// and whoever else they call so; they may hide more.
func TestUntrustedPeople(t *testing.T) {
	load := func(text string) *config.Directory {
		d, problems := config.LoadPeople(source.NewTree(source.NewFile("people.yaml", []byte(text))))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return d
	}
	base := load("people:\n  anna: {name: Anna Secret, aliases: [AS], public: hidden}\n  bo: {name: Bo Quiet, public: initials}\n  chen: {name: Chen Open}\n")
	own := load("people:\n  Anna: {name: Anna Shown}\n  other: {name: Anna Secret, aliases: [bo]}\n  chen: {name: Chen Open, public: hidden}\n")
	got := own.Untrusted(base.List)
	for name, want := range map[string]config.Visibility{
		"anna": config.Hidden, "Anna Shown": config.Hidden, "anna secret": config.Hidden, "AS": config.Hidden, "bo": config.Initials, "Bo Quiet": config.Initials,
		"chen": config.Hidden, "other": config.Named,
	} {
		if p := got.Find(name); p == nil || p.Public != want {
			t.Errorf("%s is %+v, want %s", name, p, want)
		}
	}
	if !slices.IsSortedFunc(got.List, func(a, b *config.Person) int { return strings.Compare(a.Handle, b.Handle) }) || len(got.List) != 4 {
		t.Errorf("the list has %d persons, or is not sorted", len(got.List))
	}
	if other := own.Untrusted(base.List[:1]); other.Sum == got.Sum || got.Sum == own.Sum || own.Untrusted(base.List).Sum != got.Sum {
		t.Error("the sum does not tell lists apart")
	}
	if p := own.Find("anna"); p.Public != config.Named || len(own.List) != 3 || own.Find("bo") == nil {
		t.Error("the list of the change itself was changed")
	}
	if empty := new(config.Directory).Untrusted(base.List); empty.Find("anna secret") == nil || !empty.Hides() {
		t.Error("a list that was taken away shows those it hid")
	}
}

// What a hurried hand calls the files of settings is told from other names.
func TestMeant(t *testing.T) {
	for name, want := range map[string]string{
		"people.yml": "people.yaml", "People.yaml": "people.yaml", "PEOPLE.YML": "people.yaml", "people.yaml.txt": "people.yaml", "minutebook.yml": "minutebook.yaml",
		"Minute-Book.yaml": "minutebook.yaml", "minute book.yml": "minutebook.yaml",
		"people.yaml": "", "minutebook.yaml": "", "people": "", "people.txt": "", "people.md": "", "data/people.yml": "", "peoples.yaml": "", "notebook.yaml": "", ".yaml": "",
	} {
		if got := config.Meant(name); got != want {
			t.Errorf("%s means %q, want %q", name, got, want)
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
