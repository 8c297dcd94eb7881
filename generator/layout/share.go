package layout

import (
	"bytes"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"text/template/parse"

	"minutebook/generator/memo"
)

// shared are partials that most pages fill with the same few values: each value
// is filled once for all of them. They stand in the text of a page, never
// within a tag.
var shared = []string{"bar", "status"}

// mostShared bounds how many filled partials are kept.
const mostShared = 4096

// A sharer fills shared partials and keeps what comes out, by the partial's name
// and its value. Like a page, a partial is nothing but its value.
type sharer struct {
	partials map[string]*template.Template
	filled   sync.Map // of sharedKey to template.HTML
	kept     atomic.Int64
}

type sharedKey struct {
	name  string
	value uint64
}

// newSharer is for the partials of one set of templates.
func newSharer(set *fileSet) *sharer {
	s := &sharer{partials: map[string]*template.Template{}}
	for _, name := range shared {
		if set.trees[name] != nil {
			s.partials[name] = set.from(name, nil)
		}
	}
	return s
}

// once is what a shared partial gives for a value.
func (s *sharer) once(name string, value any) (template.HTML, error) {
	key := sharedKey{name, memo.Fingerprint(value)}
	if html, ok := s.filled.Load(key); ok {
		return html.(template.HTML), nil
	}
	var out bytes.Buffer
	if err := s.partials[name].Execute(&out, value); err != nil {
		return "", err
	}
	html := template.HTML(out.String())
	if s.kept.Add(1) <= mostShared {
		s.filled.Store(key, html)
	}
	return html, nil
}

// sharing is s with the calls of shared partials answered by once, but for those
// that a layout defines anew.
func (s *fileSet) sharing(own *fileSet) *fileSet {
	trees := maps.Clone(s.trees)
	for name, tree := range trees {
		if !slices.Contains(shared, name) {
			tree = tree.Copy()
			answerCalls(tree.Root, tree, own)
			trees[name] = tree
		}
	}
	return &fileSet{trees}
}

func answerCalls(list *parse.ListNode, tree *parse.Tree, own *fileSet) {
	if list == nil {
		return
	}
	for i, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TemplateNode:
			if slices.Contains(shared, n.Name) && own.trees[n.Name] == nil && n.Pipe != nil {
				list.Nodes[i] = answered(n, tree)
			}
		case *parse.IfNode:
			answerBranches(&n.BranchNode, tree, own)
		case *parse.WithNode:
			answerBranches(&n.BranchNode, tree, own)
		case *parse.RangeNode:
			answerBranches(&n.BranchNode, tree, own)
		}
	}
}

func answerBranches(n *parse.BranchNode, tree *parse.Tree, own *fileSet) {
	answerCalls(n.List, tree, own)
	answerCalls(n.ElseList, tree, own)
}

// answered is {{once "name" (value)}} in place of {{template "name" value}}.
func answered(n *parse.TemplateNode, tree *parse.Tree) parse.Node {
	pipe := n.Pipe.CopyPipe()
	call := pipe.Cmds[0].Copy().(*parse.CommandNode)
	call.Args = []parse.Node{
		parse.NewIdentifier("once").SetPos(n.Pos).SetTree(tree),
		&parse.StringNode{NodeType: parse.NodeString, Pos: n.Pos, Quoted: strconv.Quote(n.Name), Text: n.Name},
		n.Pipe,
	}
	pipe.Cmds = []*parse.CommandNode{call}
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: n.Pos, Line: n.Line, Pipe: pipe}
}
