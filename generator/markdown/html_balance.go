package markdown

import (
	"strings"

	"golang.org/x/net/html"
)

// deepest is how many elements may be open at once. What is deeper loses its
// tags, not its content. x/net/html gives up at 512, of which its own table
// parts may be half.
const deepest = 200

// balance closes what is open in HTML, so that the parser after it never has to
// repeat formatting elements in the blocks that follow them (WHATWG HTML, 13.2.4.3
// "reconstruct the active formatting elements"): a kilobyte of open <b> in front of a
// thousand paragraphs would become a gigabyte.
//
// It follows the parser's rules for end tags that are left out, so well-formed
// HTML comes out as it went in.
func balance(s string) string {
	b := balancer{skipped: map[string]int{}}
	b.out.Grow(len(s) + len(s)/16)
	tokens := html.NewTokenizer(strings.NewReader(s))
	for at := 0; ; {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			break
		}
		source := s[at : at+len(tokens.Raw())]
		at += len(source)
		switch kind {
		case html.TextToken:
			if strings.TrimSpace(source) != "" {
				b.cell()
			}
			b.out.WriteString(source)
		case html.StartTagToken, html.SelfClosingTagToken:
			b.start(tokens, source)
		case html.EndTagToken:
			name, _ := tokens.TagName()
			b.end(string(name))
		}
	}
	b.closeTo(0)
	return b.out.String()
}

type balancer struct {
	out     strings.Builder
	open    []openTag
	skipped map[string]int // start tags too deep to keep, whose end tags go too
}

// An openTag is an element that is open.
type openTag struct {
	name, source string
	closed       bool // it is closed already, and stands for its end tag only
}

func (b *balancer) start(tokens *html.Tokenizer, source string) {
	raw, more := tokens.TagName()
	name := string(raw)
	b.closeFor(name)
	if tableParts[name] == "" {
		b.cell()
	}
	switch {
	case void[name] && name != "col":
		b.out.WriteString(source)
	case tableParts[name] != "" && b.find("table", "") < 0:
	case name == "col":
		b.out.WriteString(source)
	case len(b.open) >= deepest:
		b.skipped[name]++
	default:
		b.out.WriteString(source)
		mark := name == "a" && !hasHref(tokens, more)
		if mark {
			b.out.WriteString("</a>")
		}
		b.open = append(b.open, openTag{name: name, source: source, closed: mark})
	}
}

// cell opens a cell when content follows between the parts of a table, where
// there can be none: a parser would move it in front of the table.
func (b *balancer) cell() {
	if len(b.open) == 0 {
		return
	}
	if b.open[len(b.open)-1].name == "colgroup" {
		b.pop()
	}
	switch b.open[len(b.open)-1].name {
	case "table", "tbody", "tfoot", "thead":
		b.push("tr")
		b.push("td")
	case "tr":
		b.push("td")
	}
}

func (b *balancer) push(name string) {
	source := "<" + name + ">"
	b.out.WriteString(source)
	b.open = append(b.open, openTag{name: name, source: source})
}

// hasHref reports whether the tag in hand has an href. An <a> without one marks
// a place and closes at once: old documents leave it open.
func hasHref(tokens *html.Tokenizer, more bool) bool {
	for more {
		var key []byte
		if key, _, more = tokens.TagAttr(); string(key) == "href" {
			return true
		}
	}
	return false
}

// end handles an end tag: the nearest such element is closed, with what is open
// within. The end tag of a phrase does not reach beyond the block it stands in,
// and no end tag but a table's own reaches out of a cell.
func (b *balancer) end(name string) {
	if b.skipped[name] > 0 {
		b.skipped[name]--
		return
	}
	barrier := cells + blocks
	switch {
	case tableParts[name] != "" || name == "table":
		barrier = ""
	case strings.Contains(blocks, " "+name+" "):
		barrier = cells
	}
	if i := b.find(name, barrier); i >= 0 {
		b.closeTo(i)
	}
}

const (
	cells  = " table caption td th "
	blocks = " blockquote dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 li ol p pre section summary ul "
)

// tableParts are the elements that stand in a table only, with what may stay
// open around each.
var tableParts = map[string]string{
	"caption": " table ", "colgroup": " table ", "col": " table colgroup ",
	"tbody": " table ", "tfoot": " table ", "thead": " table ",
	"tr": " table tbody tfoot thead ", "td": " table tbody tfoot thead tr ", "th": " table tbody tfoot thead tr ",
}

// find is the index of the innermost open element of a name, -1 when there is
// none inside the barrier: names with a space around each.
func (b *balancer) find(name, barrier string) int {
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].name == name {
			return i
		}
		if barrier != "" && strings.Contains(barrier, " "+b.open[i].name+" ") {
			return -1
		}
	}
	return -1
}

// closeFor closes what the start of an element closes (WHATWG HTML, 13.1.2.4
// "optional tags").
func (b *balancer) closeFor(name string) {
	switch {
	case tableParts[name] != "":
		b.closeUntil(tableParts[name])
		return
	case name == "li":
		b.closeInner("li", cells+" ol ul blockquote details section dl ")
	case name == "dd" || name == "dt":
		b.closeInner("dd", cells+" dl ol ul blockquote details section dt ")
		b.closeInner("dt", cells+" dl ol ul blockquote details section dd ")
	case name == "rt" || name == "rp":
		b.closeInner("rt", cells+blocks+" ruby ")
		b.closeInner("rp", cells+blocks+" ruby ")
	case name == "a":
		b.reopenWithout("a")
	}
	if name == "hr" || name == "table" || strings.Contains(blocks, " "+name+" ") {
		b.closeInner("p", cells)
	}
	if len(name) == 2 && name[0] == 'h' && name != "hr" && len(b.open) > 0 {
		if top := b.open[len(b.open)-1].name; len(top) == 2 && top[0] == 'h' {
			b.closeTo(len(b.open) - 1)
		}
	}
}

func (b *balancer) closeInner(name, barrier string) {
	if i := b.find(name, barrier); i >= 0 {
		b.closeTo(i)
	}
}

// closeUntil closes elements up to one of the names, when there is one.
func (b *balancer) closeUntil(names string) {
	for i := len(b.open) - 1; i >= 0; i-- {
		if strings.Contains(names, " "+b.open[i].name+" ") {
			b.closeTo(i + 1)
			return
		}
	}
}

// closeTo closes elements until n are open.
func (b *balancer) closeTo(n int) {
	for len(b.open) > n {
		b.pop()
	}
}

func (b *balancer) pop() {
	top := b.open[len(b.open)-1]
	b.open = b.open[:len(b.open)-1]
	if !top.closed {
		b.out.WriteString("</" + top.name + ">")
	}
}

// reopenWithout closes the innermost link, if one is open, and opens what was
// within again: a link cannot hold another. Each element is opened again once at
// most, for it is outside of the next link then.
func (b *balancer) reopenWithout(name string) {
	for i := len(b.open) - 1; i >= 0 && !strings.Contains(cells, " "+b.open[i].name+" "); i-- {
		if b.open[i].name != name || b.open[i].closed {
			continue
		}
		again := append([]openTag(nil), b.open[i+1:]...)
		b.closeTo(i)
		for _, t := range again {
			if t.closed {
				continue
			}
			b.out.WriteString(t.source)
			b.open = append(b.open, t)
		}
		return
	}
}
