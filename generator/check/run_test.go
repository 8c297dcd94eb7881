package check

import (
	"fmt"
	"path"
	"slices"
	"testing"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// many is a site of several shares. What its sidecars say stands behind the
// problems of documents that come later in the order of the paths, and proposals
// supersede each other in circles, which is for a rule of the whole site.
func many(t *testing.T) *site.Site {
	t.Helper()
	list := []*source.File{
		source.NewFile("minutebook.yaml", []byte("title: Many\nkinds:\n  proposal:\n    index: true\n    sidecar: [kep.yaml]\n")),
		source.NewFile("README.md", []byte("# Many\n")), // so that a share ends between the two documents of a folder
	}
	for i := range 2 * share {
		dir := fmt.Sprintf("proposals/%04d", i)
		list = append(list,
			source.NewFile(dir+"/README.md", []byte("# One\n\n- [ ] **Action A1** (@anna, due 2018-01-01): go\n- [ ] **Action A1:** go on\n")),
			source.NewFile(dir+"/kep.yaml", fmt.Appendf(nil, "status: review\nsupersedes: ../%04d/b.md\n", i)),
			source.NewFile(dir+"/b.md", fmt.Appendf(nil, "---\nsupersedes: ../%04d/README.md\n---\n# Two\n", i)))
	}
	tree := source.NewTree(list...)
	settings, problems := config.Load(tree)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	parser := document.NewParser(settings, nil)
	var documents []*document.Document
	for _, f := range tree.Files() {
		if !source.IsMarkdown(f.Path) {
			continue
		}
		var beside []*source.File
		if p, _ := settings.SidecarOf(f.Path, func(p string) bool { return tree.File(p) != nil }); p != "" {
			beside = append(beside, tree.File(p))
		}
		documents = append(documents, parser.Parse(f, beside...))
	}
	people := &config.Directory{}
	day, _ := date.New(2018, 4, 2)
	return site.Link(site.Inputs{Config: settings, People: people, Content: tree, Documents: documents, Today: day})
}

// Records that are looked at in shares tell what they tell in one go.
func TestSharesChangeNothing(t *testing.T) {
	s := many(t)
	p := planOf(Rules)
	whole := newReport(s, nil)
	whole.ofRecords(p, s.Records)
	whole.ofSite(p)
	want := whole.problems
	want.Sort()
	got := Run(s, nil)
	if !slices.Equal(texts(got), texts(want)) {
		t.Errorf("%d problems in shares, %d in one go, or in another order", len(got), len(want))
	}
	told := map[string]int{}
	for i := range got {
		told[got[i].Code]++
		told[path.Base(got[i].Path)]++
	}
	for _, what := range []string{"action-overdue", "action-incomplete", "duplicate-item-id", "needs-field", "status-missing", "relation-cycle", "kep.yaml", "b.md", "README.md"} {
		if told[what] < 2*share {
			t.Errorf("%d of %s: the site is too tame", told[what], what)
		}
	}
}

func texts(l diag.List) (texts []string) {
	for _, d := range l {
		texts = append(texts, fmt.Sprintf("%s %s %q %q %v", d, d.Severity, d.Hint, d.Item, d.Other))
	}
	return texts
}

// A rule is for the site, for records or for notes, and messages have a word for
// every kind of notes that a rule is for.
func TestRulesLookAtOneThing(t *testing.T) {
	for _, r := range Rules {
		of := 0
		for _, has := range []bool{r.Site != nil, r.Record != nil, r.Note != nil} {
			if has {
				of++
			}
		}
		if of != 1 || (r.Note != nil) != (len(r.Of) > 0) || r.In != nil && r.Record == nil {
			t.Errorf("%s does not say what it looks at", r.Code)
		}
		for _, kind := range r.Of {
			if kindWords[kind] == "" {
				t.Errorf("%s: no word for %s", r.Code, kind)
			}
		}
	}
}

// A note without an id is called by the first 40 characters of its text,
// whatever these are written with.
func TestNoteName(t *testing.T) {
	for text, want := range map[string]string{
		"":      `Help wanted ""`,
		"short": `Help wanted "short"`,
		"ääääääääääääääääääääääääääääääääääääääää":           `Help wanted "ääääääääääääääääääääääääääääääääääääääää"`,
		"ääääääääääääääääääääääääääääääääääääääää.":          `Help wanted "ääääääääääääääääääääääääääääääääääääääää…"`,
		"0123456789012345678901234567890123456789":           `Help wanted "0123456789012345678901234567890123456789"`,
		"0123456789012345678901234567890123456789 and so on": `Help wanted "0123456789012345678901234567890123456789…"`,
	} {
		n := &site.Note{Kind: markdown.HelpWanted, Note: &document.Note{Item: &markdown.Item{Text: text}}}
		if got := noteName(n); got != want {
			t.Errorf("%q is called %s, want %s", text, got, want)
		}
	}
}
