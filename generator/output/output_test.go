package output

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestMain lets the test binary be the process that other tests kill.
func TestMain(m *testing.M) {
	if run := children[os.Getenv("OUTPUT_TEST_CHILD")]; run != nil {
		run(os.Getenv("OUTPUT_TEST_DIR"))
		return
	}
	os.Exit(m.Run())
}

// tree is a folder as the tests see it: paths with content, "-> where" for a link, and folders, which end in a slash, with nothing.
type tree map[string]string

// snapshot makes the site of a tree of files, which hold their content, make it, or stream it in either way: one path may do each in turn.
func (tr tree) snapshot() *Snapshot {
	var files []File
	for i, path := range slices.Sorted(maps.Keys(tr)) {
		switch kind := (i + len(tr[path])) % 4; kind {
		case 0:
			files = append(files, File{Path: path, Data: []byte(tr[path])})
		case 1:
			files = append(files, made(path, tr[path]))
		case 2:
			files = append(files, flowing(path, tr[path], new(int), new(int)))
		default:
			files = append(files, streamed(path, tr[path]))
		}
	}
	s, err := NewSnapshot(files)
	if err != nil {
		panic(err)
	}
	return s
}

// with is the tree and others in one.
func (tr tree) with(others ...tree) tree {
	all := maps.Clone(tr)
	for _, other := range others {
		maps.Copy(all, other)
	}
	return all
}

// plant writes a tree into dir.
func plant(t *testing.T, dir string, tr tree) {
	t.Helper()
	for path, content := range tr {
		name := filepath.Join(dir, filepath.FromSlash(path))
		err := os.MkdirAll(filepath.Dir(name), 0o755)
		where, link := strings.CutPrefix(content, "-> ")
		switch {
		case err != nil:
		case strings.HasSuffix(path, "/"):
			err = os.MkdirAll(name, 0o755)
		case link:
			err = os.Symlink(where, name)
		default:
			err = os.WriteFile(name, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// read is the tree at dir without the manifest, and without folders that hold something.
func read(dir string) (tree, error) {
	tr := make(tree)
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir || name == filepath.Join(dir, manifestName) {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		path := filepath.ToSlash(rel)
		delete(tr, pathDir(path)+"/")
		switch d.Type() {
		case fs.ModeDir:
			tr[path+"/"] = ""
		case fs.ModeSymlink:
			where, err := os.Readlink(name)
			tr[path] = "-> " + where
			return err
		default:
			data, err := os.ReadFile(name)
			tr[path] = string(data)
			return err
		}
		return nil
	})
	return tr, err
}

func pathDir(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i]
	}
	return "."
}

// wantTree fails unless dir holds exactly want, and nothing of ours lies beside it.
func wantTree(t *testing.T, dir string, want tree) {
	t.Helper()
	got, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		t.Fatalf("folder holds\n%v\nwant\n%v", got, want)
	}
	wantNothingBeside(t, dir)
}

func wantNothingBeside(t *testing.T, dir string) {
	t.Helper()
	beside, err := filepath.Glob(filepath.Join(filepath.Dir(dir), ".*minutebook-*"))
	if err != nil || len(beside) > 0 {
		t.Fatalf("left beside the output folder: %v %v", beside, err)
	}
}

// publish publishes what must succeed.
func publish(t *testing.T, dir string, tr tree, o Options) Report {
	t.Helper()
	r, err := Publish(t.Context(), dir, tr.snapshot(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ways are the two ways to publish into an existing folder.
var ways = map[string]Options{"replace": {}, "in place": {inPlace: true}}

// bothWays runs a test for each way.
func bothWays(t *testing.T, test func(t *testing.T, o Options)) {
	for name, o := range ways {
		t.Run(name, func(t *testing.T) { test(t, o) })
	}
}

// refused fails unless err is a RefusedError with reason in it.
func refused(t *testing.T, err error, reason string) {
	t.Helper()
	if e, ok := errors.AsType[*RefusedError](err); !ok || !strings.Contains(e.Error(), reason) {
		t.Fatalf("got error %v, want a refusal: %s", err, reason)
	}
}

var background = context.Background()

func withCancel(t *testing.T) (context.Context, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(background)
	t.Cleanup(cancel)
	return ctx, cancel
}

// serial makes a step that may be called from several goroutines.
func serial(step func(op, path string) error) func(op, path string) error {
	var lock sync.Mutex
	return func(op, path string) error {
		lock.Lock()
		defer lock.Unlock()
		return step(op, path)
	}
}
