package config

import (
	"errors"
	"path"
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/expression"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// An Origin is where a document says something.
type Origin string

// The origins of values. Those up to FromPath are the sources that a kind may
// list; the first that states a field counts.
const (
	FromFrontMatter Origin = "front-matter"
	FromLines       Origin = "lines"     // "Key: value" or a bullet above the first section
	FromTable       Origin = "table"     // of two columns, or of keys above values
	FromCode        Origin = "code"      // a block of code that the document begins with
	FromHeadings    Origin = "headings"  // "## Date: 2018-03-20"; of a title: the first heading
	FromSection     Origin = "section"   // what stands below a heading such as "Status"
	FromSidecar     Origin = "sidecar"   // a YAML file beside the document
	FromChangelog   Origin = "changelog" // the days in a list of changes
	FromPath        Origin = "path"      // of the file
	FromText        Origin = "text"      // the first day in the title or the lines above the first section
	FromStatus      Origin = "status"    // "superseded by ADR-12"
	FromDefault     Origin = "default"   // what the configuration says for all
)

// Guessed reports whether something was found in a text or a path rather than
// written as metadata: what is wrong with it is then no error.
func (o Origin) Guessed() bool {
	return o != "" && o != FromFrontMatter && o != FromSidecar && o != FromDefault
}

var origins = []Origin{FromFrontMatter, FromLines, FromTable, FromCode, FromHeadings, FromSection, FromSidecar, FromChangelog, FromPath, FromText}

// A Reading says where documents state their fields, and how values are
// written. A kind has what is set for every kind, too.
type Reading struct {
	Sources  []Origin // in the order in which they count
	Sidecars []string // names of YAML files beside a document; {name} is its own
	Sections []string // headings, as keys are compared, above the value of a field
	Empty    []string // words that mean nothing, in lower case
	Ignore   []string // keys, as they are compared, that mean nothing
	Title    TitleRule
	Dates    DateRule

	empty    map[string]bool
	ignore   map[string]bool
	sections map[string]bool
}

// A TitleRule says how a title is found.
type TitleRule struct {
	Sources []string         // field, heading, line, section, name: the first that is there
	Strip   []*regexp.Regexp // that are cut from it
	Generic []string         // headings that are no titles, in lower case

	generic map[string]bool
}

// A DateRule says how days are written.
type DateRule struct {
	Path []*date.Pattern // in the path of a file, from the content folder
	Text []*date.Pattern // in values, besides the spellings that leave no doubt
}

// An IDRule says how the display id of a document is made.
type IDRule struct {
	Path    []*regexp.Regexp // whose first group is found in the path
	Display string           // {n} is what was found, {n:4} with zeros in front
}

// within is what a kind's own reading is, completed by that of every kind. Lists
// of words are joined; of sources the kind's own count alone.
func (r Reading) within(all Reading) Reading {
	if r.Sources == nil {
		r.Sources = all.Sources
	}
	if r.Sidecars == nil {
		r.Sidecars = all.Sidecars
	}
	if r.Sections == nil {
		r.Sections = all.Sections
	}
	if r.Title.Sources == nil {
		r.Title.Sources = all.Title.Sources
	}
	r.Empty = slices.Concat(r.Empty, all.Empty)
	r.Ignore = slices.Concat(r.Ignore, all.Ignore)
	r.Title.Strip = slices.Concat(r.Title.Strip, all.Title.Strip)
	r.Title.Generic = slices.Concat(r.Title.Generic, all.Title.Generic)
	r.Dates.Path = slices.Concat(r.Dates.Path, all.Dates.Path)
	r.Dates.Text = slices.Concat(r.Dates.Text, all.Dates.Text)
	r.empty, r.sections, r.Title.generic = setOf(r.Empty), setOf(r.Sections), setOf(r.Title.Generic)
	r.ignore = setOf(r.Ignore)
	return r
}

func setOf(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// longestEmpty is how long a value may be that means nothing.
const longestEmpty = 100

// SaysNothing reports whether a value only holds the place of one: a word such
// as TBD, or what a template has there, as in "(fill me in)" and "<yyyy-mm-dd>".
func (r *Reading) SaysNothing(value string) bool {
	value = strings.Trim(value, " \t*_`")
	if len(value) > longestEmpty {
		return false
	}
	low := strings.ToLower(strings.Trim(value, ".!"))
	if low == "" || r.empty[low] {
		return true
	}
	first, last := low[0], low[len(low)-1]
	inner := strings.Trim(low, "<>[](){} ")
	switch {
	case first == '<' && last == '>':
		return !strings.ContainsAny(inner, "@:/") && strings.ContainsAny(inner, " -") || r.empty[inner]
	case first == '{' && last == '}' || first == '[' && last == ']' || first == '(' && last == ')':
		return placeholder(inner) || r.empty[inner]
	}
	return strings.HasPrefix(low, "yyyy-mm")
}

// placeholder reports what templates ask for in brackets.
func placeholder(inner string) bool {
	for _, word := range []string{"fill", "leave", "insert", "enter", "your ", "yyyy", "to be ", "date", "name", "optional"} {
		if strings.HasPrefix(inner, word) {
			return true
		}
	}
	return false
}

// Ignores reports whether a key is known to mean nothing to the site.
func (r *Reading) Ignores(key string) bool { return r.ignore[NormalKey(key)] }

// IsSection reports whether a heading stands above the value of a field.
func (r *Reading) IsSection(heading string) bool { return r.sections[NormalKey(heading)] }

// IsGeneric reports whether a heading says nothing of what the document is about.
func (t *TitleRule) IsGeneric(heading string) bool {
	return t.generic[strings.ToLower(strings.Trim(heading, " \t.:#*_-"))]
}

// Stripped is a title without what the rule cuts off; the title itself when
// nothing would be left.
func (t *TitleRule) Stripped(title string) string {
	for _, re := range t.Strip {
		if cut := strings.TrimSpace(re.ReplaceAllString(title, "")); cut != "" {
			title = cut
		}
	}
	return title
}

// SidecarOf is the path of the YAML file that belongs to a document, of those
// that exist; "" when there is none. An index file has those with a fixed name,
// any other file those that are named after it.
func (c *Config) SidecarOf(document string, exists func(string) bool) (p, name string) {
	for _, k := range c.Kinds {
		for _, name := range k.Sidecars {
			if p := sidecarPath(document, name); p != "" && exists(p) {
				return p, name
			}
		}
	}
	return "", ""
}

// reading reads what holds for every kind.
func (l *loader) reading(r *Reading, v frontmatter.Value) {
	keys := map[string]func(frontmatter.Entry){}
	l.readingKeys(r, keys)
	l.each(v, "reading", keys)
}

// readingKeys adds the keys of a reading to those of what holds it.
func (l *loader) readingKeys(r *Reading, keys map[string]func(frontmatter.Entry)) {
	keys["sources"] = func(e frontmatter.Entry) { r.Sources = l.origins(e) }
	keys["sidecar"] = func(e frontmatter.Entry) { r.Sidecars = l.sidecars(e) }
	keys["sections"] = func(e frontmatter.Entry) { r.Sections = mapped(l.list(e), NormalKey) }
	keys["empty"] = func(e frontmatter.Entry) { r.Empty = append(r.Empty, mapped(l.list(e), strings.ToLower)...) }
	keys["ignore"] = func(e frontmatter.Entry) { r.Ignore = append(r.Ignore, mapped(l.list(e), NormalKey)...) }
	keys["title"] = func(e frontmatter.Entry) { l.titleRule(&r.Title, e.Value) }
	keys["dates"] = func(e frontmatter.Entry) { l.dateRule(&r.Dates, e.Value) }
}

func mapped(list []string, f func(string) string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = f(s)
	}
	return out
}

func (l *loader) origins(e frontmatter.Entry) []Origin {
	list := []Origin{}
	for _, word := range l.list(e) {
		if slices.Contains(origins, Origin(word)) {
			list = append(list, Origin(word))
			continue
		}
		p := l.bad(e, "%q is no source of metadata", word)
		if near := diag.Nearest(word, strings.Split(joined(origins), ", ")); near != "" {
			p.hint("did you mean %q?", near)
		} else {
			p.hint("the sources are %s", joined(origins))
		}
	}
	return list
}

func (l *loader) sidecars(e frontmatter.Entry) []string {
	list := []string{}
	for _, name := range l.list(e) {
		if low := strings.ToLower(name); strings.ContainsAny(name, `/\`) || !strings.HasSuffix(low, ".yaml") && !strings.HasSuffix(low, ".yml") {
			l.bad(e, "%q is not the name of a YAML file", name).hint("write a name such as kep.yaml, or {name}.yaml for one that is named after the document")
			continue
		}
		list = append(list, name)
	}
	return list
}

var titleSources = []string{"field", "heading", "line", "section", "name"}

func (l *loader) titleRule(t *TitleRule, v frontmatter.Value) {
	l.each(v, "title", map[string]func(frontmatter.Entry){
		"sources": func(e frontmatter.Entry) {
			t.Sources = []string{}
			for _, word := range l.list(e) {
				word = l.oneOf(frontmatter.Entry{Key: e.Key, KeySpan: e.KeySpan, Value: frontmatter.Value{Kind: frontmatter.Scalar, Text: word, Span: e.Value.Span}}, titleSources)
				t.Sources = append(t.Sources, word)
			}
		},
		"strip":   func(e frontmatter.Entry) { t.Strip = append(t.Strip, l.patterns(e)...) },
		"generic": func(e frontmatter.Entry) { t.Generic = append(t.Generic, mapped(l.list(e), strings.ToLower)...) },
	})
}

func (l *loader) dateRule(d *DateRule, v frontmatter.Value) {
	l.each(v, "dates", map[string]func(frontmatter.Entry){
		"path": func(e frontmatter.Entry) { d.Path = append(d.Path, l.datePatterns(e)...) },
		"text": func(e frontmatter.Entry) { d.Text = append(d.Text, l.datePatterns(e)...) },
	})
}

func (l *loader) datePatterns(e frontmatter.Entry) []*date.Pattern {
	var list []*date.Pattern
	for _, text := range l.whole(e) {
		p, err := date.NewPattern(text)
		if err != nil {
			l.bad(e, "%s", err).hint("write it like YYYY-MM-DD, DD/MM/YYYY or YYYY-MM, or as an expression with the groups (?P<y>…), (?P<m>…) and (?P<d>…)")
			continue
		}
		list = append(list, p)
	}
	return list
}

// idRule reads how ids are made: "field: eip, path: 'cip-(\d+)', display: CIP-{n}".
func (l *loader) idRule(k *Kind, v frontmatter.Value) {
	l.each(v, "id", map[string]func(frontmatter.Entry){
		"field": func(e frontmatter.Entry) {
			for _, key := range l.list(e) {
				e.Key, e.Value.Kind, e.Value.Text = key, frontmatter.Scalar, "id"
				l.rename(k, e)
			}
		},
		"path": func(e frontmatter.Entry) { k.ID.Path = l.patterns(e) },
		"display": func(e frontmatter.Entry) {
			k.ID.Display = l.text(e)
			if before, after := cutNumber(k.ID.Display); before == k.ID.Display && after == "" {
				l.bad(e, "the display form %q has no {n} for the number", k.ID.Display).hint("write it like EIP-{n}, or ADR-{n:4} for four digits")
				k.ID.Display = ""
			}
		},
	})
}

// mentions reads the forms in which texts name documents of a kind.
func (l *loader) mentions(e frontmatter.Entry) []string {
	list := []string{}
	for _, form := range l.whole(e) {
		before, after := cutNumber(form)
		if before == form || after != "" || len(before) < 2 || len(before) > 40 {
			l.bad(e, "%q is no form of a mention", form).hint("write the words before the number and {n} in its place, as in EIP-{n}")
			continue
		}
		list = append(list, before)
	}
	return list
}

// cutNumber splits a form at its {n}; before is the form itself when it has none.
func cutNumber(form string) (before, after string) {
	before, after, found := strings.Cut(form, "{n")
	if !found {
		return form, ""
	}
	width, after, closed := strings.Cut(after, "}")
	if !closed || width != "" && (len(width) != 2 || width[0] != ':' || width[1] < '1' || width[1] > '9') {
		return form, ""
	}
	return before, after
}

// Shown is a number in the display form of a kind's ids; the number itself when
// there is no form.
func (r *IDRule) Shown(number string) string {
	before, after := cutNumber(r.Display)
	if r.Display == "" || before == r.Display {
		return number
	}
	if i := len(before) + len("{n:"); r.Display[len(before)+2] == ':' {
		width := int(r.Display[i] - '0')
		number = strings.TrimLeft(number, "0")
		number = strings.Repeat("0", max(0, width-len(number))) + number
	}
	return before + number + after
}

// patterns reads regular expressions. They must not be split at commas.
func (l *loader) patterns(e frontmatter.Entry) []*regexp.Regexp {
	var list []*regexp.Regexp
	for _, text := range l.whole(e) {
		re, err := expression.Compile(text)
		if err == nil && re.MatchString("") {
			err = errors.New("it fits an empty text")
		}
		if err != nil {
			l.bad(e, "the expression %q cannot be used: %s", shorten(text), err).
				hint(`write it in RE2's syntax and in single quotes, like '^\d+\. '`)
			continue
		}
		list = append(list, re)
	}
	return list
}

// whole is a list whose values may have commas, or a single value. It is for
// what each document is looked through for, and bounded.
func (l *loader) whole(e frontmatter.Entry) []string {
	list := []string{e.Value.Text}
	if e.Value.Kind != frontmatter.Scalar {
		list = l.list(e)
	}
	if len(list) > expression.Most {
		l.bad(e, "%s has %d values, more than the %d that are read", e.Key, len(list), expression.Most)
		list = list[:expression.Most]
	}
	return list
}

// sidecarPath is where the sidecar of a document would be.
func sidecarPath(document, name string) string {
	dir, base := path.Split(document)
	if !strings.Contains(name, "{name}") {
		if !source.IsIndex(base) {
			return ""
		}
		return dir + name
	}
	return dir + strings.ReplaceAll(name, "{name}", strings.TrimSuffix(base, path.Ext(base)))
}
