package calendar_test

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ical "github.com/arran4/golang-ical"

	"minutebook/generator/calendar"
	"minutebook/generator/golden"
	"minutebook/generator/golden/linked"
	"minutebook/generator/site"
)

// read parses a calendar with another program's parser and returns the values of
// its entries, by their names.
func read(t testing.TB, data []byte) []map[string]string {
	t.Helper()
	strict(t, data)
	parsed, err := ical.ParseCalendar(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	if len(parsed.Components) != len(parsed.Events()) {
		t.Fatalf("%d components and %d events", len(parsed.Components), len(parsed.Events()))
	}
	var list []map[string]string
	for _, e := range parsed.Events() {
		values := map[string]string{}
		for _, p := range e.Properties {
			if _, twice := values[p.IANAToken]; twice {
				t.Errorf("%s stands twice in one entry", p.IANAToken)
			}
			values[p.IANAToken] = p.Value
		}
		list = append(list, values)
	}
	return list
}

// strict holds what RFC 5545 says of the lines of a calendar.
func strict(t testing.TB, data []byte) {
	t.Helper()
	text, ended := strings.CutSuffix(string(data), "\r\n")
	if !ended || !utf8.ValidString(text) {
		t.Fatalf("does not end in a line end, or is not UTF-8: %q", data)
	}
	var open []string
	for i, line := range strings.Split(text, "\r\n") {
		if len(line) > 75 || line == "" || strings.ContainsAny(line, "\r\n\x00") || !utf8.ValidString(line) {
			t.Fatalf("line %d is not one: %q", i, line)
		}
		name, value, _ := strings.Cut(line, ":")
		switch name {
		case "BEGIN":
			open = append(open, value)
		case "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Fatalf("line %d ends %s, open are %v", i, value, open)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Fatalf("%v never end", open)
	}
}

func all(s *site.Site) []byte { return write(s, s.Title(), calendar.All(s)) }

func write(s *site.Site, name string, items iter.Seq[calendar.Item]) []byte {
	var b bytes.Buffer
	calendar.NewWriter(s).Write(&b, name, items)
	return b.Bytes()
}

// The cases are sites with the calendar that is made of them.
func TestCalendars(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		s := linked.Site(t, linked.Files(c), "2018-04-02")
		data := all(s)
		read(t, data)
		c.Want("calendar.ics", strings.ReplaceAll(string(data), "\r\n", "\n"))
	})
}

// Wall times are told in UTC as the time zone database has them, and the zone is
// named. In a gap the offset before it counts, in a fold the first time
// (RFC 5545, section 3.3.5).
func TestTimesInUTC(t *testing.T) {
	for _, c := range []struct{ zone, start, rest, from, to, clocks string }{
		{"UTC", "2018-03-20T14:00", "duration: 60m", "20180320T140000Z", "20180320T150000Z", "2018-03-20 14:00–15:00 UTC"},
		{"America/Denver", "2018-03-10T14:00", "duration: 1h", "20180310T210000Z", "20180310T220000Z", "2018-03-10 14:00–15:00 America/Denver"},
		{"America/Denver", "2018-03-12T14:00", "duration: 1h", "20180312T200000Z", "20180312T210000Z", "2018-03-12 14:00–15:00 America/Denver"},
		{"America/Denver", "2018-03-11T02:30", "duration: 1h", "20180311T093000Z", "20180311T103000Z", "2018-03-11 03:30–04:30 America/Denver"},
		{"America/Denver", "2018-03-11T01:30", "duration: 60m", "20180311T083000Z", "20180311T093000Z", "2018-03-11 01:30–03:30 America/Denver"},
		{"America/Denver", "2018-11-04T01:30", "end: 2018-11-04T02:30", "20181104T073000Z", "20181104T093000Z", "2018-11-04 01:30–02:30 America/Denver"},
		{"Europe/Berlin", "2018-03-25T01:30", "end: 2018-03-25T03:30", "20180325T003000Z", "20180325T013000Z", "2018-03-25 01:30–03:30 Europe/Berlin"},
		{"Australia/Lord_Howe", "2018-10-07T02:15", "duration: 30m", "20181006T154500Z", "20181006T161500Z", "2018-10-07 02:45–03:15 Australia/Lord_Howe"},
		{"Asia/Kathmandu", "2018-04-02T00:15", "duration: 30m", "20180401T183000Z", "20180401T190000Z", "2018-04-02 00:15–00:45 Asia/Kathmandu"},
		{"Pacific/Apia", "2011-12-29T23:30", "duration: 1h", "20111230T093000Z", "20111230T103000Z", "2011-12-29 23:30 – 2011-12-31 00:30 Pacific/Apia"},
		{"America/Sao_Paulo", "2018-11-04T00:00", "end: 2018-11-04", "20181104T030000Z", "20181105T020000Z", "2018-11-04 01:00 – 2018-11-05 00:00 America/Sao_Paulo"},
		{"Africa/Casablanca", "2018-05-13T02:30", "end: 2018-05-13T02:00", "20180513T013000Z", "", "2018-05-13 02:30 Africa/Casablanca"},
	} {
		t.Run(c.zone+" "+c.start, func(t *testing.T) {
			s := linked.Site(t, map[string]string{"meetings/a.md": fmt.Sprintf("---\ntimezone: %s\nstart: %s\n%s\n---\n# A\n", c.zone, c.start, c.rest)}, "2018-04-02")
			e := read(t, all(s))[0]
			if e["DTSTART"] != c.from || e["DTEND"] != c.to || e["DESCRIPTION"] != c.clocks {
				t.Errorf("%s to %s, %q", e["DTSTART"], e["DTEND"], e["DESCRIPTION"])
			}
		})
	}
}

