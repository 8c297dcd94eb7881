package site

import (
	"path"
	"slices"
	"strings"
	"sync"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/source"
)

// A Relation is a typed connection that a front matter states.
type Relation struct {
	Label    string // what the page of the record calls it: Replaces
	Field    *config.Field
	Stated   bool // by this record; else another record's field says it
	To       *Record
	Fragment string // the part of To that is meant, as its HTML names it; mostly empty
	Outside  string // an address that is not of the site, when To is nil
	Text     string // as written, for what is not a record
}

// indexIDs notes each kind's documents by id, and reports ids that two have.
// Plain pages have no ids: every folder may have a guide.md.
func (l *linker) indexIDs() {
	counts := map[string]int{} // of documents, by kind
	for _, r := range l.Records {
		counts[r.Kind.Name]++
	}
	for kind, n := range counts {
		l.byID[kind] = make(map[string]*Record, 2*n) // most show another id than that of their file
	}
	for _, r := range l.Records {
		if r.Index {
			continue
		}
		ids, facts := l.byID[r.Kind.Name], &l.facts[r.number]
		l.claimID(ids, r, facts.IDs.Own, r.ID, source.Span{})
		if shown := facts.ID; shown != nil && (!shown.Span.IsZero() || ids[facts.IDs.Shown] == nil) {
			// One that is taken from the path is no claim: files may share a number.
			l.claimID(ids, r, facts.IDs.Shown, shown.Text, shown.Span)
		}
	}
}

// claimID notes a document by an id, with its key in lower case.
func (l *linker) claimID(ids map[string]*Record, r *Record, key, id string, span source.Span) {
	other := ids[key]
	if other == nil || other == r {
		ids[key] = r
		return
	}
	if r.Kind == l.in.Config.Page() {
		return
	}
	l.problem(diag.At(r.File, span, "duplicate-id", "the %s id %q is also that of %s", strings.ToLower(r.Kind.Label), id, other.File.Path).
		About(id).See(other.File, source.Span{}).WithHint("rename one of the two, or give it another id"))
}

// relations notes what the fields of documents refer to, and derives what the
// other side's page says.
func (l *linker) relations() {
	for i, r := range l.Records {
		found := l.referred[i]
		for _, f := range l.facts[i].References {
			for j := range f.Items {
				l.relate(r, f.Field, f.Items[j], found[j])
			}
			found = found[len(f.Items):]
		}
	}
	for _, r := range l.Records {
		l.agree(r)
	}
}

// states finds what the records are on the build's day.
func (l *linker) states() {
	l.each(func(r *Record) {
		r.Successor = successor(r)
		r.State = l.state(r)
		r.ahead, r.briefed = l.isAhead(r), l.isBriefed(r)
	})
}

func (l *linker) relate(r *Record, f *config.Field, item document.Item, found referred) {
	to, fragment := found.to, found.fragment
	if to == nil {
		r.Relations = append(r.Relations, Relation{Label: f.Relation, Field: f, Stated: true, Outside: found.outside, Text: item.Text})
		if found.outside == "" {
			l.unknownReference(r, f, item)
		}
		return
	}
	part := ""
	if fragment != "" {
		var ok bool
		if part, ok = anchorOf(to, fragment); !ok {
			l.brokenAnchor(diag.At(r.In(f.Name), item.Span, "broken-anchor", "no part of %s is named %q", quotedPath(to.File.Path), "#"+fragment).About(f.Name), to, fragment)
		}
	}
	r.addRelation(Relation{Label: f.Relation, Field: f, Stated: true, To: to, Fragment: part})
	if to != r && f.Inverse != "" {
		back := Relation{Label: f.Inverse, Field: opposite(to, f), To: r}
		if back.Field != nil {
			back.Label = back.Field.Relation
		}
		to.addRelation(back)
	}
}

func opposite(to *Record, f *config.Field) *config.Field {
	if f.Opposite == "" {
		return nil
	}
	return to.Kind.Field(f.Opposite)
}

// addRelation adds a relation unless it is there, from either side.
func (r *Record) addRelation(one Relation) {
	for i, has := range r.Relations {
		if has.To == one.To && has.Label == one.Label && has.To != nil {
			r.Relations[i].Stated = has.Stated || one.Stated
			return
		}
	}
	r.Relations = append(r.Relations, one)
}

// eventField is what a note's "to:" is like.
var eventField = &config.Field{Name: "to", Kind: "event"}

// refer finds the record that a front matter names: by its path, as a Markdown
// link, by its id or display id, or by the number that its file's name begins
// with. An address of another site is outside.
func (l *linker) refer(from *Record, f *config.Field, text string) (to *Record, outside, fragment string) {
	text = strings.TrimSpace(text)
	label := text
	if open := strings.Index(text, "]("); open > 0 && strings.HasSuffix(text, ")") {
		label, text = strings.TrimPrefix(text[:open], "["), text[open+2:len(text)-1]
	}
	if hasScheme(text) && !strings.Contains(text, " ") {
		if t := l.elsewhere(text); t.Record != nil {
			return t.Record, "", t.Fragment
		}
		return nil, text, ""
	}
	rest, fragment, _ := strings.Cut(text, "#")
	if p := unescaped(rest); source.IsMarkdown(p) || strings.Contains(p, "/") {
		for _, dir := range []string{from.Facts.Dir, "."} {
			if r := l.byPath[path.Join(dir, strings.TrimPrefix(p, "/"))]; r != nil {
				return r, "", fragment
			}
		}
		if t, _ := l.target(from, text); t.Record != nil && rest != "" {
			return t.Record, "", fragment
		}
	}
	for _, name := range []string{rest, label} {
		if r := l.named(from, f, strings.TrimSuffix(name, path.Ext(name))); r != nil {
			return r, "", fragment
		}
		if r := l.named(from, f, name); r != nil {
			return r, "", fragment
		}
	}
	return nil, "", ""
}

