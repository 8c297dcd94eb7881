package edit

import (
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/document"
	"minutebook/generator/source"
)

// This file edits what documents say in their text instead of a front matter,
// in lines such as "* Status: accepted".

// inBody reports whether a value stands in the body: its text is found there.
func (f *front) inBody(v document.Value) bool {
	body := f.block.Body
	if v.KeySpan.IsZero() || v.Span.Start < body.Start || v.Span.End > body.End || v.Span.Start >= v.Span.End {
		return false
	}
	written := string(f.file.Data[v.Span.Start:v.Span.End])
	return strings.Contains(written, v.Items[0].Text) || v.Items[0].Label != "" && strings.Contains(written, v.Items[0].Label)
}

// keptBy reports whether the body says in another reading what it says in this
// one, but for one field.
func (f *front) keptBy(other *front, field string) bool {
	for _, v := range f.lines {
		if name := v.Field.Name; name != field && !slices.Equal(f.texts(name), other.texts(name)) {
			return false
		}
	}
	return true
}

// keyLine is a line such as "* Status: accepted" up to its value.
var keyLine = regexp.MustCompile(`^((?:[-*+] +)?)([*_]{0,2})[A-Za-z][A-Za-z -]*?([*_]{0,2})(:)([*_]{0,2})([ \t]+)$`)

// replacedLine is what the body says with another value, or a line of metadata
// taken out. Where key and value share no line, nothing is: a table or a section
// is more than its value.
func (f *front) replacedLine(v document.Value, values []string) splice {
	data := f.file.Data
	switch start := lineStart(data, v.KeySpan.Start); {
	case len(values) > 0:
		return splice{v.Span, strings.Join(values, ", ")}
	case start == lineStart(data, v.Span.Start):
		return splice{source.Span{Start: start, End: lineEnd(data, v.Span.End)}, ""}
	}
	return splice{v.Span, string(data[v.Span.Start:v.Span.End])}
}

// lastLine is which of the values in the body is the last that stands in a line
// of metadata; -1 when none does.
func (f *front) lastLine() int {
	last := -1
	for i, v := range f.lines {
		if keyLine.MatchString(f.lineHead(v)) && (last < 0 || v.Span.End > f.lines[last].Span.End) {
			last = i
		}
	}
	return last
}

// lineHead is a line of metadata up to its value.
func (f *front) lineHead(v document.Value) string {
	return string(f.file.Data[lineStart(f.file.Data, v.Span.Start):v.Span.Start])
}

// addedLine is one more line of metadata, written as the last one is.
func (f *front) addedLine(field string, values []string) splice {
	last := f.lines[f.lastLine()]
	m := keyLine.FindStringSubmatch(f.lineHead(last))
	name := strings.ToUpper(field[:1]) + strings.ReplaceAll(field[1:], "-", " ")
	line := m[1] + m[2] + name + m[3] + m[4] + m[5] + m[6] + strings.Join(values, ", ")
	at := lineEnd(f.file.Data, last.Span.End)
	if at > 0 && f.file.Data[at-1] != '\n' {
		return splice{source.Span{Start: at, End: at}, f.newline + line}
	}
	return splice{source.Span{Start: at, End: at}, line + f.newline}
}
