package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"weak"
)

// A factory makes pages, and counts how often each is made, and how many are alive.
type factory struct {
	mu    sync.Mutex
	calls map[string]int
	pages map[weak.Pointer[byte]]bool
	most  int // pages that were alive at once, those in buffers that are for the next one too
}

// file is a page that is long enough to be collected on its own.
func (fy *factory) file(path, mark string) File {
	return File{Path: path, Make: func(to *bytes.Buffer) error {
		fy.mu.Lock() // also keeps other pages from being made between the collection and the count
		defer fy.mu.Unlock()
		runtime.GC()
		maps.DeleteFunc(fy.pages, func(p weak.Pointer[byte], _ bool) bool { return p.Value() == nil })
		to.WriteString(path + strings.Repeat(mark, 10_000))
		fy.pages[weak.Make(&to.Bytes()[0])] = true
		fy.calls[path]++
		fy.most = max(fy.most, len(fy.pages))
		return nil
	}}
}

// site has n pages; those in edited have other content than the rest.
func (fy *factory) site(t *testing.T, n int, edited ...int) *Snapshot {
	t.Helper()
	fy.calls, fy.pages, fy.most = map[string]int{}, map[weak.Pointer[byte]]bool{}, 0
	var files []File
	for i := range n {
		mark := "."
		if slices.Contains(edited, i) {
			mark = "!"
		}
		files = append(files, fy.file(fmt.Sprintf("pages/%02d.html", i), mark))
	}
	s, err := NewSnapshot(files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestEachPageIsMadeOnce shows that a publish makes each page once, keeps none, and nothing is written when nothing changed.
func TestEachPageIsMadeOnce(t *testing.T) {
	const n = 12
	tests := []struct {
		name   string
		edited []int
		want   Report
		quiet  bool // no step that writes
	}{
		{"first", nil, Report{Written: n}, false},
		{"unchanged", nil, Report{Unchanged: n}, true},
		{"first page edited", []int{0}, Report{Written: 1, Unchanged: n - 1}, false},
		{"other pages edited", []int{7, n - 1}, Report{Written: 3, Unchanged: n - 3}, false},
		{"unchanged again", []int{7, n - 1}, Report{Unchanged: n}, true},
	}
	bothWays(t, func(t *testing.T, o Options) {
		dir := filepath.Join(t.TempDir(), "public")
		plant(t, dir, tree{".gitignore": "*"})
		var fy factory
		for _, test := range tests {
			s := fy.site(t, n, test.edited...)
			steps := 0
			o.step = serial(func(op, path string) error { steps++; return nil })
			r, err := Publish(t.Context(), dir, s, o)
			if err != nil || r != test.want || (steps == 0) != test.quiet {
				t.Errorf("%s: report is %+v, %v, after %d steps", test.name, r, err, steps)
			}
			for path, calls := range fy.calls {
				if calls != 1 {
					t.Errorf("%s: %s was made %d times", test.name, path, calls)
				}
			}
			if f := s.Files()[0]; f.Size != 0 || f.Sum != [32]byte{} {
				t.Errorf("%s: the snapshot was changed: %+v", test.name, f)
			}
			if len(fy.calls) != n || fy.most > 2*runtime.GOMAXPROCS(0) {
				t.Errorf("%s: %d pages were made, %d were alive at once", test.name, len(fy.calls), fy.most)
			}
		}
	})
}

// TestMakingIsPutOff shows that nothing but a publish, or a look at the content, makes a page.
func TestMakingIsPutOff(t *testing.T) {
	var fy factory
	s := fy.site(t, 3)
	f, ok := s.Lookup("pages/01.html")
	if _, err := s.ReadDir("pages"); err != nil || !ok || f.Size != 0 || f.Data != nil || len(fy.calls) > 0 {
		t.Errorf("%+v, %v; made %v", f, err, fy.calls)
	}
	if data, err := fs.ReadFile(s, "pages/01.html"); err != nil || len(data) < 10_000 || len(fy.calls) != 1 {
		t.Errorf("read %d bytes, %v; made %v", len(data), err, fy.calls)
	}
}

// A templateError is what a caller wants to find again.
type templateError struct{ line int }

func (e *templateError) Error() string { return fmt.Sprintf("template: line %d", e.line) }

// TestPageThatCannotBeMade fails at each page in turn. The old site stays whole, and the caller finds the cause.
func TestPageThatCannotBeMade(t *testing.T) {
	old := tree{"a": "old", "b/c": "same", "gone": "1"}
	now := tree{"a": "new", "b/c": "same", "b/d": "new", "e": "new"}
	bothWays(t, func(t *testing.T, o Options) {
		for _, path := range slices.Sorted(maps.Keys(now)) {
			for _, fault := range []error{&templateError{line: 7}, &fs.PathError{Op: "open", Path: "partial", Err: syscall.EIO}} {
				files := slices.Clone(now.snapshot().Files())
				i := slices.IndexFunc(files, func(f File) bool { return f.Path == path })
				files[i] = File{Path: path, Make: broken("half", fault)}
				s, err := NewSnapshot(files)
				if err != nil {
					t.Fatal(err)
				}
				wantNotMade(t, s, path, old, fault, o)
			}
		}
	})
}

func wantNotMade(t *testing.T, s *Snapshot, path string, old tree, fault error, o Options) {
	t.Helper()
	root := t.TempDir()
	dir := filepath.Join(root, "deep", "public")
	check := func() {
		t.Helper()
		r, err := Publish(t.Context(), dir, s, o)
		if !errors.Is(err, fault) || !strings.Contains(err.Error(), filepath.Join(dir, path)) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got error %v", path, err)
		}
		if r != (Report{}) {
			t.Errorf("%s: report is %+v", path, r)
		}
	}
	check()
	wantTree(t, root, tree{})
	publish(t, dir, old, Options{})
	plant(t, dir, theirs)
	before := stats(t, dir)
	check()
	wantTree(t, dir, old.with(theirs))
	delete(before, dir) // in place the stage was made and removed inside
	after := stats(t, dir)
	delete(after, dir)
	if !maps.EqualFunc(before, after, untouched) {
		t.Errorf("%s: files were touched", path)
	}
}

// broken makes half of a page.
func broken(half string, fault error) func(*bytes.Buffer) error {
	return func(to *bytes.Buffer) error {
		to.WriteString(half)
		return fault
	}
}

func TestPageThatCannotBeLookedAt(t *testing.T) {
	fault := &templateError{line: 7}
	broken, err := NewSnapshot([]File{{Path: "a/b", Make: broken("", fault)}})
	if err != nil {
		t.Fatal(err)
	}
	_, opened := broken.Open("a/b")
	_, stat := broken.Stat("a/b")
	entries, err := broken.ReadDir("a")
	if err != nil {
		t.Fatal(err)
	}
	_, info := entries[0].Info()
	for _, err := range []error{opened, stat, info} {
		if found, ok := errors.AsType[*templateError](err); !ok || found != fault || !strings.Contains(err.Error(), "a/b") {
			t.Errorf("got error %v", err)
		}
	}
	if d := broken.Since(broken, nil); len(d.Changed) != 1 {
		t.Errorf("since itself: %+v", d)
	}
}

// TestPageIsMadeAgainWithoutLinks shows the price of a file system where files have one name.
func TestPageIsMadeAgainWithoutLinks(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	var fy factory
	for _, edited := range []int{0, 1} {
		s := fy.site(t, 2, edited)
		r, err := Publish(t.Context(), dir, s, Options{step: serial(func(op, path string) error {
			if op == "link" {
				return syscall.EPERM
			}
			return nil
		})})
		if err != nil || r.Unchanged+r.Written != 2 {
			t.Fatalf("report is %+v, %v", r, err)
		}
		for _, f := range s.Files() {
			var want bytes.Buffer
			err := f.Make(&want)
			got, readErr := os.ReadFile(filepath.Join(dir, f.Path))
			if err != nil || readErr != nil || !bytes.Equal(got, want.Bytes()) {
				t.Errorf("%s differs: %v, %v", f.Path, err, readErr)
			}
		}
	}
}

// TestForeignFileComesInTheWay shows what becomes of a foreign file that appears at a path of the site while it is published.
func TestForeignFileComesInTheWay(t *testing.T) {
	for content, reason := range map[string]string{"the page": "", "a stray!": "which Minutebook did not make"} {
		dir := filepath.Join(t.TempDir(), "public")
		publish(t, dir, tree{"old": "1"}, Options{})
		s, err := NewSnapshot([]File{made("page", "the page")})
		if err != nil {
			t.Fatal(err)
		}
		_, err = Publish(t.Context(), dir, s, Options{step: serial(func(op, path string) error {
			if op == "write" && path == "page" {
				plant(t, dir, tree{"page": content})
			}
			return nil
		})})
		if reason != "" {
			refused(t, err, reason)
			wantTree(t, dir, tree{"old": "1", "page": content})
			continue
		}
		if err != nil {
			t.Error(err)
		}
		wantTree(t, dir, tree{"page": "the page"})
	}
}

// rewriteInPlace publishes like one who may write nothing beside the folder.
func rewriteInPlace(dir string, s *Snapshot, o Options) error {
	at, err := inspect(dir, o)
	if err != nil {
		return err
	}
	p := &publisher{target: at, site: s, files: slices.Clone(s.files), options: o}
	defer p.close()
	_, err = p.rewrite(background)
	return err
}

// dieAt is a fault at a step.
func dieAt(op, path string) Options {
	return Options{step: func(o, p string) error {
		if o == op && p == path {
			return errDied
		}
		return nil
	}}
}

var errDied = errors.New("died")

// TestOvertakenInPlace lets another publisher be faster between the look at the folder, which takes no lock, and the first write.
func TestOvertakenInPlace(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // "a" is compared before "b" is made
	old, other := tree{"a": "1", "b": "1"}.snapshot(), tree{"a": "2", "b": "1", "c": "1"}.snapshot()
	none := func(dir string) error { return nil }
	rewrite := func(s *Snapshot, o Options) func(string) error {
		return func(dir string) error { return rewriteInPlace(dir, s, o) }
	}
	replace := func(o Options) func(string) error {
		return func(dir string) error { _, err := Publish(background, dir, other, o); return err }
	}
	killed := rewrite(other, dieAt("rename", "c"))
	tests := map[string]struct {
		before, meanwhile func(dir string) error
		a                 string // equal when it is compared
	}{
		"by a rewrite":                    {none, rewrite(other, Options{}), "1"},
		"by a killed rewrite":             {none, killed, "1"},
		"by one that mends":               {killed, rewrite(old, Options{}), "2"},
		"by a replacement":                {none, replace(Options{}), "1"},
		"by a replacement, not yet ended": {none, replace(dieAt("remove", "")), "1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "public")
			publish(t, dir, tree{"a": "1", "b": "1"}, Options{})
			if err := test.before(dir); err != nil && !errors.Is(err, errDied) {
				t.Fatal(err)
			}
			meanwhile := sync.OnceFunc(func() {
				if err := test.meanwhile(dir); err != nil && !errors.Is(err, errDied) {
					t.Error(err)
				}
			})
			slow := File{Path: "b", Make: func(to *bytes.Buffer) error { meanwhile(); return to.WriteByte('3') }}
			s, err := NewSnapshot([]File{made("a", test.a), slow})
			if err == nil {
				err = rewriteInPlace(dir, s, Options{})
			}
			if err != nil {
				t.Fatal(err)
			}
			os.RemoveAll(filepath.Join(parent, ".public.minutebook-stage")) // the old tree
			wantTree(t, dir, tree{"a": test.a, "b": "3"})
		})
	}
}
