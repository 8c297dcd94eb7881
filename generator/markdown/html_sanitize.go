package markdown

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// sanitize is the HTML of a body made safe, with gaps for its links and images.
//
// The HTML is what our renderer makes, with the raw nodes as classifyRaw returns
// them. Links and images of Markdown have the token and the index of their
// reference for an address, as in <a href="TOKEN7">; other addresses are the
// author's HTML and are handed to add, which returns the index of a new
// reference, or false when there shall be none: then the content stays without
// the link. Links within the page that are ours (see ownClasses) stay as they
// are. The removals, with offsets in rendered, are elements that classifyRaw
// should have dropped.
//
// This is the second of two walls: it is safe whatever the HTML is. An allow-list
// drops elements and attributes, a parser gives the rest the shape that browsers
// give it, and only what the parser made is written out. So the result cannot
// close an element around it and means the same when parsed again.
func sanitize(rendered, token string, add func(Reference) (index int, ok bool)) (Fragment, []removal) {
	removed := strangers(rendered)
	clean := balance(allowList().Sanitize(rendered))
	context := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(clean), context)
	if err != nil { // only when too deep, which balance prevents
		return Fragment{HTML: plainText([]byte(rendered), nil)}, removed
	}
	w := fragmentWriter{token: token, add: add, ids: map[string]bool{}}
	w.out.Grow(len(clean))
	for _, n := range nodes {
		w.node(n)
	}
	return Fragment{HTML: w.out.String(), Gaps: w.gaps}, removed
}

// strangers are the tags of elements that are not allowed.
func strangers(rendered string) (removed []removal) {
	for i := 0; i < len(rendered); {
		next := strings.IndexByte(rendered[i:], '<')
		if next < 0 {
			break
		}
		i += next + 1
		end := i
		for end < len(rendered) && isLetterOrDigit(rendered[end]) {
			end++
		}
		if name := strings.ToLower(rendered[i:end]); name != "" && !isAllowed(name) {
			removed = append(removed, removal{Tag: name, Offset: i - 1})
		}
	}
	return removed
}

func isLetterOrDigit(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

// allowList is the policy of allowed, everywhere and own for bluemonday. URLs
// are decided later.
var allowList = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	for name, attributes := range allowed {
		p.AllowElements(name)
		p.AllowNoAttrs().OnElements(name)
		for key, pattern := range attributes {
			if pattern == nil {
				p.AllowAttrs(key).OnElements(name)
			} else {
				p.AllowAttrs(key).Matching(pattern).OnElements(name)
			}
		}
	}
	for _, set := range []rules{everywhere, own} {
		for key, pattern := range set {
			if pattern == nil {
				p.AllowAttrs(key).Globally()
			} else {
				p.AllowAttrs(key).Matching(pattern).Globally()
			}
		}
	}
	return p
})

// A fragmentWriter writes parsed HTML as a Fragment.
type fragmentWriter struct {
	token  string
	add    func(Reference) (int, bool)
	out    strings.Builder
	gaps   []Gap
	ids    map[string]bool // written so far
	pre    int             // where the content of the last <pre> begins
	inLink bool
}

func (w *fragmentWriter) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		w.text(n.Data)
	case n.Type != html.ElementNode || n.Namespace != "":
	case !isAllowed(n.Data):
		w.children(n)
	case n.Data == "a":
		w.link(n)
	case n.Data == "img":
		w.image(n)
	default:
		w.element(n)
	}
}

// text writes text. A parser drops a line end that follows <pre> at once.
func (w *fragmentWriter) text(s string) {
	if at := w.out.Len(); at > 0 && at == w.pre && strings.HasPrefix(s, "\n") && (len(w.gaps) == 0 || w.gaps[len(w.gaps)-1].At < at) {
		w.out.WriteByte('\n')
	}
	plainEscaper.WriteString(&w.out, s)
}

var plainEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;", "\x00", "\ufffd")

func (w *fragmentWriter) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *fragmentWriter) element(n *html.Node) {
	w.out.WriteString("<" + n.Data)
	for _, a := range n.Attr {
		if a.Namespace == "" && allows(n.Data, a.Key, a.Val, true) && w.first(a.Key, a.Val) {
			writeAttribute(&w.out, a.Key, a.Val)
		}
	}
	w.out.WriteByte('>')
	if void[n.Data] {
		return
	}
	if n.Data == "pre" {
		w.pre = w.out.Len()
	}
	w.children(n)
	w.out.WriteString("</" + n.Data + ">")
}

