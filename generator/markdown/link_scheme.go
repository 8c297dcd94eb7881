package markdown

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// linkSchemes are the schemes every site allows; the configuration adds more.
var linkSchemes = []string{"http", "https", "mailto"}

// schemeAllowed reports whether a link may lead to a destination: it has no
// scheme (RFC 3986, section 4.2), one of linkSchemes or one of extra, which are
// in lower case.
//
// Browsers and copied text disagree on what hides a scheme, so every reading
// must be allowed: the destination as it stands, with entities decoded, with
// percent forms decoded, and so on until nothing changes. Each reading is
// stripped of more than the WHATWG URL parser strips.
func schemeAllowed(destination string, extra []string) bool {
	if !strings.ContainsAny(schemeHead(destination), ":&%") {
		return true
	}
	const rounds = 8 // nobody honest encodes a scheme that often
	for range rounds {
		if s := schemeOf(destination); s != "" && !slices.Contains(linkSchemes, s) && !slices.Contains(extra, s) {
			return false
		}
		decoded := unescapePercent(html.UnescapeString(schemeHead(destination)))
		if decoded == schemeHead(destination) {
			return true
		}
		destination = decoded
	}
	return false
}

// schemeHead is the start of a destination that can hold a scheme, in whatever
// encoding: what comes before the path.
func schemeHead(destination string) string {
	if i := strings.IndexAny(destination, "/?"); i >= 0 {
		destination = destination[:i]
	}
	return destination
}

// schemeOf is the scheme of a destination in lower case, "" when it has none.
// Leading punctuation, and control, space and invisible characters anywhere, do
// not hide a scheme.
func schemeOf(destination string) string {
	head, _, found := strings.Cut(strings.Map(dropInvisible, schemeHead(destination)), ":")
	head = strings.ToLower(strings.TrimLeft(head, "\\\"'`<>()[]{}&;,\ufffd"))
	if !found || head == "" || head[0] < 'a' || head[0] > 'z' {
		return ""
	}
	for _, r := range head {
		if !isSchemeRune(r) {
			return ""
		}
	}
	return head
}

func isSchemeRune(r rune) bool {
	return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '+' || r == '-' || r == '.'
}

func dropInvisible(r rune) rune {
	if unicode.IsControl(r) || unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
		return -1
	}
	return r
}

// unescapePercent decodes the percent forms that are well-formed and leaves the
// others.
func unescapePercent(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '%')
		if i < 0 || i+3 > len(s) {
			break
		}
		b.WriteString(s[:i])
		if c, err := url.PathUnescape(s[i : i+3]); err == nil {
			b.WriteString(c)
			s = s[i+3:]
		} else {
			b.WriteByte('%')
			s = s[i+1:]
		}
	}
	b.WriteString(s)
	return b.String()
}
