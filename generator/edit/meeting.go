package edit

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// Notes are what the notes of a meeting start from.
type Notes struct {
	Dir           string       // folder of the file
	Chair, Scribe string       // as notes name persons; may be empty
	Carried       []*site.Note // open actions of earlier meetings
	Agenda        []*site.Record
	Due           date.Date // that is offered for new actions
}

// Text is the notes as Markdown, in the syntax that notes are read by: who is
// there, what earlier meetings left open, the agenda, and room for actions.
func (n Notes) Text() string {
	var t strings.Builder
	t.WriteString("## Attendance\n\n")
	for _, role := range []struct{ who, word string }{{n.Chair, "Chair"}, {n.Scribe, "Notes"}} {
		if role.who != "" {
			fmt.Fprintf(&t, "- **%s:** %s\n", role.word, role.who)
		}
	}
	t.WriteString("- **Present:** \n- **Regrets:** \n")
	if len(n.Carried) > 0 {
		t.WriteString("\n## Action review\n\n" + n.review())
	}
	for _, item := range n.Agenda {
		title := inline(item.Title)
		fmt.Fprintf(&t, "\n## %s\n\n[%s](%s)\n\n- **Decision:** \n", title, title, escaped(site.Relative(n.Dir, item.File.Path)))
	}
	fmt.Fprintf(&t, "\n## Actions\n\n- [ ] **Action A1** (@who, due %s): \n", n.Due)
	return t.String()
}

// review is a list of the actions that are carried over, each with a link to
// where it was agreed.
func (n Notes) review() string {
	var t strings.Builder
	for _, c := range n.Carried {
		name := strings.TrimSpace(c.Day().String() + " " + c.Item.ID)
		fmt.Fprintf(&t, "- [ ] [%s](%s#%s) still open: %s\n", name, escaped(site.Relative(n.Dir, c.Record.File.Path)), c.Anchor, inline(c.Text))
	}
	return t.String()
}

// A meeting is what a new meeting takes over from its series.
type meeting struct {
	day     date.Date
	values  Values
	carried []*site.Note
	agenda  []*site.Record
}

func (m *meeting) hasNotes() bool { return len(m.values) > 0 || len(m.agenda) > 0 }

// meeting completes the draft of a meeting with what its series has: the next
// day, a title like the last one, hour, place and chair, the actions that are
// open, and what waits for a decision of the group.
func (e *Editor) meeting(d *Draft) *meeting {
	m := &meeting{agenda: d.Agenda}
	if d.Series == "" {
		m.day = cmp.Or(d.Day, e.Site.Today)
		m.values = nil
		e.putAgenda(d, m)
		return m
	}
	var earlier []*site.Record
	if s := seriesNamed(e.Site, d.Series); s != nil {
		d.Series, earlier = s.Name, s.Records
	}
	if d.Day.IsZero() {
		d.Day = nextDay(earlier, e.Site.Today)
	}
	m.day = d.Day
	own := Values{{"series", []string{d.Series}}}
	if last := lastBefore(earlier, d.Day); last != nil {
		d.Title = cmp.Or(d.Title, titleLike(last, d.Series, d.Day))
		own = append(own, inherited(last, d.Day)...)
	}
	d.Title = cmp.Or(d.Title, d.Series+", "+d.Day.String())
	for _, r := range earlier {
		if _, day := r.Dated(); !day.IsZero() && day.Before(d.Day) {
			m.carried = append(m.carried, e.openActions(r)...)
		}
	}
	if d.Agenda == nil {
		m.agenda = e.waiting(d.Series, d.Day)
	}
	for _, v := range own {
		if _, given := d.Values.of(v.Field); !given {
			d.Values = append(d.Values, v)
		}
	}
	e.putAgenda(d, m)
	m.values = d.Values
	return m
}

// putAgenda names what is on the agenda in the front matter.
func (e *Editor) putAgenda(d *Draft, m *meeting) {
	if _, given := d.Values.of("agenda"); given || len(m.agenda) == 0 {
		return
	}
	dir := path.Dir(d.File)
	if d.File == "" {
		dir = e.folderOf(d.Kind, m.day)
	}
	var list []string
	for _, r := range m.agenda {
		list = append(list, site.Relative(dir, r.File.Path))
	}
	d.Values = append(d.Values, Value{"agenda", list})
}

// notes are the notes that the new meeting starts with.
func (m *meeting) notes(dir string) string {
	n := Notes{Dir: dir, Carried: m.carried, Agenda: m.agenda, Due: m.day.AddDays(7)}
	if v, ok := m.values.of("chair"); ok {
		n.Chair = handles(v.Texts)
	}
	if v, ok := m.values.of("scribe"); ok {
		n.Scribe = handles(v.Texts)
	}
	return n.Text()
}

