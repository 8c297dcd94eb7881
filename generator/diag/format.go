package diag

import (
	"bufio"
	"fmt"
	"io"
)

// A Format writes a list of problems.
type Format func(w io.Writer, l List) error

// Formats are the ways to print problems, by the name that users give.
var Formats = map[string]Format{
	"text":    Text,
	"json":    JSON,
	"github":  GitHub,
	"sarif":   SARIF,
	"summary": Summary,
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
		line, err := PrintableJSON(d)
		if err != nil {
			return err
		}
		out.Write(line)
	}
	out.WriteString("\n]}\n")
	return out.Flush()
}
