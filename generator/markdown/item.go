package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// itemLabels are the words that mark a line of notes as more than prose.
var itemLabels = []string{
	"action", "ai", "todo", "decision", "agreed", "resolution", "resolved", "consensus",
	"question", "issue", "answer", "feedback", "topic", "offer", "help wanted", "practice", "info", "idea",
}

// readItems gives the list items and paragraphs that begin with a label and an
// id, such as "**Action A1**" or "Decision D2:", the id as an anchor, in lower
// case. It comes before the headings, which step aside. Of two items with one
// id the first has the anchor.
func (r *renderer) readItems(root ast.Node) {
	r.items = map[ast.Node]string{}
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindListItem:
			r.readItem(n, n.FirstChild())
		case ast.KindParagraph:
			if n.Parent().Kind() == ast.KindDocument {
				r.readItem(n, n)
			}
			return ast.WalkSkipChildren, nil
		case ast.KindTextBlock, ast.KindHeading, ast.KindFencedCodeBlock, ast.KindCodeBlock, east.KindTable:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

// readItem looks for an id in the block that an item begins with.
func (r *renderer) readItem(item, block ast.Node) {
	if block == nil || block.Kind() != ast.KindParagraph && block.Kind() != ast.KindTextBlock {
		return
	}
	text, bold := r.itemStart(block.FirstChild())
	id := strings.ToLower(itemID(text, bold))
	if id == "" || r.ids.used[id] {
		return
	}
	r.ids.author(id)
	r.items[item] = id
}

// itemStart is the text at the start of an item, and whether it is bold; the
// box of a task and the line through a dropped item are passed over.
func (r *renderer) itemStart(n ast.Node) (text string, bold bool) {
	for n != nil {
		switch n := n.(type) {
		case *ast.Emphasis:
			return plainOf(n, r.src), n.Level == 2
		case *ast.Text:
			if text := string(n.Value(r.src)); strings.TrimSpace(text) != "" {
				return text, false
			}
		}
		if n.Kind() == east.KindStrikethrough {
			n = n.FirstChild()
			continue
		}
		n = n.NextSibling()
	}
	return "", false
}

// plainOf is the text directly within a node.
func plainOf(n ast.Node, src []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Value(src))
		}
	}
	return b.String()
}

// itemID is the id in "Action A1", "Action A1: …" or, where it is bold, "A1"
// alone; "" when there is none.
func itemID(text string, bold bool) string {
	words := strings.Fields(text)
	for n := 0; n <= 2 && n < len(words); n++ {
		if n == 0 && !bold {
			continue
		}
		label := strings.ToLower(strings.Join(words[:n], " "))
		if n > 0 && !slices.Contains(itemLabels, label) {
			continue
		}
		if id := strings.TrimSuffix(words[n], ":"); isItemID(id) {
			return id
		}
	}
	return ""
}

// isItemID reports a letter and digits: A3, Q12.
func isItemID(s string) bool {
	if len(s) < 2 || len(s) > 6 || !isLetter(s[0]) {
		return false
	}
	return !strings.ContainsFunc(s[1:], func(c rune) bool { return c < '0' || c > '9' })
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
