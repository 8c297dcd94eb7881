package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// This file tells, in lists of actions, which list items below others are actions
// themselves. What stands below an action is mostly detail: it is an action where
// it says so, with a label, a box, an owner or a day. A list item is no action but
// the heading of those below it when it ends with a colon, or when it has nothing
// of that kind itself and all below it do.

// inside is the section of lists in a list item, and whether these stand below an
// item of it: in a list of actions.
func (p scope) inside() (section, bool) {
	if sectionItems[p.section.kind] != Action {
		return section{}, false
	}
	return p.section, true
}

// heads reports whether the list item of a section that a block begins is a heading
// of those in it: "Before the event:". The passage is that of the block, also
// afterwards.
func (w *itemReader) heads(n ast.Node, p scope) bool {
	list := n.NextSibling()
	if list == nil || list.Kind() != ast.KindList || p.box != nil || w.begins(p) || w.claims(nil) {
		return false
	}
	if bytes.HasSuffix(bytes.TrimSpace(w.passage.text), []byte(":")) {
		return true
	}
	if sectionItems[p.section.kind] != Action || w.assigns() {
		return false
	}
	all := w.allClaim(list, p)
	w.passage.read(w.renderer, n)
	return all
}

// allClaim reports whether all items of a list are actions by themselves.
func (w *itemReader) allClaim(list ast.Node, p scope) bool {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		p.box = taskOf(item)
		if p.box != nil {
			continue
		}
		first := item.FirstChild()
		if first == nil || first.Kind() != ast.KindParagraph && first.Kind() != ast.KindTextBlock {
			return false
		}
		w.passage.read(w.renderer, first)
		if !w.claims(nil) && !w.begins(p) {
			return false
		}
	}
	return true
}

// begins reports whether the passage begins with the head of an item.
func (w *itemReader) begins(p scope) bool {
	if len(w.passage.lines) == 0 {
		return false
	}
	h, ok := w.head(w.passage.lines[0], p, true)
	return ok && (h.text > h.start || h.kind != sectionItems[p.section.kind])
}

// claims reports whether a list item, whose first block is the passage, says that
// it is an action: it has a box, says in parentheses who does it or by when, or
// begins with whom it is for, "@bo: …" or "Bo to …".
func (w *itemReader) claims(box *east.TaskCheckBox) bool {
	if box != nil {
		return true
	}
	p := &w.passage
	all := span{p.skip(0, len(p.text), " "), len(p.text)}
	_, first := w.headFields(all.start, all.end, Action)
	_, last := w.endFields(all.start, all.end)
	if w.certainly(first) && assigned(first) || assigned(last) {
		return true
	}
	if names := p.names(all.start, all.end, nil); names > all.start {
		text, colon := p.colon(names, all.end)
		return colon && p.skip(text, all.end, " ") < all.end || bytes.HasPrefix(p.text[names:], []byte(" to "))
	}
	names, _ := p.namesBefore(all, " to ")
	return w.attended(names)
}

// assigned reports whether fields say who does an action or when.
func assigned(fields []field) bool {
	return slices.ContainsFunc(fields, func(f field) bool {
		return f.key == ownerField || f.key == nobodyField || f.key == dueField || f.key == doneField
	})
}

// assigns reports whether the passage begins with what may be whom it is for,
// attendees or not.
func (w *itemReader) assigns() bool {
	p := &w.passage
	all := span{p.skip(0, len(p.text), " "), len(p.text)}
	names, _ := p.namesBefore(all, namedBefore...)
	return p.handle(all.start, all.end) > all.start || len(names) > 0 && bareName(string(p.text[names[0].start:names[0].end]))
}

// attended reports whether there are names in the passage, and all are those of
// attendees as far as these are read.
func (w *itemReader) attended(names []span) bool {
	known := w.attendees()
	return len(names) > 0 && !slices.ContainsFunc(names, func(name span) bool {
		return !known[strings.ToLower(string(w.passage.text[name.start:name.end]))]
	})
}

// attendees are what the attendees that are read may be called: by name, first
// name, handle or initials, in lower case.
func (w *itemReader) attendees() map[string]bool {
	if w.known == nil {
		w.known = map[string]bool{}
	}
	for ; w.counted < len(w.doc.Attendance); w.counted++ {
		a := &w.doc.Attendance[w.counted]
		first, _, _ := strings.Cut(a.Name, " ")
		for _, name := range []string{a.Name, first, a.Handle, a.Initials} {
			w.known[strings.ToLower(name)] = true
		}
	}
	delete(w.known, "")
	return w.known
}
