package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// rootInterval is how often the roots are looked at.
const rootInterval = 250 * time.Millisecond

// A watcher turns events of the file system into rings.
type watcher struct {
	Options
	events  *fsnotify.Watcher
	roots   []*root
	watched map[string]bool // folders, as they were called when they were added
	stale   bool            // a watched folder went away: watches may stand for other folders
}

// A root is one of the folders that the caller named.
type root struct {
	dir  string
	info os.FileInfo // nil while there is no such folder
}

// listen watches all folders. The error is a limit of the system.
func listen(o Options, dirs []string) (*watcher, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{Options: o, events: events, watched: map[string]bool{}}
	for _, dir := range dirs {
		w.roots = append(w.roots, &root{dir: filepath.Clean(dir)})
	}
	w.look()
	if err := w.watchAll(); err != nil {
		events.Close()
		return nil, err
	}
	return w, nil
}

// run rings until ctx ends, which is no error, or the system has a limit.
func (w *watcher) run(ctx context.Context, bell chan<- struct{}) error {
	defer func() { w.events.Close() }() // the last one
	look := time.NewTicker(rootInterval)
	defer look.Stop()
	quiet := time.NewTimer(time.Hour)
	quiet.Stop()
	var first time.Time // of the happenings that were not rung for yet
	for {
		happened := false
		var err error
		select {
		case <-ctx.Done():
			return nil
		case e := <-w.events.Events:
			happened, err = w.heed(e)
		case <-w.events.Errors: // events were lost: more of them than the system keeps
			w.stale, happened = true, true
		case <-look.C:
			if w.look() {
				w.stale, happened = true, true
			}
		case <-quiet.C:
			first = time.Time{}
			err = w.refresh()
			ring(bell)
		}
		if err != nil {
			return err
		}
		if happened {
			now := time.Now()
			if first.IsZero() {
				first = now
			}
			quiet.Reset(min(w.Quiet, first.Add(longest*w.Quiet).Sub(now)))
		}
	}
}

// heed reports whether an event means something, and watches a folder that it
// tells of.
func (w *watcher) heed(e fsnotify.Event) (bool, error) {
	if w.ignored(e.Name) {
		return false, nil
	}
	if e.Has(fsnotify.Remove|fsnotify.Rename) && w.watched[e.Name] {
		w.stale = true
	}
	if e.Has(fsnotify.Create) {
		if info, err := os.Lstat(e.Name); err == nil && info.IsDir() {
			return true, w.watch(e.Name)
		}
	}
	return true, nil
}

// ignored reports whether nothing of a path matters, for its own name or that
// of a folder above it. The names above a root are not looked at.
func (w *watcher) ignored(path string) bool {
	for _, r := range w.roots {
		if rel, err := filepath.Rel(r.dir, path); err == nil && filepath.IsLocal(rel) {
			for ; path != r.dir; path = filepath.Dir(path) {
				if w.Ignore(path) {
					return true
				}
			}
			return false
		}
	}
	return false
}

// look reports whether a root is another folder than before: made, moved away,
// come back, exchanged.
func (w *watcher) look() bool {
	changed := false
	for _, r := range w.roots {
		info, err := os.Stat(r.dir)
		if err != nil || !info.IsDir() {
			info = nil
		}
		if (info == nil) != (r.info == nil) || info != nil && !os.SameFile(info, r.info) {
			changed = true
		}
		r.info = info
	}
	return changed
}

// refresh watches everything anew when a watched folder went away. A watch
// follows its folder to wherever it was moved and goes on to report its old
// name, so all are given up first, with the watcher that has them: fsnotify 1.10
// panics when a folder is removed that took the name of another watched one.
func (w *watcher) refresh() error {
	if !w.stale {
		return nil
	}
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	w.events.Close()
	w.events, w.stale = events, false
	clear(w.watched)
	return w.watchAll()
}

func (w *watcher) watchAll() error {
	for _, r := range w.roots {
		if r.info == nil {
			continue
		}
		if err := w.watch(r.dir); err != nil {
			return err
		}
		if !w.watched[r.dir] {
			r.info = nil // it went away since it was looked at, and may be the same one when it is back
		}
	}
	return nil
}

// watch watches a folder and all below it. A folder is watched before it is
// read: what is made in it afterwards is told by an event, and what was made
// before is found.
func (w *watcher) watch(dir string) error {
	// The separator makes a root that is a symbolic link the folder it leads to.
	return filepath.WalkDir(dir+string(filepath.Separator), func(path string, d fs.DirEntry, err error) error {
		path = filepath.Clean(path)
		switch {
		case err != nil: // it went away, or may not be read: then nothing in it can be
			return nil
		case !d.IsDir():
			return nil
		case w.ignored(path):
			return fs.SkipDir
		}
		// WalkDir calls this before it reads the folder.
		err = w.events.Add(path)
		if err == nil {
			w.watched[path] = true
		}
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
			return nil
		}
		return err
	})
}
