package history

// A merge is a commit of several parents while it is read: what it changed of
// each of them, as far as it differs.
type merge struct {
	commit *commit
	joined []change       // of files that are there after it
	place  map[string]int // in joined, by path
	added  map[string]int // how many parents lack a file
}

// add takes what is different from one parent.
func (m *merge) add(c *commit, changes []change) {
	if m.commit == nil {
		m.commit, m.place, m.added = c, map[string]int{}, map[string]int{}
	}
	for _, ch := range changes {
		if ch.status == 'D' {
			continue
		}
		i, known := m.place[ch.path]
		if !known {
			i = len(m.joined)
			m.place[ch.path] = i
			m.joined = append(m.joined, change{status: 'J', path: ch.path, blob: ch.blob})
		}
		m.joined[i].before = append(m.joined[i].before, ch.before...)
		if ch.status == 'A' {
			m.added[ch.path]++
		}
	}
}

// end tells what the merge did to files. One that no parent has came with it;
// any other stood in a parent, or was made of what stood in several.
func (m *merge) end(each func(*commit, []change)) {
	for i := range m.joined {
		if one := &m.joined[i]; m.added[one.path] == m.commit.parents {
			one.status = 'A'
		}
	}
	each(m.commit, m.joined)
	*m = merge{}
}
