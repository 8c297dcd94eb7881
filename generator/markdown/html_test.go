package markdown

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/tools/txtar"
)

const testToken = "mb:test:"

// acceptAll takes every reference.
type acceptAll struct{ references []Reference }

func (a *acceptAll) add(r Reference) (int, bool) {
	a.references = append(a.references, r)
	return len(a.references) - 1, true
}

// acceptSafe takes the references that a document without settings would.
type acceptSafe struct{ acceptAll }

func (a *acceptSafe) add(r Reference) (int, bool) {
	if !schemeAllowed(r.Destination, nil) {
		return 0, false
	}
	return a.acceptAll.add(r)
}

// filledWith is a fragment with text made of the gap and its reference in each gap.
func filledWith(f Fragment, with func(Gap) string) string {
	var b strings.Builder
	at := 0
	for _, g := range f.Gaps {
		b.WriteString(f.HTML[at:g.At])
		b.WriteString(with(g))
		at = g.At
	}
	b.WriteString(f.HTML[at:])
	return b.String()
}

// reading is a gap as a person reads it in a golden file.
func reading(g Gap) string {
	return fmt.Sprintf("{{%d %s}}", g.Reference, [...]string{"open", "close", "image"}[g.Part])
}

// markup is a gap as the HTML that sanitize made it of.
func markup(g Gap) string {
	switch g.Part {
	case LinkOpen:
		return fmt.Sprintf(`<a href="%s%d">`, testToken, g.Reference)
	case LinkClose:
		return "</a>"
	}
	return fmt.Sprintf(`<img src="%s%d">`, testToken, g.Reference)
}

// TestHTML puts the raw section of each testdata/html/*.txtar through both walls
// and compares what is left, and what was removed, with the other sections.
func TestHTML(t *testing.T) {
	files, err := filepath.Glob("testdata/html/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d golden files, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { htmlGolden(t, name) })
	}
}

func htmlGolden(t *testing.T, name string) {
	want, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if comment := strings.TrimSpace(string(want.Comment)); comment == "" || strings.Contains(comment, "\n") || !strings.HasSuffix(comment, ".") {
		t.Errorf("the comment is not one sentence on one line: %q", comment)
	}
	if len(want.Files) == 0 || want.Files[0].Name != "raw" {
		t.Fatal("there is no section raw")
	}
	got := &txtar.Archive{Comment: want.Comment, Files: want.Files[:1]}
	section := func(name, text string) {
		if text != "" {
			got.Files = append(got.Files, txtar.File{Name: name, Data: []byte(strings.TrimRight(text, "\n") + "\n")})
		}
	}
	raw := string(want.Files[0].Data)
	kept, removed := classifyRaw(raw)
	var references acceptSafe
	f, late := sanitize(kept, testToken, references.add)
	if len(late) > 0 {
		t.Errorf("the first wall let through %v", late)
	}
	section("html", filledWith(f, reading))
	var lines strings.Builder
	for i, r := range references.references {
		fmt.Fprintf(&lines, "%d %d %q text %q title %q size %q %q\n", i, r.Form, r.Destination, r.Text, r.Title, r.Width, r.Height)
	}
	section("references", lines.String())
	lines.Reset()
	for _, r := range removed {
		fmt.Fprintf(&lines, "%d: %s\n", r.Offset, r)
	}
	section("removed", lines.String())
	compare(t, name, got, want)
}

