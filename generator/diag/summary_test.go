package diag

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	xhtml "golang.org/x/net/html"
)

// A readSummary is what a reader of the rendered Markdown sees.
type readSummary struct {
	rows     [][]string // of all tables, without their heads
	elements map[string]int
}

// renderSummary renders Markdown as GitHub does, with raw HTML and bare links,
// and reads the page back.
func renderSummary(t testing.TB, markdown string) readSummary {
	t.Helper()
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	var page bytes.Buffer
	if err := md.Convert([]byte(markdown), &page); err != nil {
		t.Fatal(err)
	}
	root, err := xhtml.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	s := readSummary{elements: map[string]int{}}
	for n := range root.Descendants() {
		if n.Type != xhtml.ElementNode {
			continue
		}
		s.elements[n.Data]++
		if n.Data == "tr" && n.Parent.Data == "tbody" {
			s.rows = append(s.rows, cells(n))
		}
	}
	return s
}

func cells(row *xhtml.Node) (texts []string) {
	for cell := range row.ChildNodes() {
		if cell.Type != xhtml.ElementNode {
			continue
		}
		var b strings.Builder
		for n := range cell.Descendants() {
			if n.Type == xhtml.TextNode {
				b.WriteString(n.Data)
				// A mention or a link could stand outside of code only.
				if n.Parent.Data != "code" && strings.Trim(n.Data, "`|") != "" {
					b.WriteString("<outside of code>")
				}
			}
		}
		texts = append(texts, b.String())
	}
	return texts
}

// wantRow are the cells of a problem, as text.
func wantRow(d Diagnostic) []string {
	row := []string{shown(Place{d.Path, d.Start}), d.Message, d.Hint, d.Code}
	for i, text := range row {
		row[i] = Printable(clip(text, longestCell))
	}
	return row
}

// The rendered tables say word for word what the problems say, and nothing of
// it became anything but text.
func checkSummary(t testing.TB, l List) {
	t.Helper()
	markdown := written(t, Summary, l)
	got := renderSummary(t, markdown)
	i := 0
	for _, s := range []Severity{Error, Warning, Info} {
		n := 0
		for _, d := range l {
			if d.Severity != s {
				continue
			}
			if n++; n > rowsPerTable {
				continue
			}
			if i >= len(got.rows) || !slices.Equal(got.rows[i], wantRow(d)) {
				t.Fatalf("row %d is %q, want %q in\n%s", i, got.rows[min(i, len(got.rows)-1):][:1], wantRow(d), markdown)
			}
			i++
		}
	}
	if i != len(got.rows) {
		t.Errorf("%d rows, want %d", len(got.rows), i)
	}
	for name := range got.elements {
		if !slices.Contains([]string{"html", "head", "body", "h2", "h3", "table", "thead", "tbody", "tr", "th", "td", "code", "p"}, name) {
			t.Errorf("an element %s came from a document:\n%s", name, markdown)
		}
	}
}

func TestSummary(t *testing.T) {
	checkSummary(t, hostileList())
	for _, d := range hostileList() {
		checkSummary(t, List{d})
	}
}

func TestSummaryIsCapped(t *testing.T) {
	l := manyProblems(rowsPerTable+7, "m", "h")
	checkSummary(t, l)
	out := written(t, Summary, l)
	if n := strings.Count(out, "\nand 7 more\n"); n != 3 || !strings.HasPrefix(out, "## Minutebook: 57 errors, 57 warnings, 57 notes\n") {
		t.Errorf("%d tables are capped in\n%s", n, out[:200])
	}
}

func FuzzSummary(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, text, text)
	}
	f.Fuzz(func(t *testing.T, path, message, hint string) {
		d := Diagnostic{Code: "bad-value", Severity: Error, Path: path, Message: message, Hint: hint}
		checkSummary(t, List{d, {Code: "layout", Severity: Info, Path: "a.md", Message: fmt.Sprint(hint, message)}})
	})
}
