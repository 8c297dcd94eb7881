package frontmatter

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// addCases adds the inputs of the golden cases to a fuzz target.
func addCases(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		f.Fatalf("no cases in testdata: %v", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(unescape(archive.Files[0].Data))
	}
}

// FuzzSplit: the parts of a document are ordered, disjoint and in the file, and
// the body is the end of it; the YAML stands between whole lines.
func FuzzSplit(f *testing.F) {
	addCases(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.NewFile("input.md", data)
		b, problems := Split(file)
		checkProblems(t, problems, len(data))
		if b.Body.Start < 0 || b.Body.Start > b.Body.End || b.Body.End != len(data) {
			t.Fatalf("the body %v is no end of %d bytes", b.Body, len(data))
		}
		if !b.Present {
			if b.YAML != (source.Span{}) || len(bytes.TrimPrefix(data, []byte("\uFEFF"))) != b.Body.End-b.Body.Start {
				t.Fatalf("no front matter, and %+v", b)
			}
			return
		}
		if b.YAML.Start < 4 || b.YAML.Start > b.YAML.End || b.YAML.End > b.Body.Start {
			t.Fatalf("parts are out of order: %+v", b)
		}
		opening := strings.TrimRight(strings.TrimPrefix(string(data[:b.YAML.Start]), "\uFEFF"), " \t\r\n")
		closing := strings.TrimRight(string(data[b.YAML.End:b.Body.Start]), " \t\r\n")
		if opening != "---" || data[b.YAML.End-1] != '\n' && b.YAML.End < len(data) || len(problems) == 0 && closing != "---" {
			t.Fatalf("around the YAML stand %q and %q", opening, closing)
		}
		if strings.Contains("\n"+string(data[b.YAML.Start:b.YAML.End]), "\n---\n") {
			t.Fatal("a line of dashes stands in the YAML")
		}
	})
}

// FuzzDecode: nothing panics, every place lies in the block, what is plain and on
// one line is its source text, keys are unique, and decoding a block alone gives
// the same as decoding it within a file.
func FuzzDecode(f *testing.F) {
	addCases(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		alone := source.NewFile("input.yaml", data)
		block := source.Span{Start: 0, End: len(data)}
		m, problems := Decode(alone, block)
		checkProblems(t, problems, len(data))
		c := checker{t, alone, block, onlyAllowed(data)}
		c.entries(m.Entries, block)

		const head, tail = "---\nübrig\n", "---\n\"[{body"
		within := source.NewFile("input.yaml", []byte(head+string(data)+tail))
		same, _ := Decode(within, block.Shift(len(head)))
		c = checker{t, within, block.Shift(len(head)), onlyAllowed(data)}
		c.entries(same.Entries, c.block)
		if len(same.Entries) != len(m.Entries) {
			t.Fatalf("%d entries alone, %d within a file", len(m.Entries), len(same.Entries))
		}
	})
}

func checkProblems(t *testing.T, problems diag.List, size int) {
	for _, d := range problems {
		if d.Start.Line < 1 || d.Start.Column < 1 || d.Message == "" || strings.Contains(d.Message, "yaml:") || d.Start.Line > size+1 {
			t.Fatalf("a problem without place or words: %+v", d)
		}
	}
}

// onlyAllowed reports data with no character that is replaced before decoding.
func onlyAllowed(data []byte) bool {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if refusedCharacter(data[i:], r, size) != "" {
			return false
		}
		i += size
	}
	return true
}

type checker struct {
	t     *testing.T
	file  *source.File
	block source.Span
	exact bool // the text was decoded as it is
}

func (c checker) entries(entries []Entry, within source.Span) {
	seen := map[string]bool{}
	for _, e := range entries {
		if seen[e.Key] {
			c.t.Fatalf("%q stands twice", e.Key)
		}
		seen[e.Key] = true
		c.inside(e.KeySpan, within)
		if e.KeySpan.Start >= e.KeySpan.End {
			c.t.Fatalf("key %q has no place", e.Key)
		}
		c.value(e.Value, within)
	}
}

func (c checker) value(v Value, within source.Span) {
	c.inside(v.Span, within)
	text := string(c.file.Data[v.Span.Start:v.Span.End])
	if c.exact && text != v.Raw {
		c.t.Fatalf("raw text %q at a place with %q", v.Raw, text)
	}
	if c.exact && v.Plain && !strings.Contains(text, "\n") && text != v.Text {
		c.t.Fatalf("plain text %q at a place with %q", v.Text, text)
	}
	if v.Comment != "" {
		c.inside(v.CommentSpan, c.block)
		if c.exact && (v.Comment[0] != '#' || string(c.file.Data[v.CommentSpan.Start:v.CommentSpan.End]) != v.Comment) {
			c.t.Fatalf("comment %q at another place", v.Comment)
		}
	}
	if v.Kind != List && v.Items != nil || v.Kind != Map && v.Fields != nil {
		c.t.Fatalf("a %s with children", v.Kind)
	}
	for _, item := range v.Items {
		c.value(item, v.Span)
	}
	c.entries(v.Fields, v.Span)
}

// inside fails for a span that is not within another one, in whole characters.
func (c checker) inside(s, outer source.Span) {
	if s.Start < outer.Start || s.Start > s.End || s.End > outer.End {
		c.t.Fatalf("%v is not within %v: %q", s, outer, c.file.Data[c.block.Start:c.block.End])
	}
	if c.exact && !utf8.Valid(c.file.Data[s.Start:s.End]) {
		c.t.Fatalf("%v cuts a character", s)
	}
}
