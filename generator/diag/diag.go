// Package diag says what is wrong with content, and where.
//
// A problem of the content is a value that travels with the result it belongs
// to; it never stops a phase. An error of the world (a full disk, a missing
// folder) is a Go error instead. [Diagnostic] is one problem, [Codes] the list
// of all kinds of problems, [Formats] the ways to print them.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"minutebook/generator/source"
)

// Severity says what a problem does to a build or a check.
type Severity int

const (
	Info    Severity = iota // worth knowing
	Warning                 // should be mended; fails only under --strict
	Error                   // fails a check
)

var severityNames = [...]string{"info", "warning", "error"}

func (s Severity) String() string { return severityNames[s] }

// MarshalText writes the severity's name, for JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ParseSeverity reads a severity's name.
func ParseSeverity(name string) (Severity, bool) {
	i := slices.Index(severityNames[:], name)
	return Severity(i), i >= 0
}

// A Diagnostic is one problem.
type Diagnostic struct {
	Code     string          `json:"code"` // one of Codes
	Severity Severity        `json:"severity"`
	Path     string          `json:"path"`            // the file, slash-separated
	Start    source.Position `json:"start"`           // zero: the file as a whole
	End      source.Position `json:"end"`             // where the place ends; not included
	Message  string          `json:"message"`         // what is wrong and why
	Hint     string          `json:"hint,omitempty"`  // the way out
	Item     string          `json:"item,omitempty"`  // the field or item it is about, for Key
	Other    *Place          `json:"other,omitempty"` // where the other side of it stands
}

// A Place is a position in a file.
type Place struct {
	Path  string          `json:"path"`
	Start source.Position `json:"start"`
}

func (p Place) String() string {
	if p.Start.Line == 0 {
		return p.Path
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Start.Line, p.Start.Column)
}

// At is a problem of a known code at a span of a file, with the code's usual
// severity. The zero span means the file as a whole. It panics when the code is
// not in Codes: that is a mistake in the program.
func At(f *source.File, span source.Span, code, format string, args ...any) Diagnostic {
	c, ok := Find(code)
	if !ok {
		panic("diag: unknown code " + code)
	}
	return c.At(f, span, fmt.Sprintf(format, args...))
}

// At is a problem of the code, like the function, with a message that is taken
// as it is: for what is told by the ten thousand.
func (c Code) At(f *source.File, span source.Span, message string) Diagnostic {
	d := Diagnostic{Code: c.ID, Severity: c.Severity, Path: f.Path, Message: message}
	if !span.IsZero() {
		d.Start, d.End = f.Position(span.Start), f.Position(span.End)
	}
	return d
}

// WithHint is d with a way out.
func (d Diagnostic) WithHint(format string, args ...any) Diagnostic {
	d.Hint = fmt.Sprintf(format, args...)
	return d
}

// About is d bound to a field or an item, so that it keeps its identity when
// lines move.
func (d Diagnostic) About(item string) Diagnostic {
	d.Item = item
	return d
}

// See is d with the place of the other side of the problem.
func (d Diagnostic) See(f *source.File, span source.Span) Diagnostic {
	d.Other = &Place{Path: f.Path}
	if !span.IsZero() {
		d.Other.Start = f.Position(span.Start)
	}
	return d
}

// Key identifies a problem across versions of a file: code, path and field or
// item, never the line or the wording.
func (d Diagnostic) Key() string { return d.Code + "\x00" + d.Path + "\x00" + d.Item }

// String is the one printed form: path:line:col: message [code].
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s [%s]", Place{d.Path, d.Start}, d.Message, d.Code)
}

// A List is a number of problems.
type List []Diagnostic

// Add appends a problem.
func (l *List) Add(d Diagnostic) { *l = append(*l, d) }

// Sort orders by path, place, code and message, so that a list does not depend
// on the order in which the problems were found. A list that is in order already
// is only looked through.
func (l List) Sort() {
	if !l.sorted() {
		slices.SortStableFunc(l, func(a, b Diagnostic) int { return a.compare(&b) })
	}
}

func (l List) sorted() bool {
	for i := 1; i < len(l); i++ {
		if l[i].compare(&l[i-1]) < 0 {
			return false
		}
	}
	return true
}

// compare is the order of Sort. It asks one thing at a time, because the first
// mostly tells, and copies nothing.
func (d *Diagnostic) compare(other *Diagnostic) int {
	if c := strings.Compare(d.Path, other.Path); c != 0 {
		return c
	}
	if c := cmp.Compare(d.Start.Line, other.Start.Line); c != 0 {
		return c
	}
	if c := cmp.Compare(d.Start.Column, other.Start.Column); c != 0 {
		return c
	}
	if c := strings.Compare(d.Code, other.Code); c != 0 {
		return c
	}
	return strings.Compare(d.Message, other.Message)
}

// Merge is what Sort makes of two lists, one behind the other, when both are
// sorted: problems that compare as equal keep their order, those of l first. The
// result may be l or other itself, when nothing is in the other one.
func (l List) Merge(other List) List {
	if len(l) == 0 {
		return other
	}
	if len(other) == 0 {
		return l
	}
	all := make(List, 0, len(l)+len(other))
	for len(l) > 0 && len(other) > 0 {
		if l[0].compare(&other[0]) <= 0 {
			all, l = append(all, l[0]), l[1:]
		} else {
			all, other = append(all, other[0]), other[1:]
		}
	}
	return append(append(all, l...), other...)
}

// Count is the number of problems of a severity.
func (l List) Count(s Severity) (n int) {
	for i := range l {
		if l[i].Severity == s {
			n++
		}
	}
	return n
}

// Has reports whether a problem has the code.
func (l List) Has(code string) bool {
	for i := range l {
		if l[i].Code == code {
			return true
		}
	}
	return false
}
