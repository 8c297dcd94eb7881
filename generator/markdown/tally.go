package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// A tally is the answers of a survey: a table of two columns, option and count,
// in a section for one. A bar is drawn beside each count, on one scale for all,
// so that the table is the chart.
type tally struct {
	counts      []int
	total, most int
}

// tallyOf reads the counts of a table; nil when it is no tally.
func (r *renderer) tallyOf(n *east.Table) *tally {
	if r.survey == 0 || len(n.Alignments) != 2 || n.ChildCount() < 3 {
		return nil
	}
	t := &tally{}
	for row := n.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		count, err := strconv.Atoi(strings.TrimSpace(wordsOf(row.LastChild(), r.src)))
		if err != nil || count < 0 || count > 1e9 {
			return nil
		}
		t.counts = append(t.counts, count)
		t.total += count
		t.most = max(t.most, count)
	}
	if t.total == 0 {
		return nil
	}
	return t
}

// bar is the cell with the bar of a row. Its length in percent of all answers is
// two classes, tens and units, because a page has no styles of its own.
func (t *tally) bar(row int) string {
	percent := (t.counts[row]*100 + t.total/2) / t.total
	class := "share t" + strconv.Itoa(percent/10) + " u" + strconv.Itoa(percent%10)
	if t.counts[row] == t.most {
		class += " top"
	}
	return `<td class="` + class + `" aria-hidden="true"></td>`
}

// entered notes that a heading was written, which may begin a section for a
// survey or end one.
func (r *renderer) entered(level int) {
	index := len(r.doc.Headings) - 1
	if level <= r.survey {
		r.survey = 0
	}
	for r.sections < len(r.doc.Sections) && r.doc.Sections[r.sections].Heading <= index {
		if s := r.doc.Sections[r.sections]; s.Heading == index && s.Kind == Survey {
			r.survey = level
		}
		r.sections++
	}
}

// wordsOf is the text of a node, without marks.
func wordsOf(n ast.Node, src []byte) string {
	var b strings.Builder
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Value(src))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
