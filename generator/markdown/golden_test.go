package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"minutebook/generator/source"
)

var update = flag.Bool("update", false, "write what the code gives into the golden files")

// TestGolden converts in.md of every testdata/*.txtar and compares what comes
// out with the other sections. The comment above the sections is one sentence
// that says what the case shows. In html a gap is {{N open}}, {{N close}} or
// {{N image}}, and {{lead}} stands after the leading heading.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d golden files, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { golden(t, name) })
	}
}

func golden(t *testing.T, name string) {
	want, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if comment := strings.TrimSpace(string(want.Comment)); comment == "" || strings.Contains(comment, "\n") || !strings.HasSuffix(comment, ".") {
		t.Errorf("%s: the comment is not one sentence on one line: %q", name, comment)
	}
	got := &txtar.Archive{Comment: want.Comment}
	in, prefix, options := input(t, want, got)
	f := source.NewFile("in.md", []byte(prefix+in))
	doc := New(options).Convert(f, source.Span{Start: len(prefix), End: len(prefix) + len(in)})
	check(t, source.Span{Start: len(prefix), End: len(f.Data)}, doc)
	sections(got, f, doc)
	if *update {
		if err := os.WriteFile(name, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if a, b := txtar.Format(got), txtar.Format(want); !bytes.Equal(a, b) {
		t.Errorf("%s (run with -update to accept)\n got:\n%s\nwant:\n%s", name, a, b)
	}
}

// input reads the sections that a person writes and copies them to got.
func input(t *testing.T, want, got *txtar.Archive) (in, prefix string, o Options) {
	for _, f := range want.Files {
		data := string(f.Data)
		switch f.Name {
		case "in.md":
			in = data
		case "before": // of the body, in the same file
			prefix = data
		case "escapes": // of Go, in what in.md has for bytes that editors do not show
			unquoted, err := unquote(in)
			if err != nil {
				t.Fatal(err)
			}
			in = unquoted
		case "options":
			o = options(t, data)
		case "html", "references", "headings", "tasks", "items", "attendance", "sections", "choices", "summary", "anchors", "problems":
			continue
		default:
			t.Errorf("nothing reads section %s", f.Name)
		}
		got.Files = append(got.Files, f)
	}
	return in, prefix, o
}

func unquote(s string) (string, error) {
	var out string
	_, err := fmt.Sscanf(`"`+strings.ReplaceAll(strings.ReplaceAll(s, `"`, `\"`), "\n", `\n`)+`"`, "%q", &out)
	return out, err
}

func options(t *testing.T, text string) (o Options) {
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "html":
			o.HTML = Policy(value)
		case "schemes":
			o.Schemes = strings.Fields(value)
		default:
			t.Errorf("unknown option %q", key)
		}
	}
	return o
}

// sections writes a document as the sections of a golden file; empty ones are
// left out.
func sections(a *txtar.Archive, f *source.File, doc *Converted) {
	add := func(name string, lines []string) {
		if len(lines) > 0 {
			a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(strings.Join(lines, "\n") + "\n")})
		}
	}
	add("html", []string{strings.TrimSuffix(marked(doc), "\n")})
	add("references", referenceLines(f, doc))
	var headings, tasks, anchors, problems []string
	for _, h := range doc.Headings {
		headings = append(headings, fmt.Sprintf("%d #%s %q %s", h.Level, h.ID, h.Text, place(f, h.Span)))
	}
	for _, task := range doc.Tasks {
		tasks = append(tasks, fmt.Sprintf("done=%v %q %s", task.Done, task.Text, place(f, task.Span)))
	}
	for _, anchor := range slices.Sorted(maps.Keys(doc.Anchors)) {
		id := doc.Anchors[anchor]
		if id != anchor || !slices.ContainsFunc(doc.Headings, func(h Heading) bool { return h.ID == id }) {
			anchors = append(anchors, anchor+": "+id)
		}
	}
	for _, p := range doc.Problems {
		problems = append(problems, p.String())
	}
	add("headings", headings)
	add("tasks", tasks)
	add("items", itemLines(f, doc))
	add("attendance", attendanceLines(f, doc))
	add("sections", sectionLines(doc))
	var options []string
	for _, o := range doc.Options {
		options = append(options, fmt.Sprintf("%d #%s %q: %q %q", o.Level, o.ID, o.Text, o.Summary, o.Facts))
	}
	add("choices", options)
	if doc.Summary != "" {
		add("summary", []string{doc.Summary})
	}
	add("anchors", anchors)
	add("problems", problems)
}

