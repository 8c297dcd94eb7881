package markdown

import (
	"bytes"
	"fmt"
)

// A meter measures a body line by line. A paragraph is what stands between two
// blank lines: an inline element, a table and a definition never reach beyond.
type meter struct {
	limits Limits
	body   []byte
	found  *violation

	start, lines int // of the paragraph; no lines: a blank line came last
	depth        int // how many containers may be open at most
	columns      int // of the table that may be open
	previous     []byte

	cells, emphasis, brackets, scanned, blank int // spent so far
	definition, definitionAt                  int // the longest definition of a reference, in bytes
}

// over notes a violation, unless one was found before.
func (m *meter) over(offset int, format string, args ...any) *violation {
	if m.found == nil {
		m.found = &violation{Offset: offset, What: fmt.Sprintf(format, args...)}
	}
	return m.found
}

func (m *meter) line(start int, line []byte) {
	if isBlank(line) {
		if m.lines > 0 {
			m.paragraph(start)
		}
		if m.blank += m.depth; m.blank > blankLevels {
			m.over(start, "very many blank lines within lists in lists")
		}
		return
	}
	if m.lines == 0 {
		m.start = start
	}
	m.nesting(start, line)
	m.table(start, line)
	m.lines++
	m.previous = line
}

// isBlank is goldmark's idea of a blank line.
func isBlank(line []byte) bool {
	for _, c := range line {
		if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return false
		}
	}
	return true
}

// nesting counts the containers that may be open at a line. A list goes on
// where a line is indented by two columns or more; a paragraph may go on
// without, and keeps all around it open.
func (m *meter) nesting(start int, line []byte) {
	markers, columns, _ := containers(line)
	depth := min(m.depth, columns/2) + markers
	if m.lines > 0 {
		depth = max(depth, m.depth)
	}
	m.depth = depth
	if depth > m.limits.Nesting {
		m.over(start, "lists or quotes in each other, %d deep; at most %d levels are shown", depth, m.limits.Nesting)
	}
}

// containers counts the marks of lists, quotes, definitions and footnotes that a
// line begins with, and the columns of white space before and between them. The
// rest is what stands behind them.
func containers(line []byte) (markers, columns int, rest []byte) {
	for i := 0; i < len(line); {
		switch line[i] {
		case ' ':
			columns++
			i++
			continue
		case '\t':
			columns += 4 - columns%4
			i++
			continue
		}
		n := containerMark(line[i:])
		if n == 0 {
			return markers, columns, line[i:]
		}
		markers++
		i += n
	}
	return markers, columns, nil
}

// containerMark is the length of the mark that opens a container, 0 when there
// is none.
func containerMark(s []byte) int {
	switch c := s[0]; {
	case c == '>':
		return 1
	case c == '-' || c == '*' || c == '+' || c == ':':
		return spaced(s, 1)
	case '0' <= c && c <= '9':
		n := 1
		for n < len(s) && n < 9 && '0' <= s[n] && s[n] <= '9' {
			n++
		}
		if n < len(s) && (s[n] == '.' || s[n] == ')') {
			return spaced(s, n+1)
		}
	case c == '[' && len(s) > 1 && s[1] == '^':
		if n := bytes.IndexByte(s, ']'); n >= 0 && n+1 < len(s) && s[n+1] == ':' {
			return n + 2
		}
	}
	return 0
}

// spaced is n when white space or the end follows the first n bytes.
func spaced(s []byte, n int) int {
	if n == len(s) || s[n] == ' ' || s[n] == '\t' || s[n] == '\n' || s[n] == '\r' {
		return n
	}
	return 0
}

// table counts the cells that a line may make: after a line of dashes and pipes
// with a line of as many columns above it, each line of the paragraph is a row.
func (m *meter) table(start int, line []byte) {
	if n := delimiterColumns(line); n > 0 && m.lines > 0 && bytes.Count(m.previous, []byte("|")) >= n-1 {
		if n > m.limits.Columns {
			m.over(start, "a table of %d columns; at most %d are shown as a table", n, m.limits.Columns)
		}
		m.columns = max(m.columns, n)
	}
	if m.cells += m.columns; m.cells > m.limits.Cells {
		m.over(start, "tables of more than %d cells", m.limits.Cells)
	}
}

// delimiterColumns is how many columns a line declares that could stand below
// the header of a table (GFM 4.10), 0 when it could not.
func delimiterColumns(line []byte) int {
	_, _, line = containers(line)
	line = bytes.TrimRight(line, " \t\r\n")
	columns, dashes := 1, 0
	for i, c := range line {
		switch c {
		case '|':
			if i > 0 && i < len(line)-1 {
				columns++
			}
		case '-':
			dashes++
		case ':', ' ', '\t':
		default:
			return 0
		}
	}
	if dashes == 0 || dashes == len(line) {
		return 0
	}
	return columns
}

// paragraph adds up what the paragraph that ends here costs.
func (m *meter) paragraph(end int) {
	if text := m.body[m.start:end]; m.lines > 0 && len(text) > few {
		m.delimiters(text)
		if n := bytes.Count(text, []byte("]")); n > 0 {
			m.links(text, n)
		}
	}
	m.lines, m.columns, m.start = 0, 0, end
}

// few is how many of something, or bytes, are never worth a second look.
const few = 64

