package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// notes are the places where footnotes are referred to: for the number of a
// footnote, which of its references are shown. One in the alternative text of
// an image is not.
type notes map[int][]int

func (s *notes) count(root ast.Node) {
	if last := root.LastChild(); last == nil || last.Kind() != east.KindFootnoteList {
		return
	}
	*s = notes{}
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() == ast.KindImage {
			return ast.WalkSkipChildren, nil
		}
		if link, ok := n.(*east.FootnoteLink); ok && entering {
			(*s)[link.Index] = append((*s)[link.Index], link.RefIndex)
		}
		return ast.WalkContinue, nil
	})
}

// noteID is the id of a footnote; noteRefID is that of a reference to it.
func noteID(index int) string { return ownID + "fn-" + strconv.Itoa(index) }

func noteRefID(index, ref int) string {
	id := ownID + "fn-ref-" + strconv.Itoa(index)
	if ref > 0 {
		id += "-" + strconv.Itoa(ref+1)
	}
	return id
}

// note renders a reference to a footnote. Within a link it is the number alone.
func (r *renderer) note(n *east.FootnoteLink) {
	number := strconv.Itoa(n.Index)
	r.write(`<sup id="`, noteRefID(n.Index, n.RefIndex), `">`)
	if r.inLink {
		r.write(number)
	} else {
		r.write(`<a class="fnref" href="#`, noteID(n.Index), `" aria-label="`, attribute(r.options.Words.T("Footnote {number}", number)), `">`, number, "</a>")
	}
	r.write("</sup>")
}

// footnotes renders all footnotes of a document, at its end.
func (r *renderer) footnotes(list *east.FootnoteList) {
	r.write(`<section class="footnotes" aria-label="`, attribute(r.options.Words.T("Footnotes")), `"><ol>`, "\n")
	for n := list.FirstChild(); n != nil && !r.full(); n = n.NextSibling() {
		note := n.(*east.Footnote)
		r.write(`<li id="`, noteID(note.Index), `">`)
		r.footnote(note)
		r.write("</li>\n")
	}
	r.write("</ol></section>\n")
}

// footnote renders the blocks of a footnote; the way back stands at the end of
// the last paragraph.
func (r *renderer) footnote(n *east.Footnote) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindParagraph && lastBlock(c) {
			r.write("<p>")
			r.leaf(c)
			r.wayBack(n.Index)
			r.write("</p>\n")
			return
		}
		r.block(c)
	}
	r.wayBack(n.Index)
}

// lastBlock reports whether nothing but back links follows a block.
func lastBlock(n ast.Node) bool {
	for c := n.NextSibling(); c != nil; c = c.NextSibling() {
		if c.Kind() != east.KindFootnoteBacklink {
			return false
		}
	}
	return true
}

func (r *renderer) wayBack(index int) {
	for i, ref := range r.notes[index] {
		label := strconv.Itoa(index)
		if i > 0 {
			label += "-" + strconv.Itoa(i+1)
		}
		r.write(` <a class="fnback" href="#`, noteRefID(index, ref), `" aria-label="`, attribute(r.options.Words.T("Back to reference {number}", label)), `">↩</a>`)
	}
}
