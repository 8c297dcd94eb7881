package cli

import (
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"text/tabwriter"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/markdown"
	"minutebook/generator/model"
	"minutebook/generator/site"
)

// What is listed is printed by --json: the lists of model.json that were asked
// for.
type listed struct {
	Schema  int            `json:"schema"`
	Today   string         `json:"today"`
	Records []model.Record `json:"records,omitzero"`
	Notes   []model.Note   `json:"notes,omitzero"`
	People  []model.Person `json:"people,omitzero"`
	Topics  []model.Topic  `json:"topics,omitzero"`
}

// A table is rows of cells under headings. What may be long stands last, so that
// nothing is padded for it.
type table struct {
	headings []string
	rows     [][]string
}

// print prints what fits a filter.
func (l *listing) print(f filter) error {
	m := model.Of(l.site, nil).WithFound()
	out := listed{Schema: model.Schema, Today: l.site.Today.String()}
	var t table
	switch {
	case l.what.notes != nil:
		notes := l.notes(f)
		out.Notes, t = objects(notes, m.Note), l.noteTable(notes)
	case l.what.name == "topics":
		out.Topics, t = objects(l.site.Topics, m.Topic), topicTable(l.site.Topics)
	case l.what.name == "people":
		people := slices.Collect(all(l.site.People, func(p *site.Person) bool { return p.Public != config.Hidden }))
		out.People, t = objects(people, m.Person), peopleTable(people)
	default:
		records := l.records(f)
		out.Records, t = objects(records, m.Record), l.recordTable(records)
		if l.minuted {
			minuted := slices.Collect(all(l.site.Notes(markdown.Decision), f.note))
			out.Notes = objects(minuted, m.Note)
			l.addMinuted(&t, minuted)
		}
	}
	if len(t.rows) == 0 {
		fmt.Fprintln(l.env.Stderr, l.nothing())
	}
	if l.json {
		return world(diag.WriteJSON(l.env.Stdout, out))
	}
	return world(t.print(l.env.Stdout))
}

// nothing says that the list is empty, and whether a filter made it so.
func (l *listing) nothing() string {
	text := "no " + l.what.name
	if l.wishes.first() != "" {
		text += " fit all filters"
	}
	return text
}

// objects is never nil: a list that was asked for is printed.
func objects[From, To any](list []From, object func(From) To) []To {
	out := make([]To, 0, len(list))
	for _, one := range list {
		out = append(out, object(one))
	}
	return out
}

func all[T any](list []T, fits func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, one := range list {
			if fits(one) && !yield(one) {
				return
			}
		}
	}
}

// records are the documents that fit, by day.
func (l *listing) records(f filter) []*site.Record {
	list := slices.Collect(all(l.what.records(l.site), f.record))
	slices.SortStableFunc(list, func(a, b *site.Record) int { return undatedLast(dayOf(a), dayOf(b)) })
	return list
}

