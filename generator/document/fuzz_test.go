package document_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"minutebook/generator/config"
	"minutebook/generator/document"
	"minutebook/generator/source"
)

// Whatever a file holds, it becomes a document with a title, and every value
// and problem lies within the file that it is from.
func FuzzParse(f *testing.F) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			f.Add(file.Name, file.Data, []byte("title: x\nauthors: [a]\n"))
		}
	}
	settings, _ := config.Load(source.NewTree())
	p := document.NewParser(settings, nil)
	f.Fuzz(func(t *testing.T, path string, data, yaml []byte) {
		if !source.IsMarkdown(path) || !filepath.IsLocal(path) {
			path = "proposals/x/README.md"
		}
		file, sidecar := source.NewFile(path, data), source.NewFile(filepath.Dir(path)+"/kep.yaml", yaml)
		var beside []*source.File
		if at, _ := settings.SidecarOf(path, func(p string) bool { return p == sidecar.Path }); at != "" {
			beside = append(beside, sidecar)
		}
		d := p.Parse(file, beside...)
		if d.Title == "" || d.ID == "" {
			t.Errorf("title %q, id %q", d.Title, d.ID)
		}
		for _, v := range d.Values {
			in := d.In(v.Field.Name)
			for _, s := range append([]source.Span{v.Span, v.KeySpan}, spansOf(v)...) {
				if s.Start < 0 || s.End < s.Start || s.End > len(in.Data) {
					t.Errorf("%s: %v is not in a file of %d bytes", v.Field.Name, s, len(in.Data))
				}
			}
			if v.From == "" || len(v.Items) == 0 {
				t.Errorf("%s is from %q with %d items", v.Field.Name, v.From, len(v.Items))
			}
		}
	})
}

func spansOf(v document.Value) (list []source.Span) {
	for _, item := range v.Items {
		list = append(list, item.Span)
	}
	return list
}
