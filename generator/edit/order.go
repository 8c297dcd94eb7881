package edit

import (
	"bytes"
	"cmp"
	"slices"

	"minutebook/generator/config"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// The fields that every kind has stand around its own ones: what a document is
// comes first, what leads elsewhere last.
var (
	leading  = []string{"id", "title", "kind", "status", "summary", "group", "authors", "owner"}
	trailing = []string{"discussions-to", "review-by", "related", "tags", "aliases", "redirect-to", "language"}
)

const (
	ownRank      = 1000
	trailingRank = 2000
	unknownRank  = 3000
)

// rank orders the keys of a kind: the leading fields, its own in the order of
// its configuration, the trailing ones, and keys that it does not know.
func rank(k *config.Kind, key string) int {
	field := k.Field(key)
	if field == nil {
		return unknownRank
	}
	if i := slices.Index(leading, field.Name); i >= 0 {
		return i
	}
	if i := slices.Index(trailing, field.Name); i >= 0 {
		return trailingRank + i
	}
	return ownRank + slices.Index(k.Fields, field)
}

// OrderKeys brings the keys of a front matter in the order of the kind's fields.
// Comments stay above their keys, and a comment with a blank line below it stays
// behind the key before it. Plain pages, whose keys are free, stay as they are.
func (e *Editor) OrderKeys(path string) error {
	if r := e.Site.Record(path); r != nil && r.Kind.Open {
		return nil
	}
	f, err := e.front(path)
	if err != nil {
		return err
	}
	if f.kind.Open || !f.block.Present || len(f.mapping.Entries) < 2 {
		return nil
	}
	chunks, ok := f.chunks()
	if !ok {
		return refuse("write one key a line", "the keys of %s share lines", e.named(path))
	}
	sorted := slices.Clone(chunks)
	slices.SortStableFunc(sorted, func(a, b chunk) int { return cmp.Compare(a.rank, b.rank) })
	if slices.Equal(sorted, chunks) {
		return nil
	}
	var text bytes.Buffer
	for _, c := range sorted {
		text.Write(f.file.Data[c.Start:c.End])
	}
	whole := source.Span{Start: chunks[0].Start, End: chunks[len(chunks)-1].End}
	e.put(path, apply(f.file.Data, splice{whole, text.String()}))
	after, err := e.front(path)
	if err != nil || !sameEntries(f.mapping, after.mapping) {
		e.put(path, f.file.Data)
		return refuse("order them by hand", "the keys of %s cannot be ordered", e.named(path))
	}
	return nil
}

// A chunk is the lines of a key, with the comment above it.
type chunk struct {
	source.Span
	rank int
}

// chunks are the parts of a front matter that move as a whole, one a key. False
// when two keys share a line.
func (f *front) chunks() ([]chunk, bool) {
	data := f.file.Data
	var list []chunk
	for _, e := range f.mapping.Entries {
		span := f.linesOf(e)
		if e.KeySpan.Start != span.Start || len(list) > 0 && span.Start < list[len(list)-1].End {
			return nil, false
		}
		floor := f.block.YAML.Start
		if len(list) > 0 {
			floor = list[len(list)-1].End
		}
		for span.Start > floor && data[lineStart(data, span.Start-1)] == '#' {
			span.Start = lineStart(data, span.Start-1)
		}
		if len(list) > 0 { // what stands between, such as blank lines, stays behind the key above
			list[len(list)-1].End = span.Start
		}
		list = append(list, chunk{span, rank(f.kind, e.Key)})
	}
	return list, true
}

// sameEntries reports whether two front matters say the same, in whatever order.
func sameEntries(a, b *frontmatter.Mapping) bool {
	if len(a.Entries) != len(b.Entries) {
		return false
	}
	for _, e := range a.Entries {
		other, ok := b.Lookup(e.Key)
		if !ok || other.Value.Kind != e.Value.Kind || other.Value.Raw != e.Value.Raw {
			return false
		}
	}
	return true
}
