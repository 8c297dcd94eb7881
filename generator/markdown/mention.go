package markdown

import (
	"bytes"
	"slices"
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
	if !slices.ContainsFunc(r.options.Mentions, func(f MentionForm) bool { return bytes.Contains(text, []byte(f.Before)) }) {
		r.say(text)
		return
	}
	exact := len(text) == at.Stop-at.Start
	s := mentionScan{text: text, forms: r.options.Mentions}
	said := 0
	for {
		m, ok := s.next()
		if !ok {
			r.say(text[said:])
			return
		}
		where := source.Span{Start: at.Start, End: at.Stop}
		if exact {
			where = source.Span{Start: at.Start + m.start, End: at.Start + m.end}
		}
		r.say(text[said:m.start])
		number := string(text[m.start+len(m.form.Before) : m.end])
		r.mention(m.form.Kind+" "+number, text[m.start:m.end], where.Shift(r.base))
		said = m.end
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

// A mentionScan finds the mentions in a text, one after the other. Each form is
// looked for once in each part of the text.
type mentionScan struct {
	text  []byte
	forms []MentionForm
	ahead []found // of each form, the first mention that was not passed; made on first use
	at    int
}

// found is where a mention stands; its start is that of no text when there is
// none.
type found struct {
	start, end int
	form       *MentionForm
}

func (s *mentionScan) next() (first found, ok bool) {
	if s.ahead == nil {
		s.ahead = make([]found, len(s.forms))
		for i := range s.forms {
			s.ahead[i] = s.find(&s.forms[i])
		}
	}
	first.start = len(s.text)
	for i := range s.ahead {
		if s.ahead[i].start < s.at {
			s.ahead[i] = s.find(&s.forms[i])
		}
		if s.ahead[i].start < first.start {
			first = s.ahead[i]
		}
	}
	s.at = first.end
	return first, first.form != nil
}

// find is the first mention of a form that is not passed.
func (s *mentionScan) find(f *MentionForm) found {
	for from := s.at; ; {
		i := bytes.Index(s.text[from:], []byte(f.Before))
		if i < 0 {
			return found{start: len(s.text)}
		}
		i += from
		stop := i + len(f.Before)
		for stop < len(s.text) && '0' <= s.text[stop] && s.text[stop] <= '9' {
			stop++
		}
		if digits := stop - i - len(f.Before); digits > 0 && digits <= longestNumber && wholeWord(s.text, i, stop) {
			return found{i, stop, f}
		}
		from = i + 1
	}
}

// wholeWord reports whether what surrounds a part of a text is not of its word.
func wholeWord(text []byte, start, end int) bool {
	if start > 0 && (isLetterOrDigit(text[start-1]) || strings.IndexByte("-_/#@.", text[start-1]) >= 0) {
		return false
	}
	return end == len(text) || !isLetterOrDigit(text[end]) && strings.IndexByte("_/", text[end]) < 0 &&
		!(text[end] == '-' && end+1 < len(text) && isLetterOrDigit(text[end+1]))
}
