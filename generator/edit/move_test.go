package edit_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/site"
)

// linkForms are the ways to write a link to a path that is relative to a
// document; %s is the path, escaped.
var linkForms = []string{
	"[text](%s)", "[text](<%s>)", "[text](%s \"a title\")", "[text](  %s#heading  'x')", "![image](%s)", "[![alt](%s)](%s)",
	"[text][ref%d]\n\n[ref%d]: %s", "[ref%d]\n\n[ref%d]: <%s> \"title\"", "[text](%s?raw=1)", "<a href=\"%s\">html</a>", "<img src='%s' alt=\"\">",
	"- item [text](%s)\n  [other](%s#heading)", "> [quoted](%s)", "`[code](%s)` and [text](%s)", "```\n[code](%s)\n[ref%d]: %s\n```", "[a](%s) [b](%s)",
	"text[^%d] here\n\n[^%d]: note with [text](%s)", "| [cell](%s) |\n|---|", "[t\\]](%s)", "# Heading [text](%s)",
}

// randomSite is documents in folders that link to each other in all ways, and
// name each other in front matter.
func randomSite(r *rand.Rand) map[string]string {
	paths := []string{"index.md", "proposals/a.md", "proposals/b c.md", "proposals/deep/d(1).md", "decisions/é.md", "decisions/0007-x.md", "meetings/2018-03-20-team.md", "events/forum.md", "img/plan.png"}
	files := map[string]string{"img/plan.png": "png"}
	for _, p := range paths {
		if strings.HasSuffix(p, ".md") {
			files[p] = randomPage(r, p, paths)
		}
	}
	return files
}

func randomPage(r *rand.Rand, own string, paths []string) string {
	var b strings.Builder
	front := map[string]string{"proposals": "supersedes: [" + []string{"a", "b c", "d(1)"}[r.IntN(3)] + "]", "decisions": "proposal: ../proposals/a.md", "meetings": "event: forum\nagenda: [../proposals/a.md]"}
	if f := front[strings.Split(own, "/")[0]]; f != "" && r.IntN(2) == 0 {
		b.WriteString("---\n" + f + "\n---\n")
	}
	b.WriteString("# Heading\n\n")
	for n := range 1 + r.IntN(6) {
		target := paths[r.IntN(len(paths))]
		rel := strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29").Replace(site.Relative(path.Dir(own), target))
		if r.IntN(5) == 0 {
			rel = "./" + rel
		}
		form := linkForms[r.IntN(len(linkForms))]
		form = strings.ReplaceAll(strings.ReplaceAll(form, "%s", rel), "%d", fmt.Sprint(n))
		b.WriteString(form + "\n\n")
	}
	if strings.HasPrefix(own, "meetings") {
		b.WriteString("- **Feedback F1** (to: forum): slow\n")
	}
	return b.String()
}

// TestMoveKeepsWhatIsLinked moves random files of random sites: every link and
// every relation leads where it led, no page says anything else, and nothing is
// left to do by hand.
func TestMoveKeepsWhatIsLinked(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for n := range 600 {
		files := randomSite(r)
		old := slices.Sorted(maps.Keys(files))[r.IntN(len(files))]
		new := []string{"moved/x" + path.Ext(old), path.Join(path.Dir(old), "ü n"+path.Ext(old)), "z" + path.Ext(old), path.Join(path.Dir(old), "other"+path.Ext(old))}[r.IntN(4)]
		before := link(t, treeOf(files))
		e := editor(t, files)
		left, err := e.Move(old, new)
		if err != nil || len(left) > 0 {
			t.Fatalf("case %d: %s to %s: %v %v\n%s", n, old, new, err, left, files[old])
		}
		moved := func(p string) string {
			if p == old {
				return new
			}
			return p
		}
		after := link(t, e.Tree())
		for _, was := range before.Records {
			is := after.Record(moved(was.File.Path))
			if is == nil {
				t.Fatalf("case %d: %s is gone", n, was.File.Path)
			}
			same(t, fmt.Sprintf("case %d: %s to %s, %s\n%s\n---- became\n%s", n, old, new, was.File.Path, was.File.Data, is.File.Data), was, is, moved)
		}
	}
}

