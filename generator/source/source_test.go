package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestPosition(t *testing.T) {
	f := NewFile("x.md", []byte("\uFEFFab\r\nzwölf €\n\nend"))
	for _, test := range []struct {
		at   string
		want Position
	}{
		{"ab", Position{1, 1}}, // the byte order mark takes no column
		{"b\r", Position{1, 2}},
		{"zw", Position{2, 1}},
		{"lf", Position{2, 4}}, // ö is one character of two bytes
		{"€", Position{2, 7}},
		{"end", Position{4, 1}},
	} {
		if got := f.Position(strings.Index(string(f.Data), test.at)); got != test.want {
			t.Errorf("%q is at %v, want %v", test.at, got, test.want)
		}
	}
	if got, want := f.Position(10_000), (Position{4, 4}); got != want {
		t.Errorf("beyond the end is at %v, want %v", got, want)
	}
	if got := f.Line(2); got != "zwölf €" {
		t.Errorf("line 2 is %q", got)
	}
	if got := f.Line(1); got != "\uFEFFab" {
		t.Errorf("line 1 is %q", got)
	}
}

// A folder's files are read; dot files, node_modules, backups and what is
// excluded are not.
func TestReadLeavesOut(t *testing.T) {
	fsys := fstest.MapFS{
		"b.md": {Data: []byte("b")}, "a/x.md": {Data: []byte("x")},
		".git/config": {}, "a/.hidden.md": {}, "node_modules/x/README.md": {}, "x.md~": {}, "#x.md#": {}, "public/index.html": {},
	}
	r := Reader{FS: fsys, Exclude: func(p string) bool { return p == "public" }}
	tree, err := r.Read(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range tree.Files() {
		got = append(got, f.Path)
	}
	if want := []string{"a/x.md", "b.md"}; !reflect.DeepEqual(got, want) {
		t.Errorf("read %v, want %v", got, want)
	}
}

// A second reading takes unchanged files from the first, and sees a change that
// keeps size and times within what the file system can tell.
func TestReadAgain(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string, age time.Duration) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		when := time.Now().Add(-age)
		if err := os.Chtimes(path, when, when); err != nil {
			t.Fatal(err)
		}
	}
	write("old.md", "old", time.Hour)
	write("new.md", "one", 0)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	r := Reader{FS: root.FS(), Now: time.Now}
	first, err := r.Read(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	write("new.md", "two", 0)
	second, err := r.Read(context.Background(), first)
	if err != nil {
		t.Fatal(err)
	}
	if first.File("old.md") != second.File("old.md") {
		t.Error("an unchanged file was made anew")
	}
	if got := string(second.File("new.md").Data); got != "two" {
		t.Errorf("new.md is %q", got)
	}
	if first.Sum() == second.Sum() {
		t.Error("the tree's sum did not change")
	}
}

// However files come, go and change, a folder that is read again gives the tree
// that it gives when it is read for the first time, and what changed is told.
func TestReadAgainIsReadAnew(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	read := func(files fstest.MapFS, prev *Tree) *Tree {
		tree, err := (&Reader{FS: files, Now: time.Now}).Read(context.Background(), prev)
		if err != nil {
			t.Fatal(err)
		}
		return tree
	}
	files, before := fstest.MapFS{}, &Tree{}
	for now := range int64(400) {
		was := maps.Clone(files)
		for range random.IntN(3) {
			p := []string{"", "a/", "a-b/", "a/c/"}[random.IntN(4)] + string(rune('a'+random.IntN(6))) + ".md"
			if delete(files, p); random.IntN(3) > 0 {
				files[p] = &fstest.MapFile{Data: fmt.Append(nil, random.IntN(3)), ModTime: time.Unix(now, 0)}
			}
		}
		var changed []string
		both := maps.Clone(was)
		maps.Copy(both, files)
		for _, p := range slices.Sorted(maps.Keys(both)) {
			if old, now := was[p], files[p]; old == nil || now == nil || string(old.Data) != string(now.Data) {
				changed = append(changed, p)
			}
		}
		again := read(files, before)
		if !again.Same(read(files, nil)) {
			t.Fatalf("after a change of %q there is another tree", changed)
		}
		for _, f := range before.Files() {
			if now := again.File(f.Path); was[f.Path] == files[f.Path] && now != f {
				t.Errorf("%s was read again", f.Path)
			}
		}
		if got, back := again.Since(before), before.Since(again); !slices.Equal(got, changed) || !slices.Equal(back, changed) {
			t.Errorf("there %q changed, and back %q; want %q", got, back, changed)
		}
		before = again
	}
}

