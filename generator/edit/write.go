package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// A ChangedError says that a file is not what it was when it was read: somebody
// saved it meanwhile, and nothing is written over that.
type ChangedError struct{ Path string }

func (e *ChangedError) Error() string {
	return e.Path + " has changed since it was read; nothing was written, so run the command again"
}

// Write makes changes in a content folder, all of them or none as far as the
// disk allows: everything is looked at first, the new texts are written beside
// the files, and then take their places one by one. When one of these steps
// fails, those before it are taken back. Files keep their modes. Nothing is
// written through a symbolic link, and nothing outside of root.
func Write(root *os.Root, changes []Change) error {
	return write(&writer{root: root}, changes)
}

func write(w *writer, changes []Change) error {
	err := w.all(changes)
	if err != nil {
		for i := len(w.undo) - 1; i >= 0; i-- {
			err = errors.Join(err, w.undo[i]())
		}
	}
	for _, temp := range w.temps {
		if gone := w.root.Remove(temp); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	if err == nil {
		return nil
	}
	for i := len(w.folders) - 1; i >= 0; i-- {
		err = errors.Join(err, w.root.Remove(w.folders[i]))
	}
	return err
}

// A writer writes one set of changes.
type writer struct {
	root    *os.Root
	temps   []string // that may still be there
	folders []string // that were made
	undo    []func() error
	step    func(op, path string) error // makes a step fail, in tests; may be nil
}

func (w *writer) all(changes []Change) error {
	for _, c := range changes {
		if err := w.look(c); err != nil {
			return err
		}
	}
	staged := make([]string, len(changes))
	for i, c := range changes {
		var err error
		if staged[i], err = w.stage(c); err != nil {
			return err
		}
	}
	for i, c := range changes {
		if err := w.place(c, staged[i]); err != nil {
			return err
		}
	}
	return nil
}

// fail is where a test makes a step fail.
func (w *writer) fail(op, path string) error {
	if w.step == nil {
		return nil
	}
	return w.step(op, path)
}

// look says what speaks against a change: the file is not what was read, or
// there is one where none is wanted.
func (w *writer) look(c Change) error {
	if c.Old != "" {
		info, err := w.root.Lstat(c.Old)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s is a symbolic link or no regular file; edit the file that it leads to", c.Old)
		}
		if err := w.same(c); err != nil {
			return err
		}
	}
	if c.Old == c.Path {
		return nil
	}
	info, err := w.root.Lstat(c.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && c.Old != "" {
		if was, lerr := w.root.Lstat(c.Old); lerr == nil && os.SameFile(was, info) {
			return nil // the two differ in the case of letters only, and the disk does not tell them apart
		}
	}
	if err == nil {
		err = &fs.PathError{Op: "write", Path: c.Path, Err: fs.ErrExist}
	}
	return err
}

// same reports a file that is not what was read.
func (w *writer) same(c Change) error {
	if c.Whole {
		return nil
	}
	data, err := w.root.ReadFile(c.Old)
	if err == nil && !bytes.Equal(data, c.Before) {
		err = &ChangedError{c.Old}
	}
	return err
}

// stage writes a new text beside its file, with the file's mode.
func (w *writer) stage(c Change) (string, error) {
	mode := fs.FileMode(0o644)
	if c.Old != "" {
		info, err := w.root.Lstat(c.Old)
		if err != nil {
			return "", err
		}
		mode = info.Mode().Perm()
	}
	if err := w.folder(path.Dir(c.Path)); err != nil || c.Whole {
		return c.Old, err
	}
	f, name, err := w.create(c.Path)
	if err != nil {
		return "", err
	}
	w.temps = append(w.temps, name)
	err = w.fail("write", c.Path)
	if err == nil {
		_, err = f.Write(c.After)
	}
	if err == nil && c.Old != "" {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	return name, errors.Join(err, f.Close())
}

// create makes a file beside another that nobody reads as content.
func (w *writer) create(p string) (*os.File, string, error) {
	for n := 0; ; n++ {
		name := path.Join(path.Dir(p), fmt.Sprintf(".minutebook-edit-%d-%d", os.Getpid(), n))
		f, err := w.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) && n < 1000 {
			continue
		}
		return f, name, err
	}
}

// folder makes a folder and those above it; they are taken back with the rest.
func (w *writer) folder(dir string) error {
	if _, err := w.root.Stat(dir); err == nil || dir == "." {
		return err
	}
	if err := w.folder(path.Dir(dir)); err != nil {
		return err
	}
	if err := w.root.Mkdir(dir, 0o755); err != nil {
		return err
	}
	w.folders = append(w.folders, dir)
	return nil
}

// place puts a new text in the place of its file.
func (w *writer) place(c Change, staged string) error {
	if err := w.look(c); err != nil {
		return err
	}
	if err := w.fail("place", c.Path); err != nil {
		return err
	}
	if c.Old == c.Path {
		if err := w.root.Rename(staged, c.Path); err != nil {
			return err
		}
		w.undo = append(w.undo, func() error { return w.restore(c) })
		return nil
	}
	if c.Old != "" {
		return w.placeMoved(c, staged)
	}
	if err := w.link(staged, c.Path); err != nil {
		return err
	}
	w.undo = append(w.undo, func() error { return w.root.Remove(c.Path) })
	return nil
}

// placeMoved puts the text of a file that moves in its new place, and takes the
// old file away. Where the disk takes both names for one, the file is renamed.
func (w *writer) placeMoved(c Change, staged string) error {
	if _, err := w.root.Lstat(c.Path); err == nil {
		if err := w.root.Rename(c.Old, c.Path); err != nil || c.Whole {
			return err
		}
		w.undo = append(w.undo, func() error { return w.root.Rename(c.Path, c.Old) })
		if err := w.root.Rename(staged, c.Path); err != nil {
			return err
		}
		w.undo = append(w.undo, func() error { return w.restore(Change{Path: c.Path, Old: c.Path, Before: c.Before}) })
		return nil
	}
	if c.Whole {
		if err := w.fail("rename", c.Old); err != nil {
			return err
		}
		if err := w.root.Rename(c.Old, c.Path); err != nil {
			return err
		}
		w.undo = append(w.undo, func() error { return w.root.Rename(c.Path, c.Old) })
		return nil
	}
	if err := w.link(staged, c.Path); err != nil {
		return err
	}
	w.undo = append(w.undo, func() error { return w.root.Remove(c.Path) })
	if err := w.fail("remove", c.Old); err != nil {
		return err
	}
	info, err := w.root.Lstat(c.Old)
	if err != nil {
		return err
	}
	if err := w.root.Remove(c.Old); err != nil {
		return err
	}
	w.undo = append(w.undo, func() error { return w.root.WriteFile(c.Old, c.Before, info.Mode().Perm()) })
	return nil
}

// link gives a new text its name, which nothing may have. Disks without hard
// links get a copy.
func (w *writer) link(staged, p string) error {
	err := w.root.Link(staged, p)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	data, err := w.root.ReadFile(staged)
	if err != nil {
		return err
	}
	f, err := w.root.OpenFile(p, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, w.root.Remove(p))
	}
	return nil
}

// restore puts the old text back.
func (w *writer) restore(c Change) error {
	name, err := w.stage(Change{Path: c.Path, Old: c.Old, After: c.Before})
	if err != nil {
		return err
	}
	return w.root.Rename(name, c.Path)
}
