package browser_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// searchable is a site with words of many scripts, a retired decision, more
// results than are shown at once, and titles that are markup.
func searchable() map[string]string {
	files := map[string]string{
		"minutebook.yaml":          "title: Search\ntoday: 2018-04-02\n",
		"people.yaml":              "people:\n  anna: {name: Anna Ångström}\n",
		"proposals/P-014.md":       "---\nid: P-014\ntitle: A quiet room\nstatus: review\nauthors: [anna]\ncreated: 2018-03-01\ntags: [venue]\n---\n\n## Reasons\n\nStraße, Łódź and naïve ideas. The word zebra stands far down.\n",
		"decisions/old.md":         "---\ntitle: Rooms of 2017\nstatus: superseded\ndate: 2018-03-30\n---\n\nThe zebra was quiet.\n",
		"decisions/new.md":         "---\ntitle: Rooms of 2018\nstatus: accepted\ndate: 2018-02-01\nsupersedes: old\n---\n\nThe zebra is quiet.\n",
		"meetings/2018-03-20.md":   "---\ntitle: \"<img src=x onerror=alert(1)> & </script><b>zebra</b>\"\n---\n\n<b>The</b> zebra `<script>alert(1)</script>` is &lt;img src=x onerror=alert(1)&gt; here.\n",
		"notes/東京 & co 100% #1.md": "# 東京都庁の会議\n\n会議は東京で開かれます。회의는 서울에서. Привет, МИР! שָׁלוֹם नमस्ते\n",
	}
	for i := range 25 {
		files[fmt.Sprintf("notes/n%02d.md", i)] = fmt.Sprintf("# Note %d\n\nA giraffe, number %d.\n", i, i)
	}
	return files
}

// results is what of the search page a reader sees.
type results struct {
	Status  string
	Titles  []string
	Links   []string
	Texts   []string
	Marks   []string
	Filters []string
	Focus   int // of the titles; -1: the box
	Address string
	Sideway bool
	Odd     int // elements that documents made
}

const readResults = `({
	status: document.querySelector("#mb-count").textContent,
	titles: [...document.querySelectorAll("#mb-results h2")].map(e => e.textContent),
	links: [...document.querySelectorAll("#mb-results a")].map(e => e.href),
	texts: [...document.querySelectorAll("#mb-results li")].map(e => e.innerText),
	marks: [...document.querySelectorAll("#mb-results mark")].map(e => e.textContent),
	filters: [...document.querySelectorAll("#mb-kinds button")].filter(e => e.checkVisibility()).map(e => e.textContent),
	focus: [...document.querySelectorAll("#mb-results a")].indexOf(document.activeElement),
	address: location.search,
	sideway: document.documentElement.scrollWidth > innerWidth,
	odd: document.querySelectorAll("#mb-results :is(img, script, b, svg:not(.i))").length,
})`

// typed empties the box, types a text in it, and waits for what comes.
func typed(tb *tab, text string) results {
	tb.t.Helper()
	eval[bool](tb, `(e => { e.focus(); e.select(); return true })(document.getElementById("mb-q"))`)
	tb.must(chromedp.Do(tb.ctx, chromedp.KeyEvent("\b"+text)))
	return found(tb)
}

// found is the page when it has not changed for a while.
func found(tb *tab) results {
	tb.t.Helper()
	const still = `new Promise(done => {
		let timer = setTimeout(done, 150, true);
		new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 150, true) }).observe(document.querySelector("main"), {subtree: true, childList: true, characterData: true});
	})`
	eval[bool](tb, still)
	return eval[results](tb, readResults)
}

