package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"minutebook/generator/source"
)

// A shape is a body that repeats something, as large as is asked for.
type shape struct {
	name string
	most int // bytes that are accepted, at most and about; 0 when parsing is linear and all of 1 MiB is
	make func(size int) []byte
}

// repeated is a shape of a unit, after something.
func repeated(name string, most int, before, unit string) shape {
	return shape{name, most, func(size int) []byte {
		return []byte(before + strings.Repeat(unit, max(0, size-len(before))/len(unit)))
	}}
}

// counted is a shape whose units have numbers.
func counted(name string, most int, before string, unit func(i int) string) shape {
	return shape{name, most, func(size int) []byte {
		b := bytes.NewBufferString(before)
		for i := 0; b.Len() < size; i++ {
			b.WriteString(unit(i))
		}
		return b.Bytes()[:size]
	}}
}

// shapes are those for which goldmark 1.8.7 was found to take a time that grows
// with the square of the size, or a multiple of it, and neighbours of them that
// it reads in linear time.
var shapes = []shape{
	repeated("quotes in one line", 200, "", "> "),
	repeated("quotes without blanks", 100, "", ">"),
	repeated("bullets in one line", 200, "", "* "),
	repeated("numbers in one line", 300, "", "1. "),
	repeated("quotes and bullets", 200, "", "> - "),
	repeated("footnotes in one line", 400, "", "[^a]: "),
	repeated("footnotes in bullets", 600, "", "- [^a]: "),
	repeated("definitions in one line", 200, "a\n", ": "),
	counted("lists deeper each line", 9_000, "", func(i int) string { return strings.Repeat("  ", i) + "- a\n" }),
	counted("lists deeper by tabs", 9_000, "", func(i int) string { return strings.Repeat("\t", i) + "- a\n" }),
	counted("quotes deeper each line", 9_000, "", func(i int) string { return strings.Repeat(">", i) + " a\n" }),
	repeated("blank lines in deep lists", 20_000, strings.Repeat("- ", 60)+"a\n", "\n"),
	repeated("lazy lines in deep lists", 0, strings.Repeat("- ", 60)+"a\n", "b\n"),
	repeated("wide table", 9_000, strings.Repeat("|a", 400)+"\n"+strings.Repeat("|-", 400)+"\n", "|b\n"),
	repeated("long table", 9_000, strings.Repeat("|a", 128)+"\n"+strings.Repeat("|-", 128)+"\n", "|b\n"),
	repeated("many tables", 900_000, "", strings.Repeat("|a", 128)+"\n"+strings.Repeat("|-", 128)+"\n\n"),
	repeated("table of one column", 0, "|a|\n|-|\n", "|bcdef|\n"),
	repeated("escaped pipes", 200_000, "|a|\n|-|\n", "|`\\|`|\n"),
	repeated("escaped pipes in one cell", 200_000, "|a|\n|-|\n|", "`\\|`"),
	repeated("emphasis that crosses", 90_000, "", "*a_ "),
	repeated("emphasis of three kinds", 90_000, "", "*a_b~c"),
	repeated("emphasis without words", 90_000, "", "_a*"),
	repeated("emphasis that only opens", 90_000, "", "*a "),
	repeated("tildes", 40_000, "x ", "~"),
	repeated("stars", 0, "x ", "*"),
	repeated("destinations that do not end", 90_000, "", "[a](b"),
	repeated("empty destinations", 90_000, "", "[]("),
	repeated("images that do not end", 90_000, "", "![a](b"),
	repeated("destinations with parentheses", 90_000, "", "[a](("),
	repeated("destinations in angles", 300_000, "", "[a](<b "),
	repeated("titles that do not end", 300_000, "", "[x](y \"z\n"),
	repeated("lines with brackets", 200_000, "x\n", "[a]\n"),
	repeated("lines with references", 200_000, "[a]: b\n\n", "[a]\n"),
	repeated("definitions of references", 300_000, "", "[a]: b\n"),
	repeated("definitions without end", 300_000, "", "[a]: b \"\n"),
	counted("many references", 400_000, "", func(i int) string { return fmt.Sprintf("[a%d]: b\n", i) }),
	counted("footnotes that are missing", 900_000, "", func(i int) string { return fmt.Sprintf("[^b%d] x\n\n[^a%d]: y\n\n", i, i) }),
	repeated("open brackets", 260_000, "", "["),
	repeated("open images", 510_000, "", "!["),
	repeated("open brackets with words", 800_000, "", "[a "),
	repeated("closing brackets", 0, "", "]"),
	counted("backticks in growing runs", 0, "", func(i int) string { return strings.Repeat("`", i+1) + "a" }),
	repeated("comments that do not end", 300_000, "x ", "<!-- "),
	repeated("instructions that do not end", 200_000, "x ", "<? "),
	repeated("declarations that do not end", 250_000, "x ", "<!A "),
	repeated("data that does not end", 500_000, "x ", "<![CDATA["),
	repeated("tags that do not end", 500_000, "x ", "<a b=\"c'"),
	repeated("addresses", 130_000, "", "_a@b.c"),
	repeated("addresses of sites", 230_000, "", "http://a.b_"),
	repeated("names of sites", 0, "", "www.a.b "),
	repeated("entities", 0, "", "&a"),
	repeated("emoji", 0, "", ":smile:"),
	repeated("headings", 0, "", "# a\n"),
	repeated("underlines", 0, "", "a\n-\n"),
	repeated("rules", 50_000, "", "* * *\n"),
	repeated("fences", 0, "", "```\n"),
	repeated("definitions", 0, "", "a\n: b\n"),
	repeated("tasks", 210_000, "", "- [ ] a\n"),
	repeated("backslashes", 50_000, "", "\\*"),
	repeated("carriage returns", 0, "", "a\r"),
	repeated("a word", 0, "", "a"),
	repeated("white space", 0, "", " \t"),
	repeated("open tags", 200_000, "x ", "<b>"),
	repeated("open tags with ids", 700_000, "", "<b id=a1>\n\n"),
	{"formatting before paragraphs", 0, func(size int) []byte {
		return append(bytes.Repeat([]byte("<i id=x>"), 400), bytes.Repeat([]byte("a\n\n"), size/3-1100)...)
	}},
	repeated("links in HTML", 700_000, "x ", "<a href=b>c"),
	repeated("tables in HTML", 400_000, "<div>\n", "<table><td>"),
	repeated("titles in HTML", 400_000, "<div>\n", "<title>"),
	repeated("closing tags", 400_000, "x ", "</div>"),
	repeated("links in one sentence", 0, "", "[a](b) "),
	repeated("images in one sentence", 0, "", "![a](b) "),
	{"a long title used often", 100_000, func(size int) []byte {
		return []byte("[a]: b \"" + strings.Repeat("b\n", size/4-16) + "\"\n\n" + strings.Repeat("[a] ", size/8))
	}},
	{"a long reference used often", 100_000, func(size int) []byte {
		return []byte("[a]: <" + strings.Repeat("b", size/2-16) + ">\n\n" + strings.Repeat("[a] ", size/8))
	}},
}

