package diag

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
)

// A Report is what a check has to tell.
type Report struct {
	Problems List
	Before   int    // problems that were there before a change, and are not in Problems
	Unknown  string // why nothing is known of the past, so that no rule looked at it; "" when it is known
	Statuses string // why nothing is known of earlier statuses, where the rest of the past is
}

// Remarks are what the problems do not tell, a sentence each.
func (r Report) Remarks() []string {
	var remarks []string
	if r.Before > 0 {
		remarks = append(remarks, r.before())
	}
	for of, why := range r.unknown() {
		remarks = append(remarks, of+Printable(why))
	}
	return remarks
}

func (r Report) before() string {
	if r.Before == 1 {
		return "1 more problem was there before"
	}
	return fmt.Sprintf("%d more problems were there before", r.Before)
}

// unknown is what nothing is known of, with the reasons.
func (r Report) unknown() iter.Seq2[string, string] {
	return func(yield func(of, why string) bool) {
		if r.Unknown != "" && !yield("nothing is known of the past: ", r.Unknown) {
			return
		}
		if r.Statuses != "" {
			yield("nothing is known of earlier statuses: ", r.Statuses)
		}
	}
}

// A Format writes a report.
type Format func(w io.Writer, r Report) error

// Formats are the ways to print problems, by the name that users give. All but
// "text", which is nothing but problems, write the remarks, too.
var Formats = map[string]Format{
	"text":    func(w io.Writer, r Report) error { return Text(w, r.Problems) },
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

// JSON writes an object with the problems in "problems", one a line, and what
// else there is to tell: the number of those that were there "before" a change,
// and why the past is "unknown".
func JSON(w io.Writer, r Report) error {
	out := bufio.NewWriter(w)
	out.WriteString(`{"problems":[`)
	for i, d := range r.Problems {
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
	out.WriteString("\n]")
	if r.Before > 0 {
		fmt.Fprintf(out, ",\"before\":%d", r.Before)
	}
	if why := cmp.Or(r.Unknown, r.Statuses); why != "" {
		reason, err := PrintableJSON(why)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, ",\"unknown\":%s", reason)
	}
	out.WriteString("}\n")
	return out.Flush()
}
