package change

import (
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/site"
)

// names are how persons are called. Whom the site hides after the change is
// named nowhere, in texts from before the change either.
type names struct {
	after  map[string]*site.Person // by handle
	hidden *regexp.Regexp          // nil: nobody is
}

func namesOf(before, after *site.Site) names {
	n := names{after: map[string]*site.Person{}}
	for _, p := range after.People {
		n.after[strings.ToLower(p.Handle)] = p
	}
	var words []string
	for _, p := range slices.Concat(before.People, after.People) {
		if n.now(p).Public != config.Hidden {
			continue
		}
		words = append(words, "@?"+regexp.QuoteMeta(p.Name), "@"+regexp.QuoteMeta(p.Handle))
		for _, alias := range p.Aliases {
			words = append(words, "@?"+regexp.QuoteMeta(alias))
		}
	}
	if len(words) > 0 {
		slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) }) // "Anna Example" before "Anna"
		n.hidden = regexp.MustCompile(`(?i)` + strings.Join(words, "|"))
	}
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

// in is a text of a document without the names of hidden persons.
func (n names) in(text string) string {
	if n.hidden == nil {
		return text
	}
	return n.hidden.ReplaceAllLiteralString(text, site.ParticipantName)
}

// inAll is a list of problems whose texts do not name hidden persons.
func (n names) inAll(l diag.List) diag.List {
	l = slices.Clone(l)
	for i := range l {
		l[i].Message, l[i].Hint, l[i].Item = n.in(l[i].Message), n.in(l[i].Hint), n.in(l[i].Item)
	}
	return l
}
