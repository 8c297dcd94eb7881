// Package privacy finds the names of persons in texts, however they are written,
// for a site that does not show all of them.
//
// A text names somebody when it has the words of a name one behind the other, and
// nothing but what parts words between them: spaces of any kind and number, line
// ends, punctuation, marks of Markdown, tags of HTML. Letter case, Unicode forms
// and characters that do not show make no difference. So "ZELDA&nbsp;Quirk",
// "zelda-quirk" and "Zelda **Qu**irk" are one name; the last in HTML only.
package privacy

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"sync"
)

// Public is whose names may stand everywhere. They are worth adding where
// others' are a part of them: who hides Zelda does not hide Zelda Quirk.
const Public = -1

// Names are names and handles that are looked for. The zero Names are none. They
// may be used by many goroutines once all are added.
type Names struct {
	names, handles node
	firsts         [256]bool // the bytes that their first words begin with
}

// A node is what names that begin with the same words have in common.
type node struct {
	next map[string]*node
	ends bool // a name ends here, of
	who  int
}

// Add adds a name of somebody, who is a number or Public. It stands in texts with
// or without an "@". Of two persons with one name the first that is added counts.
func (n *Names) Add(name string, who int) { n.add(&n.names, name, who) }

// AddHandle adds a name that counts only behind an "@": it may be a common word.
func (n *Names) AddHandle(handle string, who int) { n.add(&n.handles, handle, who) }

func (n *Names) add(root *node, name string, who int) {
	at := root
	(&reader{text: name, word: func(word []byte, _, _, _ int) {
		next := at.next[string(word)]
		if next == nil {
			if at.next == nil {
				at.next = map[string]*node{}
			}
			next = &node{}
			at.next[string(word)] = next
		}
		if at == root {
			n.firsts[word[0]] = true
		}
		at = next
	}}).read()
	if at != root && !at.ends {
		at.ends, at.who = true, who
	}
}

// Words is how many words a name has.
func Words(name string) (count int) {
	(&reader{text: name, word: func([]byte, int, int, int) { count++ }}).read()
	return count
}

// A Match is where a text names somebody.
type Match struct {
	Start, End int // in bytes; with the "@" before a name
	Who        int
	In         Place
}

// A Place says of what a match is a part.
type Place uint8

const (
	Text      Place = iota // what is read
	Attribute              // the value of an HTML attribute that is read, such as title
	Anchor                 // one that names a part of the page: an id, or a link to one
	Address                // one that leads elsewhere or is not read; a comment
)

// Find is where a text names persons, in the order of the text. Of matches
// that overlap the first counts, and of those the longest. Nobody who is Public
// is among them.
func (n *Names) Find(text string) []Match { return n.find(text, false) }

// FindMarkup is Find in a text that is HTML. A name may be in parts of several
// elements, or in an attribute.
func (n *Names) FindMarkup(text string) []Match { return n.find(text, true) }

func (n *Names) find(text string, markup bool) []Match {
	if n.names.next == nil && n.handles.next == nil || text == "" {
		return nil
	}
	s, inner := searches.Get().(*search), searches.Get().(*search)
	defer s.end()
	defer inner.end()
	s.begin(n, text)
	s.markup = markup
	var within []Match
	s.attribute = func(name string, start, end int) {
		inner.begin(n, text[start:end])
		inner.read()
		for _, m := range leftmost(inner.found) {
			within = append(within, Match{m.Start + start, m.End + start, m.Who, placeOf(strings.ToLower(name), text[start:end])})
		}
	}
	s.read()
	found := append(leftmost(s.found), within...)
	slices.SortStableFunc(found, func(a, b Match) int { return cmp.Compare(a.Start, b.Start) })
	return found
}

// searches are lent out: most texts are short, and there are many.
var searches = sync.Pool{New: func() any {
	s := &search{}
	s.word = s.take
	s.passes = func(first byte) bool { return !s.names.firsts[first] && len(s.begun) == 0 }
	return s
}}

// A search goes through a text once.
type search struct {
	reader
	names  *Names
	begun  []begun // names whose first words were read last
	before []begun
	found  []Match
}

func (s *search) begin(n *Names, text string) {
	s.text, s.markup, s.attribute, s.held = text, false, nil, s.held[:0]
	s.names, s.begun, s.found = n, s.begun[:0], s.found[:0]
}

// end gives a search back, without what it went through.
func (s *search) end() {
	s.text, s.attribute, s.names = "", nil, nil
	searches.Put(s)
}

