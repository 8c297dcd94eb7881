package frontmatter

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// The YAML library says where a node begins, not where it ends. These functions
// find the end in the text; all stay within the part that was read.

// scalarEnd is where a scalar that begins at start ends.
func (r reading) scalarEnd(n *yaml.Node, start, indent int) int {
	at := r.skipProperties(n, start)
	switch n.Style &^ yaml.TaggedStyle {
	case yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle:
		if end, ok := r.quoteEnd(at, r.part.end); ok {
			return end
		}
		return r.part.end
	case yaml.LiteralStyle, yaml.FoldedStyle:
		return r.blockEnd(at, indent)
	}
	if n.Value == "" { // only an anchor or a tag, if anything
		return start + len(strings.TrimRight(r.text[start:at], " \t\r\n"))
	}
	return r.plainEnd(at, n.Value)
}

// skipProperties passes over an anchor and a tag, which a node begins with.
func (r reading) skipProperties(n *yaml.Node, at int) int {
	if !r.hasProperties(n, at) {
		return at
	}
	for at < r.part.end && (r.text[at] == '&' || r.text[at] == '!') {
		word := at + len(firstWord(r.text[at:r.part.end]))
		at = word + r.blanks(word)
	}
	return at
}

// hasProperties reports a node with an anchor or a tag. The library does not tell
// of the tag "!", but nothing else begins with that character.
func (r reading) hasProperties(n *yaml.Node, at int) bool {
	return n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 ||
		at < r.part.end && r.text[at] == '!' && (n.Kind == yaml.ScalarNode || n.Style&yaml.FlowStyle != 0)
}

// blanks is the number of blanks and line ends from an offset on.
func (r reading) blanks(at int) int {
	rest := r.text[at:r.part.end]
	return len(rest) - len(strings.TrimLeft(rest, " \t\r\n"))
}

// quoteEnd is the offset behind the quote that closes the one at start.
func (d *decoder) quoteEnd(start, limit int) (int, bool) {
	if start >= limit {
		return limit, false
	}
	quote := d.text[start]
	for i := start + 1; i < limit; i++ {
		switch {
		case quote == '"' && d.text[i] == '\\':
			i++
		case d.text[i] != quote:
		case quote == '\'' && i+1 < limit && d.text[i+1] == quote:
			i++
		default:
			return i + 1, true
		}
	}
	return limit, false
}

// plainEnd is where the plain scalar ends whose text is value. In one line it
// stands as it is; over several lines the words are the same, and the blanks
// between them are folded (section 7.3.3).
func (r reading) plainEnd(at int, value string) int {
	if strings.HasPrefix(r.text[at:r.part.end], value) {
		return at + len(value)
	}
	end := at
	for i := 0; i < len(value); i++ {
		if isBlank(value[i]) {
			continue
		}
		for at < r.part.end && isBlank(r.text[at]) {
			at++
		}
		if at >= r.part.end || r.text[at] != value[i] {
			return end
		}
		at++
		end = at
	}
	return end
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// blockEnd is where a block scalar ends that begins with | or > at start: with
// the last line that is indented as far as its first one, or as far as its
// header says, counted from the indentation of what holds it (section 8.1).
func (r reading) blockEnd(start, indent int) int {
	end, content := start, -1
	for line := range r.linesOf(part{start, r.part.end}) {
		trimmed := r.trim(line)
		if line.start == start {
			end = trimmed.end
			header := r.in(trimmed)
			if i := strings.IndexAny(header, "123456789#"); i >= 0 && header[i] != '#' {
				content = indent + int(header[i]-'0')
			}
			continue
		}
		if trimmed.start >= trimmed.end {
			continue
		}
		blanks := r.indent(line)
		if content < 0 {
			content = max(blanks, indent+1)
		}
		if blanks < content {
			break
		}
		end = max(end, trimmed.end)
	}
	return end
}

// flowEnd is where a collection ends whose last child ends at end: behind its
// closing bracket when it has brackets. A map of one pair in a list, as in
// [a: b], has none.
func (r reading) flowEnd(n *yaml.Node, start, end int) int {
	at := r.skipProperties(n, start)
	if n.Style&yaml.FlowStyle == 0 || at >= r.part.end || r.text[at] != '[' && r.text[at] != '{' {
		return end
	}
	if c := n.Content; len(c) > 0 && c[0].Line == n.Line && c[0].Column == n.Column {
		return end
	}
	for i := max(end, at+1); i < r.part.end; i++ {
		switch b := r.text[i]; {
		case b == ']' || b == '}':
			return i + 1
		case b == '#':
			if j := strings.IndexByte(r.text[i:r.part.end], '\n'); j >= 0 {
				i += j
			}
		case !isBlank(b) && !strings.ContainsRune(",:?", rune(b)):
			return end
		}
	}
	return end
}
