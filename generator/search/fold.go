package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestWord is how many characters of a word count.
const longestWord = 32

// letters are those that have no decomposition, and yet are typed otherwise by
// who has no key for them.
var letters = map[rune]string{
	'ß': "ss", 'ø': "o", 'æ': "ae", 'œ': "oe", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i", 'ŋ': "n", 'ς': "σ",
}

// dropped are the marks that a reader may leave out (accents, points of Hebrew
// and Arabic), and characters that only say how letters join or lines break.
// The vowel signs of other scripts are as good as letters and stay.
var dropped = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00ad, Hi: 0x00ad, Stride: 1}, {Lo: 0x0300, Hi: 0x036f, Stride: 1}, {Lo: 0x0591, Hi: 0x05bd, Stride: 1},
		{Lo: 0x05bf, Hi: 0x05c1, Stride: 2}, {Lo: 0x05c2, Hi: 0x05c4, Stride: 2}, {Lo: 0x05c5, Hi: 0x05c7, Stride: 2},
		{Lo: 0x0610, Hi: 0x061a, Stride: 1}, {Lo: 0x0640, Hi: 0x0640, Stride: 1}, {Lo: 0x064b, Hi: 0x065f, Stride: 1},
		{Lo: 0x0670, Hi: 0x0670, Stride: 1}, {Lo: 0x1ab0, Hi: 0x1aff, Stride: 1}, {Lo: 0x1dc0, Hi: 0x1dff, Stride: 1},
		{Lo: 0x200b, Hi: 0x200d, Stride: 1}, {Lo: 0x20d0, Hi: 0x20ff, Stride: 1}, {Lo: 0xfe20, Hi: 0xfe2f, Stride: 1},
	},
}

// fold is text in the form in which words are compared: compatible characters
// are the same, and neither accents nor letter case count.
func fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(dropped, r) {
			continue
		}
		r = unicode.ToLower(r)
		if other, ok := letters[r]; ok {
			b.WriteString(other)
		} else {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// A class of characters.
type class uint8

const (
	between class = iota // words
	spaced               // of scripts that set words apart
	joined               // of scripts that do not
)

// firstJoined is the first character of Thai, before which no such script is.
const firstJoined = 0x0e00

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		if lower[byte(r)] != 0 {
			return spaced
		}
	case r < firstJoined:
		if unicode.In(r, unicode.L, unicode.N, unicode.M) {
			return spaced
		}
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || r == 'ー':
		if unicode.In(r, unicode.L, unicode.N, unicode.M) {
			return joined
		}
	case unicode.In(r, unicode.L, unicode.N, unicode.M):
		return spaced
	}
	return between
}

// lower has the lower case of the letters and digits of ASCII; 0 for the rest.
var lower = func() (table [256]byte) {
	for c := '0'; c <= '9'; c++ {
		table[c] = byte(c)
	}
	for c := 'a'; c <= 'z'; c++ {
		table[c], table[c-'a'+'A'] = byte(c), byte(c)
	}
	return table
}()

// eachWord calls yield with each word of a text, folded. The word is valid until
// yield returns; it may lie in buf.
func eachWord[T string | []byte](buf *[longestWord]byte, text T, yield func(word []byte)) {
	for i := 0; i < len(text); {
		start, n := i, 0
		for ; i < len(text); i++ {
			c := lower[text[i]]
			if c == 0 {
				break
			}
			if n < longestWord {
				buf[n] = c
				n++
			}
		}
		if i == len(text) || text[i] < utf8.RuneSelf || punctuation(string(text[i:min(len(text), i+utf8.UTFMax)])) {
			if n > 0 {
				yield(buf[:n])
			}
			i++
			continue
		}
		for i < len(text) && (text[i] >= utf8.RuneSelf || lower[text[i]] != 0) {
			i++
		}
		eachFolded(fold(string(text[start:i])), yield)
	}
}

// punctuation reports whether text begins with a dash, a quotation mark or the
// like: they are common among words of ASCII, which then need not be folded.
// What is left of the character counts as nothing.
func punctuation(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r >= 0x2010 && r <= 0x2027 || r >= 0x80 && r <= 0xa0 || r == utf8.RuneError
}

// eachFolded is eachWord of a text that is folded. Scripts that do not set words
// apart are cut into pairs of characters, and the last character of each run.
func eachFolded(text string, yield func(word []byte)) {
	var word []byte
	flush := func(c class) {
		if c == spaced {
			yield(firstRunes(word, longestWord))
		} else if c == joined {
			eachPair(word, yield)
		}
		word = word[:0]
	}
	last := between
	for _, r := range text {
		c := classOf(r)
		if c != last {
			flush(last)
		}
		last = c
		if c != between {
			word = utf8.AppendRune(word, r)
		}
	}
	flush(last)
}

func eachPair(run []byte, yield func([]byte)) {
	for len(run) > 0 {
		_, one := utf8.DecodeRune(run)
		_, two := utf8.DecodeRune(run[one:])
		yield(run[:one+two])
		run = run[one:]
	}
}

func firstRunes(word []byte, n int) []byte {
	if len(word) <= n {
		return word
	}
	for i := range string(word) {
		if n == 0 {
			return word[:i]
		}
		n--
	}
	return word
}

// key is an id without what may be written otherwise: "P-014" and "p14" are one.
func key(id string) string {
	var b []rune
	for _, r := range fold(id) {
		if classOf(r) != between {
			b = append(b, r)
		}
	}
	out := b[:0:len(b)]
	for i, r := range b {
		ahead := i+1 < len(b) && isDigit(b[i+1]) && (len(out) == 0 || !isDigit(out[len(out)-1]))
		if r != '0' || !ahead {
			out = append(out, r)
		}
	}
	return string(out[:min(len(out), longestWord)])
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
