package layout

import (
	"html/template"
	"reflect"
	"strconv"
	"text/template/parse"
)

// An evaluation gives a value, of a dot.
type evaluation func(f *filler, dot reflect.Value) reflect.Value

// An expression is what can be evaluated, and what is known of it.
type expression struct {
	typ  reflect.Type // nil: one of several; only its truth may be used
	of   *variable    // whose value it is, if it is one's
	eval evaluation

	constant *string // the text that it is, if it stands in the layout
}

// known is the type of a value of which more than its truth is used.
func (e expression) known() reflect.Type {
	require(e.typ != nil)
	if e.of != nil {
		require(!e.of.mixed)
		e.of.used = true
	}
	return e.typ
}

var (
	htmlType   = reflect.TypeFor[template.HTML]()
	boolType   = reflect.TypeFor[bool]()
	intType    = reflect.TypeFor[int]()
	stringType = reflect.TypeFor[string]()
)

// plainType is t, if pages are made of such types. Methods are refused, because
// templates call them and so does fmt; so are the marks of html/template, but
// for HTML.
func plainType(t reflect.Type) reflect.Type {
	require(reflect.PointerTo(t).NumMethod() == 0 && (t == htmlType || t.PkgPath() != htmlType.PkgPath()))
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Slice, reflect.Pointer, reflect.Struct:
		return t
	}
	panic(unknown{})
}

// truth is what text/template takes for true, of plain types.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice:
		return v.Len() > 0
	case reflect.Bool:
		return v.Bool()
	case reflect.Int:
		return v.Int() != 0
	case reflect.Pointer:
		return !v.IsNil()
	}
	return true // a struct
}

// pipeline compiles one command: a value, or a function of values.
func (c *compiler) pipeline(commands []*parse.CommandNode, dot reflect.Type) expression {
	require(len(commands) == 1)
	args := commands[0].Args
	name, ok := args[0].(*parse.IdentifierNode)
	if !ok {
		require(len(args) == 1)
		return c.operand(args[0], dot)
	}
	function := functions[name.Ident]
	require(function.compile != nil && len(args)-1 >= function.least && len(args)-1 <= function.most)
	var operands []expression
	for _, n := range args[1:] {
		operands = append(operands, c.operand(n, dot))
	}
	return function.compile(c, operands)
}

func (c *compiler) operand(n parse.Node, dot reflect.Type) expression {
	here := expression{typ: dot, eval: func(_ *filler, dot reflect.Value) reflect.Value { return dot }}
	switch n := n.(type) {
	case *parse.DotNode:
		return here
	case *parse.FieldNode:
		return fields(here, n.Ident)
	case *parse.VariableNode:
		v, slot := c.variable(n.Ident[0])
		get := func(f *filler, _ reflect.Value) reflect.Value { return *f.slot(slot) }
		return fields(expression{typ: v.typ, of: v, eval: get}, n.Ident[1:])
	case *parse.ChainNode:
		return fields(c.operand(n.Node, dot), n.Field)
	case *parse.PipeNode:
		require(len(n.Decl) == 0)
		return c.pipeline(n.Cmds, dot)
	case *parse.StringNode:
		e := constant(n.Text)
		e.constant = &n.Text
		return e
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		i := int(n.Int64)
		require(n.IsInt && n.Text == strconv.Itoa(i)) // else its type is not sure
		return constant(i)
	}
	panic(unknown{})
}

func constant(x any) expression {
	v := reflect.ValueOf(x)
	return expression{typ: v.Type(), eval: func(*filler, reflect.Value) reflect.Value { return v }}
}

// follow is a step of a path of fields, through a pointer.
const follow = -1

