package output

import (
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

// rewrite publishes by renaming files into the existing folder.
func (p *publisher) rewrite(ctx context.Context) (Report, error) {
	l, err := p.lock(ctx, lockName)
	if err != nil {
		return Report{}, err
	}
	defer l.release()
	if err := p.open(); err != nil {
		return Report{}, err
	}
	if err := p.removeStage(stageName); err != nil {
		return Report{}, err
	}
	pl, err := p.look(ctx)
	if err != nil {
		return Report{}, err
	}
	if p.nothing(pl) {
		return pl.report, nil
	}
	st, err := p.newStage(stageName)
	if err != nil {
		return Report{}, err
	}
	return pl.report, st.rewrite(ctx, pl)
}

// rewrite fills the stage, and renames its files into the output folder.
func (st *stage) rewrite(ctx context.Context, pl *plan) error {
	err := st.fill(ctx, pl, false)
	if err == nil {
		err = st.writeJournal()
	}
	if err == nil {
		st.shown = true
		err = st.commit(pl)
	}
	return errors.Join(err, st.discard())
}

// writeJournal lists what is ours, before and after.
func (st *stage) writeJournal() error {
	data, err := manifestOf(st.site).union(st.claims).encode()
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
