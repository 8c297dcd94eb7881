package markdown

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"minutebook/generator/source"
)

// An itemReader finds the items and the attendees of a document, in one walk
// over its blocks that comes before rendering: an item has the id that is
// written, and headings, which get theirs when they are rendered, step aside.
// What items refer to is known after rendering only; see settleReferences.
type itemReader struct {
	*renderer
	levels   [7]section // by the level of the heading
	section  section    // of blocks at the top of the document
	headings int        // passed so far
	numbers  map[ItemKind]int
	named    []namedItem
	known    map[string]bool // names of the first attendees, in lower case
	counted  int             // how many those are
}

// A section is what list items are for a while, and the role of attendees.
type section struct {
	kind SectionKind
	role Role
}

// A scope is where a block stands.
type scope struct {
	section section // of a list and its items
	below   bool    // the list stands below an item of the section; see item_nested.go
	item    ast.Node
	box     *east.TaskCheckBox
	alone   bool // the list has no other item
	parent  int  // index of the item around it, -1 when there is none
	quotes  int  // how many block quotes around it
}

// sectionItems holds, for each kind of section that has items, the kind of those.
var sectionItems = map[SectionKind]ItemKind{
	Actions: Action, IfAccepted: Action, Decisions: Decision, OpenQuestions: Question, ActionReview: Review,
}

// labelSections are the sections that a label announces.
var labelSections = map[ItemKind]SectionKind{Action: Actions, Decision: Decisions, Question: OpenQuestions}

// readItems finds the items of a document and gives them their anchors.
func (r *renderer) readItems(root ast.Node) {
	w := itemReader{renderer: r}
	w.blocks(root.FirstChild(), scope{parent: -1})
	w.settle()
}

// blocks reads a block and those after it. A paragraph that is nothing but
// "Actions:" says what the list is that follows.
func (w *itemReader) blocks(n ast.Node, p scope) {
	var next section
	for ; n != nil; n = n.NextSibling() {
		said := next
		next = section{}
		switch n.Kind() {
		case ast.KindHeading:
			w.heading(n.(*ast.Heading))
		case ast.KindParagraph, ast.KindTextBlock:
			next = w.paragraph(n, p)
		case ast.KindList:
			w.list(n, p, said)
		case ast.KindBlockquote:
			w.blocks(n.FirstChild(), scope{parent: p.parent, quotes: p.quotes + 1})
		case east.KindTable:
			here := said.kind
			if here == "" && n.Parent().Kind() == ast.KindDocument {
				here = w.section.kind
			}
			switch here {
			case Attendance:
				w.table(n, cmp.Or(said.role, w.section.role))
			case Actions, Decisions:
				w.itemTable(n, sectionItems[here])
			}
		case east.KindDefinitionList, east.KindDefinitionDescription:
			w.blocks(n.FirstChild(), scope{parent: p.parent, quotes: p.quotes})
		}
	}
}

// heading begins a section, which reaches to the next heading of its level or
// above. The title of the document begins none: "Decisions" is also the title of
// a list of documents.
func (w *itemReader) heading(n *ast.Heading) {
	index := w.headings
	w.headings++
	if n.Parent().Kind() != ast.KindDocument {
		return
	}
	clear(w.levels[n.Level:])
	var s section
	if n.Level > 1 || index > 0 {
		s = w.sectionOf(w.headingText(n))
	}
	w.levels[n.Level] = s
	if s.kind != "" {
		w.doc.Sections = append(w.doc.Sections, Section{s.kind, index})
	}
	for level := n.Level; s.kind == "" && level > 0; level-- {
		if above := w.levels[level]; above.kind != Attendance {
			s = above
		}
	}
	w.section = s
}

// headingText is the plain text of a heading.
func (w *itemReader) headingText(n *ast.Heading) string {
	if t, ok := n.FirstChild().(*ast.Text); ok && t.NextSibling() == nil {
		return string(t.Value(w.src))
	}
	w.passage.read(w.renderer, n)
	return string(w.passage.text)
}

// attending reports whether a block stands at the top of the document in a
// section of attendees.
func (w *itemReader) attending(n ast.Node) bool {
	return w.section.kind == Attendance && n.Parent().Kind() == ast.KindDocument
}

// paragraph reads a block of text that no list item begins with. What it
// returns is the section of a list that follows.
func (w *itemReader) paragraph(n ast.Node, p scope) section {
	here := scope{parent: p.parent, quotes: p.quotes}
	if w.attending(n) {
		w.passage.read(w.renderer, n)
		return w.attendeeLines(n, here)
	}
	if p.quotes > 1 || !w.promising(n) {
		return section{}
	}
	w.passage.read(w.renderer, n)
	if s := w.announced(n, p.section.kind); s.kind != "" {
		return s
	}
	w.lines(n, here, 0)
	return section{}
}

// announced is the section that a block announces which is nothing but its
// name, in front of a list: "**Actions**", "Regrets:". An item of an agenda may
// be called "Next steps", so a name without a mark has to be one of actions, or
// stand among attendees. A label, "Action:" with nothing behind, announces only
// what follows without a blank line.
func (w *itemReader) announced(n ast.Node, around SectionKind) section {
	next := n.NextSibling()
	if next == nil || next.Kind() != ast.KindList && next.Kind() != east.KindTable || len(w.passage.text) > look {
		return section{}
	}
	text := strings.TrimSpace(string(w.passage.text))
	name := strings.TrimSuffix(text, ":")
	marked := name != text || w.passage.boldAt(0) >= len(name)
	name = strings.ToLower(name)
	label, role, s := labels[name], roles[name], w.sectionOf(name)
	one := label != "" && !strings.HasSuffix(name, "s")
	switch {
	case !marked && around != s.kind && (label != Action || n.Kind() != ast.KindTextBlock),
		one && n.Kind() == ast.KindParagraph && next.HasBlankPreviousLines():
		return section{}
	case s.kind == "" && role != "":
		return section{kind: Attendance, role: role}
	case s.kind == "":
		return section{kind: labelSections[label]}
	}
	return s
}