// A begun name is where it began, and what may come next.
type begun struct {
	at    *node
	start int
}

func (s *search) take(word []byte, start, end, behind int) {
	s.before, s.begun = s.begun, s.before[:0]
	for _, b := range s.before {
		s.goOn(b.at, word, b.start, end)
	}
	if behind >= 0 {
		start = behind
		s.goOn(&s.names.handles, word, start, end)
	}
	s.goOn(&s.names.names, word, start, end)
}

func (s *search) goOn(from *node, word []byte, start, end int) {
	next := from.next[string(word)]
	if next == nil {
		return
	}
	if next.ends {
		s.found = append(s.found, Match{Start: start, End: end, Who: next.who})
	}
	if next.next != nil {
		s.begun = append(s.begun, begun{next, start})
	}
}

// leftmost are the matches that no earlier or longer one overlaps. What is a part
// of a name that is Public counts as that name, and nothing else of it does:
// where two names overlap, the other one stands in the text all the same.
func leftmost(found []Match) []Match {
	if len(found) == 0 {
		return nil
	}
	slices.SortFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(b.Who, a.Who))
	})
	var kept []Match
	end, known := 0, 0 // of the last match, and of what is Public
	for _, m := range found {
		switch {
		case m.Who == Public:
			known = max(known, m.End)
		case m.Start >= end && m.End > known:
			kept, end = append(kept, m), m.End
		}
	}
	return kept
}

// Replace is a text that says something else in place of the names in it.
func (n *Names) Replace(text string, instead func(who int) string) string {
	return Replace(text, n.Find(text), instead)
}

// Replace is a text that says something else at matches, in their order.
func Replace(text string, matches []Match, instead func(who int) string) string {
	if len(matches) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, m := range matches {
		b.WriteString(text[at:m.Start])
		b.WriteString(instead(m.Who))
		at = m.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// Beside is matches and those of more that stand in the text as well, and beside
// them. All are in the order of the text.
func Beside(matches, more []Match) []Match {
	all := slices.Clone(matches)
	rest := slices.DeleteFunc(slices.Clone(matches), func(m Match) bool { return m.In != Text })
	for _, m := range more {
		for len(rest) > 0 && rest[0].End <= m.Start {
			rest = rest[1:]
		}
		if m.In == Text && (len(rest) == 0 || m.End <= rest[0].Start) {
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b Match) int { return cmp.Compare(a.Start, b.Start) })
	return all
}

// An edit takes some bytes away at an offset and puts others there.
type edit struct {
	at, remove int
	insert     string
}

// ReplaceMarkup is HTML that says something else at matches, in their order.
// Tags within a match stay; addresses do as they are. It returns what an offset
// in the text before became, too: what stood directly before a name still does.
func ReplaceMarkup(text string, matches []Match, instead func(Match) string) (string, func(offset int) int) {
	var edits []edit
	for _, m := range matches {
		if m.In == Address {
			continue
		}
		edits = append(edits, edit{at: m.Start, insert: html.EscapeString(instead(m))})
		edits = append(edits, removals(text, m)...)
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.at, b.at) })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.at])
		b.WriteString(e.insert)
		at = e.at + e.remove
	}
	b.WriteString(text[at:])
	return b.String(), shifted(edits)
}

// shifted tells what an offset in a text became by edits, which are in order.
func shifted(edits []edit) func(int) int {
	shifts := make([]int, len(edits)+1) // by all edits before one
	for i, e := range edits {
		shifts[i+1] = shifts[i] + len(e.insert) - e.remove
	}
	return func(offset int) int {
		n, _ := slices.BinarySearchFunc(edits, offset, func(e edit, offset int) int { return cmp.Compare(e.at, offset) })
		if n == 0 {
			return offset
		}
		last := edits[n-1]
		return offset + shifts[n] + max(0, last.at+last.remove-offset)
	}
}

// removals take the text of a match away and leave the tags in it.
func removals(text string, m Match) (edits []edit) {
	for at := m.Start; at < m.End; {
		if m.In == Text && text[at] == '<' {
			if n := tagLength(text[at:]); n > 0 {
				at += n
				continue
			}
		}
		end := m.End
		if i := strings.IndexByte(text[at+1:end], '<'); i >= 0 && m.In == Text {
			end = at + 1 + i
		}
		edits = append(edits, edit{at: at, remove: end - at})
		at = end
	}
	return edits
}