// What is typed is found at once, from disk and over HTTP, and nothing that
// documents say runs.
func TestSearch(t *testing.T) {
	r := build(t, tree(searchable()))
	for name, base := range map[string]string{"disk": publish(t, r.Snapshot), "http": serve(t, r.Snapshot, nil)} {
		t.Run(name, func(t *testing.T) {
			tb := newTab(t)
			tb.open(at(base, "search.html"))
			for _, c := range []struct{ text, first string }{
				{"quiet", "A quiet room"}, {"QUI", "A quiet room"}, {"p14", "A quiet room"}, {"P-014", "A quiet room"}, {"venue", "venue"},
				{"angstrom", "Anna Ångström"}, {"in discussion naive", "A quiet room"}, {"strasse lodz", "A quiet room"}, {"zebra rooms", "Rooms of 2018"},
				{"東京", "東京都庁の会議"}, {"議", "東京都庁の会議"}, {"開かれます", "東京都庁の会議"}, {"회의", "東京都庁の会議"}, {"привет мир", "東京都庁の会議"}, {"שלום", "東京都庁の会議"}, {"नमस्", "東京都庁の会議"},
			} {
				got := typed(tb, c.text)
				if len(got.Titles) == 0 || got.Titles[0] != c.first {
					t.Errorf("%q finds %q, want %q first; %s", c.text, got.Titles, c.first, got.Status)
				}
				if got.Address != "?q="+strings.ReplaceAll(url.QueryEscape(c.text), "+", "%20") && got.Address != "" {
					t.Errorf("%q is at %s", c.text, got.Address)
				}
				checkLinks(t, r, base, nil, "search.html", got.Links)
			}
			got := typed(tb, "zebra")
			if want := 4; len(got.Titles) != want || got.Status != "4 results" || got.Titles[3] != "Rooms of 2017" || got.Odd != 0 {
				t.Errorf("%+v", got)
			}
			if got := typed(tb, "no such zebra"); got.Status != "No results" || len(got.Titles) != 0 {
				t.Errorf("%+v", got)
			}
			for _, h := range complaints(tb.happenings(), base) {
				t.Errorf("%s", h)
			}
		})
	}
}

// A search begins with what the address asks for; filters, further results and
// the keys do what they say.
func TestSearchPage(t *testing.T) {
	r := build(t, tree(searchable()))
	base := publish(t, r.Snapshot)
	tb := newTab(t)
	tb.resize(390)
	tb.open(at(base, "search.html") + "?q=giraffe%20number")
	got := found(tb)
	if got.Status != "25 results" || len(got.Titles) != 10 || got.Sideway || !slices.Equal(got.Filters, []string{"All 25", "Pages 25"}) {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(got.Texts[0], "A giraffe, number") || !slices.Contains(got.Marks, "giraffe") {
		t.Errorf("no snippet: %q, %q", got.Texts[0], got.Marks)
	}
	eval[bool](tb, `(document.getElementById("mb-more").click(), true)`)
	if got = found(tb); len(got.Titles) != 20 || got.Focus != 10 {
		t.Errorf("after more: %d, focus %d", len(got.Titles), got.Focus)
	}
	typed(tb, "quiet")
	eval[bool](tb, `([...document.querySelectorAll("#mb-kinds button")].find(b => /Decisions/.test(b.textContent)).click(), true)`)
	if got = found(tb); got.Status != "2 results" || !slices.Equal(got.Titles, []string{"Rooms of 2018", "Rooms of 2017"}) {
		t.Errorf("filtered: %+v", got)
	}
	for i, step := range []struct {
		key   string
		focus int
	}{{kb.ArrowUp, -1}, {kb.ArrowDown, 0}, {kb.ArrowDown, 1}, {kb.ArrowDown, 1}, {kb.ArrowUp, 0}, {kb.ArrowUp, -1}, {kb.ArrowDown, 0}} {
		if i == 0 {
			eval[bool](tb, `(document.getElementById("mb-q").focus(), true)`)
		}
		tb.must(chromedp.Do(tb.ctx, chromedp.KeyEvent(step.key)))
		if got := eval[results](tb, readResults); got.Focus != step.focus {
			t.Errorf("step %d: the focus is on %d, want %d", i, got.Focus, step.focus)
		}
	}
	enter(tb, "decisions/new.html", base)
}

// enter presses Enter and holds that it leads to a page.
func enter(tb *tab, to, base string) {
	tb.t.Helper()
	arrived := func(e page.EventFrameNavigated) bool { return strings.HasPrefix(e.Frame.URL, at(base, to)) }
	if _, err := chromedp.Run(tb.ctx, chromedp.WaitEvent(page.FrameNavigated, arrived, chromedp.KeyEvent(kb.Enter))); err != nil {
		tb.t.Fatalf("Enter does not lead to %s: %v", to, err)
	}
	tb.must(chromedp.Do(tb.ctx, chromedp.WaitReady("body")))
	for eval[string](tb, "document.readyState") != "complete" { // where script is off nothing can wait within the page
		time.Sleep(10 * time.Millisecond)
	}
}

// "/" goes to the box in the bar of any page, Esc leaves it, and Enter leads to
// the results, from disk and over HTTP.
func TestSearchFromAnyPage(t *testing.T) {
	r := build(t, tree(searchable()))
	for name, base := range map[string]string{"disk": publish(t, r.Snapshot), "http": serve(t, r.Snapshot, nil)} {
		t.Run(name, func(t *testing.T) {
			tb := newTab(t)
			tb.open(at(base, "proposals/P-014.html"))
			const inBox = `document.activeElement.id === "mb-q"`
			for _, step := range []struct {
				key string
				in  bool
			}{{"/", true}, {"Escape", false}, {"/", true}} {
				press(tb, step.key)
				if got := eval[bool](tb, inBox); got != step.in {
					t.Errorf("after %q in the box: %v", step.key, got)
				}
			}
			tb.must(chromedp.Do(tb.ctx, chromedp.KeyEvent("quiet & a/b ü")))
			enter(tb, "search.html", base)
			if got := eval[string](tb, `document.getElementById("mb-q").value`); got != "quiet & a/b ü" {
				t.Errorf("the page searches for %q", got)
			}
			if got := typed(tb, "quiet"); got.Titles[0] != "A quiet room" {
				t.Errorf("%+v", got)
			}
			// Chromium may report that it gave up a transition between the pages.
			for _, h := range complaints(tb.happenings(), base) {
				if h.kind != exception || !strings.Contains(h.text, "Transition was aborted") {
					t.Errorf("%s", h)
				}
			}
		})
	}
}

// press presses a key as a keyboard does: what it writes is part of the event.
func press(tb *tab, key string) {
	tb.t.Helper()
	text := ""
	if len(key) == 1 {
		text = key
	}
	call(tb, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: key, Text: text})
	call(tb, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: key})
}

