package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// An Option is one of the possibilities that a section of options puts to
// choice: a heading below that of the section, or where there is none an item
// of its first list.
type Option struct {
	ID    string // of the heading, or of the list item
	Text  string // the heading's; of an item the name that it begins with
	Level int    // of the heading; 0 for a list item

	Summary string      // plain text of its first paragraph, cut at about 160 characters
	Facts   [][2]string // what a table says of it: the name of a fact and its value, plain
}

// choices renders a section of options, from its heading on, and returns the
// block that follows it. Each option becomes a card:
//
//	<div class="opts">
//	  <section class="opt"><h3>…</h3> <dl class="opt-facts">…</dl> <div>…</div></section>
//
// A table that compares all of them is dealt out to the cards, each fact under
// the name that the table gives it, because a phone has no room for the columns.
func (r *renderer) choices(heading *ast.Heading) ast.Node {
	r.heading(heading)
	end, level := sectionEnd(heading)
	if level == 0 {
		r.listedOptions(heading.NextSibling(), end)
		return end
	}
	first := heading.NextSibling()
	for !isOption(first, level) {
		first = first.NextSibling()
	}
	table, facts := r.comparison(heading.NextSibling(), first, end, level)
	for n := heading.NextSibling(); n != first && !r.full(); n = n.NextSibling() {
		if n != ast.Node(table) {
			r.block(n)
		}
	}
	r.write(`<div class="opts">`, "\n")
	for n := first; n != end && !r.full(); {
		n = r.card(n, end, level, facts[n])
	}
	r.write("</div>\n")
	return end
}

// card renders an option from its heading on, and returns the block that follows
// it.
func (r *renderer) card(heading, end ast.Node, level int, facts []fact) ast.Node {
	r.write(`<section class="opt">`, "\n")
	r.block(heading)
	h := r.doc.Headings[len(r.doc.Headings)-1]
	option := Option{ID: h.ID, Text: h.Text, Level: h.Level, Facts: r.facts(facts)}
	r.write("<div>")
	n := heading.NextSibling()
	for ; n != end && !isOption(n, level) && !r.full(); n = n.NextSibling() {
		r.block(n)
		if n.Kind() == ast.KindParagraph && option.Summary == "" {
			option.Summary = cutAfter(collapse(r.plainWithoutImages()), sentenceLength)
		}
	}
	r.write("</div></section>\n")
	r.doc.Options = append(r.doc.Options, option)
	return n
}

// isOption reports whether a block is the heading of an option, when the first of
// them has a level.
func isOption(n ast.Node, level int) bool {
	h, ok := n.(*ast.Heading)
	return ok && h.Level <= level
}

// sectionEnd is the block behind a heading's section, nil at the end of the
// document, and the level of the first heading within; 0 when there is none.
func sectionEnd(heading *ast.Heading) (end ast.Node, level int) {
	for end = heading.NextSibling(); end != nil; end = end.NextSibling() {
		h, ok := end.(*ast.Heading)
		if ok && h.Level <= heading.Level {
			break
		}
		if ok && level == 0 {
			level = h.Level
		}
	}
	return end, level
}

// beginsChoices reports whether the heading that is written next begins a
// section of options.
func (r *renderer) beginsChoices() bool {
	next := r.sections
	for next < len(r.doc.Sections) && r.doc.Sections[next].Heading < len(r.doc.Headings) {
		next++
	}
	return next < len(r.doc.Sections) && r.doc.Sections[next].Heading == len(r.doc.Headings) && r.doc.Sections[next].Kind == Choices
}

// listedOptions renders a section of options that has no headings. The items of
// its first list are the options.
func (r *renderer) listedOptions(first, end ast.Node) {
	found := false
	for n := first; n != end && !r.full(); n = n.NextSibling() {
		if list, ok := n.(*ast.List); ok && !found {
			found = true
			r.choice = list
		}
		r.block(n)
	}
}

// optionAttribute is the id of a list item that is an option, which is noted;
// empty for any other item.
func (r *renderer) optionAttribute(item ast.Node) string {
	if r.choice == nil || item.Parent() != ast.Node(r.choice) || item.FirstChild() == nil {
		return ""
	}
	o := Option{ID: r.itemIDs[item], Text: r.optionName(item.FirstChild())}
	if rest := strings.TrimPrefix(r.words(item.FirstChild()), o.Text); rest != "" {
		o.Summary = cutAfter(strings.TrimLeft(rest, ":.–—- "), sentenceLength)
	}
	attribute := ""
	if o.ID == "" {
		o.ID = ownID + "option-" + strconv.Itoa(len(r.doc.Options)+1)
		attribute = ` id="` + o.ID + `"`
	}
	r.doc.Options = append(r.doc.Options, o)
	return attribute
}