// notes are the notes that fit, by the day on which they are due. Of actions,
// only those that nobody has taken are a call for help.
func (l *listing) notes(f filter) []*site.Note {
	var list []*site.Note
	for _, kind := range l.what.notes {
		for n := range all(l.site.Notes(kind), f.note) {
			if l.what.name != "help" || kind != markdown.Action || n.Nobody && len(n.Owners) == 0 {
				list = append(list, n)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *site.Note) int { return undatedLast(l.dayOfNote(a), l.dayOfNote(b)) })
	return list
}

func dayOf(r *site.Record) date.Date {
	_, day := r.Dated()
	return day
}

// dayOfNote is the day that a note is listed by: when it is due, where that is
// what the list is about.
func (l *listing) dayOfNote(n *site.Note) date.Date {
	if l.what.name == "actions" || l.what.name == "questions" {
		return n.Deadline
	}
	return n.Day()
}

func undatedLast(a, b date.Date) int {
	if a.IsZero() != b.IsZero() {
		return b.Compare(a)
	}
	return a.Compare(b)
}

// recordTable has an additional column where there are several kinds.
func (l *listing) recordTable(records []*site.Record) table {
	t := table{headings: []string{"DATE", "DOCUMENT", "STATUS", "TITLE"}}
	if l.what.kind == "" {
		t.headings = slices.Insert(t.headings, 1, "KIND")
	}
	for _, r := range records {
		name := r.Text("id")
		if name == "" {
			name = l.pathOf(r)
		}
		status := r.Status.Text
		if r.State != nil {
			status = r.State.Name
		}
		row := []string{dayOf(r).String(), name, status, r.Title}
		if l.what.kind == "" {
			row = slices.Insert(row, 1, r.Kind.Name)
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// addMinuted adds decisions that stand in notes to a table of records, by day.
func (l *listing) addMinuted(t *table, notes []*site.Note) {
	for _, n := range notes {
		t.rows = append(t.rows, []string{n.Day().String(), l.place(n), "minuted", n.Text})
	}
	slices.SortStableFunc(t.rows, func(a, b []string) int {
		if (a[0] == "") != (b[0] == "") {
			return strings.Compare(b[0], a[0])
		}
		return strings.Compare(a[0], b[0])
	})
}

// noteTable has the columns that notes of a kind fill.
func (l *listing) noteTable(notes []*site.Note) table {
	heading := map[string][]string{
		"actions": {"DUE", "OWNER"}, "questions": {"DUE"}, "feedback": {"DATE", "TO", "TOPIC"}, "help": {"DATE", "KIND", "OWNER"},
	}[l.what.name]
	t := table{headings: append(heading, "STATE", "PLACE", "TEXT")}
	for _, n := range notes {
		row := []string{l.dayOfNote(n).String()}
		switch l.what.name {
		case "actions":
			row = append(row, owners(n))
		case "feedback":
			row = append(row, destinations(n), topicName(n))
		case "help":
			row = append(row, string(n.Kind), owners(n))
		}
		state := string(n.State)
		if l.site.Overdue(n) {
			state = "overdue"
		}
		t.rows = append(t.rows, append(row, state, l.place(n), n.Text))
	}
	return t
}

func owners(n *site.Note) string {
	var list []string
	for _, p := range n.Owners {
		list = append(list, handle(p))
	}
	if len(list) == 0 && n.Nobody {
		return "nobody yet"
	}
	return strings.Join(list, ", ")
}

// handle is how a table names a person: by the handle, where that may be told.
func handle(p *site.Person) string {
	if p.Public != config.Named {
		return p.Shown
	}
	return "@" + p.Handle
}

func destinations(n *site.Note) string {
	var list []string
	for _, r := range n.Destinations {
		list = append(list, r.ID)
	}
	return strings.Join(list, ", ")
}

func topicName(n *site.Note) string {
	if n.Topic == nil {
		return ""
	}
	return n.Topic.Name
}

func topicTable(topics []*site.Topic) table {
	t := table{headings: []string{"DOCUMENTS", "NOTES", "TOPIC"}}
	for _, topic := range topics {
		t.rows = append(t.rows, []string{fmt.Sprint(len(topic.Records)), fmt.Sprint(len(topic.Notes)), topic.Name})
	}
	return t
}

func peopleTable(people []*site.Person) table {
	t := table{headings: []string{"HANDLE", "WHAT", "MEMBERS", "NAME"}}
	for _, p := range people {
		row := []string{"", "person", "", p.Shown}
		if p.Public == config.Named {
			row[0] = "@" + p.Handle
		}
		if p.Group {
			row[1], row[2] = "group", fmt.Sprint(len(p.Members))
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// pathOf is the path of a document from the working directory.
func (l *listing) pathOf(r *site.Record) string {
	return path.Join(l.shown(l.content), r.File.Path)
}

// place is where a note stands, as editors open it.
func (l *listing) place(n *site.Note) string {
	return fmt.Sprintf("%s:%d", l.pathOf(n.Record), model.Line(n))
}

// print aligns the columns by characters. A cell with nothing in it is "-", so
// that every row has the same number.
func (t table) print(w io.Writer) error {
	if len(t.rows) == 0 {
		return nil
	}
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{t.headings}, t.rows...) {
		for i, cell := range row {
			if cell = strings.TrimSpace(diag.Printable(cell)); cell == "" {
				cell = "-"
			}
			row[i] = cell
		}
		fmt.Fprintln(out, strings.Join(row, "\t"))
	}
	return out.Flush()
}
