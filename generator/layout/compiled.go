package layout

import (
	"bytes"
	"reflect"
	"sync"
)

// A program is a layout compiled for one type of page. It never changes.
type program struct {
	page  reflect.Type
	block *block
}

// A block is a template compiled for one type of dot.
type block struct {
	fill  action
	slots int // for its variables
}

// An action writes a part of a page.
type action func(f *filler, dot reflect.Value) signal

// A signal says how a loop goes on after an action.
type signal int

const (
	next signal = iota
	skip        // continue
	stop        // break
)

// A filler fills one page.
type filler struct {
	w *bytes.Buffer
	// vars has the variables of each template that is being filled, and base is
	// where those of the innermost begin.
	vars  []reflect.Value
	base  int
	depth int
	// doubt is set by what html/template may call a fault. What is written
	// afterwards is of no use.
	doubt bool
}

// deepest is how far templates may call each other before html/template, whose
// own limit is far higher, has to judge it.
const deepest = 1000

// fill appends a page to w and reports whether it is what html/template would
// have written. If not, what w has now must be taken away.
func (p *program) fill(w *bytes.Buffer, values any) bool {
	page := reflect.ValueOf(values)
	if p == nil || !page.IsValid() || page.Type() != p.page {
		return false
	}
	f := fillers.Get().(*filler)
	defer fillers.Put(f)
	*f = filler{w: w, vars: f.vars[:0]}
	f.call(p.block, page)
	clear(f.vars[:cap(f.vars)])
	f.w = nil
	return !f.doubt
}

// fillers are for one page at a time.
var fillers = sync.Pool{New: func() any { return &filler{vars: make([]reflect.Value, 0, 64)} }}

// call fills a template. In doubt it does nothing, so that templates without an
// end come to one.
func (f *filler) call(b *block, dot reflect.Value) {
	if f.depth == deepest || f.doubt {
		f.doubt = true
		return
	}
	base := f.base
	f.base = len(f.vars)
	f.vars = append(f.vars, make([]reflect.Value, b.slots)...)
	*f.slot(0) = dot
	f.depth++
	b.fill(f, dot)
	f.depth--
	f.vars, f.base = f.vars[:f.base], base
}

// slot is a variable of the innermost template. The next call may move it.
func (f *filler) slot(i int) *reflect.Value { return &f.vars[f.base+i] }

// setAll sets what [compiler.declareAll] declares.
func (f *filler) setAll(first, vars int, index, elem reflect.Value) {
	if vars == 2 {
		*f.slot(first) = index
	}
	if vars > 0 {
		*f.slot(first + vars - 1) = elem
	}
}
