// Package frontmatter reads YAML with positions, from the head of a document or
// from a file of its own.
//
// [Split] finds the front matter of a document, [Decode] reads it as a
// [Mapping] of text values, each with its place in the file; [DecodeFile] does
// the same for a whole YAML file. Values are never typed here: YAML's own
// guesses (012 is ten, yes is true) are what people did not mean.
//
// One bad field never loses a page. When YAML refuses the whole, it is taken
// apart along its indentation, each part is read alone, and what still fails is
// kept as the text that was written, with a problem that says how to write it.
// So all problems are found in one run, and the other fields survive.
//
// What YAML would do silently is refused here: keys that stand twice, anchors
// and aliases, merge keys, tags, a second document.
package frontmatter

import (
	"strings"

	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// limits bound the work on one text.
type limits struct {
	bytes int
	keys  int // in all maps together
}

// The limits of a document's front matter and of a YAML file. Reading is linear
// in the bytes (64 KiB of the worst shape take 20 ms), so they are checked
// first; the depth is checked while YAML scans, the keys as they are met.
var (
	documentLimits = limits{bytes: 64 << 10, keys: 200}
	fileLimits     = limits{bytes: 1 << 20, keys: 50_000}
)

const (
	maxDepth    = 32  // of maps and lists within each other
	maxProblems = 100 // of one text; who has more has another kind of file
)

// Decode reads the YAML at a span of a file, the YAML span that [Split] found.
// It never returns nil: what cannot be read is left out, and said. Beyond 64
// KiB, 200 keys or 32 levels the rest is left out.
func Decode(f *source.File, span source.Span) (*Mapping, diag.List) {
	return decode(f, span, documentLimits)
}

// DecodeFile reads a whole YAML file as Decode does, with wider limits: 1 MiB
// and 50,000 keys. A line "---" before the first key is allowed.
func DecodeFile(f *source.File) (*Mapping, diag.List) {
	return decode(f, source.Span{Start: bomLength(f.Data), End: len(f.Data)}, fileLimits)
}

func decode(f *source.File, span source.Span, l limits) (*Mapping, diag.List) {
	span.Start = max(0, min(span.Start, len(f.Data)))
	span.End = max(span.Start, min(span.End, len(f.Data)))
	d := &decoder{file: f, base: span.Start, limits: l}
	size := d.cutSize(f.Data[span.Start:span.End])
	d.setText(f.Data[span.Start : span.Start+size])
	m := &Mapping{Entries: d.mapping(d.cutDocuments())}
	d.problems.Sort()
	return m, d.problems
}

// cutSize is the number of bytes that are read: all of them, or up to the last
// top-level key that begins within the limit.
func (d *decoder) cutSize(data []byte) int {
	if len(data) <= d.limits.bytes {
		return len(data)
	}
	d.report(diag.At(d.file, source.Span{Start: d.base, End: d.base + 1}, "over-limit",
		"%d bytes of YAML, more than the %d that are read; the rest is left out", len(data), d.limits.bytes).
		WithHint("move long text into the body or into files of its own"))
	for i := d.limits.bytes; i > 0; i-- {
		if data[i-1] == '\n' && isWordByte(data[i]) {
			return i
		}
	}
	return 0
}

// cutDocuments is the part of the text that holds the first YAML document: a
// marker "---" before it is skipped, and what follows a marker "---" or "..."
// after it (YAML 1.2, section 9.1) is reported and left out.
func (d *decoder) cutDocuments() part {
	p := part{0, len(d.text)}
	seen := false
	for line := range d.linesOf(p) {
		switch text := strings.TrimRight(d.in(line), " \t\r\n"); {
		case text == "---" && !seen:
			p.start, seen = line.end, true
		case text == "---" || text == "...":
			if d.hasContent(part{line.end, p.end}) || text == "---" {
				d.report(d.at(line, "front-matter-syntax", "a line %s ends the YAML; what follows it is not read", text).
					WithHint("remove the line"))
			}
			p.end = line.start
			return p
		case d.isContent(line) && !strings.HasPrefix(text, "%"):
			seen = true
		}
	}
	return p
}

// bomLength is 3 when data begins with a byte order mark, which belongs to no
// content.
func bomLength(data []byte) int {
	if len(data) >= 3 && string(data[:3]) == "\uFEFF" {
		return 3
	}
	return 0
}
