package browser_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const proposal = "proposals/colocate-ops-2h-2018.html"

// shown is what of a page a reader sees.
type shown struct {
	Text string // of the main part
	Menu bool   // the words of the navigation are in sight
	TOC  bool
}

const readShown = `(() => {
	const sees = s => [...document.querySelectorAll(s)].some(e => {
		const r = e.getBoundingClientRect();
		return e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && r.width > 0 && r.left >= 0 && r.right <= innerWidth && r.top < innerHeight;
	});
	return {text: document.querySelector("main").innerText, menu: sees("#mb-menu a"), toc: sees("#mb-toc a")};
})()`

// Without script a page says the same, and its navigation and contents work.
func TestWithoutScript(t *testing.T) {
	base := publish(t, build(t, example(t)).Snapshot)
	with, without := newTab(t), newTab(t)
	call(without, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	for _, p := range []string{"index.html", proposal} {
		with.load(at(base, p))
		without.load(at(base, p))
		want, got := eval[shown](with, readShown), eval[shown](without, readShown)
		if got.Text != want.Text || len(strings.Fields(got.Text)) < 50 {
			t.Errorf("%s: the text is not what it is with script:\n%s\nand with script\n%s", p, got.Text, want.Text)
		}
		if !got.Menu {
			t.Errorf("%s: the navigation is not in sight", p)
		}
		if p == proposal && !got.TOC {
			t.Errorf("%s: the contents are not in sight", p)
		}
		if eval[bool](without, `!document.querySelector(".theme").hidden`) {
			t.Errorf("%s: a script ran", p)
		}
		checkSheets(without, at(base, p))
	}
}

// checkSheets holds that on a phone the navigation and the contents are sheets
// that their buttons open.
func checkSheets(tb *tab, address string) {
	tb.t.Helper()
	tb.resize(390)
	defer tb.resize(1440)
	tb.load(address)
	for _, id := range []string{"mb-menu", "mb-toc"} {
		if !eval[bool](tb, `!!document.getElementById("`+id+`")`) {
			continue // not every page has contents
		}
		const open = `(e => e.matches(":popover-open") && e.checkVisibility() && e.getBoundingClientRect().bottom <= innerHeight + 1)(document.getElementById("ID"))`
		isOpen := strings.Replace(open, "ID", id, 1)
		if eval[bool](tb, `document.getElementById("`+id+`").checkVisibility()`) {
			tb.t.Errorf("%s: #%s is open before anybody asks", address, id)
		}
		tb.must(chromedp.Do(tb.ctx, chromedp.Click(chromedp.CSS(`[popovertarget="`+id+`"]`))))
		if !eval[bool](tb, isOpen) {
			tb.t.Errorf("%s: the button does not open #%s", address, id)
		}
		tb.must(chromedp.Do(tb.ctx, chromedp.KeyEvent("\x1b")))
	}
}
