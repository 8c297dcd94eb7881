package layout

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// html/template has put escapers at the end of each action that prints: filters,
// and then a writer. Those below do what its own do with strings. The others (of
// scripts, styles, names, attributes without quotes) are left to it.

var filters = map[string]func(s string) string{
	"_html_template_urlfilter":     filterURL,
	"_html_template_urlnormalizer": func(s string) string { return encodeURL(s, &keptInURLs, true) },
	"_html_template_urlescaper":    func(s string) string { return encodeURL(s, &keptInQueries, false) },
}

var writers = map[string]func(w *bytes.Buffer, s string){
	"_html_template_htmlescaper":   writeText,
	"_html_template_attrescaper":   writeText,
	"_html_template_rcdataescaper": writeText,
}

// writersOfHTML are those of a value that is HTML already. In an attribute its
// tags are taken out, which only html/template knows how to do.
var writersOfHTML = map[string]func(w *bytes.Buffer, s string){
	"_html_template_htmlescaper": func(w *bytes.Buffer, s string) { w.WriteString(s) },
}

var texts = map[reflect.Kind]func(v reflect.Value) string{
	reflect.String: reflect.Value.String,
	reflect.Int:    func(v reflect.Value) string { return strconv.FormatInt(v.Int(), 10) },
	reflect.Bool:   func(v reflect.Value) string { return strconv.FormatBool(v.Bool()) },
}

// print compiles an action that prints: one command, and then escapers. What
// comes out of a filter is a plain string.
func (c *compiler) print(p *parse.PipeNode, dot reflect.Type) action {
	e, names := c.pipeline(p.Cmds[:1], dot), escapers(p.Cmds[1:])
	last := len(names) - 1
	require(last >= 0)
	t := e.known()
	text, write := texts[t.Kind()], writers[names[last]]
	if t == htmlType && last == 0 {
		write = writersOfHTML[names[last]]
	}
	require(text != nil && write != nil)
	var through []func(s string) string
	for _, name := range names[:last] {
		require(filters[name] != nil)
		through = append(through, filters[name])
	}
	return func(f *filler, dot reflect.Value) signal {
		s := text(e.eval(f, dot))
		for _, filter := range through {
			s = filter(s)
		}
		write(f.w, s)
		return next
	}
}

// escapers are the functions without arguments of their own that a value is
// piped through.
func escapers(commands []*parse.CommandNode) (names []string) {
	for _, command := range commands {
		name, ok := command.Args[0].(*parse.IdentifierNode)
		require(ok && len(command.Args) == 1)
		names = append(names, name.Ident)
	}
	return names
}

// inText is what stands for a byte in text and in an attribute.
var inText = [256]string{
	0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;",
}

// escapes are the bytes that inText has something for: most have nothing, and a
// smaller table is looked up sooner.
var escapes = func() (table [256]bool) {
	for c, instead := range inText {
		table[c] = instead != ""
	}
	return table
}()

func writeText(w *bytes.Buffer, s string) {
	start := 0
	for i := range len(s) {
		if c := s[i]; escapes[c] {
			w.WriteString(s[start:i])
			w.WriteString(inText[c])
			start = i + 1
		}
	}
	w.WriteString(s[start:])
}

// filterURL replaces an address with a scheme that might do harm.
func filterURL(s string) string {
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.Contains(scheme, "/") {
		return s
	}
	for _, safe := range []string{"http", "https", "mailto"} {
		if strings.EqualFold(scheme, safe) {
			return s
		}
	}
	return "#ZgotmplZ"
}

const unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"

var (
	keptInQueries = bytesOf(unreserved)
	keptInURLs    = bytesOf(unreserved + "!#$&*+,/:;=?@[]")
)

func bytesOf(s string) (set [256]bool) {
	for i := range len(s) {
		set[s[i]] = true
	}
	return set
}

// encodeURL writes bytes that are not kept as %xx, but for those, where encoded
// is set, that are written so already.
func encodeURL(s string, kept *[256]bool, encoded bool) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	start := 0
	for i := range len(s) {
		c := s[i]
		if kept[c] || encoded && c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			continue
		}
		b.WriteString(s[start:i])
		b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		start = i + 1
	}
	if start == 0 {
		return s
	}
	b.WriteString(s[start:])
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
