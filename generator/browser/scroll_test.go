package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"minutebook/generator"
	"minutebook/generator/source"
)

// types are one page of each type of the example.
var types = []struct{ name, page string }{
	{"home", "index.html"},
	{"proposal", "proposals/colocate-ops-2h-2018.html"},
	{"meeting", "meetings/2018-03-27-ops-meetups-team.html"},
	{"decision", "decisions/lazy-consensus.html"},
	{"event", "events/ops-meetup-2018-2h.html"},
	{"list", "proposals/index.html"},
	{"topic", "topics/co-location.html"},
	{"person", "people/ops-meetups-team.html"},
	{"page", "guide/how-to-propose.html"},
	{"attention", "attention.html"},
	{"all", "az.html"},
	{"missing", "404.html"},
}

// wide is a document with all that is wider than a phone.
func wide() string {
	long := strings.Repeat("abcdefghij", 30)
	row := "|" + strings.Repeat(" unbreakable_"+long[:20]+" |", 12) + "\n"
	return "---\ntitle: Wide " + long + "\nstatus: draft\nauthors: [" + long + "]\ntags: [" + long + "]\nsummary: " + long + "\nsurvey-url: https://x.example/" + long + "\n---\n\n" +
		long + "\n\n## " + long + "\n\n> " + long + "\n\n- " + long + "\n  - [ ] `" + long + "`\n\n> [!NOTE]\n> " + long + "\n\n" +
		row + "|" + strings.Repeat("---|", 12) + "\n" + row + row + "\n| a | b |\n|---|---|\n| " + long + " | b |\n\n" +
		"```go\nvar x = \"" + long + "\"\n```\n\nhttps://x.example/" + long + " [" + long + "](gone" + long + ".md) <kbd>" + long + "</kbd>\n\n" +
		"<details open><summary>" + long + "</summary>" + long + "</details>\n\nx[^1]\n\n[^1]: " + long + "\n\n![" + long + "](gone.png)\n\n<pre>" + long + "</pre>\n\n" +
		"## Options\n\n| | " + long + " | B |\n|-|-|-|\n| " + long + " | " + long + " | x |\n\n### " + long + "\n\n" + long + "\n\n### B\n\n```\n" + long + "\n```\n"
}

// withWide is the example with documents that are wide and have mistakes, so
// that the pages that list them are wide, too.
func withWide(t *testing.T) *generator.Result {
	t.Helper()
	long := strings.Repeat("abcdefghij", 20)
	return build(t, example(t).Overlay(source.NewTree(
		source.NewFile("proposals/wide.md", []byte(wide())),
		source.NewFile("meetings/2018-03-30-"+long+".md", []byte("---\nowner: "+long+"\nx"+long+": 1\n---\n[x]("+long+".md)\n")),
	)))
}

// spacing is what readers may set, and lose nothing (WCAG 2.2, 1.4.12).
const spacing = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
	p { margin-block-end: 2em !important }`

// settings of a reader, as expressions that the page evaluates. A constructed
// sheet is the reader's own: the policy has no say in it.
var readers = map[string]string{
	"plain":         `document.adoptedStyleSheets = []; document.documentElement.dir = "ltr"`,
	"spaced":        "{ const s = new CSSStyleSheet(); s.replaceSync(`" + spacing + "`); document.adoptedStyleSheets = [s]; document.documentElement.dir = \"ltr\" }",
	"right to left": `document.adoptedStyleSheets = []; document.documentElement.dir = "rtl"`,
}

// overflow is how much wider a page is than its window, and what stands out.
type overflow struct {
	Window, Page int
	Outside      []string
}

// measure waits until the page knows its new width.
const measure = `new Promise(done => {
	const ready = () => innerWidth === %d ? done() : requestAnimationFrame(ready);
	ready();
}).then(() => {
	const root = document.documentElement, window = root.clientWidth, page = root.scrollWidth;
	const outside = page <= window ? [] : [...document.querySelectorAll("body *")]
		.filter(e => { const r = e.getBoundingClientRect(); return r.right > window + .5 || r.left < -.5 })
		.map(e => e.localName + "." + e.className).slice(0, 5);
	return {window, page, outside};
})`

// No page of any type scrolls sideways, on a phone and on a desk, whatever the
// spacing of the text and its direction.
func TestNoSidewaysScroll(t *testing.T) {
	r := withWide(t)
	base := serve(t, r.Snapshot, nil)
	tb := newTab(t)
	list := append(types[:len(types):len(types)], struct{ name, page string }{"wide", "proposals/wide.html"})
	for _, p := range list {
		if _, ok := r.Snapshot.Lookup(p.page); !ok {
			t.Fatalf("the example has no page %s", p.page)
		}
		tb.open(at(base, p.page))
		for name, setting := range readers {
			eval[any](tb, setting+"; 0")
			for _, width := range []int64{320, 390, 768, 1024, 1440} {
				tb.resize(width)
				if o := eval[overflow](tb, fmt.Sprintf(measure, width)); o.Page > o.Window {
					t.Errorf("%s (%s), %s, %d wide: scrolls by %d; %s", p.page, p.name, name, width, o.Page-o.Window, strings.Join(o.Outside, ", "))
				}
			}
		}
	}
}
