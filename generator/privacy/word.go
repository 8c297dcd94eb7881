package privacy

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A reader cuts a text into words by which names are compared: in one letter case
// and one Unicode form, without characters that do not show. Whatever is no
// letter, digit or symbol parts words, however much of it there is. Entities and
// percent forms count as what they stand for.
type reader struct {
	text   string
	markup bool // it is HTML, whose tags are none of the text

	// word is called with each word and where it stands; behind is where an "@"
	// stands directly before it, else -1. The word is valid until word returns.
	word func(word []byte, start, end, behind int)
	// attribute is called with each attribute of a tag, and with each comment,
	// which has no name.
	attribute func(name string, start, end int)
	// passes reports whether a word that begins with a letter, in lower case,
	// need not be read; may be nil.
	passes func(first byte) bool

	held       []byte // the word so far
	wide       bool   // it has characters beyond ASCII
	start, end int    // of the word so far
	sign       int    // where an "@" stands directly before; -1: nowhere
}

func (r *reader) read() {
	r.sign = -1
	for i := 0; i < len(r.text); {
		i += r.step(i)
	}
	r.flush()
}

// step reads what stands at an offset and returns how long it is.
func (r *reader) step(i int) int {
	c := r.text[i]
	if lower[c] != 0 {
		if n := r.plainWord(i); n > 0 && r.passes != nil && r.passes(lower[c]) {
			r.sign = -1
			return n
		}
		r.add(rune(lower[c]), i, i+1)
		return 1
	}
	switch {
	case c == '<' && r.markup:
		if n := r.tag(i); n > 0 {
			return n
		}
	case c == '&':
		if text, n := entity(r.text[i:]); n > 0 {
			return r.standsFor(text, i, n)
		}
	case c == '%':
		if text, n := percentForms(r.text[i:]); n > 0 {
			return r.standsFor(text, i, n)
		}
	case c < utf8.RuneSelf:
	default:
		if char, _ := utf8.DecodeRuneInString(r.text[i:]); joined(char) {
			n := max(1, norm.NFKC.NextBoundaryInString(r.text[i:], true))
			return r.standsFor(norm.NFKC.String(r.text[i:i+n]), i, n)
		}
	}
	char, n := utf8.DecodeRuneInString(r.text[i:])
	r.put(char, i, i+n)
	return n
}

// plainWord is how long the word is that begins at an offset; 0 when it may have
// more than letters and digits of ASCII.
func (r *reader) plainWord(at int) int {
	if len(r.held) > 0 {
		return 0
	}
	i := at + 1
	for i < len(r.text) && lower[r.text[i]] != 0 {
		i++
	}
	if i < len(r.text) {
		if c := r.text[i]; c >= 0x7f || c < '\t' || c > '\r' && c < ' ' || c == '&' || c == '%' || c == '<' && r.markup {
			return 0
		}
	}
	return i - at
}

// standsFor reads a text in place of what stands at an offset, whose length it
// returns.
func (r *reader) standsFor(text string, at, length int) int {
	for _, char := range text {
		r.put(char, at, at+length)
	}
	return length
}

// put reads one character.
func (r *reader) put(char rune, start, end int) {
	switch {
	case char < utf8.RuneSelf && lower[char] != 0:
		r.add(rune(lower[char]), start, end)
	case char == '@':
		r.flush()
		r.sign = start
	case unseen(char):
	case char < utf8.RuneSelf:
		r.flush()
	case joined(char):
		r.alone(char, start, end)
	case unicode.In(char, unicode.L, unicode.N, unicode.M):
		r.add(char, start, end)
	default:
		r.symbol(char, start, end)
	}
}

// symbol reads a character that is no letter: as what it is compatible with, such
// as a letter in a circle. Pictures may be names; each is a word.
func (r *reader) symbol(char rune, start, end int) {
	is := norm.NFKC.String(string(char))
	switch {
	case is != string(char):
		r.standsFor(is, start, end-start)
	case unicode.Is(unicode.So, char):
		r.alone(char, start, end)
	default:
		r.flush()
	}
}

func (r *reader) alone(char rune, start, end int) {
	sign := r.sign
	if len(r.held) > 0 {
		sign = -1
	}
	r.flush()
	r.sign = sign
	r.add(char, start, end)
	r.flush()
}

func (r *reader) add(char rune, start, end int) {
	if len(r.held) == 0 {
		r.start = start
	}
	r.wide = r.wide || char >= utf8.RuneSelf
	r.held, r.end = utf8.AppendRune(r.held, char), end
}

// flush ends the word at hand.
func (r *reader) flush() {
	switch {
	case len(r.held) == 0:
	case !r.wide:
		r.word(r.held, r.start, r.end, r.sign)
	default:
		for _, word := range strings.FieldsFunc(fold(string(r.held)), parts) {
			r.word([]byte(word), r.start, r.end, r.sign)
			r.sign = -1
		}
	}
	r.held, r.wide, r.sign = r.held[:0], false, -1
}

// fold is a word in the form NFKC_Casefold, but for characters that do not show.
// Unicode Standard, section 5.18 and Unicode Standard Annex 31.
func fold(word string) string {
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(word)))
}

func parts(char rune) bool {
	return !unicode.In(char, unicode.L, unicode.N, unicode.M, unicode.So)
}

// unseen reports characters that do not show, as a soft hyphen or what joins
// letters: Unicode's Default_Ignorable_Code_Point, and controls that are no
// space.
func unseen(char rune) bool {
	if char < 0xad {
		return (char < ' ' || char >= 0x7f) && !unicode.IsSpace(char)
	}
	return unicode.In(char, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// joined reports characters of scripts that do not set words apart, or write
// other words on to names. Each is a word.
func joined(char rune) bool {
	const first = 0x0e00 // the first character of Thai
	return char >= first && unicode.In(char, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) &&
		!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, char)
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

// entity is what a character reference at the start of a text stands for, and how
// long it is; 0 when there is none. One that is shown as it is written, as code
// shows it, counts as well.
func entity(s string) (string, int) {
	const sign = "&amp;"
	const longest = 33 // bytes; that of HTML is &CounterClockwiseContourIntegral;
	if strings.HasPrefix(s, sign) {
		if text, n := entity("&" + s[len(sign):min(len(s), len(sign)+longest)]); n > 0 {
			return text, len(sign) - 1 + n
		}
	}
	end := strings.IndexByte(s[:min(len(s), longest)], ';') + 1
	if end == 0 {
		return "", 0
	}
	if text := html.UnescapeString(s[:end]); text != s[:end] {
		return text, end
	}
	return "", 0
}

// percentForms is what percent forms at the start of a text stand for, and how
// long they are; 0 when there is none. RFC 3986, section 2.1.
func percentForms(s string) (string, int) {
	var text []byte
	i := 0
	for ; i+2 < len(s) && s[i] == '%'; i += 3 {
		high, low := digit(s[i+1]), digit(s[i+2])
		if high < 0 || low < 0 {
			break
		}
		text = append(text, byte(high<<4|low))
	}
	return string(text), i
}

func digit(c byte) int { return strings.IndexByte("0123456789abcdef", c|' ') }
