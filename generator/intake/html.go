package intake

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// This file makes Markdown of a message that has HTML only: paragraphs, lists,
// headings as bold lines, emphasis, code, tables as rows, and links to web
// addresses. Styles, pictures, scripts and comments are not kept; nor are
// quotations and signatures that mail programs mark as such.

// deepestHTML is how deep elements may lie in each other; what lies deeper is
// read as text of the element above.
const deepestHTML = 100

// A run is a part of a block's text, as it looks.
type run struct {
	text string
	mark string // "**", "*" or "`"
	link string // a web address
}

// An htmlReader writes the blocks of a message.
type htmlReader struct {
	w     *writer
	runs  []run // of the open block
	lead  string
	lists []string // marks of the open lists
	quote bool     // quotations are left out
	ended bool     // all that follows is a signature, or another message
	item  bool     // the block before is an item of a list
}

// htmlText writes HTML. When nothing is left without quotations they are kept.
func (w *writer) htmlText(text string) {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil { // it refuses elements that lie more than 512 deep
		w.text(strings.Split(untagged(text), "\n"))
		return
	}
	for _, quote := range []bool{true, false} {
		r := htmlReader{w: &writer{privacy: w.privacy, prefix: w.prefix}, quote: quote}
		r.children(root, run{}, 0)
		r.flush()
		if r.w.Len() > 0 {
			w.gap()
			w.WriteString(r.w.String())
			return
		}
	}
}

func (r *htmlReader) children(n *html.Node, as run, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c, as, depth+1)
	}
}

func (r *htmlReader) node(n *html.Node, as run, depth int) {
	if n.Type == html.TextNode {
		as.text = tidy(n.Data)
		r.runs = append(r.runs, as)
		return
	}
	if depth > deepestHTML {
		r.runs = append(r.runs, run{text: flatText(n)})
		return
	}
	if n.Type != html.ElementNode {
		r.children(n, as, depth)
		return
	}
	if !isShown(n) || r.quote && isQuotation(n) {
		return
	}
	switch n.DataAtom {
	case atom.B, atom.Strong, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Th:
		as.mark = "**"
	case atom.I, atom.Em, atom.Cite:
		as.mark = "*"
	case atom.Code, atom.Tt, atom.Kbd, atom.Samp:
		as.mark = "`"
	case atom.A:
		as.link = webLink(n)
	case atom.Br:
		r.runs = append(r.runs, run{text: "\n", mark: "br"})
		return
	case atom.Td:
		as.mark = ""
	}
	if !blocks[n.DataAtom] {
		r.children(n, as, depth)
		if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
			r.runs = append(r.runs, run{text: " \u00b7 "})
		}
		return
	}
	r.flush()
	r.blockOf(n, as, depth)
	r.flush()
}

// blocks are the elements that begin on a line of their own.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Blockquote: true, atom.Pre: true, atom.Table: true, atom.Tr: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Hr: true, atom.Dl: true, atom.Dt: true, atom.Dd: true,
	atom.Section: true, atom.Article: true, atom.Header: true, atom.Footer: true, atom.Address: true, atom.Figure: true, atom.Body: true, atom.Center: true,
}

func (r *htmlReader) blockOf(n *html.Node, as run, depth int) {
	switch n.DataAtom {
	case atom.Ul, atom.Ol:
		mark := "- "
		if n.DataAtom == atom.Ol {
			mark = "1. "
		}
		r.lists = append(r.lists, mark)
		r.children(n, as, depth)
		r.flush()
		if r.lists = r.lists[:len(r.lists)-1]; len(r.lists) == 0 {
			r.item = false
		}
	case atom.Li:
		r.lead = "- "
		if len(r.lists) > 0 {
			r.lead = indent(r.lists[:len(r.lists)-1]) + r.lists[len(r.lists)-1]
		}
		r.children(n, as, depth)
	case atom.Pre:
		if text := strings.TrimRight(r.w.redact(tidy(flatText(n))), " \n"); strings.TrimSpace(text) != "" {
			r.w.block(fenced(strings.Split(strings.TrimLeft(text, "\n"), "\n")))
		}
	case atom.Blockquote:
		outer := r.w.prefix
		if strings.Count(outer, ">") < deepest && len(r.lists) == 0 {
			r.w.prefix += "> "
		}
		r.children(n, as, depth)
		r.flush()
		r.w.prefix = outer
	default:
		r.children(n, as, depth)
	}
}

