package document

import (
	"unicode"
	"unicode/utf8"
)

// directionSample is how many bytes of a text tell its direction.
const directionSample = 4 << 10

// rightToLeft are the scripts in use that run from right to left.
var rightToLeft = []*unicode.RangeTable{unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam}

// direction is how a text runs: ltr or rtl, as almost all of its letters do. A
// text of a language that runs from right to left has names, code and addresses
// in Latin letters; one with hardly a letter of that side runs from left to
// right. What is between, and what has no letters, tells nothing: "".
func direction(text []byte) string {
	text = text[:min(len(text), directionSample)]
	rtl, all := 0, 0
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if 'a' <= c|0x20 && c|0x20 <= 'z' {
				all++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		i += size
		if !unicode.IsLetter(r) {
			continue
		}
		if all++; unicode.In(r, rightToLeft...) {
			rtl++
		}
	}
	switch {
	case rtl*20 < all:
		return "ltr"
	case rtl*3 > all:
		return "rtl"
	}
	return ""
}
