package watch_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"minutebook/generator/watch"
)

// Where the system has no more watches to give, it says so, and rings at an
// interval. The limit of this test is that of open files, which a watcher needs.
func TestLimit(t *testing.T) {
	dir := t.TempDir()
	var limit syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit))
	low := limit
	low.Cur = 3 // what is open stays open; nothing more can be opened
	var mu sync.Mutex
	var told string
	must(t, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &low))
	bell := start(t, watch.Options{Quiet: time.Millisecond, Notify: func(text string) {
		mu.Lock()
		defer mu.Unlock()
		told += text
	}}, dir)
	must(t, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit))
	must(t, os.WriteFile(filepath.Join(dir, "a"), nil, 0o644))
	select {
	case <-bell:
	case <-time.After(patience):
		t.Fatal("no ring")
	}
	mu.Lock()
	defer mu.Unlock()
	if !strings.Contains(told, "looking every second instead, as with --poll") {
		t.Errorf("told %q", told)
	}
}
