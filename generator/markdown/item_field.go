package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// This file reads the fields of items: in parentheses behind the label, or at
// the end of the text.
//
//	fields = field *( "," SP field )
//	field  = names | "due " date | "done " date | date | "to: " event | "from: " links | "topic: " words
//	       | "asked by " name | "answer by " date | "upstream: " url | "nobody yet"
//	names  = name *( " and " name )
//
// A name begins with "@", or is one of a person as it stands (see bareName).

// A field is what a field is about, and where its value stands in a passage.
type field struct {
	key   fieldKey
	value span
}

// longestFields bounds how far parentheses are looked through.
const longestFields = 1000 // bytes

// headFields reads fields in parentheses at an offset. It returns where they
// end, or the offset when there are none: then the parentheses are text, as in
// "Decision (unanimous)". A name alone stands for who does an action, and asks or
// answers a question, only.
func (w *itemReader) headFields(at, end int, kind ItemKind) (int, []field) {
	p := &w.passage
	open := p.skip(at, end, " ")
	if open >= end || p.text[open] != '(' {
		return at, nil
	}
	closing := p.closing(open, end)
	if closing < 0 {
		return at, nil
	}
	fields, strangers := w.fields(open+1, closing, false)
	if len(fields) == 0 {
		return at, nil
	}
	if !w.certainly(fields) && (strangers || !bareNames[kind] || unicode.IsLower(rune(p.text[fields[0].value.start]))) {
		return at, nil
	}
	return closing + 1, fields
}

// bareNames are the kinds of items that may have a name alone in parentheses.
var bareNames = map[ItemKind]bool{Action: true, Question: true, Answer: true}

// certainly reports whether there is a field that is more than a bare name.
func (w *itemReader) certainly(fields []field) bool {
	for _, f := range fields {
		if f.key != ownerField || w.passage.text[f.value.start] == '@' {
			return true
		}
	}
	return false
}

// endFields reads the fields at the end of a text and returns where the text
// ends without them. Here parentheses are fields only if all within are.
func (w *itemReader) endFields(start, end int) (int, []field) {
	p := &w.passage
	var all []field
	for {
		at := p.back(start, end, " .;:")
		if at == start || p.text[at-1] != ')' {
			return end, all
		}
		open := p.opening(start, at-1)
		if open < 0 {
			return end, all
		}
		fields, strangers := w.fields(open+1, at-1, true)
		if len(fields) == 0 || strangers || !w.certainly(fields) {
			return end, all
		}
		all = append(all, fields...)
		end = p.back(start, open, " ")
	}
}

