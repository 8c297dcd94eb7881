// Package plain makes text safe for formats that are nothing but text: feeds,
// calendars, tables and mail. Documents are written by strangers; what stands in
// a title must not begin a line, end a field or turn the reading direction of
// what follows.
package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line is s on one line: runs of white space and line ends are one blank,
// control characters and directional overrides are gone, and bytes that are not
// UTF-8 are the replacement character.
func Line(s string) string {
	if isPlain(s) {
		return s
	}
	return strings.Join(strings.Fields(strings.Map(line, strings.ToValidUTF8(s, "\uFFFD"))), " ")
}

// Text is s with its lines, each as Line has it, divided by "\n" alone. Where
// lines are empty one stays between paragraphs, and none at the start and the
// end.
func Text(s string) string {
	if isPlain(s) {
		return s
	}
	var lines []string
	empty := true
	for _, l := range strings.FieldsFunc(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\n "), endsLine) {
		l = Line(l)
		if l != "" || !empty {
			lines = append(lines, l)
		}
		empty = l == ""
	}
	return strings.TrimSuffix(strings.Join(lines, "\n"), "\n")
}

// isPlain reports whether Line changes nothing. It may report false where
// there are characters beyond ASCII.
func isPlain(s string) bool {
	space := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= '\x7f' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return s == "" || !space
}

// endsLine reports the characters that some program takes for the end of a line.
func endsLine(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// line maps a character to the one that takes its place, -1 for none.
// Characters that XML cannot hold (XML 1.0, section 2.2) are among those that go.
func line(r rune) rune {
	switch {
	case endsLine(r) || r == '\t':
		return ' '
	case unicode.IsControl(r), overrides(r), r&0xfffe == 0xfffe, 0xfdd0 <= r && r <= 0xfdef, r == '\ufeff':
		return -1
	}
	return r
}

// overrides reports the characters that set the reading direction of what
// follows until something ends it (UAX 9, section 2). The marks that only stand
// for a letter of one direction stay.
func overrides(r rune) bool {
	return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// Unnotified is s without the "@" before names, for mail and chats in which
// "@name" calls somebody. That of a mail address stays.
func Unnotified(s string) string {
	if !strings.Contains(s, "@") {
		return s
	}
	all := []rune(s)
	kept := make([]rune, 0, len(all))
	for i, r := range all {
		named := i+1 < len(all) && isWord(all[i+1])
		if r != '@' || !named || i > 0 && isWord(all[i-1]) {
			kept = append(kept, r)
		}
	}
	return string(kept)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// Wrap breaks a text of one paragraph into lines of at most width characters,
// of which the first begins with first and the others with rest. Words are never
// cut: an address that is longer stands on a line of its own.
func Wrap(s string, width int, first, rest string) string {
	var b strings.Builder
	b.WriteString(first)
	column, begin := utf8.RuneCountInString(first), true
	for word := range strings.FieldsSeq(s) {
		n := utf8.RuneCountInString(word)
		if !begin && column+1+n > width {
			b.WriteString("\n" + rest)
			column, begin = utf8.RuneCountInString(rest), true
		}
		if !begin {
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column, begin = column+n, false
	}
	return b.String()
}
