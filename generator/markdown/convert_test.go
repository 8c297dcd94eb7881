package markdown

import (
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"

	"minutebook/generator/source"
)

func convert(c *Converter, body string) *Converted {
	f := source.NewFile("in.md", []byte(body))
	return c.Convert(f, source.Span{End: len(body)})
}

func read(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestWarmIsCold converts with a Converter that has seen the document, one that
// has not, and one that many goroutines use at once.
func TestWarmIsCold(t *testing.T) {
	bodies := []string{read(t, "minutes.md"), read(t, "code.md"), read(t, "html.md")}
	warm := New(Options{})
	var all sync.WaitGroup
	for _, body := range bodies {
		cold := convert(New(Options{}), body)
		for range 8 {
			all.Go(func() {
				if got := convert(warm, body); !reflect.DeepEqual(got, cold) {
					t.Error("a warm Converter gives something else")
				}
			})
		}
	}
	all.Wait()
}

// TestOverLimit shows what is left of a document that is over a limit.
func TestOverLimit(t *testing.T) {
	for name, body := range map[string]string{
		"long":   strings.Repeat("# word\n", 200_000),
		"nested": strings.Repeat("> ", 1000) + "deep",
	} {
		doc := convert(New(Options{}), body)
		if !strings.HasPrefix(doc.Body.HTML, `<pre class="plain"`) || len(doc.Headings) > 0 || doc.Anchors == nil {
			t.Errorf("%s: %.80s, %d headings", name, doc.Body.HTML, len(doc.Headings))
		}
		if len(doc.Problems) != 1 || doc.Problems[0].Code != "over-limit" || doc.Problems[0].Hint == "" || doc.Problems[0].Start.Line == 0 {
			t.Errorf("%s: %v", name, doc.Problems)
		}
	}
}

// TestExpansion shows that the size of the HTML is bounded: rows of a table get
// cells that they do not have in the source.
func TestExpansion(t *testing.T) {
	header := strings.Repeat("|a", 100) + "|\n" + strings.Repeat("|-", 100) + "|\n"
	body := header + strings.Repeat("|\n", 1900)
	doc := convert(New(Options{}), body)
	if len(doc.Body.HTML) > expansion*len(body)+expansionFloor || !doc.Problems.Has("over-limit") || doc.Problems[0].Start.Line != 1 {
		t.Errorf("%d bytes of HTML from %d, %v", len(doc.Body.HTML), len(body), doc.Problems)
	}
}

// TestLargeCode shows that code which is too large to be coloured is plain, and
// that all of it is there.
func TestLargeCode(t *testing.T) {
	code := strings.Repeat("x := 1\n", highlightLines+1)
	doc := convert(New(Options{}), "```go\n"+code+"```\n")
	if !strings.Contains(doc.Body.HTML, `<code class="language-go">`+code+"</code>") {
		t.Errorf("%.200s", doc.Body.HTML)
	}
}

// TestUnsafe shows that a site whose authors are trusted gets what they wrote.
func TestUnsafe(t *testing.T) {
	const html = `<div onclick="x"><script>1 < 2</script></div>`
	doc := convert(New(Options{HTML: Unsafe}), html+"\n\n<video id=v>[a](b.md)</video>\n")
	want := html + "\n<p><video id=v>a</video></p>\n"
	if doc.Body.HTML != want || len(doc.References) != 1 || doc.Anchors["v"] != "v" || len(doc.Problems) > 0 {
		t.Errorf("%q, %v", doc.Body.HTML, doc.Problems)
	}
}

// TestHighlighterForgets shows that the memory for code is bounded.
func TestHighlighterForgets(t *testing.T) {
	var h highlighter
	for i := range highlightEntries + 10 {
		h.keep(codeKey{"go", strings.Repeat("x", i)}, "")
	}
	if len(h.entries) > highlightEntries || h.bytes > highlightMemory {
		t.Errorf("%d entries, %d bytes", len(h.entries), h.bytes)
	}
}

// TestClasses shows that every class in the HTML is a documented one.
func TestClasses(t *testing.T) {
	known := map[string]bool{}
	for _, c := range ownClasses {
		known[c] = true
	}
	for _, name := range []string{"minutes.md", "html.md"} {
		html := convert(New(Options{}), read(t, name)).Body.HTML
		for _, part := range strings.Split(html, ` class="`)[1:] {
			classes, _, _ := strings.Cut(part, `"`)
			for _, c := range strings.Fields(classes) {
				if !known[c] && !strings.HasPrefix(c, languageClass) {
					t.Errorf("class %q is not among ownClasses", c)
				}
			}
		}
	}
}

func BenchmarkConvert(b *testing.B) {
	for _, name := range []string{"minutes", "code", "html"} {
		body := read(b, name+".md")
		f := source.NewFile("in.md", []byte(body))
		span := source.Span{End: len(body)}
		for _, memory := range []string{"warm", "cold"} {
			b.Run(name+"/"+memory, func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				b.ReportAllocs()
				c := New(Options{})
				for b.Loop() {
					if memory == "cold" {
						c.highlights = highlighter{}
					}
					c.Convert(f, span)
				}
			})
		}
	}
}
