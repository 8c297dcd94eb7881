package document_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/golden"
	"minutebook/generator/source"
)

// The cases in testdata are one document each, and minutebook.yaml where the
// configuration matters.
func TestParse(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		var files []*source.File
		for _, f := range c.Inputs() {
			files = append(files, source.NewFile(f.Name, f.Data))
		}
		tree := source.NewTree(files...)
		settings, problems := config.Load(tree)
		p := document.NewParser(settings, nil)
		for _, f := range tree.Files() {
			if source.IsMarkdown(f.Path) {
				var beside []*source.File
				if path, _ := settings.SidecarOf(f.Path, func(path string) bool { return tree.File(path) != nil }); path != "" {
					beside = append(beside, tree.File(path))
				}
				d := p.Parse(f, beside...)
				problems = append(problems, d.Problems...)
				c.Want("document", describe(d))
			}
		}
		problems.Sort()
		var out bytes.Buffer
		if err := diag.Text(&out, problems); err != nil {
			t.Fatal(err)
		}
		c.Want("problems", out.String())
	})
}

func describe(d *document.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q: %s", d.Kind.Name, d.ID, d.Title)
	if !d.TitleSpan.IsZero() {
		at := d.File.Position(d.TitleSpan.Start)
		fmt.Fprintf(&b, " from %s at %d:%d", d.TitleFrom, at.Line, at.Column)
	}
	b.WriteByte('\n')
	if d.Status.Text != "" {
		known := "unknown"
		if d.Status.Known != nil {
			known = d.Status.Known.Name
		}
		fmt.Fprintf(&b, "status: %s (%s)\n", d.Status.Text, known)
	}
	for _, v := range slices.SortedFunc(slices.Values(d.Values), func(a, b document.Value) int { return strings.Compare(a.Field.Name, b.Field.Name) }) {
		name := v.Field.Name
		for _, item := range v.Items {
			fmt.Fprintf(&b, "%s: %s", name, item.Text)
			if item.Label != "" {
				fmt.Fprintf(&b, " [%s]", item.Label)
			}
			if !item.Span.IsZero() {
				at := d.In(name).Position(item.Span.Start)
				fmt.Fprintf(&b, " at %d:%d", at.Line, at.Column)
			}
			if v.From != config.FromFrontMatter {
				fmt.Fprintf(&b, " from %s", v.From)
			}
			if day := item.Day(); !day.IsZero() {
				fmt.Fprintf(&b, " = %s", day)
			}
			if item.N != 0 {
				fmt.Fprintf(&b, " = %d", item.N)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}
