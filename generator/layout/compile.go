package layout

import (
	"html/template"
	"reflect"
	"text/template/parse"

	"minutebook/generator/words"
)

// html/template looks up every field by name and calls every escaper by
// reflection, page after page. What a layout does with a page of a known type
// can be settled once instead: here it is compiled into functions.
//
// The contract is that a program writes byte for byte what html/template would,
// or says that it cannot. It rests on three rules.
//
//   - html/template alone decides what is escaped how. Only trees that it has
//     escaped are compiled, and a value that would be printed without one of
//     its escapers is refused.
//   - What is not known for certain (a function, a method, a type, a node) makes
//     the whole layout one that html/template fills.
//   - What fails while a page is filled makes html/template fill it again, and
//     tell the fault.

// compile makes a program of a set of templates that html/template has executed,
// and so escaped. It is nil where html/template must fill the pages.
func compile(set *template.Template, page reflect.Type, w *words.Words) (p *program) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case unknown:
			p = nil
		default:
			panic(r)
		}
	}()
	c := &compiler{set: set, words: w, blocks: map[instance]*block{}}
	return &program{page: page, block: c.block(set.Name(), plainType(page))}
}

// unknown is the panic that ends a compilation.
type unknown struct{}

// require ends the compilation where something is not known for certain.
func require(certain bool) {
	if !certain {
		panic(unknown{})
	}
}

// A compiler is at one template, for one type of its dot.
type compiler struct {
	set    *template.Template
	words  *words.Words
	blocks map[instance]*block // of the whole layout
	vars   []*variable         // in scope; the first is $
	slots  int                 // most variables at one time
}

type instance struct {
	name string
	dot  reflect.Type
}

// A variable lies in the slot of its index in compiler.vars.
type variable struct {
	name string
	typ  reflect.Type
	// Where values of several types are assigned, nothing but the truth of a
	// variable may be used. A loop may use it before the assignment.
	used, mixed bool
}

// block compiles a template. One that calls itself finds itself begun.
func (c *compiler) block(name string, dot reflect.Type) *block {
	key := instance{name, dot}
	if b := c.blocks[key]; b != nil {
		return b
	}
	// A template is not there when it is called within a tag or a title, for
	// which html/template makes a variant that it does not show.
	t := c.set.Lookup(name)
	require(t != nil && t.Tree != nil)
	b := &block{}
	c.blocks[key] = b
	inner := &compiler{set: c.set, words: c.words, blocks: c.blocks}
	inner.declare("$", dot)
	b.fill = inner.list(t.Tree.Root, dot)
	b.slots = inner.slots
	return b
}

func (c *compiler) declare(name string, t reflect.Type) {
	c.vars = append(c.vars, &variable{name: name, typ: t})
	c.slots = max(c.slots, len(c.vars))
}

func (c *compiler) leave(scope int) { c.vars = c.vars[:scope] }

// variable is the innermost of a name, and its slot.
func (c *compiler) variable(name string) (*variable, int) {
	for i := len(c.vars) - 1; i >= 0; i-- {
		if c.vars[i].name == name {
			return c.vars[i], i
		}
	}
	panic(unknown{})
}

// list compiles nodes one after the other, in a scope of their own.
func (c *compiler) list(l *parse.ListNode, dot reflect.Type) action {
	if l == nil {
		return func(*filler, reflect.Value) signal { return next }
	}
	defer c.leave(len(c.vars))
	var all []action
	for _, n := range l.Nodes {
		if n.Type() == parse.NodeComment {
			continue
		}
		all = append(all, c.node(n, dot))
		if n.Type() == parse.NodeBreak || n.Type() == parse.NodeContinue {
			break // html/template does not escape what comes behind
		}
	}
	return func(f *filler, dot reflect.Value) signal {
		for _, a := range all {
			if s := a(f, dot); s != next {
				return s
			}
		}
		return next
	}
}

