package search

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// inline reports whether an element ends neither a word nor a line.
func inline(name string) bool {
	switch name {
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
		"span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr":
		return true
	}
	return false
}

// silent reports whether the content of an element is no text. Such are in a body
// only where a site publishes all HTML of its authors.
func silent(name string) bool { return name == "script" || name == "style" }

// anchor begins the link of a heading to itself, whose text is no one's.
const anchor = ` class="anchor"`

// appendText appends the plain text of HTML to what is there, one line for each
// block and no space twice. The HTML is one that a converter has written: every
// ">" that is no end of a tag is escaped.
func appendText(to []byte, s string) []byte {
	base := len(to)
	to = slices.Grow(to, len(s))
	for s != "" {
		spaced := len(to) == base || to[len(to)-1] <= ' '
		n := plain(s, spaced)
		to = append(to, s[:n]...)
		switch s = s[n:]; {
		case s == "":
		case s[0] == '<':
			to, s = skipTag(to, s, base)
		case s[0] == '&':
			to, s = appendEntity(to, s, base)
		default:
			if n > 0 && to[len(to)-1] > ' ' || n == 0 && !spaced {
				to = append(to, ' ')
			}
			s = s[1:]
		}
	}
	return to
}

// plain is how much of s can be taken as it is: no tag, no entity, and no white
// space but single spaces. After a space there is none to be.
func plain(s string, spaced bool) int {
	for i := range len(s) {
		if !notable[s[i]] {
			continue
		}
		if s[i] != ' ' || i == 0 && spaced || i > 0 && s[i-1] == ' ' {
			return i
		}
	}
	return len(s)
}

// notable are the bytes that plain looks at.
var notable = func() (table [256]bool) {
	for c := range ' ' + 1 {
		table[c] = true
	}
	table['<'], table['&'] = true, true
	return table
}()

// appendEntity appends the character that s begins with the name of.
func appendEntity(to []byte, s string, base int) (_ []byte, rest string) {
	end := strings.IndexByte(s[:min(len(s), 40)], ';')
	if end < 0 {
		return append(to, '&'), s[1:]
	}
	for _, c := range []byte(html.UnescapeString(s[:end+1])) {
		if c > ' ' || len(to) > base && to[len(to)-1] > ' ' {
			to = append(to, max(c, ' '))
		}
	}
	return to, s[end+1:]
}

// skipTag passes the tag that s begins with, and ends the line for a block.
func skipTag(to []byte, s string, base int) (_ []byte, rest string) {
	end := strings.IndexByte(s, '>')
	if end < 0 {
		return to, ""
	}
	tag, rest := s[1:end], s[end+1:]
	closing := strings.HasPrefix(tag, "/")
	name := strings.TrimPrefix(tag, "/")
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c == '/' {
			name = name[:i]
			break
		}
	}
	switch {
	case name == "a" && strings.Contains(tag, anchor):
		_, rest, _ = strings.Cut(rest, "</a>")
		return to, rest
	case inline(name):
		return to, rest
	case silent(name) && !closing:
		if i := strings.Index(rest, "</"+name); i >= 0 {
			rest = rest[i:]
		}
	}
	return endLine(to, base), rest
}

func endLine(to []byte, base int) []byte {
	n := len(to)
	switch {
	case n == base || to[n-1] == '\n':
	case to[n-1] == ' ':
		to[n-1] = '\n'
	default:
		to = append(to, '\n')
	}
	return to
}

// cut is the beginning of a text, of n bytes or a little less.
func cut(text []byte, n int) []byte {
	if len(text) <= n {
		return text
	}
	for !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// quoteAll appends strings as a list of JSON.
func quoteAll(to []byte, list []string) []byte {
	to = append(to, '[')
	for i, s := range list {
		if i > 0 {
			to = append(to, ',')
		}
		to = quote(to, s)
	}
	return append(to, ']')
}

const hex = "0123456789abcdef"

// special are the bytes that quote looks at: what JSON escapes, "<", so that no
// reader of the file takes any of it for markup, and the first one of U+2028 and
// U+2029, which some browsers took for ends of lines.
var special = func() (table [256]bool) {
	for c := range ' ' {
		table[c] = true
	}
	table['"'], table['\\'], table['<'], table[0xe2] = true, true, true, true
	return table
}()

// quote appends text as a JSON string.
func quote[T string | []byte](to []byte, s T) []byte {
	to = append(slices.Grow(to, len(s)+len(s)/64+2), '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !special[c] {
			continue
		}
		to = append(to, s[start:i]...)
		start = i + 1
		switch {
		case c == '\n':
			to = append(to, `\n`...)
		case c == '"' || c == '\\':
			to = append(to, '\\', c)
		case c != 0xe2:
			to = append(to, `\u00`...)
			to = append(to, hex[c>>4], hex[c&0xf])
		case i+2 < len(s) && s[i+1] == 0x80 && s[i+2]&^1 == 0xa8:
			to = append(to, `\u202`...)
			to = append(to, hex[s[i+2]&0xf])
			start = i + 3
			i += 2
		default:
			start = i
		}
	}
	return append(append(to, s[start:]...), '"')
}
