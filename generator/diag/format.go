package diag

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// A Format writes a list of problems.
type Format func(w io.Writer, l List) error

// Formats are the ways to print problems, by the name that users give.
var Formats = map[string]Format{
	"text": Text,
	"json": JSON,
}

// Text writes a problem a line, as path:line:col: message [code], with the hint
// and the other place indented below it.
func Text(w io.Writer, l List) error {
	out := bufio.NewWriter(w)
	for _, d := range l {
		fmt.Fprintf(out, "%s: %s: %s [%s]\n", Printable(Place{d.Path, d.Start}.String()), d.Severity, Printable(d.Message), d.Code)
		if d.Hint != "" {
			fmt.Fprintf(out, "  %s\n", Printable(d.Hint))
		}
		if d.Other != nil {
			fmt.Fprintf(out, "  see %s\n", Printable(d.Other.String()))
		}
	}
	return out.Flush()
}

// JSON writes an object with the problems in "problems", one a line.
func JSON(w io.Writer, l List) error {
	out := bufio.NewWriter(w)
	out.WriteString(`{"problems":[`)
	for i, d := range l {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		line, err := json.Marshal(d)
		if err != nil {
			return err
		}
		out.Write(line)
	}
	out.WriteString("\n]}\n")
	return out.Flush()
}

// Printable is s on one line without anything that a terminal or a log would
// obey: control characters and directional overrides become their Unicode
// escapes.
func Printable(s string) string {
	if !strings.ContainsFunc(s, unsafeToPrint) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		case unsafeToPrint(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unsafeToPrint(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}
