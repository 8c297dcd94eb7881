package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
)

// Writing in place, for folders that cannot be replaced. All content is written to a stage inside the output folder first. Then the
// journal says what is about to be ours; then come only removals and renames, and the manifest as the last of them; then the journal is
// removed. A journal that is found later means that a publish was killed between the two: what it lists counts as listed by the
// manifest, so that the next publish can compare it, replace it and remove it.
//
// The lock lies inside as well, and taking it changes the folder. So it is taken when something is to be written, and not before.

// rewrite publishes by renaming files into the existing folder.
func (p *publisher) rewrite(ctx context.Context) (Report, error) {
	if err := p.awaitInPlace(ctx); err != nil {
		return Report{}, err
	}
	defer p.unlockInside()
	r, err := p.tryRewrite(ctx)
	if errors.Is(err, errOvertaken) {
		return p.tryRewrite(ctx) // now with the lock
	}
	return r, err
}

// errOvertaken says that the folder is not what it was when we looked at it.
var errOvertaken = errors.New("another process published meanwhile")

func (p *publisher) tryRewrite(ctx context.Context) (Report, error) {
	if err := p.open(); err != nil {
		return Report{}, err
	}
	pl, err := p.look()
	if err != nil {
		return Report{}, err
	}
	return p.newStage(stageName, func() error { return p.lockInside(ctx) }).rewrite(ctx, pl)
}

// lockInside takes the lock inside the folder, unless it is held already, and clears away what a killed publish left. The error is
// errOvertaken when others may have renamed files since we looked: what was compared may not be there any more.
func (p *publisher) lockInside(ctx context.Context) error {
	if p.inside == nil {
		l, err := p.lock(ctx, lockName)
		if err != nil {
			return err
		}
		p.inside = l
		if p.overtaken() {
			return errOvertaken
		}
	}
	return p.removeStage(stageName)
}

// overtaken compares what the folder says of itself with what it said. With a journal that tells nothing: files were being renamed
// while we looked.
func (p *publisher) overtaken() bool {
	if p.out == nil || p.claims.journal || p.still() != nil {
		return true
	}
	now, err := readClaims(p.out)
	return err != nil || now.journal || !bytes.Equal(now.manifest, p.claims.manifest)
}

func (p *publisher) unlockInside() {
	if p.inside != nil {
		p.inside.release()
		p.inside = nil
	}
}

// rewrite fills the stage, and renames its files into the output folder.
func (st *stage) rewrite(ctx context.Context, pl *plan) (Report, error) {
	err := st.fill(ctx, pl)
	if err == nil && st.nothing(pl) {
		return pl.report(st.site), nil
	}
	if err == nil {
		err = st.complete(ctx, pl, false)
	}
	if err == nil {
		err = st.writeJournal()
	}
	if err == nil {
		st.shown = true
		err = st.commit(pl)
	}
	return pl.report(st.site), errors.Join(err, st.discard())
}

// writeJournal lists what is ours, before and after.
func (st *stage) writeJournal() error {
	data, err := manifestOf(st.files).union(st.claims).encode()
	if err != nil {
		return err
	}
	if err := st.write(context.Background(), &File{Path: journalName, Data: data}); err != nil {
		return err
	}
	return st.move(journalName)
}

// move renames a file of the stage into the output folder. It replaces a file or a link there, and follows none.
func (st *stage) move(path string) error {
	err := st.at("rename", path)
	if err == nil {
		err = st.out.Rename(stageName+"/"+path, path)
	}
	if err != nil {
		return st.failed("write", path, err)
	}
	return nil
}

// commit brings the folder from the old site to the new one. What is no longer wanted goes first: a file may stand where a folder is
// needed, or have the same name in another case.
func (st *stage) commit(pl *plan) error {
	err := st.clear(pl)
	if err == nil {
		err = st.makeFolders(st.out)
	}
	for i := range st.site.files {
		if err == nil && pl.same[i] == nil {
			err = st.move(st.site.files[i].Path)
		}
	}
	if err == nil {
		err = st.move(manifestName)
	}
	if err == nil {
		err = st.remove(journalName)
	}
	if err != nil {
		return fmt.Errorf("%w; some files of the new site are in place, and the next run completes it", err)
	}
	return nil
}

// clear removes what is ours and not of the new site.
func (st *stage) clear(pl *plan) error {
	for _, path := range pl.gone(st.site) {
		if err := st.remove(path); err != nil {
			return err
		}
	}
	var folders []string
	for folder := range pl.on.folders {
		if !st.site.holds(folder) {
			folders = append(folders, folder)
		}
	}
	slices.Sort(folders)
	for _, folder := range slices.Backward(folders) {
		st.out.Remove(folder) // one with a foreign file in it stays
	}
	return nil
}

func (st *stage) remove(path string) error {
	err := st.at("remove", path)
	if err == nil {
		err = st.out.Remove(path)
	}
	if err != nil && !os.IsNotExist(err) {
		return st.failed("remove", path, err)
	}
	return nil
}
