package generator_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"minutebook/generator"
	"minutebook/generator/diag"
	"minutebook/generator/golden"
)

// example is the content folder of this repository.
func example(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := filepath.Join("..", "content")
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, path)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// The example builds without an error or a warning, and its pages say what they
// said when somebody last read them.
func TestExample(t *testing.T) {
	r := build(t, &generator.Builder{}, inputs(t, example(t)))
	for _, d := range r.Problems {
		if d.Severity > diag.Info {
			t.Errorf("%s", d)
		}
	}
	golden.Run(t, "testdata/example.txtar", func(t *testing.T, c *golden.Case) {
		var list strings.Builder
		for _, f := range r.Snapshot.Files() {
			if !strings.HasPrefix(f.Path, "assets/") {
				list.WriteString(f.Path + "\n")
			}
		}
		c.Want("files", list.String())
		for _, name := range []string{"index.html", "proposals/colocate-ops-2h-2018.html", "proposals/index.html", "meetings/index.html", "people/ops-meetups-team.html"} {
			c.Want(name, mainText(t, r, name))
		}
	})
}

// mainText is the text of a page's main part, a block a line.
func mainText(t *testing.T, r *generator.Result, name string) string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(content(t, r, name)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "main" {
			blockText(&b, n)
		}
	}
	var lines []string
	for line := range strings.Lines(b.String()) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

func blockText(b *strings.Builder, n *html.Node) {
	switch n.Data {
	case "a", "b", "em", "strong", "span", "code", "time", "mark", "kbd", "sup", "abbr", "bdi", "small":
	default:
		if n.Type == html.ElementNode {
			b.WriteByte('\n')
			defer b.WriteByte('\n')
		}
	}
	if n.Type == html.TextNode {
		b.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
	}
	for c := range n.ChildNodes() {
		blockText(b, c)
	}
}