// fields compiles a chain of fields.
func fields(e expression, names []string) expression {
	if len(names) == 0 {
		return e
	}
	t, path := e.known(), []int(nil)
	for _, name := range names {
		t, path = field(t, name, path)
	}
	zero := reflect.Zero(t)
	return expression{typ: t, eval: func(f *filler, dot reflect.Value) reflect.Value {
		v := e.eval(f, dot)
		for _, i := range path {
			if i != follow {
				v = v.Field(i)
				continue
			}
			if v.IsNil() {
				f.doubt = true
				return zero
			}
			v = v.Elem()
		}
		return v
	}}
}

// field adds the steps to a field, which may be promoted.
func field(t reflect.Type, name string, path []int) (reflect.Type, []int) {
	through := func() {
		if t.Kind() == reflect.Pointer {
			t, path = plainType(t.Elem()), append(path, follow)
		}
	}
	through()
	require(t.Kind() == reflect.Struct)
	f, ok := t.FieldByName(name)
	require(ok && f.IsExported())
	for _, i := range f.Index {
		through()
		t, path = plainType(t.Field(i).Type), append(path, i)
	}
	return t, path
}

// A function is one that layouts call, with how many arguments it has.
type function struct {
	least, most int
	compile     func(c *compiler, args []expression) expression
}

// functions are those of text/template that are compiled, and those of words.go.
var functions = map[string]function{
	"and": {1, 99, func(_ *compiler, args []expression) expression { return firstThat(false, args) }},
	"or":  {1, 99, func(_ *compiler, args []expression) expression { return firstThat(true, args) }},
	"not": {1, 1, func(_ *compiler, args []expression) expression { return not(args[0]) }},
	"eq":  {2, 99, func(_ *compiler, args []expression) expression { return equal(args) }},
	"ne":  {2, 2, func(_ *compiler, args []expression) expression { return not(equal(args)) }},
	"len": {1, 1, func(_ *compiler, args []expression) expression { return length(args) }},

	"t":      {1, 99, func(c *compiler, args []expression) expression { return c.word("t", args) }},
	"plural": {3, 3, func(c *compiler, args []expression) expression { return c.word("plural", args) }},
}

// firstThat is the first argument of a truth, else the last one. Those behind it
// are not evaluated.
func firstThat(is bool, args []expression) expression {
	t := args[0].typ
	for _, a := range args {
		if a.of != nil {
			a.known()
		}
		if a.typ != t {
			t = nil
		}
	}
	return expression{typ: t, eval: func(f *filler, dot reflect.Value) (v reflect.Value) {
		for _, a := range args {
			if v = a.eval(f, dot); truth(v) == is {
				break
			}
		}
		return v
	}}
}

func not(e expression) expression {
	return expression{typ: boolType, eval: func(f *filler, dot reflect.Value) reflect.Value {
		return reflect.ValueOf(!truth(e.eval(f, dot)))
	}}
}

// equal compares the first argument with each of the others. All of them are
// evaluated, because one may be at fault.
func equal(args []expression) expression {
	kind := args[0].known().Kind()
	same := comparisons[kind]
	require(same != nil)
	for _, a := range args {
		require(a.known().Kind() == kind)
	}
	return expression{typ: boolType, eval: func(f *filler, dot reflect.Value) reflect.Value {
		first, found := args[0].eval(f, dot), false
		for _, a := range args[1:] {
			found = same(first, a.eval(f, dot)) || found
		}
		return reflect.ValueOf(found)
	}}
}

var comparisons = map[reflect.Kind]func(a, b reflect.Value) bool{
	reflect.String: func(a, b reflect.Value) bool { return a.String() == b.String() },
	reflect.Bool:   func(a, b reflect.Value) bool { return a.Bool() == b.Bool() },
	reflect.Int:    func(a, b reflect.Value) bool { return a.Int() == b.Int() },
}

func length(args []expression) expression {
	kind := args[0].known().Kind()
	require(kind == reflect.String || kind == reflect.Slice)
	return expression{typ: intType, eval: func(f *filler, dot reflect.Value) reflect.Value {
		return reflect.ValueOf(args[0].eval(f, dot).Len())
	}}
}
