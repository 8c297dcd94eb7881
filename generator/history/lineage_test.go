package history

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A forward model tells what each file's past is by going with the time: a past
// is a list of commits, and moves with its file.
type model struct {
	files map[string][]int // what is there: the commits that changed it
	gone  map[string][]int // what was there, at paths that no file left by a rename
}

// step makes up a commit and does it.
func (m *model) step(rng *rand.Rand, n int) (changes []change) {
	free := func(p string) bool { return m.files[p] == nil && !touched(changes, p) }
	for range rng.IntN(3) + 1 {
		path := string(rune('a' + rng.IntN(6)))
		old := string(rune('a' + rng.IntN(6)))
		switch {
		case free(path) && !free(old) && m.files[old] != nil && !touched(changes, old) && rng.IntN(2) == 0:
			same := rng.IntN(2) == 0
			past := append(m.gone[path], m.files[old]...)
			if !same {
				past = append(past, n)
			}
			m.files[path] = past
			delete(m.files, old)
			delete(m.gone, path)
			changes = append(changes, change{status: 'R', path: path, old: old, blob: fmt.Sprint(n), same: same})
		case free(path):
			m.files[path] = append(m.gone[path], n)
			delete(m.gone, path)
			changes = append(changes, change{status: 'A', path: path, blob: fmt.Sprint(n)})
		case touched(changes, path):
		case rng.IntN(3) == 0:
			m.gone[path] = m.files[path]
			delete(m.files, path)
			changes = append(changes, change{status: 'D', path: path})
		default:
			m.files[path] = append(m.files[path], n)
			changes = append(changes, change{status: 'M', path: path, blob: fmt.Sprint(n)})
		}
	}
	return changes
}

func touched(changes []change, path string) bool {
	return slices.ContainsFunc(changes, func(c change) bool { return c.path == path || c.old == path })
}

// Going backwards gives each file the past that it has going forwards, for any
// sequence of additions, changes, renames and deletions.
func TestLineageIsTheModel(t *testing.T) {
	for seed := range uint64(3000) {
		rng := rand.New(rand.NewPCG(seed, 0))
		m := model{files: map[string][]int{}, gone: map[string][]int{}}
		var commits [][]change
		for n := range 12 {
			commits = append(commits, m.step(rng, n))
		}
		var l lineage
		for i := len(commits) - 1; i >= 0; i-- {
			l.add(&commit{hash: fmt.Sprint(i), index: len(commits) - i}, commits[i])
		}
		got := map[string]string{}
		for path, p := range l.files() {
			var of []string
			for _, v := range slices.Backward(p.versions) {
				of = append(of, v.commit.hash)
			}
			got[path] = strings.Join(of, " ")
		}
		want := map[string]string{}
		for path, of := range m.files {
			slices.Sort(of)
			want[path] = strings.Trim(fmt.Sprint(of), "[]")
		}
		if !maps.Equal(got, want) {
			t.Fatalf("seed %d: got %v, want %v of %+v", seed, got, want, commits)
		}
	}
}

// Two files that change places in one commit keep their pasts.
func TestLineageSwap(t *testing.T) {
	var l lineage
	l.add(&commit{index: 0, hash: "swap"}, []change{{status: 'R', path: "a", old: "b", same: true}, {status: 'R', path: "b", old: "a", same: true}})
	l.add(&commit{index: 1, hash: "add"}, []change{{status: 'A', path: "a", blob: "1"}, {status: 'A', path: "b", blob: "2"}})
	files := l.files()
	if a, b := files["a"].versions, files["b"].versions; len(a) != 1 || a[0].blob != "2" || len(b) != 1 || b[0].blob != "1" {
		t.Errorf("a has %v, b has %v", a, b)
	}
}
