package edit

import (
	"fmt"
	"path"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// A Gap is something that the notes of a meeting lack.
type Gap struct {
	At   source.Position // in the file as edited; zero: anywhere in it
	What string
}

// Close says of a meeting that it took place, and lists what its notes lack.
// With the meeting at which its minutes were approved they are marked so.
func (e *Editor) Close(r *site.Record, approvedAt *site.Record) ([]Gap, error) {
	held := r.Kind.Status("held")
	if r.Kind.Name != "meeting" || held == nil {
		return nil, refuse("set its status with minutebook status", "%s is a %s, not a meeting", e.named(r.File.Path), strings.ToLower(r.Kind.Label))
	}
	_, day := r.Dated()
	switch s := r.Status.Known; {
	case s != nil && s.Phase == config.EndedPhase:
		return nil, refuse("set another status first if it took place all the same", "%s is %s", e.named(r.File.Path), r.Status.Text)
	case day.After(e.Site.Today):
		return nil, refuse("close it when it is over", "%s takes place on %s", e.named(r.File.Path), day)
	}
	p := r.File.Path
	if r.Status.Known != held {
		if err := e.Set(p, "status", held.Name); err != nil {
			return nil, err
		}
	}
	if err := e.minutes(r, approvedAt); err != nil {
		return nil, err
	}
	return e.gaps(r), nil
}

// minutes says of the minutes of a meeting that they are there, where a group
// says so at all, or that they were approved.
func (e *Editor) minutes(r, approvedAt *site.Record) error {
	p := r.File.Path
	if approvedAt == nil {
		if r.Text("minutes") == "none" && len(r.Notes) > 0 {
			return e.Set(p, "minutes", "draft")
		}
		return nil
	}
	if approvedAt.Kind != r.Kind || approvedAt == r {
		return refuse("", "%s is not another meeting", e.named(approvedAt.File.Path))
	}
	if err := e.Set(p, "minutes", "approved"); err != nil {
		return err
	}
	if refersTo(r, r.Kind.Field("approved-at"), approvedAt) {
		return nil
	}
	return e.Set(p, "approved-at", site.Relative(path.Dir(p), approvedAt.File.Path))
}

// gaps are what the notes of a meeting lack.
func (e *Editor) gaps(r *site.Record) []Gap {
	var list []Gap
	add := func(at source.Position, format string, args ...any) {
		list = append(list, Gap{at, fmt.Sprintf(format, args...)})
	}
	if len(r.Attended) == 0 && len(r.Items("attendees")) == 0 {
		add(source.Position{}, "nobody is listed as present: write ## Attendance and - **Present:** @…")
	}
	if len(r.Items("chair")) == 0 && !attendedAs(r, markdown.Chair) {
		add(source.Position{}, "who was in the chair is not said")
	}
	if !r.Body.NoDecisions && !hasKind(r, markdown.Decision, markdown.Action, markdown.Review) {
		add(source.Position{}, "no decision and no action is noted: write them, or write: No decisions.")
	}
	for _, n := range r.Carried {
		if !reviewed(r, n) {
			add(source.Position{}, "%s of %s is open and is not looked at: %s", noteName(n), e.named(n.Record.File.Path), n.Text)
		}
	}
	for _, item := range r.Named("agenda") {
		if !mentions(r, item) {
			add(source.Position{}, "%s is on the agenda and the notes do not mention it", e.named(item.File.Path))
		}
	}
	edited := e.document(r.File.Path)
	for i, n := range r.Notes {
		if what := lacks(n); what != "" {
			add(edited.File.Position(edited.Body.Items[i].Span.Start), "%s %s", noteName(n), what)
		}
	}
	return list
}

// lacks is what one note lacks; "" for nothing.
func lacks(n *site.Note) string {
	switch {
	case n.Kind == markdown.Action && n.State == site.Open && len(n.Owners) == 0 && !n.Nobody:
		return "has no owner: write (@anna, due …), or (nobody yet)"
	case n.Kind == markdown.Action && n.State == site.Open && n.Deadline.IsZero() && !n.Nobody:
		return "has no day by which it is done"
	case n.Kind == markdown.Question && n.State == site.Open && len(n.Owners) == 0 && n.AnswerBy.IsZero():
		return "is open, and nobody is asked to answer it by a day"
	case n.Kind == markdown.Feedback && len(n.Destinations) == 0 && n.State == site.Waiting:
		return "goes nowhere: write (to: an event)"
	}
	return ""
}

func attendedAs(r *site.Record, role markdown.Role) bool {
	for _, a := range r.Attended {
		if a.Role == role {
			return true
		}
	}
	return false
}

func hasKind(r *site.Record, kinds ...markdown.ItemKind) bool {
	for _, n := range r.Notes {
		for _, k := range kinds {
			if n.Kind == k {
				return true
			}
		}
	}
	return false
}

// reviewed reports whether the notes of a meeting say something of a note.
func reviewed(r *site.Record, n *site.Note) bool {
	for _, said := range n.Said {
		if said.Record == r {
			return true
		}
	}
	return false
}

// mentions reports whether the text of a record links to another.
func mentions(r, other *site.Record) bool {
	for _, t := range r.Targets {
		if t.Record == other {
			return true
		}
	}
	return false
}

// noteName is how messages call a note: Action A2, or by its kind.
func noteName(n *site.Note) string {
	kind := strings.ReplaceAll(string(n.Kind), "-", " ")
	kind = strings.ToUpper(kind[:1]) + kind[1:]
	if n.Item.ID != "" {
		return kind + " " + n.Item.ID
	}
	return kind + ` "` + n.Text + `"`
}
