package watch

import (
	"os"
	"path/filepath"
	"testing"
)

// A folder that takes the name of another while both are watched has two names
// for one watch; to begin anew is no harm then.
func TestRefreshAfterMoves(t *testing.T) {
	dir := t.TempDir()
	a, b, c := filepath.Join(dir, "a"), filepath.Join(dir, "b"), filepath.Join(dir, "c")
	for _, folder := range []string{a, b} {
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	w, err := listen(Options{Ignore: func(string) bool { return false }}, []string{dir})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { w.events.Close() }()
	for _, move := range [][2]string{{b, c}, {a, b}} { // of which nothing was told yet
		if err := os.Rename(move[0], move[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.watch(b); err != nil {
		t.Fatal(err)
	}
	w.stale = true
	if err := w.refresh(); err != nil {
		t.Fatal(err)
	}
	if w.watched[a] || !w.watched[b] || !w.watched[c] {
		t.Errorf("watched are %v", w.watched)
	}
}
