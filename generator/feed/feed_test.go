package feed_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"iter"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"minutebook/generator/date"
	"minutebook/generator/feed"
	"minutebook/generator/golden"
	"minutebook/generator/golden/linked"
	"minutebook/generator/site"
)

// A document is a feed as a reader sees it.
type document struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      []string `xml:"http://www.w3.org/2005/Atom id"`
	Title   []string `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string `xml:"http://www.w3.org/2005/Atom updated"`
	Author  []string `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []link   `xml:"http://www.w3.org/2005/Atom link"`
	Entries []entry  `xml:"http://www.w3.org/2005/Atom entry"`
}

type entry struct {
	ID      []string `xml:"http://www.w3.org/2005/Atom id"`
	Title   []string `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string `xml:"http://www.w3.org/2005/Atom updated"`
	Links   []link   `xml:"http://www.w3.org/2005/Atom link"`
	Content string   `xml:"http://www.w3.org/2005/Atom content"`
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

var urn = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// read parses a feed and holds what RFC 4287 says of it.
func read(t testing.TB, data []byte) document {
	t.Helper()
	var f document
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = true
	if err := d.Decode(&f); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	checkParts(t, f.ID, f.Title, f.Updated, f.Links)
	if len(f.Author) != 1 || f.Author[0] == "" {
		t.Errorf("section 4.1.1 wants an author: %q", f.Author)
	}
	if !slices.ContainsFunc(f.Links, func(l link) bool { return l.Rel == "self" }) {
		t.Error("section 4.1.1 wants a link to itself")
	}
	seen, last := map[string]bool{}, ""
	for _, e := range f.Entries {
		checkParts(t, e.ID, e.Title, e.Updated, e.Links)
		if seen[e.ID[0]] || !urn.MatchString(e.ID[0]) {
			t.Errorf("the id %s stands twice, or is no UUID", e.ID[0])
		}
		seen[e.ID[0]] = true
		if last != "" && e.Updated[0] > last {
			t.Errorf("%s comes after %s", e.Updated[0], last)
		}
		last = e.Updated[0]
		checkContent(t, e.Content)
	}
	if len(f.Entries) > 0 && f.Updated[0] != f.Entries[0].Updated[0] || len(f.Entries) > feed.Most {
		t.Errorf("%d entries, updated %s", len(f.Entries), f.Updated)
	}
	return f
}

func checkParts(t testing.TB, id, title, updated []string, links []link) {
	t.Helper()
	if len(id) != 1 || len(title) != 1 || len(updated) != 1 || strings.ContainsAny(title[0], "\r\n\x00\u202e") {
		t.Fatalf("sections 4.1.1 and 4.1.2 want one id, title and time: %q, %q, %q", id, title, updated)
	}
	if _, err := time.Parse(time.RFC3339, updated[0]); err != nil {
		t.Error(err)
	}
	for _, l := range links {
		if u, err := url.Parse(l.Href); err != nil || !u.IsAbs() {
			t.Errorf("%q is not absolute", l.Href)
		}
	}
	if !slices.ContainsFunc(links, func(l link) bool { return l.Rel == "alternate" }) {
		t.Error("no alternate")
	}
}

// checkContent holds that content is paragraphs and lists, whatever a document
// says.
func checkContent(t testing.TB, content string) {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader("<div>"+content+"</div>"), body)
	if err != nil {
		t.Fatal(err)
	}
	for _, root := range nodes {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && (!slices.Contains([]string{"p", "ul", "li"}, n.Data) || len(n.Attr) > 0) {
				t.Errorf("content has <%s>: %s", n.Data, content)
			}
		}
	}
}

func write(t testing.TB, s *site.Site, entries iter.Seq[feed.Entry]) []byte {
	t.Helper()
	data, err := feed.Write(s, feed.Feed{Path: "feed.xml", Page: "changes.html", Title: s.Title()}, entries)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// lines are the entries of a feed: day and title.
func lines(f document) string {
	var b strings.Builder
	for _, e := range f.Entries {
		fmt.Fprintf(&b, "%s %s\n", e.Updated[0], e.Title[0])
	}
	return b.String()
}

// The cases are sites with the feeds that are made of them.
func TestFeeds(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		s := linked.Site(t, linked.Files(c), "2018-04-02")
		data := write(t, s, feed.Changes(s))
		read(t, data)
		c.Want("feed.xml", string(data))
		c.Want("decisions", lines(read(t, write(t, s, feed.Decisions(s)))))
		for _, topic := range s.Topics {
			c.Want(topic.URL, lines(read(t, write(t, s, feed.OfTopic(s, topic)))))
		}
		for _, p := range s.People {
			if p.URL != "" {
				c.Want(p.URL, lines(read(t, write(t, s, feed.OfPerson(s, p)))))
			}
		}
	})
}

// What git knows of the statuses of a document is told: each once, at its last
// time, and not the one that it began with.
func TestStatusesFromHistory(t *testing.T) {
	day := func(s string) date.Date {
		d, err := date.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	s := linked.SiteOf(t, map[string]string{
		"minutebook.yaml": "base-url: https://example.org/\n",
		"proposals/a.md":  "---\nstatus: last-call\ndecide-by: 2018-04-04\n---\n# A\n",
		"proposals/b.md":  "---\nstatus: accepted\n---\n# B\n",
		"events/e.md":     "---\nstart: 2018-05-01\n---\n# E\n",
	}, "2018-04-02", map[string]site.Past{
		"proposals/a.md": {Created: day("2018-03-01"), Statuses: []site.StatusChange{
			{Day: day("2018-03-01"), Status: "draft"}, {Day: day("2018-03-05"), Status: "review"}, {Day: day("2018-03-10"), Status: "last-call"},
			{Day: day("2018-03-12"), Status: "review"}, {Day: day("2018-03-20"), Status: "Last Call"}, {Day: day("2018-03-21"), Status: "nonsense"},
		}},
		"proposals/b.md": {Created: day("2018-02-01"), Statuses: []site.StatusChange{{Day: day("2018-02-01"), Status: "review"}, {Day: day("2018-02-09"), Status: "accepted"}}},
		"events/e.md":    {Created: day("2018-03-30")},
	})
	want := `2018-03-30T00:00:00Z Announced: E
2018-03-20T00:00:00Z Last days to object: A
2018-03-12T00:00:00Z In discussion: A
2018-03-01T00:00:00Z Proposed: A
2018-02-09T00:00:00Z Decided: B
2018-02-01T00:00:00Z Proposed: B
`
	if got := lines(read(t, write(t, s, feed.Changes(s)))); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// Ids stay when titles and days change.
func TestIdentity(t *testing.T) {
	ids := func(title, day string) (list []string) {
		s := linked.Site(t, map[string]string{
			"minutebook.yaml": "base-url: https://example.org/\nsite-id: x\n",
			"meetings/a.md":   "---\ntitle: " + title + "\nstart: " + day + "\n---\n\n- Decision D1: " + title + "\n",
		}, "2018-04-02")
		for _, e := range append(read(t, write(t, s, feed.Changes(s))).Entries, read(t, write(t, s, feed.Decisions(s))).Entries...) {
			list = append(list, e.ID[0])
		}
		return list
	}
	if a, b := ids("One", "2018-03-01"), ids("Two", "2018-03-02"); len(a) != 2 || !slices.Equal(a, b) {
		t.Errorf("%v became %v", a, b)
	}
}

// Nothing that a document says ends an element, an attribute or a CDATA section.
func TestHostileFields(t *testing.T) {
	for _, evil := range []string{
		`]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>`, `\r\n</title></entry>`, `&lt;script&gt;<b onclick=x>`,
		`\u202eevil`, `"><link href='//example.org'/>`, `&bogus; <!-- --> <?xml?>`, `\ufffe\uffff\u0008`,
	} {
		meeting := fmt.Sprintf("---\ntitle: \"%[1]s\"\nstart: 2018-03-03\nsummary: \"%[1]s\"\nlanguage: \"%[1]s\"\n---\n", strings.ReplaceAll(evil, `"`, `\"`))
		s := linked.Site(t, map[string]string{"minutebook.yaml": "base-url: https://example.org/\n", "meetings/a.md": meeting}, "2018-04-02")
		data := write(t, s, feed.Changes(s))
		if f := read(t, data); len(f.Entries) != 1 || f.Entries[0].Title[0] == "" {
			t.Errorf("%q: %v", evil, f.Entries)
		}
		if bytes.Contains(data, []byte("CDATA")) || bytes.Count(data, []byte("<")) != bytes.Count(data, []byte(">")) {
			t.Errorf("%q: %s", evil, data)
		}
	}
}

// Days are midnights of the site's zone, and a feed has the newest entries.
func TestDaysAndLength(t *testing.T) {
	files := map[string]string{"minutebook.yaml": "base-url: https://example.org/\ntimezone: America/Denver\n"}
	for i := range 60 {
		files[fmt.Sprintf("meetings/m%02d.md", i)] = fmt.Sprintf("---\nstart: 2018-02-%02dT14:00\n---\n# M\n", 1+i%28)
	}
	s := linked.Site(t, files, "2018-04-02")
	f := read(t, write(t, s, feed.Changes(s)))
	if len(f.Entries) != feed.Most || f.Updated[0] != "2018-02-28T00:00:00-07:00" {
		t.Errorf("%d entries, %s", len(f.Entries), f.Updated)
	}
}
