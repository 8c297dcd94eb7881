package intake

import (
	"net/url"
	"strings"
	"unicode"
)

// This file keeps text text. What a message or a log says is written so that a
// page shows the same characters, whatever Markdown or HTML would make of them;
// only web addresses become links, and what readers made blocks of (lists,
// quotations) is written by block.go.

// tidy is text with "\n" for every end of a line, in valid UTF-8, without
// control characters, directional overrides and characters that take no room:
// nothing in it can hide or turn what stands beside it. A tab stays.
func tidy(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsRune(s, '\r') {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r < ' ' || unicode.IsControl(r), invisible(r):
			return -1
		case r == '\u00a0' || r == '\u202f' || r == '\u2007':
			return ' '
		}
		return r
	}, s)
}

// invisible reports characters that are not seen, or that turn the reading
// direction of others (UAX 9, section 2). Joiners stay: words of some scripts
// need them.
func invisible(r rune) bool {
	switch {
	case r == '\u200c' || r == '\u200d':
		return false
	case r == '\u00ad' || r == '\u061c' || '\u200b' <= r && r <= '\u200f' || '\u202a' <= r && r <= '\u202e' || '\u2060' <= r && r <= '\u206f':
		return true
	case r == '\ufeff' || '\ufff0' <= r && r <= '\ufffb' || 0xE0000 <= r && r <= 0xE0FFF || r&0xfffe == 0xfffe || 0xfdd0 <= r && r <= 0xfdef:
		return true
	}
	return false
}

// oneLine is a text with runs of white space as one blank.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

var (
	webAddress = lazily(`(?i)https?://[^\s<>"{}|\\^\[\]` + "`" + `]+`)
	fileServer = lazily(`(?i)ftp:`)
)

// inline is text as Markdown that shows it, with links for web addresses. It
// must not begin a line; see begun.
func inline(s string) string {
	var b strings.Builder
	for s != "" {
		at := webAddress().FindStringIndex(s)
		if at == nil {
			break
		}
		end := at[0] + len(trimAddress(s[at[0]:at[1]]))
		b.WriteString(escaped(s[:at[0]]))
		if address := s[at[0]:end]; isWeb(address) {
			b.WriteString("<" + address + ">")
		} else {
			b.WriteString(escaped(address))
		}
		s = s[end:]
	}
	b.WriteString(escaped(s))
	return b.String()
}

// trimAddress is a web address without the punctuation of the sentence around.
func trimAddress(s string) string {
	for {
		t := strings.TrimRight(s, ".,;:!?'*_~")
		if strings.HasSuffix(t, ")") && strings.Count(t, ")") > strings.Count(t, "(") {
			t = t[:len(t)-1]
		}
		if t == s {
			return s
		}
		s = t
	}
}

// longestAddress is how many bytes a web address may have that becomes a link.
const longestAddress = 2000

// isWeb reports whether an address may become a link.
func isWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= longestAddress && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil &&
		!strings.ContainsAny(s, "<>\"\\` \n\t")
}

// escaped is text with a backslash before what Markdown would take for markup
// (CommonMark 2.4 allows it before any punctuation).
func escaped(s string) string {
	if fileServer().MatchString(s) { // a bare address of a scheme that no page may link to
		s = fileServer().ReplaceAllStringFunc(s, func(m string) string { return m[:3] + "\x00" })
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == 0:
			b.WriteString(`\:`)
			continue
		case c == ':' && isShortCode(s[i+1:]),
			strings.IndexByte("\\`*[]<~", c) >= 0,
			c == '_' && !(i > 0 && i+1 < len(s) && isAlnum(s[i-1]) && isAlnum(s[i+1])),
			c == '&' && i+1 < len(s) && (s[i+1] == '#' || isAlnum(s[i+1])):
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// isShortCode reports whether the text behind a ":" makes it one of an emoji:
// ":+1:". A time of day is none.
func isShortCode(s string) bool {
	name, _, ok := strings.Cut(s[:min(len(s), 100)], ":")
	named := ok && name != "" && !strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 || !isAlnum(byte(r)) && !strings.ContainsRune("_+-", r) })
	return named && (strings.Trim(name, "0123456789") != "" || name == "100" || name == "1234")
}

func isAlnum(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' }

var (
	numberedItem = lazily(`^(\d{1,9})([.)])(\s|$)`)
	itemWithID   = lazily(`^((?i:actions?|action items?|ai|todo|decision|agreed|resolution|resolved|consensus|question|issue|answer|feedback|topic|offer|help wanted|practice|info|idea)) ([A-Za-z]\d{1,5})\b`)
)

// begun is inline for text that begins a line: it begins no block, and an id in
// it ("Action A1: …") is not taken for one of the document it comes to.
func begun(s string) string {
	s = inline(itemWithID().ReplaceAllString(strings.TrimSpace(s), "$1 ($2)"))
	if s == "" {
		return s
	}
	switch c := s[0]; {
	case strings.IndexByte("#=>:|", c) >= 0,
		(c == '-' || c == '+') && (len(s) == 1 || strings.IndexByte(" \t-+=|:", s[1]) >= 0):
		return `\` + s
	}
	return numberedItem().ReplaceAllString(s, `$1\$2$3`)
}

// heading is text as the text of a heading, which cannot end in what closes one.
func heading(s string) string {
	return closing().ReplaceAllString(begun(oneLine(s)), ` \$1`)
}

// closing is what closes a heading (CommonMark 4.2).
var closing = lazily(` (#+)$`)

// fenced is text as a block of code.
func fenced(lines []string) string {
	fence := "```"
	for _, l := range lines {
		for strings.Contains(l, fence) {
			fence += "`"
		}
	}
	return fence + "\n" + strings.Join(lines, "\n") + "\n" + fence + "\n"
}
