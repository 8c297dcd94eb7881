package document

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"minutebook/generator/config"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// This file finds what a document says of itself outside of its front matter:
// in lines, tables and a block of code above the first section, in headings, and
// in sections such as "Status". It is one walk over the lines of the body.

// A statement is a key with a value, and where it was found.
type statement struct {
	frontmatter.Entry
	from config.Origin
}

// A scan is what was found in one body.
type scan struct {
	kind   *config.Kind
	data   []byte
	found  []statement
	title  statement     // what a line "Title:" says; its Key is empty when there is none
	head   []source.Span // lines above the first section, the first few of them
	begins bool          // nothing but headings has been read so far

	open     *statement // its value may go on in the lines that follow
	indent   int        // of the line that open stands in
	bulleted bool       // that line is an item of a list
	list     []frontmatter.Value
	rows     []textLine // of a table that goes on
	code     []statement
	coded    bool // the last line was code
	section  section
}

// mostHead is how many lines above the first section are looked at for a day.
const mostHead = 40

// scanBody finds all statements of a body.
func scanBody(kind *config.Kind, data []byte, body source.Span) *scan {
	s := &scan{kind: kind, data: data, begins: true}
	lines := lineReader{data: data, at: body.Start, end: body.End}
	above := true
	for {
		line, ok := lines.next()
		if !ok {
			break
		}
		level, text := 0, source.Span{}
		if !line.code {
			level, text = headingOf(line.text)
		}
		switch {
		case level > 0:
			s.close()
			above = above && (level == 1 || isHead(string(line.text[text.Start:text.End])))
			s.heading(line, level, text, above)
		case s.section.wants(line):
			s.section.add(line)
		case above:
			above = s.above(line)
		}
	}
	s.close()
	s.endSection()
	return s
}

// headHeadings are headings, as keys are compared, above what others have without
// one: the head of the document goes on below them.
var headHeadings = map[string]bool{
	"links": true, "metadata": true, "meta": true, "details": true, "meeting-details": true, "info": true, "meeting-info": true,
	"meeting-information": true, "information": true, "logistics": true, "header": true, "preamble": true, "when-and-where": true,
}

func isHead(heading string) bool {
	return headHeadings[config.NormalKey(strings.Trim(heading, "*_:0123456789. "))]
}

// close ends what may go on in several lines.
func (s *scan) close() {
	s.endOpen()
	s.endTable()
	s.endCode()
}

// heading reads a heading: "## Date: 2018-03-20" says something, "## Status"
// stands above what is said.
func (s *scan) heading(line textLine, level int, text source.Span, above bool) {
	if s.section.covers(level) {
		s.section.add(line)
		return
	}
	s.endSection()
	words := line.text[text.Start:text.End]
	if level == 1 {
		if above && len(s.head) < mostHead {
			s.head = append(s.head, text.Shift(line.at))
		}
		return
	}
	if key, value, ok := cutKey(words); ok && value.End > value.Start {
		s.add(statement{from: config.FromHeadings, Entry: entryAt(words, line.at+text.Start, key, value)})
		return
	}
	s.section = s.sectionOf(string(words), level, text.Shift(line.at))
}

// above reads a line above the first section. It reports false for the line that
// underlines a section's heading, which ends that part.
func (s *scan) above(line textLine) bool {
	if line.code {
		s.codeLine(line)
		return true
	}
	s.endCode()
	text := bytes.TrimSpace(line.text)
	switch {
	case len(text) == 0:
		s.endOpen()
		s.endTable()
		return true
	case underline(text, '-') && len(s.head) > 0 && s.open == nil && s.follows(line):
		return false
	case underline(text, '='):
		return true
	case text[0] == '|':
		s.endOpen()
		s.rows = append(s.rows, line)
		s.begins = false
		return true
	}
	s.endTable()
	if len(s.head) < mostHead {
		s.head = append(s.head, source.Span{Start: line.at, End: line.at + len(line.text)})
	}
	if !s.goesOn(line) {
		s.endOpen()
		s.keyLine(line, config.FromLines)
	}
	s.begins = false
	return true
}

func underline(text []byte, mark byte) bool {
	return len(text) > 1 && len(bytes.Trim(text, string(mark))) == 0
}

// follows reports whether a line stands directly below the last one of the head.
func (s *scan) follows(line textLine) bool {
	last := s.head[len(s.head)-1]
	return len(bytes.TrimSpace(s.data[last.End:line.at])) == 0 && bytes.Count(s.data[last.End:line.at], []byte("\n")) == 1
}

