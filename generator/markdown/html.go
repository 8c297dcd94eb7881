package markdown

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A removal is a part of an author's HTML that is not shown.
type removal struct {
	Tag       string // the element, in lower case; "!doctype", "![cdata[" or "?" for what is no element
	Attribute string // set when only attributes of the element went: their names, with ", " between
	Offset    int    // of the tag in the raw text, in bytes
}

// String is what went, for people.
func (r removal) String() string {
	if r.Attribute != "" {
		return r.Attribute + " of <" + r.Tag + ">"
	}
	return "<" + r.Tag + ">"
}

// classifyRaw is the source text of one raw node, as it goes into the page: with
// the allowed elements and attributes, with tags that are not HTML as text, and
// without the rest. The raw text may be any part of an element.
//
// This is the first of two walls. What it returns is safe by itself but may be
// unbalanced; sanitize balances, and is safe without this one.
func classifyRaw(raw string) (string, []removal) {
	c := classifier{raw: raw, tokens: html.NewTokenizer(strings.NewReader(raw)), unclosed: map[string]bool{}}
	for c.step() {
	}
	return c.out.String(), c.removed
}

// A classifier reads a raw text tag by tag.
type classifier struct {
	raw        string
	tokens     *html.Tokenizer
	start, end int // of the tag in hand
	out        strings.Builder
	removed    []removal

	gone     string          // the element of emptied that we are in, or ""
	depth    int             // how many of gone are open
	unclosed map[string]bool // names whose end tag does not follow
}

