package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"

	"minutebook/generator/parallel"
)

// A stage is a folder that is being filled, out of sight: nobody but its owner may enter it until it is shown. Everything in it is new, so
// no write can follow a link or reach a file that has other names. It is made when the first thing is written to it.
type stage struct {
	*publisher
	begin func() error // makes the folder and those of the site in it; once, and from any goroutine
	dir   string       // absolute
	root  *os.Root     // nil before begin
}

// newStage describes a folder with a name relative to the output folder. What must be done before the folder is made may be nil.
func (p *publisher) newStage(name string, before func() error) *stage {
	st := &stage{publisher: p, dir: p.abs(name)}
	st.begin = sync.OnceValue(func() error {
		if before != nil {
			if err := before(); err != nil {
				return err
			}
		}
		if err := st.make(name); err != nil {
			return err
		}
		return st.makeFolders(st.root)
	})
	return st
}

// make makes the folder. The error is a cannotReplace where nothing can be made beside an existing output folder.
func (st *stage) make(name string) error {
	err := st.at("stage", name)
	if err == nil {
		err = os.Mkdir(st.dir, 0o700)
	}
	if st.out != nil && closed(err) {
		return &cannotReplace{st.failed("make", name, err)}
	}
	if err != nil {
		return st.failed("make", name, err)
	}
	if st.root, err = os.OpenRoot(st.dir); err != nil {
		return errors.Join(st.failed("open", name, err), os.Remove(st.dir))
	}
	return nil
}

// removeStage removes the stage that a killed publish left.
func (p *publisher) removeStage(name string) error {
	if err := removeTree(p.abs(name)); err != nil {
		return p.failed("remove", name, err)
	}
	return nil
}

// discard removes the stage with everything in it.
func (st *stage) discard() error {
	if st.root == nil {
		return nil
	}
	st.root.Close()
	return removeTree(st.dir)
}

// removeTree removes a folder, or a link, whatever its permissions. Links in it are not followed.
func removeTree(path string) error {
	err := os.RemoveAll(path)
	if !errors.Is(err, fs.ErrPermission) {
		return err
	}
	filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			os.Chmod(name, 0o700) // a carried folder that its owner may not write to
		}
		return nil
	})
	return os.RemoveAll(path)
}

// makeFolders makes the folders of the site in a tree.
func (p *publisher) makeFolders(root *os.Root) error {
	for _, folder := range p.site.folders {
		err := p.at("make", folder)
		if err == nil {
			err = makeFolder(root, folder, folderMode)
		}
		if err != nil {
			return p.failed("make", folder, err)
		}
	}
	return nil
}

// makeFolder makes a folder, or gives an existing one the mode.
func makeFolder(root *os.Root, folder string, mode fs.FileMode) error {
	err := root.Mkdir(folder, mode)
	if err == nil || errors.Is(err, fs.ErrExist) {
		err = tolerate(root.Chmod(folder, mode)) // Mkdir obeys the umask
	}
	return err
}

// tolerate takes the error of a change of mode. What we made is ours, so permission is only denied where a file system has no modes, or
// in place for a folder of another user, whose mode is theirs to decide.
func tolerate(err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

// write makes one new file of the site.
func (st *stage) write(ctx context.Context, f *File) error {
	err := st.at("write", f.Path)
	if err == nil {
		err = create(st.root, f.Path, fileMode, func(w *os.File) error { return f.copyTo(ctx, w) })
	}
	if err != nil {
		return st.failed("write", f.Path, err)
	}
	return nil
}

// create makes a file that does not exist, with exactly the mode, and fills it.
func create(root *os.Root, name string, mode fs.FileMode, fill func(w *os.File) error) error {
	w, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	err = fill(w)
	if err == nil {
		err = setMode(w, mode)
	}
	if closed := w.Close(); err == nil {
		err = closed
	}
	return err
}

// setMode gives a file the mode that its opening asked for, where the umask took
// from it. To look first is cheaper than to change nothing.
func setMode(w *os.File, mode fs.FileMode) error {
	info, err := w.Stat()
	if err == nil && info.Mode().Perm() == mode {
		return nil
	}
	return tolerate(w.Chmod(mode))
}

var errCopied = errors.New("the source changed while it was copied")

// copyTo writes the content. A stream must have the size and the sum that it was announced with.
func (f *File) copyTo(ctx context.Context, w io.Writer) error {
	if f.Stream != nil {
		return f.streamTo(ctx, w)
	}
	if f.Open == nil {
		page := pages.Get().(*bytes.Buffer)
		defer pages.Put(page)
		made, err := f.made(page)
		if err == nil {
			_, err = w.Write(made.Data)
		}
		return err
	}
	source, err := f.Open()
	if err != nil {
		return err
	}
	defer source.Close()
	buffer := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buffer)
	hash := sha256.New()
	limited := io.LimitReader(&patientReader{ctx, source}, f.Size+1)
	n, err := io.CopyBuffer(struct{ io.Writer }{io.MultiWriter(w, hash)}, limited, buffer[:])
	if err == nil && (n != f.Size || !bytes.Equal(hash.Sum(nil), f.Sum[:])) {
		return errCopied
	}
	return err
}

