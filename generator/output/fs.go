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

// Open implements fs.FS. A file with Make is made for each Open, and each Stat. Streams cannot seek; other files can. Times are zero:
// a site has no clock.
func (s *Snapshot) Open(name string) (fs.File, error) {
	e, err := s.entry("open", name)
	if err != nil {
		return nil, err
	}
	if e.folder {
		return &openFolder{entry: e, rest: s.list(name)}, nil
	}
	source, _ := s.Lookup(name)
	f, err := source.made(new(bytes.Buffer))
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if f.Open == nil {
		return &openFile{entry: entryOf(&f), Reader: bytes.NewReader(f.Data)}, nil
	}
	stream, err := f.Open()
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: cause(err)}
	}
	return &openStream{entry: e, ReadCloser: stream}, nil
}

// Stat implements fs.StatFS.
func (s *Snapshot) Stat(name string) (fs.FileInfo, error) {
	e, err := s.entry("stat", name)
	if err != nil {
		return nil, err
	}
	return e.Info()
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
		return entryOf(f), nil
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
	for i := range s.files[start:] {
		f := &s.files[start+i]
		rest, ok := strings.CutPrefix(f.Path, prefix)
		if !ok {
			break
		}
		name, _, below := strings.Cut(rest, "/")
		switch {
		case !below:
			entries = append(entries, entryOf(f))
		case name != last:
			entries = append(entries, entry{name: name, folder: true})
			last = name
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries
}

// entry is an fs.DirEntry, and an fs.FileInfo once its size is known.
type entry struct {
	name    string
	size    int64 // in bytes
	folder  bool
	unknown *File // the file that must be made for its size; nil when that is known
}

func entryOf(f *File) entry {
	e := entry{name: path.Base(f.Path), size: f.Size}
	if f.Make != nil {
		e.unknown = f
	}
	return e
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return e.size }
func (e entry) IsDir() bool        { return e.folder }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) Sys() any           { return nil }
func (e entry) Type() fs.FileMode  { return e.Mode().Type() }
func (e entry) String() string     { return fs.FormatFileInfo(e) }

// Info implements fs.DirEntry.
func (e entry) Info() (fs.FileInfo, error) {
	if e.unknown == nil {
		return e, nil
	}
	f, err := e.unknown.made(new(bytes.Buffer))
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: e.unknown.Path, Err: err}
	}
	return entryOf(&f), nil
}

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
