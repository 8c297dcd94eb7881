package document

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// A reader turns what a document says into its values.
type reader struct {
	document *Document
	config   *config.Config
	from     config.Origin // of what is read; "" is the front matter
	file     *source.File  // that it stands in, when that is not the document's
	*findings
}

// findings are what a reader keeps from one source to the next.
type findings struct {
	scan  *scan  // of the body; nil while nobody needed it
	idKey string // the key that stated the id
}

// in is the file that is read.
func (r reader) in() *source.File {
	if r.file != nil {
		return r.file
	}
	return r.document.File
}

func (r reader) problem(span source.Span, code, about, format string, args ...any) *diag.Diagnostic {
	list := &r.document.Problems
	d := diag.At(r.in(), span, code, format, args...).About(about)
	if r.from.Guessed() && d.Severity == diag.Error {
		d.Severity = diag.Warning
	}
	list.Add(d)
	return &(*list)[len(*list)-1]
}

// entries reads the entries of a mapping. Keys that only count where no other
// says the same come last.
func (r reader) entries(list []frontmatter.Entry) {
	r.document.Values = slices.Grow(r.document.Values, len(list))
	var later []frontmatter.Entry
	for _, e := range list {
		switch {
		case r.document.Kind.Field(e.Key) != nil:
			r.entry(e, r.document.Kind.Field(e.Key))
		case r.document.Kind.Fallback(e.Key) != nil:
			later = append(later, e)
		case r.from == "":
			r.unknownKey(e)
		}
	}
	for _, e := range later {
		r.fallback(e)
	}
}

// fallback reads a key that may say what a field says. It counts when the field
// is not stated and the value can be read.
func (r reader) fallback(e frontmatter.Entry) {
	f, d := r.document.Kind.Fallback(e.Key), r.document
	if _, stated := d.Values.Of(f.Name); stated {
		return
	}
	problems := len(d.Problems)
	r.entry(e, f)
	if len(d.Problems) > problems && f.Type != config.StatusWord && f.Type != config.Date && f.Type != config.Time {
		d.Problems = d.Problems[:problems]
		d.Values = slices.DeleteFunc(d.Values, func(v Value) bool { return v.Field == f })
	}
}

func (r reader) entry(e frontmatter.Entry, f *config.Field) {
	d := r.document
	if e.Value.Kind == frontmatter.Null {
		return
	}
	if f.Type == config.Text && e.Value.CommentCutsText() {
		p := r.problem(e.Value.CommentSpan, "value-cut-by-comment", f.Name,
			`everything after " #" is a YAML comment; %s reads %q`, e.Key, e.Value.Text)
		*p = p.WithHint("quote it to keep %q", clip(e.Value.Comment))
	}
	v := Value{Field: f, From: r.from, KeySpan: e.KeySpan, Span: e.Value.Span, Items: r.items(f, e.Value), File: r.file}
	if v.From == "" {
		v.From = config.FromFrontMatter
	}
	if len(v.Items) == 0 {
		return
	}
	if earlier, twice := d.Values.Of(f.Name); twice && f.Type == config.Paths {
		v.Items = append(slices.Clip(earlier.Items), v.Items...)
	} else if twice && !r.replaces(e.Key, v, earlier) {
		return
	}
	d.Values.set(v)
	if f.Name == "id" {
		r.idKey = config.NormalKey(e.Key)
	}
	if f.Type == config.StatusWord {
		r.status(v)
	}
}

// replaces decides between two keys that mean one field, such as date and start
// of a meeting: the field's own name wins over its other spellings, else the
// first. They are reported when they disagree.
func (r reader) replaces(key string, v, earlier Value) bool {
	wins := config.NormalKey(key) == v.Field.Name
	if r.from.Guessed() {
		return wins
	}
	if !agree(v, earlier) {
		counts := "the first counts"
		if wins {
			counts = "the second counts"
		}
		p := r.problem(v.KeySpan, "duplicate-key", v.Field.Name, "%q says something else than another key for the same thing; %s", key, counts)
		*p = p.See(r.document.File, earlier.KeySpan).WithHint("keep one of the two")
	}
	return wins
}

// agree reports whether two values say the same; of times, one may give the day
// alone.
func agree(a, b Value) bool {
	return slices.EqualFunc(a.Items, b.Items, func(x, y Item) bool {
		if !x.Day().IsZero() && (!x.Wall.HasTime || !y.Wall.HasTime) {
			return x.Day() == y.Day()
		}
		return x.Text == y.Text
	})
}

