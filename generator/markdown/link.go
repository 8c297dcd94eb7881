package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"

	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// link renders a link of CommonMark 6.3. One that may not be followed is shown
// as its text.
func (r *renderer) link(n *ast.Link) {
	dest, where := r.destination(n.Destination), r.spanOf(n)
	if r.inLink || !r.allowed(dest, where) {
		r.inlines(n)
		return
	}
	r.linked(Reference{Destination: dest, Title: r.destination(n.Title), Span: where}, func() { r.inlines(n) })
}

// autoLink renders <https://a.b> (CommonMark 6.5) and the bare https://a.b
// (GFM 6.9). Where it may not be followed it stays what it was, brackets
// included: it may be the C++ name of a type.
func (r *renderer) autoLink(n *ast.AutoLink) {
	label, where := n.Label(r.src), r.spanOf(n)
	bare := r.src[n.Pos()] != '<'
	if bare { // the position is that of the space before
		where.Start = where.End - len(label)
	}
	dest := r.clean(string(n.URL(r.src)))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	switch {
	case r.inLink, bare && !schemeAllowed(dest, r.options.Schemes):
		r.say(label)
	case !r.allowed(dest, where):
		r.say([]byte("<" + string(label) + ">"))
	default:
		r.linked(Reference{Destination: dest, Span: where}, func() { r.say(label) })
	}
}

// linked renders a link around what text renders.
func (r *renderer) linked(ref Reference, text func()) {
	ref.Form = Link
	i := len(r.doc.References)
	r.doc.References = append(r.doc.References, ref)
	r.linkOpen(i)
	start := len(r.plain)
	r.inLink = true
	text()
	r.inLink = false
	r.linkClose(i)
	r.refer(i, span{start, len(r.plain)})
}

// image renders an image of CommonMark 6.4. One that may not be loaded is shown
// as its alternative text.
func (r *renderer) image(n *ast.Image) {
	dest, where := r.destination(n.Destination), r.spanOf(n)
	if !r.allowed(dest, where) {
		r.inlines(n)
		return
	}
	text := r.alternative(n)
	i := len(r.doc.References)
	r.doc.References = append(r.doc.References, Reference{
		Form: Embed, Destination: dest, Title: r.destination(n.Title), Span: where,
	})
	r.gap(i, Image)
	r.images = append(r.images, text)
	r.refer(i, text)
}

// alternative appends the alternative text of an image to the plain text: that
// of everything within, of which nothing is rendered.
func (r *renderer) alternative(n ast.Node) span {
	out, gaps, references, problems := len(r.out), len(r.gaps), len(r.doc.References), len(r.doc.Problems)
	nearby, images, inLink := len(r.nearby), len(r.images), r.inLink
	text := span{start: len(r.plain)}
	r.inlines(n)
	text.end = len(r.plain)
	r.out, r.gaps, r.doc.References, r.doc.Problems = r.out[:out], r.gaps[:gaps], r.doc.References[:references], r.doc.Problems[:problems]
	r.nearby, r.images, r.inLink = r.nearby[:nearby], r.images[:images], inLink
	return text
}

// refer completes a reference once its text is known.
func (r *renderer) refer(i int, text span) {
	ref := &r.doc.References[i]
	ref.Text = collapse(r.plain[text.start:text.end])
	if schemeOf(ref.Destination) == "" && !strings.HasPrefix(ref.Destination, "//") {
		r.nearby = append(r.nearby, near{i, text})
	}
}

func (r *renderer) linkOpen(i int)  { r.gap(i, LinkOpen) }
func (r *renderer) linkClose(i int) { r.gap(i, LinkClose) }

// gap leaves room for a part of a reference. Where authors' HTML will be
// cleaned an element holds the room, so that the cleaner sees the nesting.
func (r *renderer) gap(i int, part Part) {
	if r.raw.token == "" {
		r.gaps = append(r.gaps, Gap{At: len(r.out), Reference: i, Part: part})
		return
	}
	switch part {
	case LinkOpen:
		r.write(`<a href="`, r.raw.token, fmt.Sprint(i), `">`)
	case LinkClose:
		r.write("</a>")
	case Image:
		r.write(`<img src="`, r.raw.token, fmt.Sprint(i), `">`)
	}
}

// destination is a destination or title as it was meant.
func (r *renderer) destination(raw []byte) string { return r.clean(string(decode(raw))) }

// allowed reports whether a link may lead to a destination, and says so in the
// problems when it may not.
func (r *renderer) allowed(dest string, where source.Span) bool {
	if schemeAllowed(dest, r.options.Schemes) {
		return true
	}
	r.doc.Problems.Add(unsafeLink(r.file, where, dest, r.options.Schemes))
	return false
}

func unsafeLink(f *source.File, where source.Span, dest string, extra []string) diag.Diagnostic {
	schemes := append(append([]string{}, linkSchemes...), extra...)
	return diag.At(f, where, "unsafe-link", "a link to %q is shown as text: its scheme is not allowed", shorten(dest)).
		WithHint("links may be relative or have one of %s; link-schemes in minutebook.yaml allows more", strings.Join(schemes, ", "))
}

// shorten is s at a length that fits into a message.
func shorten(s string) string {
	const most = 80 // characters
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// spanOf is where a link or image stands in the file.
func (r *renderer) spanOf(n ast.Node) source.Span {
	start := max(n.Pos(), 0)
	end := max(r.ends[n], start)
	end -= len(r.src[start:end]) - len(bytes.TrimRight(r.src[start:end], "\r\n"))
	return source.Span{Start: start, End: end}.Shift(r.base)
}
