package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/text"

	"minutebook/generator/source"
)

// A MentionForm is how texts name documents of a kind: by words before a number.
type MentionForm struct {
	Kind   string
	Before string // EIP-
}

// longestNumber is how many digits the number of a document has.
const longestNumber = 7

// mentioning renders text in which words may name documents. It is not asked for
// code, links and headings. A text that stands in the file otherwise than it
// reads is the place of all that it mentions.
func (r *renderer) mentioning(text []byte, at textSegment) {
	exact := len(text) == at.Stop-at.Start
	for from := at.Start; ; {
		start, end, form := r.nextMention(text)
		if end == 0 {
			r.say(text)
			return
		}
		where := source.Span{Start: at.Start, End: at.Stop}
		if exact {
			where = source.Span{Start: from + start, End: from + end}
		}
		r.say(text[:start])
		r.mention(form.Kind+" "+string(text[start+len(form.Before):end]), text[start:end], where.Shift(r.base))
		text, from = text[end:], from+end
	}
}

type textSegment = text.Segment

// mention renders words as what may become a link.
func (r *renderer) mention(destination string, words []byte, where source.Span) {
	i := len(r.doc.References)
	r.doc.References = append(r.doc.References, Reference{Form: Mention, Destination: destination, Text: string(words), Span: where})
	r.linkOpen(i)
	start := len(r.plain)
	r.say(words)
	r.linkClose(i)
	r.nearby = append(r.nearby, near{i, span{start, len(r.plain)}})
}

// canMention reports whether words of the document may become links: where the
// author wrote links or code as HTML, words may stand in them.
func (r *renderer) canMention() bool {
	if len(r.options.Mentions) == 0 || r.dirty {
		return false
	}
	if r.raw.token == "" {
		return true
	}
	for _, tag := range []string{"<a ", "<code", "<pre", "<kbd", "<samp", "<h", "<A "} {
		if bytes.Contains(r.src, []byte(tag)) {
			return false
		}
	}
	return true
}

// nextMention is the first mention in a text; end is 0 when there is none.
func (r *renderer) nextMention(text []byte) (at, end int, form MentionForm) {
	for _, f := range r.options.Mentions {
		for from := 0; ; {
			i := bytes.Index(text[from:], []byte(f.Before))
			if i < 0 || end > 0 && from+i >= at {
				break
			}
			i += from
			stop := i + len(f.Before)
			for stop < len(text) && '0' <= text[stop] && text[stop] <= '9' {
				stop++
			}
			if digits := stop - i - len(f.Before); digits > 0 && digits <= longestNumber && wholeWord(text, i, stop) {
				at, end, form = i, stop, f
				break
			}
			from = i + 1
		}
	}
	return at, end, form
}

// wholeWord reports whether what surrounds a part of a text is not of its word.
func wholeWord(text []byte, start, end int) bool {
	if start > 0 && (isLetterOrDigit(text[start-1]) || strings.IndexByte("-_/#@.", text[start-1]) >= 0) {
		return false
	}
	return end == len(text) || !isLetterOrDigit(text[end]) && strings.IndexByte("_/", text[end]) < 0 &&
		!(text[end] == '-' && end+1 < len(text) && isLetterOrDigit(text[end+1]))
}