// step reads one token; it reports false at the end.
func (c *classifier) step() bool {
	kind := c.tokens.Next()
	c.start, c.end = c.end, c.end+len(c.tokens.Raw())
	if kind == html.ErrorToken {
		c.unfinished()
		return false
	}
	switch kind {
	case html.StartTagToken, html.SelfClosingTagToken:
		c.startTag(c.tokens.Token(), kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		c.endTag(c.tokens.Token().Data)
	case html.TextToken:
		if c.gone == "" {
			c.text(c.source())
		}
	default:
		c.markup()
	}
	return true
}

func (c *classifier) source() string { return c.raw[c.start:c.end] }

// unfinished handles what is left when the raw text ends within a tag: it is
// shown, so that nothing vanishes.
func (c *classifier) unfinished() {
	if rest := c.raw[c.start:]; c.gone == "" && !strings.HasPrefix(rest, "<!--") {
		c.text(rest)
	}
}

// text shows a part of the raw text. Entities stay as they are.
func (c *classifier) text(s string) { textEscaper.WriteString(&c.out, s) }

var textEscaper = strings.NewReplacer("<", "&lt;", ">", "&gt;", "\x00", "\ufffd")

// markup drops comments and what HTML reads as one: declarations, CDATA and
// processing instructions, which are reported, and "</" before anything but a
// letter, which is text.
func (c *classifier) markup() {
	if c.gone != "" {
		return
	}
	switch s := strings.ToLower(c.source()); {
	case strings.HasPrefix(s, "<!--"):
	case strings.HasPrefix(s, "<![cdata["):
		c.remove("![cdata[")
	case strings.HasPrefix(s, "<!"):
		c.remove("!doctype")
	case strings.HasPrefix(s, "<?"):
		c.remove("?")
	default:
		c.text(c.source())
	}
}

func (c *classifier) remove(tag string) {
	c.removed = append(c.removed, removal{Tag: tag, Offset: c.start})
}

func (c *classifier) startTag(t html.Token, closed bool) {
	name := t.Data
	if c.gone != "" {
		c.tokens.NextIsNotRawText()
		if name == c.gone && !closed {
			c.depth++
		}
		return
	}
	if !emptied[name] {
		c.tokens.NextIsNotRawText() // noscript: its content is looked at
	}
	if living, ok := renamed[name]; ok {
		if name == "center" {
			t.Attr = append([]html.Attribute{{Key: "align", Val: "center"}}, t.Attr...)
		}
		name = living
	}
	switch {
	case isAllowed(name):
		c.writeStart(name, t.Attr)
	case emptied[name]:
		c.remove(name)
		c.skip(name, closed)
	case dropped[name]:
		c.remove(name)
	case !unwrapped[name]:
		c.text(c.source())
	}
}

// skip passes over the content of an element when its end follows. When it does
// not, a script or style goes on to the end, as in a browser; what follows any
// other was hardly meant to vanish, so only the tag goes.
func (c *classifier) skip(name string, closed bool) {
	foreign := name == "svg" || name == "math"
	switch {
	case closed && foreign:
	case c.closes(name):
		c.gone, c.depth = name, 1
	case name == "script" || name == "style":
		c.gone, c.depth = name, 1
	default:
		c.tokens.NextIsNotRawText()
	}
}

// closes reports whether an end tag of the name follows. A name that was not
// found is not looked for again: the whole stays linear.
func (c *classifier) closes(name string) bool {
	if c.unclosed[name] {
		return false
	}
	found := containsFold(c.raw[c.end:], "</"+name)
	c.unclosed[name] = !found
	return found
}

// containsFold reports whether s contains a lower-case ASCII part in any case.
func containsFold(s, part string) bool {
	for i := strings.IndexByte(s, part[0]); i >= 0 && len(s)-i >= len(part); {
		if strings.EqualFold(s[i:i+len(part)], part) {
			return true
		}
		next := strings.IndexByte(s[i+1:], part[0])
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

func (c *classifier) endTag(name string) {
	if c.gone != "" {
		if name == c.gone {
			c.depth--
		}
		if c.depth == 0 {
			c.gone = ""
		}
		return
	}
	if living, ok := renamed[name]; ok {
		name = living
	}
	switch {
	case void[name] || emptied[name] || dropped[name] || unwrapped[name]:
	case isAllowed(name):
		c.out.WriteString("</" + name + ">")
	default:
		c.text(c.source())
	}
}

// writeStart writes a start tag with the attributes that an author may use and
// reports the others together.
func (c *classifier) writeStart(name string, attributes []html.Attribute) {
	var gone []string
	c.out.WriteString("<" + name)
	for _, a := range attributes {
		if key, value, ok := authorAttribute(name, a); ok {
			writeAttribute(&c.out, key, value)
		} else {
			gone = append(gone, strings.ToValidUTF8(a.Key, "\ufffd"))
		}
	}
	c.out.WriteByte('>')
	if len(gone) > 0 {
		slices.Sort(gone)
		c.removed = append(c.removed, removal{Tag: name, Attribute: strings.Join(gone, ", "), Offset: c.start})
	}
}

// authorAttribute is an attribute of an author's element as it goes into the
// page. The name of an <a> is its id; an id of ours goes; an address that could
// run script is kept out of the page but in sight of whoever reports it.
func authorAttribute(element string, a html.Attribute) (key, value string, ok bool) {
	key, value = a.Key, a.Val
	if element == "a" && key == "name" {
		key = "id"
	}
	switch {
	case !allows(element, key, value, false):
		return "", "", false
	case key == "id" && strings.HasPrefix(strings.ToLower(value), ownID):
		return "", "", false
	case key == "href" || key == "src":
		value = disarm(value)
	}
	return key, value, true
}

// disarmed begins the destination of an address that no link may have. No
// scheme of that name exists or is allowed.
const disarmed = "unsafe:"

// disarm is a destination that is harmless as it stands.
func disarm(destination string) string {
	if schemeAllowed(destination, harmlessSchemes) {
		return destination
	}
	return disarmed + destination
}

// harmlessSchemes may be in a page whatever the configuration says: nothing
// runs by them. Whether a link has them is decided later.
var harmlessSchemes = []string{"geo", "ftp", "irc", "ircs", "magnet", "matrix", "news", "sip", "sips", "sms", "ssh", "tel", "urn", "xmpp"}

// writeAttribute writes an attribute with a space before it.
func writeAttribute(out *strings.Builder, key, value string) {
	out.WriteByte(' ')
	out.WriteString(key)
	out.WriteString(`="`)
	attributeEscaper.WriteString(out, value)
	out.WriteByte('"')
}

var attributeEscaper = strings.NewReplacer("&", "&amp;", `"`, "&#34;", "<", "&lt;", ">", "&gt;", "\r", "&#13;", "\x00", "\ufffd")
