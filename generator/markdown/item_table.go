package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// itemColumns are the headers of the columns in a table of actions or decisions.
var itemColumns = map[string]string{
	"action": "text", "actions": "text", "action item": "text", "action items": "text", "task": "text", "item": "text",
	"description": "text", "what": "text", "todo": "text", "decision": "text", "decisions": "text", "resolution": "text",
	"owner": "owner", "owners": "owner", "who": "owner", "assignee": "owner", "assignees": "owner", "assigned to": "owner",
	"assigned": "owner", "responsible": "owner", "person": "owner", "lead": "owner",
	"due": "due", "due date": "due", "deadline": "due", "by when": "due", "when": "due", "target date": "due",
	"status": "state", "state": "state", "done": "state", "complete": "state", "completed": "state",
}

// finished are the words of a column of states that say that an action is done.
var finished = setOf("done complete completed closed finished yes x ✓ ✔ ✅ [x]")

// itemTable reads a table in a section of actions or decisions: each row is one,
// when the first row says which column has its text.
func (w *itemReader) itemTable(n ast.Node, kind ItemKind) {
	var columns []string
	for c := n.FirstChild().FirstChild(); c != nil; c = c.NextSibling() {
		w.passage.read(w.renderer, c)
		header := strings.ToLower(strings.TrimSpace(string(w.passage.text)))
		columns = append(columns, itemColumns[strings.Trim(header, "*_: ")])
	}
	if !slices.Contains(columns, "text") {
		return
	}
	for row := n.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		w.itemRow(row, columns, kind)
	}
}

// itemRow reads a row as an item.
func (w *itemReader) itemRow(row ast.Node, columns []string, kind ItemKind) {
	it := Item{Kind: kind, Parent: -1, Heading: w.headings - 1}
	links := itemLinks{}
	i := 0
	for c := row.FirstChild(); c != nil && i < len(columns); c = c.NextSibling() {
		w.passage.read(w.renderer, c)
		all := span{0, len(w.passage.text)}
		if all.end > 0 {
			where := w.passage.source(w.renderer, all)
			if it.Span.IsZero() {
				it.Span = where
			}
			it.Span.End = max(it.Span.End, where.End)
			w.itemCell(&it, columns[i], all)
		}
		i++
	}
	if it.Text == "" || saysNothing(it.Text) {
		return
	}
	links.own = it.Span
	it.Anchor = w.anchor(&it)
	w.itemIDs[row] = it.Anchor
	w.doc.Items = append(w.doc.Items, it)
	w.itemLinks = append(w.itemLinks, links)
}

// itemCell puts the text of the passage at hand into an item.
func (w *itemReader) itemCell(it *Item, column string, all span) {
	text := strings.TrimSpace(w.passage.string(w.renderer, all))
	switch column {
	case "text":
		it.Text = text
	case "owner":
		it.Owners = w.cellOwners(all)
	case "due":
		if strings.ContainsAny(text, "0123456789") {
			it.Due = Written{Text: text, Span: w.passage.source(w.renderer, all)}
		}
	case "state":
		it.Done = finished[strings.ToLower(text)]
	}
}

// cellOwners are the persons in a cell: by their handles, else by their names.
func (w *itemReader) cellOwners(all span) (owners []Person) {
	p := &w.passage
	for at := all.start; at < all.end; {
		stop, next := p.nextPerson(at, all.end)
		one := span{p.skip(at, stop, " "), p.back(at, stop, " .")}
		if handle, end := handleIn(p, one); end > handle {
			one = span{handle + 1, end}
		}
		if name := p.string(w.renderer, one); one.end > one.start && !saysNothing(name) {
			owners = append(owners, Person{Name: name, Span: p.source(w.renderer, one)})
		}
		at = next
	}
	return owners
}

// rowAttribute is the id attribute of a row that is an item.
func (r *renderer) rowAttribute(row ast.Node) string {
	if row.Kind() != east.KindTableRow {
		return ""
	}
	return r.itemAttribute(row)
}
