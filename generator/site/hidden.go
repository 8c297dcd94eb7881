package site

import (
	"strings"
	"unicode"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// hiddenPersons reports every document and file that names a person who is
// hidden. Such a site is not published.
func (l *linker) hiddenPersons() {
	names := l.hiddenNames()
	if len(names) == 0 {
		return
	}
	for _, r := range l.Records {
		l.findHidden(r.File, names, r.File.Path, r.Title, plainText(r.Body.Body.HTML), l.fieldText(r))
	}
	for _, a := range l.Attachments {
		l.findHidden(a.File, names, a.File.Path)
	}
}

// hiddenNames are the names, handles and aliases of hidden persons, in lower
// case. A handle that is a common word still needs its "@" in text.
func (l *linker) hiddenNames() []string {
	var names []string
	for _, p := range l.in.People.List {
		if p.Public != config.Hidden {
			continue
		}
		names = append(names, "@"+strings.ToLower(p.Handle))
		for _, n := range append([]string{p.Name}, p.Aliases...) {
			if n != p.Handle {
				names = append(names, strings.ToLower(n))
			}
		}
	}
	return names
}

// fieldText is what a page prints of the free-text fields of a record. Fields
// of persons print "a participant" instead and do not count.
func (l *linker) fieldText(r *Record) string {
	var b strings.Builder
	for _, f := range r.Kind.Fields {
		if f.Type != config.People {
			b.WriteString(r.Text(f.Name))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func (l *linker) findHidden(f *source.File, names []string, texts ...string) {
	for _, text := range texts {
		low := strings.ToLower(text)
		for _, name := range names {
			if !namedWhole(low, name) {
				continue
			}
			// The message must not name them either.
			span := source.Span{}
			if i := strings.Index(strings.ToLower(string(f.Data)), name); i >= 0 && len(strings.ToLower(string(f.Data))) == len(f.Data) {
				span = source.Span{Start: i, End: i + len(name)}
			}
			l.problem(diag.At(f, span, "hidden-person-named", "this names a person whom %s hides", config.PeopleFile).About(f.Path).
				WithHint("write %q instead", ParticipantName))
			return
		}
	}
}

// namedWhole reports whether text has a name as whole words.
func namedWhole(text, name string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(name)
		if !wordBefore(text[:start]) && !wordAfter(text[end:]) {
			return true
		}
		from = end
	}
}

func wordBefore(s string) bool {
	var last rune
	for _, r := range s[max(0, len(s)-4):] {
		last = r
	}
	return unicode.IsLetter(last) || unicode.IsDigit(last)
}

func wordAfter(s string) bool {
	for _, r := range s {
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	return false
}

// plainText is HTML without its tags, entities decoded as far as names need.
func plainText(html string) string {
	var b strings.Builder
	tag := false
	for _, r := range html {
		switch {
		case r == '<':
			tag = true
		case r == '>':
			tag = false
		case !tag:
			b.WriteRune(r)
		}
	}
	return entities.Replace(b.String())
}

var entities = strings.NewReplacer("&#39;", "'", "&quot;", `"`, "&lt;", "<", "&gt;", ">", "&amp;", "&")
