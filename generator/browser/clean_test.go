package browser_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"minutebook/generator"
)

// pageFacts is what a browser makes of a page.
type pageFacts struct {
	Title      string
	Headings   int
	Background string
	IDs        []string
	Links      []string
	Broken     []string // images that are loaded and show nothing
}

const readFacts = `({
	title: document.title,
	headings: document.querySelectorAll("h1").length,
	background: getComputedStyle(document.body).backgroundColor,
	ids: [...document.querySelectorAll("[id]")].map(e => e.id),
	links: [...document.links].map(a => a.href),
	broken: [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src),
})`

// Every page of the example opens without a complaint of the browser, asks for
// nothing outside of the site, has its name, its heading and its style, and its
// links lead somewhere.
func TestExampleOpensCleanly(t *testing.T) {
	r := build(t, example(t))
	for name, base := range map[string]string{"disk": publish(t, r.Snapshot), "http": serve(t, r.Snapshot, nil)} {
		t.Run(name, func(t *testing.T) {
			tb := newTab(t)
			facts := map[string]*pageFacts{}
			for _, p := range pages(r) {
				for _, h := range complaints(tb.open(at(base, p)), base) {
					t.Errorf("%s: %s", p, h)
				}
				f := eval[pageFacts](tb, readFacts)
				facts[p] = &f
				checkFacts(t, p, &f)
			}
			for p, f := range facts {
				checkLinks(t, r, base, facts, p, f.Links)
			}
			checkRedirects(tb, r, base)
		})
	}
}

func checkFacts(t *testing.T, name string, f *pageFacts) {
	t.Helper()
	if f.Title == "" {
		t.Errorf("%s has no title", name)
	}
	if f.Headings != 1 {
		t.Errorf("%s has %d headings of the first level, want 1", name, f.Headings)
	}
	// Without a style the body is transparent, and the paper is never plain
	// white.
	if f.Background == "rgba(0, 0, 0, 0)" || f.Background == "rgb(255, 255, 255)" {
		t.Errorf("%s has no style: the background is %s", name, f.Background)
	}
	for _, src := range f.Broken {
		t.Errorf("%s: the image %s shows nothing", name, src)
	}
}

// checkLinks holds that a link to the site leads to a file of it, and to an id
// of its page.
func checkLinks(t *testing.T, r *generator.Result, base string, facts map[string]*pageFacts, from string, links []string) {
	t.Helper()
	for _, link := range links {
		rest, own := strings.CutPrefix(link, base)
		if !own {
			if strings.HasPrefix(link, "file:") {
				t.Errorf("%s: the link %s leads out of the site", from, link)
			}
			continue
		}
		u, err := url.Parse(rest)
		if err != nil {
			t.Errorf("%s: the link %s: %v", from, link, err)
			continue
		}
		if _, ok := r.Snapshot.Lookup(u.Path); !ok {
			t.Errorf("%s: the link %s leads nowhere", from, link)
		}
		if to := facts[u.Path]; to != nil && u.Fragment != "" && !slices.Contains(to.IDs, u.Fragment) {
			t.Errorf("%s: the link %s leads to no part of its page", from, link)
		}
	}
}

// checkRedirects holds that an old address leads to the page of today.
func checkRedirects(tb *tab, r *generator.Result, base string) {
	for _, old := range r.Site.Redirects {
		tb.follow(at(base, old.URL), at(base, old.To.URL))
		if got := eval[string](tb, "location.href"); got != at(base, old.To.URL) {
			tb.t.Errorf("%s leads to %s", old.URL, got)
		}
	}
	if len(r.Site.Redirects) == 0 {
		tb.t.Error("the example has no old address")
	}
}
