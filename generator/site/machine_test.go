package site_test

import (
	"fmt"
	"strings"
	"testing"

	"minutebook/generator/golden/linked"
)

// Sources are published only when the site asks for them, and none that tells of
// a person more than pages print, however it names them.
func TestSourcesOfShieldedPersons(t *testing.T) {
	files := map[string]string{
		"minutebook.yaml": "sources: true\n",
		"people.yaml":     "people:\n  anna: {name: Anna}\n  emil: {name: Emil Ümlaut, aliases: [emu], public: initials}\n",
		"a.md":            "# A\n\nBy @anna.\n",
		"README.md":       "# Home\n",
		"proposals/b.md":  "---\nauthors: [emil]\n---\n# B\n",
		"proposals/c.md":  "---\nauthors: [\"\\x65mil\"]\n---\n# C\n",
		"d.md":            "<!-- written with EMIL U\u0308mlaut -->\n# D\n",
		"e.md":            "# E\n\n```\nemu\n```\n",
		"meetings/f.md":   "# F\n\n## Attendance\n\n- Emil   \u00dcmlaut\n",
		"g.md":            "# G\n\nThe emulator.\n",
		"emil.md":         "# H\n",
	}
	s := linked.Site(t, files, "2018-04-02")
	var published []string
	for _, r := range s.Records {
		if r.SourceURL != "" {
			published = append(published, r.SourceURL)
		}
	}
	if got := strings.Join(published, " "); got != "index.md a.md g.md" {
		t.Errorf("published: %s", got)
	}
	delete(files, "minutebook.yaml")
	for _, r := range linked.Site(t, files, "2018-04-02").Records {
		if r.SourceURL != "" {
			t.Errorf("%s is published though nobody asked", r.SourceURL)
		}
	}
}

// What stands beside pages goes out of the way of what people put there, and of
// each other.
func TestAddressesBesidePages(t *testing.T) {
	s := linked.Site(t, map[string]string{
		"meetings/a.md":      "---\nstart: 2018-05-01\nseries: C++\n---\n# A\n",
		"meetings/a.ics":     "own",
		"meetings/b.md":      "---\nstart: 2018-05-02\nseries: C#\ntags: [x]\n---\n# B\n",
		"meetings/past.md":   "---\nstart: 2018-03-02\n---\n# Past\n",
		"topics/x.xml/in.md": "# In a folder\n",
		"proposals/c.md":     "---\nstatus: cancelled\ndecide-by: 2018-04-03\n---\n# C\n",
		"proposals/d.md":     "---\nstatus: review\ndecide-by: 2018-04-03\nauthors: [anna]\n---\n# D\n",
	}, "2018-04-02")
	got := []string{s.Topics[1].FeedURL, s.People[0].FeedURL, s.People[0].CalendarURL}
	for _, r := range s.Records {
		got = append(got, r.CalendarURL)
	}
	for _, one := range s.Series {
		got = append(got, one.CalendarURL)
	}
	want := "[topics/x-2.xml people/anna.xml people/anna.ics meetings/a-2.ics meetings/b.ics   proposals/d.ics  series/c.ics series/c-2.ics]"
	if fmt.Sprint(got) != want {
		t.Errorf("%v\nwant %s", got, want)
	}
}

// Addresses in files that are read elsewhere are absolute and escaped.
func TestAddress(t *testing.T) {
	s := linked.Site(t, map[string]string{"minutebook.yaml": "base-url: https://example.org/our minutes\n"}, "2018-04-02")
	if got := s.Address("a b/é?#.html", "x y"); got != "https://example.org/our%20minutes/a%20b/%C3%A9%3F%23.html#x%20y" {
		t.Error(got)
	}
	if got := linked.Site(t, nil, "2018-04-02").Address("a.html", ""); got != "" {
		t.Error(got)
	}
}
