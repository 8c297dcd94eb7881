package output

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"syscall"
)

// An inventory is what lies in an output folder, apart from our own names.
type inventory struct {
	ours    map[string]fs.DirEntry // files that the manifest lists, and links planted in their place or that of their folders
	folders map[string]fs.DirEntry // folders of files that the manifest lists
	foreign []foreign              // all else; a folder before what it holds
	fixed   error                  // why something foreign cannot be carried into another folder; nil when all can
}

// A foreign is a file, folder or link that is not ours.
type foreign struct {
	path string
	info fs.FileInfo
}

// same reports that nothing happened to a foreign file between two looks. What a folder holds is not part of it.
func (f foreign) same(g foreign) bool {
	if f.info.Mode() != g.info.Mode() || !os.SameFile(f.info, g.info) {
		return false
	}
	return f.info.IsDir() || f.info.Size() == g.info.Size() && f.info.ModTime().Equal(g.info.ModTime())
}

// A scan is one walk over an output folder.
type scan struct {
	inventory
	dir    string // the folder, for what os.Root cannot tell
	root   fs.FileInfo
	claims *claims
}

// takeInventory walks an output folder. Symbolic links are seen, and never followed.
func takeInventory(out *os.Root, c *claims) (*inventory, error) {
	root, err := out.Stat(".")
	if err != nil {
		return nil, err
	}
	s := &scan{dir: out.Name(), root: root, claims: c}
	s.ours, s.folders = make(map[string]fs.DirEntry), make(map[string]fs.DirEntry)
	err = fs.WalkDir(out.FS(), ".", s.visit)
	return &s.inventory, err
}

func (s *scan) visit(name string, d fs.DirEntry, err error) error {
	switch {
	case err != nil && name == ".":
		return err
	case errors.Is(err, fs.ErrNotExist):
		return nil // gone since its folder was read
	case err != nil && s.claims.folders[name]:
		return fmt.Errorf("%s: %w", name, cause(err)) // there may be foreign files in it
	case err != nil:
		s.pin(name, err)
		return fs.SkipDir
	case name == ".":
		return nil
	case slices.Contains(ownNames, name) && d.IsDir():
		return fs.SkipDir
	case slices.Contains(ownNames, name):
		return nil
	}
	return s.add(name, d)
}

// pin notes that the folder cannot be replaced, and why.
func (s *scan) pin(name string, err error) {
	if s.fixed == nil {
		s.fixed = fmt.Errorf("%s: %w", name, cause(err))
	}
}

// add sorts one entry in.
func (s *scan) add(name string, d fs.DirEntry) error {
	planted := s.claims.folders[name] && d.Type()&fs.ModeSymlink != 0
	if !d.IsDir() && (s.claims.files[name] || planted) {
		s.ours[name] = d
		return nil
	}
	info, err := d.Info()
	if err != nil {
		return err
	}
	if d.IsDir() && (device(info) != device(s.root) || mountPoint(filepath.Join(s.dir, name))) {
		s.pin(name, syscall.EXDEV) // it would stay with the old tree, and be emptied with it
	}
	if d.IsDir() && s.claims.folders[name] {
		s.folders[name] = d
		return nil
	}
	s.foreign = append(s.foreign, foreign{path: name, info: info})
	return nil
}

// parents yields each folder above name, innermost first.
func parents(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for dir := path.Dir(name); dir != "." && yield(dir); dir = path.Dir(dir) {
		}
	}
}
