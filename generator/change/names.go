package change

import (
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/site"
)

// names are how persons are called. Whom the site does not name after the change
// is not named, in texts from before the change either.
type names struct {
	after  map[string]*site.Person // by handle
	shield *site.Shield
}

func namesOf(before, after *site.Site) names {
	n := names{after: map[string]*site.Person{}}
	for _, p := range after.People {
		n.after[strings.ToLower(p.Handle)] = p
	}
	var people []*site.Person
	for _, p := range slices.Concat(after.People, before.People) {
		if p.Span.IsZero() {
			continue // people.yaml does not have them, and they may be called like those whom it has
		}
		now := n.now(p)
		as := config.Person{Handle: p.Handle, Name: p.Name, Aliases: p.Aliases, Public: now.Public}
		people = append(people, &site.Person{Person: &as, Shown: now.Shown})
	}
	n.shield = site.NewShield(people)
	return n
}

// now is a person as the site after the change has it, else as it was.
func (n names) now(p *site.Person) *site.Person {
	if now := n.after[strings.ToLower(p.Handle)]; now != nil {
		return now
	}
	return p
}

// of are the names that are printed for persons.
func (n names) of(people []*site.Person) []string {
	list := make([]string, len(people))
	for i, p := range people {
		list[i] = n.now(p).Shown
	}
	return list
}

// in is a text of a document without the names of persons who are not named.
func (n names) in(text string) string { return n.shield.In(text) }

// inAll is a list of problems whose texts name nobody who is not named.
func (n names) inAll(l diag.List) diag.List {
	l = slices.Clone(l)
	for i := range l {
		l[i].Message, l[i].Hint, l[i].Item = n.in(l[i].Message), n.in(l[i].Hint), n.in(l[i].Item)
	}
	return l
}
