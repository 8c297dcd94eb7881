package browser_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// with sets what a reader wants of pages, by the names of media features.
func (tb *tab) with(features ...string) {
	tb.t.Helper()
	var list []*emulation.MediaFeature
	for _, f := range features {
		name, value, _ := strings.Cut(f, ": ")
		list = append(list, &emulation.MediaFeature{Name: name, Value: value})
	}
	call(tb, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: list})
}

// fills are the elements that a fill sets apart, each with how it does so still
// where a theme of contrast takes fills away: by a border, by an outline, or by
// a line and a fill of the theme's own.
const fills = `(() => {
	const paper = getComputedStyle(document.body).backgroundColor, lost = [];
	const theme = document.createElement("i");
	const colours = ["Canvas", "CanvasText", "LinkText", "Highlight", "ButtonBorder", "ButtonText", "GrayText"].map(c => {
		theme.style.cssText = "color: " + c + "; forced-color-adjust: none";
		document.body.append(theme);
		return getComputedStyle(theme).color;
	});
	theme.remove();
	const check = (selector, fits) => document.querySelectorAll(selector).forEach(e => {
		if (e.checkVisibility() && !fits(getComputedStyle(e), e)) lost.push(selector + " " + e.textContent.trim().slice(0, 30));
	});
	const bordered = s => parseFloat(s.borderTopWidth) >= 1 && s.borderTopStyle !== "none" && s.borderTopColor !== paper;
	const outlined = s => parseFloat(s.outlineWidth) >= 1 && s.outlineStyle !== "none" && s.outlineColor !== paper;
	check(".st, .button, .ask, .outcome, .banner, .opt, .flag, kbd, input[type=search]", bordered);
	check("mark, .month .today", outlined);
	check(".graph rect", s => s.fill === colours[0] && s.stroke === colours[1]);
	check(".tally tbody .share", (s, e) => { const bar = getComputedStyle(e, "::before"); return parseFloat(bar.width) >= 2 && bar.backgroundColor === colours[1] });
	return lost;
})()`

// Where a theme of contrast takes colours and fills away, what they said is still
// there: boxes, tags and options have borders, today and marks an outline, bars
// and drawings the colours of the theme.
func TestForcedColours(t *testing.T) {
	base := publish(t, build(t, example(t)).Snapshot)
	tb := newTab(t)
	for _, scheme := range []string{"light", "dark"} {
		tb.with("forced-colors: active", "prefers-color-scheme: "+scheme)
		for _, p := range []string{"index.html", proposal, "proposals/publish-minutes-as-markdown.html", "decisions/index.html", "decisions/notes-in-pads.html", "calendar.html", "search.html?q=rooms", "404.html"} {
			tb.load(base + p)
			if !eval[bool](tb, `matchMedia("(forced-colors: active)").matches`) {
				t.Fatal("the browser forces no colours")
			}
			for _, lost := range eval[[]string](tb, fills) {
				t.Errorf("%s, %s: nothing sets apart %s", p, scheme, lost)
			}
		}
	}
}

// moves are the elements that move, and how.
const moves = `(() => {
	const seconds = list => Math.max(...list.split(",").map(parseFloat));
	const found = [...document.querySelectorAll("*")].filter(e => {
		const s = getComputedStyle(e);
		return seconds(s.transitionDuration) > 0 || s.animationName !== "none" && seconds(s.animationDuration) > 0 || s.scrollBehavior === "smooth";
	}).map(e => e.localName + "." + e.className);
	for (const sheet of document.styleSheets) {
		const look = rules => { for (const r of rules) {
			if (r instanceof CSSMediaRule && !matchMedia(r.conditionText).matches) continue;
			if (r instanceof CSSViewTransitionRule && r.navigation !== "none") found.push("@view-transition");
			if (r.cssRules) look(r.cssRules);
		} };
		look(sheet.cssRules);
	}
	return found;
})()`

// Who wants less motion gets none; others get little.
func TestReducedMotion(t *testing.T) {
	base := serve(t, build(t, example(t)).Snapshot, nil)
	tb := newTab(t)
	for _, p := range types {
		tb.with("prefers-reduced-motion: reduce")
		tb.load(at(base, p.page))
		if found := eval[[]string](tb, moves); len(found) > 0 {
			t.Errorf("%s moves: %s", p.page, strings.Join(found, ", "))
		}
	}
	tb.with("prefers-reduced-motion: no-preference")
	tb.load(at(base, proposal))
	if found := eval[[]string](tb, moves); len(found) == 0 {
		t.Error("nothing moves at all: the test sees nothing")
	}
}

// lostText is what is cut off or lies under other text, where text is larger or
// wider spaced than it was designed for.
const lostText = `(() => {
	const lost = [];
	for (const e of document.querySelectorAll("body *")) {
		const s = getComputedStyle(e);
		if (!e.checkVisibility() || !e.textContent.trim() || e.closest(".vh, pre, .skip, svg, .tbl")) continue;
		const hides = s.overflowY === "hidden" || s.overflowY === "clip" || s.textOverflow === "ellipsis";
		if (hides && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)) lost.push("cut off: " + e.localName + "." + e.className);
	}
	const boxes = [...document.querySelectorAll("h1, h2, h3, .st, .button, .life li > *, .m, .meta > *, dt, dd, .flag")]
		.filter(e => e.checkVisibility() && e.textContent.trim()).map(e => [e, e.getBoundingClientRect()]);
	for (const [i, [e, r]] of boxes.entries()) for (const [f, q] of boxes.slice(i + 1)) {
		if (e.contains(f) || f.contains(e)) continue;
		const wide = Math.min(r.right, q.right) - Math.max(r.left, q.left), high = Math.min(r.bottom, q.bottom) - Math.max(r.top, q.top);
		if (wide > 2 && high > 6) lost.push(e.localName + "." + e.className + " " + e.textContent.trim().slice(0, 20) + " lies under " + f.localName + "." + f.className + " " + f.textContent.trim().slice(0, 20));
	}
	return lost.slice(0, 5);
})()`

// larger is text of twice the size, for readers who set that (WCAG 2.2, 1.4.4).
const larger = `html { font-size: 200% !important }`

// With text of twice the size, and with the spacing that readers may set, nothing
// is cut off, lies under something else or makes the page scroll sideways.
func TestLargeText(t *testing.T) {
	base := serve(t, build(t, example(t)).Snapshot, nil)
	tb := newTab(t)
	for _, p := range append(types[:len(types):len(types)], struct{ name, page string }{"calendar", "calendar.html"}, struct{ name, page string }{"actions", "actions.html"}, struct{ name, page string }{"brief", strings.Replace(proposal, ".html", ".brief.html", 1)}) {
		tb.load(at(base, p.page))
		for name, sheet := range map[string]string{"twice as large": larger, "spaced": spacing} {
			eval[any](tb, "{ const s = new CSSStyleSheet(); s.replaceSync(`"+sheet+"`); document.adoptedStyleSheets = [s] }; 0")
			for _, width := range []int64{640, 1024, 1280, 1440} {
				tb.resize(width)
				eval[any](tb, "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))")
				for _, lost := range eval[[]string](tb, lostText) {
					t.Errorf("%s, %s, %d wide: %s", p.page, name, width, lost)
				}
				if over := eval[int](tb, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
					t.Errorf("%s, %s, %d wide: scrolls sideways by %d", p.page, name, width, over)
				}
			}
		}
	}
}
