package site_test

import (
	"fmt"
	"strings"
	"testing"

	"minutebook/generator/date"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// notes tells of each note what became of it, and who said so.
func notes(s *site.Site) string {
	var b strings.Builder
	for _, r := range s.Records {
		for _, n := range r.Notes {
			fmt.Fprintf(&b, "%s: %s", place(n), n.Kind)
			if n.State != "" {
				fmt.Fprintf(&b, ", %s", n.State)
			}
			list(&b, "for", n.Owners, func(p *site.Person) string { return p.Shown })
			list(&b, "asked by", n.AskedBy, func(p *site.Person) string { return p.Shown })
			if !n.Deadline.IsZero() {
				fmt.Fprintf(&b, ", until %s", n.Deadline)
			}
			list(&b, "to", n.Destinations, func(e *site.Record) string { return e.ID })
			list(&b, "about", n.Home, place)
			list(&b, "decides", n.Decides, func(d *site.Record) string { return d.File.Path })
			list(&b, "answered by", n.Answers, place)
			if n.By != nil {
				fmt.Fprintf(&b, ", says %s", place(n.By))
			}
			if word, text := n.Result(); word != "" {
				fmt.Fprintf(&b, ", result %q", strings.TrimSpace(word+" "+text))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func place(n *site.Note) string { return n.Record.File.Path + "#" + n.Anchor }

func list[T any](b *strings.Builder, word string, all []T, name func(T) string) {
	for i, one := range all {
		if i == 0 {
			fmt.Fprintf(b, ", %s ", word)
		} else {
			b.WriteString(" and ")
		}
		b.WriteString(name(one))
	}
}

// outcomes tells of each decided record what was decided.
func outcomes(s *site.Site) string {
	var b strings.Builder
	for _, r := range s.Records {
		o := r.Outcome
		if o == nil {
			continue
		}
		fmt.Fprintf(&b, "%s: %s", r.File.Path, r.StatusText())
		if o.Text != "" {
			fmt.Fprintf(&b, ", %q", o.Text)
		}
		if !o.On.IsZero() {
			fmt.Fprintf(&b, ", on %s", o.On)
		}
		list(&b, "by", o.By, func(n site.Named) string { return n.Shown })
		if o.Record != nil {
			fmt.Fprintf(&b, ", record %s", o.Record.File.Path)
		}
		if o.Meeting != nil {
			fmt.Fprintf(&b, ", in %s", o.Meeting.File.Path)
		}
		if o.Note != nil {
			fmt.Fprintf(&b, ", minuted at %s", place(o.Note))
		}
		if o.Why != "" {
			fmt.Fprintf(&b, ", because %q", o.Why)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// timelines tells what happened with each record and is ahead of it.
func timelines(s *site.Site) string {
	var b strings.Builder
	for _, r := range s.Records {
		for _, m := range s.Timeline(r) {
			fmt.Fprintf(&b, "%s: %s %s", r.File.Path, m.Day, m.What)
			if m.Status != "" {
				fmt.Fprintf(&b, " %q", m.Status)
			}
			if m.Record != nil {
				fmt.Fprintf(&b, " %s", m.Record.File.Path)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// series tells of each meeting whether it is over, what comes before and after
// it, and which open actions are on its agenda.
func series(s *site.Site) string {
	var b strings.Builder
	for _, r := range s.Records {
		if r.Text("series") == "" {
			continue
		}
		fmt.Fprintf(&b, "%s: %s", r.File.Path, map[bool]string{true: "over", false: "ahead"}[s.Over(r)])
		if r.Previous != nil {
			fmt.Fprintf(&b, ", after %s", r.Previous.File.Path)
		}
		if r.Next != nil {
			fmt.Fprintf(&b, ", before %s", r.Next.File.Path)
		}
		list(&b, "carries", r.Carried, place)
		b.WriteByte('\n')
	}
	return b.String()
}

// questions tells how many of a record's questions are open, and of those who
// were asked who has answered.
func questions(s *site.Site) string {
	var b strings.Builder
	for _, r := range s.Records {
		open, all := r.Questions()
		asked := r.Asked()
		if all == 0 && len(asked) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s: %d of %d open\n", r.File.Path, open, all)
		for _, a := range asked {
			fmt.Fprintf(&b, "%s: %s", r.File.Path, a.Person.Shown)
			if a.Answer == nil {
				b.WriteString(" has not answered\n")
				continue
			}
			fmt.Fprintf(&b, " answered %q\n", a.Answer.Text)
		}
	}
	return b.String()
}

func surveys(s *site.Site) string {
	var b strings.Builder
	for _, r := range s.Records {
		if state := s.Survey(r); state != site.NoSurvey {
			fmt.Fprintf(&b, "%s: %s\n", r.File.Path, state)
		}
	}
	return b.String()
}

// The days of a status come from git; words that the kind does not have, and
// what git dates to days ahead, are left out.
func TestTimelineOfStatuses(t *testing.T) {
	files := []*source.File{source.NewFile("proposals/a.md", []byte("---\nstatus: last-call\ncreated: 2018-03-01\n---\n"))}
	day := func(month, day int) date.Date {
		return date.Must(date.Parse(fmt.Sprintf("2018-%02d-%02d", month, day)))
	}
	past := map[string]site.Past{"proposals/a.md": {Statuses: []site.StatusChange{
		{Day: day(3, 1), Status: "draft"}, {Day: day(3, 5), Status: "Under way"}, {Day: day(3, 8), Status: "review"},
		{Day: day(3, 27), Status: "Last Call"}, {Day: day(4, 3), Status: "accepted"},
	}}}
	s, _ := link(files, past)
	want := `proposals/a.md: 2018-03-01 proposed
proposals/a.md: 2018-03-01 status "Draft"
proposals/a.md: 2018-03-08 status "In discussion"
proposals/a.md: 2018-03-27 status "Last days to object"
`
	if got := timelines(s); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