func compare(t *testing.T, name string, got, want *txtar.Archive) {
	t.Helper()
	a, b := txtar.Format(got), txtar.Format(want)
	if *update {
		if err := os.WriteFile(name, a, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(a, b) {
		t.Errorf("run with -update to accept\n got:\n%s\nwant:\n%s", a, b)
	}
}

// parseWithin parses a body as the content of <div id=w>, with <p id=after>
// behind it, as a browser would, and returns both.
func parseWithin(t testing.TB, body string) (within, after *html.Node) {
	t.Helper()
	page := `<!DOCTYPE html><html><head><title>t</title></head><body><div id="mb-w">` + body + `</div><p id="mb-after">x</p></body></html>`
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if id, _ := attributeOf(n, "id"); id == "mb-w" && within == nil {
			within = n
		} else if id == "mb-after" {
			after = n
		}
	}
	return within, after
}

// unsafeBody says what is wrong with a body of a page, or "". It is an oracle
// that knows nothing of how the body was made: only of what a browser reads.
func unsafeBody(t testing.TB, body string) string {
	t.Helper()
	within, after := parseWithin(t, body)
	switch {
	case within == nil || after == nil || within.NextSibling != after || after.NextSibling != nil:
		return "the container was closed or left open"
	case within.PrevSibling != nil || within.Parent.DataAtom != atom.Body:
		return "something stands before the container"
	case len(within.Parent.Parent.Attr)+len(within.Parent.Attr) > 0:
		return "html or body has attributes"
	}
	for n := range within.Descendants() {
		if fault := unsafeNode(n); fault != "" {
			return fault
		}
	}
	return ""
}

var safeElements = strings.Fields(`a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
	figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub
	summary sup table tbody td tfoot th thead time tr u ul var wbr`)

var safeAttributes = strings.Fields(`abbr align alt aria-hidden aria-label class colspan datetime dir height href id lang open
	reversed role rowspan scope span src start tabindex title type value width`)

func unsafeNode(n *html.Node) string {
	if n.Type == html.TextNode {
		return ""
	}
	if n.Type != html.ElementNode || n.Namespace != "" || !slices.Contains(safeElements, n.Data) {
		return fmt.Sprintf("there is a node %q", n.Data)
	}
	for _, a := range n.Attr {
		if a.Namespace != "" || !slices.Contains(safeAttributes, a.Key) {
			return fmt.Sprintf("there is an attribute %s", a.Key)
		}
		if (a.Key == "href" || a.Key == "src") && !strings.HasPrefix(a.Val, testToken) && !strings.HasPrefix(a.Val, "#") {
			return fmt.Sprintf("an address %q stayed", a.Val)
		}
	}
	return ""
}

// checkSafe puts a raw text through both walls, and through each alone, and
// reports what the oracle finds.
func checkSafe(t testing.TB, raw string) {
	t.Helper()
	kept, _ := classifyRaw(raw)
	for name, in := range map[string]string{"both": kept, "second": raw} {
		var references acceptSafe
		f, _ := sanitize(in, testToken, references.add)
		out := filledWith(f, markup)
		if fault := unsafeBody(t, out); fault != "" {
			t.Errorf("%s: %s\n raw: %q\nkept: %q\n out: %q", name, fault, raw, kept, out)
		}
		for _, r := range references.references {
			if !schemeAllowed(r.Destination, nil) {
				t.Errorf("reference to %q", r.Destination)
			}
		}
		var again acceptSafe
		if twice, _ := sanitize(out, testToken, again.add); filledWith(twice, markup) != out || len(again.references) > 0 {
			t.Errorf("%s: not the same again\n  raw: %q\n once: %q\ntwice: %q", name, raw, out, filledWith(twice, markup))
		}
	}
	if fault := firstWall(kept); fault != "" {
		t.Errorf("first: %s\n raw: %q\nkept: %q", fault, raw, kept)
	}
}

// firstWall says what a browser would run or load of what classifyRaw let
// through: unbalanced, so only tags are looked at.
func firstWall(kept string) string {
	z := html.NewTokenizer(strings.NewReader(kept))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.CommentToken, html.DoctypeToken:
			return "there is a comment"
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			t := z.Token()
			if !slices.Contains(safeElements, t.Data) {
				return fmt.Sprintf("there is a tag %q", t.Data)
			}
			for _, a := range t.Attr {
				if !slices.Contains(safeAttributes, a.Key) || a.Key == "class" || a.Key == "role" {
					return fmt.Sprintf("there is an attribute %s", a.Key)
				}
				if (a.Key == "href" || a.Key == "src") && !strings.HasPrefix(a.Val, disarmed) && !schemeAllowed(a.Val, harmlessSchemes) {
					return fmt.Sprintf("there is an address %q", a.Val)
				}
			}
		}
	}
}
