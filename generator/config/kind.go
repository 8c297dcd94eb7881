package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"minutebook/generator/diag"
	"minutebook/generator/frontmatter"
)

// addKinds reads the kinds of a file into those that are there: a kind that is
// known is changed key by key, another is added before the plain page.
func (l *loader) addKinds(c *Config, v frontmatter.Value, common []*Field) {
	for _, e := range l.fields(v) {
		k := c.byName[e.Key]
		if k == nil {
			k = &Kind{Name: e.Key, Label: l.named(title(e.Key)), Plural: l.named(title(e.Key) + "s"), Folder: e.Key}
			k.Fields = append(k.Fields, common...)
			c.byName[e.Key] = k
			c.Kinds = append(c.Kinds, k)
		}
		l.kind(k, e.Value)
		k.index()
	}
	slices.SortStableFunc(c.Kinds, func(a, b *Kind) int { return plainLast(a) - plainLast(b) })
}

func plainLast(k *Kind) int {
	if k.Name == "page" {
		return 1
	}
	return 0
}

func title(name string) string {
	words := strings.ReplaceAll(name, "-", " ")
	if words == "" {
		return words
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

func (l *loader) kind(k *Kind, v frontmatter.Value) {
	keys := map[string]func(frontmatter.Entry){
		"label":    func(e frontmatter.Entry) { k.Label = l.name(e) },
		"plural":   func(e frontmatter.Entry) { k.Plural = l.name(e) },
		"folder":   func(e frontmatter.Entry) { k.Folder = l.folder(e) },
		"include":  func(e frontmatter.Entry) { k.Include = l.globs(e) },
		"exclude":  func(e frontmatter.Entry) { k.Exclude = l.globs(e) },
		"day":      func(e frontmatter.Entry) { k.Day = l.list(e) },
		"file-day": func(e frontmatter.Entry) { k.FileDay = l.text(e) },
		"open":     func(e frontmatter.Entry) { k.Open = l.flag(e) },
		"fields":   func(e frontmatter.Entry) { l.kindFields(k, e.Value) },
		"statuses": func(e frontmatter.Entry) { l.statuses(k, e.Value) },
		"index":    func(e frontmatter.Entry) { k.Index = l.flag(e) },
		"id":       func(e frontmatter.Entry) { l.idRule(k, e.Value) },
		"mentions": func(e frontmatter.Entry) { k.Mentions = l.mentions(e) },

		"status-stated": func(e frontmatter.Entry) { k.Stated = l.flag(e) },
	}
	l.readingKeys(&k.Reading, keys)
	l.each(v, "a kind", keys)
}

// kindFields reads the fields of a kind. "eip: id" makes eip another key for the
// field id.
func (l *loader) kindFields(k *Kind, v frontmatter.Value) {
	fields, renames := v, []frontmatter.Entry(nil)
	fields.Fields = nil
	for _, e := range l.fields(v) {
		if e.Value.Kind == frontmatter.Scalar {
			renames = append(renames, e)
		} else {
			fields.Fields = append(fields.Fields, e)
		}
	}
	if fields.Kind == frontmatter.Map {
		k.Fields = l.mergeFields(k.Fields, fields)
	}
	for _, e := range renames {
		l.rename(k, e)
	}
}

func (l *loader) rename(k *Kind, e frontmatter.Entry) {
	var names []string
	for _, f := range k.Fields {
		if f.Name == e.Value.Text {
			if k.renames == nil {
				k.renames = map[string]string{}
			}
			k.renames[NormalKey(e.Key)] = f.Name
			return
		}
		names = append(names, f.Name)
	}
	p := l.bad(e, "a %s has no field %q", k.Name, e.Value.Text)
	if near := diag.Nearest(e.Value.Text, names); near != "" {
		p.hint("did you mean %q?", near)
	} else {
		p.hint("the fields are %s", strings.Join(names, ", "))
	}
}

// name reads what something is called on pages.
func (l *loader) name(e frontmatter.Entry) string { return l.named(l.text(e)) }

// named notes that the file calls something so.
func (l *loader) named(text string) string {
	if l.own != nil && text != "" {
		l.own[text] = true
	}
	return text
}

// globs reads path patterns. They are compared with lower-case paths.
func (l *loader) globs(e frontmatter.Entry) []string {
	var globs []string
	for _, g := range l.list(e) {
		if !doublestar.ValidatePattern(g) {
			l.bad(e, "%q is not a path pattern", g).hint("write it like **/proposals/** or docs/*.md")
			continue
		}
		globs = append(globs, strings.ToLower(g))
	}
	return globs
}

// folder reads the place of an index page: one path element.
func (l *loader) folder(e frontmatter.Entry) string {
	s := l.text(e)
	if strings.ContainsAny(s, `/\`) || strings.HasPrefix(s, ".") {
		l.bad(e, "folder %q is not the name of one folder", s).hint("write a single name such as proposals")
		return ""
	}
	return s
}

// mergeFields changes and adds fields. The fields that are there stay as they
// are for other kinds: a changed one is a copy.
func (l *loader) mergeFields(fields []*Field, v frontmatter.Value) []*Field {
	fields = slices.Clone(fields)
	for _, e := range l.fields(v) {
		f := &Field{Name: e.Key, Type: Text}
		i := slices.IndexFunc(fields, func(f *Field) bool { return f.Name == e.Key })
		if i >= 0 {
			*f = *fields[i]
			fields[i] = f
		} else {
			fields = append(fields, f)
		}
		l.field(f, e.Value)
	}
	return fields
}

func (l *loader) field(f *Field, v frontmatter.Value) {
	l.each(v, "a field", map[string]func(frontmatter.Entry){
		"type":      func(e frontmatter.Entry) { f.Type = l.fieldType(e) },
		"label":     func(e frontmatter.Entry) { f.Label = l.name(e) },
		"aliases":   func(e frontmatter.Entry) { f.Aliases = l.list(e) },
		"fallbacks": func(e frontmatter.Entry) { f.Fallbacks = l.list(e) },
		"values":    func(e frontmatter.Entry) { f.Values = l.list(e) },
		"labels":    func(e frontmatter.Entry) { f.Labels = l.labels(f.Labels, e.Value) },
		"kind":      func(e frontmatter.Entry) { f.Kind = l.text(e) },
		"relation":  func(e frontmatter.Entry) { f.Relation = l.name(e) },
		"inverse":   func(e frontmatter.Entry) { f.Inverse = l.name(e) },
		"opposite":  func(e frontmatter.Entry) { f.Opposite = l.text(e) },
	})
}

// labels reads what words are called, over what they were called before.
func (l *loader) labels(before map[string]string, v frontmatter.Value) map[string]string {
	labels := maps.Clone(before)
	for _, e := range l.fields(v) {
		if labels == nil {
			labels = map[string]string{}
		}
		labels[e.Key] = l.name(e)
	}
	return labels
}

var types = []Type{Text, Word, StatusWord, Date, Time, Duration, Zone, Number, Flag, Tongue, URL, Links, People, References, Tags, Paths}

func (l *loader) fieldType(e frontmatter.Entry) Type {
	t := Type(l.text(e))
	if !slices.Contains(types, t) {
		l.bad(e, "%q is not a type of field", t).hint("the types are %s", joined(types))
		return Text
	}
	return t
}

func joined[S ~string](list []S) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return strings.Join(words, ", ")
}

// statuses reads a lifecycle. "Final: accepted" makes Final another word for
// the status accepted.
func (l *loader) statuses(k *Kind, v frontmatter.Value) {
	for _, e := range l.fields(v) {
		i := slices.IndexFunc(k.Statuses, func(s *Status) bool { return s.Name == e.Key })
		switch {
		case e.Value.Kind == frontmatter.Scalar:
			l.statusAlias(k, e)
		case i >= 0:
			s := *k.Statuses[i]
			k.Statuses[i] = &s
			l.status(&s, e.Value)
		default:
			s := &Status{Name: e.Key, Label: l.named(title(e.Key)), Tone: "plain", Phase: OpenPhase}
			k.Statuses = append(k.Statuses, s)
			l.status(s, e.Value)
		}
	}
}

func (l *loader) statusAlias(k *Kind, e frontmatter.Entry) {
	i := slices.IndexFunc(k.Statuses, func(s *Status) bool { return s.Name == e.Value.Text })
	if i < 0 {
		l.bad(e, "%q is not a status of a %s", e.Value.Text, k.Name).hint("the statuses are %s", strings.Join(statusNames(k), ", "))
		return
	}
	same := func(alias string) bool { return normalWord(alias) == normalWord(e.Key) }
	for j, other := range k.Statuses {
		if slices.ContainsFunc(other.Aliases, same) { // what the site says wins
			s := *other
			s.Aliases = slices.DeleteFunc(slices.Clone(s.Aliases), same)
			k.Statuses[j] = &s
		}
	}
	s := *k.Statuses[i]
	s.Aliases = append(slices.Clone(s.Aliases), e.Key)
	k.Statuses[i] = &s
}

func statusNames(k *Kind) []string {
	var names []string
	for _, s := range k.Statuses {
		names = append(names, s.Name)
	}
	return names
}

var (
	tones  = []string{"draft", "talk", "due", "yes", "no", "old", "plain"}
	phases = []Phase{DraftPhase, OpenPhase, DecidedPhase, EndedPhase}
)

func (l *loader) status(s *Status, v frontmatter.Value) {
	l.each(v, "a status", map[string]func(frontmatter.Entry){
		"label":   func(e frontmatter.Entry) { s.Label = l.name(e) },
		"means":   func(e frontmatter.Entry) { s.Means = l.name(e) },
		"tone":    func(e frontmatter.Entry) { s.Tone = l.oneOf(e, tones) },
		"phase":   func(e frontmatter.Entry) { s.Phase = Phase(l.oneOf(e, strings.Split(joined(phases), ", "))) },
		"moves":   func(e frontmatter.Entry) { s.Moves = l.list(e) },
		"needs":   func(e frontmatter.Entry) { s.Needs = l.list(e) },
		"forbids": func(e frontmatter.Entry) { s.Forbids = l.list(e) },
		"aliases": func(e frontmatter.Entry) { s.Aliases = l.list(e) },
	})
}