// A patientReader stops when its context is done.
type patientReader struct {
	ctx context.Context
	io.Reader
}

func (r *patientReader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(b)
}

// pages are for the content of one file that is made, compared and written.
var pages = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// fill makes and compares the files of the site, and writes those that differ from the disk. No content outlives its turn.
func (st *stage) fill(ctx context.Context, pl *plan) error {
	turn := spread(st.site.Len(), runtime.GOMAXPROCS(0))
	err := parallel.Each(ctx, st.site.Len(), func(i int) (err error) {
		i = turn(i)
		pl.same[i], err = st.bring(ctx, pl, i)
		return err
	})
	if err == nil {
		pl.manifest, err = manifestOf(st.files).encode()
	}
	return err
}

// spread is an order of n files in which those that are near to one another are far apart in time: two processors that make files in
// one folder wait for one another, and burn a quarter of the time that the system needs.
func spread(n, workers int) func(i int) int {
	stride := (n + workers - 1) / workers
	whole := n - (stride-1)*workers // columns that have stride files; the others have one less
	if n%workers == 0 {
		whole = workers
	}
	return func(i int) int {
		row, column := i/workers, i%workers
		return column*stride - max(0, column-whole) + row
	}
}

// bring makes one file of the site. It returns the equal file on disk, or writes it to the stage.
func (st *stage) bring(ctx context.Context, pl *plan, i int) (fs.FileInfo, error) {
	if f := &st.files[i]; f.Stream != nil {
		return st.bringStream(ctx, pl, f)
	}
	page := pages.Get().(*bytes.Buffer)
	defer pages.Put(page)
	f, err := st.files[i].made(page)
	if err != nil {
		return nil, st.failed("write", st.files[i].Path, err)
	}
	st.files[i].Size, st.files[i].Sum = f.Size, f.Sum
	if pl.expects(f.Path) {
		info, equal := st.equal(&f)
		if info != nil {
			return info, nil
		}
		if !equal && pl.met[f.Path] {
			return nil, st.inTheWay(f.Path)
		}
	}
	if err := st.begin(); err != nil {
		return nil, err
	}
	return nil, st.write(ctx, &f)
}

// complete adds what is not written: second names of the equal files on disk, when link is set, and the manifest.
func (st *stage) complete(ctx context.Context, pl *plan, link bool) error {
	if err := st.begin(); err != nil {
		return err
	}
	err := parallel.Each(ctx, st.site.Len(), func(i int) error {
		if !link || pl.same[i] == nil {
			return nil
		}
		return st.reuse(ctx, &st.files[i], pl.same[i])
	})
	if err != nil {
		return err
	}
	return st.write(ctx, &File{Path: manifestName, Data: pl.manifest})
}

// link gives a file a second name, at the same place in another tree. It does not follow a link.
func (p *publisher) link(path, from, to string) error {
	if err := p.at("link", path); err != nil {
		return err
	}
	name := filepath.FromSlash(path)
	return os.Link(filepath.Join(from, name), filepath.Join(to, name))
}

// reuse gives the equal file on disk a second name in the stage. Where that is not possible, or the file was replaced since it was
// compared, the content is written, and made once more for that.
func (st *stage) reuse(ctx context.Context, f *File, equal fs.FileInfo) error {
	err := st.link(f.Path, st.path, st.dir)
	if errors.Is(err, syscall.EXDEV) {
		return &cannotReplace{st.failed("link", f.Path, err)}
	}
	if err != nil {
		return st.write(ctx, f)
	}
	info, err := st.root.Lstat(f.Path)
	if err == nil && os.SameFile(info, equal) {
		return nil
	}
	if err := st.root.Remove(f.Path); err != nil {
		return st.failed("write", f.Path, err)
	}
	return st.write(ctx, f)
}
