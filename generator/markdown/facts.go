package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths of excerpts, in bytes of UTF-8.
const (
	summaryLength  = 300
	sentenceLength = 160 // on either side of a link
)

// collapse is plain text on one line, without spaces that do not show.
func collapse(text []byte) string {
	if isCollapsed(text) {
		return string(text)
	}
	return string(bytes.Join(bytes.Fields(text), []byte(" ")))
}

// isCollapsed reports whether collapse changes nothing. It may report false
// where there are characters beyond ASCII whose first byte begins spaces too.
func isCollapsed(text []byte) bool {
	space := true
	for _, c := range text {
		switch {
		case c == ' ' && space, c != ' ' && c <= ' ', c == 0xc2, 0xe1 <= c && c <= 0xe3:
			return false
		}
		space = c == ' '
	}
	return !space || len(text) == 0
}

// plainWithoutImages is the text of the current block without that of images.
func (r *renderer) plainWithoutImages() []byte {
	if len(r.images) == 0 {
		return r.plain
	}
	var text []byte
	start := 0
	for _, image := range r.images {
		text = append(text, r.plain[start:image.start]...)
		start = image.end
	}
	return append(text, r.plain[start:]...)
}

// sentences gives the references of the current block the sentence around
// them.
func (r *renderer) sentences() {
	for _, n := range r.nearby {
		ref := &r.doc.References[n.reference]
		// More than what is shown decides where it is cut; all of a long block,
		// for each of its links, would be too much.
		before := r.plain[max(0, n.text.start-2*sentenceLength):n.text.start]
		after := r.plain[n.text.end:min(len(r.plain), n.text.end+2*sentenceLength)]
		ref.Before = cutBefore(string(lastSentence(before)), sentenceLength)
		ref.After = cutAfter(string(firstSentence(after)), sentenceLength)
	}
}

// lastSentence is what stands after the last end of a sentence: ".", "!" or "?"
// and a space.
func lastSentence[T string | []byte](text T) T {
	for i := len(text) - 2; i >= 0; i-- {
		if endsSentence(text[i]) && text[i+1] == ' ' {
			return text[i+2:]
		}
	}
	return text
}

// firstSentence is what stands up to the first end of a sentence.
func firstSentence[T string | []byte](text T) T {
	for i := range len(text) {
		if endsSentence(text[i]) && (i+1 == len(text) || text[i+1] == ' ') {
			return text[:i+1]
		}
	}
	return text
}

func endsSentence(c byte) bool { return c == '.' || c == '!' || c == '?' }

// cutAfter is the start of a text, cut at a word's end with "…".
func cutAfter(text string, length int) string {
	if len(text) <= length {
		return text
	}
	cut := length
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	if space := strings.LastIndexFunc(text[:cut+1], unicode.IsSpace); space > length/2 {
		cut = space
	}
	return strings.TrimRightFunc(text[:cut], unicode.IsSpace) + "…"
}

// cutBefore is the end of a text, cut at a word's start with "…".
func cutBefore(text string, length int) string {
	if len(text) <= length {
		return text
	}
	cut := len(text) - length
	for !utf8.RuneStart(text[cut]) {
		cut++
	}
	if space := strings.IndexFunc(text[cut:], unicode.IsSpace); space >= 0 && space < length/2 {
		cut += space
	}
	return "…" + strings.TrimLeftFunc(text[cut:], unicode.IsSpace)
}