const mebibyte = 1 << 20

// TestShapes holds that each shape is refused above the size at which goldmark
// takes about a second.
func TestShapes(t *testing.T) {
	for _, s := range shapes {
		v := Limits{}.check(s.make(mebibyte))
		if s.most == 0 {
			if v != nil {
				t.Errorf("%s: refused: %s", s.name, v.What)
			}
			continue
		}
		if v == nil || v.What == "" || v.Offset < 0 || v.Offset > mebibyte {
			t.Errorf("%s: 1 MiB is not refused: %v", s.name, v)
		}
		if v := (Limits{}).check(s.make(s.most)); v == nil {
			t.Errorf("%s: %d bytes are not refused", s.name, s.most)
		}
	}
}

// accepted is the largest body of a shape that is accepted, to a few bytes.
func (s shape) accepted() []byte {
	low, high := 0, mebibyte
	if (Limits{}).check(s.make(high)) == nil {
		return s.make(high)
	}
	for high-low > 64 {
		if middle := (low + high) / 2; (Limits{}).check(s.make(middle)) == nil {
			low = middle
		} else {
			high = middle
		}
	}
	return s.make(low)
}

// BenchmarkShapes converts the largest body of each shape that is accepted.
func BenchmarkShapes(b *testing.B) {
	for _, s := range shapes {
		f := source.NewFile("a.md", s.accepted())
		b.Run(strings.ReplaceAll(s.name, " ", "_"), func(b *testing.B) {
			b.SetBytes(int64(len(f.Data)))
			b.ReportAllocs()
			for b.Loop() {
				New(Options{}).Convert(f, source.Span{End: len(f.Data)})
			}
		})
	}
}

func TestLimits(t *testing.T) {
	list := func(n int) string { return strings.Repeat("- ", n) + "a" }
	table := func(columns, rows int) string {
		return strings.Repeat("|a", columns) + "|\n" + strings.Repeat("|-", columns) + "|\n" + strings.Repeat("|b\n", rows)
	}
	small := Limits{Bytes: 100_000, Nesting: 3, Columns: 4, Cells: 50, Delimiters: 80, Brackets: 70, Footnotes: 80, Tags: 5}
	for _, c := range []struct{ name, ok, over, what string }{
		{"bytes", strings.Repeat("a", 100_000), strings.Repeat("a", 100_001), "a text of 100001 bytes; at most 100000 are read as Markdown"},
		{"nesting", list(3), list(4), "lists or quotes in each other, 4 deep; at most 3 levels are shown"},
		{"nesting over lines", "- a\n  - b\n    - c\n\n      d", "- a\n  - b\n    - c\n      > d", "lists or quotes in each other, 4 deep; at most 3 levels are shown"},
		{"columns", table(4, 1), table(5, 1), "a table of 5 columns; at most 4 are shown as a table"},
		{"cells", table(4, 9), table(4, 12), "tables of more than 50 cells"},
		{"cells of two", table(4, 5) + "\n" + table(4, 4), table(4, 6) + "\n" + table(4, 6), "tables of more than 50 cells"},
		{"delimiters", strings.Repeat("*a ", 80), strings.Repeat("*a ", 81), "a paragraph with 81 emphasis marks; at most 80 are read"},
		{"brackets", strings.Repeat("[a]\n", 70), strings.Repeat("[a]\n", 71), "a paragraph of 71 lines with 71 brackets"},
		{"tags", strings.Repeat("<b></b>", 2) + " 1 < 2", strings.Repeat("<b></b>", 3), "6 tags of HTML; at most 5 are read"},
		{"footnotes", strings.Repeat("[^a]: b\n\n", 80), strings.Repeat("[^a]: b\n\n", 81), "81 marks of 81 footnotes; at most 80 of each are shown"},
	} {
		if v := small.check([]byte(c.ok)); v != nil {
			t.Errorf("%s: refused: %s", c.name, v.What)
		}
		if v := small.check([]byte(c.over)); v == nil || v.What != c.what {
			t.Errorf("%s: got %v, want %s", c.name, v, c.what)
		}
	}
}

