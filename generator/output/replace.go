package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// replace publishes by putting a new folder in the place of the old one.
func (p *publisher) replace(ctx context.Context) (Report, error) {
	if err := p.awaitInPlace(ctx); err != nil {
		return Report{}, err
	}
	if err := p.open(); err != nil {
		return Report{}, err
	}
	if err := p.removeStage(p.beside("stage")); err != nil {
		return Report{}, err
	}
	pl, err := p.look()
	if err == nil {
		err = p.replaceable(pl)
	}
	if err != nil {
		return Report{}, err
	}
	return p.newStage(p.beside("stage"), nil).replace(ctx, pl)
}

// awaitInPlace waits for a process that renames files in the folder, and may not hold the lock beside it; or removes what is left of
// its lock.
func (p *publisher) awaitInPlace(ctx context.Context) error {
	if _, err := os.Lstat(p.abs(lockName)); err != nil {
		return nil
	}
	l, err := p.lock(ctx, lockName)
	if err == nil {
		l.release()
	}
	return err
}

// replace fills the stage and puts it in the place of the output folder.
func (st *stage) replace(ctx context.Context, pl *plan) (Report, error) {
	err := st.fill(ctx, pl)
	if err == nil && st.nothing(pl) {
		return pl.report(st.site), nil
	}
	var seen []foreign
	if err == nil {
		seen, err = st.prepare(ctx, pl)
	}
	if err == nil {
		err = st.show()
	}
	if err != nil {
		return Report{}, errors.Join(err, st.discard())
	}
	st.shown = true
	return pl.report(st.site), st.dispose(ctx, seen)
}

// replaceable says beforehand why the folder cannot be replaced, as far as that is known.
func (p *publisher) replaceable(pl *plan) error {
	if p.out != nil && (p.options.inPlace || !canExchange) {
		return &cannotReplace{errors.ErrUnsupported}
	}
	if p.out != nil && mountPoint(p.path) {
		return &cannotReplace{syscall.EBUSY}
	}
	if pl.on.fixed != nil {
		return &cannotReplace{pl.on.fixed}
	}
	return nil
}

// prepare makes the stage ready to be shown. It returns the foreign files that it holds.
func (st *stage) prepare(ctx context.Context, pl *plan) (seen []foreign, err error) {
	err = st.complete(ctx, pl, true)
	if err == nil && st.out != nil {
		seen, err = st.carryForeign(ctx, pl)
	}
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(st.dir, folderMode); err != nil {
		return nil, st.failed("make", "", err)
	}
	return seen, ctx.Err()
}

// carryForeign carries what is foreign, and what came or changed while the stage was filled.
func (st *stage) carryForeign(ctx context.Context, pl *plan) ([]foreign, error) {
	m := &move{publisher: st.publisher, from: st.out, to: st.root, fromPath: st.path, toPath: st.dir}
	if err := m.follow(ctx, nil, pl.foreign); err != nil {
		return nil, err
	}
	now, err := st.lookAgain()
	if err != nil {
		return nil, err
	}
	if err := m.follow(ctx, pl.foreign, now); err != nil {
		return nil, err
	}
	return now, st.still()
}

// lookAgain lists the foreign files that lie in the output folder now. By now size and sum of the site's files are known.
func (p *publisher) lookAgain() ([]foreign, error) {
	err := p.at("look", "")
	if err != nil {
		return nil, p.failed("read", "", err)
	}
	inv, err := takeInventory(p.out, p.claims)
	if err != nil {
		return nil, p.failed("read", "", err)
	}
	if inv.fixed != nil {
		return nil, &cannotReplace{inv.fixed}
	}
	carried, met, err := p.settle(inv)
	for path := range met {
		i, _ := p.site.find(path)
		if _, equal := p.equal(&p.files[i]); !equal {
			return nil, p.inTheWay(path)
		}
	}
	return carried, err
}

// show is the moment at which readers see the new site. From then on the stage's path holds the old one.
func (st *stage) show() error {
	err := st.at("show", "")
	switch {
	case err != nil:
	case st.out == nil:
		st.root.Close() // Windows does not rename folders that are open
		err = os.Rename(st.dir, st.path)
	default:
		err = exchange(st.dir, st.path)
	}
	if err == nil {
		return nil
	}
	err = st.failed("replace", "", err)
	if st.out != nil && impossible(err) {
		return &cannotReplace{err}
	}
	return err
}

// impossible reports that an exchange failed for what the folders are, and not for a fault.
func impossible(err error) bool {
	for _, e := range []error{syscall.EXDEV, syscall.EBUSY, syscall.EINVAL, errors.ErrUnsupported, fs.ErrPermission} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// dispose removes the old tree. A foreign file that came into it between the last look and the exchange is carried over first.
func (st *stage) dispose(ctx context.Context, seen []foreign) error {
	defer st.root.Close()
	if st.out == nil {
		return nil
	}
	now, err := st.lookAgain()
	if err == nil {
		m := &move{publisher: st.publisher, from: st.out, to: st.root, fromPath: st.dir, toPath: st.path}
		err = m.follow(context.WithoutCancel(ctx), seen, now)
	}
	if err == nil {
		err = st.at("remove", "")
	}
	if err == nil {
		err = removeTree(st.dir)
	}
	if refused, ok := errors.AsType[*RefusedError](err); ok {
		err = errors.New(refused.Reason) // too late to refuse
	}
	if err != nil {
		return fmt.Errorf("the site is published, but what was in %s remains in %s: %w", st.name, filepath.Base(st.dir), cause(err))
	}
	return nil
}
