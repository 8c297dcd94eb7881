package document

import (
	"maps"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// A reader turns the entries of a front matter into the values of a document.
type reader struct {
	document *Document
	config   *config.Config
}

func (r reader) problem(span source.Span, code, about, format string, args ...any) *diag.Diagnostic {
	list := &r.document.Problems
	list.Add(diag.At(r.document.File, span, code, format, args...).About(about))
	return &(*list)[len(*list)-1]
}

func (r reader) entry(e frontmatter.Entry) {
	d := r.document
	f := d.Kind.Field(e.Key)
	if f == nil {
		r.unknownKey(e)
		return
	}
	if e.Value.Kind == frontmatter.Null {
		return
	}
	if f.Type == config.Text && e.Value.CommentCutsText() {
		p := r.problem(e.Value.CommentSpan, "value-cut-by-comment", f.Name,
			`everything after " #" is a YAML comment; %s reads %q`, e.Key, e.Value.Text)
		*p = p.WithHint("quote it to keep %q", clip(e.Value.Comment))
	}
	v := Value{Field: f, KeySpan: e.KeySpan, Span: e.Value.Span, Items: r.items(f, e.Value)}
	if len(v.Items) == 0 {
		return
	}
	if earlier, twice := d.Values.Of(f.Name); twice && !r.replaces(e.Key, v, earlier) {
		return
	}
	d.Values.set(v)
	if f.Type == config.StatusWord {
		r.status(v)
	}
}

// replaces decides between two keys that mean one field, such as date and start
// of a meeting: the field's own name wins over its other spellings, else the
// first. They are reported when they disagree.
func (r reader) replaces(key string, v, earlier Value) bool {
	wins := config.NormalKey(key) == v.Field.Name
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
	if k.Open || strings.HasPrefix(e.Key, "x-") {
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
	var items []Item
	for _, item := range r.scalars(f, v) {
		if item.Text == "" {
			continue
		}
		r.typed(f, &item)
		if item.Text != "" { // a person may be nobody
			items = append(items, item)
		}
	}
	return items
}

// scalars are the single values of an entry: of a list its items, of a text in
// a list field the parts between commas.
func (r reader) scalars(f *config.Field, v frontmatter.Value) []Item {
	switch {
	case v.Kind == frontmatter.Map && f.Type == config.Links:
		return labelled(v)
	case v.Kind == frontmatter.Map: // status: {accepted} is a map to YAML
		return []Item{{Text: strings.TrimSpace(strings.Trim(v.Raw, "{}")), Span: v.Span}}
	case v.Kind == frontmatter.List:
		var items []Item
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
	case f.Type.IsList() && f.Type != config.Links:
		return splitList(v)
	}
	return []Item{{Text: strings.TrimSpace(v.Text), Span: v.Span}}
}

// labelled reads "pitch: https://…" that was written without quotes, which YAML
// takes for a map.
func labelled(v frontmatter.Value) []Item {
	var items []Item
	for _, e := range v.Fields {
		items = append(items, Item{Text: e.Key + ": " + e.Value.Text, Span: e.Value.Span})
	}
	return items
}

// splitList cuts a text at its commas, but not within brackets. Spans are exact
// where the text stands in the file as it reads.
func splitList(v frontmatter.Value) []Item {
	exact := v.Plain && v.Raw == v.Text
	var items []Item
	depth, start := 0, 0
	add := func(end int) {
		part := v.Text[start:end]
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
			if depth == 0 {
				add(i)
			}
		}
	}
	add(len(v.Text))
	return items
}

// status finds the status that a text names. A relation may stand behind it, as
// MADR has it: "superseded by [ADR-0012](0012-x.md)".
func (r reader) status(v Value) {
	d := r.document
	item := v.Items[0]
	d.Status = Status{Text: item.Text, Span: item.Span, Known: d.Kind.Status(item.Text)}
	if d.Status.Known != nil || len(d.Kind.Statuses) == 0 {
		return
	}
	word, by := cutRelation(item.Text)
	d.Status.Known = d.Kind.Status(word)
	if d.Status.Known == nil {
		r.unknownStatus(item)
		return
	}
	if f := d.Kind.Field("superseded-by"); f != nil && by != "" {
		if _, stated := d.Values.Of(f.Name); !stated {
			d.Values.set(Value{Field: f, KeySpan: v.KeySpan, Span: v.Span, Items: []Item{{Text: by, Span: item.Span}}})
		}
	}
}

// cutRelation splits "superseded by X (2019)" into "superseded" and "X (2019)",
// and drops a remark in parentheses or behind a semicolon from a status.
func cutRelation(text string) (word, by string) {
	low := strings.ToLower(text)
	for _, sep := range []string{" by ", " in favour of ", " in favor of "} {
		if i := strings.Index(low, sep); i > 0 {
			return strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+len(sep):])
		}
	}
	if i := strings.IndexAny(text, "(;,"); i > 0 {
		return strings.TrimSpace(text[:i]), ""
	}
	return text, ""
}

func (r reader) unknownStatus(item Item) {
	var names []string
	for _, s := range r.document.Kind.Statuses {
		names = append(names, s.Name)
	}
	p := r.problem(item.Span, "unknown-status", "status", "%q is not a status of %s; it is shown as it is written",
		clip(item.Text), withArticle(r.document.Kind.Label))
	if near := diag.Nearest(item.Text, names); near != "" {
		*p = p.WithHint("did you mean %q?", near)
		return
	}
	*p = p.WithHint("the statuses are %s", strings.Join(names, ", "))
}

// fileDay takes the date at the start of the file's name for the kind's field
// when the front matter has none, and compares the two when it has.
func (r reader) fileDay() {
	d := r.document
	day, _ := splitDay(d.ID)
	f := d.Kind.Field(d.Kind.FileDay)
	if day.IsZero() || f == nil || d.Index {
		return
	}
	stated, ok := d.Values.Of(f.Name)
	if !ok {
		d.Values.set(Value{Field: f, Items: []Item{{Text: day.String(), Wall: wallOf(day)}}})
		return
	}
	said := stated.Items[0].Day()
	// Only a day on which something happens must agree: a record's date is
	// when it was last changed.
	if f.Type == config.Time && !said.IsZero() && said != day {
		p := r.problem(stated.Span, "file-name-disagrees", f.Name, "%s is %s but the file name says %s", f.Name, said, day)
		*p = p.WithHint("rename the file, or mend %s", f.Name)
	}
}

func wallOf(day date.Date) date.Wall { return date.Wall{Date: day} }

// defaults fills in what the configuration says for the kind.
func (r reader) defaults() {
	d := r.document
	for _, name := range slices.Sorted(maps.Keys(d.Kind.Defaults)) {
		if _, stated := d.Values.Of(name); stated || d.Index {
			continue
		}
		f := d.Kind.Field(name)
		text := frontmatter.Value{Kind: frontmatter.Scalar, Text: d.Kind.Defaults[name]}
		v := Value{Field: f, Items: r.items(f, text)}
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