// optionName is what a list item calls its option: its first words where they
// are strong or a link, else what stands before a colon or a dash, else all.
func (r *renderer) optionName(block ast.Node) string {
	switch first := block.FirstChild().(type) {
	case *ast.Emphasis, *ast.Link:
		return strings.TrimRight(r.words(first), ":.")
	}
	text := r.words(block)
	for _, mark := range []string{": ", " – ", " — ", " - "} {
		if before, _, found := strings.Cut(text, mark); found {
			text = before
		}
	}
	return text
}

// A fact is a cell of a comparison and the name of its row.
type fact struct {
	name string
	cell ast.Node
}

// comparison is the table before the options that has a column or a row for each
// of them and for nothing else, and its facts by option; nil when there is none.
func (r *renderer) comparison(from, first, end ast.Node, level int) (*east.Table, map[ast.Node][]fact) {
	options := map[string]ast.Node{}
	for n := first; n != end; n = n.NextSibling() {
		if isOption(n, level) {
			name := r.cellName(n)
			if name == "" || options[name] != nil {
				return nil, nil
			}
			options[name] = n
		}
	}
	for n := from; n != first; n = n.NextSibling() {
		if table, ok := n.(*east.Table); ok {
			cells := cellsOf(table)
			if facts := r.dealt(cells, options); facts != nil {
				return table, facts
			}
			if facts := r.dealt(transposed(cells), options); facts != nil {
				return table, facts
			}
		}
	}
	return nil, nil
}

// dealt are the facts of a table whose columns, but the first, are the options;
// nil when they are not, or when a name in it is more than words.
func (r *renderer) dealt(cells [][]ast.Node, options map[string]ast.Node) map[ast.Node][]fact {
	if len(cells) < 2 || len(cells[0]) != len(options)+1 || !isWords(cells[0][0]) {
		return nil
	}
	facts := map[ast.Node][]fact{}
	for column, head := range cells[0][1:] {
		option := options[r.cellName(head)]
		if option == nil || facts[option] != nil || !isWords(head) {
			return nil
		}
		facts[option] = []fact{}
		for _, row := range cells[1:] {
			if !isWords(row[0]) || r.cellName(row[0]) == "" {
				return nil
			}
			facts[option] = append(facts[option], fact{r.words(row[0]), row[column+1]})
		}
	}
	return facts
}

func cellsOf(table *east.Table) [][]ast.Node {
	var rows [][]ast.Node
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []ast.Node
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, c)
		}
		if len(rows) > 0 && len(cells) != len(rows[0]) {
			return nil
		}
		rows = append(rows, cells)
	}
	return rows
}

func transposed(rows [][]ast.Node) [][]ast.Node {
	if len(rows) == 0 {
		return nil
	}
	columns := make([][]ast.Node, len(rows[0]))
	for i := range columns {
		for _, row := range rows {
			columns[i] = append(columns[i], row[i])
		}
	}
	return columns
}

// cellName is the text of a heading or cell for comparison.
func (r *renderer) cellName(n ast.Node) string {
	return strings.ToLower(r.words(n))
}

// words is the text of a node on one line, without marks.
func (r *renderer) words(n ast.Node) string {
	var text []byte
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		t, ok := n.(*ast.Text)
		switch {
		case !ok || !entering:
		case t.IsRaw() || t.Parent().Kind() == ast.KindCodeSpan:
			text = append(text, t.Value(r.src)...)
		default:
			text = append(text, decode(t.Value(r.src))...)
		}
		if ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			text = append(text, ' ')
		}
		return ast.WalkContinue, nil
	})
	return collapse(text)
}

// isWords reports whether a cell is nothing but words, so that it can be written
// more than once.
func isWords(cell ast.Node) bool {
	plain := true
	ast.Walk(cell, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindText, ast.KindEmphasis, ast.KindCodeSpan, east.KindTableCell:
			return ast.WalkContinue, nil
		}
		plain = false
		return ast.WalkStop, nil
	})
	return plain
}

// facts renders what a table says of an option, and returns its words.
func (r *renderer) facts(list []fact) (said [][2]string) {
	if len(list) == 0 {
		return nil
	}
	r.write(`<dl class="opt-facts">`, "\n")
	for _, f := range list {
		r.write("<div><dt>")
		r.say([]byte(f.name))
		r.write("</dt><dd>")
		r.leaf(f.cell)
		said = append(said, [2]string{f.name, collapse(r.plain)})
		r.write("</dd></div>\n")
	}
	r.write("</dl>\n")
	return said
}
