package site

import (
	"cmp"
	"slices"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/markdown"
)

// An Attendee is somebody in the list of who was at a meeting.
type Attendee struct {
	*markdown.Attendee
	Person *Person // nil for somebody of whom nothing else is known
}

// attendance finds who was at the meetings. Nobody gets a page for having been
// at one.
func (l *linker) attendance() {
	for _, r := range l.Records {
		names := l.facts[r.number].Attendance
		if len(names) == 0 {
			continue
		}
		r.Attended = make([]Attendee, len(names))
		for i := range names {
			a := &r.Body.Attendance[i]
			p := l.findPerson(names[i])
			r.Attended[i] = Attendee{a, p}
			if p == nil || !l.Config.Attendance || a.Role == markdown.Regrets || a.Role == markdown.Invited {
				continue
			}
			if n := len(p.Attended); n == 0 || p.Attended[n-1] != r {
				p.Attended = append(p.Attended, r)
			}
		}
	}
}

// series relates the records of one series to those before and after them, by
// day and time, and carries open actions over to the meeting after their own and
// to the next one ahead.
func (l *linker) series() {
	bySeries := map[string][]*Record{}
	var names []string
	for _, r := range l.Records {
		if name := l.facts[r.number].Series; name != "" {
			if bySeries[name] == nil {
				names = append(names, name)
			}
			bySeries[name] = append(bySeries[name], r)
		}
	}
	for _, name := range names {
		list := bySeries[name]
		byStart(list)
		for i := 1; i < len(list); i++ {
			list[i].Previous, list[i-1].Next = list[i-1], list[i]
		}
		l.carry(list)
		one := &Series{Name: name, Records: list}
		l.Series = append(l.Series, one)
		for _, r := range list {
			r.Series = one
		}
	}
}

// byStart sorts records by the day that dates them and the time they start; those
// without a day come last. What it goes by is read once for each.
func byStart(list []*Record) {
	type started struct {
		record *Record
		day    date.Date
		at     date.Wall
	}
	all := make([]started, len(list))
	for i, r := range list {
		_, day := r.Dated()
		all[i] = started{r, day, r.Wall("start")}
	}
	slices.SortFunc(all, func(x, y started) int {
		if x.day.IsZero() != y.day.IsZero() {
			return cmp.Compare(y.day.Year(), x.day.Year())
		}
		return cmp.Or(x.day.Compare(y.day), cmp.Compare(x.at.Hour, y.at.Hour), cmp.Compare(x.at.Minute, y.at.Minute),
			cmp.Compare(x.record.number, y.record.number))
	})
	for i := range all {
		list[i] = all[i].record
	}
}

// carry gives the meetings of a series the actions that earlier ones left open.
// An old action is not repeated on every meeting since: it stands on the one
// after its own, and on the next one ahead. A meeting that was cancelled could
// look at none.
func (l *linker) carry(list []*Record) {
	var all, fresh []*Note // open actions so far; of those, what no meeting since looked at
	ahead := false
	for _, r := range list {
		if r.Phase() != config.EndedPhase {
			r.Carried, fresh = fresh, nil
			if !ahead && !l.Over(r) && !r.Day("start").IsZero() {
				ahead = true
				r.Carried = slices.Clone(all)
			}
		}
		own := l.openActions(r)
		all, fresh = append(all, own...), append(fresh, own...)
	}
}

func (l *linker) openActions(r *Record) []*Note {
	var list []*Note
	for _, n := range r.Notes {
		if n.Kind == markdown.Action && n.State == Open && l.Tracked(n) {
			list = append(list, n)
		}
	}
	return list
}
