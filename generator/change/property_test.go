package change_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"minutebook/generator/change"
	"minutebook/generator/source"
)

// Whatever is taken out, moved or edited in the example: what differs is told,
// the same each time, and what one direction adds the other removes.
func TestRandomChanges(t *testing.T) {
	tree, err := source.FromFS(os.DirFS("../../content"))
	if err != nil {
		t.Fatal(err)
	}
	seeds := uint64(8)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		random := rand.New(rand.NewPCG(seed, 1))
		before, after := edited(random, tree.Files()), edited(random, tree.Files())
		was, now := link(t, before), link(t, after)
		there, back := change.Compare(was, now), change.Compare(now, was)
		again := change.Compare(link(t, before), link(t, after))
		if written(t, &there, "json") != written(t, &again, "json") {
			t.Errorf("seed %d: it is told otherwise the second time", seed)
		}
		if a, b := paths(&there, change.Added), paths(&back, change.Removed); !slices.Equal(a, b) {
			t.Errorf("seed %d: adds %v, and back removes %v", seed, a, b)
		}
		told := map[string]bool{}
		for _, d := range there.Documents {
			told[d.Path], told[d.Was] = true, true
			if d.State != change.Renamed && d.State != change.Removed && len(d.Facts) == 0 && d.State != change.Added {
				t.Errorf("seed %d: nothing is told of %s, which is %s", seed, d.Path, d.State)
			}
		}
		for _, r := range now.Records {
			old := was.Record(r.File.Path)
			if (old == nil || old.File.Sum != r.File.Sum) && !told[r.File.Path] {
				t.Errorf("seed %d: %s differs", seed, r.File.Path)
			}
		}
	}
}

func paths(c *change.Change, s change.State) []string {
	var list []string
	for _, d := range c.Documents {
		if d.State == s {
			list = append(list, d.Path)
		}
	}
	slices.Sort(list)
	return list
}

// edited is a copy of files of which some are gone, moved, or have lost a line.
func edited(random *rand.Rand, files []*source.File) []*source.File {
	var list []*source.File
	for _, f := range files {
		switch random.IntN(12) {
		case 0:
		case 1:
			list = append(list, source.NewFile("moved/"+f.Path, f.Data))
		case 2, 3, 4:
			lines := bytes.SplitAfter(f.Data, []byte("\n"))
			i := random.IntN(len(lines))
			list = append(list, source.NewFile(f.Path, bytes.Join(slices.Delete(lines, i, i+1), nil)))
		default:
			list = append(list, source.NewFile(f.Path, f.Data))
		}
	}
	return list
}
