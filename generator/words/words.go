// Package words is the catalogue of what the site says in words of its own:
// everything a reader sees that no author wrote. Diagnostics and the command
// line are not in it; they are English.
//
// A key is the English text itself, so that whoever reads a layout or the code
// reads what the page says, and an English site needs no catalogue at all. A
// part in braces, as in "Survey open until {day}", is filled in. A note in
// brackets at the end of a key, as in "Next [meetings]", tells two uses of one
// text apart and is not shown.
//
// The words of a language are the files words/TAG.yaml of the layouts, TAG being
// its BCP 47 tag: each key with its translation, or with one for each plural
// form of the language (CLDR: zero, one, two, few, many, other). What a file
// leaves out has the words of the file that Minutebook brings for the language,
// then those of the language without its region, and then is English.
package words

import (
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"minutebook/generator/source"
)

// A Key is an English text that may have a translation. Every constant Key in
// the program, and every key in a layout or script, is in the catalogues that
// Minutebook brings; a test holds that.
type Key string

// Words are the words of one language. They never change; nil is English.
type Words struct {
	tag      string
	messages map[Key]message
	sum      source.Sum
	plural   language.Tag
	calendar *calendar
}

// A message is a translation, by plural form. One without a number is Other.
type message [plural.Many + 1]phrase

// Tag is the BCP 47 tag of the language that the words are of, which may be
// another than that of the content.
func (w *Words) Tag() string {
	if w == nil {
		return English
	}
	return w.tag
}

// Sum identifies everything that the words were read from.
func (w *Words) Sum() source.Sum {
	if w == nil {
		return source.Sum{}
	}
	return w.sum
}

// T is the text of a key. Its parts in braces are filled, in their order in the
// key, with the values; without values they stay.
func (w *Words) T(key Key, values ...string) string {
	if m, ok := w.message(key); ok {
		return m[plural.Other].fill("", values)
	}
	return fillKey(key, "", values)
}

// N is T with a number, which "{n}" stands for: one and many are what English
// says of one and of any other number. The key is many.
func (w *Words) N(n int, one, many Key, values ...string) string {
	number := strconv.Itoa(n)
	if m, ok := w.message(many); ok {
		p := m[w.form(n)]
		if p == nil {
			p = m[plural.Other]
		}
		return p.fill(number, values)
	}
	if n == 1 {
		many = one
	}
	return fillKey(many, number, values)
}

// Split is what stands before and behind the first part in braces of a text,
// for layouts that put something there which is no text.
func (w *Words) Split(key Key) (before, after string) {
	text := w.T(key)
	start, end := strings.IndexByte(text, '{'), strings.IndexByte(text, '}')
	if start < 0 || end < start {
		return text, ""
	}
	return text[:start], text[end+1:]
}

// Label is the translation of a label that settings have, such as the name of a
// status; the label itself where there is none.
func (w *Words) Label(text string) string {
	if w != nil {
		if m, ok := w.messages[Key(text)]; ok {
			return m[plural.Other].fill("", nil)
		}
	}
	return text
}

// Lower is a label as it stands within a sentence. Some languages keep the
// capitals of nouns.
func (w *Words) Lower(label string) string {
	if w.T("lower [nouns within a sentence: lower, or as they are]") == "lower" {
		return strings.ToLower(label)
	}
	return label
}

// Forms are the translations of a number by the names of all plural forms of
// CLDR that the language may ask for, as Intl.PluralRules gives them.
func (w *Words) Forms(one, many Key) map[string]string {
	forms := map[string]string{}
	m, ok := w.message(many)
	if !ok {
		return map[string]string{"one": bare(one), "other": bare(many)}
	}
	for name, form := range pluralForms {
		if p := m[form]; p != nil || w.uses(form) {
			if p == nil {
				p = m[plural.Other]
			}
			forms[name] = p.fill("{n}", nil)
		}
	}
	return forms
}

// pluralForms are the plural forms of CLDR by their names.
var pluralForms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// uses reports whether some whole number has a plural form. The rules of CLDR
// repeat themselves after a hundred, but for "many" of whole millions.
func (w *Words) uses(form plural.Form) bool {
	for n := range 200 {
		if w.form(n) == form {
			return true
		}
	}
	return form == plural.Other || w.form(1_000_000) == form
}

// form is the plural form of a whole number.
func (w *Words) form(n int) plural.Form {
	return plural.Cardinal.MatchPlural(w.plural, n, 0, 0, 0, 0)
}

// message finds the translation of a key, or of the same text without its note.
func (w *Words) message(key Key) (message, bool) {
	if w == nil {
		return message{}, false
	}
	m, ok := w.messages[key]
	if text := Key(bare(key)); !ok && text != key {
		m, ok = w.messages[text]
	}
	return m, ok
}

// bare is a key without its note.
func bare(key Key) string {
	text := string(key)
	if strings.HasSuffix(text, "]") {
		if at := strings.LastIndex(text, " ["); at >= 0 {
			return text[:at]
		}
	}
	return text
}
