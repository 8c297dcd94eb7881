package output

import (
	"bytes"
	"crypto/sha256"
	"io"
	"io/fs"
	"reflect"
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
		"edit":    {now.Since(old), Delta{Added: []string{"d"}, Changed: []string{"c"}, Removed: []string{"a"}}},
		"same":    {now.Since(now), Delta{}},
		"first":   {old.Since(nil), Delta{Added: []string{"a", "b", "c"}}},
		"made":    {pages("a", "1", "b", "3").Since(pages("a", "1", "b", "2")), Delta{Changed: []string{"b"}}},
		"mixed":   {pages("a", "1", "b", "1").Since(old), Delta{Removed: []string{"c"}}},
		"emptied": {(&Snapshot{}).Since(old), Delta{Removed: []string{"a", "b", "c"}}},
	}
	for name, test := range tests {
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, test.got, test.want)
		}
	}
}

// TestKeysSpareMaking shows that files with a key are compared by it, and are not made.
func TestKeysSpareMaking(t *testing.T) {
	site := func(key string) *Snapshot {
		s, err := NewSnapshot([]File{{Path: "a.js", Key: func() string { return key }, Make: func(*bytes.Buffer) error { t.Error("it is made"); return nil }}})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if d := site("1").Since(site("1")); len(d.Changed) != 0 {
		t.Errorf("with the same key %v changed", d.Changed)
	}
	if d := site("2").Since(site("1")); len(d.Changed) != 1 {
		t.Errorf("with another key %v changed", d.Changed)
	}
}
