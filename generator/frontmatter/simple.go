package frontmatter

import (
	"strings"

	"minutebook/generator/source"
)

// Nearly all front matter is simple: keys with values on one line, lists of such
// values, and a text below its key. The YAML library takes a fifteenth of a build
// for it. What is certain to be of that kind is read here, and gives exactly what
// the library would; anything else is not read at all. FuzzSimple holds the two
// together.

// simple reads a part as a map; false where that is for the library.
func (d *decoder) simple(p part) (entries []Entry, ok bool) {
	const most = 40 // keys: each is compared with those before it
	text := d.text[:p.end]
	if p.start == p.end || text[p.end-1] != '\n' || strings.IndexByte(text, '\t') >= 0 || strings.IndexByte(text, '\r') >= 0 {
		return nil, false
	}
	s := simpleReader{text: text, at: p.start, base: d.base}
	set := entrySet{decoder: d, entries: make([]Entry, 0, s.keys())}
	for s.at < len(text) {
		switch c := text[s.at]; {
		case c == '\n' || c == '#':
			s.at = s.lineEnd() + 1
			continue
		case !isKeyStart(c) || len(set.entries) == most:
			return nil, false
		}
		e := s.entry()
		if s.refused || set.find(e.Key) >= 0 {
			return nil, false
		}
		set.entries = append(set.entries, e)
	}
	d.keys = len(set.entries)
	return set.entries, len(set.entries) > 0
}

// A simpleReader is at an offset of a text whose last line has an end.
type simpleReader struct {
	text    string
	at      int
	base    int  // offset of text in the file
	refused bool // something was met that is for the library
}

func (s *simpleReader) refuse() Value {
	s.refused = true
	return Value{}
}

// keys is how many keys there may be.
func (s *simpleReader) keys() (n int) {
	for at := s.at; at < len(s.text); at += 1 + strings.IndexByte(s.text[at:], '\n') {
		if isKeyStart(s.text[at]) {
			n++
		}
	}
	return n
}

func isKeyStart(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' }

// span is from an offset up to where the reader is.
func (s *simpleReader) span(start int) source.Span {
	return source.Span{Start: start, End: s.at}.Shift(s.base)
}

// lineEnd is where the line ends that the reader is in.
func (s *simpleReader) lineEnd() int { return s.at + strings.IndexByte(s.text[s.at:], '\n') }

func (s *simpleReader) skipBlanks() { s.at += blanksBefore(s.text[s.at:]) }

func blanksBefore(text string) int { return len(text) - len(strings.TrimLeft(text, " ")) }

// endLine passes the end of a line on which nothing else stands.
func (s *simpleReader) endLine() {
	if s.refused {
		return
	}
	s.skipBlanks()
	if s.text[s.at] != '\n' {
		s.refuse()
	}
	s.at++
}

// entry reads a key and its value, with their lines.
func (s *simpleReader) entry() (e Entry) {
	const longest = 100 // the library has a limit, too
	start := s.at
	for c := s.text[s.at]; isKeyStart(c) || '0' <= c && c <= '9' || c == '-'; c = s.text[s.at] {
		s.at++
	}
	e.Key, e.KeySpan = s.text[start:s.at], s.span(start)
	if s.text[s.at] != ':' || len(e.Key) > longest {
		e.Value = s.refuse()
		return e
	}
	s.at++
	blanks := blanksBefore(s.text[s.at:])
	s.at += blanks
	switch c := s.text[s.at]; {
	case c == '\n' && blanks == 0:
		s.at++
		e.Value = s.list()
	case blanks == 0:
		e.Value = s.refuse()
	case c == '[':
		e.Value = s.flow()
		s.endLine()
	case c == '|' || c == '>':
		e.Value = s.block()
	default:
		e.Value = s.scalar(s.text[s.at:s.lineEnd()])
		s.endLine()
	}
	return e
}

// scalar reads a quoted or plain scalar that rest begins with; a plain one is all
// of it.
func (s *simpleReader) scalar(rest string) Value {
	start := s.at
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		rest = s.text[s.at:s.lineEnd()]
		end := 1 + strings.IndexByte(rest[1:], rest[0])
		if end == 0 || rest[0] == '"' && strings.IndexByte(rest[:end], '\\') >= 0 || rest[0] == '\'' && strings.HasPrefix(rest[end+1:], "'") {
			return s.refuse()
		}
		s.at += end + 1
		return Value{Text: rest[1:end], Raw: rest[:end+1], Span: s.span(start)}
	}
	rest = strings.TrimRight(rest, " ")
	if !isPlainText(rest) {
		return s.refuse()
	}
	s.at += len(rest)
	return Value{Text: rest, Raw: rest, Plain: true, Span: s.span(start)}
}

