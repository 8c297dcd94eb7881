package site

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"minutebook/generator/frontmatter"
)

// likeness is which part of their texts two files share, at the least, to be
// taken for one that was moved and edited; git takes the same part.
const likeness = 0.5

// mostLines is how many lines are compared with others at most, so that a change
// of strangers cannot make this take long. Whoever moves more files than that
// allows in one change does not edit them all.
const mostLines = 10_000_000

// Moved says what became of the records of an earlier site whose files are no
// longer there: the record of a new file that names the old address among its
// aliases, that has the same content, id or title, or most of the lines. No new
// record stands for two old ones. Records that became nothing are not in it.
func Moved(before, after *Site) map[*Record]*Record {
	var gone, fresh []*Record
	for _, r := range before.Records {
		if after.Record(r.File.Path) == nil {
			gone = append(gone, r)
		}
	}
	for _, r := range after.Records {
		if before.Record(r.File.Path) == nil {
			fresh = append(fresh, r)
		}
	}
	m := moves{became: map[*Record]*Record{}, taken: map[*Record]bool{}}
	m.pair(gone, fresh, oldPaths, func(old *Record) string { return old.File.Path })
	for _, key := range []func(*Record) string{
		func(r *Record) string { return r.File.Sum.String() },
		func(r *Record) string { return r.Kind.Name + "\x00" + strings.ToLower(r.ID) },
		func(r *Record) string { return r.Kind.Name + "\x00" + r.Title },
	} {
		m.pair(gone, fresh, func(r *Record) []string { return []string{key(r)} }, key)
	}
	m.alike(gone, fresh)
	return m.became
}

// moves are the pairs that were found so far.
type moves struct {
	became map[*Record]*Record
	taken  map[*Record]bool // new records that stand for an old one
}

// oldPaths are the files that a record's aliases stand for.
func oldPaths(r *Record) []string {
	var list []string
	for _, item := range r.Items("aliases") {
		alias := strings.TrimPrefix(item.Text, "/")
		switch page, isPage := strings.CutSuffix(alias, ".html"); {
		case isPage:
			alias = page + ".md"
		case strings.HasSuffix(alias, "/"):
			alias += "README.md"
		}
		list = append(list, alias)
	}
	return list
}

// pair pairs the records for which a key fits, and fits no others.
func (m *moves) pair(gone, fresh []*Record, keysOf func(*Record) []string, keyOf func(*Record) string) {
	byKey, number := map[string]*Record{}, map[string]int{}
	for _, r := range fresh {
		if m.taken[r] {
			continue
		}
		for _, key := range keysOf(r) {
			byKey[key] = r
			number[key]++
		}
	}
	asked := map[string]int{}
	for _, old := range gone {
		if m.became[old] == nil {
			asked[keyOf(old)]++
		}
	}
	for _, old := range gone {
		key := keyOf(old)
		if now := byKey[key]; m.became[old] == nil && now != nil && number[key] == 1 && asked[key] == 1 && !m.taken[now] {
			m.became[old], m.taken[now] = now, true
		}
	}
}

// alike pairs what is left by the lines that files share, the likest first.
func (m *moves) alike(gone, fresh []*Record) {
	gone = slices.DeleteFunc(slices.Clone(gone), func(r *Record) bool { return m.became[r] != nil })
	fresh = slices.DeleteFunc(slices.Clone(fresh), func(r *Record) bool { return m.taken[r] })
	type pair struct {
		old, now *Record
		share    float64
	}
	var pairs []pair
	texts := make([]map[string]int, len(fresh))
	for i, now := range fresh {
		texts[i] = linesOf(now)
	}
	left := mostLines
	for _, old := range gone {
		lines := linesOf(old)
		for i, now := range fresh {
			if left -= len(lines) + len(texts[i]); left < 0 {
				return
			}
			if share := shared(lines, texts[i]); share >= likeness && old.Kind.Name == now.Kind.Name {
				pairs = append(pairs, pair{old, now, share})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.share, a.share) })
	for _, p := range pairs {
		if m.became[p.old] == nil && !m.taken[p.now] {
			m.became[p.old], m.taken[p.now] = p.now, true
		}
	}
}

// linesOf counts the lines of a record's body: front matters are alike where
// documents are not.
func linesOf(r *Record) map[string]int {
	block, _ := frontmatter.Split(r.File)
	lines := map[string]int{}
	for line := range bytes.Lines(r.File.Data[block.Body.Start:block.Body.End]) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			lines[string(line)]++
		}
	}
	return lines
}

// shared is the part of the longer body, in bytes, that stands in lines which
// are in both.
func shared(a, b map[string]int) float64 {
	var both, inA, inB int
	for line, n := range a {
		inA += n * len(line)
		both += min(n, b[line]) * len(line)
	}
	for line, n := range b {
		inB += n * len(line)
	}
	return float64(both) / float64(max(inA, inB, 1))
}
