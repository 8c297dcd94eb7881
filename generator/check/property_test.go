package check_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"minutebook/generator/check"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// A chance makes up sites from parts that look at each other.
type chance struct{ *rand.Rand }

func (c chance) one(of ...string) string { return of[c.IntN(len(of))] }

func (c chance) day() string {
	return date.Must(date.Parse("2018-01-01")).AddDays(c.IntN(180)).String()
}

func (c chance) person() string {
	return c.one("anna", "bo", "chen", "Anna Example", "Dora Example", "emil", "team", "ånna")
}

// document is the path of a document that may be there. All folders are one
// level deep, so that every document names it in the same way.
func (c chance) document() string {
	n := c.IntN(3)
	return c.one(fmt.Sprintf("proposals/p%d.md", n), fmt.Sprintf("decisions/%04d-d.md", n), fmt.Sprintf("events/e%d.md", n),
		fmt.Sprintf("meetings/2018-0%d-06-m.md", n+3), fmt.Sprintf("meetings/2018-0%d-13-m.md", n+1))
}

func (c chance) link() string {
	return fmt.Sprintf("[ö %d](../%s#%s)", c.IntN(9), c.document(), c.one("a1", "a2", "q1", "f1", "t1", "d1", "mb-action-1", "mb-review-1", "gone"))
}

// note is a line of notes.
func (c chance) note() string {
	box := c.one("", "", "[ ] ", "[x] ")
	switch c.IntN(10) {
	case 0:
		return fmt.Sprintf("- %s**Action %s** (@%s, due %s): büch the rooms", box, c.one("A1", "A2", "a1"), c.person(), c.day())
	case 1:
		return fmt.Sprintf("- [x] **Action %s** (done %s): send it, whatever it is, to everybody who is on the list", c.one("A1", ""), c.day())
	case 2:
		return fmt.Sprintf("- %s**Question Q%d** (@%s, answer by %s): which week?\n  - Answer Q1 (@%s, %s): the second", box, c.IntN(3), c.person(), c.day(), c.person(), c.day())
	case 3:
		return fmt.Sprintf("- **Feedback %s** (to: %s, topic: upgrades): it is slow", c.one("F1", ""), c.one("e0", "e1", "e9", "../events/e2.md", "—"))
	case 4:
		return fmt.Sprintf("- **Topic T1:** slow (from: %s, %s)", c.link(), c.link())
	case 5:
		return fmt.Sprintf("- **Decision D1:** we do %s", c.link())
	case 6:
		return fmt.Sprintf("- ~~%s**Action A2**: no~~ dropped: %s", box, c.one("D1", "日本"))
	case 7:
		return c.one("No decisions.", "See "+c.link()+".", "<!-- TODO: ü -->", "é <!-- FIXME -->", "## If accepted", "## Open questions", "## Action review", "## Actions\n\n- **7.1:** one\n- **7.1:** two", "# Ü", "https://etherpad.example.org/p/x", "See [it](https://example.org/minutes/).")
	}
	return fmt.Sprintf("- %s%s %s", box, c.link(), c.one("done", "still open", "still open, now due "+c.day(), "dropped", "raised: planned for Ω", "fixed in 2", "deferred to "+c.link(), "declined because no"))
}

// file is a document with some front matter of its kind and some notes.
func (c chance) file(path string) *source.File {
	var lines []string
	add := func(format string, args ...any) {
		if c.IntN(3) > 0 {
			lines = append(lines, fmt.Sprintf(format, args...))
		}
	}
	add("status: %s", c.one("draft", "review", "last-call", "accepted", "rejected", "deferred", "proposed", "superseded", "cancelled", "confirmed", "siedend"))
	switch kind, _, _ := strings.Cut(path, "/"); kind {
	case "proposals":
		add("created: %s", c.day())
		add("decide-by: %s", c.day())
		add("%s: ../%s", c.one("requires", "required-by", "supersedes", "superseded-by"), c.document())
		add("authors: [%s, %s]", c.person(), c.person())
		add("survey-closes: %s", c.day())
		add("trial-until: %s", c.day())
		add("%s: jäh", c.one("outcome", "withdrawal-reason"))
		add("decision: ../decisions/%04d-d.md", c.IntN(3))
	case "decisions":
		add("date: %s", c.day())
		add("%s: ../%s", c.one("supersedes", "superseded-by", "proposal", "decided-in"), c.document())
		add("review-by: %s", c.day())
	case "events":
		add("start: %s", c.day())
		add("end: %s", c.day())
		add("%s: ../%s", c.one("feeds-into", "part-of"), c.document())
	case "meetings":
		add("series: %s", c.one("team", "other"))
		add("minutes: %s", c.one("draft", "approved"))
		add("%s: ../%s", c.one("agenda", "event"), c.document())
	}
	text := "---\n" + strings.Join(lines, "\n") + "\n---\n"
	if c.IntN(16) == 0 {
		text += "The notes are at https://etherpad.example.org/p/x\n"
	} else {
		text += c.notes()
	}
	if c.IntN(4) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return source.NewFile(path, []byte(c.one("", "", "\ufeff")+text))
}

func (c chance) notes() (text string) {
	for range c.IntN(8) {
		text += c.note() + c.one("\n", "\n\n")
	}
	return text
}

// files are those of a site; some are missing.
func (c chance) files() []*source.File {
	made := map[string]bool{}
	list := []*source.File{
		source.NewFile("minutebook.yaml", []byte("title: Any\nbase-url: https://example.org/minutes/\n")),
		source.NewFile("people.yaml", []byte("people:\n  anna: {name: Anna Example}\n  bo: {name: Bo, public: initials}\ngroups:\n  team: {name: Team, members: [anna, bo]}\n")),
	}
	for range 40 {
		if path := c.document(); !made[path] {
			made[path] = true
			list = append(list, c.file(path))
		}
	}
	return list
}

