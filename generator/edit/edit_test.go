package edit_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/edit"
	"minutebook/generator/frontmatter"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

const today = "2018-04-02"

// editor begins to edit files from memory.
func editor(t testing.TB, files map[string]string) *edit.Editor {
	t.Helper()
	tree := treeOf(files)
	s := link(t, tree)
	return edit.New(s, tree, document.NewParser(s.Config, nil))
}

func treeOf(files map[string]string) *source.Tree {
	var list []*source.File
	for path, text := range files {
		list = append(list, source.NewFile(path, []byte(text)))
	}
	return source.NewTree(list...)
}

// usual are the settings of a site that has none of its own.
var usual, _ = config.Load(source.NewTree())

// link is the site of a content folder. Settings are read only where there are
// some: it is most of the work.
func link(t testing.TB, tree *source.Tree) *site.Site {
	t.Helper()
	settings := usual
	if tree.File(config.FileName) != nil {
		var problems diag.List
		if settings, problems = config.Load(tree); len(problems) > 0 {
			t.Fatal(problems)
		}
	}
	people, _ := config.LoadPeople(tree)
	parser := document.NewParser(settings, nil)
	var documents []*document.Document
	for _, f := range tree.Files() {
		if source.IsMarkdown(f.Path) {
			var beside []*source.File
			if p, _ := settings.SidecarOf(f.Path, func(p string) bool { return tree.File(p) != nil }); p != "" {
				beside = append(beside, tree.File(p))
			}
			documents = append(documents, parser.Parse(f, beside...))
		}
	}
	day, err := date.Parse(today)
	if err != nil {
		t.Fatal(err)
	}
	return site.Link(site.Inputs{Config: settings, People: people, Content: tree, Documents: documents, Today: day})
}

// pieces are what random front matters are made of: values in all the ways that
// people write them.
var pieces = []string{
	"title: Plain words", "title: \"Double: quoted\"", "title: 'It''s single'", "title: >-\n  folded\n  over lines", "title: |\n  literal",
	"status: draft", "status: \"draft\"", "status: draft   # for now", "status:", "status: # later",
	"authors: anna", "authors: anna, bo", "authors: [anna, \"Bo B <bo>\"]", "authors:\n- anna\n- bo", "authors:\n  - anna # first\n  - 'bo'", "authors: []", "authors:",
	"tags: [a, b]", "tags:\n    - a\n    - b", "x-own: {a: 1}", "# a comment", "", "created: 2018-03-20", "decide-by: 2018-04-04", "outcome: Yes",
	"supersedes: [old]", "aliases: [a/b.md]", "summary: \"with \\\"quotes\\\" and \\u00e9\"",
}

// randomDocument is a proposal that somebody may have written.
func randomDocument(r *rand.Rand) string {
	var front []string
	seen := map[string]bool{}
	for range r.IntN(10) {
		piece := pieces[r.IntN(len(pieces))]
		key, _, isKey := strings.Cut(piece, ":")
		if isKey && seen[key] {
			continue
		}
		seen[key] = true
		front = append(front, piece)
	}
	body := []string{"# Heading", "Text with [a link](other.md) and `code`.", "- [ ] **Action A1** (@anna): do it", "\tcode\n", "Ende ohne Zeilenende é", "---", "so status: is not a key here"}
	r.Shuffle(len(body), func(i, j int) { body[i], body[j] = body[j], body[i] })
	text := "---\n" + strings.Join(front, "\n") + "\n---\n" + strings.Join(body[:r.IntN(len(body))], "\n\n")
	if len(front) == 0 {
		text = strings.Join(body[:1+r.IntN(len(body)-1)], "\n\n")
	}
	if r.IntN(2) == 0 {
		text += "\n"
	}
	if r.IntN(3) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if r.IntN(4) == 0 {
		text = "\uFEFF" + text
	}
	return text
}

// values are what may be asked for; each is hard for YAML in its own way.
var values = []string{
	"plain", "with: colon", "with #hash", "a # comment", "\"quoted\"", "it's", "[x]", "{y}", "@anna", "yes", "012", "2018-04-04", "null", "~", "- dash", "back\\slash",
	"tab\there", "é ü 日本", "*star", "&amp", "!bang", "%percent", "`tick`", "trailing ", " leading", "? what", "| bar", "> fold", "a, b", "''", "---", "...", "<<", "=", "\u2028",
}