func (r reader) unknownKey(e frontmatter.Entry) {
	k := r.document.Kind
	if k.Open || strings.HasPrefix(e.Key, "x-") || k.Ignores(e.Key) {
		return
	}
	var names []string
	for _, f := range k.Fields {
		names = append(names, f.Name)
	}
	p := r.problem(e.KeySpan, "unknown-key", e.Key, "unknown key %q for %s", e.Key, withArticle(k.Label))
	if near := diag.Nearest(e.Key, names); near != "" {
		*p = p.WithHint("did you mean %q?", near)
	}
}

// withArticle is a kind's label within a sentence: a proposal, an event.
func withArticle(label string) string {
	label = strings.ToLower(label)
	if label != "" && strings.Contains("aeiou", label[:1]) {
		return "an " + label
	}
	return "a " + label
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// items reads the values of an entry and drops the ones that are empty.
func (r reader) items(f *config.Field, v frontmatter.Value) []Item {
	all := r.scalars(f, v)
	items := all[:0]
	for _, item := range all {
		if item.Text == "" || r.saysNothing(f, item.Text) {
			continue
		}
		r.typed(f, &item)
		if item.Text != "" { // a person may be nobody
			items = append(items, item)
		}
	}
	clear(all[len(items):])
	return items
}

// saysNothing reports whether a value only holds the place of one. A word that
// the field has is a value: minutes: none.
func (r reader) saysNothing(f *config.Field, text string) bool {
	nothing := r.document.Kind.SaysNothing(text)
	if f.Type != config.People && strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">") && !strings.ContainsAny(text, "@:/") {
		nothing = true // as in <URL>; a person may be <anna>
	}
	return nothing && !known(f.Values, text) && !(f.Type == config.StatusWord && r.document.Kind.Status(text) != nil)
}

// scalars are the single values of an entry: of a list its items, of a text in
// a list field the parts between commas.
func (r reader) scalars(f *config.Field, v frontmatter.Value) []Item {
	switch {
	case v.Kind == frontmatter.Map && f.Type == config.Links:
		return labelled(v)
	case v.Kind == frontmatter.Map && f.Type.IsList() && f.Type != config.Links: // {Anna, Bo}, too
		return splitList(withoutBraces(v), f.Type == config.People)
	case v.Kind == frontmatter.Map: // status: {accepted} is a map to YAML
		return []Item{{Text: strings.TrimSpace(strings.Trim(v.Raw, "{}")), Span: v.Span}}
	case v.Kind == frontmatter.List:
		items := make([]Item, 0, len(v.Items))
		for _, one := range v.Items {
			if one.Kind == frontmatter.List {
				items = append(items, Item{Text: one.Raw, Span: one.Span})
				continue
			}
			items = append(items, r.scalars(f, one)...)
		}
		if !f.Type.IsList() && len(items) > 1 {
			r.problem(v.Span, "bad-value", f.Name, "%s holds %d values; one is expected", f.Name, len(items))
			items = items[:1]
		}
		return items
	case v.Kind == frontmatter.Null:
		return nil
	case f.Type == config.Links && strings.Contains(v.Text, "]("):
		return linksIn(v)
	case f.Type == config.Links && addresses.MatchString(v.Text):
		return splitAt(v, addresses)
	case f.Type.IsList() && f.Type != config.Links:
		return splitList(v, f.Type == config.People)
	}
	return []Item{{Text: strings.TrimSpace(v.Text), Span: v.Span}}
}

// addresses stand between two addresses in one value: a comma of an address has
// no blank behind it.
var addresses = regexp.MustCompile(`[,;]?\s+(?:and\s+)?<?(https?://)`)

// splitAt cuts a text before the group of each match.
func splitAt(v frontmatter.Value, re *regexp.Regexp) []Item {
	if !strings.HasPrefix(v.Text, "http") { // a label stands before the first
		return []Item{{Text: strings.TrimSpace(v.Text), Span: v.Span}}
	}
	var items []Item
	start := 0
	for _, m := range re.FindAllStringSubmatchIndex(v.Text, -1) {
		items = append(items, Item{Text: strings.TrimRight(v.Text[start:m[0]], " >"), Span: v.Span})
		start = m[2]
	}
	return append(items, Item{Text: strings.TrimRight(v.Text[start:], " >"), Span: v.Span})
}