// Links that stay inside are read as files; those that leave the folder, and
// links to folders, are said to be skipped.
func TestReadLinks(t *testing.T) {
	dir := t.TempDir()
	content := filepath.Join(dir, "content")
	for _, err := range []error{
		os.MkdirAll(filepath.Join(content, "sub"), 0o755),
		os.WriteFile(filepath.Join(dir, "secret.md"), []byte("secret"), 0o644),
		os.WriteFile(filepath.Join(content, "a.md"), []byte("a"), 0o644),
		os.Symlink("a.md", filepath.Join(content, "b.md")),
		os.Symlink("../secret.md", filepath.Join(content, "out.md")),
		os.Symlink(filepath.Join(dir, "secret.md"), filepath.Join(content, "abs.md")),
		os.Symlink("sub", filepath.Join(content, "folder")),
		os.Symlink("nowhere", filepath.Join(content, "broken.md")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(content)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree, err := (&Reader{FS: root.FS()}).Read(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if f := tree.File("b.md"); f == nil || string(f.Data) != "a" {
		t.Error("a link to a file inside is not read")
	}
	var skipped []string
	for _, s := range tree.Skipped {
		skipped = append(skipped, s.Path)
	}
	if want := []string{"abs.md", "broken.md", "folder", "out.md"}; !reflect.DeepEqual(skipped, want) {
		t.Errorf("skipped %v, want %v", skipped, want)
	}
}

// What stands where a file is wanted, and is none, is no absence: a link, a
// folder, even one with nothing in it. Trees that differ in it are not the same.
func TestObstacle(t *testing.T) {
	dir := t.TempDir()
	read := func() *Tree {
		tree, err := (&Reader{FS: os.DirFS(dir)}).Read(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return tree
	}
	before := read()
	for _, name := range []string{"empty.yaml", "sub/below.yml", "full.yaml"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if during := read(); before.Same(during) || len(during.Files()) > 0 {
		t.Error("empty folders make no difference")
	}
	for _, name := range []string{"full.yaml/a.md", "there.yaml"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("a"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "link.yaml")); err != nil {
		t.Skip("no symbolic links here")
	}
	tree := read()
	for _, tree := range []*Tree{tree, tree.Without(func(p string) bool { return p == "none" })} {
		for name, want := range map[string]string{
			"empty.yaml": "a folder", "sub/below.yml": "a folder", "full.yaml": "a folder", "link.yaml": BrokenLink, "there.yaml": "", "nothing.yaml": "", "full": "",
		} {
			if got := tree.Obstacle(name); got != want {
				t.Errorf("at %s stands %q, want %q", name, got, want)
			}
		}
	}
	if made := NewTree(NewFile("people.yaml/a.md", nil)); made.Obstacle("people.yaml") != "a folder" {
		t.Error("a folder of a tree from memory is none")
	}
}

// A large attachment stays on the disk and is read when it is opened.
func TestLargeFilesAreStreamed(t *testing.T) {
	big := strings.Repeat("x", StreamAbove+1)
	tree, err := (&Reader{FS: fstest.MapFS{"talk.pdf": {Data: []byte(big)}, "big.md": {Data: []byte(big)}}}).Read(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	f := tree.File("talk.pdf")
	if !f.Streamed() || f.Data != nil || f.Sum != SumOf([]byte(big)) {
		t.Fatalf("streamed %v, %d bytes in memory", f.Streamed(), len(f.Data))
	}
	in, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if got, _ := io.ReadAll(in); string(got) != big {
		t.Error("the stream is not the file")
	}
	if tree.File("big.md").Streamed() {
		t.Error("a document was left on the disk")
	}
}

func TestOverlay(t *testing.T) {
	lower := NewTree(NewFile("a", []byte("1")), NewFile("b", []byte("1")))
	upper := NewTree(NewFile("b", []byte("2")), NewFile("c", []byte("2")))
	merged := lower.Overlay(upper)
	for path, want := range map[string]string{"a": "1", "b": "2", "c": "2"} {
		if got := string(merged.File(path).Data); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	if n := len(merged.Files()); n != 3 {
		t.Errorf("%d files", n)
	}
}

// A file without its text still tells where something stands; one whose columns
// need the text keeps it.
func TestDropText(t *testing.T) {
	for _, text := range []string{"one\ntwo\r\n\nthree", "", strings.Repeat("x", 3*runeStep) + "\ny"} {
		f, light := NewFile("a.md", []byte(text)), NewFile("a.md", []byte(text))
		if light.DropText(); light.Data != nil {
			t.Errorf("%.20q keeps its text", text)
		}
		for offset := -1; offset <= len(text)+1; offset++ {
			if got, want := light.Position(offset), f.Position(offset); got != want {
				t.Fatalf("%.20q: offset %d is at %v, want %v", text, offset, got, want)
			}
		}
	}
	f := NewFile("a.md", []byte("zwölf"))
	if f.DropText(); string(f.Data) != "zwölf" {
		t.Error("a file with other characters lost its text")
	}
}

// A file that is empty a moment after it was written is about to be written: it
// stays what it was, and the tree says that it must be read again.
func TestReadDuringASave(t *testing.T) {
	written := time.Date(2018, 4, 2, 12, 0, 0, 0, time.UTC)
	files := fstest.MapFS{"a.md": {Data: []byte("one"), ModTime: written}}
	now := written.Add(time.Hour)
	r := Reader{FS: files, Now: func() time.Time { return now }}
	read := func(prev *Tree) *Tree {
		t.Helper()
		tree, err := r.Read(t.Context(), prev)
		if err != nil {
			t.Fatal(err)
		}
		return tree
	}
	first := read(nil)
	files["a.md"] = &fstest.MapFile{ModTime: now}
	files["new.md"] = &fstest.MapFile{ModTime: now}
	during := read(first)
	if !during.Unsettled || string(during.File("a.md").Data) != "one" || during.File("new.md") != nil {
		t.Errorf("during a save: %v, %d files", during.Unsettled, len(during.Files()))
	}
	now = now.Add(200 * time.Millisecond)
	after := read(during)
	if after.Unsettled || after.File("a.md").Size != 0 || after.File("new.md") == nil {
		t.Errorf("files that stay empty are not taken: %v", after.Unsettled)
	}
	if !during.Same(first) || after.Same(first) || first.Same(nil) {
		t.Error("trees are compared wrongly")
	}
}

// BenchmarkReadAgain times a reading of a folder of which nothing changed.
func BenchmarkReadAgain(b *testing.B) {
	dir := b.TempDir()
	old := time.Now().Add(-time.Hour)
	for i := range 2000 {
		path := filepath.Join(dir, fmt.Sprintf("%d/%d.md", i%20, i))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte("text"), 0o644), os.Chtimes(path, old, old)); err != nil {
			b.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer root.Close()
	r := Reader{FS: root.FS(), Now: func() time.Time { return time.Now().Add(time.Hour) }}
	var tree *Tree
	for b.Loop() {
		if tree, err = r.Read(b.Context(), tree); err != nil {
			b.Fatal(err)
		}
	}
}

func TestKindsOfNames(t *testing.T) {
	for name, want := range map[string][3]bool{ // Markdown, index, YAML
		"a.md": {true}, "x/A.MarkDown": {true}, "md": {}, "a.md/b": {}, ".md": {true}, "a.md.txt": {}, "a.mdx": {}, "": {},
		"README.md": {true, true}, "x/readme.MARKDOWN": {true, true}, "Index.Md": {true, true}, "README": {}, "index.html": {}, "readme.de.md": {true},
		"x.yaml": {2: true}, "x/y.YML": {2: true}, "yml": {}, "x.yaml.md": {true},
	} {
		if got := [3]bool{IsMarkdown(name), IsIndex(name), IsYAML(name)}; got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}
