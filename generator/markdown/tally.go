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
	if !r.within(Survey) || len(n.Alignments) != 2 || n.ChildCount() < 3 {
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
// a class, because a page has no styles of its own.
func (t *tally) bar(row int) string {
	class := "share w" + strconv.Itoa((t.counts[row]*100+t.total/2)/t.total)
	if t.counts[row] == t.most {
		class += " top"
	}
	return `<td class="` + class + `" aria-hidden="true"></td>`
}

// within reports whether what comes next stands in a section of a kind.
func (r *renderer) within(kind SectionKind) bool {
	for i := len(r.doc.Sections) - 1; i >= 0; i-- {
		s := r.doc.Sections[i]
		if s.Heading >= len(r.doc.Headings) {
			continue
		}
		for _, h := range r.doc.Headings[s.Heading+1:] {
			if h.Level <= r.doc.Headings[s.Heading].Level {
				return false
			}
		}
		return s.Kind == kind
	}
	return false
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
