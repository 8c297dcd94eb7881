package output

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

// A move carries foreign files from one tree to another beside it.
type move struct {
	*publisher
	from, to         *os.Root
	fromPath, toPath string
}

// follow brings the other tree from what was seen at one look to what is seen at the next; nothing was seen before the first.
func (m *move) follow(ctx context.Context, before, after []foreign) error {
	was, is := byPath(before), byPath(after)
	for _, f := range slices.Backward(before) { // what a folder holds, before the folder
		if g, ok := is[f.path]; ok && (f.same(g) || f.info.IsDir() && g.info.IsDir()) {
			continue
		}
		err := m.to.Remove(f.path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !f.info.IsDir() { // the site may use a folder that was foreign
			return m.failed("remove", f.path, err)
		}
	}
	for _, f := range after {
		if g, ok := was[f.path]; ok && f.same(g) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := m.carry(ctx, f); err != nil {
			return m.failed("carry", f.path, err)
		}
	}
	return nil
}

func byPath(list []foreign) map[string]foreign {
	m := make(map[string]foreign, len(list))
	for _, f := range list {
		m[f.path] = f
	}
	return m
}

// carry brings one foreign file, folder or link to the other tree. The error is a cannotReplace when that cannot be done.
func (m *move) carry(ctx context.Context, f foreign) error {
	err := m.at("carry", f.path)
	if err == nil {
		err = m.parents(f.path)
	}
	if err != nil {
		return err
	}
	switch f.info.Mode().Type() {
	case fs.ModeDir:
		err = m.folder(f)
	case fs.ModeSymlink:
		err = m.symlink(f)
	default:
		err = m.file(ctx, f)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil // gone meanwhile; the next look sees that too
	}
	return err
}

// parents makes the folders above name that neither the site nor anything carried so far has made: they were ours once.
func (m *move) parents(name string) error {
	var missing []string
	for folder := range parents(name) {
		if info, err := m.to.Lstat(folder); err == nil && info.IsDir() {
			break
		}
		missing = append(missing, folder)
	}
	for _, folder := range slices.Backward(missing) {
		if err := makeFolder(m.to, folder, folderMode); err != nil {
			return err
		}
	}
	return nil
}

// folder makes a foreign folder. Its owner may always write to it, or the tree could never be removed.
func (m *move) folder(f foreign) error {
	if m.site.holds(f.path) {
		return nil
	}
	return makeFolder(m.to, f.path, f.info.Mode().Perm()|0o700)
}

// symlink makes the same link again: it may lead anywhere, and nobody looks where.
func (m *move) symlink(f foreign) error {
	where, err := m.from.Readlink(f.path)
	if err != nil {
		return err
	}
	return os.Symlink(where, filepath.Join(m.toPath, filepath.FromSlash(f.path))) // os.Root refuses links that lead out
}

// file gives a foreign file a second name, or copies it where that is not possible. Across mount points it can be neither: the
// file would stay with the tree that is removed.
func (m *move) file(ctx context.Context, f foreign) error {
	err := m.link(f.path, m.fromPath, m.toPath)
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) {
		return err
	}
	if errors.Is(err, syscall.EXDEV) || !f.info.Mode().IsRegular() {
		return &cannotReplace{err}
	}
	return m.copy(ctx, f)
}

// copy copies a foreign file with its mode and time. One that cannot be read can still be left where it is.
func (m *move) copy(ctx context.Context, f foreign) error {
	source, err := m.from.Open(f.path)
	if err != nil {
		return &cannotReplace{err}
	}
	defer source.Close()
	err = create(m.to, f.path, f.info.Mode().Perm(), func(w *os.File) error {
		_, err := io.Copy(w, &patientReader{ctx, source})
		return err
	})
	if err != nil {
		return err
	}
	return m.to.Chtimes(f.path, f.info.ModTime(), f.info.ModTime())
}
