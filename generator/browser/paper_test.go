package browser_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"
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

// On paper a proposal takes three pages at most, and has neither navigation nor
// buttons nor dark paper.
func TestPrint(t *testing.T) {
	base := publish(t, build(t, example(t)).Snapshot)
	tb := newTab(t)
	tb.load(at(base, proposal))
	pdf := run(tb, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	if n := len(pdfPage.FindAll(pdf, -1)); n < 1 || n > 3 {
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
