package output

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// streamed is a file whose content comes from a source.
func streamed(path, content string) File {
	return File{
		Path: path, Size: int64(len(content)), Sum: sha256.Sum256([]byte(content)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil },
	}
}

// made is a file whose content is made.
func made(path, content string) File {
	return File{Path: path, Make: func(to *bytes.Buffer) error { to.WriteString(content); return nil }}
}

func TestSnapshotIsFileSystem(t *testing.T) {
	files := []File{streamed("big/video.bin", "many bytes"), {Path: "empty.txt"}, made("a/made.html", "a page"), made("made.html", "")}
	for _, path := range []string{"index.html", "a/b/c.html", "a-b/x.html", "a/z.html", "a.html", "b/ü.html"} {
		files = append(files, File{Path: path, Data: []byte("content of " + path)})
	}
	s, err := NewSnapshot(files)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"index.html", "a/b/c.html", "a-b/x.html", "big/video.bin", "empty.txt", "a/made.html", "made.html"}
	if err := fstest.TestFS(s, want...); err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(&Snapshot{}); err != nil {
		t.Fatalf("zero snapshot: %v", err)
	}
	if info, err := fs.Stat(s, "a/made.html"); err != nil || info.Size() != 6 {
		t.Fatalf("made file is %v, %v", info, err)
	}
	info, err := fs.Stat(s, "a")
	if err != nil || info.Mode() != fs.ModeDir|0o755 || !info.ModTime().IsZero() {
		t.Fatalf("folder is %v, %v", info, err)
	}
}

func TestNewSnapshotRefuses(t *testing.T) {
	empty := func() (io.ReadCloser, error) { return nil, nil }
	page := func(*bytes.Buffer) error { return nil }
	tests := map[string][]File{
		"is not a path":             {{Path: "../a"}},
		`"." is not a path`:         {{Path: "."}},
		`"/a" is not a path`:        {{Path: "/a"}},
		`"a\x00b" is not a path`:    {{Path: "a\x00b"}},
		"two files have the path a": {{Path: "a"}, {Path: "b"}, {Path: "a"}},
		"both a file and a folder":  {{Path: "a/b"}, {Path: "a-b"}, {Path: "a"}},
		"reserved":                  {{Path: ".Minutebook-manifest"}},
		"no size and sum":           {{Path: "a", Open: empty}},
		"a: has both content and":   {{Path: "a", Open: empty, Data: []byte("x")}},
		"b: has both content and":   {{Path: "b", Make: page, Data: []byte("x")}},
		"two sources":               {{Path: "a", Make: page, Open: empty}},
		"a: has a size or sum":      {{Path: "a", Make: page, Size: 1}},
		"b: has a size or sum":      {{Path: "b", Make: page, Sum: [32]byte{1}}},
	}
	for want, files := range tests {
		if _, err := NewSnapshot(files); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got error %v, want %q", err, want)
		}
	}
}

func TestLookup(t *testing.T) {
	s, err := NewSnapshot([]File{{Path: "b", Data: []byte("2")}, {Path: "a/c", Data: []byte("1")}})
	if err != nil {
		t.Fatal(err)
	}
	f, ok := s.Lookup("a/c")
	if !ok || !bytes.Equal(f.Data, []byte("1")) || f.Size != 1 || f.Sum != sha256.Sum256([]byte("1")) {
		t.Errorf("a/c is %+v, %v", f, ok)
	}
	if _, ok := s.Lookup("a"); ok {
		t.Error("a folder was found as a file")
	}
	if s.Len() != 2 || s.Files()[0].Path != "a/c" {
		t.Errorf("files are %v", s.Files())
	}
}

func TestSince(t *testing.T) {
	old := tree{"a": "1", "b": "1", "c": "1"}.snapshot()
	now := tree{"b": "1", "c": "2", "d": "1"}.snapshot()
	pages := func(a, contentA, b, contentB string) *Snapshot {
		s, err := NewSnapshot([]File{made(a, contentA), made(b, contentB)})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	tests := map[string]struct{ got, want Delta }{
		"edit":    {now.Since(old, nil), Delta{Added: []string{"d"}, Changed: []string{"c"}, Removed: []string{"a"}}},
		"same":    {now.Since(now, nil), Delta{}},
		"first":   {old.Since(nil, nil), Delta{Added: []string{"a", "b", "c"}}},
		"made":    {pages("a", "1", "b", "3").Since(pages("a", "1", "b", "2"), nil), Delta{Changed: []string{"b"}}},
		"mixed":   {pages("a", "1", "b", "1").Since(old, nil), Delta{Removed: []string{"c"}}},
		"emptied": {(&Snapshot{}).Since(old, nil), Delta{Removed: []string{"a", "b", "c"}}},
	}
	for name, test := range tests {
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, test.got, test.want)
		}
	}
}

// Files that nobody wants to be compared are not made.
func TestSinceOfSome(t *testing.T) {
	broken := func(*bytes.Buffer) error { t.Error("it is made"); return nil }
	site := func(page string) *Snapshot {
		s, err := NewSnapshot([]File{{Path: "a.js", Make: broken}, {Path: page + ".js", Data: []byte("x")}, made("a.html", page), made(page+".html", "x")})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	d := site("c").Since(site("b"), func(path string) bool { return strings.HasSuffix(path, ".html") })
	if want := (Delta{Added: []string{"c.html"}, Changed: []string{"a.html"}, Removed: []string{"b.html"}}); !reflect.DeepEqual(d, want) {
		t.Errorf("got %+v, want %+v", d, want)
	}
}

// In whatever order files come, a snapshot has them in the order of their paths.
func TestSnapshotIsSorted(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var paths []string
		seen := map[string]bool{}
		for range random.IntN(6) { // runs, some of them of one file
			from := len(paths)
			for range random.IntN(20) {
				if p := fmt.Sprintf("%c/%d", 'a'+random.IntN(3), random.IntN(200)); !seen[p] {
					seen[p] = true
					paths = append(paths, p)
				}
			}
			if random.IntN(4) > 0 {
				slices.Sort(paths[from:])
			}
		}
		files := make([]File, len(paths))
		for i, p := range paths {
			files[i] = File{Path: p, Data: []byte(p)}
		}
		s, err := NewSnapshot(files)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(paths)
		if got := slices.Collect(func(yield func(string) bool) {
			for _, f := range s.Files() {
				if string(f.Data) != f.Path || !yield(f.Path) {
					return
				}
			}
		}); !slices.Equal(got, paths) {
			t.Fatalf("got %q, want %q", got, paths)
		}
	}
}
