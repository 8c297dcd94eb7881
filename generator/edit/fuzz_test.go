package edit_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// FuzzSet sets any value in any document. When that is done, the front matter
// says the value, every other key what it said, and the body is untouched; when
// it is refused, nothing has changed.
func FuzzSet(f *testing.F) {
	for _, piece := range pieces {
		f.Add("---\n"+piece+"\ntitle: T\n---\nText", "outcome", "yes: no")
		f.Add("---\r\n"+piece+"\r\n---\r\nText", "tags", "a, b")
	}
	f.Add("* Status: x\n* Date: 2018-01-01\n", "status", "draft")
	f.Add("--- \n? a\n: b\n--- \n", "title", "x")
	f.Add("---\n{title: a, status: b}\n---\n", "title", "x")
	f.Add("---\ntitle: &a b\nstatus: *a\n---\n", "status", "x")
	f.Add("---\n\"title\" : |+\n  a\n\n\nstatus: x\n---\n", "title", "")
	f.Fuzz(func(t *testing.T, doc, field, value string) {
		known := usual.Kind("proposal").Field(field)
		if known == nil || known.Name != field || field == "kind" || !utf8.ValidString(value) || strings.ContainsRune(value, 0) || len(doc) > 2000 {
			return
		}
		e := editor(t, map[string]string{"proposals/x.md": doc})
		err := e.Set("proposals/x.md", field, value)
		after := text(e, "proposals/x.md", doc)
		if err != nil {
			if after != doc {
				t.Fatalf("refused and changed: %v\n%q", err, after)
			}
			return
		}
		was, is := says(doc), says(after)
		if was == nil {
			return // lines of metadata, or a front matter that was made
		}
		if !slices.Equal(is[field], []string{value}) {
			t.Fatalf("%s says %q, not %q\n%s", field, is[field], value, after)
		}
		for key, texts := range was {
			if named := usual.Kind("proposal").Field(key); (named == nil || named.Name != field) && !slices.Equal(texts, is[key]) {
				t.Fatalf("%s said %q and says %q\n%s", key, texts, is[key], after)
			}
		}
		if body(doc) != body(after) {
			t.Fatalf("the body was %q and is %q", body(doc), body(after))
		}
	})
}

// says is what the front matter of a document says; nil when it has none.
func says(doc string) map[string][]string {
	f := source.NewFile("x.md", []byte(doc))
	block, _ := frontmatter.Split(f)
	if !block.Present {
		return nil
	}
	all := map[string][]string{}
	m, _ := frontmatter.Decode(f, block.YAML)
	for _, e := range m.Entries {
		all[e.Key] = texts(e.Value)
	}
	return all
}

// FuzzMove moves a file that any document links to: the page says the same, and
// each link leads where it led or is listed as left.
func FuzzMove(f *testing.F) {
	for _, form := range linkForms {
		f.Add(strings.NewReplacer("%s", "b.md", "%d", "1").Replace(form))
		f.Add("---\nrelated: [b.md, b]\n---\n" + strings.NewReplacer("%s", "./b.md#x", "%d", "1").Replace(form))
	}
	f.Add("[x]: b.md\n[x][x] [](b.md) <a href=b.md href='b.md'>")
	f.Add("- **Feedback** (to: b): x\n* Related: b.md, [b](b.md)\n")
	f.Fuzz(func(t *testing.T, doc string) {
		if len(doc) > 1000 {
			return
		}
		files := map[string]string{"events/a.md": doc, "events/b.md": "# X\n"}
		e := editor(t, files)
		left, err := e.Move("events/b.md", "events/c d/e.md")
		if err != nil {
			t.Fatal(err)
		}
		was, is := e.Site.Record("events/a.md"), link(t, e.Tree()).Record("events/a.md")
		if len(was.Targets) != len(is.Targets) {
			t.Fatalf("%d links were %d\n%q", len(is.Targets), len(was.Targets), is.File.Data)
		}
		if len(left) > 0 {
			return
		}
		for i, a := range was.Targets {
			if moved := a.Record != nil && a.Record.File.Path == "events/b.md"; moved && (is.Targets[i].Record == nil || is.Targets[i].Record.File.Path != "events/c d/e.md") {
				t.Fatalf("link %d is lost\n%q\n%q", i, doc, is.File.Data)
			}
		}
	})
}
