package privacy

import "strings"

// tag reads a tag or a comment of HTML at an offset and returns how long it is; 0
// when there is none. A tag of an element that stands within a line is nothing;
// others part words.
func (r *reader) tag(at int) int {
	const open, close = "<!--", "-->"
	text := r.text[at:]
	if strings.HasPrefix(text, open) {
		end := len(text)
		if i := strings.Index(text[len(open):], close); i >= 0 {
			end = len(open) + i + len(close)
		}
		r.attribute("", at+len(open), at+end)
		return end
	}
	name := tagName(text)
	if name == "" {
		return 0
	}
	if !inline[strings.ToLower(strings.TrimPrefix(name, "/"))] {
		r.flush()
	}
	i := 1 + len(name)
	for i < len(text) && text[i] != '>' {
		i = r.attributeAt(at, i)
	}
	return min(i+1, len(text))
}

// tagLength is how long the tag at the start of a text is; 0 when there is none.
func tagLength(text string) int {
	r := reader{text: text, attribute: func(string, int, int) {}, word: func([]byte, int, int, int) {}}
	return r.tag(0)
}

// tagName is what stands behind "<": the name of an element, perhaps with a slash
// before it, or the mark of a declaration. "" when a text begins with no tag.
func tagName(text string) string {
	i := 1
	if i < len(text) && (text[i] == '/' || text[i] == '!' || text[i] == '?') {
		i++
	} else if i == len(text) || lower[text[i]] < 'a' {
		return ""
	}
	for i < len(text) && strings.IndexByte(" \t\n\f\r/>", text[i]) < 0 {
		i++
	}
	return text[1:i]
}

// attributeAt reads an attribute at an offset in a tag, which begins at another,
// and returns where it ends.
func (r *reader) attributeAt(tag, i int) int {
	text := r.text[tag:]
	start := i
	for i < len(text) && strings.IndexByte(" \t\n\f\r/>=", text[i]) < 0 {
		i++
	}
	name := text[start:i]
	if i == len(text) || text[i] != '=' {
		if i == start {
			i++ // what stands between attributes
		}
		return i
	}
	i++
	end := i
	if i < len(text) && (text[i] == '"' || text[i] == '\'') {
		i++
		end = i + indexAny(text[i:], text[i-1:i])
		r.attribute(name, tag+i, tag+end)
		return min(end+1, len(text))
	}
	end = i + indexAny(text[i:], " \t\n\f\r>")
	r.attribute(name, tag+i, tag+end)
	return end
}

// indexAny is where one of some characters stands first, or the length of the text.
func indexAny(text, chars string) int {
	if i := strings.IndexAny(text, chars); i >= 0 {
		return i
	}
	return len(text)
}

// inline are the elements whose tags part no words.
var inline = set("a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr")

// placeOf says what an attribute of a tag is.
func placeOf(name, value string) Place {
	switch {
	case readable[name]:
		return Attribute
	case name == "id", name == "href" && strings.HasPrefix(value, "#"):
		return Anchor
	}
	return Address
}

// readable are the attributes whose values are texts for readers.
var readable = set("title alt aria-label aria-description label summary abbr placeholder content")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, word := range strings.Fields(words) {
		m[word] = true
	}
	return m
}
