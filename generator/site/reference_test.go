package site

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"minutebook/generator/config"
	"minutebook/generator/document"
	"minutebook/generator/source"
)

// However a link or a field is written, and whatever is there, what is told from
// the path that was read ahead is what looking the text up tells.
func TestReadAhead(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	one := func(list ...string) string { return list[random.IntN(len(list))] }
	written := func() string {
		p := strings.Repeat("../", random.IntN(3)) + one("", "./", "a/", "b c/", "b%20c/", "A/", "nowhere/", "/", "a//", "a/../") + one("x.md", "y.md", "z.md", "README.md", "index.md", "X.md", "x", "x.html", "", ".", "..", "files/f.csv")
		return p + one("", "", "#top", "#part-1", "#part%2D1", "#Part-1", "#no", "#", "?raw=1", "?raw=1#part-1")
	}
	for range 300 {
		folder := fstest.MapFS{"files/f.csv": {Data: []byte("a\n")}}
		for _, name := range []string{"x.md", "a/x.md", "a/README.md", "a/b c/y.md", "b c/z.md", "b%20c/z.md", "proposals/x.md", "proposals/a/z.md"} {
			if random.IntN(4) == 0 {
				continue
			}
			var b strings.Builder
			fmt.Fprintf(&b, "---\ntitle: T\nstatus: draft\nrelated: [%q, %q]\nsupersedes: %q\n---\n\n## Part 1\n\n", written(), written(), one(written(), "x", "[x](x.md)", "https://example.org/x.md"))
			for range 12 {
				fmt.Fprintf(&b, "See [that](<%s>), ![it](<%s>).\n", written(), written())
			}
			folder[name] = &fstest.MapFile{Data: []byte(b.String())}
		}
		tree, err := source.FromFS(folder)
		if err != nil {
			t.Fatal(err)
		}
		settings, _ := config.Load(tree)
		parser := document.NewParser(settings, nil)
		in := Inputs{Config: settings, People: &config.Directory{}, Content: tree}
		for _, f := range tree.Files() {
			if source.IsMarkdown(f.Path) {
				in.Documents = append(in.Documents, parser.Parse(f))
			}
		}
		compareReadAhead(t, in)
	}
}

func compareReadAhead(t *testing.T, in Inputs) {
	l := newLinker(in)
	l.records()
	l.addFolders()
	l.attachments()
	l.indexAliases()
	l.indexMentions()
	l.Problems = nil
	l.references(func() {})
	ahead := fmt.Sprint(l.Problems)
	l.Problems = nil
	for i, r := range l.Records {
		for j := range r.Targets {
			ref := &r.Body.References[j]
			if got, want := r.Targets[j], l.resolve(r, ref); got != want {
				t.Fatalf("%s in %s leads to %+v, want %+v", ref.Destination, r.File.Path, got, want)
			}
		}
		found := l.referred[i]
		for _, f := range r.Facts.References {
			for j := range f.Items {
				to, outside, fragment := l.refer(r, f.Field, f.Items[j].Text)
				if want := (referred{to, outside, fragment}); found[j] != want {
					t.Fatalf("%s %s in %s leads to %+v, want %+v", f.Field.Name, f.Items[j].Text, r.File.Path, found[j], want)
				}
			}
			found = found[len(f.Items):]
		}
	}
	if looked := fmt.Sprint(l.Problems); looked != ahead {
		t.Fatalf("looking up tells\n%s\nand not\n%s", looked, ahead)
	}
}

// What a broken link may mean is remembered, and looked for again when files come
// or go.
func TestHintsFollowTheFiles(t *testing.T) {
	memory := &Memory{}
	hint := func(names ...string) string {
		files := []*source.File{source.NewFile("a.md", []byte("[that](venue.md)\n"))}
		for _, name := range names {
			files = append(files, source.NewFile(name, []byte("# V\n")))
		}
		in := Inputs{People: &config.Directory{}, Content: source.NewTree(files...), Memory: memory}
		in.Config, _ = config.Load(in.Content)
		parser := document.NewParser(in.Config, nil)
		for _, f := range in.Content.Files() {
			in.Documents = append(in.Documents, parser.Parse(f))
		}
		return Link(in).Problems[0].Hint
	}
	for _, test := range []struct{ names, want string }{
		{"venues.md", "did you mean venues.md?"},
		{"venues.md", "did you mean venues.md?"},
		{"venues.md old/venue.md", "did you mean old/venue.md?"},
		{"", "mend the link, or add the file"},
	} {
		if got := hint(strings.Fields(test.names)...); got != test.want {
			t.Errorf("beside %q the way out is %q, want %q", test.names, got, test.want)
		}
	}
}
