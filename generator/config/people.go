package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"minutebook/generator/diag"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// PeopleFile is where the content folder lists people and groups.
const PeopleFile = "people.yaml"

// A Visibility is how much of a person the site shows.
type Visibility string

const (
	Named    Visibility = "name"     // the name as it is written
	Initials Visibility = "initials" // its first letters
	Hidden   Visibility = "hidden"   // nothing: "a participant"
)

// A Person is a person or a group of people.yaml.
type Person struct {
	Handle      string // names the person in documents
	Name        string
	Aliases     []string // other handles and names
	Affiliation string
	TimeZone    string // IANA name
	Links       []string
	Public      Visibility
	Group       bool
	Members     []string // handles, of a group
	Span        source.Span
}

// A Directory is what people.yaml says, sorted by handle. File is nil when there is
// no such file.
type Directory struct {
	File *source.File
	List []*Person
	Sum  source.Sum // identifies all that it says

	byName map[string]*Person
}

// Find returns the person that a handle, a name or an alias means, nil when
// there is none. Letter case and a leading "@" do not matter.
func (p *Directory) Find(name string) *Person { return p.byName[personKey(name)] }

func personKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(name), "@"))
}

// Hides reports whether a person is hidden.
func (p *Directory) Hides() bool {
	return slices.ContainsFunc(p.List, func(one *Person) bool { return one.Public == Hidden })
}

// Shields reports whether a person is not to be shown by name: hidden, or by
// initials only.
func (p *Directory) Shields() bool {
	return slices.ContainsFunc(p.List, func(one *Person) bool { return one.Public != Named })
}

// Handles are the handles that a message may suggest, sorted: a site shows its
// messages, and a handle tells who a person is that it does not name.
func (p *Directory) Handles() []string {
	var list []string
	for _, one := range p.List {
		if one.Public == Named {
			list = append(list, one.Handle)
		}
	}
	return list
}

// Untrusted is the directory of strangers: whom trusted does not show by name stays
// at least as hidden, by every name that either has, whoever is called so now.
func (p *Directory) Untrusted(trusted []*Person) *Directory {
	other := &Directory{File: p.File, List: slices.Clone(p.List), byName: map[string]*Person{}}
	maps.Copy(other.byName, p.byName)
	sum := slices.Clone(p.Sum[:])
	for _, was := range trusted {
		if was.Public == Named {
			continue
		}
		sum = fmt.Appendf(sum, "%q %q %q %q\n", was.Handle, was.Name, was.Aliases, was.Public)
		one := *was
		one.Span = source.Span{}
		i := slices.IndexFunc(other.List, func(now *Person) bool { return personKey(now.Handle) == personKey(was.Handle) })
		if i < 0 {
			other.List = append(other.List, &one)
		} else {
			one = *other.List[i]
			one.Aliases = slices.Concat(one.Aliases, []string{was.Name}, was.Aliases)
			if one.Public != Hidden {
				one.Public = was.Public
			}
			other.List[i] = &one
		}
		for _, name := range slices.Concat([]string{one.Handle, one.Name}, one.Aliases) {
			other.byName[personKey(name)] = &one
		}
	}
	slices.SortFunc(other.List, func(a, b *Person) int { return strings.Compare(a.Handle, b.Handle) })
	other.Sum = source.SumOf(sum)
	return other
}

// LoadPeople reads people.yaml of the content folder. What stands there and cannot
// be read is in the list with the code configuration, and so a site is not
// published that would name everybody. One handle may stand once
// among people and groups together; the first wins.
func LoadPeople(content *source.Tree) (*Directory, diag.List) {
	people := &Directory{File: content.File(PeopleFile), byName: map[string]*Person{}}
	l := loader{file: people.File}
	if people.File == nil {
		l.obstacle(content, PeopleFile, "nobody knows whom it hides")
		return people, l.problems
	}
	people.Sum = people.File.Sum
	l.each(l.decode(), PeopleFile, map[string]func(frontmatter.Entry){
		"people":     func(e frontmatter.Entry) { l.people(people, e.Value, false) },
		"groups":     func(e frontmatter.Entry) { l.people(people, e.Value, true) },
		"attendance": func(e frontmatter.Entry) { l.flag(e) },
	})
	slices.SortFunc(people.List, func(a, b *Person) int { return strings.Compare(a.Handle, b.Handle) })
	for _, p := range people.List {
		l.members(people, p)
	}
	return people, l.problems
}

func (l *loader) people(all *Directory, v frontmatter.Value, group bool) {
	for _, e := range l.fields(v) {
		p := &Person{Handle: strings.TrimPrefix(e.Key, "@"), Public: Named, Group: group, Span: e.KeySpan}
		l.person(p, e.Value)
		if p.Name == "" {
			p.Name = p.Handle
		}
		if other := all.byName[personKey(p.Handle)]; other != nil && personKey(other.Handle) == personKey(p.Handle) {
			l.problems.Add(diag.At(l.file, e.KeySpan, "duplicate-id", "%q is listed twice; people and groups share their names", e.Key).
				About(e.Key).See(l.file, other.Span))
			continue
		}
		all.List = append(all.List, p)
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			if _, taken := all.byName[personKey(name)]; !taken {
				all.byName[personKey(name)] = p
			}
		}
		all.byName[personKey(p.Handle)] = p
	}
}

func (l *loader) person(p *Person, v frontmatter.Value) {
	keys := map[string]func(frontmatter.Entry){
		"name":    func(e frontmatter.Entry) { p.Name = l.text(e) },
		"aliases": func(e frontmatter.Entry) { p.Aliases = l.list(e) },
		"links":   func(e frontmatter.Entry) { p.Links = l.list(e) },
	}
	if p.Group {
		keys["members"] = func(e frontmatter.Entry) { p.Members = l.list(e) }
	} else {
		keys["affiliation"] = func(e frontmatter.Entry) { p.Affiliation = l.text(e) }
		keys["timezone"] = func(e frontmatter.Entry) { p.TimeZone, _ = l.zone(e) }
		keys["public"] = func(e frontmatter.Entry) {
			p.Public = Visibility(l.oneOf(e, []string{string(Hidden), string(Named), string(Initials)}))
		}
	}
	l.each(v, PeopleFile, keys)
}

// members replaces what a group lists by the handles that it means.
func (l *loader) members(all *Directory, group *Person) {
	for i, name := range group.Members {
		if p := all.Find(name); p != nil {
			group.Members[i] = p.Handle
			continue
		}
		d := diag.At(l.file, group.Span, "unknown-person", "the group %s lists %q, who is not in %s", group.Handle, name, PeopleFile).About(group.Handle + " " + name)
		if near := diag.Nearest(name, all.Handles()); near != "" {
			d = d.WithHint("did you mean %q?", near)
		}
		l.problems.Add(d)
	}
}
