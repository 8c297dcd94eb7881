package markdown

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	emoji "github.com/yuin/goldmark-emoji/ast"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"minutebook/generator/source"
)

// A passage is the plain text of a block in which items begin, with what the
// grammar of items asks of it: where lines begin, what is bold, struck through
// or a link, and where each part of it stands in the source. All line ends and
// tabs are spaces.
type passage struct {
	text    []byte
	lines   []textLine
	parts   []textPart
	bold    []span
	struck  []span
	links   []textLink
	hardEnd int // offset in the body where the block ends
}

// A textLine is the first node of a line and where its text begins.
type textLine struct {
	node ast.Node
	at   int
}

// A textPart is a piece of plain text and the piece of the body that it is of.
type textPart struct {
	at         int
	start, end int
	even       bool // one byte for one byte
}

// A textLink is a link and its text.
type textLink struct {
	text        span
	start, end  int    // in the body
	destination []byte // as it is written
}

// read makes the passage of a block, in the memory of the last one.
func (p *passage) read(r *renderer, block ast.Node) {
	*p = passage{
		text: p.text[:0], lines: p.lines[:0], parts: p.parts[:0],
		bold: p.bold[:0], struck: p.struck[:0], links: p.links[:0],
	}
	atStart := true
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		if atStart && n.Kind() != east.KindTaskCheckBox {
			p.lines = append(p.lines, textLine{n, len(p.text)})
			atStart = false
		}
		p.node(r, n)
		atStart = atStart || endsLine(n)
	}
	if lines := block.Lines(); lines.Len() > 0 {
		p.hardEnd = lines.At(lines.Len() - 1).Stop
	}
}

// endsLine reports whether a line of the source ends with a node.
func endsLine(n ast.Node) bool {
	t, ok := n.(*ast.Text)
	return ok && (t.SoftLineBreak() || t.HardLineBreak())
}

func (p *passage) nodes(r *renderer, parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		p.node(r, n)
	}
}

func (p *passage) node(r *renderer, n ast.Node) {
	start := len(p.text)
	switch n := n.(type) {
	case *ast.Text:
		p.piece(r.src, n.Segment.Start, n.Segment.Stop, n.IsRaw())
		if endsLine(n) {
			p.text = append(p.text, ' ')
		}
	case *ast.CodeSpan:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			t := c.(*ast.Text)
			p.piece(r.src, t.Segment.Start, t.Segment.Stop, true)
		}
		for i := start; i < len(p.text); i++ {
			if p.text[i] == '\n' || p.text[i] == '\r' {
				p.text[i] = ' '
			}
		}
	case *ast.Emphasis:
		if n.Level == 2 {
			p.marked(r, n, &p.bold)
		} else {
			p.nodes(r, n)
		}
	case *east.Strikethrough:
		p.marked(r, n, &p.struck)
	case *ast.Link:
		p.nodes(r, n)
		p.link(r, n, start, n.Destination)
	case *ast.AutoLink:
		p.text = append(p.text, n.Label(r.src)...)
		p.link(r, n, start, nil)
	case *emoji.Emoji:
		if n.Value.IsUnicode() {
			p.text = append(p.text, string(n.Value.Unicode)...)
		}
	case *ast.RawHTML, *east.TaskCheckBox, *east.FootnoteLink, *ast.Image:
	default:
		p.nodes(r, n)
	}
}

// marked reads what a node marks and appends where it stands to spans, which so
// stay sorted by their starts.
func (p *passage) marked(r *renderer, n ast.Node, spans *[]span) {
	i := len(*spans)
	*spans = append(*spans, span{start: len(p.text)})
	p.nodes(r, n)
	(*spans)[i].end = len(p.text)
}

// piece adds text of the body. An escape is a part of its own, so that all
// others have a byte of text for each byte of source.
func (p *passage) piece(src []byte, start, end int, raw bool) {
	at := start
	for i := start; i < end && !raw; i++ {
		value, length := escape(src[i:end])
		if length == 0 {
			continue
		}
		p.part(src[at:i], at, i)
		p.part(value, i, i+length)
		at, i = i+length, i+length-1
	}
	p.part(src[at:end], at, end)
}

