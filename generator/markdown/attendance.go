package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// This file reads who was there: the list items, lines and tables under a
// heading "Attendance" or another word for it, and what stands behind "Chair:",
// "Present:" and the like anywhere.
//
//	Anna Example (@anna)     @anna     Anna Example @anna (chair)     AE: Anna Example
//	Anna Example (Org)       Anna Example - Org       Anna / @anna / Org
//	@anna, @bo, Dora (guest)

// A sureness is how much a text must look like names to be read as some.
type sureness uint8

const (
	listed  sureness = iota // one person, who may be written anyhow
	likely                  // names among prose: what does not look like one is passed over
	certain                 // names or prose: all of it must look like names
)

// attendeeItem reads a list item of a section of attendees. It is one person,
// or several behind a label, or with several handles; from a line on that begins
// with a label of items, it is notes.
func (w *itemReader) attendeeItem(n ast.Node, p scope) {
	t := &w.passage
	role := p.section.role
	p.section = section{}
	notes := w.notesFrom(p)
	end := w.lineStart(notes)
	h := head{start: t.skip(0, end, " ")}
	sure := listed
	if w.roleHead(&h, end) {
		role, sure = h.role, likely
	}
	text := t.text[:end]
	if many := p.alone && bytes.Count(text, []byte(",")) > 1; many || bytes.Count(text[h.text:], []byte("@")) > 1 {
		sure = likely
	}
	w.people(span{h.text, end}, role, sure)
	w.lines(n, p, notes)
}

// attendeeLines reads the lines of a paragraph in a section of attendees. What it
// returns is the section of a list that follows.
func (w *itemReader) attendeeLines(n ast.Node, p scope) section {
	if s := w.announced(n, Attendance); s.kind != "" {
		return s
	}
	if name, ok := w.title(n); ok {
		if elsewhere[name] || labels[name] != "" {
			w.section = section{}
		}
		return section{}
	}
	notes := w.notesFrom(p)
	for i, line := range w.passage.lines[:notes] {
		end := w.lineStart(i + 1)
		h := head{start: line.at, text: line.at}
		role := w.section.role
		if w.roleHead(&h, end) {
			role = h.role
		}
		w.people(span{h.text, end}, role, likely)
	}
	w.lines(n, p, notes)
	return section{}
}

// lineStart is where the line of the passage with an index begins; behind the
// last one, where the text ends.
func (w *itemReader) lineStart(i int) int {
	if t := &w.passage; i < len(t.lines) {
		return t.lines[i].at
	}
	return len(w.passage.text)
}

// notesFrom is the index of the first line of the passage that begins with a label
// of items, which nobody is called: the number of lines when there is none. "AI"
// may be what notes call Anna Ito.
func (w *itemReader) notesFrom(p scope) int {
	t := &w.passage
	for i, line := range t.lines {
		h, ok := w.head(line, p, i == 0)
		if !ok || h.kind == "" || i > 0 && h.chance {
			continue
		}
		if !bytes.HasPrefix(t.text[h.start:], []byte("AI")) {
			return i
		}
		if _, person := w.attendee(span{h.text, w.lineStart(i + 1)}, Present, certain); !person {
			return i
		}
	}
	return len(t.lines)
}

// title reports a paragraph in front of a list that is nothing but a name in bold
// or with a colon behind: what the list is, or where those in it are from.
func (w *itemReader) title(n ast.Node) (name string, ok bool) {
	next := n.NextSibling()
	if next == nil || next.Kind() != ast.KindList || len(w.passage.lines) != 1 {
		return "", false
	}
	text := strings.TrimSpace(string(w.passage.text))
	name = strings.TrimSuffix(text, ":")
	return strings.ToLower(name), (name != text || w.passage.boldAt(0) >= len(name)) && !strings.ContainsAny(name, ",:@(")
}

// elsewhere are the titles that end a list of attendees like a heading.
var elsewhere = setOf("agenda minutes notes discussion topics announcements summary")

// people reads the names in a part of the passage.
func (w *itemReader) people(s span, role Role, sure sureness) {
	found := len(w.doc.Attendance)
	for at := s.start; at < s.end; {
		stop, next := s.end, s.end
		if sure != listed {
			stop, next = w.passage.nextPerson(at, s.end)
		}
		a, ok := w.attendee(span{at, stop}, role, sure)
		if ok {
			w.doc.Attendance = append(w.doc.Attendance, a)
		} else if sure == certain && a.Name != "" {
			w.doc.Attendance = w.doc.Attendance[:found]
			return
		}
		at = next
	}
}

// nextPerson is where the person at an offset ends and the next one begins: at a
// comma or an "and" outside of parentheses.
func (p *passage) nextPerson(at, end int) (stop, next int) {
	depth := 0
	for i := at; i < end; i++ {
		switch c := p.text[i]; {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth > 0:
		case c == ',' || c == ';':
			return i, i + 1
		case c == ' ' && i > at:
			for _, between := range []string{" and ", " & "} {
				if next := p.skipWord(i, end, between); next > i {
					return i, next
				}
			}
		}
	}
	return end, end
}

