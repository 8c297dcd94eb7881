package intake

import (
	"cmp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"minutebook/generator/edit"
	"minutebook/generator/plain"
)

// A front is a front matter that is being written. Every value stands in double
// quotation marks (YAML 1.2, 7.3.1), on one line, without control characters: no
// value can end it or begin another key.
type front struct {
	lines strings.Builder
	ids   []string
}

func (f *front) String() string { return f.lines.String() }

// text writes a key unless its value is empty.
func (f *front) text(key, value string) {
	if value = plain.Line(value); value != "" {
		f.lines.WriteString(key + ": " + quoted(value) + "\n")
	}
}

// bare writes a value that needs no quotes: dates, words of ours.
func (f *front) bare(key, value string) {
	if value != "" {
		f.lines.WriteString(key + ": " + value + "\n")
	}
}

// list writes a key with several values, unless there is none.
func (f *front) list(key string, values []string) {
	var items []string
	for _, v := range values {
		if v = plain.Line(v); v != "" {
			items = append(items, quoted(v))
		}
	}
	if len(items) > 0 {
		f.lines.WriteString(key + ": [" + strings.Join(items, ", ") + "]\n")
	}
}

// imported writes what the document was made of.
func (f *front) imported(ids ...string) {
	f.ids = ids
	if len(ids) == 1 {
		f.bare(importKey, ids[0])
		return
	}
	f.bare(importKey, "["+strings.Join(ids, ", ")+"]")
}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// fileName is a title as a part of a file's name, in its composed form.
func fileName(title, otherwise string) string {
	return cmp.Or(edit.Slug(norm.NFC.String(title)), otherwise)
}

// longestTitle is how many characters of a subject or a topic make a title.
const longestTitle = 200

// clip is s with at most n characters.
func clip(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace) + "…"
		}
	}
	return s
}