// named finds a record by id: of the kind that the field refers to, else of the
// document's own kind, else of any kind where only one has it.
func (l *linker) named(from *Record, f *config.Field, id string) *Record {
	id = strings.ToLower(strings.TrimSpace(id))
	kinds := []string{f.Kind}
	if f.Kind == "" {
		kinds = []string{from.Kind.Name}
	}
	for _, k := range kinds {
		if r := l.byID[k][id]; r != nil {
			return r
		}
		if r := l.numberedRecord(k, id); r != nil {
			return r
		}
	}
	if f.Kind != "" {
		return nil
	}
	var only *Record
	for _, k := range l.in.Config.Kinds {
		if r := l.byID[k.Name][id]; r != nil {
			if only != nil {
				return nil
			}
			only = r
		}
	}
	return only
}

// numberedRecord finds 0012-title.md by ADR-0012, ADR-12 or 12, and eip-20.md
// by 20: what numbered collections are referred to by. Nil when several fit.
func (l *linker) numberedRecord(kind, id string) *Record {
	number := trailingNumber(id)
	if number == "" {
		return nil
	}
	numbers := l.byNumber[kind]
	if numbers == nil {
		return nil
	}
	return numbers()[number]
}

// indexNumbers prepares the look-up of records by numbers, kind by kind.
func (l *linker) indexNumbers() {
	l.byNumber = map[string]func() map[string]*Record{}
	for _, k := range l.in.Config.Kinds {
		l.byNumber[k.Name] = sync.OnceValue(func() map[string]*Record { return numbered(l.byKind[k]) })
	}
}

// numbered are records by the number in their file's name; a number that two
// have leads to none.
func numbered(records []*Record) map[string]*Record {
	n := map[string]*Record{}
	for _, r := range records {
		number := fileNumber(r.ID)
		if _, twice := n[number]; twice {
			n[number] = nil
			continue
		}
		n[number] = r
	}
	delete(n, "")
	return n
}

// fileNumber is the number of a file named 0012-title or eip-20, without
// leading zeros. A date is no number.
func fileNumber(id string) string {
	digits := id
	if i := strings.IndexByte(id, '-'); i > 0 && isNumber(id[:i]) {
		if rest := id[i+1:]; len(rest) > 2 && isNumber(rest[:2]) && rest[2] == '-' {
			return ""
		}
		digits = id[:i]
	}
	return trailingNumber(strings.ToLower(digits))
}

// trailingNumber is the number that an identifier such as adr-0012, 0012 or 12
// ends with, without leading zeros; "" for anything else.
func trailingNumber(id string) string {
	i := strings.LastIndexAny(id, "- ") + 1
	code, digits := strings.TrimRight(id[:i], "- "), id[i:]
	if !isNumber(digits) || len(code) > 6 || strings.ContainsFunc(code, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return ""
	}
	if short := strings.TrimLeft(digits, "0"); short != "" {
		return short
	}
	return "0"
}

func isNumber(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func (l *linker) unknownReference(r *Record, f *config.Field, item document.Item) {
	what := "document"
	if f.Kind != "" {
		what = f.Kind
	}
	d := diag.At(r.In(f.Name), item.Span, "broken-reference", "%s names %q, and there is no such %s", f.Name, item.Text, what).About(f.Name)
	if v, _ := r.Values.Of(f.Name); v.From.Guessed() {
		d.Severity = diag.Warning
	}
	var ids []string
	for id := range l.byID[f.Kind] {
		ids = append(ids, id)
	}
	if near := diag.Nearest(item.Text, ids); near != "" {
		d = d.WithHint("did you mean %s?", near)
	} else if near := l.nearestPath(r, item.Text); near != "" && strings.Contains(item.Text, ".") {
		d = d.WithHint("did you mean %s?", Relative(path.Dir(r.File.Path), near))
	} else {
		d = d.WithHint("write the name of its file without .md, or add the %s", what)
	}
	l.problem(d)
}

// agree reports a record that another refers to and that states the opposite
// field itself, but without the other: A replaces B, and B says C replaces it.
func (l *linker) agree(r *Record) {
	for _, rel := range r.Relations {
		if rel.Stated || rel.Field == nil {
			continue
		}
		own, stated := r.Values.Of(rel.Field.Name)
		if !stated {
			continue
		}
		l.problem(diag.At(r.In(rel.Field.Name), own.Span, "relation-conflict", "%s names this document in %s, but %s here does not name %s", rel.To.File.Path, rel.Field.Opposite, rel.Field.Name, rel.To.ID).
			About(rel.Field.Name+" "+rel.To.ID).See(rel.To.File, source.Span{}).
			WithHint("add %s to %s, or change the other document", rel.To.ID, rel.Field.Name))
	}
}

// successor is the record that replaces r. A record that is only proposed
// retires nothing, unless r itself says that it is replaced.
func successor(r *Record) *Record {
	says := r.Status.Known != nil && r.Status.Known.Name == "superseded"
	i := slices.IndexFunc(r.Relations, func(rel Relation) bool {
		if rel.To == nil || rel.Field == nil || rel.Field.Name != "superseded-by" {
			return false
		}
		s := rel.To.Status.Known
		return says || s != nil && s.Phase == config.DecidedPhase && s.Name == "accepted"
	})
	if i < 0 {
		return nil
	}
	return r.Relations[i].To
}
