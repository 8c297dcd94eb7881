package diag

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Nearest is the candidate that a mistyped word most likely means, or "" when
// none is near. Letter case, and "_", "-" and blanks in place of each other,
// count for nothing; otherwise a third of the letters may differ. The order of
// the candidates does not matter.
func Nearest(word string, candidates []string) string {
	m := newMeter(folded(word))
	best, least := "", len(m.word)/3+1
	for _, c := range candidates {
		switch d := m.distance(c, least+1); {
		case d < least, d == least && best != "" && c < best:
			best, least = c, d
		}
	}
	return best
}

var foldSeparators = strings.NewReplacer("_", "-", " ", "-")

func folded(s string) string { return foldSeparators.Replace(strings.ToLower(s)) }

// A meter measures words against one word, in the same memory.
type meter struct {
	word, other       []rune
	before, last, row []int
}

func newMeter(word string) *meter { return &meter{word: []rune(word)} }

// distance is how many letters must be added, dropped, changed or swapped with
// the next to make a candidate of the word (optimal string alignment); limit or
// more is given as limit.
func (m *meter) distance(candidate string, limit int) int {
	if n, word := utf8.RuneCountInString(candidate), len(m.word); n-word >= limit || word-n >= limit {
		return limit
	}
	m.other = append(m.other[:0], []rune(folded(candidate))...)
	s, t := alone(m.word, m.other)
	for _, r := range []*[]int{&m.before, &m.last, &m.row} {
		*r = slices.Grow((*r)[:0], len(t)+1)[:len(t)+1]
	}
	for j := range m.last {
		m.last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		if m.next(s, t, i, limit) >= limit {
			return limit
		}
		m.before, m.last, m.row = m.last, m.row, m.before
	}
	return min(m.last[len(t)], limit)
}

// alone is what two words do not both begin or end with: names of one folder
// often have much in common.
func alone(s, t []rune) (_, _ []rune) {
	for len(s) > 0 && len(t) > 0 && s[0] == t[0] {
		s, t = s[1:], t[1:]
	}
	for len(s) > 0 && len(t) > 0 && s[len(s)-1] == t[len(t)-1] {
		s, t = s[:len(s)-1], t[:len(t)-1]
	}
	return s, t
}

// next fills the row of the first i letters of s, as far as it can be below the
// limit, and returns the least of it.
func (m *meter) next(s, t []rune, i, limit int) (least int) {
	row, last := m.row, m.last
	from, to := max(1, i-limit+1), min(len(t), i+limit-1)
	if row[from-1] = limit; from == 1 {
		row[0] = i
	}
	least = row[from-1]
	for j := from; j <= to; j++ {
		cost := 1
		if s[i-1] == t[j-1] {
			cost = 0
		}
		row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
		if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
			row[j] = min(row[j], m.before[j-2]+1)
		}
		least = min(least, row[j])
	}
	if to < len(t) {
		row[to+1] = limit
	}
	return least
}