// TestSetSaysWhatWasAsked sets random values in random documents: the front
// matter then says just that, every other key what it said, and all other bytes
// are those that were there.
func TestSetSaysWhatWasAsked(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	done := 0
	for n := range 2000 {
		before := randomDocument(r)
		e := editor(t, map[string]string{"proposals/x.md": before})
		field := []string{"title", "status", "authors", "outcome", "tags", "supersedes", "created", "aliases"}[r.IntN(8)]
		var want []string
		for range r.IntN(3) {
			want = append(want, values[r.IntN(len(values))])
		}
		if field != "authors" && field != "tags" && field != "supersedes" && field != "aliases" {
			want = want[:min(1, len(want))]
		}
		err := e.Set("proposals/x.md", field, want...)
		after := text(e, "proposals/x.md", before)
		if err != nil {
			if after != before {
				t.Fatalf("case %d: refused and changed: %v", n, err)
			}
			if hasLines(before) {
				continue // a line of text holds less than YAML does
			}
			if !strings.Contains(err.Error(), "front matter cannot be edited") {
				t.Fatalf("case %d: %s = %q in\n%s\n%v", n, field, want, before, err)
			}
			continue
		}
		if hasLines(before) {
			continue
		}
		done++
		check(t, fmt.Sprintf("case %d: %s = %q", n, field, want), before, after, field, want)
	}
	if done < 1200 {
		t.Errorf("only %d documents were edited", done)
	}
}

// hasLines reports whether a document has lines of metadata and no front matter.
func hasLines(doc string) bool {
	block, _ := frontmatter.Split(source.NewFile("x.md", []byte(doc)))
	return !block.Present && strings.Contains(doc, "status: not")
}

// text is a file after the edit.
func text(e *edit.Editor, path, before string) string {
	for _, c := range e.Changes() {
		if c.Path == path {
			return string(c.After)
		}
	}
	return before
}

// check compares a document before and after a field was set.
func check(t *testing.T, name, before, after, field string, want []string) {
	t.Helper()
	was, wasRest := withoutField(before, field)
	is, isRest := withoutField(after, field)
	if got := is[field]; !slices.Equal(got, want) {
		t.Fatalf("%s: says %q in\n%s", name, got, after)
	}
	delete(was, field)
	delete(is, field)
	if fmt.Sprint(was) != fmt.Sprint(is) {
		t.Fatalf("%s: others said %v, now %v", name, was, is)
	}
	if wasRest != isRest {
		t.Fatalf("%s: other bytes changed\n%q\n%q", name, wasRest, isRest)
	}
}

// withoutField is what a front matter says, and the file without the value of
// one field, its key, and the lines that only they need.
func withoutField(doc, field string) (map[string][]string, string) {
	f := source.NewFile("x.md", []byte(doc))
	block, _ := frontmatter.Split(f)
	says := map[string][]string{}
	if !block.Present {
		return says, withoutEmptyFront(doc)
	}
	m, _ := frontmatter.Decode(f, block.YAML)
	rest := doc
	for _, e := range m.Entries {
		says[e.Key] = texts(e.Value)
		if e.Key == field {
			start := strings.LastIndexByte(doc[:e.KeySpan.Start], '\n') + 1
			end := max(e.KeySpan.End, e.Value.Span.End)
			end += strings.IndexByte(doc[end:], '\n') + 1
			rest = doc[:start] + doc[end:]
		}
	}
	return says, withoutEmptyFront(rest)
}

// withoutEmptyFront takes away a front matter that was made for one field.
func withoutEmptyFront(doc string) string {
	bare := strings.TrimPrefix(doc, "\uFEFF")
	for _, nl := range []string{"\n", "\r\n"} {
		if tail, made := strings.CutPrefix(bare, "---"+nl+"---"+nl+nl); made {
			return doc[:len(doc)-len(bare)] + tail
		}
	}
	return doc
}

func texts(v frontmatter.Value) []string {
	switch v.Kind {
	case frontmatter.Scalar:
		return []string{v.Text}
	case frontmatter.List:
		var list []string
		for _, item := range v.Items {
			list = append(list, texts(item)...)
		}
		return list
	case frontmatter.Map:
		return []string{v.Raw}
	}
	return nil
}

// TestLastCommentsStay sets a value before a comment on the line.
func TestLastCommentsStay(t *testing.T) {
	for before, want := range map[string]string{
		"---\nstatus: draft   # for now\n---\n": "---\nstatus: review   # for now\n---\n",
		"---\nstatus: # later\n---\n":           "---\nstatus: review # later\n---\n",
		"---\nstatus:\t\n---\n":                 "---\nstatus: review\n---\n",
		"---\n'status': \"draft\"\n---\n":       "---\n'status': \"review\"\n---\n",
		"\uFEFF---\r\nstatus: x\r\n---\r\nText": "\uFEFF---\r\nstatus: review\r\n---\r\nText",
		"* Status: draft\n* Date: 2018-01-01\n": "* Status: review\n* Date: 2018-01-01\n",
	} {
		e := editor(t, map[string]string{"proposals/x.md": before})
		if err := e.Set("proposals/x.md", "status", "review"); err != nil {
			t.Errorf("%q: %v", before, err)
		}
		if got := text(e, "proposals/x.md", before); got != want {
			t.Errorf("%q became %q, want %q", before, got, want)
		}
	}
}

