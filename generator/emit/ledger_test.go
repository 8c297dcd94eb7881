package emit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/layout"
)

// told is what a list says: its counts, then its headings with what stands below
// them.
func told(p layout.ListPage) string {
	var t strings.Builder
	for _, c := range p.Counts {
		fmt.Fprintf(&t, "%s %d\n", c.Text, c.N)
	}
	for _, g := range p.Groups {
		if len(g.Entries) == 0 {
			continue
		}
		fmt.Fprintf(&t, "# %s", g.Title)
		if g.Folded > 0 {
			fmt.Fprintf(&t, " (%d folded)", g.Folded)
		}
		t.WriteString("\n")
		for _, e := range g.Entries {
			day := "-"
			if e.When != nil {
				day = e.When.ISO
			}
			fmt.Fprintf(&t, "%s %s\n", day, e.Title)
		}
	}
	return t.String()
}

// The page of actions says first what is late, then what is near, and folds what
// is done, the last thing done first. What nobody has is counted too.
func TestActionsPage(t *testing.T) {
	b := link(t, map[string]string{"minutebook.yaml": "track-since: 2018-01-01\n", "meetings/2018-03-20.md": `# Call

- [ ] **Action A1** (@anna, due 2018-05-01): later
- [ ] **Action A2** (@anna, due 2018-04-09): in a week
- [ ] **Action A3** (@bo, due 2018-04-01): late
- [ ] **Action A4** (nobody yet): some day
- [x] **Action A5** (@bo, done 2018-03-21): done first
- [x] **Action A6** (@bo, done 2018-03-30): done last
- [x] ~~**Action A7** (@bo): dropped~~
`, "meetings/2017-03-20.md": "- [ ] **Action A1** (@bo, due 2017-04-01): of long ago\n",
		"proposals/p.md": "---\nstatus: draft\n---\n## If accepted\n\n- A1 (@bo): if so\n"})
	want := `anna 2
bo 1
nobody yet 1
# Late
2018-04-01 late
# This week
2018-04-09 in a week
# Later
2018-05-01 later
# Without a day
- some day
# Only if a proposal is accepted
- if so
# Done or dropped (3 folded)
2018-03-30 done last
2018-03-21 done first
- dropped
# Left open before 2018-01-01 (1 folded)
2017-04-01 of long ago
`
	if got := told(b.actionsPage()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The log of decisions says how many hold and how many do no longer; what only
// notes tell of has the day of its notes.
func TestDecisionLog(t *testing.T) {
	b := link(t, map[string]string{
		"decisions/a.md":         "---\ntitle: A\nstatus: accepted\ndate: 2018-01-01\n---\n",
		"decisions/b.md":         "---\ntitle: B\nstatus: accepted\ndate: 2018-02-01\nsupersedes: a\n---\n",
		"decisions/c.md":         "---\ntitle: C\nstatus: rejected\ndate: 2018-02-02\n---\n",
		"decisions/d.md":         "---\ntitle: D\nstatus: deprecated\ndate: 2018-01-02\n---\n",
		"decisions/e.md":         "---\ntitle: E\nstatus: proposed\ndate: 2018-03-01\n---\n",
		"meetings/2018-03-20.md": "- **Decision D1:** we meet\n",
	})
	var log string
	for _, j := range kinds(b) {
		if j.URL == "decisions/index.html" {
			log = told(j.View().(layout.ListPage))
		}
	}
	for _, want := range []string{"In force 1\nNo longer in force 2\nDecided in a meeting, without a record 1\n", "# Decided in a meeting, without a record\n2018-03-20 we meet\n"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks\n%s\nit says\n%s", want, log)
		}
	}
}

// The rail of Home says who does what until when, and how much more there is.
func TestShortNotes(t *testing.T) {
	var notes strings.Builder
	for i := range 8 {
		fmt.Fprintf(&notes, "- Offer (@anna): bread %d\n", i)
	}
	b := link(t, map[string]string{"meetings/2018-03-20.md": notes.String()})
	g := b.someNotes("mb-help", "Help", b.help(), "", "")
	if g.Rest != "and 2 more, on the pages that they stand on" || len(g.Entries) != homeEntries {
		t.Errorf("of 8 offers %d are shown, and %q", len(g.Entries), g.Rest)
	}
	if got := g.Entries[0].Notes; !slices.Equal(got, []layout.Link{{Text: "anna", Href: "people/anna.html"}}) {
		t.Errorf("whose it is is told by %v", got)
	}
}

// Lists lead to the feed, the calendar and the table of what they list, once each.
func TestOffered(t *testing.T) {
	b := link(t, map[string]string{
		"minutebook.yaml":        "base-url: https://example.org/\nsources: true\n",
		"topics/maps.md":         "# Maps\n",
		"decisions/README.md":    "# Decisions\n",
		"decisions/a.md":         "---\nstatus: accepted\ndate: 2018-01-01\ntags: maps\n---\n",
		"meetings/2018-04-20.md": "- Action (due 2018-04-21): go\n- Question: why?\n- **Feedback F1** (topic: maps): no map\n",
	})
	got := map[string][]layout.Link{}
	for _, make := range []func(*Builder) []Job{kinds, topics, ledgers, calendarPage} {
		for _, j := range make(b) {
			switch p := j.View().(type) {
			case layout.ListPage:
				got[j.URL] = p.Offered
			case layout.FeedbackPage:
				got[j.URL] = p.Offered
			case layout.CalendarPage:
				got[j.URL] = p.Offered
			}
		}
	}
	for url, want := range map[string][]layout.Link{
		"actions.html":         {{Text: "Table (.csv)", Href: "actions.csv"}},
		"questions.html":       {{Text: "Table (.csv)", Href: "questions.csv"}},
		"feedback.html":        {{Text: "Table (.csv)", Href: "feedback.csv"}},
		"changes.html":         {{Text: "Feed", Href: "feed.xml"}},
		"calendar.html":        {{Text: "Calendar (.ics)", Href: "calendar.ics"}},
		"decisions/index.html": {{Text: "Feed", Href: "../decisions.xml"}, {Text: "Table (.csv)", Href: "../decisions.csv"}},
		"topics/maps.html":     {{Text: "Feed", Href: "maps.xml"}},
		"meetings/index.html":  nil,
	} {
		if !slices.Equal(got[url], want) {
			t.Errorf("%s offers %v, want %v", url, got[url], want)
		}
	}
}

// Home tells the latest decisions in the order of their days, those too that only
// notes tell of; and where nothing is planned, the meetings that were last.
func TestHomeOfMinutes(t *testing.T) {
	b := link(t, map[string]string{
		"decisions/a.md":         "---\ntitle: A\nstatus: accepted\ndate: 2018-03-01\n---\n",
		"decisions/b.md":         "---\ntitle: B\nstatus: accepted\ndate: 2018-03-25\n---\n",
		"meetings/2018-03-20.md": "- **Decision D1:** we meet\n",
		"meetings/2018-01-20.md": "- **Decision D1:** we write\n",
	})
	p := home(b)[0].View().(layout.HomePage)
	want := "# Latest meetings\n2018-03-20 Meeting, 2018-03-20\n2018-01-20 Meeting, 2018-01-20\n# Recent decisions\n2018-03-25 B\n2018-03-20 we meet\n2018-03-01 A\n2018-01-20 we write\n"
	if got := told(layout.ListPage{Groups: []layout.Group{p.Upcoming, p.Recent}}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	b = link(t, map[string]string{"meetings/2018-03-20.md": "x\n", "meetings/2018-04-20.md": "---\nagenda: [p, q]\n---\nx\n",
		"proposals/p.md": "# P\n", "proposals/q.md": "# Q\n"})
	if got := home(b)[0].View().(layout.HomePage).Upcoming; got.Title != "Upcoming" || len(got.Entries) != 1 || !slices.Contains(got.Entries[0].Notes, layout.Link{Text: "Agenda: P, Q"}) {
		t.Errorf("ahead is %+v", got)
	}
}
