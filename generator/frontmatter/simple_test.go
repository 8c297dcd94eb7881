package frontmatter

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"minutebook/generator/source"
)

// sameAsLibrary fails where a text is read as a simple one, and the YAML library
// reads it otherwise. It reports whether it was.
func sameAsLibrary(t *testing.T, data string) bool {
	t.Helper()
	const head = "---\nübrig\n"
	reader := func() (*decoder, part) {
		d := &decoder{file: source.NewFile("a.md", []byte(head+data)), base: len(head), limits: documentLimits}
		d.setText([]byte(data))
		return d, d.cutDocuments()
	}
	d, p := reader()
	got, ok := d.simple(p)
	if !ok {
		return false
	}
	library, p := reader()
	library.prepare()
	if want := library.mapping(p); !reflect.DeepEqual(got, want) {
		t.Fatalf("%q is\n%+v\nand to the library\n%+v", data, got, want)
	}
	if !reflect.DeepEqual(d.problems, library.problems) || d.keys != library.keys {
		t.Fatalf("%q: the library has %d keys and finds %v", data, library.keys, library.problems)
	}
	return true
}

// FuzzSimple: what is read without the YAML library is what the library reads.
func FuzzSimple(f *testing.F) {
	addCases(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) <= documentLimits.bytes {
			sameAsLibrary(t, string(data))
		}
	})
}

// TestSimple puts texts together from pieces of front matter, usual and odd ones.
func TestSimple(t *testing.T) {
	values := []string{"x", "y z", "x  y", "2018-03-20", "012", "yes", "null", "~", "\"q: r\"", "'s #t'", "''", "\"\"", "\"", "'", "a'b", "a\"b\"",
		"[u, v]", "[\"w\", x y ]", "[ 'a' , b]", "[]", "[ ]", "[a, ]", "[a,b]", "[a: b]", "[a:b, c:]", "[a #b]", "[[a]]", "[a\n  , b]", "[null, a]", "[a\"b, c'd]", "[\"a\"b]", "[?a, -b]",
		">-\n  one\n  two", "|\n  one\n  # two", ">\n one\n", "|-\n   a\n\n   b", ">-\n  a\n   b", ">\n  a \n  b", "|+\n  a", ">-\n\n  a", "|\n", ">2\n  a", "|\n  - a: b\n", ">-\n  a\n\n\n",
		"\n  - a\n  - \"b\"", "\n- a\n- b c", "\n  - a: b", "\n  - [a]", "\n  - |\n    a", "\n  -  a \n  - b", "\n  - a\n   - b", "\n  - a\n    c", "\n  - a\n\n  - b", "\n -", "\n  - null", "\n  a: b", "\n  a",
		"...", "---", "a:", "a: b", "a #b", "a#b", "a:b", "#", "# z", "é", "ö ü", "../p.md", "<a@b.c>", "{", "{a: b}", "&a b", "*a", "!", "!!str a", "%", "@a", "`", "a\\b", "\"a\\n\"",
		"a\tb", "a\r", "?", "? a", "-", "- a", "=", "|", ">", "(k)", "/x", "$y", "+1", "http://x.y/z", "a, b", "a]", "a}", "x\n  y", "x\n\n  y", "x\n  # y", "x\n# y\n  z", ""}
	keys := []string{"a", "b", "c-d", "e_1", "_f", "null", "true", "ö", "1", "a b", "\"q\"", "<<", "-a", "B"}
	ends := []string{"\n", "\n", "\n", "\n", " \n", "\n\n", "\n# c\n", " # c\n", "\n  # c\n", "\n \n", "\n...\n", "\n---\n", "\nx\n", ""}
	random := rand.New(rand.NewPCG(1, 2))
	read := 0
	const texts = 30_000
	for range texts {
		var text strings.Builder
		for range 1 + random.IntN(4) {
			text.WriteString(keys[min(random.IntN(len(keys)), random.IntN(len(keys)))] + ":")
			text.WriteString(strings.Repeat(" ", max(0, random.IntN(6)-3)))
			if random.IntN(4) > 0 {
				text.WriteString(" ")
			}
			text.WriteString(values[random.IntN(len(values))] + ends[min(random.IntN(len(ends)), random.IntN(len(ends)))])
		}
		if sameAsLibrary(t, text.String()) {
			read++
		}
	}
	if read < texts/20 {
		t.Errorf("only %d of %d texts were simple", read, texts)
	}
}

// TestSimpleIsUsual: front matter as people write it needs no YAML library.
func TestSimpleIsUsual(t *testing.T) {
	text := "title: \"Plan: the kit\"\nid: P-1\nauthors: [Ann Lee, \"B. C.\"]\ndate: 2018-03-20\n\n# when\nattendees:\n  - Ann Lee\n  - 'Bo #2'\n" +
		"tags:\n- a\n- b\nlinks: []\nsummary: >-\n  One line\n  and another.\ndecision: ../d/1.md\nurl: https://example.org/a#b\nnote: |\n    kept\n    # as it is\n"
	if !sameAsLibrary(t, text) {
		t.Error("it is for the library")
	}
}
