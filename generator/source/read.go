package source

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"minutebook/generator/parallel"
)

// StreamAbove is the size in bytes from which a file that is not Markdown or
// YAML stays on the disk and is streamed where it is needed.
const StreamAbove = 4 << 20

// youngFile is the age below which an unchanged stamp proves nothing: file
// systems round times, so two writes within it may leave the same stamp.
const youngFile = 2 * time.Second

// unsettled is the age below which a file that is empty, or is not as long as
// its stamp says, is taken to be in the middle of a save: editors truncate a
// file before they write it.
const unsettled = 100 * time.Millisecond

// A Reader reads a folder as a Tree.
type Reader struct {
	FS fs.FS // the folder; an [os.Root]'s FS keeps every read inside of it

	// Exclude says which paths are left out, folders with everything below
	// them. Dot files, node_modules and editors' backups always are. May be
	// nil.
	Exclude func(path string) bool

	// Now tells how old a file is when it is compared with an earlier tree.
	// Nil means that every file is read again.
	Now func() time.Time
}

// Read reads the folder. Files whose stamp (size, times, inode) is the one that
// prev has are taken from prev unread; prev may be nil. With a prev, a file that
// is just being saved is what it was in prev, and the tree is Unsettled. An
// error is of the world (the folder is missing, a file cannot be read) and names
// the path.
func (r *Reader) Read(ctx context.Context, prev *Tree) (*Tree, error) {
	found, skipped, err := r.walk(ctx)
	if err != nil {
		return nil, err
	}
	again := prev != nil
	if !again {
		prev = &Tree{}
	}
	known, others := make([]*File, len(prev.files)), make([]*File, len(found))
	var saving atomic.Bool
	err = parallel.Each(ctx, len(found), func(i int) error {
		to, old := &others[i], (*File)(nil)
		if place, ok := prev.place(found[i].path); ok {
			to, old = &known[place], prev.files[place]
		}
		f, err := r.file(found[i], old, again)
		if errors.Is(err, errSaving) {
			saving.Store(true)
			f, err = old, nil
		}
		*to = f
		return err
	})
	if err != nil {
		return nil, err
	}
	t := prev.next(known, others)
	t.Skipped, t.Unsettled = skipped, saving.Load()
	sort.Slice(t.Skipped, func(i, j int) bool { return t.Skipped[i].Path < t.Skipped[j].Path })
	return t, nil
}

type entry struct {
	path string
	info fs.FileInfo
}

// walk finds all files, folder by folder, those of one depth on all processors.
func (r *Reader) walk(ctx context.Context) (found []entry, skipped []Skipped, err error) {
	for folders := []string{"."}; len(folders) > 0; {
		lists := make([]listing, len(folders))
		err := parallel.Each(ctx, len(folders), func(i int) (err error) {
			lists[i], err = r.list(folders[i])
			return err
		})
		if err != nil {
			return nil, nil, err
		}
		folders = nil
		for _, l := range lists {
			found, skipped, folders = append(found, l.found...), append(skipped, l.skipped...), append(folders, l.folders...)
		}
	}
	return found, skipped, nil
}

// A listing is what one folder holds.
type listing struct {
	found   []entry
	skipped []Skipped
	folders []string
}

func (r *Reader) list(folder string) (l listing, err error) {
	entries, err := readDir(r.FS, folder)
	if vanished(err) && folder != "." {
		return l, nil
	}
	if err != nil {
		return l, err
	}
	l.found = make([]entry, 0, len(entries))
	for _, d := range entries {
		p := d.Name()
		if folder != "." {
			p = folder + "/" + p
		}
		switch {
		case Ignored(p) || r.Exclude != nil && r.Exclude(p):
			continue
		case !utf8.ValidString(p): // no address can be made of it
			l.skipped = append(l.skipped, Skipped{strings.ToValidUTF8(p, "\uFFFD"), "a file or folder whose name is not UTF-8"})
			continue
		case d.IsDir():
			l.folders = append(l.folders, p)
			continue
		}
		info, reason, err := r.stat(p, d)
		switch {
		case err != nil:
			return l, err
		case reason != "":
			l.skipped = append(l.skipped, Skipped{p, reason})
		case info != nil:
			l.found = append(l.found, entry{p, info})
		}
	}
	return l, nil
}

