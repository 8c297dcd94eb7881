package frontmatter

import (
	"strings"
	"testing"
	"time"

	"minutebook/generator/source"
)

const proposal = `---
title: "Co-locate the Ops Meetup 2H 2018 with the PTG"
status: review
authors: [foundation-staff]
created: 2018-03-20
decide-by: 2018-04-04
deadline-reason: rooms must be allocated
decision-makers: [ops-meetups-team]
if-no-objection: accepted
for-event: ops-meetup-2018-2h
discussions-to: ["pitch: https://example.org/pitch"]
---
# Co-locate
`

func BenchmarkSplit(b *testing.B) {
	f := source.NewFile("a.md", []byte(proposal+strings.Repeat("text\n", 1000)))
	for b.Loop() {
		Split(f)
	}
}

func BenchmarkDecode(b *testing.B) {
	f := source.NewFile("a.md", []byte(proposal))
	block, _ := Split(f)
	for b.Loop() {
		Decode(f, block.YAML)
	}
}

func BenchmarkDecodeRepaired(b *testing.B) {
	f := source.NewFile("a.md", []byte(strings.Replace(proposal, "[foundation-staff]", "@anna", 1)))
	block, _ := Split(f)
	for b.Loop() {
		Decode(f, block.YAML)
	}
}

// TestBounded reads shapes that have made YAML readers slow, as long as the
// limits of a document allow, whole and broken.
func TestBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	shapes := []string{"a:\n", "[", "{", "[a: ", "? ", "- ", "a: b\n", "- a\n", "a: [", "- - ", "a:\n ", "\"", "'", "# ",
		"a: @b\n", "- @b\n", "a: b: c\n", "é, ", " ", "\t", "\n", "&a ", "*a ", "!", "|\n", "a: |\n ", "x\n", ":", "a,"}
	around := []struct{ head, tail string }{{"", ""}, {"k: [", "\nz: @y\n"}, {"k:\n  ", "\n]"}, {"k:\n  ", ""}}
	for _, shape := range shapes {
		for _, c := range around {
			size := documentLimits.bytes - len(c.head+c.tail)
			f := source.NewFile("a.yaml", []byte(c.head+strings.Repeat(shape, size/len(shape))+c.tail))
			start := time.Now()
			Decode(f, source.Span{Start: 0, End: len(f.Data)})
			took := time.Since(start)
			if took > time.Second {
				t.Logf("%q, then %q and %q: %v", c.head, shape, c.tail, took)
			}
			if took > 5*time.Second {
				t.Errorf("%q, then %q and %q: %v", c.head, shape, c.tail, took)
			}
		}
	}
}

// TestOverLimit: of too long a text, the keys that begin within the limit are
// read.
func TestOverLimit(t *testing.T) {
	text := "title: Foo\nlong: " + strings.Repeat("x", documentLimits.bytes) + "\nlast: y\n"
	f := source.NewFile("a.yaml", []byte(text))
	m, problems := Decode(f, source.Span{Start: 0, End: len(text)})
	if _, ok := m.Lookup("title"); !ok || len(m.Entries) != 1 || len(problems) != 1 || problems[0].Code != "over-limit" {
		t.Errorf("%v, %v", m, problems)
	}
}
