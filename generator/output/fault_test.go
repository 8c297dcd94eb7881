package output

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

var (
	oldSite = tree{"index.html": "old", "same/a": "1", "gone/b": "1", "switch": "file", "turn/c": "1"}
	newSite = tree{"index.html": "new", "same/a": "1", "more/d": "1", "switch/e": "1", "turn": "file"}
	theirs  = tree{"CNAME": "example.org", "their/f": "1"}
)

// failAt makes the n-th step fail, counted from 0, and counts the steps.
func failAt(n int, fault error) (step func(op, path string) error, count *atomic.Int64) {
	count = new(atomic.Int64)
	return func(op, path string) error {
		if count.Add(1) == int64(n)+1 {
			return fault
		}
		return nil
	}, count
}

// TestEveryStepCanFail fails each step of a publish in turn. The folder then holds the old site or the new one, and the next publish
// succeeds.
func TestEveryStepCanFail(t *testing.T) {
	t.Parallel() // most of it is waiting for the disk
	faults := []error{syscall.ENOSPC, syscall.EIO, syscall.EROFS}
	for n := 0; ; n++ {
		dir := filepath.Join(t.TempDir(), "public")
		publish(t, dir, oldSite, Options{})
		plant(t, dir, theirs)
		fault := faults[n%len(faults)]
		step, count := failAt(n, fault)
		link := false
		_, err := Publish(t.Context(), dir, newSite.snapshot(), Options{step: serial(func(op, path string) error {
			err := step(op, path)
			link = link || op == "link" && err != nil
			return err
		})})
		if count.Load() <= int64(n) {
			if n < 15 {
				t.Errorf("only %d steps can fail", n)
			}
			return
		}
		if !link { // instead the content is written
			wantFault(t, err, fault)
		}
		got, err := read(dir)
		if err != nil || !maps.Equal(got, oldSite.with(theirs)) && !maps.Equal(got, newSite.with(theirs)) {
			t.Fatalf("step %d: folder holds %v, %v", n, got, err)
		}
		if maps.Equal(got, oldSite.with(theirs)) {
			wantNothingBeside(t, dir)
		}
		publish(t, dir, newSite, Options{})
		wantTree(t, dir, newSite.with(theirs))
	}
}

// wantFault fails unless err is about a path and its cause, in one line.
func wantFault(t *testing.T, err, fault error) {
	t.Helper()
	if !errors.Is(err, fault) || !strings.Contains(fmt.Sprint(err), "public") || strings.Contains(fmt.Sprint(err), "\n") {
		t.Errorf("got error %v, want %v with a path", err, fault)
	}
}

// TestEveryStepInPlaceCanFail does the same for files renamed in place: until the journal is written the old site is whole, then the
// next publish completes the new one, by either way.
func TestEveryStepInPlaceCanFail(t *testing.T) {
	t.Parallel() // most of it is waiting for the disk
	for n := 0; ; n++ {
		dir := filepath.Join(t.TempDir(), "public")
		publish(t, dir, oldSite, Options{})
		plant(t, dir, theirs)
		step, count := failAt(n, syscall.EIO)
		journaled := false
		_, err := Publish(t.Context(), dir, newSite.snapshot(), Options{inPlace: true, step: serial(func(op, path string) error {
			err := step(op, path)
			journaled = journaled || op == "rename" && path == journalName && err == nil
			return err
		})})
		if count.Load() <= int64(n) {
			if n < 15 {
				t.Errorf("only %d steps can fail", n)
			}
			return
		}
		wantFault(t, err, syscall.EIO)
		if !journaled {
			wantTree(t, dir, oldSite.with(theirs))
		}
		if n%3 == 0 { // another site, that knows nothing of this one
			publish(t, dir, tree{"index.html": "other"}, Options{})
			wantTree(t, dir, theirs.with(tree{"index.html": "other"}))
		}
		publish(t, dir, newSite, Options{inPlace: n%2 == 0})
		wantTree(t, dir, newSite.with(theirs))
	}
}

// TestFirstPublishCanFail shows that no folder is left that was not there.
func TestFirstPublishCanFail(t *testing.T) {
	for n := 0; ; n++ {
		root := t.TempDir()
		step, count := failAt(n, syscall.ENOSPC)
		_, err := Publish(t.Context(), filepath.Join(root, "a", "b", "public"), newSite.snapshot(), Options{step: step})
		if count.Load() <= int64(n) {
			return
		}
		wantFault(t, err, syscall.ENOSPC)
		wantTree(t, root, tree{})
	}
}

// TestReplaceFallsBack shows that a folder that cannot be replaced is written in place.
func TestReplaceFallsBack(t *testing.T) {
	tests := map[string][]error{
		"show":  {syscall.EXDEV, syscall.EBUSY, syscall.EINVAL, syscall.ENOSYS, syscall.ENOTSUP, syscall.EPERM},
		"stage": {syscall.EACCES, syscall.EROFS},
		"link":  {syscall.EXDEV},
	}
	for op, faults := range tests {
		for _, fault := range faults {
			t.Run(fmt.Sprintf("%s %v", op, fault), func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "public")
				publish(t, dir, oldSite, Options{})
				plant(t, dir, theirs)
				renames, failed := 0, false
				r := publish(t, dir, newSite, Options{step: serial(func(at, path string) error {
					if at == "rename" {
						renames++
					}
					if at != op || failed {
						return nil
					}
					failed = true
					return fault
				})})
				if renames == 0 || r != (Report{Written: 4, Unchanged: 1, Removed: 3}) {
					t.Errorf("%d renames, report %+v", renames, r)
				}
				wantTree(t, dir, newSite.with(theirs))
			})
		}
	}
}

// TestNoLinks shows that files are copied where they cannot have two names, foreign ones with mode and time.
func TestNoLinks(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, dir, oldSite, Options{})
	plant(t, dir, theirs)
	before := stats(t, dir)
	publish(t, dir, newSite, Options{step: serial(func(op, path string) error {
		if op == "link" {
			return syscall.EPERM
		}
		return nil
	})})
	wantTree(t, dir, newSite.with(theirs))
	name := filepath.Join(dir, "CNAME")
	old, now := before[name].info, stats(t, dir)[name].info
	if os.SameFile(old, now) || old.Mode() != now.Mode() || !old.ModTime().Equal(now.ModTime()) {
		t.Errorf("CNAME was %v, and is %v", old, now)
	}
}
