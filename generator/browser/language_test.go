package browser_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"

	"minutebook/generator"
	"minutebook/generator/source"
)

// spoken is the example in a language.
func spoken(t *testing.T, language string) *generator.Result {
	t.Helper()
	content := example(t)
	settings := strings.Replace(string(content.File("minutebook.yaml").Data), "language: en", "language: "+language, 1)
	return build(t, content.Overlay(source.NewTree(source.NewFile("minutebook.yaml", []byte(settings)))))
}

// In each language that Minutebook brings no page scrolls sideways, and none
// says that something is wrong: words are longer than in English, and run the
// other way.
func TestLanguagesFit(t *testing.T) {
	for _, language := range []string{"ar", "de"} {
		r := spoken(t, language)
		base := serve(t, r.Snapshot, nil)
		tb := newTab(t)
		for _, p := range append(slices.Clip(types), struct{ name, page string }{"calendar", "calendar.html"}, struct{ name, page string }{"how", "how.html"}, struct{ name, page string }{"search", "search.html"}) {
			for _, h := range complaints(tb.open(at(base, p.page)), base) {
				t.Errorf("%s in %s: %s", p.page, language, h)
			}
			for _, width := range []int64{320, 390, 768, 1024, 1440} {
				tb.resize(width)
				if o := eval[overflow](tb, fmt.Sprintf(measure, width)); o.Page > o.Window {
					t.Errorf("%s in %s, %d wide: scrolls by %d; %s", p.page, language, width, o.Page-o.Window, strings.Join(o.Outside, ", "))
				}
			}
		}
	}
}

// farDays are days from today that each language says in a form of its own.
var farDays = []int{0, 1, 2, 3, 10, 11, 20, 28, 30, 60, 100, 200, 310, 340, 400, 800, 1200, 4000, 4500}

// noon is when the tests of days are: pages are built on that day, and the
// browser believes it.
var noon = time.Date(2018, 4, 2, 12, 0, 0, 0, time.UTC)

// What a page says of how far a day is, is what the browser says of it: the words
// do not change when the script runs.
func TestBrowserSaysTheSameOfDays(t *testing.T) {
	for _, language := range []string{"en", "de", "ar"} {
		notes := "---\ntitle: T\n---\n"
		for _, far := range farDays {
			for _, days := range []int{far, -far} {
				notes += fmt.Sprintf("- [ ] **Action** (@a, due %s): x\n", noon.AddDate(0, 0, days).Format(time.DateOnly))
			}
		}
		r := build(t, tree(map[string]string{"minutebook.yaml": "language: " + language + "\n", "meetings/2018-01-01-a.md": notes}))
		tb := newTab(t)
		call(tb, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf(
			`{ const real = Date; Date = class extends real { constructor(...all) { all.length ? super(...all) : super(%d) } } }`, noon.UnixMilli())})
		tb.open(at(serve(t, r.Snapshot, nil), "actions.html"))
		got := eval[[][2]string](tb, `fetch(location.href).then(r => r.text()).then(text => {
			const built = new DOMParser().parseFromString(text, "text/html").querySelectorAll(".rel");
			return [...document.querySelectorAll(".rel")].map((e, i) => [built[i].textContent, e.textContent]);
		})`)
		if len(got) != 2*len(farDays) {
			t.Fatalf("%s: %d days", language, len(got))
		}
		for _, pair := range got {
			if pair[0] != pair[1] {
				t.Errorf("%s: built as %q, and the browser says %q", language, pair[0], pair[1])
			}
		}
	}
}

// The search page counts in the forms of the language.
func TestSearchCountsInTheLanguage(t *testing.T) {
	files := map[string]string{"minutebook.yaml": "language: ar\n"}
	for i := range 12 {
		words := ""
		for k := i; k < 12; k++ {
			words += fmt.Sprintf(" word%c", 'a'+k)
		}
		files[fmt.Sprintf("p%d.md", i)] = "# Page\n\n" + words + "\n"
	}
	r := build(t, tree(files))
	tb := newTab(t)
	tb.open(at(serve(t, r.Snapshot, nil), "search.html"))
	for query, want := range map[string]string{"worda": "نتيجة واحدة", "wordb": "نتيجتان", "wordc": "3 نتائج", "wordl": "12 نتيجة", "nowhere": "لا نتائج"} {
		typed(tb, query)
		if got := found(tb); got.Status != want {
			t.Errorf("%s: %q, want %q", query, got.Status, want)
		}
	}
}

