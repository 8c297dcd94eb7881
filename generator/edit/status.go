package edit

import (
	"fmt"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/site"
)

// A Transition is a move of a record from its status to another.
type Transition struct {
	Record *site.Record
	To     *config.Status
	Word   string // how the file names it: a community has its own words for some
}

// Transition finds the status that a word means for a record, and refuses a move
// that its kind does not have, unless forced: a slip must be mendable.
func (e *Editor) Transition(r *site.Record, word string, force bool) (Transition, error) {
	t := Transition{Record: r}
	if len(r.Kind.Statuses) == 0 {
		return t, refuse("", "a %s has no status", strings.ToLower(r.Kind.Label))
	}
	if t.To, t.Word = statusNamed(r.Kind, word); t.To == nil {
		hint := "there are " + strings.Join(statusNames(r.Kind), ", ")
		if near := diag.Nearest(word, statusNames(r.Kind)); near != "" {
			hint = "did you mean " + near + "?"
		}
		return t, refuse(hint, "%q is not a status of a %s", word, strings.ToLower(r.Kind.Label))
	}
	if from := r.Status.Known; !force && from != nil && from != t.To && hasLifecycle(r.Kind) && !slices.Contains(from.Moves, t.To.Name) {
		return t, refuse(possibleMoves(r), "%s is %s, which does not become %s", e.named(r.File.Path), r.Status.Text, t.Word)
	}
	return t, nil
}

// statusNamed is the status of a name, another word for it or a label, and the
// word that a file has for it.
func statusNamed(k *config.Kind, word string) (*config.Status, string) {
	if s := k.Status(word); s != nil {
		for _, alias := range s.Aliases {
			if config.NormalKey(alias) == config.NormalKey(word) && config.NormalKey(s.Name) != config.NormalKey(word) {
				return s, alias
			}
		}
		return s, s.Name
	}
	for _, s := range k.Statuses {
		if strings.EqualFold(s.Label, strings.TrimSpace(word)) {
			return s, s.Name
		}
	}
	return nil, ""
}

func statusNames(k *config.Kind) []string {
	var names []string
	for _, s := range k.Statuses {
		names = append(names, s.Name)
	}
	return names
}

func hasLifecycle(k *config.Kind) bool {
	return slices.ContainsFunc(k.Statuses, func(s *config.Status) bool { return len(s.Moves) > 0 })
}

// Moves are the statuses that may follow one: all of the kind's, where it leaves
// that free or the status is not known.
func Moves(k *config.Kind, from *config.Status) []*config.Status {
	var list []*config.Status
	for _, s := range k.Statuses {
		if s != from && (from == nil || !hasLifecycle(k) || slices.Contains(from.Moves, s.Name)) {
			list = append(list, s)
		}
	}
	return list
}

// possibleMoves says in a sentence what a record's status can become.
func possibleMoves(r *site.Record) string {
	var names []string
	for _, s := range Moves(r.Kind, r.Status.Known) {
		names = append(names, s.Name)
	}
	if len(names) == 0 {
		hint := "what is " + r.Status.Text + " stays so: write a new " + strings.ToLower(r.Kind.Label)
		if r.Kind.Field("supersedes") != nil {
			hint += ", with supersedes"
		}
		return hint
	}
	return "it can become " + strings.Join(names, ", ")
}

// A Need is a field that a status wants stated, or not stated.
type Need struct {
	Field   *config.Field
	Why     string
	Default string // that may be offered; empty: none
	Remove  bool   // the field must go
}

// Needs are the fields that a record lacks for a status, and those that it may
// not have then, once the given values are set.
func (e *Editor) Needs(t Transition, values Values) []Need {
	var list []Need
	for _, name := range t.To.Needs {
		if f := t.Record.Kind.Field(name); f != nil && !states(t.Record, values, name) && !related(t.Record, name) {
			list = append(list, Need{Field: f, Why: "the status " + t.Word + " needs it", Default: e.suggested(f)})
		}
	}
	if f := t.Record.Kind.Field("outcome"); f != nil && (t.To.Name == "accepted" || t.To.Name == "rejected") && !tells(t.Record, values) {
		list = append(list, Need{Field: f, Why: "one sentence that says what was decided; decision=FILE names the record or the notes that say it instead"})
	}
	for _, name := range t.To.Forbids {
		v, stated := t.Record.Values.Of(name)
		if _, given := values.of(name); stated && !v.KeySpan.IsZero() && !given {
			list = append(list, Need{Field: v.Field, Why: "it does not go with the status " + t.Word, Remove: true})
		}
	}
	return list
}

// states reports whether a record says something for a field, or will.
func states(r *site.Record, values Values, field string) bool {
	if v, given := values.of(field); given {
		return len(v.Texts) > 0
	}
	return len(r.Items(field)) > 0
}

// tells reports whether anything says how a record was decided: a sentence, the
// record of the decision, or the notes of a meeting.
func tells(r *site.Record, values Values) bool {
	related := slices.ContainsFunc(r.Relations, func(rel site.Relation) bool {
		return rel.To != nil && rel.Field != nil && (rel.Field.Name == "decided-in" ||
			rel.Field.Name == "decision" && (rel.To.Kind.Field("decision-makers") == nil || rel.To.Kind.Decided(rel.To.State)))
	})
	return states(r, values, "outcome") || states(r, values, "decision") || related || len(r.Minuted) > 0
}

