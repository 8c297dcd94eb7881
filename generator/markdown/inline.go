package markdown

import (
	"bytes"
	"strings"

	emoji "github.com/yuin/goldmark-emoji/ast"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// inlines renders the children of a block of text or of a part of one.
func (r *renderer) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		r.inline(n)
	}
}

func (r *renderer) inline(n ast.Node) {
	if r.inLines {
		if id := r.itemIDs[n]; id != "" {
			r.write(`<span id="`, id, `"></span>`)
		}
	}
	switch n := n.(type) {
	case *ast.Text:
		r.text(n)
	case *ast.CodeSpan:
		r.codeSpan(n)
	case *ast.Emphasis:
		r.wrapped(n, [...]string{"em", "strong"}[min(n.Level, 2)-1])
	case *east.Strikethrough:
		r.wrapped(n, "del")
	case *ast.Link:
		r.link(n)
	case *ast.AutoLink:
		r.autoLink(n)
	case *ast.Image:
		r.image(n)
	case *ast.RawHTML:
		r.rawInline(n)
	case *emoji.Emoji:
		r.emoji(n)
	case *east.TaskCheckBox:
		r.box(n)
	case *east.FootnoteLink:
		r.note(n)
	case *east.FootnoteBacklink: // footnotes writes them
	default:
		r.inlines(n)
	}
}

func (r *renderer) wrapped(n ast.Node, tag string) {
	r.write("<", tag, ">")
	r.inlines(n)
	r.write("</", tag, ">")
}

// text renders text with its line break: a soft one stays a newline, as in
// GitHub's files (its comments break the line).
func (r *renderer) text(n *ast.Text) {
	value := n.Value(r.src)
	if !n.IsRaw() {
		value = decode(value)
	}
	if r.mentions && !r.inLink && !r.inHeading {
		r.mentioning(value, n.Segment)
	} else {
		r.say(value)
	}
	switch {
	case n.HardLineBreak():
		r.trimSpaces()
		r.write("<br>\n")
		r.plain = append(r.plain, ' ')
	case n.SoftLineBreak():
		r.write("\n")
		r.plain = append(r.plain, ' ')
	}
}

// trimSpaces removes the spaces at the end of the HTML, up to the last gap.
func (r *renderer) trimSpaces() {
	floor := 0
	if len(r.gaps) > 0 {
		floor = r.gaps[len(r.gaps)-1].At
	}
	for len(r.out) > floor && r.out[len(r.out)-1] == ' ' {
		r.out = r.out[:len(r.out)-1]
	}
}

// say writes text, both as HTML and as plain text.
func (r *renderer) say(text []byte) {
	if r.dirty {
		text = []byte(r.clean(string(text)))
	}
	r.plain = append(r.plain, text...)
	r.out = appendEscaped(r.out, text)
}

func (r *renderer) codeSpan(n *ast.CodeSpan) {
	r.write("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		value := c.(*ast.Text).Value(r.src)
		line, broken := bytes.CutSuffix(value, []byte("\n"))
		if broken {
			value = append(bytes.TrimSuffix(line, []byte("\r"))[:len(line):len(line)], ' ')
		}
		r.say(value)
	}
	r.write("</code>")
}

// emoji renders a short code as the character; GitHub's own pictures, which are
// no characters, stay short codes.
func (r *renderer) emoji(n *emoji.Emoji) {
	if !n.Value.IsUnicode() {
		r.say([]byte(":" + string(n.ShortName) + ":"))
		return
	}
	r.say([]byte(string(n.Value.Unicode)))
}

// clean is s with U+FFFD for bytes that are not text.
func (r *renderer) clean(s string) string {
	if !r.dirty {
		return s
	}
	return strings.ReplaceAll(s, string(rune(substitute)), "\ufffd")
}
