package markdown

import (
	"bytes"
	"cmp"
)

// Limits bound the work that one document can cause. Goldmark cannot be
// interrupted and takes a time that grows with the square of the input for some
// shapes, so a body is measured before it is parsed. A zero field is that of
// DefaultLimits.
//
// The limits hold for one table or paragraph alone. Of many, the sum of their
// squares is bounded instead, because that is what they cost.
type Limits struct {
	Bytes      int // of a body
	Nesting    int // of lists, quotes and footnotes in each other, in levels
	Columns    int // of a table
	Cells      int // of all tables: rows × columns
	Delimiters int // runs of *, _ or ~ in a paragraph
	Brackets   int // ] in a paragraph of as many lines
	Footnotes  int // marks of as many footnotes
	Tags       int // of HTML
}

// DefaultLimits are the limits unless the configuration sets others. At each of
// them goldmark needs about a second; documents by people are far below.
var DefaultLimits = Limits{
	Bytes:      1 << 20,
	Nesting:    64,
	Columns:    128,
	Cells:      200_000,
	Delimiters: 20_000,
	Brackets:   25_000,
	Footnotes:  8_000,
	Tags:       50_000,
}

// withDefaults is l with DefaultLimits for its zero fields.
func (l Limits) withDefaults() Limits {
	d := DefaultLimits
	return Limits{
		Bytes:      cmp.Or(l.Bytes, d.Bytes),
		Nesting:    cmp.Or(l.Nesting, d.Nesting),
		Columns:    cmp.Or(l.Columns, d.Columns),
		Cells:      cmp.Or(l.Cells, d.Cells),
		Delimiters: cmp.Or(l.Delimiters, d.Delimiters),
		Brackets:   cmp.Or(l.Brackets, d.Brackets),
		Footnotes:  cmp.Or(l.Footnotes, d.Footnotes),
		Tags:       cmp.Or(l.Tags, d.Tags),
	}
}

// What goldmark 1.8.7 may cost beside what Limits name, in steps of about a
// nanosecond.
const (
	scanSteps   = 1_000_000_000 // bytes looked at for the ends of link destinations
	pipeSteps   = 500_000_000   // escaped pipes × code spans in tables
	blankLevels = 1_000_000     // blank lines × lists open around them, at 300 ns and 50 bytes
	openings    = 250_000       // opening brackets, at 170 bytes each and as much again until they are collected
	copied      = 64 << 20      // bytes: the longest definition of a reference × the brackets that may name it
)

// A violation is a place where a body exceeds a limit.
type violation struct {
	Offset int    // in the body, in bytes
	What   string // for people
}

// check finds the first place of a body that exceeds a limit, nil when there is
// none. It takes a time that grows with the body only, and errs on the side of
// refusing: it need not tell code from text, for the limits are far above what
// people write in either.
func (l Limits) check(body []byte) *violation {
	m := meter{limits: l.withDefaults(), body: body}
	if len(body) > m.limits.Bytes {
		return m.over(m.limits.Bytes, "a text of %d bytes; at most %d are read as Markdown", len(body), m.limits.Bytes)
	}
	for start := 0; start < len(body) && m.found == nil; {
		end := len(body)
		if i := bytes.IndexByte(body[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		m.line(start, body[start:end])
		start = end
	}
	m.paragraph(len(body))
	m.whole()
	return m.found
}
