package history

import (
	"cmp"
	"slices"
)

// A past is the line of versions of one file, through its renames.
type past struct {
	path     string // where the file is in HEAD, if it is
	versions []version
	born     bool  // its beginning was seen: added, or renamed to this path
	gone     bool  // the newest thing seen of it is that it was deleted
	into     *past // the past that this one turned out to be a part of
}

// A version is a content that a file had.
type version struct {
	commit *commit
	path   string   // of then
	blob   string   // the name of the content
	before []string // the names of the contents before, see change
	added  bool     // the file was not there before
	joined bool     // by a merge: nobody need have changed anything
}

// add puts an older version at the end. Most merges only took over what came
// last, and say nothing.
func (p *past) add(v version) {
	if last := len(p.versions) - 1; last >= 0 && p.versions[last].tookOver(&v) {
		p.versions[last] = v
		return
	}
	p.versions = append(p.versions, v)
}

// tookOver reports whether v is a merge that has what the version before it has,
// where all others had what stood before that.
func (v *version) tookOver(older *version) bool {
	return v.joined && v.blob == older.blob &&
		!slices.ContainsFunc(v.before, func(name string) bool { return !slices.Contains(older.before, name) })
}

// end is the past that p is a part of.
func (p *past) end() *past {
	for p.into != nil {
		p = p.into
	}
	return p
}

// A lineage follows files backwards in time, from the newest commit to the
// oldest. Once a rename is seen, what is older of the old path belongs to the
// file under its new path. A file that is added where another was deleted goes
// on with that one's past: mostly it is the same, brought back.
type lineage struct {
	owner map[string]*past // whose past a path is at the moment that was reached
	all   []*past
}

// add takes the next commit. All its changes happened at once: two files may
// have changed places.
func (l *lineage) add(c *commit, changes []change) {
	owners := make([]*past, len(changes))
	for i, ch := range changes {
		owners[i] = l.at(ch)
		if ch.status == 'A' || ch.status == 'R' {
			owners[i].born = true
		}
		if ch.status != 'D' && !ch.same {
			owners[i].add(version{c, ch.path, ch.blob, ch.before, ch.status == 'A', ch.status == 'J'})
		}
	}
	for i, ch := range changes {
		if ch.status == 'R' {
			l.rename(ch.old, owners[i].end())
		}
	}
}

// at is the past that a change belongs to.
func (l *lineage) at(ch change) *past {
	if l.owner == nil {
		l.owner = map[string]*past{}
	}
	p := l.owner[ch.path]
	if p == nil {
		p = &past{path: ch.path, gone: ch.status == 'D'}
		l.owner[ch.path] = p
		l.all = append(l.all, p)
	}
	return p.end()
}

// rename says that a file had another path before. A past that was seen under
// that path without a beginning is the same file, changed on another branch.
func (l *lineage) rename(old string, p *past) {
	if other := l.owner[old]; other != nil {
		if other = other.end(); other != p && !other.born {
			p.versions = append(p.versions, other.versions...)
			other.into, other.versions = p, nil
		}
	}
	l.owner[old] = p
}

// files are the pasts by path, of files that are still there.
func (l *lineage) files() map[string]*past {
	files := make(map[string]*past, len(l.all))
	for _, p := range l.all {
		if p.into == nil && !p.gone {
			slices.SortStableFunc(p.versions, func(a, b version) int { return cmp.Compare(a.commit.index, b.commit.index) })
			all := p.versions
			p.versions = all[:0]
			for _, v := range all { // those of two paths may have come together
				p.add(v)
			}
			files[p.path] = p
		}
	}
	return files
}
