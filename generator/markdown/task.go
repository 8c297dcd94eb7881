package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"minutebook/generator/source"
)

// taskOf is the box that a list item begins with, nil when it has none.
func taskOf(item ast.Node) *east.TaskCheckBox {
	first := item.FirstChild()
	if first == nil {
		return nil
	}
	box, _ := first.FirstChild().(*east.TaskCheckBox)
	return box
}

func hasTask(list ast.Node) bool {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if taskOf(item) != nil {
			return true
		}
	}
	return false
}

// item renders a list item.
func (r *renderer) item(n ast.Node) {
	box := taskOf(n)
	if box != nil && box.IsChecked {
		r.write(`<li class="done"`, r.itemAttribute(n), r.optionAttribute(n), ">")
	} else {
		r.write("<li", r.itemAttribute(n), r.optionAttribute(n), ">")
	}
	if box == nil {
		r.blocks(n)
	} else {
		r.task(n, box)
	}
	r.write("</li>\n")
}

// itemAttribute is the id attribute of an item of notes; empty for any other
// block.
func (r *renderer) itemAttribute(n ast.Node) string {
	if id := r.itemIDs[n]; id != "" {
		return ` id="` + id + `"`
	}
	return ""
}

// box renders the box of a task: a shape for the eye and a word for the ear.
// There is no input element, because nothing can be ticked on a page.
func (r *renderer) box(n *east.TaskCheckBox) {
	state := r.options.Words.T("Open:")
	if n.IsChecked {
		state = r.options.Words.T("Done:")
	}
	r.write(`<span class="box" aria-hidden="true"></span><span class="vh">`, attribute(state), ` </span>`)
}

// task renders the blocks of an item that has a box and takes note of the task.
func (r *renderer) task(item ast.Node, box *east.TaskCheckBox) {
	i := len(r.doc.Tasks)
	r.doc.Tasks = append(r.doc.Tasks, Task{Done: box.IsChecked, Span: r.lineOf(item)})
	r.block(item.FirstChild())
	r.doc.Tasks[i].Text = collapse(r.plain)
	for n := item.FirstChild().NextSibling(); n != nil && !r.full(); n = n.NextSibling() {
		r.block(n)
	}
}

// lineOf is the line of the file from where a block begins.
func (r *renderer) lineOf(n ast.Node) source.Span { return r.lineAt(max(n.Pos(), 0)) }

// lineAt is the line of the file from an offset in the body on.
func (r *renderer) lineAt(start int) source.Span {
	line, _, _ := bytes.Cut(r.src[start:], []byte("\n"))
	return source.Span{Start: start, End: start + len(bytes.TrimRight(line, "\r"))}.Shift(r.base)
}