func referenceLines(f *source.File, doc *Converted) (lines []string) {
	for i, ref := range doc.References {
		lines = append(lines, fmt.Sprintf("%d %s %q", i, []string{"link", "image"}[ref.Form], ref.Destination))
		for _, field := range [][2]string{
			{"text", ref.Text}, {"title", ref.Title}, {"width", ref.Width}, {"height", ref.Height},
			{"before", ref.Before}, {"after", ref.After},
		} {
			if field[1] != "" {
				lines = append(lines, fmt.Sprintf("  %s: %q", field[0], field[1]))
			}
		}
		lines = append(lines, "  source: "+place(f, ref.Span))
	}
	return lines
}

// itemLines writes the items: what is set of each, beside its kind and anchor.
func itemLines(f *source.File, doc *Converted) (lines []string) {
	for i, it := range doc.Items {
		lines = append(lines, fmt.Sprintf("%d %s %s #%s %q", i, it.Kind, it.ID, it.Anchor, it.Text))
		var flags []string
		for name, set := range map[string]bool{
			"task": it.Task, "done": it.Done, "dropped": it.Dropped, "nobody": it.Nobody, "conditional": it.Conditional,
		} {
			if set {
				flags = append(flags, name)
			}
		}
		slices.Sort(flags)
		add := func(name, value string) {
			if value != "" {
				lines = append(lines, "  "+name+": "+value)
			}
		}
		add("is", strings.Join(flags, ", "))
		for _, p := range it.Owners {
			add("owner", fmt.Sprintf("%q %s", p.Name, place(f, p.Span)))
		}
		for _, p := range it.AskedBy {
			add("asked by", fmt.Sprintf("%q %s", p.Name, place(f, p.Span)))
		}
		for _, v := range []struct {
			name string
			Written
		}{{"due", it.Due}, {"done on", it.DoneOn}, {"answer by", it.AnswerBy}, {"on", it.On}} {
			if v.Written != (Written{}) {
				add(v.name, fmt.Sprintf("%q %s", v.Text, place(f, v.Span)))
			}
		}
		for _, field := range [][2]string{
			{"to", it.To}, {"topic", it.Topic}, {"upstream", it.Upstream}, {"answers", it.Answers},
			{"result word", it.ResultWord}, {"result", it.Result}, {"references", indexes(it.References)},
			{"targets", indexes(it.Targets)}, {"from", indexes(it.From)},
		} {
			add(field[0], field[1])
		}
		if it.Heading >= 0 {
			add("heading", doc.Headings[it.Heading].Text)
		}
		if it.Parent >= 0 {
			add("in", fmt.Sprint(it.Parent))
		}
		add("source", place(f, it.Span))
	}
	if doc.NoDecisions {
		lines = append(lines, "no decisions")
	}
	return lines
}

func indexes(list []int) string { return strings.Trim(fmt.Sprint(list), "[]") }

func attendanceLines(f *source.File, doc *Converted) (lines []string) {
	for _, a := range doc.Attendance {
		line := fmt.Sprintf("%s %q", a.Role, a.Name)
		for _, field := range [][2]string{{"@", a.Handle}, {"initials ", a.Initials}, {"note ", a.Note}} {
			if field[1] != "" {
				line += ", " + field[0] + field[1]
			}
		}
		lines = append(lines, line+", "+place(f, a.Span))
	}
	return lines
}

func sectionLines(doc *Converted) (lines []string) {
	for _, s := range doc.Sections {
		lines = append(lines, fmt.Sprintf("%s: %s", s.Kind, doc.Headings[s.Heading].Text))
	}
	return lines
}

// place is a part of a file: where it begins and what stands there.
func place(f *source.File, s source.Span) string {
	if s.IsZero() {
		return "nowhere"
	}
	at := f.Position(s.Start)
	return fmt.Sprintf("%d:%d %s", at.Line, at.Column, strings.ReplaceAll(string(f.Data[s.Start:s.End]), "\n", `\n`))
}

func marked(doc *Converted) string {
	html, out, at := doc.Body.HTML, "", 0
	gaps := doc.Body.Gaps
	mark := func(to int) { out, at = out+html[at:to], to }
	for i := 0; i <= len(gaps); i++ {
		if doc.Lead > 0 && at <= doc.Lead && (i == len(gaps) || gaps[i].At >= doc.Lead) {
			mark(doc.Lead)
			out += "{{lead}}"
			doc.Lead = 0
		}
		if i < len(gaps) {
			mark(gaps[i].At)
			out += fmt.Sprintf("{{%d %s}}", gaps[i].Reference, []string{"open", "close", "image"}[gaps[i].Part])
		}
	}
	return out + html[at:]
}