// part adds text for a piece of the source.
func (p *passage) part(text []byte, start, end int) {
	if len(text) == 0 {
		return
	}
	at := len(p.text)
	p.parts = append(p.parts, textPart{at, start, end, len(text) == end-start})
	p.text = append(p.text, text...)
	for i := at; i < len(p.text); i++ {
		if p.text[i] == '\t' {
			p.text[i] = ' '
		}
	}
}

// escape is what a backslash escape or a character reference stands for, and
// its length; 0 when the source begins with neither.
func escape(src []byte) (value []byte, length int) {
	switch {
	case src[0] == '\\' && len(src) > 1 && util.IsPunct(src[1]):
		return src[1:2], 2
	case src[0] == '&':
		return reference(src)
	}
	return nil, 0
}

func (p *passage) link(r *renderer, n ast.Node, start int, destination []byte) {
	at := max(n.Pos(), 0)
	p.links = append(p.links, textLink{span{start, len(p.text)}, at, max(r.ends[n], at), destination})
}

// linkAt is the link whose text begins at an offset.
func (p *passage) linkAt(at int) (textLink, bool) {
	i, found := slices.BinarySearchFunc(p.links, at, func(l textLink, at int) int { return cmp.Compare(l.text.start, at) })
	if !found {
		return textLink{}, false
	}
	return p.links[i], true
}

// linked is the part of the body that the links in a part of the text take up.
func (p *passage) linked(s span) (in span) {
	first := sort.Search(len(p.links), func(i int) bool { return p.links[i].text.start >= s.start })
	for _, l := range p.links[first:] {
		if l.text.end > s.end {
			break
		}
		if in.end == 0 {
			in.start = l.start
		}
		in.end = l.end
	}
	return in
}

// boldAt is where bold text that begins at an offset ends, -1 when none does.
func (p *passage) boldAt(at int) int { return endOf(p.bold, at) }

// struckAt is the same for text that is struck through.
func (p *passage) struckAt(at int) int { return endOf(p.struck, at) }

func endOf(spans []span, at int) int {
	i, found := slices.BinarySearchFunc(spans, at, func(s span, at int) int { return cmp.Compare(s.start, at) })
	if !found || spans[i].end == at {
		return -1
	}
	return spans[i].end
}

// skip is the offset of the first character from one on that is none of those.
func (p *passage) skip(at, end int, characters string) int {
	for at < end {
		c, size := utf8.DecodeRune(p.text[at:end])
		if !strings.ContainsRune(characters, c) {
			break
		}
		at += size
	}
	return at
}

// back is the offset behind the last character before an offset that is none of
// those.
func (p *passage) back(start, at int, characters string) int {
	for at > start {
		c, size := utf8.DecodeLastRune(p.text[start:at])
		if !strings.ContainsRune(characters, c) {
			break
		}
		at -= size
	}
	return at
}

// string is a part of the text on one line.
func (p *passage) string(r *renderer, s span) string {
	if s.start >= s.end {
		return ""
	}
	return r.clean(collapse(p.text[s.start:s.end]))
}

// source is where a part of the text stands in the file.
func (p *passage) source(r *renderer, s span) source.Span {
	if len(p.parts) == 0 || s.start >= s.end {
		return source.Span{}
	}
	start := p.offset(s.start, 0)
	return source.Span{Start: start, End: max(start, p.offset(s.end-1, 1))}.Shift(r.base)
}

// offset is where a byte of the text stands in the body; with more, where what
// follows that many bytes further stands.
func (p *passage) offset(at, more int) int {
	next := sort.Search(len(p.parts), func(i int) bool { return p.parts[i].at > at })
	part := p.parts[max(0, next-1)]
	switch {
	case part.even:
		return max(part.start, min(part.start+at-part.at+more, part.end))
	case more > 0:
		return part.end
	}
	return part.start
}
