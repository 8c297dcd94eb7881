package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"sync"

	"minutebook/generator/parallel"
)

// A plan is what is to be done, decided from one look at the output folder.
type plan struct {
	on       *inventory
	same     []fs.FileInfo // for each file of the snapshot the equal file on disk; nil when it must be written
	manifest []byte        // the new one
	foreign  []foreign     // what is carried over
	report   Report
}

// look decides what is to be done. The error is a RefusedError when a foreign file would be lost.
func (p *publisher) look(ctx context.Context) (*plan, error) {
	pl := &plan{on: &inventory{}, same: make([]fs.FileInfo, p.site.Len())}
	var err error
	if pl.manifest, err = manifestOf(p.site).encode(); err != nil {
		return nil, err
	}
	if p.out != nil {
		err = p.compareAll(ctx, pl)
	}
	if err != nil {
		return nil, err
	}
	pl.report = pl.count(p.site)
	return pl, nil
}

// compareAll reads the output folder and fills in what it says.
func (p *publisher) compareAll(ctx context.Context, pl *plan) error {
	var err error
	if pl.on, err = takeInventory(p.out, p.claims); err != nil {
		return p.failed("read", "", err)
	}
	err = parallel.Each(ctx, p.site.Len(), func(i int) error {
		f := &p.site.files[i]
		if d := pl.on.ours[f.Path]; d != nil && d.Type().IsRegular() {
			pl.same[i], _ = p.equal(f)
		}
		return nil
	})
	if err != nil {
		return err
	}
	pl.foreign, err = p.settle(pl.on, pl.same)
	return err
}

// count is the report of a plan that is carried out.
func (pl *plan) count(s *Snapshot) Report {
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

// hasMode reports whether d has the permissions of what we publish.
func hasMode(d fs.DirEntry, mode fs.FileMode) bool {
	if d == nil {
		return false
	}
	info, err := d.Info()
	return err == nil && rightMode(info, mode)
}

// rightMode compares permissions, where the system has them.
func rightMode(info fs.FileInfo, mode fs.FileMode) bool {
	return runtime.GOOS == "windows" || info.Mode().Perm() == mode
}

// settle looks for foreign files in the way of the site. It returns those to be carried over. One with the content of the site's
// file at the same path becomes the site's; with any other content the folder is refused.
func (p *publisher) settle(inv *inventory, same []fs.FileInfo) ([]foreign, error) {
	var carried []foreign
	for _, f := range inv.foreign {
		i, wanted := p.site.find(f.path)
		if wanted && f.info.Mode().IsRegular() {
			info, equal := p.equal(&p.site.files[i])
			if equal {
				same[i] = info
				continue
			}
		}
		if wanted || p.blocked(f) {
			return nil, p.refuse(fmt.Sprintf("it holds %s, which Minutebook did not make, and the site needs that path", f.path))
		}
		carried = append(carried, f)
	}
	return carried, nil
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

// equal reports whether the file on disk has the content of f. It describes that file, or is nil when it must be written again, for
// its content or for its mode. A file that cannot be read is not equal: it is replaced, or refused.
func (p *publisher) equal(f *File) (info fs.FileInfo, equal bool) {
	disk, err := p.out.Open(f.Path)
	if err != nil {
		return nil, false
	}
	defer disk.Close()
	info, err = disk.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() != f.Size || !equalContent(disk, f) {
		return nil, false
	}
	if !rightMode(info, fileMode) {
		return nil, true
	}
	return info, true
}

// buffers are for reading files while they are compared or copied.
var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// equalContent reads disk, which has the size of f.
func equalContent(disk *os.File, f *File) bool {
	buffer := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buffer)
	if f.Open != nil {
		hash := sha256.New()
		_, err := io.CopyBuffer(hash, onlyReader{disk}, buffer[:])
		return err == nil && bytes.Equal(hash.Sum(nil), f.Sum[:])
	}
	for rest := f.Data; len(rest) > 0; {
		n, err := io.ReadFull(disk, buffer[:min(len(rest), len(buffer))])
		if err != nil || !bytes.Equal(buffer[:n], rest[:n]) {
			return false
		}
		rest = rest[n:]
	}
	return true
}

// onlyReader hides the other methods of a file, which would not use the buffer of io.CopyBuffer.
type onlyReader struct{ io.Reader }