// indent is what stands before an item of a list in lists.
func indent(outer []string) string {
	n := 0
	for _, mark := range outer[:min(len(outer), deepest)] {
		n += len(mark)
	}
	return strings.Repeat(" ", n)
}

// flush writes the open block. The items of a list stand line below line.
func (r *htmlReader) flush() {
	r.ended = r.ended || r.quote && r.w.Len() > 0 && endsMessage(r.runs)
	text := ""
	if !r.ended {
		text = r.line()
	}
	r.runs = r.runs[:0]
	if text == "" {
		return
	}
	lead := r.lead
	if lead != "" {
		r.lead = ""
		text = lead + strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", len(lead)))
	} else if len(r.lists) > 0 {
		text = indent(r.lists) + strings.ReplaceAll(text, "\n", "\n"+indent(r.lists))
	}
	if item := lead != ""; item && r.item && r.w.Len() > 0 {
		r.w.tight(text + "\n")
	} else {
		r.w.block(text + "\n")
	}
	r.item = lead != ""
}

var headOfOther = lazily(`(?is)^(?:from|von|de|da)\s*:.*\b(?:sent|date|gesendet|datum|envoyé|enviado|inviato)\s*:`)

// endsMessage reports whether a block is where a signature begins, or the head of
// a message that is quoted whole, as Outlook writes it.
func endsMessage(runs []run) bool {
	var b strings.Builder
	for _, one := range runs {
		if b.WriteString(one.text); b.Len() > 1000 {
			break
		}
	}
	text := strings.TrimSpace(b.String())
	return text == "--" || original().MatchString(text) || headOfOther().MatchString(text)
}

// line is the open block as Markdown. Where an address or a name that must go
// reaches over several runs, they all become plain text.
func (r *htmlReader) line() string {
	var whole strings.Builder
	plain := true
	for i := range r.runs {
		whole.WriteString(r.runs[i].text)
		plain = plain && r.runs[i].mark == "" && r.runs[i].link == ""
	}
	text := strings.Trim(oneLine(whole.String()), " \u00b7")
	if text == "" {
		return ""
	}
	if r.w.redact(text) != text {
		return begun(r.w.redact(text))
	}
	lines := r.lines(plain)
	if !plain && slices.ContainsFunc(lines, startsWithID) {
		plain, lines = true, r.lines(true)
	}
	return r.join(lines, plain)
}

var markedID = lazily(`^[*` + "`" + ` ]*(?:[A-Za-z-]+ )*[A-Za-z]\d{1,5}\b`)

// startsWithID reports whether a line begins with what notes would take for the
// id of an item: markup before it must not make it one.
func startsWithID(line string) bool { return markedID().MatchString(line) }

// lines are the lines of the open block, each with its markup or as text.
func (r *htmlReader) lines(isText bool) []string {
	var lines []string
	var b strings.Builder
	for i := range r.runs {
		if r.runs[i].mark == "br" {
			lines = append(lines, b.String())
			b.Reset()
			continue
		}
		b.WriteString(r.piece(i, isText))
	}
	return append(lines, b.String())
}

