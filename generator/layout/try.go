package layout

import (
	"io"
	"strings"
	texttemplate "text/template"
	"text/template/parse"

	"minutebook/generator/source"
)

// try fills a layout with samples and reports whether it has no fault.
//
// It is done twice. First as plain text, with every branch taken and every
// fault cut out as it is found: that gives all misspelt names at once. Then, if
// there was none, as pages are filled, where escaping is checked and where
// nothing is there that may be missing.
func (l *loader) try(name string, p *page, written *fileSet) bool {
	values := samples(typeOf(name))
	found := l.misspelt(written, values[0], p.file)
	if len(found) == 0 {
		for _, v := range values {
			if err := p.compact.Execute(io.Discard, v); err != nil {
				found = append(found, p.fault(err, v))
			}
		}
	}
	for _, f := range found {
		l.faults[f] = true
	}
	return len(found) == 0
}

// mostFaults ends the search in a layout where nothing fits.
const mostFaults = 50

// misspelt finds the names in templates that are not there: fields and other
// templates.
func (l *loader) misspelt(set *fileSet, values any, filled *source.File) (found []Fault) {
	trees := map[string]*parse.Tree{}
	for name, t := range set.trees {
		trees[name] = t.Copy()
		trees[name].Root.Nodes = everyBranch(trees[name].Root)
	}
	for len(found) < mostFaults {
		err := l.executeText(trees, values)
		if err == nil || !strings.Contains(err.Error(), "can't evaluate field") && !strings.Contains(err.Error(), "not defined") {
			// Anything else may come from taking branches that these values
			// would not take.
			return found
		}
		f := faultOf(err, filled, l.tree)
		found = append(found, f)
		if !cutFault(trees, err, f, l.tree) {
			return found
		}
	}
	return found
}

func (l *loader) executeText(trees map[string]*parse.Tree, values any) error {
	set := texttemplate.New("base").Funcs(texttemplate.FuncMap(l.functions))
	for name, t := range trees {
		if _, err := set.AddParseTree(name, t); err != nil {
			return err
		}
	}
	return set.Execute(io.Discard, values)
}

// everyBranch is the nodes of a list with both branches of each condition put
// one after the other.
func everyBranch(list *parse.ListNode) (nodes []parse.Node) {
	if list == nil {
		return nil
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			condition := &parse.ActionNode{NodeType: parse.NodeAction, Pos: n.Pos, Line: n.Line, Pipe: n.Pipe}
			nodes = append(nodes, condition)
			nodes = append(nodes, everyBranch(n.List)...)
			nodes = append(nodes, everyBranch(n.ElseList)...)
		case *parse.WithNode:
			nodes = append(nodes, n)
			nodes = append(nodes, bothBranches(&n.BranchNode)...)
		case *parse.RangeNode:
			nodes = append(nodes, n)
			nodes = append(nodes, bothBranches(&n.BranchNode)...)
		case *parse.BreakNode, *parse.ContinueNode:
		default:
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// bothBranches leaves a branch its first list and returns the other.
func bothBranches(b *parse.BranchNode) (otherwise []parse.Node) {
	b.List.Nodes = everyBranch(b.List)
	otherwise = everyBranch(b.ElseList)
	b.ElseList = nil
	return otherwise
}

// cutFault takes the action that failed out of its tree.
func cutFault(trees map[string]*parse.Tree, err error, f Fault, tree *source.Tree) bool {
	name, ok := failing(err)
	file := tree.File(f.Path)
	if !ok || file == nil || trees[name] == nil {
		return false
	}
	return cutAt(trees[name].Root, parse.Pos(offset(file, f.Position)))
}

// offset is the inverse of [source.File.Position].
func offset(f *source.File, p source.Position) int {
	rest, start := string(f.Data), 0
	for range p.Line - 1 {
		i := strings.IndexByte(rest[start:], '\n')
		start += i + 1
	}
	line := []rune(f.Line(p.Line))
	return start + len(string(line[:min(p.Column-1, len(line))]))
}

// cutAt removes the innermost action around a place of the source: the last one
// that begins before it.
func cutAt(list *parse.ListNode, at parse.Pos) bool {
	last := -1
	for i, n := range list.Nodes {
		if n.Position() <= at {
			last = i
		}
	}
	if last < 0 {
		return false
	}
	var inner *parse.ListNode
	switch n := list.Nodes[last].(type) {
	case *parse.WithNode:
		inner = n.List
	case *parse.RangeNode:
		inner = n.List
	}
	if inner != nil && len(inner.Nodes) > 0 && inner.Nodes[0].Position() <= at {
		return cutAt(inner, at)
	}
	list.Nodes = append(list.Nodes[:last:last], list.Nodes[last+1:]...)
	return true
}
