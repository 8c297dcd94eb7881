package frontmatter

import (
	"slices"

	"minutebook/generator/source"
)

// A Kind is the shape of a value, as YAML sees it.
type Kind uint8

const (
	Scalar Kind = iota // text: numbers, dates and yes are text too
	List
	Map
	Null // nothing: `key:`, `~` or `null` (YAML 1.2, section 10.3.2)
)

var kindNames = [...]string{"scalar", "list", "map", "null"}

// String is the kind's name, for messages.
func (k Kind) String() string { return kindNames[k] }

// A Value is what stands behind a key or in a list, as text with its place. It
// has no type: 012 is "012", yes is "yes", and a date is the ten characters
// that were written. Who knows the key decides what it means.
type Value struct {
	Kind Kind

	// Text is a scalar's text: quotes and escapes decoded, lines folded. Of a
	// Null it is what was written, such as "~". Empty for List and Map.
	Text string

	// Raw is the source text of the value, quotes and brackets included. It is
	// how `status: {accepted}`, a map to YAML, can be read as it was meant.
	Raw string

	Plain bool        // a scalar without quotes, not a block scalar
	Span  source.Span // of Raw in the file; empty, behind the colon, for a missing value

	// Comment is the comment that ends the value's line, from "#" on, when the
	// value is plain or missing: in `title: Co-locate #ops`, YAML takes "#ops"
	// for a comment. Whether that was meant is for who knows the key.
	Comment     string
	CommentSpan source.Span // of Comment in the file

	Items  []Value // of a List
	Fields []Entry // of a Map, in the order of the file, keys unique
}

// Lookup returns the field of a Map with a key. It looks at one field after the
// other: for a map with very many, range over Fields.
func (v Value) Lookup(key string) (Entry, bool) { return lookup(v.Fields, key) }

// CommentCutsText reports whether the value's comment may be text that was
// meant to belong to it: a "#" directly before a letter or digit.
func (v Value) CommentCutsText() bool {
	return len(v.Comment) > 1 && isWordByte(v.Comment[1])
}

// An Entry is a key with its value.
type Entry struct {
	Key     string      // decoded as Text is; as written, not folded to lower case
	KeySpan source.Span // in the file, quotes included
	Value   Value
}

// A Mapping is a front matter or a YAML file: keys with values, in the order of
// the file, keys unique. The zero Mapping is empty.
type Mapping struct {
	Entries []Entry
}

// Lookup returns the entry with a key, written exactly so.
func (m *Mapping) Lookup(key string) (Entry, bool) { return lookup(m.Entries, key) }

func lookup(entries []Entry, key string) (Entry, bool) {
	i := slices.IndexFunc(entries, func(e Entry) bool { return e.Key == key })
	if i < 0 {
		return Entry{}, false
	}
	return entries[i], true
}

// isWordByte reports a byte that begins a word: an ASCII letter or digit, or
// any part of a character beyond ASCII.
func isWordByte(b byte) bool {
	return b >= 0x80 || b == '_' || '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z'
}
