package frontmatter

import (
	"iter"
	"sort"
	"strings"
	"unicode/utf8"

	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// A decoder reads one text. Offsets within it are into text; base leads to the
// file.
type decoder struct {
	file   *source.File
	base   int // offset of text in the file
	limits limits

	// text is the YAML. Characters that YAML does not allow (section 5.1) are
	// replaced by as many bytes, so that offsets hold.
	text string

	// work is what the YAML library is given: text, in which the dashes of lists
	// that are taken apart and tabs used for indentation have become spaces.
	work []byte

	lines  []int // offsets of the lines' first bytes
	cursor struct{ lineStart, column, offset int }

	keys     int      // met so far
	depth    int      // of maps and lists being taken apart
	listAt   int      // 1 + len(path) while the items of a block list are read
	path     []string // the keys that lead to the value being read
	found    int      // problems, those beyond maxProblems included
	problems diag.List
}

// A part is a piece of a decoder's text, from start up to end.
type part struct{ start, end int }

func (d *decoder) in(p part) string { return d.text[p.start:p.end] }

// span is a part's place in the file.
func (d *decoder) span(p part) source.Span {
	return source.Span{Start: p.start, End: p.end}.Shift(d.base)
}

// setText takes the bytes to read and reports characters that YAML refuses: they
// would make it refuse the whole, with no position.
func (d *decoder) setText(data []byte) {
	copied := false
	for i := 0; i < len(data); {
		if c := data[i]; ' ' <= c && c <= '~' || c == '\n' {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if name := refusedCharacter(data[i:], r, size); name != "" {
			if !copied {
				data, copied = append([]byte{}, data...), true
			}
			copy(data[i:i+size], "???")
			d.reportCharacter(part{i, i + size}, name)
		}
		i += size
	}
	d.text = string(data)
	d.work = []byte(d.text)
	d.lines = append(d.lines, 0)
	for i := 0; i < len(d.text); i++ {
		if d.text[i] == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
}

func (d *decoder) reportCharacter(p part, name string) {
	d.report(diag.At(d.file, d.span(p), "front-matter-syntax", "%s is not allowed in YAML", name).
		WithHint("delete it; it may be invisible in an editor"))
}

// refusedCharacter names a character that is not allowed, or that YAML takes for
// a line break where nobody else does; empty for all others.
func refusedCharacter(data []byte, r rune, size int) string {
	switch {
	case r == utf8.RuneError && size == 1:
		return "a byte that is not UTF-8"
	case r == '\r':
		if len(data) > 1 && data[1] == '\n' {
			return ""
		}
		return "a carriage return without a line feed"
	case r < ' ' && r != '\t' && r != '\n', 0x7F <= r && r < 0xA0:
		return "a control character"
	case r == '\u2028', r == '\u2029':
		return "a line separator (U+2028 or U+2029)"
	case r == '\uFEFF', r == '\uFFFE', r == '\uFFFF':
		return "a byte order mark or noncharacter"
	}
	return ""
}

// linesOf yields the lines of a part, with their line endings. The part begins
// at the start of a line or within the first one.
func (d *decoder) linesOf(p part) iter.Seq[part] {
	return func(yield func(part) bool) {
		for at := p.start; at < p.end; {
			line := d.lineAt(at, p)
			if !yield(line) {
				return
			}
			at = line.end
		}
	}
}

// isContent reports a line that is neither blank nor a comment.
func (d *decoder) isContent(line part) bool {
	text := strings.TrimLeft(d.in(line), " \t\r\n")
	return text != "" && text[0] != '#'
}

func (d *decoder) hasContent(p part) bool {
	for line := range d.linesOf(p) {
		if d.isContent(line) {
			return true
		}
	}
	return false
}

// indent is the number of blanks before a line's content. A tab counts as one:
// tabs are spaces by the time that indentation matters.
func (d *decoder) indent(line part) int {
	at := line.start
	for at < line.end && (d.work[at] == ' ' || d.work[at] == '\t') {
		at++
	}
	return at - line.start
}

// trim is a part without the blanks and line ends around it.
func (d *decoder) trim(p part) part {
	text := d.in(p)
	p.start += len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	p.end = max(p.start, p.end-(len(text)-len(strings.TrimRight(text, " \t\r\n"))))
	return p
}

// lineAt is the line that begins at an offset, up to the end of p.
func (d *decoder) lineAt(at int, p part) part {
	if i := strings.IndexByte(d.text[at:p.end], '\n'); i >= 0 {
		return part{at, at + i + 1}
	}
	return part{at, p.end}
}

// firstLine is the part of p up to the end of its first line, trimmed.
func (d *decoder) firstLine(p part) part {
	for line := range d.linesOf(p) {
		return d.trim(line)
	}
	return p
}

// offset converts a position of the YAML library within a part, a 1-based line
// and a 1-based column in characters, to an offset. Positions are asked for in
// ascending order, so it walks on from the last one: a line with very many
// values stays linear.
func (d *decoder) offset(p part, line, column int) int {
	start := p.start
	if line > 1 {
		i := sort.SearchInts(d.lines, p.start+1) - 1 + line - 1
		if i >= len(d.lines) {
			return p.end
		}
		start = d.lines[i]
	}
	c := &d.cursor
	if c.lineStart != start || c.column > column || c.column == 0 {
		c.lineStart, c.column, c.offset = start, 1, start
	}
	for ; c.column < column && c.offset < p.end; c.column++ {
		_, size := utf8.DecodeRuneInString(d.text[c.offset:])
		c.offset += size
	}
	return min(c.offset, p.end)
}
