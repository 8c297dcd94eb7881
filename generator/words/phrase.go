package words

import "strings"

// A phrase is a translation cut into its parts.
type phrase []piece

// A piece is text, or the place of a value.
type piece struct {
	text  string // with its braces, of a place
	value int    // which value stands here, textOnly or theNumber
}

const (
	textOnly  = -1
	theNumber = -2 // {n}
)

// fill puts a phrase together. A value that is not given stays a name in braces.
func (p phrase) fill(number string, values []string) string {
	if len(p) == 1 && p[0].value == textOnly {
		return p[0].text
	}
	size := len(number)
	for _, v := range values {
		size += len(v)
	}
	for _, part := range p {
		size += len(part.text)
	}
	var b strings.Builder
	b.Grow(size)
	for _, part := range p {
		switch {
		case part.value == theNumber && number != "":
			b.WriteString(number)
		case part.value >= 0 && part.value < len(values):
			b.WriteString(values[part.value])
		default:
			b.WriteString(part.text)
		}
	}
	return b.String()
}

// fillKey is what English says: the key itself, filled. A key has each of its
// places once. It is not cut first, because pages of English sites have very many
// of them.
func fillKey(key Key, number string, values []string) string {
	text := bare(key)
	if number == "" && len(values) == 0 {
		return text
	}
	size := len(text) + len(number)
	for _, v := range values {
		size += len(v)
	}
	var b strings.Builder
	b.Grow(size)
	for text != "" {
		part := text[:len(text)-len(after(text))]
		text = text[len(part):]
		switch {
		case part == "{n}" && number != "":
			b.WriteString(number)
		case part[0] == '{' && part != "{n}" && len(values) > 0:
			b.WriteString(values[0])
			values = values[1:]
		default:
			b.WriteString(part)
		}
	}
	return b.String()
}

// places are the names in braces of a key, in the order in which values fill
// them; "{n}" is not among them.
func places(text string) []string {
	var names []string
	for _, part := range split(text) {
		if part[0] == '{' && part != "{n}" {
			names = append(names, part)
		}
	}
	return names
}

// cut makes a phrase of a text, whose places are among those given.
func cut(text string, places []string) phrase {
	var p phrase
	for _, part := range split(text) {
		one := piece{part, textOnly}
		if part == "{n}" {
			one.value = theNumber
		}
		for i, place := range places {
			if part == place {
				one.value = i
			}
		}
		p = append(p, one)
	}
	if p == nil {
		p = phrase{{"", textOnly}}
	}
	return p
}

// split divides a text into names in braces and what is between them.
func split(text string) []string {
	var parts []string
	for text != "" {
		rest := after(text)
		parts = append(parts, text[:len(text)-len(rest)])
		text = rest
	}
	return parts
}

// after is what follows the first part of a text: a name in braces, or what
// stands before one. The text must not be empty.
func after(text string) string {
	start := strings.IndexByte(text, '{')
	switch {
	case start > 0 && strings.IndexByte(text[start:], '}') > 0:
		return text[start:]
	case start == 0:
		if end := strings.IndexByte(text, '}'); end > 0 {
			return text[end+1:]
		}
	}
	return ""
}
