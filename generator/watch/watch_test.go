package watch_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"minutebook/generator/watch"
)

// patience is how long a test waits for a ring.
const patience = 30 * time.Second

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// start watches folders until the test ends.
func start(t *testing.T, o watch.Options, dirs ...string) <-chan struct{} {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	bell := watch.Changes(ctx, o, dirs...)
	t.Cleanup(func() {
		cancel()
		for limit := time.After(patience); ; {
			select {
			case _, open := <-bell:
				if !open {
					return
				}
			case <-limit:
				t.Error("the bell is not given up")
				return
			}
		}
	})
	return bell
}

// rings does something again and again until the bell rings, at most once for a
// thing that can be done once only.
func rings(t *testing.T, bell <-chan struct{}, what string, do func() error) {
	t.Helper()
	for drained := false; !drained; { // rings for what was done before
		select {
		case <-bell:
		case <-time.After(50 * time.Millisecond):
			drained = true
		}
	}
	must(t, do())
	select {
	case <-bell:
	case <-time.After(patience):
		t.Fatalf("no ring: %s", what)
	}
}

// The bell rings for whatever happens to files and folders, and goes on to ring
// in folders that were made, moved, or made anew.
func TestRings(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, "root", filepath.FromSlash(name)) }
	write := func(name string) func() error {
		return func() error { return os.WriteFile(in(name), []byte(name), 0o644) }
	}
	rename := func(from, to string) func() error {
		return func() error { return os.Rename(in(from), in(to)) }
	}
	bell := start(t, watch.Options{Quiet: time.Millisecond}, in(""))
	rings(t, bell, "the root is made", func() error { return os.Mkdir(in(""), 0o755) })
	rings(t, bell, "a file is made", write("a"))
	rings(t, bell, "a file is written", write("a"))
	rings(t, bell, "a file is truncated", func() error { return os.Truncate(in("a"), 0) })
	rings(t, bell, "a file is renamed", rename("a", "b"))
	rings(t, bell, "a file is removed", func() error { return os.Remove(in("b")) })
	rings(t, bell, "folders are made", func() error { return os.MkdirAll(in("x/y/z"), 0o755) })
	rings(t, bell, "a file is made in a new folder", write("x/y/z/a"))
	rings(t, bell, "a folder is moved", rename("x", "w"))
	rings(t, bell, "a file is written in a moved folder", write("w/y/z/a"))
	rings(t, bell, "a folder is made in a moved folder", func() error { return os.Mkdir(in("w/y/new"), 0o755) })
	rings(t, bell, "a file is made there", write("w/y/new/a"))
	rings(t, bell, "another folder takes the name", func() error { return os.MkdirAll(in("x/y"), 0o755) })
	rings(t, bell, "a file is made in it", write("x/y/a"))
	rings(t, bell, "folders are removed", func() error { return os.RemoveAll(in("w")) })
	rings(t, bell, "and made again", func() error { return os.MkdirAll(in("w/y/z"), 0o755) })
	rings(t, bell, "a file is made in them", write("w/y/z/a"))
	rings(t, bell, "the root is moved away", func() error { return os.Rename(in(""), filepath.Join(dir, "away")) })
	rings(t, bell, "the root is back", func() error { return os.Rename(filepath.Join(dir, "away"), in("")) })
	rings(t, bell, "a file is written in it", write("w/y/z/a"))
	rings(t, bell, "another root takes its place", func() error {
		if err := os.Rename(in(""), filepath.Join(dir, "away")); err != nil {
			return err
		}
		return os.Mkdir(in(""), 0o755)
	})
	rings(t, bell, "a file is made in that", write("a"))
}

// A root may be a symbolic link.
func TestRootIsALink(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, "real/x"), 0o755))
	if err := os.Symlink("real", filepath.Join(dir, "link")); err != nil {
		t.Skip("no symbolic links here")
	}
	bell := start(t, watch.Options{Quiet: time.Millisecond}, filepath.Join(dir, "link"))
	rings(t, bell, "a file is made", func() error { return os.WriteFile(filepath.Join(dir, "real/x/a"), nil, 0o644) })
}

// While something is written all the time, the bell rings all the same.
func TestRingsInAStorm(t *testing.T) {
	dir := t.TempDir()
	bell := start(t, watch.Options{Quiet: 20 * time.Millisecond}, dir)
	limit := time.Now().Add(patience)
	for i := 0; ; i++ {
		must(t, os.WriteFile(filepath.Join(dir, "a"), fmt.Append(nil, i), 0o644))
		select {
		case <-bell:
			return
		case <-time.After(time.Millisecond):
		}
		if time.Now().After(limit) {
			t.Fatal("no ring while files are written")
		}
	}
}

// What is to be ignored is not watched: of many events about it none rings
// before the one about something else.
func TestIgnores(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, ".git/objects"), 0o755))
	bell := start(t, watch.Options{
		Quiet:  time.Millisecond,
		Ignore: func(path string) bool { return strings.HasPrefix(filepath.Base(path), ".") },
	}, dir)
	for i := range 200 {
		must(t, os.WriteFile(filepath.Join(dir, ".git/objects", fmt.Sprint(i)), nil, 0o644))
		must(t, os.WriteFile(filepath.Join(dir, fmt.Sprint(".swap", i)), nil, 0o644))
	}
	select {
	case <-bell:
		t.Error("it rings for what is to be ignored")
	default:
	}
	rings(t, bell, "another file is written", func() error { return os.WriteFile(filepath.Join(dir, "a"), nil, 0o644) })
}

// With an interval it rings whether anything happened or not.
func TestPolls(t *testing.T) {
	bell := start(t, watch.Options{Poll: time.Millisecond}, filepath.Join(t.TempDir(), "nothing"))
	for range 3 {
		select {
		case <-bell:
		case <-time.After(patience):
			t.Fatal("no ring")
		}
	}
}

// BenchmarkRing times a ring from the write of a file, the quiet time left out.
func BenchmarkRing(b *testing.B) {
	dir := b.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	bell := watch.Changes(ctx, watch.Options{Quiet: time.Microsecond}, dir)
	for i := 0; b.Loop(); i++ {
		must(b, os.WriteFile(filepath.Join(dir, "a"), fmt.Append(nil, i), 0o644))
		<-bell
	}
}
