package layout

import (
	"bytes"
	"flag"
	"fmt"
	"html/template"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"minutebook/generator/source"
	"minutebook/layouts"
)

var update = flag.Bool("update", false, "write the golden files anew")

func embedded(t testing.TB) *source.Tree {
	t.Helper()
	tree, err := source.FromFS(layouts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// load loads the embedded layouts with files of a user laid over them.
func load(t testing.TB, over ...*source.File) *Theme {
	t.Helper()
	theme, faults := Load(embedded(t).Overlay(source.NewTree(over...)), nil)
	for _, f := range faults {
		t.Errorf("%v\n  %s", f, f.Hint)
	}
	return theme
}

func file(path, text string) *source.File { return source.NewFile(path, []byte(text)) }

func render(t testing.TB, theme *Theme, name string, page any) string {
	t.Helper()
	var w bytes.Buffer
	if err := theme.Render(&w, name, page); err != nil {
		t.Fatal(err)
	}
	return w.String()
}

// elements are the elements of a page in their order.
func elements(t testing.TB, page string) (all []*html.Node) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			all = append(all, n)
		}
	}
	return all
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// Every page keeps the rules of the frame, with everything on it and with
// nothing.
func TestPagesKeepTheRules(t *testing.T) {
	theme, pages := load(t), everyPage(t)
	for name, page := range pages {
		t.Run(name, func(t *testing.T) { keepsRules(t, render(t, theme, name, page)) })
	}
	for name := range theme.pages {
		if pages[name] == nil {
			t.Errorf("%s.html is not tried", name)
		}
	}
	for name := range everyPage(t) {
		for i, sample := range samples(typeOf(name)) {
			t.Run(fmt.Sprint(name, i), func(t *testing.T) {
				if _, err := html.Parse(strings.NewReader(render(t, theme, name, sample))); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func keepsRules(t *testing.T, page string) {
	if !strings.HasPrefix(page, "<!doctype html>") {
		t.Errorf("begins with %.40q", page)
	}
	ids, h1 := map[string]bool{}, 0
	all := elements(t, page)
	for i, n := range all {
		if n.Data == "head" {
			if v, _ := attribute(all[i+1], "http-equiv"); v != "Content-Security-Policy" {
				t.Error("the policy is not first in the head")
			}
		}
		if n.Data == "h1" {
			h1++
		}
		if n.Data == "style" || n.Data == "script" && n.FirstChild != nil {
			t.Errorf("inline %s", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "style", strings.HasPrefix(a.Key, "on"):
				t.Errorf("<%s %s>", n.Data, a.Key)
			case a.Key == "id" && (ids[a.Val] || a.Val == ""):
				t.Errorf("id %q twice or empty", a.Val)
			case (a.Key == "href" || a.Key == "src") && (a.Val == "" || strings.HasPrefix(a.Val, "data:")):
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			case strings.Contains(a.Val, "ZgotmplZ"):
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		if id, ok := attribute(n, "id"); ok {
			ids[id] = true
		}
	}
	if h1 != 1 {
		t.Errorf("%d h1", h1)
	}
	namesExist(t, all, ids)
}

// namesExist checks the references from the frame to its own parts.
func namesExist(t *testing.T, all []*html.Node, ids map[string]bool) {
	for _, n := range all {
		for _, key := range []string{"aria-labelledby", "popovertarget", "for"} {
			if id, ok := attribute(n, key); ok && !ids[id] {
				t.Errorf("<%s %s=%q> names nothing", n.Data, key, id)
			}
		}
	}
}

// The ids of the frame step aside for those of documents.
func TestFrameIDsHaveAPrefix(t *testing.T) {
	theme := load(t)
	for name, page := range everyPage(t) {
		if d, ok := page.(DocumentPage); ok {
			d.Body, d.HeadingID = "", ""
			page = d
		}
		for _, n := range elements(t, render(t, theme, name, page)) {
			if id, ok := attribute(n, "id"); ok && !strings.HasPrefix(id, "mb-") {
				t.Errorf("%s: id %q", name, id)
			}
		}
	}
}

// Taking out white space changes nothing but white space.
func TestCompactIsTheSamePage(t *testing.T) {
	theme := load(t)
	for name, page := range everyPage(t) {
		var written bytes.Buffer
		if err := theme.pages[name].written().Execute(&written, page); err != nil {
			t.Fatal(err)
		}
		compact := render(t, theme, name, page)
		want, got := outline(t, written.String()), outline(t, compact)
		if got != want {
			t.Errorf("%s: compact:\n%s\nas written:\n%s", name, got, want)
		}
		if len(compact) >= written.Len() {
			t.Errorf("%s: compact is %d bytes, as written %d", name, len(compact), written.Len())
		}
	}
}

// outline is a page as a browser has it, a node a line, with white space
// between words only.
func outline(t testing.TB, page string) string {
	var b strings.Builder
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	writeOutline(&b, root, 0)
	return b.String()
}

func writeOutline(b *strings.Builder, n *html.Node, depth int) {
	indent := strings.Repeat(" ", depth)
	switch n.Type {
	case html.TextNode:
		if text := strings.Join(strings.Fields(n.Data), " "); text != "" {
			fmt.Fprintf(b, "%s%s\n", indent, text)
		}
	case html.ElementNode:
		fmt.Fprintf(b, "%s<%s", indent, n.Data)
		for _, a := range n.Attr {
			// Between the settings of a viewport white space is free.
			fmt.Fprintf(b, " %s=%q", a.Key, strings.ReplaceAll(a.Val, ", ", ","))
		}
		b.WriteString(">\n")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeOutline(b, c, depth+1)
	}
}

// The pages of the example are what testdata/pages.txtar shows. The text of
// documents and the icons are left out: they say nothing of layouts.
func TestGolden(t *testing.T) {
	theme := load(t)
	got := &txtar.Archive{Comment: []byte("What is in <main>, a node a line; -update writes it anew.\n")}
	pages := everyPage(t)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		if d, ok := pages[name].(DocumentPage); ok {
			d.Body = "<p>Text.</p>"
			pages[name] = d
		}
		_, text, _ := strings.Cut(render(t, theme, name, pages[name]), "<main")
		text, _, _ = strings.Cut(text, "</main>")
		var lines []string
		for line := range strings.Lines(outline(t, "<main"+text)) {
			if !strings.Contains(line, "<path") && !strings.Contains(line, "<circle") {
				lines = append(lines, strings.TrimPrefix(line, "   "))
			}
		}
		got.Files = append(got.Files, txtar.File{Name: name, Data: []byte(strings.Join(lines[3:], ""))})
	}
	const golden = "testdata/pages.txtar"
	if *update {
		if err := os.WriteFile(golden, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(txtar.Format(got), want) {
		t.Errorf("pages differ from %s; look at the difference after -update", golden)
	}
}

// Whatever a document says, it stays text.
func TestHostileValuesStayText(t *testing.T) {
	theme := load(t)
	for name := range everyPage(t) {
		for _, hostile := range []string{`"><script>alert(1)</script><b x='`, "javascript:alert(1)", "'-alert(1)-'"} {
			v := reflect.New(typeOf(name)).Elem()
			full.value(v, 6)
			poison(v, hostile)
			for _, n := range elements(t, render(t, theme, name, v.Interface())) {
				if _, src := attribute(n, "src"); n.Data == "script" && !src || n.Data == "b" && len(n.Attr) > 0 {
					t.Errorf("%s: %q made <%s>", name, hostile, n.Data)
				}
				for _, key := range []string{"href", "src"} {
					if v, _ := attribute(n, key); strings.HasPrefix(v, "javascript:") {
						t.Errorf("%s: %q is in %s", name, hostile, key)
					}
				}
			}
		}
	}
}

// poison sets all strings; HTML is trusted and stays.
func poison(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			poison(v.Field(i), text)
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), text)
		}
	case reflect.Pointer:
		poison(v.Elem(), text)
	case reflect.String:
		if v.Type() != reflect.TypeFor[template.HTML]() {
			v.SetString(text)
		}
	}
}

// Equal values give equal bytes, also from many goroutines and a second theme.
func TestRenderIsDeterministic(t *testing.T) {
	theme, page := load(t), proposal(t)
	want := render(t, theme, "proposal", page)
	var workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			var w bytes.Buffer
			if err := theme.Render(&w, "proposal", page); err != nil || w.String() != want {
				t.Error("another page, or", err)
			}
		})
	}
	workers.Wait()
	again := load(t)
	if render(t, again, "proposal", page) != want || again.Sum() != theme.Sum() || !reflect.DeepEqual(again.Assets(), theme.Assets()) {
		t.Error("loading twice gives two themes")
	}
}

// Home says that nothing waits; other empty groups are not shown.
func TestEmptyGroups(t *testing.T) {
	page := home()
	page.Due.Entries, page.Upcoming.Entries, page.Open.Entries = nil, nil, nil
	got := render(t, load(t), "home", page)
	if !strings.Contains(got, "Nothing waits for a decision.") {
		t.Error("Home does not say that nothing waits")
	}
	for _, title := range []string{page.Upcoming.Title, page.Open.Title} {
		if strings.Contains(got, title) {
			t.Errorf("%q is shown without entries", title)
		}
	}
}

// A list says that it is empty when none of its groups has an entry.
func TestEmptyList(t *testing.T) {
	theme, page := load(t), list()
	if got := render(t, theme, "list", page); strings.Contains(got, page.Empty) {
		t.Error("a list with entries is called empty")
	}
	page.Counts, page.Groups = nil, []Group{{Title: "2018"}}
	if got := render(t, theme, "list", page); !strings.Contains(got, page.Empty) || strings.Contains(got, "2018</h2>") {
		t.Error("an empty list is not called empty")
	}
}

func TestProblemsAreOpenWithAnError(t *testing.T) {
	theme, page := load(t), proposal(t)
	if got := render(t, theme, "proposal", page); !strings.Contains(got, `<details class="problems bad" open>`) {
		t.Error("closed with an error")
	}
	page.Problems = page.Problems[1:]
	got := render(t, theme, "proposal", page)
	if !strings.Contains(got, `<details class="problems"><summary>1 problem with`) {
		t.Error("open with a warning only")
	}
}

func BenchmarkRender(b *testing.B) {
	theme, page := load(b), proposal(b)
	var w bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		w.Reset()
		if err := theme.Render(&w, "proposal", page); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(w.Len()), "B/page")
}

func BenchmarkLoad(b *testing.B) {
	tree := embedded(b)
	for b.Loop() {
		Load(tree, nil)
	}
}
