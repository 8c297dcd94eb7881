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
	var b strings.Builder
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

// fillKey is what English says: the key itself, filled.
func fillKey(key Key, number string, values []string) string {
	text := bare(key)
	if number == "" && len(values) == 0 {
		return text
	}
	return cut(text, places(text)).fill(number, values)
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
		start := strings.IndexByte(text, '{')
		end := start + strings.IndexByte(text[max(start, 0):], '}')
		if start < 0 || end < start {
			return append(parts, text)
		}
		if start > 0 {
			parts = append(parts, text[:start])
		}
		parts = append(parts, text[start:end+1])
		text = text[end+1:]
	}
	return parts
}