// list reads a list whose section is the one announced, or the one it stands in.
func (w *itemReader) list(n ast.Node, p scope, announced section) {
	if n.Parent().Kind() == ast.KindDocument {
		p.section = w.section
	}
	if announced.kind != "" {
		p.section, p.below = announced, false
	}
	p.alone = n.ChildCount() == 1
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		p.item, p.box = item, taskOf(item)
		w.listItem(item, p)
	}
}

// listItem reads the blocks of a list item. Lists in it are notes on it, unless
// it is nothing but their name, or they have items of their own.
func (w *itemReader) listItem(item ast.Node, p scope) {
	first := item.FirstChild()
	inner := scope{parent: p.parent, quotes: p.quotes}
	inner.section, inner.below = p.inside()
	if first != nil && (first.Kind() == ast.KindParagraph || first.Kind() == ast.KindTextBlock) {
		count := len(w.doc.Items)
		inner.section, inner.below = w.firstBlock(first, p)
		if len(w.doc.Items) > count {
			inner.parent = count
		}
		first = first.NextSibling()
	}
	w.blocks(first, inner)
}

// firstBlock reads the block that a list item begins with and returns the
// section of a list in the item, and whether that stands below an item of it.
func (w *itemReader) firstBlock(n ast.Node, p scope) (inside section, below bool) {
	inside, below = p.inside()
	inSection := sectionItems[p.section.kind] != "" || p.section.kind == Attendance
	if p.quotes > 1 || !inSection && !w.promising(n) {
		return inside, below
	}
	w.passage.read(w.renderer, n)
	around := p.section.kind
	if p.below {
		around = ""
	}
	if s := w.announced(n, around); s.kind != "" {
		return s, false
	}
	switch {
	case p.section.kind == Attendance:
		w.attendeeItem(n, p)
		return inside, below
	case inSection && w.heads(n, p):
		return p.section, p.below
	case p.below && !w.claims(p.box) && !w.begins(p):
		p.section = section{} // a detail
	}
	w.lines(n, p, 0)
	return inside, below
}

// lines reads the items that begin in a block, of which the passage is at hand.
// A text goes on until the next item begins. What begins in a list item below
// its own item is in that. The lines before the one with the index from are left
// out.
func (w *itemReader) lines(block ast.Node, p scope, from int) {
	var open head
	parent := p.parent
	for i, line := range w.passage.lines {
		if i < from || line.at < open.text {
			continue // within the head
		}
		h, ok := w.head(line, p, i == 0)
		if !ok || i > 0 && h.chance && h.kind != open.kind {
			continue
		}
		item := w.close(open, line.at, parent)
		if p.item != nil && item >= 0 && parent == p.parent {
			parent = item
		}
		open = h
		open.owner = ownerOf(block, line, p, i == 0)
	}
	w.close(open, len(w.passage.text), parent)
}

// ownerOf is the node that has the anchor of an item.
func ownerOf(block ast.Node, line textLine, p scope, first bool) ast.Node {
	switch {
	case first && p.item != nil:
		return p.item
	case first && block.Kind() == ast.KindParagraph:
		return block
	}
	return line.node
}

// close completes what a head begins, whose text ends at an offset, and returns
// the index of its item, -1 when there is none.
func (w *itemReader) close(h head, end, parent int) int {
	if h.role != "" {
		w.people(span{h.text, end}, h.role, certain)
	}
	if h.kind == "" {
		return -1
	}
	it, links, ok := w.item(h, end)
	if !ok {
		return -1
	}
	it.Parent, it.Heading, it.Span = parent, w.headings-1, w.firstLine(h)
	it.Anchor = w.anchor(&it)
	w.itemIDs[h.owner] = it.Anchor
	w.inLines = w.inLines || h.owner.Type() == ast.TypeInline
	w.doc.Items = append(w.doc.Items, it)
	w.itemLinks = append(w.itemLinks, links)
	return len(w.doc.Items) - 1
}

// firstLine is the first line of an item in the file.
func (w *itemReader) firstLine(h head) source.Span {
	if h.owner.Type() == ast.TypeBlock {
		return w.lineOf(h.owner)
	}
	start := w.passage.offset(h.start, 0)
	if at := h.owner.Pos(); at >= 0 && at < start {
		start = at
	}
	return w.lineAt(start)
}

// anchor is the id of an item in the HTML: the one that is written, unless it is
// taken, or one of ours with the number of the item among those of its kind.
func (w *itemReader) anchor(it *Item) string {
	if w.numbers == nil {
		w.numbers = map[ItemKind]int{}
	}
	w.numbers[it.Kind]++
	id := strings.ToLower(it.ID)
	if isItemID(id) && !w.ids.used[id] {
		w.ids.author(id)
		return id
	}
	id = ownID + string(it.Kind) + "-" + strconv.Itoa(w.numbers[it.Kind])
	w.doc.Anchors[id] = id
	return id
}

// isItemID reports a letter and digits: A3, Q12.
func isItemID(s string) bool {
	if len(s) < 2 || len(s) > 6 || !isLetter(s[0]) {
		return false
	}
	return !strings.ContainsFunc(s[1:], func(c rune) bool { return c < '0' || c > '9' })
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
