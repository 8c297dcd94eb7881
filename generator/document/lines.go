package document

import (
	"bytes"
	"strings"

	"minutebook/generator/source"
)

// A textLine is a line of a body, without its line ending.
type textLine struct {
	text []byte
	at   int  // offset in the file
	code bool // within a fenced block of code, whose own lines are passed over
}

// A lineReader reads the lines of a body. HTML comments are left out, and code
// is told apart: what stands in either is not said by the document.
type lineReader struct {
	data    []byte
	at, end int
	fence   []byte // of the block of code that is open
	comment bool   // a comment is open
}

func (l *lineReader) next() (textLine, bool) {
	for l.at < l.end {
		start := l.at
		line := l.data[start:l.end]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i]
		}
		l.at = start + len(line) + 1
		line = bytes.TrimRight(line, "\r")
		if l.fence != nil {
			if l.closes(line) {
				l.fence = nil
				continue
			}
			return textLine{line, start, true}, true
		}
		line, start = l.withoutComment(line, start)
		if line == nil {
			continue
		}
		if fence := fenceOf(line); fence != nil {
			l.fence = fence
			continue
		}
		return textLine{line, start, false}, true
	}
	return textLine{}, false
}

// withoutComment is what is left of a line outside of comments: what stands
// before one, or else behind it. Nil when the whole line is a part of one.
func (l *lineReader) withoutComment(line []byte, at int) ([]byte, int) {
	if l.comment {
		end := bytes.Index(line, []byte("-->"))
		if end < 0 {
			return nil, 0
		}
		l.comment = false
		line, at = line[end+3:], at+end+3
		if len(bytes.TrimSpace(line)) == 0 {
			return nil, 0
		}
	}
	open := bytes.Index(line, []byte("<!--"))
	if open < 0 {
		return line, at
	}
	before := line[:open]
	rest := line[open+4:]
	end := bytes.Index(rest, []byte("-->"))
	if end < 0 {
		l.comment = true
	} else if len(bytes.TrimSpace(before)) == 0 {
		return l.withoutComment(rest[end+3:], at+open+4+end+3)
	}
	if len(bytes.TrimSpace(before)) == 0 {
		return nil, 0
	}
	return before, at
}

// fenceOf is the fence that a line opens a block of code with (CommonMark 4.5).
func fenceOf(line []byte) []byte {
	text := bytes.TrimLeft(line, " ")
	if len(line)-len(text) > 3 || len(text) < 3 || text[0] != '`' && text[0] != '~' {
		return nil
	}
	n := len(text) - len(bytes.TrimLeft(text, string(text[0])))
	if n < 3 || text[0] == '`' && bytes.IndexByte(text[n:], '`') >= 0 {
		return nil
	}
	return text[:n]
}

func (l *lineReader) closes(line []byte) bool {
	text := bytes.Trim(line, " \t")
	return len(text) >= len(l.fence) && len(bytes.Trim(text, string(l.fence[0]))) == 0
}

// headingOf is the level of the heading that a line is (CommonMark 4.2), 0 for
// other lines, and where its text stands in it.
func headingOf(line []byte) (level int, text source.Span) {
	start := len(line) - len(bytes.TrimLeft(line, " "))
	if start > 3 {
		return 0, text
	}
	for start+level < len(line) && line[start+level] == '#' {
		level++
	}
	if at := start + level; level == 0 || level > 6 || at < len(line) && line[at] != ' ' && line[at] != '\t' {
		return 0, text
	}
	text = trimmed(line, source.Span{Start: start + level, End: len(line)}, " \t")
	if closing := bytes.TrimRight(line[text.Start:text.End], "#"); len(closing) == 0 || closing[len(closing)-1] == ' ' {
		text.End = text.Start + len(closing)
	}
	return level, trimmed(line, text, " \t")
}

// trimmed is a part of a line without some characters at its ends.
func trimmed(line []byte, s source.Span, cut string) source.Span {
	text := line[s.Start:s.End]
	s.Start += len(text) - len(bytes.TrimLeft(text, cut))
	text = line[s.Start:s.End]
	s.End -= len(text) - len(bytes.TrimRight(text, cut))
	return s
}

// longestKey is how many bytes a key may have that stands before a colon, with
// its emphasis and a hint in parentheses.
const longestKey = 80

// cutKey splits a line such as "* Status: accepted", "**Date:** 2018-03-20" or
// "_Authors_: anna" into key and value, which may be empty.
func cutKey(line []byte) (key, value source.Span, ok bool) {
	at := bulletEnd(line)
	start := at + len(line[at:]) - len(bytes.TrimLeft(line[at:], "*_"))
	colon := bytes.IndexByte(line[start:min(len(line), start+longestKey)], ':')
	if colon <= 0 || !isKeyStart(line[start]) {
		return key, value, false
	}
	key = source.Span{Start: start, End: start + colon}
	depth := 0
	for _, c := range line[key.Start:key.End] {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0 && !isKeyByte(c):
			return key, value, false
		}
	}
	closed := line[key.End-1] == '*' || line[key.End-1] == '_'
	key = trimmed(line, key, "*_ ")
	rest := start + colon + 1
	after := rest + len(line[rest:]) - len(bytes.TrimLeft(line[rest:], "*_"))
	if after < len(line) && line[after] != ' ' && line[after] != '\t' && after == rest {
		return key, value, false
	}
	value = trimmed(line, source.Span{Start: after, End: len(line)}, " \t\\")
	if start > at && !closed && after == rest { // the emphasis is around both
		value = trimmed(line, value, "*_ ")
	}
	if text, ok := bytes.CutSuffix(line[value.Start:value.End], []byte("<br>")); ok {
		value.End = value.Start + len(bytes.TrimRight(text, " "))
	}
	return key, value, key.End-key.Start > 1
}

func isKeyStart(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isKeyByte(c byte) bool {
	return isKeyStart(c) || isDigit(c) || strings.IndexByte(" -_*./#", c) >= 0
}

// bulletEnd is where the text of a line begins: behind the marks of a block quote
// and of a list item.
func bulletEnd(line []byte) int {
	at := len(line) - len(bytes.TrimLeft(line, " \t"))
	if at < len(line) && line[at] == '>' {
		at++
		at += len(line[at:]) - len(bytes.TrimLeft(line[at:], " \t"))
	}
	if at+1 < len(line) && (line[at] == '-' || line[at] == '*' || line[at] == '+') && (line[at+1] == ' ' || line[at+1] == '\t') {
		at++
		at += len(line[at:]) - len(bytes.TrimLeft(line[at:], " \t"))
	}
	return at
}
