package intake

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"minutebook/generator/markdown"
	"minutebook/generator/source"
)

// shown is what a page shows of Markdown: its text, and the elements that it has.
func shown(t testing.TB, md string) (text string, elements map[string]int) {
	t.Helper()
	f := source.NewFile("x.md", []byte(md))
	c := markdown.New(markdown.Options{}).Convert(f, source.Span{Start: 0, End: len(md)})
	root, err := html.Parse(strings.NewReader(c.Body.HTML))
	if err != nil {
		t.Fatal(err)
	}
	elements = map[string]int{}
	var b strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
			b.WriteString(n.Data)
		case html.ElementNode:
			elements[n.Data]++
		}
	}
	return oneLine(b.String()), elements
}

// What text is written as shows the same characters, in one paragraph with
// nothing in it but links; as the text of a heading and of an item, too.
func FuzzMarkup(f *testing.F) {
	for _, seed := range []string{
		"plain", "*a* _b_ __c__ ~~d~~ `e` ``f``", "# a #", "- a", "+", "1. a", "1) a", "> a", "    a", "---", "===", "***", "~~~", "```", ": a", "| a | b |",
		"<b>a</b> <!-- c --> <?x?> <a@b> <https://example.org>", "&lt; &#60; &copy &amp;amp;", "[a](b) ![a](b) [a]: b [^1]: c [^1] [x] a [ ] b", `a\b \* \\`, "a\\",
		":smile: :+1: 12:30:45 :100:", "https://example.org/a_b*c*(d). http://x www.example.org ftp://example.org FTP:x", "http://[::1]/ https://a@b/ https://",
		"a_b _a_ a_ _a", "foo \t bar", "Action A1: x", "{{ x }} {% x %} $x$", "1\\. a", "é: ü", "a  ", "<nick> a", "-a", "+1", "[", "]", "!", "`", "``a`", "<", "&", "\ufffd_BT&I_\ufffd", `\#`, "C #", ":M:+1: x", "&#", "&#x", "a&b;c",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 || strings.Contains(s, "\x00") {
			return
		}
		s = oneLine(tidy(s))
		want := oneLine(itemWithID().ReplaceAllString(s, "$1 ($2)"))
		for what, md := range map[string]string{"p": begun(s), "h2": "## " + heading(s), "li": "- " + begun(s), "strong": "- **Info:** " + inline(s)} {
			text, elements := shown(t, md)
			var wanted string
			if wanted = want; what == "h2" {
				wanted += "#" // the link to the heading itself
			}
			if what == "strong" {
				wanted = strings.TrimRight("Info: "+s, " ")
			}
			if text != wanted {
				t.Errorf("%s: %q is written as %q and shows %q", what, s, md, text)
			}
			for e, n := range elements {
				if ok := e == "html" || e == "head" || e == "body" || e == "a" || e == "ul" || e == "p" || e == what || what == "strong" && e == "li"; !ok || e == what && n > 1 {
					t.Errorf("%s: %q is written as %q and has %d of %s", what, s, md, n, e)
				}
			}
		}
	})
}