// TestLimitsPlace holds that the place is where the fault is, not the start.
func TestLimitsPlace(t *testing.T) {
	before := "# Title\n\ntext\n\n"
	v := Limits{}.check([]byte(before + strings.Repeat("> ", 65) + "a\n"))
	if v == nil || v.Offset != len(before) {
		t.Errorf("got %v", v)
	}
}

// TestLimitsOfPeople holds that what people write is accepted.
func TestLimitsOfPeople(t *testing.T) {
	for name, body := range map[string]string{
		"a table of a thousand rows": "|a|b|c|d|\n|-|-|-|-|\n" + strings.Repeat("| some_thing | *x* | [y](z.md) | `a\\|b` |\n", 1000),
		"a list of 3,000 links":      strings.Repeat("- [A title of *some* length](https://example.org/a_b/c_d.html) and a [note](n.md)\n", 3000),
		"banners in code":            "```\n" + strings.Repeat("/"+strings.Repeat("*", 78)+"/\n"+strings.Repeat("~", 79)+"\n"+strings.Repeat("-", 79)+"\n", 2000) + "```\n",
		"a log in a code block":      "```\n" + strings.Repeat("2018-05-01 12:00:00 a_b_c [info] x*y -> [z](q) | \\| `k`\n", 1500) + "```\n",
		"data in a code block":       "```\n" + strings.Repeat("        - key_name: [1, 2, 3]\n          - x\n", 2000) + "```\n",
		"a hundred footnotes":        strings.Repeat("Text[^1] and[^2].\n\n", 500) + strings.Repeat("[^1]: Note.\n\n", 100),
		"a book":                     strings.Repeat("A paragraph of *some* words with [a link](b.md), `code` and __strong__ text.\nIt has two lines.\n\n", 8000),
	} {
		if v := (Limits{}).check([]byte(body)); v != nil {
			t.Errorf("%s: refused: %s", name, v.What)
		}
	}
}

func TestPlainText(t *testing.T) {
	const want = "\n\na &lt;b&gt; &amp;amp; \ufffd\ufffd é\n</pre>\n"
	got := plainText([]byte("\na <b> &amp; \x00\xff é\r\n"), nil)
	if _, text, _ := strings.Cut(got, ">"); !strings.HasPrefix(got, `<pre class="plain"`) || text != want {
		t.Errorf("got %q", got)
	}
}

// BenchmarkCheck measures a document of about 6 KB.
func BenchmarkCheck(b *testing.B) {
	body := []byte(strings.Repeat("## A heading\n\nA paragraph of *some* words with [a link](b.md), `code` and __strong__ text.\n\n- one\n- two\n\n", 60))
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Limits{}.check(body)
	}
}

// BenchmarkSanitize measures both walls on about 8 KB of HTML.
func BenchmarkSanitize(b *testing.B) {
	rendered := strings.Repeat(`<p>A paragraph of <em>some</em> words with <a href="mb:test:1">a link</a>, <code>code</code> and <b>bold</b>.</p>
<details><summary>More</summary><p align="center"><img src="a.png" alt="x" width="30"></p></details>
`, 36)
	b.Run("both", func(b *testing.B) {
		b.SetBytes(int64(len(rendered)))
		for b.Loop() {
			var references acceptAll
			sanitize(rendered, testToken, references.add)
		}
	})
	b.Run("classify", func(b *testing.B) {
		b.SetBytes(int64(len(rendered)))
		for b.Loop() {
			classifyRaw(rendered)
		}
	})
	b.Run("balance", func(b *testing.B) {
		b.SetBytes(int64(len(rendered)))
		for b.Loop() {
			balance(rendered)
		}
	})
	b.Run("bluemonday", func(b *testing.B) {
		b.SetBytes(int64(len(rendered)))
		for b.Loop() {
			allowList().Sanitize(rendered)
		}
	})
}