// same compares a record before and after a file moved.
func same(t *testing.T, name string, was, is *site.Record, moved func(string) string) {
	t.Helper()
	destination := regexp.MustCompile(`\(to: [^)]*`) // of feedback: it names the event
	if destination.ReplaceAllString(was.Body.Body.HTML, "") != destination.ReplaceAllString(is.Body.Body.HTML, "") {
		t.Fatalf("%s: the page says something else", name)
	}
	for i, n := range was.Notes {
		if len(n.Destinations) != len(is.Notes[i].Destinations) {
			t.Fatalf("%s: feedback went to %d events and goes to %d", name, len(n.Destinations), len(is.Notes[i].Destinations))
		}
	}
	for i, a := range was.Targets {
		b := is.Targets[i]
		if (a.Record == nil) != (b.Record == nil) || a.Record != nil && moved(a.Record.File.Path) != b.Record.File.Path || a.Kind != b.Kind || a.Fragment != b.Fragment {
			t.Fatalf("%s: link %d led to %q and leads to %q", name, i, a.Page(), b.Page())
		}
	}
	if was.Kind != is.Kind {
		t.Fatalf("%s: a %s became a %s", name, was.Kind.Name, is.Kind.Name)
	}
	relations := func(r *site.Record, at func(string) string) (list []string) {
		for _, rel := range r.Relations {
			if rel.To != nil && rel.Stated {
				list = append(list, rel.Label+" "+at(rel.To.File.Path))
			}
		}
		return list
	}
	if a, b := relations(was, moved), relations(is, path.Clean); !slices.Equal(a, b) {
		t.Fatalf("%s: relations %v, now %v", name, a, b)
	}
}

// TestMoveForth and back: the other files are what they were, byte for byte.
func TestMoveForthAndBack(t *testing.T) {
	files := map[string]string{
		"proposals/a.md": "---\r\ntitle: A\r\n---\r\nSee [b](b.md#x), ![p](../img/p.png) and [out](https://example.org/a.md).\r\n",
		"proposals/b.md": "# B\n\n## X\n\n[a](a.md \"A\"), [A][a], <a href='a.md'>a</a>\n\n[a]: <./a.md>\n",
		"img/p.png":      "png",
	}
	first := editor(t, files)
	if _, err := first.Move("proposals/a.md", "old/proposals/a.md"); err != nil {
		t.Fatal(err)
	}
	between := map[string]string{}
	for _, f := range first.Tree().Files() {
		between[f.Path] = string(f.Data)
	}
	if want := "---\r\ntitle: A\r\naliases: [proposals/a.md]\r\n---\r\nSee [b](../../proposals/b.md#x), ![p](../../img/p.png) and [out](https://example.org/a.md).\r\n"; between["old/proposals/a.md"] != want {
		t.Errorf("moved: %q", between["old/proposals/a.md"])
	}
	second := editor(t, between)
	if _, err := second.Move("old/proposals/a.md", "proposals/a.md"); err != nil {
		t.Fatal(err)
	}
	for p, want := range files {
		want = strings.Replace(want, "A\r\n---", "A\r\naliases: [old/proposals/a.md]\r\n---", 1)
		got := string(second.Tree().File(p).Data)
		if p == "proposals/b.md" {
			want = strings.Replace(want, "<./a.md>", "<a.md>", 1) // "./" does not come back
		}
		if got != want {
			t.Errorf("%s: %q, want %q", p, got, want)
		}
	}
}

// TestMoveRefuses what would write over something or cannot be a document.
func TestMoveRefuses(t *testing.T) {
	files := map[string]string{"a.md": "a", "b.md": "b", "dir/c.md": "c", "p.png": "p"}
	for new, want := range map[string]string{
		"b.md": "there already", "B.MD": "there already", "dir": "is a folder", "dir/c.md": "there already", "b.md/x.md": "not a folder",
		"../x.md": "not a path within", "/x.md": "not a path within", ".hidden.md": "never read", "node_modules/x.md": "never read", "x.png": "would no longer",
		"a\x00.md": "characters", "a\n.md": "characters", "a:b.md": "every system", "": "not a path", "x.": "blank or a dot", "a.md": "there already", strings.Repeat("x", 300) + ".md": "too long",
	} {
		e := editor(t, files)
		_, err := e.Move("a.md", new)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", new, err, want)
		}
		if len(e.Changes()) > 0 {
			t.Errorf("%.40q: refused, and something changed", new)
		}
	}
}