// keyLine reads a line that may begin a statement.
func (s *scan) keyLine(line textLine, from config.Origin) {
	key, value, ok := cutKey(line.text)
	if !ok {
		return
	}
	st := statement{from: from, Entry: entryAt(line.text, line.at, key, value)}
	if !s.knows(st.Key) {
		return
	}
	s.open, s.indent, s.list = &st, len(line.text)-len(bytes.TrimLeft(line.text, " \t")), nil
	s.bulleted = bulletEnd(line.text) > s.indent
}

// goesOn takes a line into the value of the statement that is open: one that is
// indented more, or an item of a list below a key without a value.
func (s *scan) goesOn(line textLine) bool {
	if s.open == nil {
		return false
	}
	indent := len(line.text) - len(bytes.TrimLeft(line.text, " \t"))
	at := bulletEnd(line.text)
	bullet := at > indent
	empty := s.open.Value.Text == ""
	if indent <= s.indent && !(bullet && empty && !s.bulleted) {
		return false
	}
	if key, value, ok := cutKey(line.text); ok && value.End > value.Start && s.knows(string(line.text[key.Start:key.End])) {
		return false
	}
	s.list = append(s.list, scalarAt(line.text, line.at, trimmed(line.text, source.Span{Start: at, End: len(line.text)}, " \t\\")))
	return true
}

// endOpen completes the statement that is open.
func (s *scan) endOpen() {
	st := s.open
	if s.open = nil; st == nil {
		return
	}
	switch {
	case st.Value.Text == "" && len(s.list) == 0:
		return
	case st.Value.Text == "":
		st.Value = frontmatter.Value{Kind: frontmatter.List, Items: s.list,
			Span: source.Span{Start: s.list[0].Span.Start, End: s.list[len(s.list)-1].Span.End}}
	case len(s.list) > 0:
		var whole strings.Builder
		whole.WriteString(st.Value.Text)
		for _, more := range s.list {
			whole.WriteString(" " + more.Text)
			st.Value.Span.End = more.Span.End
		}
		st.Value.Text = whole.String()
		st.Value.Plain = false // its text is not its source
	}
	if st.from == config.FromCode {
		s.code = append(s.code, *st)
		return
	}
	s.add(*st)
}

// add takes a statement, unless its key means nothing.
func (s *scan) add(st statement) {
	if isTitleKey(st.Key) {
		if s.title.Key == "" && st.from != config.FromHeadings {
			s.title = st
		}
		return
	}
	if s.knows(st.Key) {
		s.found = append(s.found, st)
	}
}

// knows reports whether a key that stands in a text is one of the kind. Some are
// not for texts: they decide where and as what a document is published.
func (s *scan) knows(key string) bool {
	if isTitleKey(key) {
		return true
	}
	f := s.kind.Field(key)
	if f == nil {
		f = s.kind.Fallback(key)
	}
	if f == nil {
		return false
	}
	switch f.Name {
	case "title", "kind", "aliases", "redirect-to", "language":
		return false
	}
	return true
}

func isTitleKey(key string) bool {
	return strings.EqualFold(key, "title") || config.NormalKey(key) == "feature-name"
}

// codeLine reads a line of a block of code, which counts when the document
// begins with it.
func (s *scan) codeLine(line textLine) {
	if !s.coded {
		s.endOpen()
		s.endTable()
	}
	s.coded = true
	if !s.begins || len(s.code) > mostHead {
		return
	}
	if len(bytes.TrimSpace(line.text)) == 0 {
		s.endOpen()
	} else if !s.goesOn(line) {
		s.endOpen()
		s.keyLine(line, config.FromCode)
	}
}

// endCode takes what a block of code says that has two keys at least.
func (s *scan) endCode() {
	if !s.coded {
		return
	}
	s.endOpen()
	if len(s.code) > 1 {
		for _, st := range s.code {
			s.add(st)
		}
	}
	s.code, s.coded, s.begins = nil, false, false
}

// entryAt is the key and the value of a line that begins at an offset.
func entryAt(line []byte, at int, key, value source.Span) frontmatter.Entry {
	return frontmatter.Entry{Key: string(line[key.Start:key.End]), KeySpan: key.Shift(at), Value: scalarAt(line, at, value)}
}

func scalarAt(line []byte, at int, s source.Span) frontmatter.Value {
	raw := string(line[s.Start:s.End])
	text := raw
	if !utf8.ValidString(raw) || strings.IndexByte(raw, 0) >= 0 {
		text = strings.ReplaceAll(strings.ToValidUTF8(raw, "\ufffd"), "\x00", "\ufffd")
	}
	return frontmatter.Value{Kind: frontmatter.Scalar, Text: text, Raw: raw, Plain: true, Span: s.Shift(at)}
}
