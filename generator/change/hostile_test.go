package change_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	nethtml "golang.org/x/net/html"

	"minutebook/generator/change"
	"minutebook/generator/diag"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// hostile are texts that want to be more than text.
var hostile = []string{
	"::error::x", "  ::set-output name=a::b", "##[error]x", "a ##[add-mask]b", "#\u034f#\u200b[group]x", "%0A::error::x", "\x1b[2J\x1b]0;owned\a",
	"\u202egnp.exe", "@anna @org/team (@bo) x@chen.example.org \u00a0@dora _@emil_ `@anna` @\u200danna &#64;anna @@anna",
	"#12 GH-12 gh-7 owner/repo#3 owner/repo@0123456789abcdef", "https://github.com/a/b/issues/1 www.github.com/a HTTP://x.example.org <https://x.example.org>",
	"[a](https://x.example.org) ![b](c.png) [d]: e [^1] [[x]]", "<script>alert(1)</script><img src=x onerror=alert(1)><!-- &lt;b&gt; -->",
	"*a* _b_ ~~c~~ `d` ``e`` $f$ a|b|c \\", "# h", "- x", "1. y", "> z", "```", "---", "===", "| --- |", "</details>", "`", "``` `` `", "a`@anna`#12",
}

// Nothing in a document is obeyed or notifies anybody, wherever a change prints
// it: in a title, a field, a note, a name, a path, or a problem.
func TestHostileTexts(t *testing.T) {
	for i, text := range hostile {
		before, after := hostileSites(t, i, text)
		there, back := compare(before, after), compare(after, before)
		for _, c := range []*change.Change{&there, &back} {
			c.Pages.Changed = []string{"people/" + text + ".html"}
			if len(c.Documents) < 2 || len(c.Problems.Added)+len(c.Problems.Mended) == 0 {
				t.Fatalf("%q: %d documents", text, len(c.Documents))
			}
			for name := range change.Formats {
				for line := range strings.Lines(written(t, c, name)) {
					if line = strings.TrimSuffix(line, "\n"); diag.Printable(line) != line {
						t.Errorf("%s of %q can be obeyed: %q", name, text, line)
					}
				}
			}
			if err := onlyText(written(t, c, "markdown")); err != nil {
				t.Errorf("markdown of %q: %v", text, err)
			}
			if !json.Valid([]byte(written(t, c, "json"))) {
				t.Errorf("json of %q is none", text)
			}
		}
	}
}

// A comment on GitHub has room for it, whatever the change.
func TestLongChange(t *testing.T) {
	if testing.Short() {
		t.Skip("it has 4,000 notes")
	}
	var files []*source.File
	for i := range 80 {
		text := fmt.Appendf(nil, "# %s\n", strings.Repeat("<*@anna*>", 100))
		for range 50 {
			text = fmt.Appendf(text, "- [ ] Action (@anna): %s\n", strings.Repeat("&_#1 ", 100))
		}
		files = append(files, source.NewFile(fmt.Sprintf("meetings/2018-03-20-%s%d.md", strings.Repeat("`", 200), i), text))
	}
	c := compare(link(t, nil), link(t, files))
	markdown := written(t, &c, "markdown")
	if len(markdown) > 65_536 || !strings.Contains(markdown, "more documents") {
		t.Errorf("it has %d bytes", len(markdown))
	}
}

// A handle in a text is said without what would call the person.
func TestHandles(t *testing.T) {
	before := link(t, []*source.File{source.NewFile("a.md", []byte("# One\n"))})
	after := link(t, []*source.File{source.NewFile("a.md", []byte("# Ask @anna, (@bo/team) and chen@home\n"))})
	c := compare(before, after)
	if got, want := written(t, &c, "markdown"), "One → Ask `anna`, (`bo/team`) and `chen@home`\n"; !strings.Contains(got, want) {
		t.Errorf("%s does not say\n%s", got, want)
	}
	if got, want := written(t, &c, "text"), "One → Ask anna, (bo/team) and chen@home\n"; !strings.Contains(got, want) {
		t.Errorf("%s does not say\n%s", got, want)
	}
}

func hostileSites(t *testing.T, i int, text string) (before, after *site.Site) {
	quoted, _ := json.Marshal(text) // YAML reads JSON
	line := strings.NewReplacer("\n", " ", "\r", " ").Replace(text)
	name := strings.NewReplacer("/", "_", "\n", "_").Replace(text)
	document := func(status, day string) []byte {
		return fmt.Appendf(nil, "---\ntitle: %s\nstatus: %s\noutcome: %s\ndecide-by: %s\nauthors: [%s]\n%s: x\n---\n", quoted, status, quoted, day, quoted, quoted)
	}
	notes := func(box, who string) []byte {
		return fmt.Appendf(nil, "- %s **Action A1** (@%s, due 2018-04-09): %s\n- Action: %s\n- **Decision D1:** %s\n- **Question Q1:** %s %s\n- **Feedback F1** (to: %s): %s\n- [%d](%s)\n",
			box, who, line, line, line, line, who, line, line, i, "gone.md")
	}
	was := []*source.File{source.NewFile("proposals/"+name+".md", document("review", "2018-04-04")), source.NewFile("meetings/2018-03-20-"+name+".md", notes("[ ]", "anna"))}
	now := []*source.File{source.NewFile("proposals/"+name+".md", document("accepted", "2018-04-05")), source.NewFile("meetings/2018-03-20-"+name+".md", notes("[ ]", "bo")),
		source.NewFile("meetings/2018-03-27-"+name+"x.md", notes("[x]", "x")), source.NewFile("files/"+name+".csv", nil)}
	return link(t, was), link(t, now)
}

// Elements that the Markdown of a change consists of, and what GitHub makes a
// reference of where it stands in text.
var (
	ours       = []string{"html", "head", "body", "h2", "h3", "p", "ul", "li", "strong", "code", "a", "details", "summary"}
	references = regexp.MustCompile(`(?i)(^|[^0-9a-z_])@[0-9a-z]|#[0-9]|\bgh-[0-9]|https?://|www\.`)
)

// onlyText reads the Markdown of a change as GitHub does and reports whatever it
// does not consist of.
func onlyText(markdown string) error {
	var page bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe())).Convert([]byte(markdown), &page); err != nil {
		return err
	}
	root, err := nethtml.Parse(&page)
	if err != nil {
		return err
	}
	for n := range root.Descendants() {
		switch {
		case n.Type == nethtml.ElementNode && !slices.Contains(ours, n.Data):
			return fmt.Errorf("has an element %s:\n%s", n.Data, markdown)
		case n.Type == nethtml.ElementNode && n.Data == "a" && !strings.HasPrefix(n.Attr[0].Val, "https://example.org/preview/"):
			return fmt.Errorf("has a link to %s", n.Attr[0].Val)
		case n.Type == nethtml.CommentNode:
			return fmt.Errorf("has a comment:\n%s", markdown)
		case n.Type == nethtml.TextNode && n.Parent.Data != "code" && references.MatchString(n.Data):
			return fmt.Errorf("has a reference in %q", n.Data)
		}
	}
	return nil
}
