package emit

import (
	"strings"
	"testing"

	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/golden/linked"
	"minutebook/generator/layout"
	"minutebook/generator/site"
	"minutebook/generator/source"
	"minutebook/layouts"
)

// link makes a site of one folder, as of 2 April 2018.
func link(t *testing.T, files map[string]string) *Builder {
	t.Helper()
	s := linked.Site(t, files, "2018-04-02")
	own, err := source.FromFS(layouts.FS)
	if err != nil {
		t.Fatal(err)
	}
	theme, faults := layout.Load(own, nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return newBuilder(Inputs{Site: s, Theme: theme, Problems: s.Problems, Source: "docs"})
}

// When a meeting or event is, is told in its own zone, with an end that is
// stated or follows from the duration.
func TestPeriod(t *testing.T) {
	for front, want := range map[string]string{
		"start: 2018-04-03T14:00\nduration: 60m":                       "Tuesday 3 April 2018, 14:00–15:00 UTC",
		"start: 2018-04-03T23:30\nduration: 1h":                        "Tuesday 3 April 2018, 23:30 – Wednesday 4 April 2018, 00:30 UTC",
		"start: 2018-09-10\nend: 2018-09-14\ntimezone: America/Denver": "Monday 10 September 2018 – Friday 14 September 2018",
		"start: 2018-04-03T09:00\ntimezone: America/Los_Angeles":       "Tuesday 3 April 2018, 09:00 America/Los Angeles",
		"start: 2018-04-03": "Tuesday 3 April 2018",
		"start: 2018-04-03T14:00\nend: 2018-04-03T14:00": "Tuesday 3 April 2018, 14:00 UTC",
		"start: soon": "",
		"start: 2018-04-03T10:00\nend: 2018-04-03T11:30\ntimezone: Asia/Tokyo": "Tuesday 3 April 2018, 10:00–11:30 Asia/Tokyo",
	} {
		b := link(t, map[string]string{"meetings/a.md": "---\n" + front + "\n---\n"})
		if got := b.period(b.Site.Records[0]); got != want {
			t.Errorf("%q: %q, want %q", front, got, want)
		}
	}
}

// The gaps of a body are filled with addresses that the page can use, whatever
// the names of files hold.
func TestBody(t *testing.T) {
	b := link(t, map[string]string{
		"a/x.md":     "[one](../b%20c/%C3%A9%23%3F.md#Part) ![pic](<p q.png> \"T\") [gone](gone.md) [self](#part)\n\n## Part\n",
		"b c/é#?.md": "## Part\n", "a/p q.png": "PNG", "c:d.md": "[up](a/x.md)",
	})
	got := string(b.body(b.Site.Record("a/x.md"), "a/x.html"))
	for _, want := range []string{
		`<a href="../b%20c/%C3%A9%23%3F.html#part">one</a>`,
		`<img src="p%20q.png" alt="pic" title="T" loading="lazy">`,
		`<span class="broken">gone</span><span class="vh"> (broken link)</span>`,
		`<a href="#part">self</a>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if got := href("a/x.html", "c:d.html"); got != "../c:d.html" {
		t.Errorf("from a folder: %s", got)
	}
	if got := href("x.html", "c:d.html"); got != "./c:d.html" {
		t.Errorf("a colon must not read as a scheme: %s", got)
	}
}

// A page for an address that is not there may be shown at any address, so its
// own links are absolute when they can be.
func TestMissingPageIsAbsolute(t *testing.T) {
	b := link(t, map[string]string{"a.md": "# A\n", "minutebook.yaml": "base-url: https://example.org/x\n"})
	p := missing(b)[0].View().(layout.MissingPage)
	for _, address := range []string{p.Home, p.Stylesheet, p.Navigation[0].Href, p.Links[0].Href} {
		if !strings.HasPrefix(address, "https://example.org/x/") {
			t.Errorf("%s is relative", address)
		}
	}
}

// What a page links to for editing is the file in its repository.
func TestEditLink(t *testing.T) {
	b := link(t, map[string]string{"a b.md": "# A\n", "minutebook.yaml": "repository: https://github.com/example/minutes/\nbranch: work/x\n"})
	p := documents(b)[0].View().(layout.DocumentPage)
	if want := "https://github.com/example/minutes/edit/work%2Fx/docs/a%20b.md"; p.Edit != want {
		t.Errorf("edit at %s, want %s", p.Edit, want)
	}
}

// The lifecycle shows the way of a proposal, and only what is known of it.
func TestLifecycle(t *testing.T) {
	for status, want := range map[string]string{
		"draft":     "Draft now, In discussion next, Last days to object next, Decision next",
		"last-call": "Draft done, In discussion done, Last days to object now, Decision next",
		"accepted":  "Draft done, In discussion done, Last days to object done, Decided now",
		"withdrawn": "Draft done, Withdrawn now",
		"nonsense":  "",
	} {
		b := link(t, map[string]string{"proposals/a.md": "---\nstatus: " + status + "\n---\n"})
		var steps []string
		for _, s := range b.lifecycle(b.Site.Records[0]) {
			steps = append(steps, s.Label+" "+s.State)
		}
		if got := strings.Join(steps, ", "); got != want {
			t.Errorf("%s: %s, want %s", status, got, want)
		}
	}
}

func TestLater(t *testing.T) {
	w := date.Wall{Date: date.Must(date.Parse("2018-12-31")), Hour: 23, Minute: 30, HasTime: true}
	if got := later(w, 45); got.String() != "2019-01-01T00:15" {
		t.Errorf("got %s", got)
	}
}

// A reference whose target is the page itself needs no path.
func TestHrefOfTarget(t *testing.T) {
	for _, test := range []struct {
		target site.Target
		want   string
	}{
		{site.Target{Kind: site.External, URL: "https://example.org/?a=1&b=2"}, "https://example.org/?a=1&b=2"},
		{site.Target{Kind: site.Internal, URL: "p/x.html"}, "x.html"},
		{site.Target{Kind: site.Internal, URL: "p/x.html", Fragment: "a b"}, "#a%20b"},
		{site.Target{Kind: site.Internal, URL: "index.html"}, "../index.html"},
	} {
		if got := hrefOf(&test.target, "p/x.html"); got != test.want {
			t.Errorf("%v: %s, want %s", test.target, got, test.want)
		}
	}
}

// A page shows the problems of its own file, but no remarks.
func TestProblemsOfAFile(t *testing.T) {
	all := diag.List{
		{Path: "a.md", Code: "one", Severity: diag.Error}, {Path: "a.md", Code: "two"}, {Path: "a.md", Code: "three", Severity: diag.Warning},
		{Path: "a/b.md", Code: "four"}, {Path: "b.md", Code: "five", Severity: diag.Warning},
	}
	b := &Builder{Inputs: Inputs{Problems: worthShowing(all)}}
	for path, want := range map[string]string{"a.md": "one three", "a/b.md": "", "b.md": "five", "": "", "a": "", "c.md": ""} {
		var codes []string
		for _, d := range b.problemsIn(path) {
			codes = append(codes, d.Code)
		}
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("%q has the problems %q, want %q", path, got, want)
		}
	}
}

// Emitters say which files there are without making what these show: a preview
// asks after each save.
func TestListingMakesNothing(t *testing.T) {
	b := link(t, map[string]string{
		"minutebook.yaml": "base-url: https://example.org/\n",
		"meetings/a.md":   "---\nstart: 2018-04-03\nchair: anna\ntags: maps\n---\n- Action (@anna, due 2018-04-21): go\n",
		"proposals/b.md":  "---\nstatus: review\ndecide-by: 2018-04-09\n---\n",
	})
	words := func() []navigationWord { t.Error("words of the frame are made"); return nil }
	b.nav, b.footer = words, words
	b.days = func() []happening { t.Error("the days of the calendar are sorted"); return nil }
	b.alternates = func() map[string][]layout.Alternate { t.Error("what pages offer is made"); return nil }
	urls := map[string]bool{}
	for _, e := range Emitters {
		for _, j := range e.Emit(b) {
			urls[j.URL] = true
			if j.File != nil {
				j.File()
			}
		}
	}
	for _, url := range []string{site.CalendarURL, site.CalendarFile, site.SitemapURL, "people/anna.ics", "meetings/a.ics", "topics/maps.html", site.SearchURL} {
		if !urls[url] {
			t.Errorf("there is no %s", url)
		}
	}
}
