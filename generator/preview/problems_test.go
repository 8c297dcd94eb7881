package preview

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"minutebook/generator/diag"
)

// Of many problems those are listed that a sort of all would put first: those of
// the page, then errors, then warnings; remarks never.
func TestWorst(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 30, 120, 400} {
		for _, here := range []string{"", "b.md"} {
			problems := make(diag.List, n)
			for i := range problems {
				problems[i] = diag.Diagnostic{
					Path: []string{"a.md", "b.md", "c.md"}[random.IntN(3)], Severity: diag.Severity(random.IntN(3)), Message: fmt.Sprint(i),
				}
			}
			want := slices.DeleteFunc(slices.Clone(problems), func(d diag.Diagnostic) bool { return d.Severity == diag.Info })
			rank := func(d diag.Diagnostic) int {
				if d.Path == here {
					return int(d.Severity) + 10
				}
				return int(d.Severity)
			}
			slices.SortStableFunc(want, func(a, b diag.Diagnostic) int { return rank(b) - rank(a) })
			want = want[:min(len(want), listed)]
			if got := worst(problems, here); len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
				t.Errorf("of %d problems for %q: %v, want %v", n, here, got, want)
			}
		}
	}
}
