package diag

import (
	"slices"
	"strings"
)

// Nearest is the candidate that a mistyped word most likely means, or "" when
// none is near. Letter case, and "_", "-" and blanks in place of each other,
// count for nothing; otherwise a third of the letters may differ. The order of
// the candidates does not matter.
func Nearest(word string, candidates []string) string {
	word = folded(word)
	best, least := "", len([]rune(word))/3+1
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := distance(word, folded(c), least); d < least {
			best, least = c, d
		}
	}
	return best
}

var foldSeparators = strings.NewReplacer("_", "-", " ", "-")

func folded(s string) string { return foldSeparators.Replace(strings.ToLower(s)) }

// distance is how many letters must be added, dropped, changed or swapped with
// the next to make b of a (optimal string alignment); limit or more is given
// as limit.
func distance(a, b string, limit int) int {
	s, t := []rune(a), []rune(b)
	if len(s)-len(t) >= limit || len(t)-len(s) >= limit {
		return limit
	}
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least >= limit {
			return limit
		}
		before, last, row = last, row, before
	}
	return min(last[len(t)], limit)
}