// Whatever a document says in any field, a calendar has the entries of the model
// and no other, and each field is one value.
func TestHostileFields(t *testing.T) {
	for _, evil := range []string{
		`x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y`, `a\nATTENDEE:mailto:x@example.org`, `\u2028DTSTART:20180101T000000Z`,
		`]]><script>`, `\u202eevil`, `a;b,c\\n:d\"`, `\u0085X-A:b`, `\u00e9\u65e5\U0001f600 ` + strings.Repeat(`\u65e5`, 60), `VALUE=DATE:;"`,
	} {
		meeting := fmt.Sprintf("---\ntitle: \"%[1]s\"\nstart: 2018-04-03T14:00\nlocation: \"%[1]s\"\nsummary: \"%[1]s\"\nseries: \"%[1]s\"\n---\n\n- [ ] Action (@anna, due 2018-04-05): z\n", evil)
		s := linked.Site(t, map[string]string{"meetings/a.md": meeting}, "2018-04-02")
		entries := read(t, all(s))
		if len(entries) != 2 {
			t.Fatalf("%q: %d entries", evil, len(entries))
		}
		e := entries[0]
		for _, name := range []string{"SUMMARY", "LOCATION"} {
			if e[name] == "" || strings.ContainsAny(e[name], "\r\n\u2028\u0085\u202e") {
				t.Errorf("%q: %s is %q", evil, name, e[name])
			}
		}
		if e["SUMMARY"] != e["LOCATION"] || e["DTSTART"] != "20180403T140000Z" || e["ATTENDEE"] != "" {
			t.Errorf("%q: %v", evil, e)
		}
	}
}

// An entry keeps its UID when its title, its time and its status change, and no
// two entries have one; another site has others.
func TestIdentity(t *testing.T) {
	files := map[string]string{
		"minutebook.yaml": "site-id: x\n",
		"meetings/a.md":   "---\nstart: 2018-04-03T14:00\n---\n# A\n\n- [ ] Action A1 (@anna, due 2018-04-05): z\n- [ ] Action (@bo, due 2018-04-05): z\n",
		"proposals/a.md":  "---\nstatus: review\ndecide-by: 2018-04-04\ndecision-makers: [anna]\n---\n# A\n",
	}
	uids := func() []string {
		var list []string
		for _, e := range read(t, all(linked.Site(t, files, "2018-04-02"))) {
			list = append(list, e["UID"])
		}
		return list
	}
	before := uids()
	files["meetings/a.md"] = "---\ntitle: Other\nstart: 2018-05-03T14:00\nsequence: 2\nstatus: cancelled\n---\n\n- [ ] Action A1 (@chen, due 2018-05-05): y\n- [ ] Action (@bo, due 2018-04-05): z\n"
	if after := uids(); !slices.Equal(before, after) {
		t.Errorf("%v became %v", before, after)
	}
	if distinct := slices.Compact(slices.Sorted(slices.Values(before))); len(distinct) != 4 {
		t.Errorf("%d UIDs in %v", len(distinct), before)
	}
	files["minutebook.yaml"] = "site-id: y\n"
	if slices.Contains(uids(), before[0]) {
		t.Error("two sites share a UID")
	}
}

