package output

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// hold publishes to dir and stops halfway, and returns when it holds the lock. Calling release lets it end.
func hold(t *testing.T, dir string, site tree) (release func()) {
	t.Helper()
	holding, done := make(chan bool), make(chan bool)
	begun := sync.OnceFunc(func() { close(holding) })
	var group sync.WaitGroup
	group.Go(func() {
		_, err := Publish(background, dir, site.snapshot(), Options{step: func(op, path string) error {
			begun()
			<-done
			return nil
		}})
		if err != nil {
			t.Error(err)
		}
	})
	<-holding
	return sync.OnceFunc(func() { close(done); group.Wait() })
}

func TestLockSaysWhoHoldsIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	release := hold(t, dir, tree{"a": "1"})
	defer release()
	for _, wait := range []time.Duration{0, time.Millisecond} {
		_, err := Publish(t.Context(), dir, tree{"a": "2"}.snapshot(), Options{Wait: wait})
		if e, ok := errors.AsType[*LockedError](err); !ok || e.PID != os.Getpid() || e.Dir != dir {
			t.Errorf("got error %v", err)
		}
	}
	release()
	wantTree(t, dir, tree{"a": "1"})
}

func TestLockIsWaitedFor(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	release := hold(t, dir, tree{"a": "1"})
	told := 0
	publish(t, dir, tree{"a": "2"}, Options{Wait: time.Hour, Notify: func(message string) {
		told++
		if !strings.Contains(message, "is publishing to "+dir) {
			t.Errorf("told %q", message)
		}
		go release()
	}})
	if told != 1 {
		t.Errorf("told %d times", told)
	}
	wantTree(t, dir, tree{"a": "2"})
}

func TestWaitingEndsWithContext(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	release := hold(t, dir, tree{"a": "1"})
	defer release()
	ctx, cancel := withCancel(t)
	_, err := Publish(ctx, dir, tree{"a": "2"}.snapshot(), Options{Wait: time.Hour, Notify: func(string) { cancel() }})
	if err != ctx.Err() || err == nil {
		t.Errorf("got error %v", err)
	}
}

// TestLockLeftBehind shows that the files of a dead holder are in nobody's way.
func TestLockLeftBehind(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	publish(t, dir, tree{"a": "1"}, Options{})
	plant(t, parent, tree{".public.minutebook-lock": "1\n", ".public.minutebook-stage/half/a": "x"})
	plant(t, dir, tree{lockName: "1\n", stageName + "/half/a": "x"})
	publish(t, dir, tree{"a": "1"}, Options{})
	wantTree(t, dir, tree{"a": "1"})
	plant(t, dir, tree{lockName: "1\n"})
	if err := rewriteInPlace(dir, tree{"a": "1"}.snapshot(), Options{}); err != nil {
		t.Error(err)
	}
	wantTree(t, dir, tree{"a": "1"})
}

// TestManyPublishers shows that sites published at the same time do not mix.
func TestManyPublishers(t *testing.T) {
	t.Parallel() // most of it is waiting for locks
	bothWays(t, func(t *testing.T, o Options) {
		dir := filepath.Join(t.TempDir(), "public")
		o.Wait = time.Hour
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				site := tree{"a": strings.Repeat("x", i), "b/c": strings.Repeat("x", i)}
				if _, err := Publish(background, dir, site.snapshot(), o); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		got, err := read(dir)
		if err != nil || len(got) != 2 || got["a"] != got["b/c"] {
			t.Errorf("folder holds %v, %v", got, err)
		}
		wantNothingBeside(t, dir)
	})
}
