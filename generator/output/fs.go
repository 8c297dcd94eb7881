package output

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Open implements fs.FS. Files that hold their content can also seek; others are streams. Times are zero: a site has no clock.
func (s *Snapshot) Open(name string) (fs.File, error) {
	e, err := s.entry("open", name)
	if err != nil {
		return nil, err
	}
	if e.folder {
		return &openFolder{entry: e, rest: s.list(name)}, nil
	}
	f, _ := s.Lookup(name)
	if f.Open == nil {
		return &openFile{entry: e, Reader: bytes.NewReader(f.Data)}, nil
	}
	source, err := f.Open()
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: cause(err)}
	}
	return &openStream{entry: e, ReadCloser: source}, nil
}

// Stat implements fs.StatFS.
func (s *Snapshot) Stat(name string) (fs.FileInfo, error) {
	e, err := s.entry("stat", name)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// ReadDir implements fs.ReadDirFS.
func (s *Snapshot) ReadDir(name string) ([]fs.DirEntry, error) {
	e, err := s.entry("readdir", name)
	if err != nil {
		return nil, err
	}
	if !e.folder {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	return s.list(name), nil
}

// entry describes the file or folder at name.
func (s *Snapshot) entry(op, name string) (entry, error) {
	if !fs.ValidPath(name) {
		return entry{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if f, ok := s.Lookup(name); ok {
		return entry{name: path.Base(name), size: f.Size}, nil
	}
	if name == "." || s.holds(name) {
		return entry{name: path.Base(name), folder: true}, nil
	}
	return entry{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// list returns what a folder holds, sorted by name. Everything below one folder is one run of the sorted files, and so is
// everything below each of its own folders.
func (s *Snapshot) list(folder string) []fs.DirEntry {
	prefix := folder + "/"
	if folder == "." {
		prefix = ""
	}
	var entries []fs.DirEntry
	last := ""
	start, _ := s.find(prefix)
	for _, f := range s.files[start:] {
		rest, ok := strings.CutPrefix(f.Path, prefix)
		if !ok {
			break
		}
		name, _, below := strings.Cut(rest, "/")
		switch {
		case !below:
			entries = append(entries, entry{name: name, size: f.Size})
		case name != last:
			entries = append(entries, entry{name: name, folder: true})
			last = name
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries
}

// entry is an fs.FileInfo and an fs.DirEntry.
type entry struct {
	name   string
	size   int64 // in bytes
	folder bool
}

func (e entry) Name() string               { return e.name }
func (e entry) Size() int64                { return e.size }
func (e entry) IsDir() bool                { return e.folder }
func (e entry) ModTime() time.Time         { return time.Time{} }
func (e entry) Sys() any                   { return nil }
func (e entry) Type() fs.FileMode          { return e.Mode().Type() }
func (e entry) Info() (fs.FileInfo, error) { return e, nil }
func (e entry) String() string             { return fs.FormatFileInfo(e) }

func (e entry) Mode() fs.FileMode {
	if e.folder {
		return fs.ModeDir | folderMode
	}
	return fileMode
}

type openFile struct {
	entry
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.entry, nil }
func (f *openFile) Close() error               { return nil }

type openStream struct {
	entry
	io.ReadCloser
}

func (f *openStream) Stat() (fs.FileInfo, error) { return f.entry, nil }

type openFolder struct {
	entry
	rest []fs.DirEntry // not read yet
}

func (f *openFolder) Stat() (fs.FileInfo, error) { return f.entry, nil }
func (f *openFolder) Close() error               { return nil }

func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.name, Err: fs.ErrInvalid}
}

// ReadDir implements fs.ReadDirFile.
func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(f.rest)
	} else if len(f.rest) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.rest))
	entries := f.rest[:n:n]
	f.rest = f.rest[n:]
	return entries, nil
}
