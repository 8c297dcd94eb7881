package inspect

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"minutebook/generator/diag"
)

// JSON writes a report as data: see [Report].
func JSON(w io.Writer, r *Report) error { return diag.WriteJSON(w, r) }

// mostLines is how many lines of a list are printed.
const mostLines = 12

// Text writes a report for people.
func Text(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	folder := r.Folder
	if folder == "" || folder == "." {
		folder = "this folder"
	}
	fmt.Fprintf(out, "%s: %s among %s\n", diag.Printable(folder), many(r.Documents, "document"), many(r.Files, "file"))
	if r.Configured {
		fmt.Fprintln(out, "Its minutebook.yaml is gone by; nothing is proposed.")
	}
	counts(out, "How they begin", r.Forms)
	counts(out, "Where fields were found", r.Sources)
	section(out, "Kinds", kindLines(r.Kinds))
	section(out, "Keys", keyLines(r.Keys))
	section(out, "Statuses", statusLines(r.Statuses))
	section(out, "What was understood", figureLines(r.Figures, nil))
	section(out, "What stands in the way", obstacleLines(r.Obstacles))
	if r.Proposal != nil {
		section(out, "With the minutebook.yaml below", figureLines(r.Proposal.Figures, &r.Figures))
		fmt.Fprintf(out, "\nA minutebook.yaml for them:\n\n")
		for line := range strings.Lines(r.Proposal.YAML) {
			fmt.Fprintf(out, "%s\n", strings.TrimRight("    "+diag.Printable(strings.TrimRight(line, "\n")), " "))
		}
	}
	return out.Flush()
}

// section writes lines in columns below a heading; nothing without lines.
func section(out io.Writer, heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", heading)
	var columns strings.Builder
	w := tabwriter.NewWriter(&columns, 0, 0, 2, ' ', 0)
	for n, line := range lines {
		if n == mostLines && len(lines) > mostLines+1 {
			fmt.Fprintf(w, "  and %d more (--format json has all)\n", len(lines)-n)
			break
		}
		fmt.Fprintln(w, "  "+line)
	}
	w.Flush()
	for line := range strings.Lines(columns.String()) {
		fmt.Fprintln(out, strings.TrimRight(line, " \n"))
	}
}

func counts(out io.Writer, heading string, list []Count) {
	var lines []string
	for _, c := range list {
		lines = append(lines, cells(c.Documents, c.What))
	}
	section(out, heading, lines)
}

// cells are the columns of a line, as what no terminal obeys.
func cells(values ...any) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = strings.ReplaceAll(diag.Printable(strings.ReplaceAll(fmt.Sprint(v), "\t", " ")), "\n", " ")
	}
	return strings.Join(texts, "\t")
}

func kindLines(list []Kind) (lines []string) {
	for _, k := range list {
		for n, why := range k.Because {
			name := k.Kind
			if n > 0 {
				name = ""
			}
			lines = append(lines, cells(why.Documents, name, why.What))
		}
	}
	return lines
}

// keyLines are first the keys that are known, then those that are not.
func keyLines(list []Key) (lines []string) {
	var known, unknown []string
	for _, k := range list {
		switch line := cells(k.Documents, k.Key, k.Kind+", "+k.Source); {
		case k.Ignored:
		case k.Field != "":
			known = append(known, line+"\tis "+cells(k.Field))
		case k.Perhaps != "":
			unknown = append(unknown, line+"\tis not known; perhaps "+cells(k.Perhaps))
		case k.Documents > 1:
			unknown = append(unknown, line+"\tis not known, as in "+cells(clip(k.Example, 30)))
		}
	}
	return append(known[:min(len(known), mostLines/2)], unknown[:min(len(unknown), mostLines/2)]...)
}

func statusLines(list []Status) (lines []string) {
	for _, s := range list {
		means := "is " + s.Status
		switch {
		case s.Status == "" && s.Perhaps != "":
			means = "is not known; perhaps " + s.Perhaps
		case s.Status == "":
			means = "is not known"
		case strings.EqualFold(s.Status, s.Word):
			means = ""
		}
		lines = append(lines, cells(s.Documents, clip(s.Word, 40), s.Kind, means))
	}
	return lines
}

// A share is a figure with what it is of.
type share struct {
	name string
	Figure
}

func (f *Figures) shares() []share {
	return []share{
		{"titles", f.Titles}, {"ids", f.IDs}, {"days", f.Dates}, {"statuses", f.Statuses}, {"people", f.People},
		{"attendance", f.Attendance}, {"actions", f.Actions}, {"links to files that are there", f.Links},
		{"parts that links name", f.Anchors}, {"addresses of own files", f.Self},
	}
}

func figureLines(f Figures, before *Figures) (lines []string) {
	was := f.shares()
	if before != nil {
		was = before.shares()
	}
	for n, one := range f.shares() {
		if one.Of == 0 {
			continue
		}
		line := cells(one.name, fmt.Sprintf("%d of %d", one.Found, one.Of), percent(one.Figure))
		if was[n].Figure != one.Figure {
			line += "\t" + cells(fmt.Sprintf("(%d of %d without)", was[n].Found, was[n].Of))
		}
		lines = append(lines, line)
	}
	for _, more := range []struct {
		what string
		n    int
	}{{"links to what is not there", f.Missing}, {"links that leave the folder", f.Leaving}, {"pages that look like more", f.Undescribed}} {
		if more.n > 0 {
			lines = append(lines, cells(more.what, more.n))
		}
	}
	return lines
}

// percent never rounds up to all.
func percent(f Figure) string { return fmt.Sprintf("%.1f %%", float64(f.Found*1000/max(1, f.Of))/10) }

func obstacleLines(list []Obstacle) (lines []string) {
	for _, o := range list {
		if o.Severity == "info" {
			continue
		}
		example := ""
		if len(o.Examples) > 0 {
			example = clip(o.Examples[0], 90)
		}
		lines = append(lines, cells(o.Problems, o.Severity, o.Code, example))
	}
	return lines
}
