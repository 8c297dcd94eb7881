package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"minutebook/generator/source"
)

// heading renders a heading with its id and, but for the heading that the body
// opens with, a link to itself. That one is the document's title, which pages
// print in their own way.
func (r *renderer) heading(n *ast.Heading) {
	leads := n.Level == 1 && len(r.out) == 0 && n.Parent().Kind() == ast.KindDocument
	tag := "h" + string(rune('0'+n.Level))
	references := len(r.doc.References)
	r.write("<", tag, ">")
	start := len(r.out) - 1
	r.inHeading = true
	r.leaf(n)
	text := collapse(r.plain)
	r.inHeading = false
	id := r.ids.heading(r.plainWithoutImages())
	leads = leads && references == len(r.doc.References) && !r.raw.within(n)
	if !leads {
		r.write(`<a class="anchor" href="#`, id, `" aria-label="`, r.linkTo[0], attribute(text), r.linkTo[1], `">#</a>`)
	}
	r.write("</", tag, ">\n")
	r.insert(start, ` id="`+id+`"`)
	if leads {
		r.lead = len(r.out)
	}
	r.doc.Headings = append(r.doc.Headings, Heading{Level: n.Level, ID: id, Text: text, Span: r.textSpan(n)})
	r.entered(n.Level)
}

// insert adds HTML at an earlier place than the end.
func (r *renderer) insert(at int, html string) {
	r.out = append(r.out, html...)
	copy(r.out[at+len(html):], r.out[at:])
	copy(r.out[at:], html)
	for i := len(r.gaps) - 1; i >= 0 && r.gaps[i].At > at; i-- {
		r.gaps[i].At += len(html)
	}
}

// textSpan is where the text of a block stands in the file.
func (r *renderer) textSpan(n ast.Node) source.Span {
	lines := n.Lines()
	if lines.Len() == 0 {
		return source.Span{Start: max(n.Pos(), 0), End: max(n.Pos(), 0)}.Shift(r.base)
	}
	start, end := lines.At(0).Start, lines.At(lines.Len()-1).Stop
	end -= len(r.src[start:end]) - len(bytes.TrimRight(r.src[start:end], " \t\r\n"))
	return source.Span{Start: start, End: end}.Shift(r.base)
}

// slug is the id that GitHub gives a heading of that text: lower case; what
// Unicode calls alphabetic, marks, digits, connector punctuation, hyphens and
// spaces are kept; spaces become hyphens.
func slug(heading []byte) string {
	if s, ok := plainSlug(heading); ok {
		return s
	}
	text := strings.ToLower(strings.ReplaceAll(string(heading), "İ", "i\u0307")) // the one letter that becomes two
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ':
			return '-'
		case c < unicode.MaxASCII && c != '-' && c != '_' && !('a' <= c && c <= 'z') && !('0' <= c && c <= '9'):
			return -1
		case c == '-' || unicode.In(c, wordTables...) && !unicode.Is(afterUnicode13, c):
			return c
		}
		return -1
	}, text)
}

// plainSlug is the slug of a text of ASCII.
func plainSlug(text []byte) (slug string, ok bool) {
	var out strings.Builder
	out.Grow(len(text))
	for i := range len(text) {
		switch c := text[i]; {
		case c >= utf8.RuneSelf:
			return "", false
		case c == ' ':
			out.WriteByte('-')
		case 'A' <= c && c <= 'Z':
			out.WriteByte(c + 'a' - 'A')
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '_':
			out.WriteByte(c)
		}
	}
	return out.String(), true
}

var wordTables = []*unicode.RangeTable{
	unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc, unicode.Other_Alphabetic,
}

// afterUnicode13 are ideographs (extension H) that GitHub does not know yet.
var afterUnicode13 = &unicode.RangeTable{R32: []unicode.Range32{{Lo: 0x31350, Hi: 0x323af, Stride: 1}}}

// ids gives every heading an id that nothing else in the document has.
type ids struct {
	slugs   map[string]int // slugs given so far, and how often each was asked for again
	used    map[string]bool
	anchors map[string]string
}

// author takes note of an id that the author wrote. It must be called before
// the first heading: an author's id stays what it is.
func (d ids) author(id string) {
	if id != "" && !strings.HasPrefix(id, ownID) {
		d.used[id] = true
		d.anchors[id] = id
	}
}

// heading is the id for a heading. Links use GitHub's form of it, which differs
// where that form is empty, taken or ours.
func (d ids) heading(text []byte) string {
	slug := d.unique(slug(text))
	id := slug
	if id == "" {
		id = "section"
	}
	for d.used[id] || strings.HasPrefix(id, ownID) {
		id = "h-" + id
	}
	d.used[id] = true
	if _, taken := d.anchors[slug]; !taken && slug != "" {
		d.anchors[slug] = id
	}
	return id
}

// unique numbers slugs that repeat, as GitHub does: the second "a" is "a-1",
// and if that is taken by a heading "a 1", "a-2".
func (d ids) unique(slug string) string {
	numbered := slug
	for {
		if _, taken := d.slugs[numbered]; !taken {
			d.slugs[numbered] = 0
			return numbered
		}
		d.slugs[slug]++
		numbered = slug + "-" + strconv.Itoa(d.slugs[slug])
	}
}