// attendee reads one person.
func (w *itemReader) attendee(s span, role Role, sure sureness) (Attendee, bool) {
	t := &w.passage
	s.start = t.skip(s.start, s.end, " *-+")
	s.end = t.back(s.start, s.end, " .,;")
	s.start = t.skipWord(s.start, s.end, "and ")
	a := Attendee{Role: role, Span: t.source(w.renderer, s)}
	if l, ok := t.linkAt(s.start); ok {
		a.Handle = Profile(string(l.destination[:min(len(l.destination), look)]))
	}
	if colon := bytes.IndexByte(t.text[s.start:s.end], ':'); colon > 0 && initials(string(t.text[s.start:s.start+colon])) {
		a.Initials = string(t.text[s.start : s.start+colon])
		s.start = t.skip(s.start+colon+1, s.end, " ")
	}
	name := s.start + nameEnd(t.text[s.start:s.end])
	rest := t.string(w.renderer, span{name, s.end})
	if at, end := handleIn(t, span{name, s.end}); end > at {
		a.Handle = t.string(w.renderer, span{at + 1, end})
		rest = strings.Replace(rest, "@"+a.Handle, "", 1)
	}
	a.Name = strings.Trim(t.string(w.renderer, span{s.start, name}), " ,-–—/*:")
	a.Note = note(rest)
	if a.Name == "" {
		a.Name = a.Handle
	}
	ok := looksLikeName(a, sure)
	if r, known := roles[strings.ToLower(a.Note)]; known && role == Present {
		a.Role, a.Note = r, ""
	}
	return a, ok
}

// nameEnd is the length of the name that a text begins with.
func nameEnd(text []byte) int {
	end := len(text)
	for _, mark := range []string{"(", "@", "{", "[", " - ", " – ", " — ", " / ", ",", "<", ";", "|"} {
		if i := bytes.Index(text[:end], []byte(mark)); i >= 0 {
			end = i
		}
	}
	return end
}

// handleIn finds the first handle in a part of a passage.
func handleIn(t *passage, s span) (at, end int) {
	for i := s.start; i < s.end; i++ {
		if t.text[i] != '@' || i > 0 && isLetterOrDigit(t.text[i-1]) && i != s.start {
			continue
		}
		if end := t.handle(i, s.end); end > i {
			return i, end
		}
	}
	return 0, 0
}

// note is what is left of a person behind the name, without the brackets of a
// handle.
func note(rest string) string {
	if rest == "" || rest == "()" || rest == "(" {
		return ""
	}
	rest = withoutHandle.Replace(rest)
	rest = strings.Trim(strings.Join(strings.Fields(rest), " "), " ,-–—/|;")
	if inner, ok := strings.CutPrefix(rest, "("); ok && strings.Count(rest, "(") == 1 {
		rest = strings.Join(strings.Fields(strings.Replace(inner, ")", " ", 1)), " ")
	}
	return strings.Trim(rest, " ,-–—/|;@{}")
}

var withoutHandle = strings.NewReplacer("()", " ", "(,", "(", "( ", "(")

// Profile is the handle in the address of a person's page on a host of
// repositories; "" for other addresses.
func Profile(address string) string {
	for _, host := range [...]string{"https://github.com/", "http://github.com/", "https://www.github.com/", "https://gitlab.com/", "https://codeberg.org/"} {
		if rest, ok := strings.CutPrefix(address, host); ok {
			if rest = strings.Trim(rest, "/"); !strings.ContainsAny(rest, "/?# ") {
				return rest
			}
		}
	}
	return ""
}

// initials reports a short form of a name: "MB", "JSS", "JoS".
func initials(text string) bool {
	if len(text) < 2 || len(text) > 4 || !isLetter(text[0]) || text[0]&0x20 != 0 {
		return false
	}
	return !strings.ContainsFunc(text, func(c rune) bool { return c >= utf8.RuneSelf || !isLetter(byte(c)) }) &&
		text != "Abs" && text[len(text)-1]&0x20 == 0
}

// looksLikeName reports whether a text can be the name of a person. One with a
// handle is; the rest depends on where it stands.
func looksLikeName(a Attendee, sure sureness) bool {
	words := strings.Fields(a.Name)
	switch {
	case len(words) == 0 || len(words) > 6 || saysNothing(a.Name) || strings.ContainsAny(a.Name, "?!#=;:\"{}[]"):
		return false
	case !strings.ContainsFunc(a.Name, unicode.IsLetter):
		return false
	case a.Handle != "" || sure == listed:
		return true
	}
	noted := a.Note != "" && sure == likely // "Local operator (guest)"
	for i, word := range words {
		if first, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(first) && !particles[word] && (i == 0 || !noted) {
			return false
		}
	}
	return len(words) <= 4
}

// particles are the words in names that begin with a small letter.
var particles = setOf("van von der den de da di du la le el al bin ibn y e")

// table reads a table of attendees, whose first row says what the columns are.
func (w *itemReader) table(n ast.Node, role Role) {
	var columns []string
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		a := Attendee{Role: role}
		i := 0
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			w.passage.read(w.renderer, c)
			text := w.passage.string(w.renderer, span{0, len(w.passage.text)})
			if row.Kind() == east.KindTableHeader {
				columns = append(columns, attendeeColumns[strings.ToLower(text)])
			} else if i < len(columns) {
				w.cell(&a, columns[i], text)
			}
			i++
		}
		if a.Name == "" {
			a.Name = a.Handle
		}
		if looksLikeName(a, listed) {
			w.doc.Attendance = append(w.doc.Attendance, a)
		}
	}
}

// cell puts the text of the passage at hand into a person.
func (w *itemReader) cell(a *Attendee, column, text string) {
	switch column {
	case "name":
		a.Name, a.Span = text, w.passage.source(w.renderer, span{0, len(w.passage.text)})
	case "handle":
		a.Handle = strings.TrimPrefix(text, "@")
		if a.Span.IsZero() {
			a.Span = w.passage.source(w.renderer, span{0, len(w.passage.text)})
		}
	case "initials":
		a.Initials = text
	case "note":
		a.Note = strings.TrimPrefix(a.Note+", "+text, ", ")
		if role, ok := roles[strings.ToLower(text)]; ok && a.Role == Present {
			a.Role = role
		}
	}
}
