package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/util"
)

// appendEscaped appends text as HTML text. Quotation marks stay: use attribute
// for the value of an attribute.
func appendEscaped(out, text []byte) []byte {
	start := 0
	for i, c := range text {
		var escaped string
		switch c {
		case '<':
			escaped = "&lt;"
		case '>':
			escaped = "&gt;"
		case '&':
			escaped = "&amp;"
		default:
			continue
		}
		out = append(append(out, text[start:i]...), escaped...)
		start = i + 1
	}
	return append(out, text[start:]...)
}

// attribute is s as the value of an attribute between double quotation marks.
func attribute(s string) string { return attributeEscaper.Replace(s) }

// decode resolves what Markdown text may hold: backslash escapes (CommonMark
// 2.4) and entity and numeric character references (CommonMark 2.5).
func decode(text []byte) []byte {
	if bytes.IndexByte(text, '\\') < 0 && bytes.IndexByte(text, '&') < 0 {
		return text
	}
	decoded := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && util.IsPunct(text[i+1]):
			i++
			decoded = append(decoded, text[i])
		case c == '&':
			value, length := reference(text[i:])
			if length == 0 {
				value, length = text[i:i+1], 1
			}
			decoded = append(decoded, value...)
			i += length - 1
		default:
			decoded = append(decoded, c)
		}
	}
	return decoded
}

// reference resolves the character reference that text begins with; length is
// 0 when it is none.
func reference(text []byte) (value []byte, length int) {
	const longest = 40 // bytes; the longest name has 31
	end := bytes.IndexByte(text[:min(len(text), longest)], ';')
	if end < 2 {
		return nil, 0
	}
	name := string(text[1:end])
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		char, ok := codePoint(digits)
		if !ok {
			return nil, 0
		}
		return []byte(string(char)), end + 1
	}
	entity, ok := util.LookUpHTML5EntityByName(name)
	if !ok {
		return nil, 0
	}
	return entity.Characters, end + 1
}

// codePoint reads the digits of a numeric character reference: up to 7 decimal
// or, after x, up to 6 hexadecimal ones.
func codePoint(digits string) (rune, bool) {
	base, most := 10, 7
	if hex := strings.TrimLeft(digits, "xX"); len(hex) == len(digits)-1 {
		digits, base, most = hex, 16, 6
	}
	if len(digits) > most || strings.ContainsAny(digits, "+-_") {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return 0, false
	}
	return util.ToValidRune(rune(n)), true
}