// first reports whether an attribute is not an id that the page has already.
func (w *fragmentWriter) first(key, value string) bool {
	if key != "id" {
		return true
	}
	taken := w.ids[value]
	w.ids[value] = true
	return !taken
}

// link writes an <a>. One within another, which only a table can bring about,
// leaves its content.
func (w *fragmentWriter) link(n *html.Node) {
	href, ok := attributeOf(n, "href")
	switch {
	case !ok:
		w.anchor(n)
	case w.inLink:
		w.children(n)
	case isOwnLink(n, href):
		w.inLink = true
		w.element(n)
		w.inLink = false
	default:
		w.reference(n, href)
	}
}

// isOwnLink reports whether a link is one of those within the page that we make.
func isOwnLink(n *html.Node, href string) bool {
	_, marked := attributeOf(n, "class")
	return strings.HasPrefix(href, "#"+ownID) || marked && strings.HasPrefix(href, "#")
}

// anchor writes an <a> that is no link: an id, for links to lead to.
func (w *fragmentWriter) anchor(n *html.Node) {
	if id, ok := attributeOf(n, "id"); ok && allows("span", "id", id, true) && w.first("id", id) {
		w.out.WriteString("<span")
		writeAttribute(&w.out, "id", id)
		w.out.WriteString("></span>")
	}
	w.children(n)
}

// reference writes a link as two gaps around its content.
func (w *fragmentWriter) reference(n *html.Node, href string) {
	index, known := w.index(href)
	if !known {
		w.anchorOf(n)
		title, _ := attributeOf(n, "title")
		index, known = w.add(Reference{Form: Link, Destination: trimURL(href), Title: title, Text: textOf(n)})
	}
	if !known {
		w.children(n)
		return
	}
	w.gap(index, LinkOpen)
	w.inLink = true
	w.children(n)
	w.inLink = false
	w.gap(index, LinkClose)
}

// anchorOf keeps the id of a link, which its gap has no place for.
func (w *fragmentWriter) anchorOf(n *html.Node) {
	w.anchor(&html.Node{Type: html.ElementNode, Data: "a", Attr: n.Attr})
}

// image writes an <img> as a gap, or its alternative text when it may not be
// shown.
func (w *fragmentWriter) image(n *html.Node) {
	src, ok := attributeOf(n, "src")
	if !ok {
		return
	}
	alt, _ := attributeOf(n, "alt")
	index, known := w.index(src)
	if !known {
		w.anchorOf(n)
		title, _ := attributeOf(n, "title")
		index, known = w.add(Reference{
			Form: Embed, Destination: trimURL(src), Title: title, Text: alt,
			Width: lengthOf(n, "width"), Height: lengthOf(n, "height"),
		})
	}
	if !known {
		w.text(alt)
		return
	}
	w.gap(index, Image)
}

func (w *fragmentWriter) gap(index int, part Part) {
	w.gaps = append(w.gaps, Gap{At: w.out.Len(), Reference: index, Part: part})
}

// index is the reference that an address of our own names.
func (w *fragmentWriter) index(address string) (int, bool) {
	digits, found := strings.CutPrefix(address, w.token)
	if !found || w.token == "" || digits == "" || len(digits) > 9 || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil
}

// trimURL is a destination as a browser takes it: without white space around it,
// without tabs and line ends (WHATWG URL, 4.4), and without the mark of
// disarm.
func trimURL(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	s = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(s)
	return strings.TrimPrefix(s, disarmed)
}

func lengthOf(n *html.Node, key string) string {
	value, _ := attributeOf(n, key)
	if !allows("img", key, value, false) {
		return ""
	}
	return strings.TrimSuffix(value, "px")
}

func attributeOf(n *html.Node, key string) (string, bool) {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key && a.Namespace == "" })
	if i < 0 {
		return "", false
	}
	return n.Attr[i].Val, true
}

// textOf is the text of an element on one line, with the alternative text of
// its images.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		} else if d.Data == "img" {
			alt, _ := attributeOf(d, "alt")
			b.WriteString(alt)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