// Without script the page says so, has no box that does nothing, and leads to
// the list of all documents.
func TestSearchWithoutScript(t *testing.T) {
	r := build(t, tree(searchable()))
	tb := newTab(t)
	call(tb, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	base := publish(t, r.Snapshot)
	tb.load(at(base, "index.html"))
	tb.must(chromedp.Do(tb.ctx, chromedp.Focus("#mb-q")))
	tb.must(chromedp.Do(tb.ctx, chromedp.KeyEvent("quiet")))
	enter(tb, "search.html", base)
	text := eval[string](tb, `document.querySelector("main").innerText`)
	if !strings.Contains(text, "Search needs JavaScript") || eval[bool](tb, `document.getElementById("mb-q").checkVisibility()`) {
		t.Errorf("without script the page says %q", text)
	}
	if got := eval[string](tb, `document.querySelector("main .all a").href`); got != at(base, "az.html") {
		t.Errorf("it leads to %s", got)
	}
}

// No title, snippet or query makes the page run script, with all payloads that
// the other tests have, without the policy.
func TestSearchShowsPayloadsAsText(t *testing.T) {
	r := build(t, tree(hostile(t)))
	base := serve(t, r.Snapshot, withoutPolicy)
	tb := newTab(t)
	tb.open(at(base, "search.html") + "?q=" + url.QueryEscape("<img src=x onerror=alert(1)>"))
	for _, text := range []string{"", "onerror", "script", "javascript", "svg onload", "evil"} {
		if text != "" {
			typed(tb, text)
		}
		if got := found(tb); got.Odd != 0 || len(got.Titles) == 0 && text != "" {
			t.Errorf("%q: %d elements of documents, %d results, %s", text, got.Odd, len(got.Titles), got.Status)
		}
	}
	for _, h := range ran(tb.happenings(), base) {
		t.Errorf("%s", h)
	}
	if eval[danger](tb, findDanger).Pwned {
		t.Error("script ran")
	}
}