// TestAddKeepsTheList adds to lists as they are written.
func TestAddKeepsTheList(t *testing.T) {
	for before, want := range map[string]string{
		"tags: [a,  b]  # two\n":          "tags: [a,  b, \"c: d\"]  # two\n",
		"tags: []\n":                      "tags: [\"c: d\"]\n",
		"tags:\n  - a # one\nx-y: 1\n":    "tags:\n  - a # one\n  - \"c: d\"\nx-y: 1\n",
		"tags:\n- 'a'\n":                  "tags:\n- 'a'\n- 'c: d'\n",
		"tags: a\n":                       "tags: [a, \"c: d\"]\n",
		"tags:\n":                         "tags: [\"c: d\"]\n",
		"title: T\nx-last: 1\n":           "title: T\ntags: [\"c: d\"]\nx-last: 1\n",
		"tags: [\"c: d\", e]\ntitle: T\n": "tags: [\"c: d\", e]\ntitle: T\n",
	} {
		before, want = "---\n"+before+"---\nText\n", "---\n"+want+"---\nText\n"
		e := editor(t, map[string]string{"proposals/x.md": before})
		if err := e.Add("proposals/x.md", "tags", "c: d"); err != nil {
			t.Errorf("%q: %v", before, err)
		}
		if got := text(e, "proposals/x.md", before); got != want {
			t.Errorf("%q became %q, want %q", before, got, want)
		}
	}
}

// TestOrderIsStable orders the keys of random front matters: the lines are the
// same ones, the body is untouched, and a second time changes nothing.
func TestOrderIsStable(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	changed := 0
	for n := range 1500 {
		before := randomDocument(r)
		e := editor(t, map[string]string{"proposals/x.md": before})
		if err := e.OrderKeys("proposals/x.md"); err != nil {
			continue
		}
		after := text(e, "proposals/x.md", before)
		if after != before {
			changed++
		}
		if !slices.Equal(sortedLines(before), sortedLines(after)) {
			t.Fatalf("case %d: lines changed\n%s\n%s", n, before, after)
		}
		again := editor(t, map[string]string{"proposals/x.md": after})
		if err := again.OrderKeys("proposals/x.md"); err != nil || len(again.Changes()) > 0 {
			t.Fatalf("case %d: a second time changes more (%v)\n%s", n, err, after)
		}
		if body(before) != body(after) {
			t.Fatalf("case %d: the body changed", n)
		}
	}
	if changed < 250 {
		t.Errorf("only %d documents were out of order", changed)
	}
}

func sortedLines(doc string) []string {
	lines := strings.Split(doc, "\n")
	slices.Sort(lines)
	return lines
}

func body(doc string) string {
	f := source.NewFile("x.md", []byte(doc))
	block, _ := frontmatter.Split(f)
	return doc[block.Body.Start:]
}

// TestUntouched: what an editor has not changed is no change.
func TestUntouched(t *testing.T) {
	e := editor(t, map[string]string{"proposals/x.md": "---\nstatus: draft\n---\n"})
	if err := e.Set("proposals/x.md", "status", "draft"); err != nil {
		t.Fatal(err)
	}
	if len(e.Changes()) > 0 || !bytes.Equal(e.Tree().File("proposals/x.md").Data, []byte("---\nstatus: draft\n---\n")) {
		t.Error("a value that was there was changed")
	}
}

// TestSidecarIsNotEdited leaves alone what a file beside the document says, and
// tells where it stands.
func TestSidecarIsNotEdited(t *testing.T) {
	e := editor(t, map[string]string{
		"minutebook.yaml":         "kinds:\n  proposal:\n    index: true\n    sidecar: [kep.yaml]\n",
		"proposals/one/README.md": "# One\n",
		"proposals/one/kep.yaml":  "status: review\n",
	})
	err := e.Set("proposals/one/README.md", "status", "accepted")
	if err == nil || !strings.Contains(err.Error(), "proposals/one/kep.yaml says the status") {
		t.Errorf("the error is %v", err)
	}
	if len(e.Changes()) > 0 {
		t.Errorf("%d files were changed", len(e.Changes()))
	}
}
