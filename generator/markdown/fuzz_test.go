package markdown

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/tools/txtar"

	"minutebook/generator/source"
)

// FuzzConvert converts anything under every policy that is for strangers and
// checks what must hold of any document.
func FuzzConvert(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(txtar.Parse(data).Files[0].Data)
	}
	github, escape := New(Options{}), New(Options{HTML: Escape})
	f.Fuzz(func(t *testing.T, body []byte) {
		file := source.NewFile("in.md", append([]byte("---\n---\n"), body...))
		span := source.Span{Start: 8, End: len(file.Data)}
		check(t, span, github.Convert(file, span))
		check(t, span, escape.Convert(file, span))
	})
}

// extraSchemes are those that golden files allow.
var extraSchemes = []string{"tel", "irc"}

// check tests what must hold of any document.
func check(t *testing.T, body source.Span, doc *Converted) {
	t.Helper()
	if !utf8.ValidString(doc.Body.HTML) || strings.Contains(doc.Body.HTML, "\x00") {
		t.Error("the HTML is not text")
	}
	if doc.Lead < 0 || doc.Lead > len(doc.Body.HTML) || doc.Lead > 0 && (!strings.HasPrefix(doc.Body.HTML, "<h1 id=") || doc.Headings[0].Level != 1) {
		t.Errorf("lead is %d", doc.Lead)
	}
	checkGaps(t, doc)
	checkSpans(t, body, doc)
	page := filled(doc)
	tree := parseHTML(t, page)
	checkTree(t, doc, tree)
	checkItems(t, body, doc, tree)
	once := renderHTML(t, tree)
	if twice := renderHTML(t, parseHTML(t, once)); once != twice {
		t.Errorf("parsing changes the HTML\n%q\n%q", once, twice)
	}
	if a, b := tokensOf(page), tokensOf(once); !slices.Equal(a, b) {
		t.Errorf("the HTML is not well-formed\n%q\n%q", a, b)
	}
}

// tokensOf is HTML in a form that does not depend on how it is escaped and in
// which order attributes stand.
func tokensOf(s string) (tokens []string) {
	for z := html.NewTokenizer(strings.NewReader(s)); z.Next() != html.ErrorToken; {
		t := z.Token()
		if t.Type == html.SelfClosingTagToken {
			t.Type = html.StartTagToken
		}
		slices.SortFunc(t.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
		if text := t.String(); len(tokens) > 0 && t.Type == html.TextToken && !strings.HasPrefix(tokens[len(tokens)-1], "<") {
			tokens[len(tokens)-1] += text
		} else {
			tokens = append(tokens, text)
		}
	}
	return tokens
}

func checkGaps(t *testing.T, doc *Converted) {
	t.Helper()
	at, open := 0, -1
	for _, g := range doc.Body.Gaps {
		if g.At < at || g.At > len(doc.Body.HTML) || g.Reference < 0 || g.Reference >= len(doc.References) {
			t.Fatalf("gap %+v after %d", g, at)
		}
		at = g.At
		ref := doc.References[g.Reference]
		switch {
		case g.Part == LinkOpen && open < 0 && ref.Form == Link:
			open = g.Reference
		case g.Part == LinkClose && open == g.Reference:
			open = -1
		case g.Part == Image && ref.Form == Embed:
		default:
			t.Fatalf("gap %+v while %d is open", g, open)
		}
		if at < doc.Lead {
			t.Errorf("gap %+v within the lead", g)
		}
	}
	if open >= 0 {
		t.Errorf("link %d is never closed", open)
	}
}

func checkSpans(t *testing.T, body source.Span, doc *Converted) {
	t.Helper()
	spans := map[string]source.Span{}
	for _, r := range doc.References {
		spans[r.Destination] = r.Span
		if s := schemeOf(r.Destination); s != "" && s != "http" && s != "https" && s != "mailto" && !slices.Contains(extraSchemes, s) {
			t.Errorf("reference to %q", r.Destination)
		}
	}
	for _, h := range doc.Headings {
		spans[h.Text] = h.Span
	}
	for _, task := range doc.Tasks {
		spans[task.Text] = task.Span
	}
	for what, s := range spans {
		checkSpan(t, body, s, what)
	}
}

// checkItems tests that every item is on the page under an id of its own, and
// that all of it lies where it should: under its heading, within its item, in
// its part of the file. Only HTML that is nested too deep may cost an item its
// id.
func checkItems(t *testing.T, body source.Span, doc *Converted, nodes []*html.Node) {
	t.Helper()
	ids := map[string]bool{}
	for _, root := range nodes {
		ids[idOf(root)] = true
		for n := range root.Descendants() {
			ids[idOf(n)] = true
		}
	}
	seen := map[string]bool{}
	for i, it := range doc.Items {
		switch {
		case it.Anchor == "" && strings.Count(doc.Body.HTML, "<") > deepest:
		case seen[it.Anchor] || !ids[it.Anchor]:
			t.Errorf("item %d is #%s: there %v, before %v", i, it.Anchor, ids[it.Anchor], seen[it.Anchor])
		case doc.Anchors[it.Anchor] != it.Anchor:
			t.Errorf("#%s is no anchor", it.Anchor)
		}
		seen[it.Anchor] = true
		if it.Heading >= len(doc.Headings) || it.Heading >= 0 && doc.Headings[it.Heading].Span.Start > it.Span.Start ||
			it.Heading+1 < len(doc.Headings) && doc.Headings[it.Heading+1].Span.Start < it.Span.Start {
			t.Errorf("item %d stands under heading %d", i, it.Heading)
		}
		if it.Parent >= len(doc.Items) || it.Parent == i || it.Parent > i && it.Kind != Answer {
			t.Errorf("item %d is in item %d", i, it.Parent)
		}
		checkItemReferences(t, doc, it)
		checkItemSpans(t, body, it)
	}
	for _, a := range doc.Attendance {
		checkSpan(t, body, a.Span, a.Name)
		if a.Name == "" || !utf8.ValidString(a.Name+a.Note+a.Handle) {
			t.Errorf("attendee %+v", a)
		}
	}
}

func idOf(n *html.Node) string {
	id, _ := attributeOf(n, "id")
	return id
}

func checkItemReferences(t *testing.T, doc *Converted, it Item) {
	t.Helper()
	for _, list := range [][]int{it.References, it.Targets, it.From} {
		for _, i := range list {
			if i < 0 || i >= len(doc.References) || !slices.Contains(it.References, i) {
				t.Errorf("reference %d in #%s, which has %v", i, it.Anchor, it.References)
			}
		}
	}
}

func checkItemSpans(t *testing.T, body source.Span, it Item) {
	t.Helper()
	checkSpan(t, body, it.Span, it.Text)
	for _, v := range []Written{it.Due, it.DoneOn, it.AnswerBy, it.On} {
		checkSpan(t, body, v.Span, v.Text)
	}
	for _, p := range slices.Concat(it.Owners, it.AskedBy) {
		checkSpan(t, body, p.Span, p.Name)
	}
	for _, text := range []string{it.Text, it.Result, it.To, it.Topic, it.Upstream} {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\n\x00\x1a") {
			t.Errorf("text %q", text)
		}
	}
}

