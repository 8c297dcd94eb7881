package cli

import (
	"context"
	"io/fs"
	"os"
	"sync/atomic"

	"minutebook/generator/source"
)

// reread reads a folder again; files that stayed the same are those of prev,
// which may be nil.
func (s *sources) reread(ctx context.Context, dir string, exclude func(string) bool, prev *source.Tree) (*source.Tree, error) {
	f, err := openFolder(s.path(dir))
	if err != nil {
		return nil, world(readError(dir, err))
	}
	defer f.close()
	r := source.Reader{FS: f, Exclude: exclude, Now: s.env.Now}
	tree, err := r.Read(ctx, prev)
	if err != nil {
		return nil, world(readError(dir, err))
	}
	return tree, nil
}

// rereadLayouts reads the user's own layouts again; a tree without files when
// there are none.
func (s *sources) rereadLayouts(ctx context.Context, prev *source.Tree) (*source.Tree, error) {
	if !exists(s.path(s.layouts)) {
		if s.layouts != defaultLayouts {
			return nil, wrongUse("there is no folder %s for --layouts", s.layouts)
		}
		return &source.Tree{}, nil
	}
	return s.reread(ctx, s.layouts, isNoLayout, prev)
}

// A folder is a file system that holds its root open only while it is read.
// Large files are opened through it later, when they are served: in the folder
// that has the name then. No read leaves the folder.
type folder struct {
	dir  string
	root atomic.Pointer[os.Root] // nil when it is closed
}

func openFolder(dir string) (*folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{dir: dir}
	f.root.Store(root)
	return f, nil
}

func (f *folder) close() { f.root.Swap(nil).Close() }

// Open implements fs.FS.
func (f *folder) Open(name string) (fs.File, error) {
	if root := f.root.Load(); root != nil {
		return root.FS().Open(name)
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.FS().Open(name)
}

// ReadDir implements fs.ReadDirFS, while the folder is open.
func (f *folder) ReadDir(name string) ([]fs.DirEntry, error) {
	return fs.ReadDir(f.root.Load().FS(), name)
}

// Stat implements fs.StatFS, while the folder is open.
func (f *folder) Stat(name string) (fs.FileInfo, error) {
	return fs.Stat(f.root.Load().FS(), name)
}
