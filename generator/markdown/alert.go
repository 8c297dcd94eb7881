package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"

	"minutebook/generator/words"
)

// alerts are the kinds of alerts that GitHub knows, by their mark.
var alerts = map[string]struct {
	class string
	title words.Key
}{
	"[!NOTE]":      {"note", "Note"},
	"[!TIP]":       {"tip", "Tip"},
	"[!IMPORTANT]": {"important", "Important"},
	"[!WARNING]":   {"warning", "Warning"},
	"[!CAUTION]":   {"caution", "Caution"},
}

// alert renders a block quote that is an alert and reports whether it is one:
// it stands at the top of the document, its first line is the mark alone, and
// something follows (GitHub Docs, "Basic writing and formatting syntax").
func (r *renderer) alert(n *ast.Blockquote) bool {
	first, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || n.Parent().Kind() != ast.KindDocument || first.Lines().Len() == 0 {
		return false
	}
	line := first.Lines().At(0)
	kind, ok := alerts[strings.ToUpper(string(bytes.TrimSpace(line.Value(r.src))))]
	if !ok || first.Lines().Len() == 1 && n.ChildCount() == 1 {
		return false
	}
	dropBefore(first, line.Stop)
	if !first.HasChildren() {
		n.RemoveChild(n, first)
	}
	r.write(`<div class="alert `, kind.class, `"><p class="alert-t">`, attribute(r.options.Words.T(kind.title)), "</p>\n")
	r.blocks(n)
	r.write("</div>\n")
	return true
}

// dropBefore removes the children of a block that stand before an offset.
func dropBefore(block ast.Node, offset int) {
	for c := block.FirstChild(); c != nil && c.Pos() < offset; c = block.FirstChild() {
		block.RemoveChild(block, c)
	}
}
