package intake

import (
	"strings"
	"unicode/utf8"
)

// This file writes plain text, as people send it, as Markdown: paragraphs,
// lists, quotations and what is set out with blanks. A paragraph is one line, so
// that no word in the middle of it begins a line and becomes an item of notes.

var bullet = lazily(`^([ \t]*)([-*•·–]|\d{1,3}[.)])[ \t]+(\S.*)$`)

// deepest is how many levels of quotations in each other are kept.
const deepest = 4

// A writer writes blocks of Markdown from text that it redacts.
type writer struct {
	*privacy
	strings.Builder
	prefix string // of each line: of quotations
	before string // the prefix of the block before
}

// block writes a block of lines, with a blank line before it.
func (w *writer) block(text string) {
	if text == "" {
		return
	}
	w.gap()
	w.tight(text)
}

// gap writes the blank line between two blocks, which is in the quotations that
// both are in.
func (w *writer) gap() {
	if w.Len() > 0 {
		shared := w.prefix[:min(len(w.prefix), len(w.before))]
		w.WriteString(strings.TrimRight(shared, " ") + "\n")
	}
	w.before = w.prefix
}

// tight writes lines below those before.
func (w *writer) tight(text string) {
	for line := range strings.Lines(text) {
		w.WriteString(strings.TrimRight(w.prefix+strings.TrimSuffix(line, "\n"), " ") + "\n")
	}
}

// text writes lines of plain text.
func (w *writer) text(lines []string) {
	for len(lines) > 0 {
		n := 1
		switch line := lines[0]; {
		case strings.TrimSpace(line) == "":
		case isQuoted(line):
			n = w.quotation(lines)
		case bullet().MatchString(line):
			n = w.items(lines)
		case setOut(line):
			n = w.setOut(lines)
		default:
			n = paragraphEnd(lines)
			w.block(w.paragraph(lines[:n]))
		}
		lines = lines[n:]
	}
}

func isQuoted(line string) bool { return strings.HasPrefix(line, ">") }

// quotation writes quoted lines, and returns how many there are.
func (w *writer) quotation(lines []string) int {
	n := 0
	var inner []string
	for n < len(lines) && isQuoted(lines[n]) {
		inner = append(inner, strings.TrimPrefix(lines[n][1:], " "))
		n++
	}
	outer := w.prefix
	if strings.Count(outer, ">") < deepest {
		w.gap()
		quoted := writer{privacy: w.privacy, prefix: outer + "> "}
		quoted.text(inner)
		w.WriteString(quoted.String())
		return n
	}
	for i := range inner {
		inner[i] = strings.TrimLeft(inner[i], "> ")
	}
	w.text(inner)
	return n
}

// paragraphEnd is where the paragraph that lines begin with ends.
func paragraphEnd(lines []string) int {
	for i, line := range lines {
		if i > 0 && (strings.TrimSpace(line) == "" || isQuoted(line) || bullet().MatchString(line)) {
			return i
		}
	}
	return len(lines)
}

// paragraph joins lines. A line that ends long before the others do was ended on
// purpose, and stays one.
func (w *writer) paragraph(lines []string) string {
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(line))
	}
	var parts []string
	var open strings.Builder
	for i, line := range lines {
		line = oneLine(line)
		if open.Len() > 0 {
			open.WriteByte(' ')
		}
		open.WriteString(line)
		if i+1 == len(lines) || endedEarly(line, oneLine(lines[i+1]), max(width, 60)) {
			parts = append(parts, begun(w.redact(open.String())))
			open.Reset()
		}
	}
	parts = slicesWithout(parts, "")
	return strings.Join(parts, "\\\n")
}

func slicesWithout(list []string, s string) []string {
	kept := list[:0]
	for _, one := range list {
		if one != s {
			kept = append(kept, one)
		}
	}
	return kept
}

// endedEarly reports whether the first word of the next line would have fitted
// on a line, with room to spare.
func endedEarly(line, next string, width int) bool {
	word, _, _ := strings.Cut(next, " ")
	return utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) < width*4/5
}

// items writes a list, and returns how many lines it has.
func (w *writer) items(lines []string) int {
	var b strings.Builder
	n, margin, previous := 0, -1, ""
	for n < len(lines) {
		m := bullet().FindStringSubmatch(lines[n])
		if m == nil {
			break
		}
		end := n + 1
		for end < len(lines) && strings.TrimSpace(lines[end]) != "" && !isQuoted(lines[end]) && !bullet().MatchString(lines[end]) {
			end++
		}
		text := append([]string{m[3]}, lines[n+1:end]...)
		indent := len(strings.ReplaceAll(m[1], "\t", "    "))
		if margin < 0 {
			margin = indent
		}
		mark, lead := "-", ""
		if strings.IndexByte("0123456789", m[2][0]) >= 0 {
			mark = m[2]
		}
		if indent > margin+1 && previous != "" {
			lead = strings.Repeat(" ", len(previous)+1)
		} else {
			previous = mark
		}
		b.WriteString(lead + mark + " " + begun(w.redact(oneLine(strings.Join(text, " ")))) + "\n")
		n = end
		if n+1 < len(lines) && strings.TrimSpace(lines[n]) == "" && bullet().MatchString(lines[n+1]) {
			n++ // one blank line between items
		}
	}
	w.block(b.String())
	return n
}

// setOut reports a line that is set out by blanks or drawn as a table: its
// columns mean something.
func setOut(line string) bool {
	return strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t") || strings.HasPrefix(line, "+--") || strings.HasPrefix(line, "| ")
}

// setOut writes lines whose columns mean something as they stand, and returns
// how many there are.
func (w *writer) setOut(lines []string) int {
	n := 0
	var kept []string
	for n < len(lines) && setOut(lines[n]) {
		kept = append(kept, strings.TrimRight(w.redact(strings.ReplaceAll(lines[n], "\t", "    ")), " "))
		n++
	}
	if len(kept) == 1 && strings.HasPrefix(kept[0], " ") {
		w.block(w.paragraph(kept)) // the first line of a paragraph, set in
		return n
	}
	w.block(fenced(kept))
	return n
}
