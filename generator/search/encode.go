package search

import (
	"strconv"
	"unicode/utf8"
)

// A word file is text: a word, a space, its documents, a space, the next word.
// A word begins with how many units of UTF-16 it shares with the one before, in
// base 36. A document is its distance from the one before (from -1 for the
// first), less one, times [ranks], plus the rank of the word in it; as digits of
// base 45, the most significant first, of which all but the last have 45 added.
//
// Digits are the 90 visible characters of ASCII that neither JSON nor quote
// escapes, from "#" on.

const base = 45

// symbol is the character of a number.
func symbol(n int) rune {
	n += '#'
	if n >= '<' {
		n++
	}
	if n >= '\\' {
		n++
	}
	return rune(n)
}

func appendPosting(list []byte, distance int32, r rank) []byte {
	return appendNumber(list, int(distance-1)*int(ranks)+int(r))
}

func appendNumber(list []byte, n int) []byte {
	if n >= base {
		list = appendHigher(list, n/base)
	}
	return append(list, byte(symbol(n%base)))
}

func appendHigher(list []byte, n int) []byte {
	if n >= base {
		list = appendHigher(list, n/base)
	}
	return append(list, byte(symbol(n%base+base)))
}

// encode is the text of a word file.
func encode(entries []entry) []byte {
	var out []byte
	before := ""
	for i, e := range entries {
		if i > 0 {
			out = append(out, ' ')
		}
		bytes, units := shared(before, e.word)
		out = strconv.AppendInt(out, int64(units), 36)
		out = append(append(out, e.word[bytes:]...), ' ')
		out = append(appendPosting(out, e.first+1, e.rank), e.list...)
		before = e.word
	}
	return out
}

// shared is the length of what two words begin with, at most 35 units.
func shared(a, b string) (bytes, units int) {
	for bytes < len(a) && bytes < len(b) {
		x, n := utf8.DecodeRuneInString(a[bytes:])
		y, _ := utf8.DecodeRuneInString(b[bytes:])
		wide := 1
		if x > 0xffff {
			wide = 2
		}
		if x != y || units+wide > 35 {
			break
		}
		bytes, units = bytes+n, units+wide
	}
	return bytes, units
}

// partition cuts words into n files of about the same size; some may be empty.
func partition(entries []entry, n int) [][]entry {
	size := func(e entry) int { return len(e.word) + len(e.list) + 4 }
	total := 0
	for _, e := range entries {
		total += size(e)
	}
	files := make([][]entry, n)
	sum, from := 0, 0
	for i := range files {
		to := from
		for to < len(entries) && sum < total*(i+1)/n {
			sum += size(entries[to])
			to++
		}
		files[i] = entries[from:to]
		from = to
	}
	return files
}