// related reports whether another record says what a field would: that it replaces
// this one, for superseded-by.
func related(r *site.Record, field string) bool {
	return slices.ContainsFunc(r.Relations, func(rel site.Relation) bool {
		return rel.Field != nil && rel.Field.Name == field
	})
}

// Days ahead that are offered for what waits.
const (
	decideDays = 14
	reviewDays = 90
)

// suggested is a value that may be offered for a field.
func (e *Editor) suggested(f *config.Field) string {
	switch {
	case f.Name == "decide-by":
		return e.Site.Today.AddDays(decideDays).String()
	case f.Name == "review-by":
		return e.Site.Today.AddDays(reviewDays).String()
	case f.Type == config.Date:
		return e.Site.Today.String()
	}
	return ""
}

// NeedsError says what a status needs and the command was not given.
type NeedsError struct {
	Status string
	Needs  []Need
}

func (e *NeedsError) Error() string {
	var parts []string
	for _, n := range e.Needs {
		if n.Remove {
			parts = append(parts, fmt.Sprintf("%s must go (%s): --set %s=", n.Field.Name, n.Why, n.Field.Name))
			continue
		}
		parts = append(parts, fmt.Sprintf("%s is missing (%s): --set %s=…", n.Field.Name, n.Why, n.Field.Name))
	}
	return "nothing was changed: " + strings.Join(parts, "; ")
}

// SetStatus makes a move, and sets the values that come with it. The day of a
// decision is filled in where it is not stated. A move that lacks something is a
// [NeedsError].
func (e *Editor) SetStatus(t Transition, values Values) error {
	if needs := e.Needs(t, values); len(needs) > 0 {
		return &NeedsError{t.Word, needs}
	}
	p := t.Record.File.Path
	all := Values{}
	if t.Record.Status.Known != t.To || t.Record.Status.Text == "" {
		all = append(all, Value{"status", []string{t.Word}})
	}
	if field, day := e.dayOfDecision(t, values); field != "" {
		all = append(all, Value{field, []string{day.String()}})
	}
	return e.setAll(p, append(all, values...))
}

// dayOfDecision is the field that holds the day of a decision that is made now:
// decided where a kind has it, else date, which is when a record was changed
// last.
func (e *Editor) dayOfDecision(t Transition, values Values) (string, date.Date) {
	k := t.Record.Kind
	if t.Record.Status.Known == t.To || !k.Decided(t.To) || k.Field("decision-makers") == nil {
		return "", date.Date{}
	}
	if k.Field("decided") != nil {
		if t.To.Phase != config.DecidedPhase || states(t.Record, values, "decided") || slices.Contains(t.To.Forbids, "decided") {
			return "", date.Date{}
		}
		return "decided", e.Site.Today
	}
	if f := k.Field("date"); f != nil && f.Name == "date" && f.Type == config.Date {
		if _, given := values.of("date"); !given {
			return "date", e.Site.Today
		}
	}
	return "", date.Date{}
}

// Supersede makes one record replace another: both say so, and the old one is
// superseded once the new one holds.
func (e *Editor) Supersede(old, by *site.Record, force bool) error {
	switch {
	case old == by:
		return refuse("", "%s cannot replace itself", e.named(old.File.Path))
	case old.Kind != by.Kind:
		return refuse("", "%s is a %s and %s a %s", e.named(old.File.Path), strings.ToLower(old.Kind.Label), e.named(by.File.Path), strings.ToLower(by.Kind.Label))
	case old.Kind.Field("supersedes") == nil:
		return refuse("", "a %s replaces no other", strings.ToLower(old.Kind.Label))
	case reaches(by, old, "superseded-by", map[*site.Record]bool{}):
		return refuse("take it out of superseded-by there first", "%s is itself replaced by %s", e.named(by.File.Path), e.named(old.File.Path))
	}
	if err := e.refer(by, "supersedes", old); err != nil {
		return err
	}
	if err := e.refer(old, "superseded-by", by); err != nil {
		return err
	}
	to := old.Kind.Status("superseded")
	if to == nil || old.Status.Known == to || by.Status.Known == nil || by.Status.Known.Phase != config.DecidedPhase || by.Status.Known.Name == "rejected" {
		return nil
	}
	t, err := e.Transition(old, "superseded", force)
	if err != nil {
		return err
	}
	return e.Set(old.File.Path, "status", t.Word)
}

// reaches reports whether a record leads to another along a field.
func reaches(from, to *site.Record, field string, seen map[*site.Record]bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	return slices.ContainsFunc(from.Relations, func(rel site.Relation) bool {
		return rel.Field != nil && rel.Field.Name == field && rel.To != nil && (rel.To == to || reaches(rel.To, to, field, seen))
	})
}

// refer makes a record name another in a field, unless it does so already.
func (e *Editor) refer(from *site.Record, field string, to *site.Record) error {
	if f := from.Kind.Field(field); refersTo(from, f, to) {
		return nil
	}
	return e.Add(from.File.Path, field, to.ID)
}
