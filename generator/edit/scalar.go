package edit

import (
	"fmt"
	"strings"

	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// A quote is how a value is quoted. Where a value cannot be written so, it
// stands in double quotes.
type quote byte

const (
	plain  quote = 0
	single quote = '\''
	double quote = '"'
)

// quoteOf is how a value in a file is quoted.
func quoteOf(raw string) quote {
	if raw != "" && (raw[0] == '"' || raw[0] == '\'') {
		return quote(raw[0])
	}
	return plain
}

// scalar is a text as YAML on one line, alone behind a key.
func scalar(text string, q quote) string {
	switch {
	case q == plain && isPlain("k: ", text, ""):
		return text
	case q == single && !strings.ContainsFunc(text, needsEscape):
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return doubleQuoted(text)
}

// inList is a text as an item of a list in brackets.
func inList(text string, q quote) string {
	if q == plain && isPlain("k: [", text, "]") {
		return text
	}
	return scalar(text, max(q, double))
}

// isPlain reports whether a text means itself without quotes, as the reader of
// front matter has it.
func isPlain(before, text, after string) bool {
	if text == "" || strings.ContainsAny(text, "\r\n") {
		return false
	}
	data := []byte(before + text + after + "\n")
	m, problems := frontmatter.DecodeFile(source.NewFile("", data))
	if len(problems) > 0 || len(m.Entries) != 1 {
		return false
	}
	v := m.Entries[0].Value
	if after != "" {
		if v.Kind != frontmatter.List || len(v.Items) != 1 {
			return false
		}
		v = v.Items[0]
	}
	return v.Kind == frontmatter.Scalar && v.Plain && v.Text == text && v.Comment == ""
}

func needsEscape(r rune) bool {
	return r < ' ' || r == 0x7f || r == 0xfeff || r == 0x85 || 0x2028 <= r && r <= 0x2029
}

// doubleQuoted is a text between double quotes. YAML 1.2, section 5.7.
func doubleQuoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case needsEscape(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// flowList is a list in brackets.
func flowList(texts []string) string {
	items := make([]string, len(texts))
	for i, t := range texts {
		items[i] = inList(t, plain)
	}
	return "[" + strings.Join(items, ", ") + "]"
}
