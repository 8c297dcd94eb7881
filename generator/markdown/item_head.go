package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// This file reads how an item begins:
//
//	head   = [ "**" ] label [ SP id ] [ ":" ] [ "**" ] [ SP "(" fields ")" ] [ ":" ]
//	       | "**" id "**"
//	       | label links | links                    (see item_review.go)
//	label  = a word of labels          id = letter digits
//
// A colon, bold or an id must be there: "Action items were reviewed" is prose.

// A head is how an item begins, or a line of attendees.
type head struct {
	kind    ItemKind
	role    Role // of attendees, who have no kind
	id      string
	number  bool // the id is a number, as "101.1"
	fields  []field
	targets span // links to the items that a review is about
	answers bool // the review answers a question; id is how the link calls it

	start, text int  // offsets in the passage: of the head, and of what follows it
	chance      bool // may be a word at the start of a line by chance
	conditional bool
	box         *east.TaskCheckBox
	owner       ast.Node // has the anchor
}

// promising reports whether a line of a block may begin an item, from a look at
// the source alone. It is what documents without items pay for.
func (w *itemReader) promising(block ast.Node) bool {
	lines := block.Lines()
	for i := range lines.Len() {
		segment := lines.At(i)
		if promisingLine(w.src[segment.Start:segment.Stop]) {
			return true
		}
	}
	return false
}

// firstWords are the first words of labels, roles and the names of sections.
var firstWords = func() map[string]bool {
	first := map[string]bool{"no": true, "none": true, "nothing": true}
	add := func(words string) {
		word, _, _ := strings.Cut(words, " ")
		word, _, _ = strings.Cut(word, "-")
		first[word] = true
	}
	for words := range labels {
		add(words)
	}
	for words := range roles {
		add(words)
	}
	for words := range headings {
		add(words)
	}
	return first
}()

// look is how far a label or the name of a section reaches at most.
const look = 64 // bytes

func promisingLine(line []byte) bool {
	start := bytes.TrimLeft(line, " \t")
	if len(start) > 3 && start[0] == '[' && start[2] == ']' {
		start = bytes.TrimLeft(start[3:], " \t")
	}
	text := bytes.TrimLeft(start, "*_~")
	if len(text) < 2 || len(text) > 0 && text[0] == '[' {
		return len(text) > 2 && bytes.Contains(text, []byte("](")) && bytes.IndexByte(text, '#') >= 0
	}
	var word [12]byte
	n := 0
	for n < len(text) && n < len(word) && isLetter(text[n]) {
		word[n] = text[n] | 0x20
		n++
	}
	if n == 1 && len(text) < len(start) && '0' <= text[1] && text[1] <= '9' {
		return true
	}
	if n < 2 || !firstWords[string(word[:n])] {
		return false
	}
	return len(text) < look || bytes.ContainsAny(text[:look], ":*_[0123456789")
}

// head reads the head of a line; first is the line that a block begins with.
func (w *itemReader) head(line textLine, p scope, first bool) (head, bool) {
	switch line.node.Kind() {
	case ast.KindText, ast.KindEmphasis, ast.KindLink, east.KindStrikethrough:
	default:
		return head{}, false
	}
	t, end := &w.passage, len(w.passage.text)
	h := head{start: t.skip(line.at, end, " ")}
	if first {
		h.box = p.box
	}
	section := sectionItems[p.section.kind]
	h.conditional = first && p.section.kind == IfAccepted
	switch {
	case w.about(&h, end, p.section.kind, first), w.labelled(&h, end), w.roleHead(&h, end), w.bareID(&h, end, section, first):
		return h, true
	case first && section != "":
		h.kind = section
		h.text, h.fields = w.headFields(h.start, end, section)
		if len(h.fields) > 0 {
			h.text, _ = t.colon(h.text, end)
		}
		return h, true
	}
	w.noDecisions(&h, end)
	return h, false
}

// noDecisions takes note of a line that says so: "No decisions.", or "None."
// below a heading for decisions. It is no item.
func (w *itemReader) noDecisions(h *head, end int) {
	if end-h.start >= look {
		return
	}
	text := bytes.ToLower(w.passage.text[h.start:end])
	if saysNothing(string(text)) && (w.section.kind == Decisions || bytes.Contains(text, []byte("decision"))) {
		w.doc.NoDecisions = true
	}
}

// labelled reads a head that begins with a label.
func (w *itemReader) labelled(h *head, end int) bool {
	t := &w.passage
	kind, at := lookUp(labels, t, h.start, end)
	if kind == "" {
		return false
	}
	bold := t.boldAt(h.start)
	marked := bold == at
	next, colon := t.colon(at, end)
	if first := t.skip(next, end, " "); w.links(h, first, end) {
		h.kind = Review
		if l, _ := t.linkAt(first); kind == Answer {
			h.answers, h.id = true, t.string(w.renderer, l.text)
		}
		return true
	}
	if k := t.skip(at, end, " "); !colon {
		h.id = t.id(k, end)
		if h.id != "" {
			next, colon = t.colon(k+len(h.id), end)
		}
	}
	marked = marked || bold > at && bold <= next
	text, fields := w.headFields(next, end, kind)
	later, after := t.colon(text, end)
	if len(fields) == 0 {
		later, after = next, false
	}
	if !colon && !after && !marked && h.id == "" && kind == Action && w.loose(h, at, end) {
		return true
	}
	if !colon && !after && !marked && h.id == "" || h.id != "" && !colon && !after && !marked && w.ids.used[strings.ToLower(h.id)] {
		return false // prose; an id that another item has is only mentioned
	}
	h.chance = !marked && h.id == "" && unicode.IsLower(rune(t.text[h.start]))
	h.kind, h.fields, h.text = kind, fields, t.skip(later, end, " ")
	return true
}

