package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"minutebook/generator/parallel"
)

// A Snapshot is all files of one build, sorted by path. It is immutable and safe for concurrent use. The zero Snapshot is an empty
// site.
type Snapshot struct {
	files   []File
	folders []string // every folder that holds a file, at any depth; sorted; the root is not among them
}

// NewSnapshot makes a snapshot of files, in any order. It takes over the Data of each file, which must not be changed later. It is an
// error if a path is not valid, reserved, given twice, or both a file and a folder, if a file with Open has no size and sum, or one with
// Make has them. Nothing is made.
func NewSnapshot(files []File) (*Snapshot, error) {
	s := &Snapshot{files: sorted(files)}
	if err := s.complete(); err != nil {
		return nil, err
	}
	s.folders = foldersOf(s.files)
	for _, folder := range s.folders {
		if _, ok := s.find(folder); ok {
			return nil, fmt.Errorf("output: %s is both a file and a folder", folder)
		}
	}
	return s, nil
}

// complete checks all files, and fills in sizes and sums of those that hold their content.
func (s *Snapshot) complete() error {
	const chunk = 256
	return parallel.Each(context.Background(), (len(s.files)+chunk-1)/chunk, func(n int) error {
		for i := n * chunk; i < min(len(s.files), (n+1)*chunk); i++ {
			f := &s.files[i]
			if err := f.validate(); err != nil {
				return err
			}
			if i > 0 && f.Path == s.files[i-1].Path {
				return fmt.Errorf("output: two files have the path %s", f.Path)
			}
			f.sum()
		}
		return nil
	})
}

// sum fills in the size and sum of a file that holds its content.
func (f *File) sum() {
	if f.Open != nil || f.Make != nil {
		return
	}
	f.Size = int64(len(f.Data))
	if f.Sum == [sha256.Size]byte{} {
		f.Sum = sha256.Sum256(f.Data)
	}
}

// sorted are files in the order of their paths. Those of a build come in a few runs that are in order already, a long one of them: runs
// are found and merged, which compares each file a few times only.
func sorted(files []File) []File {
	order := make([]int32, len(files))
	var ends []int // of the runs
	for i := range files {
		order[i] = int32(i)
		if i > 0 && comparePath(&files[i-1], &files[i]) > 0 {
			ends = append(ends, i)
		}
	}
	order = mergeRuns(files, order, 0, append(ends, len(files)))
	list := make([]File, len(files))
	for i, n := range order {
		list[i] = files[n]
	}
	return list
}

// mergeRuns sorts numbers of files that are in order from each end to the next; the first of them is at from. Each merge is of two parts
// of about one size, as far as runs allow.
func mergeRuns(files []File, order []int32, from int, ends []int) []int32 {
	if len(ends) < 2 {
		return order
	}
	half, _ := slices.BinarySearch(ends, from+len(order)/2)
	half = min(half, len(ends)-2)
	middle := ends[half]
	x := mergeRuns(files, order[:middle-from], from, ends[:half+1])
	y := mergeRuns(files, order[middle-from:], middle, ends[half+1:])
	merged := make([]int32, 0, len(order))
	for len(x) > 0 && len(y) > 0 {
		if comparePath(&files[y[0]], &files[x[0]]) < 0 {
			merged, y = append(merged, y[0]), y[1:]
		} else {
			merged, x = append(merged, x[0]), x[1:]
		}
	}
	return append(append(merged, x...), y...)
}

// foldersOf lists the folders of sorted files, parents before what they hold.
func foldersOf(files []File) []string {
	seen := make(map[string]bool)
	last := ""
	for i := range files {
		name := files[i].Path
		if folder := name[:max(0, strings.LastIndexByte(name, '/'))]; folder != last {
			addFolders(seen, name)
			last = folder
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// addFolders adds to folders every folder above name.
func addFolders(folders map[string]bool, name string) {
	for folder := range parents(name) {
		if folders[folder] {
			return // and so are those above
		}
		folders[folder] = true
	}
}

func comparePath(a, b *File) int { return strings.Compare(a.Path, b.Path) }

// find is the index of the file at path.
func (s *Snapshot) find(path string) (int, bool) {
	return slices.BinarySearchFunc(s.files, path, func(f File, path string) int { return strings.Compare(f.Path, path) })
}

// holds reports whether path is a folder of the site.
func (s *Snapshot) holds(path string) bool {
	_, ok := slices.BinarySearch(s.folders, path)
	return ok
}

// Lookup returns the file at path, which must not be changed.
func (s *Snapshot) Lookup(path string) (*File, bool) {
	i, ok := s.find(path)
	if !ok {
		return nil, false
	}
	return &s.files[i], true
}

// Files returns all files, sorted by path. The slice must not be changed.
func (s *Snapshot) Files() []File { return slices.Clip(s.files) }

// Len is the number of files.
func (s *Snapshot) Len() int { return len(s.files) }

// Since tells how s differs from an earlier snapshot; nil stands for an empty one. Files count as changed when their content is.
// Those with Make are made to be compared, one after the other; one that cannot be made counts as changed. Only files whose
// path is wanted are looked at; nil: all.
func (s *Snapshot) Since(prev *Snapshot, wanted func(path string) bool) Delta {
	if prev == nil {
		prev = &Snapshot{}
	}
	if wanted == nil {
		wanted = func(string) bool { return true }
	}
	var d Delta
	now, was := s.files, prev.files
	for len(now) > 0 || len(was) > 0 {
		switch order := compareFirst(now, was); {
		case order < 0:
			if wanted(now[0].Path) {
				d.Added = append(d.Added, now[0].Path)
			}
			now = now[1:]
		case order > 0:
			if wanted(was[0].Path) {
				d.Removed = append(d.Removed, was[0].Path)
			}
			was = was[1:]
		default:
			if wanted(now[0].Path) && !sameContent(&now[0], &was[0]) {
				d.Changed = append(d.Changed, now[0].Path)
			}
			now, was = now[1:], was[1:]
		}
	}
	return d
}

func sameContent(a, b *File) bool {
	x, errX := a.made(new(bytes.Buffer))
	y, errY := b.made(new(bytes.Buffer))
	return errX == nil && errY == nil && x.Sum == y.Sum
}

// compareFirst orders the first files of two lists, of which one at most is empty; an empty list comes last.
func compareFirst(a, b []File) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	return comparePath(&a[0], &b[0])
}
