package config

import (
	"strings"

	"minutebook/generator/diag"
	"minutebook/generator/frontmatter"
)

// each hands the entries of a mapping to the functions of their keys. A key
// that has none is reported with the nearest that has.
func (l *loader) each(v frontmatter.Value, where string, keys map[string]func(frontmatter.Entry)) {
	for _, e := range l.fields(v) {
		read := keys[e.Key]
		if read != nil {
			read(e)
			continue
		}
		if strings.HasPrefix(e.Key, "x-") {
			continue
		}
		names := make([]string, 0, len(keys))
		for k := range keys {
			names = append(names, k)
		}
		d := diag.At(l.file, e.KeySpan, "unknown-key", "unknown key %q in %s", e.Key, where).About(e.Key)
		if near := diag.Nearest(e.Key, names); near != "" {
			d = d.WithHint("did you mean %q?", near)
		}
		l.problems.Add(d)
	}
}

// fields are the entries of a mapping; anything else that is not empty is
// reported.
func (l *loader) fields(v frontmatter.Value) []frontmatter.Entry {
	if v.Kind != frontmatter.Map && v.Kind != frontmatter.Null {
		l.problems.Add(diag.At(l.file, v.Span, "configuration", "%q stands where keys with values are expected", shorten(v.Text)).
			WithHint("write each as key: value on a line of its own, indented below"))
	}
	return v.Fields
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

func (l *loader) text(e frontmatter.Entry) string {
	switch e.Value.Kind {
	case frontmatter.Scalar:
		return e.Value.Text
	case frontmatter.Null:
		return ""
	}
	l.bad(e, "%s is not a single value", e.Key)
	return ""
}

// list reads a list, or a single value as a list of one, or a, b as two.
func (l *loader) list(e frontmatter.Entry) []string {
	var list []string
	switch e.Value.Kind {
	case frontmatter.Scalar:
		for _, s := range strings.Split(e.Value.Text, ",") {
			if s = strings.TrimSpace(s); s != "" {
				list = append(list, s)
			}
		}
	case frontmatter.List:
		for _, item := range e.Value.Items {
			if item.Kind != frontmatter.Scalar {
				l.bad(e, "%s holds something that is not a single value", e.Key)
				continue
			}
			list = append(list, item.Text)
		}
	case frontmatter.Map:
		l.bad(e, "%s is not a list", e.Key).hint("write [one, two]")
	}
	return list
}

func (l *loader) flag(e frontmatter.Entry) bool {
	switch l.text(e) {
	case "true":
		return true
	case "false", "":
		return false
	}
	l.bad(e, "%s %q is neither true nor false", e.Key, e.Value.Text)
	return false
}

func (l *loader) oneOf(e frontmatter.Entry, words []string) string {
	word := l.text(e)
	for _, w := range words {
		if w == word {
			return word
		}
	}
	p := l.bad(e, "%s %q is not one of %s", e.Key, word, strings.Join(words, ", "))
	if near := diag.Nearest(word, words); near != "" {
		p.hint("did you mean %q?", near)
	}
	return words[0]
}

// A report is a problem just added, to be completed.
type report struct{ d *diag.Diagnostic }

func (l *loader) bad(e frontmatter.Entry, format string, args ...any) report {
	span := e.Value.Span
	if span.IsZero() {
		span = e.KeySpan
	}
	l.problems.Add(diag.At(l.file, span, "configuration", format, args...).About(e.Key))
	return report{&l.problems[len(l.problems)-1]}
}

func (r report) hint(format string, args ...any) { *r.d = r.d.WithHint(format, args...) }

func (r report) unsafe() { r.d.Code = "unsafe-configuration" }
