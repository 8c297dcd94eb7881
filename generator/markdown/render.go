package markdown

import (
	"strconv"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"minutebook/generator/source"
)

// A renderer writes one document. HTML and facts are made in one walk over the
// tree: whatever is written as text of a block is kept in plain as well, from
// which headings, tasks, the summary and the sentences around links are cut.
type renderer struct {
	*Converter
	*workspace
	file  *source.File
	src   []byte // the body
	base  int    // offset of the body in the file
	doc   *Converted
	ends  map[ast.Node]int
	dirty bool // src holds substitutes

	inLink    bool // a link within a link is shown as text
	mentions  bool // words may become links
	inHeading bool // nothing is linked in one but what its author links

	patience time.Duration // left for highlighting

	raw   raw // HTML that the author wrote
	ids   ids
	notes notes
	lead  int // length of the leading heading in out

	sections int       // how many of the sections were begun
	survey   int       // level of the heading of the section for a survey that is open; 0: none is
	choice   *ast.List // whose items are options; mostly nil

	inLines bool // some items of notes begin within a block
}

// A span is a part of the text of a block.
type span struct{ start, end int }

// near is a reference and where its text stands in the text of a block.
type near struct {
	reference int
	text      span
}

// document renders a whole tree. It reports false when the result is larger
// than any honest document makes it.
func (r *renderer) document(t tree) bool {
	r.ends, r.ids = t.ends, ids{slugs: r.slugs, used: r.used, anchors: r.doc.Anchors}
	r.notes.count(t.root)
	r.readRaw(t.root)
	r.mentions = r.canMention()
	r.readItems(t.root)
	r.top(t.root)
	if r.full() {
		return false
	}
	r.finish()
	return true
}

// Expansion bounds the HTML of a body: this many times its bytes, and a little
// for small ones. Highlighted code takes about 10 times its source.
const (
	expansion      = 20
	expansionFloor = 64 << 10
)

func (r *renderer) full() bool { return len(r.out) > expansion*len(r.src)+expansionFloor }

func (r *renderer) write(parts ...string) {
	for _, p := range parts {
		r.out = append(r.out, p...)
	}
}

// top renders the blocks of a document, in which a section of options is more
// than its blocks.
func (r *renderer) top(root ast.Node) {
	for n := root.FirstChild(); n != nil && !r.full(); {
		if h, ok := n.(*ast.Heading); ok && r.beginsChoices() {
			n = r.choices(h)
			continue
		}
		r.block(n)
		n = n.NextSibling()
	}
}

// blocks renders the children of a block that are blocks themselves.
func (r *renderer) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil && !r.full(); n = n.NextSibling() {
		r.block(n)
	}
}

func (r *renderer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		r.paragraph(n)
	case *ast.TextBlock:
		r.leaf(n)
		if n.NextSibling() != nil {
			r.write("\n")
		}
	case *ast.Heading:
		r.heading(n)
	case *ast.List:
		r.list(n)
	case *ast.Blockquote:
		r.quote(n)
	case *ast.FencedCodeBlock:
		r.code(r.language(n), r.lines(n))
	case *ast.CodeBlock:
		r.code("", r.lines(n))
	case *ast.HTMLBlock:
		r.rawBlock(n)
	case *ast.ThematicBreak:
		r.write("<hr>\n")
	case *east.Table:
		r.table(n)
	case *east.DefinitionList:
		r.definitions(n)
	case *east.FootnoteList:
		r.footnotes(n)
	}
}

// leaf renders a block of text. Its plain text is at hand until the next one.
func (r *renderer) leaf(n ast.Node) {
	r.plain, r.images, r.nearby = r.plain[:0], r.images[:0], r.nearby[:0]
	r.inlines(n)
	r.sentences()
}

func (r *renderer) paragraph(n *ast.Paragraph) {
	r.write("<p", r.itemAttribute(n), ">")
	r.leaf(n)
	r.write("</p>\n")
	if n.Parent().Kind() != ast.KindDocument || r.doc.Summary != "" && r.doc.Outcome != "" {
		return
	}
	if r.doc.Summary == "" {
		r.doc.Summary = cutAfter(collapse(r.plainWithoutImages()), summaryLength)
	}
	if last := len(r.doc.Headings) - 1; last >= 0 && r.doc.Outcome == "" && outcomes[strings.ToLower(r.doc.Headings[last].Text)] {
		r.doc.Outcome = cutAfter(collapse(r.plainWithoutImages()), summaryLength)
	}
}

// quote renders a block quote or, at the top of the document as on GitHub, an
// alert.
func (r *renderer) quote(n *ast.Blockquote) {
	if r.alert(n) {
		return
	}
	r.write("<blockquote>\n")
	r.blocks(n)
	r.write("</blockquote>\n")
}

func (r *renderer) list(n *ast.List) {
	tag, class := "ul", ""
	if n.IsOrdered() {
		tag = "ol"
	}
	if hasTask(n) {
		class = ` class="todo"`
	}
	r.write("<", tag, class)
	if n.IsOrdered() && n.Start != 1 {
		r.write(` start="`, strconv.Itoa(n.Start), `"`)
	}
	r.write(">\n")
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		r.item(item)
	}
	r.write("</", tag, ">\n")
}

var alignClass = map[east.Alignment]string{east.AlignRight: ` class="r"`, east.AlignCenter: ` class="c"`}

// table renders a table (GFM 4.10). Alignment is a class: the site's policy
// allows no style attributes.
func (r *renderer) table(n *east.Table) {
	tally, answers := r.tallyOf(n), 0
	if tally == nil {
		r.write(`<div class="tbl"><table>`, "\n")
	} else {
		r.write(`<div class="tbl"><table class="tally">`, "\n")
	}
	for row := n.FirstChild(); row != nil && !r.full(); row = row.NextSibling() {
		cell, before, after := "td", "", ""
		if row.Kind() == east.KindTableHeader {
			cell, before, after = "th", "<thead>\n", "</thead>\n"
		} else if row.PreviousSibling().Kind() == east.KindTableHeader {
			before = "<tbody>\n"
		}
		r.write(before, "<tr", r.rowAttribute(row), ">")
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			tag := cell
			if c.FirstChild() == nil {
				tag = "td" // a header without a word heads nothing
			}
			r.write("<", tag, alignClass[c.(*east.TableCell).Alignment], ">")
			r.leaf(c)
			r.write("</", tag, ">")
		}
		if tally != nil && cell == "th" {
			r.write(`<td aria-hidden="true"></td>`)
		} else if tally != nil {
			r.write(tally.bar(answers))
			answers++
		}
		r.write("</tr>\n", after)
	}
	if n.ChildCount() > 1 {
		r.write("</tbody>\n")
	}
	r.write("</table></div>\n")
}

func (r *renderer) definitions(list *east.DefinitionList) {
	r.write("<dl>\n")
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == east.KindDefinitionTerm {
			r.write("<dt>")
			r.leaf(n)
			r.write("</dt>\n")
			continue
		}
		r.write("<dd>")
		r.blocks(n)
		r.write("</dd>\n")
	}
	r.write("</dl>\n")
}

// lines is the text of a code block.
func (r *renderer) lines(n ast.Node) string {
	var b strings.Builder
	for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
		b.Write(line.Value(r.src))
	}
	return r.clean(strings.ReplaceAll(b.String(), "\r\n", "\n"))
}