// isPlainText reports a plain scalar that is nothing but its text: no null, with
// no comment behind it and no key in it.
func isPlainText(text string) bool {
	if text == "" || !isWordByte(text[0]) && strings.IndexByte("./(+$", text[0]) < 0 || strings.EqualFold(text, "null") {
		return false
	}
	return text[len(text)-1] != ':' && !strings.Contains(text, ": ") && !strings.Contains(text, " #")
}

// flow reads a list in brackets, on one line.
func (s *simpleReader) flow() Value {
	v := Value{Kind: List}
	start := s.at
	for s.at++; ; s.at++ {
		s.skipBlanks()
		rest := s.text[s.at:s.lineEnd()]
		if len(v.Items) == 0 && strings.HasPrefix(rest, "]") {
			break
		}
		if end := strings.IndexAny(rest, ",[]{}"); end >= 0 {
			rest = rest[:end]
		}
		v.Items = append(v.Items, s.scalar(rest))
		s.skipBlanks()
		if s.text[s.at] == ']' {
			break
		}
		if s.refused || s.text[s.at] != ',' {
			return s.refuse()
		}
	}
	s.at++
	v.Raw, v.Span = s.text[start:s.at], s.span(start)
	return v
}

// list reads the items below a key, each on its line behind a dash.
func (s *simpleReader) list() Value {
	v := Value{Kind: List}
	indent := s.text[s.at : s.at+blanksBefore(s.text[s.at:])]
	start, end := s.at+len(indent), s.at
	for !s.refused {
		rest, in := strings.CutPrefix(s.text[s.at:], indent)
		if !in || !strings.HasPrefix(rest, "- ") {
			break
		}
		s.at += len(indent) + 1
		s.skipBlanks()
		v.Items = append(v.Items, s.scalar(s.text[s.at:s.lineEnd()]))
		end = s.at
		s.endLine()
	}
	if len(v.Items) == 0 {
		return s.refuse()
	}
	v.Raw, v.Span = s.text[start:end], source.Span{Start: start, End: end}.Shift(s.base)
	return v
}

// block reads a text below its key, whose lines are all indented equally.
func (s *simpleReader) block() Value {
	start := s.at
	header, between := s.text[s.at:s.lineEnd()], "\n"
	switch header {
	case "|-", "|":
	case ">-", ">":
		between = " "
	default:
		return s.refuse()
	}
	s.at = s.lineEnd() + 1
	var text strings.Builder
	indent, end := blanksBefore(s.text[s.at:]), start
	for indent > 0 && s.at < len(s.text) && blanksBefore(s.text[s.at:]) >= indent {
		line := s.text[s.at+indent : s.lineEnd()]
		if line == "" || line[0] == ' ' || line[len(line)-1] == ' ' {
			return s.refuse()
		}
		if end > start {
			text.WriteString(between)
		}
		text.WriteString(line)
		end = s.lineEnd()
		s.at = end + 1
	}
	if end == start {
		return s.refuse()
	}
	if len(header) == 1 {
		text.WriteByte('\n')
	}
	return Value{Text: text.String(), Raw: s.text[start:end], Span: source.Span{Start: start, End: end}.Shift(s.base)}
}
