package frontmatter

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"minutebook/generator/diag"
	"minutebook/generator/source"
)

var update = flag.Bool("update", false, "write what the tests got to testdata")

// TestGolden runs the cases in testdata/*.txtar. A case is a file with one
// sentence that says what it shows; input.md is a document, input.yaml a whole
// YAML file, and want what is read from it. In the input, names
// between « and » stand for characters that editors would change.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { runGolden(t, path) })
	}
}

func runGolden(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(bytes.TrimSpace(archive.Comment)) == 0 {
		t.Error("the case does not say what it shows")
	}
	if len(archive.Files) != 2 || archive.Files[1].Name != "want" {
		t.Fatal("a case has an input and want")
	}
	input := archive.Files[0]
	got := describe(source.NewFile(input.Name, unescape(input.Data)))
	if *update {
		archive.Files[1].Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := string(archive.Files[1].Data); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

var escapes = strings.NewReplacer("«cr»", "\r", "«tab»", "\t", "«nul»", "\x00", "«bom»", "\uFEFF",
	"«ls»", "\u2028", "«bad»", "\xff", "«sp»", " ")

func unescape(data []byte) []byte { return []byte(escapes.Replace(string(data))) }

// describe is what is read from a file, and the problems, as text.
func describe(f *source.File) string {
	var b strings.Builder
	var m *Mapping
	var problems diag.List
	if source.IsYAML(f.Path) {
		m, problems = DecodeFile(f)
	} else {
		var block Block
		block, problems = Split(f)
		fmt.Fprintf(&b, "present %v, body %q\n", block.Present, f.Data[block.Body.Start:block.Body.End])
		if block.Present {
			var more diag.List
			m, more = Decode(f, block.YAML)
			problems = append(problems, more...)
		} else {
			m = &Mapping{}
		}
	}
	describeEntries(&b, f, m.Entries, "")
	if len(problems) > 0 {
		b.WriteString("problems\n")
		for _, d := range problems {
			describeProblem(&b, d)
		}
	}
	return b.String()
}

func describeProblem(b *strings.Builder, d diag.Diagnostic) {
	fmt.Fprintf(b, "%s", d)
	if d.Item != "" {
		fmt.Fprintf(b, " about %s", d.Item)
	}
	b.WriteByte('\n')
	if d.Hint != "" {
		fmt.Fprintf(b, "  hint: %s\n", d.Hint)
	}
	if d.Other != nil {
		fmt.Fprintf(b, "  see %s\n", d.Other)
	}
}

func describeEntries(b *strings.Builder, f *source.File, entries []Entry, indent string) {
	for _, e := range entries {
		at := f.Position(e.KeySpan.Start)
		fmt.Fprintf(b, "%s%d:%d %s", indent, at.Line, at.Column, e.Key)
		if text := string(f.Data[e.KeySpan.Start:e.KeySpan.End]); text != e.Key {
			fmt.Fprintf(b, " (written %q)", text)
		}
		b.WriteString(" =")
		describeValue(b, f, e.Value, indent)
	}
}

func describeValue(b *strings.Builder, f *source.File, v Value, indent string) {
	at := f.Position(v.Span.Start)
	fmt.Fprintf(b, " %s", v.Kind)
	if v.Plain {
		b.WriteString(" plain")
	}
	if v.Kind == Scalar || v.Text != "" {
		fmt.Fprintf(b, " %q", v.Text)
	}
	fmt.Fprintf(b, " at %d:%d", at.Line, at.Column)
	if text := string(f.Data[v.Span.Start:v.Span.End]); text != v.Text {
		fmt.Fprintf(b, " %q", text)
	}
	if v.Comment != "" {
		fmt.Fprintf(b, " comment %q", f.Data[v.CommentSpan.Start:v.CommentSpan.End])
	}
	b.WriteByte('\n')
	for _, item := range v.Items {
		b.WriteString(indent + "  -")
		describeValue(b, f, item, indent+"  ")
	}
	describeEntries(b, f, v.Fields, indent+"  ")
}