// runs are the directions of a page, of its text and of what is told of others:
// the paragraph in Latin letters ends with its full stop.
const runs = `(() => {
	const range = new Range();
	const stop = e => {
		const text = e.firstChild, at = (from, to) => (range.setStart(text, from), range.setEnd(text, to), range.getBoundingClientRect());
		return at(text.length - 1, text.length).left > at(0, 1).left ? "ltr" : "rtl";
	};
	const way = e => getComputedStyle(e).direction;
	return [way(document.documentElement), way(document.querySelector(".prose")), ...[...document.querySelectorAll(".lede, .prose p")].map(stop)].join(" ");
})()`

// A text runs as its letters do, in a site that runs the other way, too; a
// paragraph of the other side keeps its marks where they belong, and so does what
// lists tell of a document.
func TestTextRunsItsWay(t *testing.T) {
	for language, want := range map[string][2]string{"ar": {"rtl ltr ltr ltr rtl", "rtl rtl rtl rtl ltr"}, "en": {"ltr ltr ltr ltr rtl", "ltr rtl rtl rtl ltr"}} {
		english, arabic := "The rooms are needed before the summer, and nobody has asked.", "نحتاج إلى القاعات قبل الصيف، ولم يسأل أحد حتى الآن عنها."
		r := build(t, tree(map[string]string{
			"minutebook.yaml": "language: " + language + "\ntoday: 2018-04-02\n",
			"pages/a.md":      "---\ntitle: Rooms\nsummary: " + english + "\n---\n" + english + " " + english + "\n\n" + "وهل؟\n",
			"pages/b.md":      "---\ntitle: القاعات\nsummary: " + arabic + "\n---\n" + arabic + " " + arabic + "\n\n" + "OK?\n",
		}))
		base := serve(t, r.Snapshot, nil)
		tb := newTab(t)
		for i, page := range []string{"pages/a.html", "pages/b.html"} {
			tb.open(at(base, page))
			tb.resize(1440)
			if got := eval[string](tb, runs); got != want[i] {
				t.Errorf("%s in %s runs %q, want %q", page, language, got, want[i])
			}
		}
	}
}

// From right to left, the id of something stands before its title, and a title
// in Latin letters keeps its marks where they belong.
func TestRightToLeft(t *testing.T) {
	r := build(t, tree(map[string]string{
		"minutebook.yaml": "language: ar\ntoday: 2018-04-02\n",
		"proposals/a.md":  "---\ntitle: \"(C++) first.\"\nid: P-7\nstatus: draft\n---\n[x](b.md)\n",
		"proposals/b.md":  "---\ntitle: Deux\nlanguage: fr\nstatus: draft\nrequires: [a]\n---\nTexte.\n",
	}))
	tb := newTab(t)
	tb.open(at(serve(t, r.Snapshot, nil), "proposals/b.html"))
	type place struct{ ID, Title, Mark, Rule, Text float64 }
	got := eval[place](tb, `(() => {
		const mention = document.querySelector(".mention"), link = mention.querySelector("a"), range = new Range(), text = link.firstChild;
		const left = (from, to) => { range.setStart(text, from); range.setEnd(text, to); return range.getBoundingClientRect().left };
		const sheet = document.querySelector(".sheet");
		return {
			id: mention.querySelector(".soft").getBoundingClientRect().left, title: link.getBoundingClientRect().left,
			mark: left(text.length - 1, text.length) - left(0, 1),
			rule: parseFloat(getComputedStyle(sheet, "::before").right),
			text: getComputedStyle(document.querySelector(".prose")).direction === "ltr" ? 1 : 0,
		};
	})()`)
	if got.ID <= got.Title || got.Mark <= 0 || got.Rule <= 0 || got.Rule > 400 || got.Text != 1 {
		t.Errorf("%+v", got)
	}
}
