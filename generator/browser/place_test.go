package browser_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// structure is what a page consists of outside of what its document says: the
// tags, ids and classes, without the inside of the text, the list of contents
// and the list of problems.
const structure = `(() => {
	const lines = [];
	const walk = (e, depth) => {
		if (e.matches("#mb-toc, [popovertarget=mb-toc], main > .sheet.low:last-child")) return;
		lines.push(" ".repeat(depth) + e.localName + "#" + e.id + "." + [...e.classList].join("."));
		if (e.matches(".prose")) return;
		for (const c of e.children) walk(c, depth + 1);
	};
	walk(document.documentElement, 0);
	return lines.join("\n");
})()`

var soupTags = strings.Fields(`a a b i em p p div div span table table tr td th tbody thead caption colgroup col ul ol li li dl dt dd h1 h2 pre code
	blockquote details summary ruby rt rp br hr img sup section article main header footer nav aside figure svg math style script template select option
	form textarea title body body html head frameset mtext mglyph foreignObject desc noscript iframe nobr button center font picture source nick`)

var soupAttributes = []string{"", "", "", "", ` id=mb-main`, ` class=prose`, ` class="sheet"`, ` href="#a"`, ` title="<b>"`, ` align=left`, ` onclick=x`, ` popover id=mb-toc`, ` "`, ` '`}

var soupText = []string{
	"x", " ", "\n", "&lt;", "&", "text\n\n", "\n\n", "- ", "> ", "1. ", "| a | b |\n|---|---|\n| c |\n", "```\n", "`", "**", "[", "](", "![", "    ", "> [!NOTE]\n> ", "[^1]", "\n[^1]: ",
	"<!--", "-->", "<![CDATA[", "]]>", "<", ">", "</", `"`, `'`, "<?", "/>", "<!", "=",
}

// soup is random tags and text, well-formed or not.
func soup(random *rand.Rand) string {
	var b strings.Builder
	for range 5 + random.IntN(60) {
		name := soupTags[random.IntN(len(soupTags))]
		switch random.IntN(8) {
		case 0, 1, 2:
			b.WriteString("<" + name + soupAttributes[random.IntN(len(soupAttributes))] + ">")
		case 3, 4, 5:
			b.WriteString("</" + name + ">")
		default:
			b.WriteString(soupText[random.IntN(len(soupText))])
		}
	}
	return b.String()
}

// places of documents: a page's own text, and texts that introduce other pages.
var placed = map[string]string{
	"index.html": "README.md", "proposals/index.html": "proposals/README.md", "proposals/a.html": "proposals/a.md",
	"decisions/b.html": "decisions/b.md", "c.html": "c.md",
}

// placedSite is a site whose documents have a text each. Its front matter makes
// the parts of pages that headings and problems of a text would make.
func placedSite(text func() string) map[string]string {
	files := map[string]string{"broken.md": "[x](gone.md)\n"}
	for _, name := range placed {
		files[name] = "---\ntitle: Title\ntags: [tag]\n---\n\n" + text()
	}
	return files
}

// No document can close what is around it: outside of the text its page is that
// of a document that says nothing.
func TestContentStaysInItsPlace(t *testing.T) {
	tb := newTab(t)
	want := structures(tb, placedSite(func() string { return "text" }))
	for seed := range uint64(25) {
		random := rand.New(rand.NewPCG(seed, 4))
		files := placedSite(func() string { return "text\n\n" + soup(random) })
		for p, got := range structures(tb, files) {
			if got != want[p] {
				t.Errorf("seed %d, %s: %s\nfrom %q", seed, p, difference(got, want[p]), files[placed[p]])
			}
		}
	}
}

func structures(tb *tab, files map[string]string) map[string]string {
	tb.t.Helper()
	base := serve(tb.t, build(tb.t, tree(files)).Snapshot, nil)
	list := map[string]string{}
	for p := range placed {
		tb.load(at(base, p))
		list[p] = eval[string](tb, structure)
		if strings.Count(list[p], ".prose") != 1 {
			tb.t.Fatalf("%s has no place for its text:\n%s", p, list[p])
		}
	}
	return list
}

func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("has %q in place of %q", g[i], w[i])
		}
	}
	return fmt.Sprintf("has %d elements in place of %d", len(g), len(w))
}
