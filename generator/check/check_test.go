package check_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/check"
	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/golden"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// The cases in testdata are sites; the day is 2 April 2018 unless minutebook.yaml
// sets it. A case named after a rule shows it; what has no want/problems shows
// where it must stay silent.
//
// Files below before/ are the site as it was. A file named past is what git
// knows: lines of a path and the day of its last change.
func TestRules(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		var now, before []*source.File
		past := map[string]site.Past{}
		for _, f := range c.Inputs() {
			switch name, earlier := strings.CutPrefix(f.Name, "before/"); {
			case earlier:
				before = append(before, source.NewFile(name, f.Data))
			case f.Name == "past":
				readPast(t, string(f.Data), past)
			default:
				now = append(now, source.NewFile(f.Name, f.Data))
			}
		}
		var earlier *site.Site
		if len(before) > 0 {
			earlier = link(t, before, nil)
		}
		var out bytes.Buffer
		if err := diag.Text(&out, check.Run(link(t, now, past), earlier)); err != nil {
			t.Fatal(err)
		}
		c.Want("problems", out.String())
	})
}

func readPast(t *testing.T, text string, past map[string]site.Past) {
	t.Helper()
	for line := range strings.Lines(text) {
		path, day, _ := strings.Cut(strings.TrimSpace(line), " ")
		changed, err := date.Parse(day)
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		past[path] = site.Past{Changed: changed}
	}
}

func link(t *testing.T, files []*source.File, past map[string]site.Past) *site.Site {
	t.Helper()
	tree := source.NewTree(files...)
	settings, problems := config.Load(tree)
	people, more := config.LoadPeople(tree)
	if problems = append(problems, more...); len(problems) > 0 {
		t.Fatal(problems)
	}
	p := document.NewParser(settings, nil)
	var documents []*document.Document
	for _, f := range tree.Files() {
		if source.IsMarkdown(f.Path) {
			documents = append(documents, p.Parse(f))
		}
	}
	today := settings.Today
	if today.IsZero() {
		today = date.Must(date.Parse("2018-04-02"))
	}
	return site.Link(site.Inputs{Config: settings, People: people, Content: tree, Documents: documents, Today: today, Past: past})
}

func TestRulesAreSortedAndKnown(t *testing.T) {
	if !slices.IsSortedFunc(check.Rules, func(a, b check.Rule) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("rules are not in the order of their codes")
	}
	for _, r := range check.Rules {
		if _, ok := diag.Find(r.Code); !ok {
			t.Errorf("%s is no code of package diag", r.Code)
		}
	}
}

// A problem of a note is the same one when other notes come before it, and when
// lines move.
func TestNotesKeepTheirProblems(t *testing.T) {
	const note = "- [ ] **Action** (@anna): book a room\n- [ ] **Action** (@anna): tell the list\n- [ ] **Action A2** (due 2018-03-01): ask\n"
	keys := func(text string) (keys []string) {
		s := link(t, []*source.File{source.NewFile("meetings/2018-03-20.md", []byte(text))}, nil)
		for _, d := range slices.Concat(s.Problems, check.Run(s, nil)) {
			keys = append(keys, d.Key())
		}
		slices.Sort(keys)
		return keys
	}
	was, is := keys(note), keys("- [x] **Action** (@bo, due 2018-03-01): before it\n\n"+note)
	if len(was) != 4 || !slices.Equal(was, is) {
		t.Fatalf("the problems %q became %q", was, is)
	}
	if each := slices.Compact(slices.Clone(was)); len(each) != len(was) {
		t.Fatalf("of the problems %q some are one", was)
	}
}
