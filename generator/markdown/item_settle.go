package markdown

import (
	"slices"
	"sort"
	"strings"

	"minutebook/generator/source"
)

// settle decides what depends on the whole document: which items answer which
// questions, and which actions begin with the names of attendees.
func (w *itemReader) settle() {
	questions := map[string]int{}
	for i := range w.doc.Items {
		it := &w.doc.Items[i]
		if _, taken := questions[it.ID]; it.Kind == Question && it.ID != "" && !taken {
			questions[it.ID] = i
		}
	}
	for i := range w.doc.Items {
		if it := &w.doc.Items[i]; it.Kind == Answer {
			w.answer(i, it, questions)
		}
	}
	w.nameOwners()
}

// answer finds the question of an answer: the one with its id, or the one that
// it is nested in, or the one it follows under the same heading.
func (w *itemReader) answer(i int, it *Item, questions map[string]int) {
	if q, ok := questions[it.Answers]; ok && it.Answers != "" {
		it.Parent = q
		return
	}
	if it.Parent >= 0 || it.Answers != "" || i == 0 {
		return
	}
	before := w.doc.Items[i-1]
	switch {
	case before.Heading != it.Heading:
	case before.Kind == Question:
		it.Parent = i - 1
	case before.Kind == Answer:
		it.Parent = before.Parent
	}
}

// nameOwners takes what actions begin with for their owners where all of it
// names attendees.
func (w *itemReader) nameOwners() {
	if len(w.named) == 0 {
		return
	}
	known := w.attendees()
	for _, n := range w.named {
		stranger := slices.ContainsFunc(n.names, func(p Person) bool { return !known[strings.ToLower(p.Name)] })
		if it := &w.doc.Items[n.item]; !stranger {
			it.Owners, it.Text = n.names, n.text
		}
	}
}

// settleReferences gives items the indexes of their references, once these are
// numbered.
func (r *renderer) settleReferences() {
	if len(r.itemLinks) == 0 || len(r.doc.References) == 0 {
		return
	}
	order := make([]int, len(r.doc.References))
	for i := range order {
		order[i] = i
	}
	start := func(i int) int { return r.doc.References[order[i]].Span.Start }
	slices.SortStableFunc(order, func(a, b int) int {
		return r.doc.References[a].Span.Start - r.doc.References[b].Span.Start
	})
	within := func(s source.Span) []int {
		from := sort.Search(len(order), func(i int) bool { return start(i) >= s.Start })
		to := sort.Search(len(order), func(i int) bool { return start(i) >= s.End })
		if s.IsZero() || from >= to {
			return nil
		}
		return slices.Clone(order[from:to])
	}
	for i, l := range r.itemLinks {
		it := &r.doc.Items[i]
		it.References, it.Targets, it.From = within(l.own), within(l.targets), within(l.from)
		if upstream := within(l.upstream); len(upstream) > 0 {
			it.Upstream = r.doc.References[upstream[0]].Destination
		}
	}
}
