package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// Options are what Publish and Check need to know beside the folder.
type Options struct {
	// Protected are source folders, such as content and layouts. The output may be none of them, and no folder above one; it may
	// lie inside one.
	Protected []string
	// Wait is how long to wait for another process that publishes to the folder; 0 is not at all.
	Wait time.Duration
	// Notify is told once, in one sentence, when the wait begins; it may be nil.
	Notify func(string)

	inPlace bool                        // for tests: as if folders could not be exchanged
	step    func(op, path string) error // for tests: called before each step, which fails with the error
}

// Publish makes the folder dir hold the snapshot, and what was in it that is not Minutebook's; see the package comment. It makes the
// folder and those above it when they do not exist. When the folder holds the site already, nothing is touched.
//
// The error is a RefusedError (wrong use), a LockedError (another process did not end within Options.Wait), the error of ctx, or one of
// the world or of a File, that names the path and wraps its cause. The folder is then as it was, with two exceptions: when only the
// removal of the old tree failed the report says what was published, and a write in place that fails halfway is completed by the next
// Publish.
func Publish(ctx context.Context, dir string, s *Snapshot, o Options) (Report, error) {
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	t, err := inspect(dir, o)
	if err != nil {
		return Report{}, err
	}
	made, err := t.makeParents()
	if err == nil {
		p := &publisher{target: t, site: s, files: slices.Clone(s.files), options: o}
		var r Report
		if r, err = p.publish(ctx); err == nil || p.shown {
			return r, err
		}
	}
	for _, folder := range made {
		os.Remove(folder) // fails, as it should, if another process uses it
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return Report{}, err
}

// makeParents makes the folders above the output folder, and lists them, innermost first.
func (t *target) makeParents() (made []string, err error) {
	for dir := t.parent; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append(made, dir)
	}
	if err := os.MkdirAll(t.parent, folderMode); err != nil {
		return made, fmt.Errorf("make %s: %w", filepath.Dir(t.name), cause(err))
	}
	return made, nil
}

// A publisher is one call of Publish.
type publisher struct {
	target
	site    *Snapshot
	files   []File // of the site; size and sum of one with Make are filled in when it was made
	options Options
	out     *os.Root  // the output folder; nil when it does not exist
	inside  *fileLock // held while files are renamed in place
	shown   bool      // readers see the new site, or will: too late to give up
}

// A cannotReplace says why the folder cannot be replaced as a whole.
type cannotReplace struct{ error }

func (e *cannotReplace) Unwrap() error { return e.error }

// at lets a test fail, or watch, the next step.
func (p *publisher) at(op, path string) error {
	if p.options.step == nil {
		return nil
	}
	return p.options.step(op, path)
}

// failed says which published path an error is about.
func (p *publisher) failed(op, path string, err error) error {
	return fmt.Errorf("%s %s: %w", op, filepath.Join(p.name, filepath.FromSlash(path)), cause(err))
}

// beside names a file or folder of ours beside the output folder, relative to that.
func (p *publisher) beside(what string) string {
	return "../." + filepath.Base(p.path) + ownPrefix + what
}

// abs is the absolute path of a name relative to the output folder.
func (p *publisher) abs(name string) string { return filepath.Join(p.path, filepath.FromSlash(name)) }

// publish holds the lock.
func (p *publisher) publish(ctx context.Context) (Report, error) {
	defer p.close()
	l, err := p.lock(ctx, p.beside("lock"))
	if p.info != nil && closed(err) {
		return p.rewrite(ctx)
	}
	if err != nil {
		return Report{}, err
	}
	defer l.release()
	r, err := p.replace(ctx)
	if _, ok := errors.AsType[*cannotReplace](err); ok && !p.shown && ctx.Err() == nil {
		return p.rewrite(ctx)
	}
	return r, err
}

// closed reports that nothing can be made beside the output folder.
func closed(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// open looks at the folder again, now that nobody else publishes to it, and opens it.
func (p *publisher) open() error {
	p.close()
	t, err := inspect(p.name, p.options)
	if err != nil {
		return err
	}
	if t.path != p.path {
		return p.failed("open", "", errMoved)
	}
	p.target = t
	if t.info == nil {
		return nil
	}
	if p.out, err = os.OpenRoot(t.path); err != nil {
		return p.failed("open", "", err)
	}
	return p.still()
}

func (p *publisher) close() {
	if p.out != nil {
		p.out.Close()
		p.out = nil
	}
}

var errMoved = errors.New("the folder was moved meanwhile")

// still makes sure that the folder that is open is the one at the path.
func (p *publisher) still() error {
	opened, err := p.out.Stat(".")
	if err != nil {
		return p.failed("open", "", err)
	}
	info, err := os.Lstat(p.path)
	if err != nil {
		return p.failed("open", "", err)
	}
	if !os.SameFile(opened, info) {
		return p.failed("open", "", errMoved)
	}
	return nil
}
