package site

import (
	"slices"
	"strconv"

	"minutebook/generator/config"
	"minutebook/generator/privacy"
)

// A Shield knows what those are called whose names the site does not print, and
// what it calls them. The nil Shield is of a site that prints all names.
type Shield struct {
	people  []*Person
	numbers map[*config.Person]int
	names   privacy.Names // that count in texts
	words   privacy.Names // of those who are not shown by name all names and handles, common words too
}

// NewShield is a Shield for some of the persons that it is given. It is nil when
// all are shown by name.
//
// In texts a hidden person's names and aliases count as whole words, and the
// handle behind an "@", because it may be a common word; so does a name that is
// the handle. Initials are printed only in place of names of several words, and of
// what stands behind an "@".
func NewShield(people []*Person) *Shield {
	s := &Shield{people: people, numbers: make(map[*config.Person]int, len(people))}
	if !slices.ContainsFunc(people, (*Person).Shielded) {
		return nil
	}
	for _, of := range []config.Visibility{config.Hidden, config.Initials, config.Named} {
		for who, p := range people {
			s.numbers[p.Person] = who
			if p.Public == of {
				s.add(p, who)
			}
		}
	}
	return s
}

func (s *Shield) add(p *Person, who int) {
	if p.Public == config.Named {
		who = privacy.Public
	} else {
		s.words.Add(p.Handle, who)
	}
	s.names.AddHandle(p.Handle, who)
	for _, name := range append([]string{p.Name}, p.Aliases...) {
		if p.Shielded() {
			s.words.Add(name, who)
		}
		if p.Public == config.Hidden && name != p.Handle || privacy.Words(name) > 1 && name != p.Handle {
			s.names.Add(name, who)
		} else {
			s.names.AddHandle(name, who)
		}
	}
}

// Shielded reports whether the site does not print somebody's name.
func (p *Person) Shielded() bool { return p != nil && p.Public != config.Named }

// In is a text with what the site calls persons in place of names that it does
// not print.
func (s *Shield) In(text string) string {
	if s == nil {
		return text
	}
	return s.names.Replace(text, s.shown)
}

func (s *Shield) shown(who int) string { return s.people[who].Shown }

// anchor is what stands for a person in an id: initials may be those of several.
func anchor(who int) string { return "person-" + strconv.Itoa(who+1) }

// hides reports whether a match is the name of a person who is hidden.
func (s *Shield) hides(m privacy.Match) bool { return s.people[m.Who].Public == config.Hidden }

// hidden are the hidden persons whom a text names.
func (s *Shield) hidden(text string) (found []privacy.Match) {
	return slices.DeleteFunc(s.names.Find(text), func(m privacy.Match) bool { return !s.hides(m) })
}

// hiddenIn is hidden of HTML.
func (s *Shield) hiddenIn(html string) (found []privacy.Match) {
	return slices.DeleteFunc(s.names.FindMarkup(html), func(m privacy.Match) bool { return !s.hides(m) })
}