const sites = 200

// Neither the order in which files come nor that of the rules changes what is
// told.
func TestOrderChangesNothing(t *testing.T) {
	rules := check.Rules
	t.Cleanup(func() { check.Rules = rules })
	shown := map[string]bool{}
	for seed := range uint64(sites) {
		c := chance{rand.New(rand.NewPCG(seed, 1))}
		now, before := c.files(), c.files()
		check.Rules = rules
		want := check.Run(link(t, now, nil), link(t, before, nil))
		check.Rules = slices.Clone(rules)
		c.Shuffle(len(check.Rules), func(i, j int) { check.Rules[i], check.Rules[j] = check.Rules[j], check.Rules[i] })
		c.Shuffle(len(now), func(i, j int) { now[i], now[j] = now[j], now[i] })
		got := check.Run(link(t, now, nil), link(t, before, nil))
		if a, b := fmt.Sprintf("%+v", told(got)), fmt.Sprintf("%+v", told(want)); a != b {
			t.Fatalf("site %d: another order tells\n%s\nwant\n%s", seed, a, b)
		}
		for _, d := range want {
			shown[d.Code] = true
		}
	}
	for _, r := range rules {
		if r.Code != "stale-draft" && !shown[r.Code] {
			t.Errorf("no site has shown %s: the sites are too tame", r.Code)
		}
	}
}

// told is a list with the places of the other sides spelled out.
func told(list diag.List) (lines []string) {
	for _, d := range list {
		line := fmt.Sprintf("%s %s %v-%v %s %q", d.Severity, d, d.Start, d.End, d.Hint, d.Item)
		if d.Other != nil {
			line += " " + d.Other.String()
		}
		lines = append(lines, line)
	}
	return lines
}

// Of items with one id in one file, all but the first are told, and nothing else.
func TestIDsThatStandTwice(t *testing.T) {
	long := 0
	for seed := range uint64(sites) {
		c := chance{rand.New(rand.NewPCG(seed, 3))}
		s := link(t, c.files(), nil)
		got, want := map[string]int{}, map[string]int{}
		for _, d := range check.Run(s, nil) {
			if d.Code == "duplicate-item-id" {
				got[d.Path+" "+d.Item]++
			}
		}
		for _, r := range s.Records {
			seen := map[string]bool{}
			for _, n := range r.Notes {
				if id := strings.ToLower(n.Item.ID); id != "" && seen[id] {
					want[r.File.Path+" "+n.Item.ID]++
					if id == "7.1" {
						long++
					}
				}
				seen[strings.ToLower(n.Item.ID)] = true
			}
		}
		if !maps.Equal(got, want) {
			t.Fatalf("site %d: told %v, want %v", seed, got, want)
		}
	}
	if long == 0 {
		t.Error("no site has an id twice that is no anchor: the sites are too tame")
	}
}

// What a problem points to is there: its lines and columns exist.
func TestPlacesExist(t *testing.T) {
	for seed := range uint64(sites) {
		c := chance{rand.New(rand.NewPCG(seed, 2))}
		now, before := c.files(), c.files()
		s := link(t, now, nil)
		lines := map[string][]string{}
		for _, f := range slices.Concat(before, now) { // a page that is gone is told of at its old file
			lines[f.Path] = strings.Split(strings.TrimPrefix(string(f.Data), "\ufeff"), "\n")
		}
		for _, d := range slices.Concat(check.Run(s, link(t, before, nil)), s.Problems) {
			places := []diag.Place{{Path: d.Path, Start: d.Start}, {Path: d.Path, Start: d.End}}
			if d.Other != nil {
				places = append(places, *d.Other)
			}
			for _, p := range places {
				if !exists(lines[p.Path], p.Start) {
					t.Fatalf("site %d: %s is no place: %s", seed, p, d)
				}
			}
			if d.End.Line < d.Start.Line || d.End.Line == d.Start.Line && d.End.Column < d.Start.Column {
				t.Fatalf("site %d: it ends before it starts: %s", seed, d)
			}
		}
		spansHold(t, s)
	}
}

// exists reports whether a file has a position. The file as a whole counts where
// there is a file.
func exists(lines []string, at source.Position) bool {
	if at == (source.Position{}) {
		return len(lines) > 0
	}
	return at.Line >= 1 && at.Line <= len(lines) && at.Column >= 1 && at.Column <= utf8.RuneCountInString(lines[at.Line-1])+1
}

// spansHold wants the spans that problems are told at to be parts of their
// files: positions would hide one that is not, at the file's end.
func spansHold(t *testing.T, s *site.Site) {
	t.Helper()
	for _, r := range s.Records {
		spans := slices.Clone(r.Body.Remarks)
		for _, n := range r.Notes {
			spans = append(spans, n.Span)
		}
		for _, v := range r.Values {
			spans = append(spans, v.Span, v.KeySpan)
		}
		for _, span := range spans {
			if span.IsZero() { // of a default
				continue
			}
			if span.Start < 0 || span.End > len(r.File.Data) || span.Start >= span.End || strings.TrimSpace(string(r.File.Data[span.Start:span.End])) == "" {
				t.Fatalf("%s: %v is no part of\n%s", r.File.Path, span, r.File.Data)
			}
		}
		for _, n := range r.Notes {
			if first := string(r.File.Data[n.Span.Start:n.Span.End]); strings.Contains(first, "\n") || !strings.Contains("-~*SFDA[", first[:1]) {
				t.Fatalf("%s: the note %s begins with the line %q", r.File.Path, n.Anchor, first)
			}
		}
	}
}