// closing is where the parenthesis that opens at an offset closes, -1 when it
// does not.
func (p *passage) closing(at, end int) int {
	depth := 0
	for i := at; i < min(end, at+longestFields); i++ {
		switch p.text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// opening is where the parenthesis that closes at an offset opens.
func (p *passage) opening(start, at int) int {
	depth := 0
	for i := at; i >= max(start, at-longestFields); i-- {
		switch p.text[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// fields reads what stands between parentheses. strangers says that there are
// parts which are no fields. At the end of a text, where sentences have
// parentheses too, dates must have a digit.
func (w *itemReader) fields(start, end int, atEnd bool) (fields []field, strangers bool) {
	p := &w.passage
	for start < end {
		part := p.comma(start, end)
		at, to := p.skip(start, part, " \"`"), p.back(start, part, " \"`")
		start = part + 1
		if at >= to {
			continue
		}
		if n := len(fields); n > 0 && w.continues(fields[n-1].key, at, to) {
			fields[n-1].value.end = to
			continue
		}
		if f := w.field(at, to, atEnd); f.key != noField {
			fields = append(fields, f)
		} else {
			strangers = true
		}
	}
	return fields, strangers
}

// comma is where the next comma or semicolon stands outside of parentheses.
func (p *passage) comma(start, end int) int {
	depth := 0
	for i := start; i < end; i++ {
		switch p.text[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ',', ';':
			if depth <= 0 {
				return i
			}
		}
	}
	return end
}

// continues reports whether a part belongs to the field before it: another
// link, or the year of a date ("3 April, 2018").
func (w *itemReader) continues(key fieldKey, at, end int) bool {
	p := &w.passage
	switch key {
	case fromField, upstreamField:
		_, link := p.linkAt(at)
		return link
	case dueField, doneField, answerField:
		return end-at == 4 && strings.Trim(string(p.text[at:end]), "0123456789") == ""
	}
	return false
}

// field reads one field.
func (w *itemReader) field(at, end int, atEnd bool) field {
	p := &w.passage
	text := p.text[at:end]
	switch {
	case text[0] == '@' && p.names(at, end, nil) == end:
		return field{ownerField, span{at, end}}
	case bytes.EqualFold(text, []byte("nobody yet")):
		return field{nobodyField, span{at, end}}
	case isDay(string(text)):
		return field{onField, span{at, end}}
	}
	for _, k := range fieldWords {
		if len(text) <= len(k.word) || !bytes.EqualFold(text[:len(k.word)], []byte(k.word)) {
			continue
		}
		value, colon := p.colon(at+len(k.word), end)
		if !colon && (k.colon || text[len(k.word)] != ' ') {
			continue
		}
		value = p.skip(value, end, " \"`")
		if value == end || k.key != noField && isDateField(k.key) && !likeDate(p.text[value:end], atEnd) {
			continue
		}
		return field{k.key, span{value, end}}
	}
	if bareName(string(text)) {
		return field{ownerField, span{at, end}}
	}
	return field{}
}

func isDateField(key fieldKey) bool { return key == dueField || key == doneField || key == answerField }

// likeDate tells "due 4 April" from "due to rain".
func likeDate(text []byte, atEnd bool) bool {
	if bytes.HasPrefix(text, []byte("to ")) {
		return false
	}
	return !atEnd || bytes.ContainsAny(text, "0123456789")
}

// isDay reports a date in digits with the year first.
func isDay(text string) bool {
	digits := strings.FieldsFunc(text, func(c rune) bool { return c == '-' || c == '/' || c == '.' })
	if len(digits) != 3 || len(digits[0]) != 4 || len(text) > 10 {
		return false
	}
	return strings.Trim(strings.Join(digits, ""), "0123456789") == ""
}

// bareName reports whether a text is the name of a person as notes have it
// without "@": up to three words that begin with a capital letter, or one in
// lower case, which counts beside another field only.
func bareName(text string) bool {
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 3 || strings.ContainsAny(text, "0123456789:?!/") {
		return false
	}
	for _, word := range words {
		if first, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(first) && len(words) > 1 || !unicode.IsLetter(first) {
			return false
		}
	}
	return true
}

// names reads "@anna and @bo" from an offset on and returns where it ends. Each
// name, without "@", is given to found.
func (p *passage) names(at, end int, found func(span)) int {
	last := at
	for {
		at = p.skip(at, end, "\"`")
		name := p.handle(at, end)
		if name == at {
			return last
		}
		if found != nil {
			found(span{at + 1, name})
		}
		last = p.skip(name, end, "\"`")
		at = p.skip(last, end, " ,&/+")
		if bytes.HasPrefix(p.text[at:end], []byte("and ")) {
			at = p.skip(at+4, end, " ")
		}
	}
}

// handle is where "@name" at an offset ends; at the offset when there is none.
func (p *passage) handle(at, end int) int {
	if at >= end || p.text[at] != '@' {
		return at
	}
	i := at + 1
	for i < end {
		c, size := utf8.DecodeRune(p.text[i:end])
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("-_./", c) {
			break
		}
		i += size
	}
	i = p.back(at+1, i, "./-")
	if i == at+1 {
		return at
	}
	return i
}