// Who has to decide or to do something finds it in their own calendar, members of
// a group find the group's, and nothing of others.
func TestOfPerson(t *testing.T) {
	s := linked.Site(t, map[string]string{
		"people.yaml":    "people:\n  anna: {name: Anna}\n  bo: {name: Bo}\ngroups:\n  team: {name: Team, members: [anna]}\n",
		"proposals/p.md": "---\nstatus: review\ndecide-by: 2018-04-04\ndecision-makers: [team]\n---\n# P\n",
		"meetings/m.md":  "---\nstart: 2018-04-01\n---\n# M\n\n- [ ] Action A1 (@anna, due 2018-04-05): z\n- [x] Action A2 (@anna, due 2018-04-05): done\n- [ ] Action A3 (@bo, due 2018-04-05): other\n",
	}, "2018-04-02")
	got := map[string][]string{}
	for _, p := range s.People {
		for item := range calendar.OfPerson(s, p) {
			text := string(item.What) + " " + item.Record.ID
			if item.Note != nil {
				text += " " + item.Note.Anchor
			}
			got[p.Handle] = append(got[p.Handle], text)
		}
	}
	if want := "map[anna:[deadline p due m a1] bo:[due m a3] team:[deadline p]]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}

// When the last change of a document is known, DTSTAMP is that day in the site's
// zone.
func TestStamp(t *testing.T) {
	files := map[string]string{"minutebook.yaml": "timezone: America/Denver\n", "events/a.md": "---\nstart: 2018-05-01\n---\n# A\n"}
	s := linked.Site(t, files, "2018-04-02")
	if e := read(t, all(s))[0]; e["DTSTAMP"] != "20180402T060000Z" {
		t.Error(e["DTSTAMP"])
	}
	changed := s.Today.AddDays(-30)
	s = linked.SiteOf(t, files, "2018-04-02", map[string]site.Past{"events/a.md": {Created: changed, Changed: changed}})
	if e := read(t, all(s))[0]; e["DTSTAMP"] != "20180303T070000Z" {
		t.Error(e["DTSTAMP"])
	}
}

// FuzzTitle: whatever a title is, the other parser reads the same one back.
func FuzzTitle(f *testing.F) {
	for _, s := range []string{"plain", "a;b,c\\n", "\r\nBEGIN:VEVENT", strings.Repeat("日本語", 40), "\xff\xfe", "\U0001f600\u202e\u2028"} {
		f.Add(s)
	}
	s := linked.Site(f, map[string]string{"meetings/a.md": "---\nstart: 2018-04-03T14:00\n---\n# A\n"}, "2018-04-02")
	f.Fuzz(func(t *testing.T, title string) {
		r := *s.Records[0]
		d := *r.Document
		d.Title = title
		r.Document = &d
		entries := read(t, write(s, title, slices.Values([]calendar.Item{{What: calendar.Time, Record: &r}})))
		if len(entries) != 1 {
			t.Fatalf("%d entries", len(entries))
		}
		got := entries[0]["SUMMARY"]
		if strings.Join(strings.Fields(got), " ") != got || strings.ContainsAny(got, "\r\n\x00\u2028\u202e") || !utf8.ValidString(got) {
			t.Errorf("%q became %q", title, got)
		}
		if simple := strings.Map(func(r rune) rune {
			if r < ' ' || r > '~' {
				return 'x'
			}
			return r
		}, title); simple == title && got != strings.Join(strings.Fields(title), " ") {
			t.Errorf("%q became %q", title, got)
		}
	})
}

// The time is the record's, whatever zone the machine is in.
func TestMachineZone(t *testing.T) {
	local := time.Local
	defer func() { time.Local = local }()
	files := map[string]string{"meetings/a.md": "---\nstart: 2018-04-03T14:00\n---\n# A\n"}
	want := all(linked.Site(t, files, "2018-04-02"))
	time.Local = time.FixedZone("x", 7*60*60)
	if got := all(linked.Site(t, files, "2018-04-02")); !bytes.Equal(got, want) {
		t.Errorf("%s\n%s", got, want)
	}
}
