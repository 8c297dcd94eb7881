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
	d := Diagnostic{Code: code, Severity: SeverityOf(code), Path: f.Path, Message: fmt.Sprintf(format, args...)}
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
// on the order in which the problems were found.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(strings.Compare(a.Path, b.Path),
			cmp.Compare(a.Start.Line, b.Start.Line), cmp.Compare(a.Start.Column, b.Start.Column),
			strings.Compare(a.Code, b.Code), strings.Compare(a.Message, b.Message))
	})
}

// Count is the number of problems of a severity.
func (l List) Count(s Severity) (n int) {
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Has reports whether a problem has the code.
func (l List) Has(code string) bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Code == code })
}