// loose reads the heads of actions that scribes write in a hurry: "AI - book a
// room", "Action item to Bo: book a room", "AI to Bo - book a room". A label in
// lower case begins a sentence.
func (w *itemReader) loose(h *head, at, end int) bool {
	const longest = 40 // bytes of a name
	t := &w.passage
	if !unicode.IsUpper(rune(t.text[h.start])) {
		return false
	}
	at = t.skip(at, end, " ")
	if text := t.skipDash(at, end); text > at {
		h.kind, h.text = Action, text
		return true
	}
	name := t.skipWord(at, end, "to ")
	if first, _ := utf8.DecodeRune(t.text[name:end]); name == at || first != '@' && !unicode.IsUpper(first) {
		return false
	}
	stop, text := end, end
	for _, sep := range []string{": ", " - ", " – "} {
		if i := bytes.Index(t.text[name:min(end, name+longest)], []byte(sep)); i > 0 && name+i < stop {
			stop, text = name+i, name+i+len(sep)
		}
	}
	if stop == end {
		return false
	}
	h.kind, h.text = Action, t.skip(text, end, " ")
	h.fields = []field{{key: ownerField, value: span{name, stop}}}
	return true
}

// roleHead reads "Chair:" and the like.
func (w *itemReader) roleHead(h *head, end int) bool {
	t := &w.passage
	role, at := lookUp(roles, t, h.start, end)
	if role == "" {
		return false
	}
	text, colon := t.colon(at, end)
	if !colon {
		return false
	}
	h.role, h.text = role, t.skip(text, end, " ")
	return true
}

// bareID reads a head that is an id alone: in bold anywhere, otherwise at the
// start of a list item in a section.
func (w *itemReader) bareID(h *head, end int, section ItemKind, first bool) bool {
	t := &w.passage
	id := t.id(h.start, end)
	kind := ItemKind("")
	if id != "" {
		kind = letters[id[0]|0x20]
	} else if section != "" && first && t.boldAt(h.start) > 0 {
		id = t.number(h.start, end)
		h.number = id != ""
	}
	if first && kind == "" {
		kind = section
	}
	if id == "" || kind == "" {
		return false
	}
	next, colon := t.colon(h.start+len(id), end)
	bold := t.boldAt(h.start)
	marked := bold == h.start+len(id) && !h.number || bold > 0 && colon
	text, fields := w.headFields(next, end, kind)
	if !marked && (section == "" || !first || !colon && len(fields) == 0) {
		return false
	}
	if section == Review && first && w.reports(next, end) {
		return false // of an item elsewhere, to which it does not link
	}
	if len(fields) > 0 {
		next, _ = t.colon(text, end)
	}
	h.kind, h.id, h.fields, h.text = kind, id, fields, t.skip(next, end, " ")
	return true
}

// lookUp is what a table has for the two words at an offset, or for the one, and
// where they end.
func lookUp[V comparable](table map[string]V, p *passage, at, end int) (found V, stop int) {
	var lower [2 * longestWord]byte
	var none V
	first := p.word(at, end)
	second := first
	if first > at && first+1 < end && p.text[first] == ' ' {
		second = p.word(first+1, end)
	}
	for i := at; i < max(first, second); i++ {
		lower[i-at] = p.text[i]
		if isLetter(p.text[i]) {
			lower[i-at] |= 0x20
		}
	}
	if second > first+1 {
		if found = table[string(lower[:second-at])]; found != none {
			return found, second
		}
	}
	return table[string(lower[:first-at])], first
}

// longestWord is how long a word of a table may be, with the space behind.
const longestWord = 24

// word is where the word at an offset ends; at that offset when there is none.
func (p *passage) word(at, end int) int {
	i := at
	for i < end && i-at < longestWord-1 && (isLetter(p.text[i]) || p.text[i] == '-' && i > at) {
		i++
	}
	if i < end && (isLetterOrDigit(p.text[i]) || p.text[i] >= utf8.RuneSelf) {
		return at
	}
	return i
}

// colon is what follows a colon at an offset, or the offset.
func (p *passage) colon(at, end int) (int, bool) {
	if i := p.skip(at, end, " "); i < end && p.text[i] == ':' {
		return i + 1, true
	}
	return at, false
}

// id is the id at an offset: a letter and digits, and no more.
func (p *passage) id(at, end int) string {
	i := at
	for i < end && i-at < 8 && isLetterOrDigit(p.text[i]) {
		i++
	}
	if i+1 < end && strings.IndexByte(".-_/'", p.text[i]) >= 0 && isLetterOrDigit(p.text[i+1]) {
		return ""
	}
	if id := string(p.text[at:i]); isItemID(id) {
		return id
	}
	return ""
}

// number is a number at an offset, with parts: "101.1".
func (p *passage) number(at, end int) string {
	i := at
	for i < end && i-at < 12 && ('0' <= p.text[i] && p.text[i] <= '9' || p.text[i] == '.' && i > at) {
		i++
	}
	return strings.TrimSuffix(string(p.text[at:i]), ".")
}
