package markdown

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/yuin/goldmark/extension"
	gmrenderer "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// specDifferences are the examples of the specifications that come out
// differently, with the reason. One that passes again must leave the list.
var specDifferences = map[string]string{
	"commonmark.json Autolinks 608":          "GFM links bare addresses",
	"commonmark.json Autolinks 611":          "GFM links bare addresses",
	"commonmark.json Autolinks 612":          "GFM links bare addresses",
	"gfm_extensions.json Strikethroughs 18":  "the library takes ~a~~ for a strikethrough",
	"gfm_extensions.json Autolinks 19":       "the library's linkify differs at the edges",
	"gfm_extensions.json Autolinks 20":       "the example has no expected output",
	"gfm_extensions.json HTML tag filter 22": "the filter belongs to rendering; see html.go",
	"gfm_extensions.json Footnotes 23":       "footnotes are rendered by ourselves; see note.go",
}

// TestSpecifications parses every example of CommonMark and of the extensions
// of GitHub Flavored Markdown as documents are parsed, and renders it as the
// library does: our own HTML differs on purpose and is tested by goldens.
func TestSpecifications(t *testing.T) {
	for _, name := range []string{"commonmark.json", "gfm_extensions.json"} {
		var examples []struct {
			Markdown, HTML, Section string
			Example                 int
		}
		readJSON(t, name, &examples)
		html := plainRenderer()
		for _, e := range examples {
			id := fmt.Sprintf("%s %s %d", name, e.Section, e.Example)
			var got bytes.Buffer
			tree := newSyntax().parse([]byte(e.Markdown))
			if err := html.Render(&got, []byte(e.Markdown), tree.root); err != nil {
				t.Fatal(err)
			}
			want := checkBoxes.Replace(e.HTML)
			_, differs := specDifferences[id]
			if same := got.String() == want; same == differs {
				t.Errorf("%s: passes: %v, listed: %v\n%s\n got %s\nwant %s", id, same, differs, e.Markdown, &got, want)
			}
		}
	}
}

// checkBoxes gives the attributes of check boxes the order that the library
// writes them in.
var checkBoxes = strings.NewReplacer(
	`<input type="checkbox" disabled="" />`, `<input disabled="" type="checkbox">`,
	`<input type="checkbox" checked="" disabled="" />`, `<input checked="" disabled="" type="checkbox">`,
)

func plainRenderer() gmrenderer.Renderer {
	options := []html.Option{html.WithUnsafe(), html.WithXHTML()}
	return gmrenderer.NewRenderer(gmrenderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(options...), 1000),
		util.Prioritized(extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(extension.NewTaskCheckBoxHTMLRenderer(), 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
	))
}

// TestSlugs compares heading ids with those that GitHub gives.
func TestSlugs(t *testing.T) {
	var cases []struct{ Name, Input, Expected string }
	readJSON(t, "slugger.json", &cases)
	ids := ids{slugs: map[string]int{}}
	for _, c := range cases {
		if got := ids.unique(slug([]byte(c.Input))); got != c.Expected {
			t.Errorf("%s: slug of %q = %q, want %q", c.Name, c.Input, got, c.Expected)
		}
	}
}

func readJSON(t *testing.T, name string, v any) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}