// readDir lists a folder as [fs.ReadDir] does, but in no order: a tree sorts its
// files anyway.
func readDir(fsys fs.FS, folder string) ([]fs.DirEntry, error) {
	f, err := fsys.Open(folder)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if d, ok := f.(fs.ReadDirFile); ok {
		return d.ReadDir(-1)
	}
	return fs.ReadDir(fsys, folder)
}

// stat says what to do with an entry that is not a folder: read it (info), tell
// why not (reason), or pass over it because it is gone (neither).
func (r *Reader) stat(p string, d fs.DirEntry) (info fs.FileInfo, reason string, err error) {
	if d.Type()&fs.ModeSymlink != 0 {
		info, err = fs.Stat(r.FS, p)
		switch {
		case err != nil:
			return nil, "a symbolic link that is broken or leaves the folder", nil
		case info.IsDir():
			return nil, "a symbolic link to a folder, which is not followed", nil
		}
	} else if info, err = d.Info(); err != nil {
		if vanished(err) {
			err = nil
		}
		return nil, "", err
	}
	if !info.Mode().IsRegular() {
		return nil, "not a regular file", nil
	}
	return info, "", nil
}

// vanished reports an entry that was deleted while the folder was read.
func vanished(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// Ignored reports whether a path's last element is never content: dot files,
// node_modules and the backups and locks of editors.
func Ignored(p string) bool {
	base := path.Base(p)
	return strings.HasPrefix(base, ".") || base == "node_modules" ||
		strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") && strings.HasSuffix(base, "#")
}

// file is the file of an entry, whose path had old in the tree before; nil for
// none. The first tree of all is not read again.
func (r *Reader) file(e entry, old *File, again bool) (*File, error) {
	s := stampOf(e.info)
	age := time.Duration(0)
	if again && r.Now != nil {
		age = r.Now().Sub(s.changed())
		if old != nil && old.stamp == s && age > youngFile {
			return old, nil
		}
	}
	f, err := r.read(e)
	if vanished(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f.stamp = s
	if again && r.Now != nil && age >= 0 && age < unsettled && (f.Size == 0 || f.Size < s.size) {
		return nil, errSaving
	}
	if old != nil && old.Sum == f.Sum && old.stamp == s {
		return old, nil
	}
	return f, nil
}

// errSaving says that a file is in the middle of a save.
var errSaving = errors.New("being saved")

func (r *Reader) read(e entry) (*File, error) {
	if e.info.Size() <= StreamAbove || IsMarkdown(e.path) || IsYAML(e.path) {
		data, err := readAll(r.FS, e)
		if err != nil {
			return nil, err
		}
		f := NewFile(e.path, data)
		f.fsys = r.FS
		return f, nil
	}
	fsys, p := r.FS, e.path
	f := &File{Path: p, open: func() (io.ReadCloser, error) { return fsys.Open(p) }}
	content, err := f.open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	h := sha256.New()
	if f.Size, err = io.Copy(h, content); err != nil {
		return nil, err
	}
	f.Sum = Sum(h.Sum(nil))
	return f, nil
}

// HardLimit is the size in bytes above which even Markdown and YAML are cut
// when they are read: enough to tell that a limit is passed, and no more.
const HardLimit = 64 << 20

func readAll(fsys fs.FS, e entry) ([]byte, error) {
	in, err := fsys.Open(e.path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data := make([]byte, 0, min(e.info.Size(), HardLimit)+1)
	for len(data) < HardLimit {
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		n, err := in.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.path, err)
		}
	}
	return data, nil
}

// IsYAML reports whether a file name says that the file is YAML.
func IsYAML(name string) bool {
	ext := path.Ext(name)
	return strings.EqualFold(ext, ".yaml") || strings.EqualFold(ext, ".yml")
}
