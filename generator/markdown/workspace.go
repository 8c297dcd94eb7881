package markdown

import "github.com/yuin/goldmark/ast"

// A workspace is the memory that one conversion works in after the other. What a
// document keeps is copied out of it at its own size: lists that grow in the
// document itself would be kept with the room that they never used.
type workspace struct {
	out  []byte
	gaps []Gap

	plain  []byte // text of the current block
	images []span // parts of plain that are alternative texts
	nearby []near // references of the current block that want a sentence

	references []Reference
	headings   []Heading
	tasks      []Task
	items      []Item

	itemIDs   map[ast.Node]string // ids of items of notes, by the node that begins with them
	itemLinks []itemLinks         // by the index of the item
	passage   passage
	slugs     map[string]int
	used      map[string]bool
}

func newWorkspace() any {
	return &workspace{itemIDs: map[ast.Node]string{}, slugs: map[string]int{}, used: map[string]bool{}}
}

// lend lets the lists of a document grow in the workspace.
func (w *workspace) lend(doc *Converted) {
	w.out, w.gaps, w.itemLinks = w.out[:0], w.gaps[:0], w.itemLinks[:0]
	doc.References, doc.Headings = w.references[:0], w.headings[:0]
	doc.Tasks, doc.Items = w.tasks[:0], w.items[:0]
}

// reclaim gives a document lists of its own.
func (w *workspace) reclaim(doc *Converted) {
	doc.References, w.references = moved(doc.References)
	doc.Headings, w.headings = moved(doc.Headings)
	doc.Tasks, w.tasks = moved(doc.Tasks)
	doc.Items, w.items = moved(doc.Items)
	doc.Body.Gaps, w.gaps = moved(doc.Body.Gaps)
}

// moved is a copy of a list, nil for an empty one, and the list without what it
// held.
func moved[T any](list []T) (own, room []T) {
	if len(list) > 0 {
		own = make([]T, len(list))
		copy(own, list)
		clear(list)
	}
	return own, list[:0]
}

// forget lets go of the syntax tree.
func (w *workspace) forget() {
	clear(w.passage.lines[:cap(w.passage.lines)])
	w.itemIDs, w.slugs, w.used = cleared(w.itemIDs), cleared(w.slugs), cleared(w.used)
}

// cleared is an empty map: the same one, unless it is so large that to empty it
// for each document would take longer than to read it.
func cleared[K comparable, V any](m map[K]V) map[K]V {
	if len(m) > 500 {
		return map[K]V{}
	}
	clear(m)
	return m
}
