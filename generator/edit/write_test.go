package edit

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// folder is the files of a folder, by path.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func plant(t *testing.T, files map[string]string) (string, *os.Root) {
	t.Helper()
	dir := t.TempDir()
	for p, text := range files {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(p)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, p), []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return dir, root
}

// everything is a change of each sort: a text, a new file in a new folder, a move
// with another text, and a move as it is.
var everything = []Change{
	{Path: "a.md", Old: "a.md", Before: []byte("a"), After: []byte("A")},
	{Path: "new/deep/n.md", After: []byte("n")},
	{Path: "m2.md", Old: "m.md", Before: []byte("m"), After: []byte("M")},
	{Path: "img/q.png", Old: "p.png", Whole: true},
	{Path: "z.md", Old: "z.md", Before: []byte("z"), After: []byte("Z")},
}

var (
	old  = map[string]string{"a.md": "a", "m.md": "m", "p.png": "p", "z.md": "z", "other.md": "o"}
	made = map[string]string{"a.md": "A", "m2.md": "M", "img/q.png": "p", "z.md": "Z", "other.md": "o", "new/deep/n.md": "n"}
)

// TestWrite writes every sort of change; modes stay and nothing else is left.
func TestWrite(t *testing.T) {
	dir, root := plant(t, old)
	if err := Write(root, everything); err != nil {
		t.Fatal(err)
	}
	if got := folder(t, dir); !maps.Equal(got, made) {
		t.Errorf("the folder holds %v", got)
	}
	for _, p := range []string{"a.md", "m2.md", "img/q.png"} {
		if info, err := os.Stat(filepath.Join(dir, p)); err != nil || info.Mode().Perm() != 0o640 {
			t.Errorf("%s: %v %v", p, info.Mode(), err)
		}
	}
}

// TestEveryStepCanFail fails each step in turn: the folder then holds what it
// held.
func TestEveryStepCanFail(t *testing.T) {
	for n := 0; ; n++ {
		dir, root := plant(t, old)
		steps := 0
		w := writer{root: root, step: func(op, path string) error {
			if steps++; steps == n+1 {
				return &fs.PathError{Op: op, Path: path, Err: syscall.ENOSPC}
			}
			return nil
		}}
		err := write(&w, everything)
		if steps <= n {
			if n < 9 || err != nil {
				t.Errorf("only %d steps can fail, %v", n, err)
			}
			return
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("step %d: %v", n, err)
		}
		if got := folder(t, dir); !maps.Equal(got, old) {
			t.Errorf("step %d: the folder holds %v", n, got)
		}
		if _, err := os.Stat(filepath.Join(dir, "new")); err == nil {
			t.Errorf("step %d: a folder is left", n)
		}
	}
}

// TestWriteRefuses what was changed meanwhile, what is there already, and links.
func TestWriteRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change Change
		want   string
	}{
		"changed":   {Change{Path: "a.md", Old: "a.md", Before: []byte("b"), After: []byte("c")}, "has changed since"},
		"gone":      {Change{Path: "x.md", Old: "x.md", Before: []byte("b"), After: []byte("c")}, "no such file"},
		"there":     {Change{Path: "z.md", After: []byte("c")}, "already exists"},
		"on a file": {Change{Path: "z.md/x.md", After: []byte("c")}, "not a directory"},
		"moved on":  {Change{Path: "z.md", Old: "a.md", Before: []byte("a"), After: []byte("c")}, "already exists"},
		"link":      {Change{Path: "link.md", Old: "link.md", Before: []byte("o"), After: []byte("c")}, "symbolic link"},
		"escape":    {Change{Path: "out/x.md", After: []byte("c")}, "escapes"},
		"parent":    {Change{Path: "../x.md", After: []byte("c")}, "escapes"},
	} {
		dir, root := plant(t, old)
		outside := t.TempDir()
		if err := errors.Join(os.Symlink("other.md", filepath.Join(dir, "link.md")), os.Symlink(outside, filepath.Join(dir, "out"))); err != nil {
			t.Fatal(err)
		}
		err := Write(root, []Change{everything[4], c.change})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		os.Remove(filepath.Join(dir, "link.md"))
		os.Remove(filepath.Join(dir, "out"))
		if got := folder(t, dir); !maps.Equal(got, old) || len(folder(t, outside)) > 0 {
			t.Errorf("%s: the folder holds %v", name, got)
		}
	}
}