// linksIn are the Markdown links in a text.
func linksIn(v frontmatter.Value) []Item {
	var items []Item
	for rest := v.Text; ; {
		middle := strings.Index(rest, "](")
		if middle < 0 {
			return items
		}
		open, end := strings.LastIndexByte(rest[:middle], '['), strings.IndexByte(rest[middle:], ')')
		if end < 0 {
			return items
		}
		if address := strings.Trim(rest[middle+2:middle+end], "<> "); open >= 0 && strings.Contains(address, ":") {
			items = append(items, Item{Text: rest[open+1:middle] + ": " + address, Span: v.Span})
		}
		rest = rest[middle+2:]
	}
}

// splitList cuts a text at its commas, but not within brackets, and persons at
// "and" and other words between them, too. Spans are exact where the text stands
// in the file as it reads.
func splitList(v frontmatter.Value, people bool) []Item {
	exact := v.Plain && v.Raw == v.Text
	var items []Item
	depth, start := 0, 0
	add := func(end int) {
		part := strings.TrimSuffix(v.Text[start:end], ",")
		item := Item{Text: strings.TrimSpace(part), Span: v.Span}
		if exact {
			from := v.Span.Start + start + len(part) - len(strings.TrimLeft(part, " \t"))
			item.Span = source.Span{Start: from, End: from + len(item.Text)}
		}
		items = append(items, item)
		start = end + 1
	}
	for i := range len(v.Text) {
		switch v.Text[i] {
		case '(', '[', '<', '{':
			depth++
		case ')', ']', '>', '}':
			depth = max(0, depth-1)
		case ',':
			if depth == 0 && i >= start {
				add(i)
			}
		case ' ', ';', '/':
			if !people || depth > 0 || i <= start {
				continue
			}
			if length := between(v.Text[start:i], v.Text[i:]); length > 0 {
				add(i)
				start = i + length
			}
		}
	}
	add(len(v.Text))
	return items
}

// between is the length of a word that stands between persons at the start of a
// text; 0 when none does. A "/" is one only between two handles.
func between(before, text string) int {
	for _, word := range [...]string{" and ", " & ", ";", " / @", "/ @", "/@"} {
		if strings.HasPrefix(text, word) && (!strings.HasSuffix(word, "@") || strings.Contains(before, "@")) {
			return len(strings.TrimSuffix(word, "@"))
		}
	}
	return 0
}

// status finds the status that a text names. A relation may stand behind it, as
// MADR has it: "superseded by [ADR-0012](0012-x.md)".
func (r reader) status(v Value) {
	d := r.document
	item := v.Items[0]
	d.Status = Status{Text: item.Text, Span: item.Span, Known: d.Kind.Status(item.Text), File: v.File}
	if d.Status.Known != nil || len(d.Kind.Statuses) == 0 {
		return
	}
	known, field, by := findStatus(d.Kind, item.Text)
	if d.Status.Known = known; known == nil {
		r.unknownStatus(item)
		return
	}
	if f := d.Kind.Field(field); f != nil && by != "" {
		if _, stated := d.Values.Of(f.Name); !stated {
			d.Values.set(Value{Field: f, From: config.FromStatus, KeySpan: v.KeySpan, Span: v.Span, Items: []Item{{Text: by, Span: item.Span}}, File: v.File})
		}
	}
}

func (r reader) unknownStatus(item Item) {
	var names, words []string
	for _, s := range r.document.Kind.Statuses {
		names = append(names, s.Name)
		words = append(append(words, s.Name), s.Aliases...)
	}
	p := r.problem(item.Span, "unknown-status", "status", "%q is not a status of %s; it is shown as it is written",
		clip(item.Text), withArticle(r.document.Kind.Label))
	if near := cmp.Or(diag.Nearest(item.Text, names), diag.Nearest(item.Text, words)); near != "" {
		*p = p.WithHint("did you mean %q?", near)
		return
	}
	*p = p.WithHint("the statuses are %s", strings.Join(names, ", "))
}

// defaults fills in what the configuration says for the kind.
func (r reader) defaults() {
	d := r.document
	for _, name := range slices.Sorted(maps.Keys(d.Kind.Defaults)) {
		if _, stated := d.Values.Of(name); stated || d.Index {
			continue
		}
		f := d.Kind.Field(name)
		text := frontmatter.Value{Kind: frontmatter.Scalar, Text: d.Kind.Defaults[name]}
		v := Value{Field: f, From: config.FromDefault, Items: r.items(f, text)}
		if len(v.Items) == 0 {
			continue
		}
		d.Values.set(v)
		if f.Type == config.StatusWord {
			r.status(v)
		}
	}
}

// known reports whether a list of words has a word, whatever its case.
func known(words []string, word string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, word) })
}