// handles are persons of a front matter as notes name them.
func handles(written []string) string {
	list := make([]string, len(written))
	for i, w := range written {
		list[i] = w
		if !strings.ContainsAny(w, " @") {
			list[i] = "@" + w
		}
	}
	return strings.Join(list, ", ")
}

// nextDay is when a series meets next: as long after the last meeting as that
// was after the one before it.
func nextDay(earlier []*site.Record, today date.Date) date.Date {
	var days []date.Date
	for _, r := range earlier {
		if _, day := r.Dated(); !day.IsZero() {
			days = append(days, day)
		}
	}
	if len(days) < 2 {
		return today
	}
	last, before := days[len(days)-1], days[len(days)-2]
	step := last.Sub(before)
	if step <= 0 {
		return today
	}
	next := last.AddDays(step)
	for next.Before(today) {
		next = next.AddDays(step)
	}
	return next
}

// lastBefore is the last meeting before a day, else the last one that is there.
func lastBefore(earlier []*site.Record, day date.Date) *site.Record {
	var last *site.Record
	for _, r := range earlier {
		if _, on := r.Dated(); last == nil || !on.IsZero() && on.Before(day) {
			last = r
		}
	}
	return last
}

var writtenDay = regexp.MustCompile(`\d{4}-\d{2}-\d{2}|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}`)

// titleLike is the title of a meeting with another day in it.
func titleLike(last *site.Record, series string, day date.Date) string {
	written := writtenDay.FindString(last.Title)
	switch {
	case written == "":
		return series + ", " + day.String()
	case strings.Contains(written, " "):
		return strings.Replace(last.Title, written, fmt.Sprintf("%d %s %d", day.Day(), day.Month(), day.Year()), 1)
	}
	return strings.Replace(last.Title, written, day.String(), 1)
}

// inherited are the values of a meeting that the next one of its series mostly
// has, too.
func inherited(last *site.Record, day date.Date) Values {
	var values Values
	if w := last.Wall("start"); w.HasTime {
		w.Date = day
		values = append(values, Value{"start", []string{w.String()}})
	} else {
		values = append(values, Value{"start", []string{day.String()}})
	}
	for _, name := range []string{"timezone", "duration", "location", "chair", "event", "group"} {
		v, stated := last.Values.Of(name)
		if !stated || v.KeySpan.IsZero() || name == "event" && eventOver(last) {
			continue
		}
		var texts []string
		for _, item := range v.Items {
			texts = append(texts, item.Text)
		}
		values = append(values, Value{name, texts})
	}
	return values
}

func eventOver(r *site.Record) bool {
	return slices.ContainsFunc(r.Named("event"), func(event *site.Record) bool {
		return event.State != nil && (event.State.Phase == config.EndedPhase || event.State.Phase == config.DecidedPhase)
	})
}

// openActions are the actions of a meeting that nobody has closed.
func (e *Editor) openActions(r *site.Record) []*site.Note {
	var list []*site.Note
	for _, n := range r.Notes {
		if n.Kind == markdown.Action && n.State == site.Open && n.Anchor != "" && e.Site.Tracked(n) {
			list = append(list, n)
		}
	}
	return list
}

// waiting are the records that wait for a decision of the group that has the
// name of a series, those to be decided first at first. What will be decided
// before the day of the meeting is left out.
func (e *Editor) waiting(series string, day date.Date) []*site.Record {
	var list []*site.Record
	for _, r := range e.Site.Records {
		if by := r.Day("decide-by"); !by.IsZero() && by.Before(day) && !by.Before(e.Site.Today) {
			continue
		}
		if r.Kind.Field("decide-by") == nil || r.Phase() != config.OpenPhase || r.Index {
			continue
		}
		for _, field := range []string{"decision-makers", "group"} {
			if slices.ContainsFunc(r.People.Of(field), func(n site.Named) bool { return strings.EqualFold(n.Person.Handle, series) }) && !slices.Contains(list, r) {
				list = append(list, r)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *site.Record) int {
		x, y := a.Day("decide-by"), b.Day("decide-by")
		if x.IsZero() != y.IsZero() {
			return y.Compare(x)
		}
		return x.Compare(y)
	})
	return list
}

// addReview puts the actions that are carried over into a meeting made from the
// site's own template: below its heading for them, or at its end.
func (e *Editor) addReview(p string, m *meeting) {
	if len(m.carried) == 0 {
		return
	}
	review := strings.TrimSuffix(Notes{Dir: path.Dir(p), Carried: m.carried}.review(), "\n")
	if e.replaceSection(p, inSection(markdown.ActionReview), review) {
		return
	}
	data := e.data(p)
	gap := "\n"
	if !strings.HasSuffix(string(data), "\n") {
		gap = "\n\n"
	}
	end := source.Span{Start: len(data), End: len(data)}
	e.put(p, apply(data, splice{end, withNewlines(gap+"## Action review\n\n"+review+"\n", newline(data))}))
}
