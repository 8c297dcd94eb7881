package site

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
	"unique"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/markdown"
	"minutebook/generator/source"
)

// ParticipantName is what the site calls a person who is hidden, in English.
const ParticipantName = "a participant"

// A Person is a person or a group, as the site shows it.
type Person struct {
	*config.Person
	URL string // of the page; empty for one who has none
	// FeedURL and CalendarURL are of what happens with the person's documents,
	// and of what the person has to do; empty for one who has no page.
	FeedURL, CalendarURL string

	Shown   string // the name that is printed
	Members []*Person
	Groups  []*Person
	Roles   []Role  // in the order of the records
	Notes   []*Note // that are for the person or given by them, in the order of the records
	Asked   []*Note // questions that the person asks, likewise

	// Attended are the meetings that the person was at. It is kept only where
	// the configuration sets attendance.
	Attended []*Record
}

// A Role is a field of a record that names a person.
type Role struct {
	Field  *config.Field
	Record *Record
}

// A Named is a person in a record's field.
type Named struct {
	Person *Person
	Shown  string // the name that is printed
}

// Persons are the persons in the fields of a record, in the order of the kind's.
type Persons []FieldPersons

// FieldPersons are the persons in one field; one at the least.
type FieldPersons struct {
	Field string
	Named []Named
}

// Of are the persons in a field; none when it is not stated.
func (p Persons) Of(field string) []Named {
	for i := range p {
		if p[i].Field == field {
			return p[i].Named
		}
	}
	return nil
}

// namePersons makes the persons of people.yaml and those that front matters
// name, and notes where they are named.
func (l *linker) namePersons() {
	for _, p := range l.in.People.List {
		l.addPerson(p)
	}
	for _, r := range l.Records {
		stated := l.facts[r.number].Persons
		if len(stated) == 0 {
			continue
		}
		r.People = l.pieces.fields.take(len(stated))
		for i, f := range stated {
			r.People[i] = FieldPersons{f.Field.Name, l.namedIn(r, f)}
		}
	}
}

// addPeople gives the persons that are named anywhere their pages.
func (l *linker) addPeople() {
	slices.SortFunc(l.People, func(a, b *Person) int { return strings.Compare(a.Handle, b.Handle) })
	for _, p := range l.People {
		l.membersOf(p)
	}
	for _, p := range l.People {
		if p.Public != config.Named { // a page would tell who it is
			continue
		}
		p.URL, _ = l.addresses.claim("people/"+slugOr(p.Handle, "person")+".html", "the page of "+p.Handle)
	}
}

// Listed are the persons of the site as they were written.
func (s *Site) Listed() []*config.Person {
	list := make([]*config.Person, len(s.People))
	for i, p := range s.People {
		list[i] = p.Person
	}
	return list
}

func personKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(name), "@"))
}

func (l *linker) addPerson(p *config.Person) *Person {
	one := &Person{Person: p, Shown: l.shownName(p)}
	l.People = append(l.People, one)
	l.people[personKey(p.Handle)] = one
	return one
}

func (l *linker) membersOf(group *Person) {
	for _, handle := range group.Person.Members {
		if m := l.people[personKey(handle)]; m != nil && !slices.Contains(group.Members, m) {
			group.Members = append(group.Members, m)
			m.Groups = append(m.Groups, group)
		}
	}
}

func (l *linker) shownName(p *config.Person) string {
	shown := p.Name
	switch p.Public {
	case config.Hidden:
		shown = ""
	case config.Initials:
		shown = initials(p.Name)
	}
	if shown == "" && p.Public != config.Named {
		return l.Words.T(ParticipantName)
	}
	return shown
}

// initials are those of a name; "" when it has none.
func initials(name string) string {
	var b strings.Builder
	for _, word := range strings.Fields(name) {
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsLetter(r) {
			b.WriteRune(unicode.ToUpper(r))
			b.WriteByte('.')
		}
	}
	return b.String()
}

// namedIn finds the persons in a field of a record. Who is not in people.yaml
// is reported where there is such a file, and gets a page all the same.
func (l *linker) namedIn(r *Record, f document.PersonField) []Named {
	named := l.pieces.named.take(len(f.Names))
	for i, name := range f.Names {
		p := l.findPerson(name)
		if p == nil {
			if l.in.People.File != nil {
				l.unknownPerson(r, f.Items[i].Span, f.Field.Name, f.Items[i].Text)
			}
			p = l.addUnlisted(name.Value())
		}
		named[i] = Named{Person: p, Shown: p.Shown}
		p.Roles = append(p.Roles, Role{Field: f.Field, Record: r})
	}
	return named
}

// unknownPerson reports a name, in a field or in the note with an anchor, that
// the list of people does not have.
func (l *linker) unknownPerson(r *Record, span source.Span, where, name string) {
	what := where
	if r.Kind.Field(where) == nil {
		what = "this"
	}
	d := diag.At(r.In(where), span, "unknown-person", "%s names %q, who is not in %s", what, name, config.PeopleFile).About(where + " " + name)
	if near := diag.Nearest(name, l.in.People.Handles()); near != "" {
		d = d.WithHint("did you mean %s?", near)
	} else {
		d = d.WithHint("add the name to %s, or mend it here", config.PeopleFile)
	}
	l.problem(d)
}

// addUnlisted makes a person whom no list of people has. The name may have in it
// that of somebody who is not named.
func (l *linker) addUnlisted(n document.Name) *Person {
	n.Handle, n.Name = l.shield.In(n.Handle), l.shield.In(n.Name)
	return l.addPerson(&config.Person{Handle: n.Handle, Name: cmp.Or(n.Name, n.Handle), Public: config.Named})
}

// findPerson is the person that a name means; nil when nobody is known by it yet.
// The same names come again and again, so who was found is remembered.
func (l *linker) findPerson(name unique.Handle[document.Name]) *Person {
	p := l.found[name]
	if p == nil {
		if p = l.lookForPerson(name.Value()); p != nil {
			l.found[name] = p
		}
	}
	return p
}

func (l *linker) lookForPerson(n document.Name) *Person {
	for _, key := range []string{n.Handle, n.Name} {
		if key == "" {
			continue
		}
		if known := l.in.People.Find(key); known != nil {
			return l.people[personKey(known.Handle)]
		}
		if p := l.people[personKey(l.shield.In(key))]; p != nil {
			return p
		}
	}
	return nil
}

// slugOr is the slug of a name, or a word when nothing of the name is left.
func slugOr(name, word string) string {
	if s := markdown.Slug(name); strings.Trim(s, "-") != "" {
		return s
	}
	return word
}