// join makes the lines of a block one text, escaped where they are not yet.
func (r *htmlReader) join(lines []string, isText bool) string {
	var out []string
	for _, l := range lines {
		l = strings.Trim(oneLine(l), " \u00b7")
		if isText {
			l = begun(r.w.redact(l))
		} else if l != "" && strings.IndexByte("#=>:|-+0123456789", l[0]) >= 0 {
			l = startEscaped(l)
		}
		if l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\\\n")
}

// startEscaped is begun for a line that has its markup already.
func startEscaped(l string) string {
	if strings.IndexByte("0123456789", l[0]) >= 0 {
		return numberedItem().ReplaceAllString(l, `$1\$2$3`)
	}
	return `\` + l
}

// piece is a run as Markdown. Emphasis stands only where it certainly is some:
// between blanks.
func (r *htmlReader) piece(i int, isText bool) string {
	one := r.runs[i]
	if isText {
		return one.text
	}
	text := oneLine(one.text)
	if text == "" {
		if one.text != "" {
			return " "
		}
		return ""
	}
	md := inline(text)
	switch {
	case one.link != "" && one.link != text && !strings.Contains(md, "<"):
		md = "[" + md + "](<" + one.link + ">)"
	case one.link != "" && one.link != text:
		md = "<" + one.link + ">"
	case one.mark == "`" && !strings.Contains(text, "`"):
		md = "`" + text + "`"
	case one.mark != "" && one.mark != "`" && r.alone(i) && !strings.Contains(md, "<"):
		md = one.mark + md + one.mark
	}
	return ahead(one.text) + md + behind(one.text)
}

// alone reports whether blanks or the ends of the block surround a run.
func (r *htmlReader) alone(i int) bool {
	left := i == 0 || ahead(r.runs[i].text) != "" || behind(r.runs[i-1].text) != ""
	right := i+1 == len(r.runs) || behind(r.runs[i].text) != "" || ahead(r.runs[i+1].text) != ""
	return left && right
}

func ahead(s string) string {
	if s != "" && strings.IndexByte(" \n\t", s[0]) >= 0 {
		return " "
	}
	return ""
}

func behind(s string) string {
	if s != "" && strings.IndexByte(" \n\t", s[len(s)-1]) >= 0 {
		return " "
	}
	return ""
}

// webLink is where a link leads when it is a web address.
func webLink(n *html.Node) string {
	for _, a := range n.Attr {
		if address := strings.TrimSpace(a.Val); a.Key == "href" && isWeb(address) && !strings.ContainsAny(address, "@＠﹫") && tidy(address) == address && !strings.Contains(address, "%40") {
			return address
		}
	}
	return ""
}

// isShown reports whether an element has text for readers.
func isShown(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript, atom.Iframe, atom.Object, atom.Svg, atom.Math, atom.Textarea, atom.Select, atom.Button:
		return false
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "style" && strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none") {
			return false
		}
	}
	return true
}

// quotations are the marks by which mail programs set off what a message quotes
// and its signature, in classes and ids.
var quotations = []string{
	"gmail_quote", "gmail_attr", "gmail_signature", "moz-cite-prefix", "moz-signature", "moz-txt-sig", "yahoo_quoted", "divrplyfwdmsg", "appendonsend",
	"protonmail_quote", "protonmail_signature_block", "zmail_extra", "mobile_signature", "apple-mail-signature", "ms-outlook-mobile-signature",
}

func isQuotation(n *html.Node) bool {
	for _, a := range n.Attr {
		value := strings.ToLower(a.Val)
		switch {
		case n.DataAtom == atom.Blockquote && a.Key == "type" && value == "cite":
			return true
		case a.Key != "class" && a.Key != "id":
			continue
		}
		for _, mark := range quotations {
			if strings.Contains(value, mark) {
				return true
			}
		}
	}
	return false
}

// untagged is HTML without its tags.
func untagged(text string) string {
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return tidy(b.String())
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.EndTagToken:
			if name, _ := z.TagName(); blocks[atom.Lookup(name)] {
				b.WriteByte('\n')
			}
		}
	}
}

// flatText is the text of an element.
func flatText(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode && isShown(c.Parent) {
			b.WriteString(c.Data)
		} else if c.DataAtom == atom.Br {
			b.WriteByte('\n')
		}
	}
	return b.String()
}
