package source

import (
	"path"
	"strings"
	"sync"
)

// An index tells where the files of a tree are. Trees with the same paths share
// one.
type index struct {
	places map[string]int // of files, by path

	// loosely is made when something is looked for that is not there.
	loosely func() loose
}

// loose are look-ups of paths that are written otherwise.
type loose struct {
	folded map[string]string   // lower-case path to path
	bases  map[string][]string // lower-case name of a file to its paths
}

func indexOf(files []*File) *index {
	x := &index{places: make(map[string]int, len(files))}
	paths := make([]string, len(files))
	for i, f := range files {
		x.places[f.Path], paths[i] = i, f.Path
	}
	x.loosely = sync.OnceValue(func() loose { return looseOf(paths) })
	return x
}

func looseOf(paths []string) loose {
	l := loose{make(map[string]string, len(paths)), make(map[string][]string, len(paths))}
	for _, p := range paths {
		low := strings.ToLower(p)
		l.folded[low] = p
		l.bases[path.Base(low)] = append(l.bases[path.Base(low)], p)
	}
	return l
}

// place is where the file at a path is in files.
func (t *Tree) place(path string) (i int, ok bool) {
	if t.index != nil {
		i, ok = t.index.places[path]
	}
	return i, ok
}

// Paths identifies the paths of a tree's files: it is the same value only for trees
// that have the same.
func (t *Tree) Paths() any { return t.index }

// Folded is the path of the file that a path means when letter case does not
// matter, the last of several; "" when there is none.
func (t *Tree) Folded(path string) string {
	if t.index == nil {
		return ""
	}
	return t.index.loosely().folded[strings.ToLower(path)]
}

// Named are the paths of the files of a name, in any folder and letter case,
// sorted.
func (t *Tree) Named(base string) []string {
	if t.index == nil {
		return nil
	}
	return t.index.loosely().bases[strings.ToLower(base)]
}
