package markdown

import (
	"bytes"
	"fmt"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"minutebook/generator/diag"
	"minutebook/generator/source"
	"minutebook/generator/words"
)

// A Converter turns bodies into HTML and facts. What it gives depends on the
// file and the options alone; it may be used by many goroutines. It remembers
// highlighted code, which is most of the work of a document that has any.
type Converter struct {
	options    Options
	syntax     *syntax
	highlights highlighter
	linkTo     [2]string // what stands before and behind a heading's text in the name of its link, as HTML
	workspaces sync.Pool // of *workspace
}

// New is a Converter with the given settings.
func New(o Options) *Converter {
	if o.HTML == "" {
		o.HTML = GitHub
	}
	c := &Converter{options: o, syntax: newSyntax()}
	before, after := o.Words.Split("Link to {heading}")
	c.linkTo = [2]string{attribute(before), attribute(after)}
	c.workspaces.New = newWorkspace
	return c
}

// Convert turns the body of a document, which is a part of its file, into HTML
// and facts. Spans are counted from the start of the file. It always returns a
// document: one that is over a limit is shown as plain text.
func (c *Converter) Convert(f *source.File, body source.Span) *Converted {
	src := f.Data[body.Start:body.End]
	if v := c.options.Limits.check(src); v != nil {
		return refuse(f, c.options.Words, body, source.Span{Start: v.Offset, End: v.Offset}, v.What)
	}
	doc := &Converted{Anchors: map[string]string{}}
	src, dirty := withoutBadBytes(src)
	if dirty >= 0 {
		at := source.Span{Start: dirty, End: dirty + 1}.Shift(body.Start)
		doc.Problems.Add(diag.At(f, at, "not-text", "this is not text in UTF-8; it is shown as \ufffd").
			WithHint("save the file as UTF-8"))
	}
	tree, err := c.parse(src)
	if err != nil {
		return refuse(f, c.options.Words, body, source.Span{}, err.Error())
	}
	w := c.workspaces.Get().(*workspace)
	defer c.workspaces.Put(w)
	defer w.forget()
	w.lend(doc)
	r := &renderer{
		Converter: c, workspace: w, file: f, src: src, base: body.Start, dirty: dirty >= 0,
		doc: doc, patience: highlightTime,
	}
	if !r.document(tree) {
		return refuse(f, c.options.Words, body, source.Span{}, "the page would be very much larger than its source")
	}
	w.reclaim(doc)
	doc.Problems.Sort()
	return doc
}

// refuse is the document of a body that is not converted, for the reason and
// with the place given; the place counts from the start of the body.
func refuse(f *source.File, w *words.Words, body, place source.Span, reason string) *Converted {
	doc := &Converted{Anchors: map[string]string{}}
	doc.Body.HTML = plainText(f.Data[body.Start:body.End], w)
	at := place.Shift(body.Start)
	at.End = max(at.End, at.Start+1) // no span of nothing, which would be the file as a whole
	doc.Problems.Add(diag.At(f, at, "over-limit", "%s, so the document is shown as plain text", reason).
		WithHint("make the document simpler or divide it"))
	return doc
}

// A tree is a parsed body.
type tree struct {
	root ast.Node
	ends map[ast.Node]int // where links, images and automatic links end
}

// parse reads Markdown. A panic of the parser, which is known to happen on no
// input, becomes an error, so that one document cannot end the build of others.
func (c *Converter) parse(src []byte) (t tree, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the Markdown parser failed (%v)", fault)
		}
	}()
	return c.syntax.parse(src), nil
}

// substitute stands for a byte that is not text while a body is parsed: one
// byte for one byte keeps every offset right.
const substitute = 0x1a

// withoutBadBytes is src with NUL bytes and bytes that are not UTF-8 replaced
// by the substitute (CommonMark 2.3 wants U+FFFD, which is written later), and
// the offset of the first of them, -1 when there is none.
func withoutBadBytes(src []byte) ([]byte, int) {
	if utf8.Valid(src) && bytes.IndexByte(src, 0) < 0 && bytes.IndexByte(src, substitute) < 0 {
		return src, -1
	}
	first := -1
	clean := bytes.Clone(src)
	for i := 0; i < len(clean); {
		r, size := utf8.DecodeRune(clean[i:])
		if r == utf8.RuneError && size == 1 || r == 0 || r == substitute {
			clean[i] = substitute
			if first < 0 {
				first = i
			}
		}
		i += size
	}
	return clean, first
}
