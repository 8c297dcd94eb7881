package browser_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"minutebook/generator/source"
)

// In the dark the paper is dark, and the text is not.
func TestDark(t *testing.T) {
	base := publish(t, build(t, example(t)).Snapshot)
	tb := newTab(t)
	light := map[string]bool{"light": true, "dark": false}
	for _, p := range types {
		for scheme, bright := range light {
			tb.media("", scheme)
			tb.load(at(base, p.page))
			if paper := brightness(tb, "backgroundColor"); (paper > 128) != bright {
				t.Errorf("%s, %s: the paper's brightness is %d", p.page, scheme, paper)
			}
			if text := brightness(tb, "color"); (text > 128) == bright {
				t.Errorf("%s, %s: the text's brightness is %d", p.page, scheme, text)
			}
		}
	}
}

// brightness is that of a colour of the page, from 0 to 255.
func brightness(tb *tab, property string) int {
	tb.t.Helper()
	color := eval[string](tb, "getComputedStyle(document.body)."+property)
	var r, g, b int
	if _, err := fmt.Sscanf(color, "rgb(%d, %d, %d)", &r, &g, &b); err != nil {
		tb.t.Fatalf("the colour %q: %v", color, err)
	}
	return (2*r + 7*g + b) / 10
}

var pdfPage = regexp.MustCompile(`/Type\s*/Page\b`)

// sheets is how many pages of A4 a page takes.
func sheets(tb *tab, address string) int {
	tb.load(address)
	pdf := run(tb, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	return len(pdfPage.FindAll(pdf, -1))
}

// crowded is a proposal and an event that have more of everything, and longer,
// than a sheet of paper holds.
func crowded() map[string]string {
	words := strings.Repeat("one word after the other stands here and it does not end ", 12)
	list := func(format string) string {
		var b strings.Builder
		for i := range 20 {
			b.WriteString(strings.ReplaceAll(format, "N", fmt.Sprint(i+1)))
		}
		return b.String()
	}
	return map[string]string{
		"proposals/p.md": "---\ntitle: " + words + "\nstatus: last-call\nsummary: " + words + "\nauthors: [" + list("person-N, ") + "z]\ncreated: 2018-03-20\ndecide-by: 2018-04-04\n" +
			"deadline-reason: " + words + "\ndecision-makers: [" + list("decider-N, ") + "z]\nasked: [" + list("asked-N, ") + "z]\nif-no-objection: " + words + "\nsurvey-url: https://example.org\nrecommended: option-3\n---\n" +
			words + "\n\n## Options\n\n| |" + list("Option N|") + "\n|-|" + list("-|") + "\n| Cost of the rooms |" + list("N times as much as anybody has|") + "\n| Way |" + list("a long one|") + "\n\n" + list("### Option N\n\n"+words+"\n\n") +
			"## Open questions\n\n" + list("- [ ] **QN**: "+words+"\n  - Answer QN (@z, 2018-03-22): "+words+"\n") + "\n## If accepted\n\n" + list("- "+words+"\n"),
		"events/e.md":              "---\ntitle: " + words + "\nstatus: confirmed\nstart: 2018-05-01\nlocation: " + words[:100] + "\norganizers: [" + list("person-N, ") + "z]\ncfp-opens: 2018-04-01\ncfp-closes: 2018-04-20\n---\n" + words + "\n",
		"meetings/2018-03-20-m.md": "---\ntitle: M\nstart: 2018-03-20\n---\n" + list("- **Feedback FN** (to: e, topic: topic N): "+words+"\n") + list("- **Feedback GN** (to: e, topic: topic 1): "+words+"\n"),
	}
}

// A brief is one sheet of paper, however much there is to say.
func TestBriefIsOneSheet(t *testing.T) {
	tb := newTab(t)
	for name, content := range map[string]*source.Tree{"the example": example(t), "crowded": tree(crowded())} {
		r := build(t, content)
		base := publish(t, r.Snapshot)
		seen := 0
		for _, p := range pages(r) {
			if !strings.HasSuffix(p, ".brief.html") {
				continue
			}
			seen++
			if n := sheets(tb, at(base, p)); n != 1 {
				t.Errorf("%s, %s takes %d pages", name, p, n)
			}
		}
		if seen < 2 {
			t.Errorf("%s has %d briefs", name, seen)
		}
	}
}

// On paper a proposal takes three pages at most, and has neither navigation nor
// buttons nor dark paper.
func TestPrint(t *testing.T) {
	base := publish(t, build(t, example(t)).Snapshot)
	tb := newTab(t)
	if n := sheets(tb, at(base, proposal)); n < 1 || n > 3 {
		t.Errorf("%s takes %d pages, want 1 to 3", proposal, n)
	}
	tb.media("print", "dark")
	for _, selector := range []string{"#mb-menu", "#mb-toc", ".crumbs", ".skip", "button", ".theme"} {
		if eval[bool](tb, `[...document.querySelectorAll("`+selector+`")].some(e => e.checkVisibility())`) {
			t.Errorf("%s is printed", selector)
		}
	}
	if paper := brightness(tb, "backgroundColor"); paper != 255 {
		t.Errorf("the paper's brightness is %d", paper)
	}
	if text := brightness(tb, "color"); text > 128 {
		t.Errorf("the text's brightness is %d", text)
	}
}