// delimiters counts runs of emphasis marks: a mark that closes nothing is
// compared with all before it.
func (m *meter) delimiters(text []byte) {
	if bytes.Count(text, []byte("*"))+bytes.Count(text, []byte("_"))+bytes.Count(text, []byte("~")) <= few {
		return
	}
	n, longest := runs(text)
	if m.scanned += longest * longest; m.scanned > scanSteps {
		m.over(m.start, "a row of %d tildes", longest)
	}
	if m.emphasis += n * n; m.emphasis > square(m.limits.Delimiters) {
		m.over(m.start, "a paragraph with %d emphasis marks; at most %d are read", n, m.limits.Delimiters)
	}
}

// runs counts the runs of emphasis marks, and the tildes of the longest run of
// them: where there are more than two in a row, each looks at all that follow.
func runs(text []byte) (n, tildes int) {
	var last byte
	length := 0
	for _, c := range text {
		switch {
		case c != '*' && c != '_' && c != '~':
		case c == last:
			length++
		default:
			n, length = n+1, 1
		}
		if c == '~' {
			tildes = max(tildes, length)
		}
		last = c
	}
	return n, tildes
}

// links counts what closing brackets cost: each may look through the lines of
// the paragraph for its label and through what follows for its destination.
func (m *meter) links(text []byte, brackets int) {
	if bytes.Contains(text, []byte("]:")) {
		m.definitions(text)
	}
	if m.brackets += brackets * m.lines; m.brackets > square(m.limits.Brackets) {
		m.over(m.start, "a paragraph of %d lines with %d brackets", m.lines, brackets)
	}
	const cheap = 1_000_000 // steps; a thousand such paragraphs take a second
	if brackets*len(text) <= cheap || !bytes.Contains(text, []byte("](")) {
		return
	}
	for line := range bytes.Lines(text) {
		m.destinations(line)
	}
	if m.scanned > scanSteps {
		m.over(m.start, "a paragraph with too many links that do not end")
	}
}

// destinations counts the bytes that are looked at for the ends of link
// destinations: up to white space, or in the whole line after "<".
func (m *meter) destinations(line []byte) {
	if bytes.Contains(line, []byte("](<")) || bytes.Contains(line, []byte("]( ")) || bytes.Contains(line, []byte("](\t")) {
		m.scanned += bytes.Count(line, []byte("](")) * len(line)
		return
	}
	for word := range bytes.FieldsFuncSeq(line, func(r rune) bool { return r == ' ' || r == '\t' }) {
		if len(word) > few {
			m.scanned += bytes.Count(word, []byte("](")) * len(word)
		}
	}
}

// definitions measures what a reference in the paragraph may be defined as: a
// destination within a line, and a title between quotes.
func (m *meter) definitions(text []byte) {
	longest := 0
	for line := range bytes.Lines(text) {
		longest = max(longest, len(line))
	}
	longest += longestTitle(text)
	if longest > m.definition {
		m.definition, m.definitionAt = longest, m.start
	}
}

// longestTitle is the length of the longest text from a quote or parenthesis
// after white space to the next that closes it.
func longestTitle(text []byte) (longest int) {
	var opened [256]int // by what closes it: 1 + where it was opened
	for i, c := range text {
		closer := c
		if c == '(' {
			closer = ')'
		}
		switch {
		case closer != '"' && closer != '\'' && closer != ')' || i > 0 && text[i-1] == '\\':
		case c == closer && opened[c] > 0:
			longest = max(longest, i-opened[c])
			opened[c] = 0
		case c != ')' && (i == 0 || isBlank(text[i-1:i])):
			opened[closer] = i + 1
		}
	}
	return longest
}

// whole adds up what concerns the body as a whole: each mark of a footnote is
// compared with all footnotes, each code span in a table with all escaped pipes,
// and each reference has a copy of its definition.
func (m *meter) whole() {
	if marks := m.count("[^"); marks > few {
		if notes := m.count("]:"); marks*notes > square(m.limits.Footnotes) {
			m.over(0, "%d marks of %d footnotes; at most %d of each are shown", marks, notes, m.limits.Footnotes)
		}
	}
	if n := m.count("["); n > openings {
		m.over(0, "%d opening brackets; at most %d are read", n, openings)
	}
	if pipes := m.count(`\|`); pipes > few && pipes*m.count("`") > pipeSteps {
		m.over(0, "%d escaped pipes in tables", pipes)
	}
	if m.definition > few && m.definition*m.count("]") > copied {
		m.over(m.definitionAt, "a reference of %d bytes among %d brackets", m.definition, m.count("]"))
	}
	if m.count("<") > m.limits.Tags {
		if n := tags(m.body); n > m.limits.Tags {
			m.over(0, "%d tags of HTML; at most %d are read", n, m.limits.Tags)
		}
	}
}

func (m *meter) count(part string) int { return bytes.Count(m.body, []byte(part)) }

// tags counts what could be tags, comments and the like.
func tags(body []byte) (n int) {
	for i, c := range body[:max(0, len(body)-1)] {
		if next := body[i+1]; c == '<' && (isLetterOrDigit(next) || next == '/' || next == '!' || next == '?') {
			n++
		}
	}
	return n
}

func square(n int) int { return n * n }