func checkSpan(t *testing.T, body, s source.Span, what string) {
	t.Helper()
	if s.Start > s.End || s.End > body.End || s.Start < body.Start && !s.IsZero() {
		t.Errorf("span %v of %q is outside of %v", s, what, body)
	}
}

// filled puts plain elements into the gaps.
func filled(doc *Converted) string {
	var b strings.Builder
	at := 0
	for _, g := range doc.Body.Gaps {
		b.WriteString(doc.Body.HTML[at:g.At])
		at = g.At
		b.WriteString([]string{`<a href="x">`, "</a>", `<img src="x">`}[g.Part])
	}
	return b.String() + doc.Body.HTML[at:]
}

func parseHTML(t *testing.T, s string) []*html.Node {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(s), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		t.Fatal(err)
	}
	return nodes
}

func renderHTML(t *testing.T, nodes []*html.Node) string {
	t.Helper()
	var b strings.Builder
	for _, n := range nodes {
		if err := html.Render(&b, n); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// checkTree looks at the page as a browser does: no script, no handler, no link
// that runs anything, no id twice, every id that was promised.
func checkTree(t *testing.T, doc *Converted, nodes []*html.Node) {
	t.Helper()
	ids := map[string]bool{}
	links := map[string]bool{}
	for _, root := range nodes {
		checkElement(t, root, ids, links)
		for n := range root.Descendants() {
			checkElement(t, n, ids, links)
		}
	}
	for id := range links {
		if !ids[id] {
			t.Errorf("a link leads to #%s, which is not there", id)
		}
	}
	for anchor, id := range doc.Anchors {
		if !ids[id] {
			t.Errorf("anchor %q is #%s, which is not there", anchor, id)
		}
	}
}

func checkElement(t *testing.T, n *html.Node, ids, links map[string]bool) {
	t.Helper()
	if n.Type == html.CommentNode || n.Data == "script" && n.Type == html.ElementNode {
		t.Errorf("%q is on the page", n.Data)
	}
	for _, a := range n.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "name":
			t.Errorf("<%s %s> is on the page", n.Data, a.Key)
		case a.Key == "id" && ids[a.Val]:
			t.Errorf("id %q is there twice", a.Val)
		case a.Key == "id":
			ids[a.Val] = true
		case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
			links[a.Val[1:]] = true
		case (a.Key == "href" || a.Key == "src") && a.Val != "x":
			t.Errorf("%s is %q", a.Key, a.Val)
		}
	}
}