func (c *compiler) node(n parse.Node, dot reflect.Type) action {
	switch n := n.(type) {
	case *parse.TextNode:
		return func(f *filler, _ reflect.Value) signal { f.w.Write(n.Text); return next }
	case *parse.ActionNode:
		if len(n.Pipe.Decl) == 0 {
			return c.print(n.Pipe, dot)
		}
		_, set := c.piped(n.Pipe, dot)
		return func(f *filler, dot reflect.Value) signal { set(f, dot); return next }
	case *parse.IfNode:
		return c.branch(&n.BranchNode, dot)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, dot)
	case *parse.RangeNode:
		return c.loop(n, dot)
	case *parse.TemplateNode:
		require(n.Pipe != nil && len(n.Pipe.Decl) == 0)
		e := c.pipeline(n.Pipe.Cmds, dot)
		b := c.block(n.Name, e.known())
		return func(f *filler, dot reflect.Value) signal { f.call(b, e.eval(f, dot)); return next }
	case *parse.BreakNode:
		return func(*filler, reflect.Value) signal { return stop }
	case *parse.ContinueNode:
		return func(*filler, reflect.Value) signal { return skip }
	}
	panic(unknown{})
}

// piped compiles a pipeline and the variable that it declares or sets, if any.
func (c *compiler) piped(p *parse.PipeNode, dot reflect.Type) (expression, evaluation) {
	e := c.pipeline(p.Cmds, dot)
	if len(p.Decl) == 0 {
		return e, e.eval
	}
	if e.of != nil {
		e.known()
	}
	name := p.Decl[0].Ident[0]
	if !p.IsAssign {
		c.declare(name, e.typ)
	}
	v, slot := c.variable(name)
	v.mixed = v.mixed || v.typ != e.typ
	require(!v.mixed || !v.used)
	return expression{typ: e.typ}, func(f *filler, dot reflect.Value) reflect.Value {
		x := e.eval(f, dot)
		*f.slot(slot) = x
		return x
	}
}

// branch compiles if and with.
func (c *compiler) branch(n *parse.BranchNode, dot reflect.Type) action {
	defer c.leave(len(c.vars))
	e, eval := c.piped(n.Pipe, dot)
	inner, with := dot, n.NodeType == parse.NodeWith
	if with {
		inner = e.known()
	}
	then, otherwise := c.list(n.List, inner), c.list(n.ElseList, dot)
	return func(f *filler, dot reflect.Value) signal {
		x := eval(f, dot)
		if !truth(x) {
			return otherwise(f, dot)
		}
		if with {
			dot = x
		}
		return then(f, dot)
	}
}

// loop compiles a range over a slice. The branch for an empty one is as in
// text/template: there the variables are the slice itself, and a break ends this
// range, not the one around it.
func (c *compiler) loop(n *parse.RangeNode, dot reflect.Type) action {
	defer c.leave(len(c.vars))
	list := c.pipeline(n.Pipe.Cmds, dot)
	t := list.known()
	require(t.Kind() == reflect.Slice && !n.Pipe.IsAssign)
	elem, first, vars := plainType(t.Elem()), len(c.vars), n.Pipe.Decl
	c.declareAll(vars, t, t)
	otherwise := c.list(n.ElseList, dot)
	c.leave(first)
	c.declareAll(vars, intType, elem)
	body := c.list(n.List, elem)
	return func(f *filler, dot reflect.Value) signal {
		l := list.eval(f, dot)
		if l.Len() == 0 {
			f.setAll(first, len(vars), l, l)
			if otherwise(f, dot) == skip {
				return skip
			}
			return next
		}
		for i := range l.Len() {
			x := l.Index(i)
			if len(vars) > 0 {
				f.setAll(first, len(vars), reflect.ValueOf(i), x)
			}
			if body(f, x) == stop {
				break
			}
		}
		return next
	}
}

// declareAll declares what a range may: an element, or an index and an element.
func (c *compiler) declareAll(vars []*parse.VariableNode, index, elem reflect.Type) {
	if len(vars) == 2 {
		c.declare(vars[0].Ident[0], index)
	}
	if len(vars) > 0 {
		c.declare(vars[len(vars)-1].Ident[0], elem)
	}
}
