package output

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
)

// A plan is what is to be done, decided from one look at the output folder, and from what the files of the site are once they were made.
type plan struct {
	on       *inventory
	foreign  []foreign       // what is carried over
	met      map[string]bool // paths of the site where a foreign file lies, which must have the same content
	same     []fs.FileInfo   // for each file of the snapshot the equal file on disk; nil when it must be written
	manifest []byte          // the new one
}

// look looks at the output folder. The error is a RefusedError when it holds something foreign that would be lost.
func (p *publisher) look() (*plan, error) {
	pl := &plan{on: &inventory{}, same: make([]fs.FileInfo, p.site.Len())}
	if p.out == nil {
		return pl, nil
	}
	var err error
	if pl.on, err = takeInventory(p.out, p.claims); err != nil {
		return nil, p.failed("read", "", err)
	}
	pl.foreign, pl.met, err = p.settle(pl.on)
	return pl, err
}

// expects reports whether the file at a path of the site can be equal to it.
func (pl *plan) expects(path string) bool {
	d := pl.on.ours[path]
	return d != nil && d.Type().IsRegular() || pl.met[path]
}

// report counts what is done, once every file was compared.
func (pl *plan) report(s *Snapshot) Report {
	var r Report
	for _, info := range pl.same {
		if info != nil {
			r.Unchanged++
		}
	}
	r.Written = s.Len() - r.Unchanged
	r.Removed = len(pl.gone(s))
	return r
}

// gone lists what is ours on disk, and not of the snapshot; sorted.
func (pl *plan) gone(s *Snapshot) []string {
	var paths []string
	for path := range pl.on.ours {
		if _, ok := s.find(path); !ok {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// nothing reports that the folder holds the site already, and nothing is left of a killed publish.
func (p *publisher) nothing(pl *plan) bool {
	if p.out == nil || p.claims.journal || !bytes.Equal(p.claims.manifest, pl.manifest) || slices.Contains(pl.same, nil) {
		return false
	}
	if _, err := p.out.Lstat(stageName); err == nil {
		return false
	}
	for _, folder := range p.site.folders {
		if !hasMode(pl.on.folders[folder], folderMode) {
			return false
		}
	}
	return true
}

// settle looks for foreign files in the way of the site. It returns those to be carried over, and the paths of those that may have the
// content of the site's file at the same path, and then become the site's. With anything else the folder is refused.
func (p *publisher) settle(inv *inventory) (carried []foreign, met map[string]bool, err error) {
	met = make(map[string]bool)
	for _, f := range inv.foreign {
		_, wanted := p.site.find(f.path)
		switch {
		case wanted && f.info.Mode().IsRegular():
			met[f.path] = true
		case wanted || p.blocked(f):
			return nil, nil, p.inTheWay(f.path)
		default:
			carried = append(carried, f)
		}
	}
	return carried, met, nil
}

// inTheWay refuses the folder for a foreign file.
func (p *publisher) inTheWay(path string) error {
	return p.refuse(fmt.Sprintf("it holds %s, which Minutebook did not make, and the site needs that path", path))
}

// blocked reports that f lies where the site needs a folder, or in a folder where the site needs a file.
func (p *publisher) blocked(f foreign) bool {
	if !f.info.IsDir() && p.site.holds(f.path) {
		return true
	}
	for folder := range parents(f.path) {
		if _, ok := p.site.find(folder); ok {
			return true
		}
	}
	return false
}
