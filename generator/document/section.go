package document

import (
	"bytes"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// A section is a heading whose text below says something.
type section struct {
	kind  sectionKind
	key   string
	span  source.Span // of the heading
	level int
	lines []textLine
}

type sectionKind uint8

const (
	noSection     sectionKind = iota
	valueSection              // a field's name stands above its value
	changeSection             // a list of changes, with their days
)

// mostLines is how many lines of a section are kept.
const mostLines = 200

// changeHeadings are the headings of a list of changes, as keys are compared.
var changeHeadings = map[string]bool{
	"changelog": true, "change-log": true, "revision-history": true, "document-history": true,
	"version-history": true, "revisions": true, "implementation-history": true,
}

func (s *scan) sectionOf(heading string, level int, span source.Span) section {
	key := config.NormalKey(strings.Trim(heading, "*_:0123456789. "))
	switch {
	case changeHeadings[key]:
		return section{kind: changeSection, span: span, level: level}
	case s.kind.IsSection(key) && s.knows(key):
		return section{kind: valueSection, key: key, span: span, level: level}
	}
	return section{}
}

// wants reports whether a line belongs to the section.
func (c *section) wants(line textLine) bool {
	return c.kind != noSection && !line.code && len(c.lines) < mostLines
}

// covers reports whether a heading of a level stands within the section. In a
// list of changes each may have a heading.
func (c *section) covers(level int) bool { return c.kind == changeSection && level > c.level }

func (c *section) add(line textLine) {
	if len(bytes.TrimSpace(line.text)) > 0 {
		c.lines = append(c.lines, line)
	}
}

// endSection takes what the section says.
func (s *scan) endSection() {
	c := s.section
	s.section = section{}
	switch {
	case len(c.lines) == 0:
	case c.kind == changeSection:
		s.changes(c)
	case c.kind == valueSection:
		s.sectionValue(c)
	}
}

// sectionValue reads the text below a field's name: each line is a value of a
// list; a status is the first line, or the one whose box is ticked, and other
// lines may name what it replaces and what replaces it.
func (s *scan) sectionValue(c section) {
	f := s.kind.Field(c.key)
	if f == nil {
		f = s.kind.Fallback(c.key)
	}
	var values []frontmatter.Value
	for _, line := range c.lines {
		at := bulletEnd(line.text)
		text := trimmed(line.text, source.Span{Start: at, End: len(line.text)}, " \t\\")
		box := ""
		if text.End-text.Start > 3 && line.text[text.Start] == '[' && line.text[text.Start+2] == ']' {
			box = strings.ToLower(string(line.text[text.Start : text.Start+3]))
			text = trimmed(line.text, source.Span{Start: text.Start + 3, End: text.End}, " \t")
		}
		v := scalarAt(line.text, line.at, text)
		switch {
		case box == "[ ]":
			continue
		case box != "" && f.Type == config.StatusWord:
			values = append([]frontmatter.Value{v}, values...)
		default:
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return
	}
	e := frontmatter.Entry{Key: c.key, KeySpan: c.span, Value: values[0]}
	if f.Type.IsList() {
		e.Value = frontmatter.Value{Kind: frontmatter.List, Items: values, Span: source.Span{Start: values[0].Span.Start, End: values[len(values)-1].Span.End}}
	}
	s.found = append(s.found, statement{e, config.FromSection})
	if f.Type == config.StatusWord {
		for _, v := range values[1:] {
			s.relation(c, v)
		}
	}
}

// relation reads a line below a status: "Supersedes [ADR 3](0003-x.md)".
func (s *scan) relation(c section, v frontmatter.Value) {
	key, to := relationIn(v.Text)
	if key == "" || to == "" || s.kind.Field(key) == nil {
		return
	}
	start := v.Span.Start + strings.LastIndex(v.Text, to)
	v.Text, v.Raw, v.Span = to, to, source.Span{Start: start, End: start + len(to)}
	s.found = append(s.found, statement{frontmatter.Entry{Key: key, KeySpan: c.span, Value: v}, config.FromSection})
}

// changes takes the first and the last day of a list of changes.
func (s *scan) changes(c section) {
	var first, last date.Date
	var firstAt, lastAt source.Span
	for _, line := range c.lines {
		found, ok := date.Find(string(line.text[:min(len(line.text), 200)]), 0)
		if !ok {
			continue
		}
		at := source.Span{Start: found.Start, End: found.End}.Shift(line.at)
		if first.IsZero() || found.First.Before(first) {
			first, firstAt = found.First, at
		}
		if last.Before(found.First) {
			last, lastAt = found.First, at
		}
	}
	if first.IsZero() {
		return
	}
	begun := s.kind.FileDay
	if f := s.kind.Field(begun); f == nil || f.Type != config.Date {
		begun = ""
	}
	s.change(c, begun, first, firstAt)
	if last != first {
		s.change(c, "updated", last, lastAt)
	}
}

func (s *scan) change(c section, key string, day date.Date, at source.Span) {
	if key != "" {
		v := frontmatter.Value{Text: day.String(), Span: at}
		s.found = append(s.found, statement{frontmatter.Entry{Key: key, KeySpan: c.span, Value: v}, config.FromChangelog})
	}
}
