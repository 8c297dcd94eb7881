package emit

import (
	"fmt"
	"slices"

	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// people makes the index of people and groups and the page of each that has
// one.
func people(b *Builder) []Job {
	if len(b.Site.People) == 0 {
		return nil
	}
	jobs := []Job{page(site.PeopleURL, "list", func() any {
		p := b.listPage(site.PeopleURL, b.T("People"), b.Site.IntroOf(site.PeopleURL))
		for _, group := range []bool{true, false} {
			for _, one := range b.Site.People {
				if one.Group == group && one.URL != "" {
					p.Counts = append(p.Counts, layout.Count{Link: personLink(site.PeopleURL, one), N: len(one.Roles) + len(one.Notes)})
				}
			}
		}
		return p
	})}
	for _, one := range b.Site.People {
		if one.URL != "" {
			jobs = append(jobs, page(one.URL, "person", func() any { return b.personPage(one) }))
		}
	}
	return jobs
}

func (b *Builder) personPage(one *site.Person) layout.PersonPage {
	p := layout.PersonPage{
		Frame:  b.frame("person", one.URL, one.Shown, site.PeopleURL),
		Crumbs: b.crumbs(one.URL, one.Shown, navigationWord{b.T("People"), site.PeopleURL}),
		Label:  b.T("Person"), Heading: one.Shown,
	}
	if one.Group {
		p.Label = b.T("Group")
	}
	add := func(label string, links []layout.Link) {
		if len(links) > 0 {
			p.Facts = append(p.Facts, layout.Fact{Label: label, Values: links})
		}
	}
	if one.Affiliation != "" {
		add(b.T("Affiliation"), []layout.Link{{Text: one.Affiliation}})
	}
	if one.TimeZone != "" {
		add(b.T("Time zone"), []layout.Link{{Text: one.TimeZone}})
	}
	add(b.T("Members"), personsLinks(one.URL, one.Members))
	add(b.T("Member of"), personsLinks(one.URL, one.Groups))
	add(b.T("Links"), webLinks(one.Links))
	add(b.T("Subscribe"), b.subscribeLinks(p.Alternates))
	actions, questions := b.ownedBy(one, markdown.Action), b.ownedBy(one, markdown.Question)
	p.Groups = append(p.Groups,
		b.noteGroup("mb-actions", b.T("To do"), one.URL, actions, b.noteEntry),
		b.noteGroup("mb-questions", b.T("Asked, and not answered yet"), one.URL, questions, b.questionEntry),
		b.noteGroup("mb-asked", b.T("Waits for an answer"), one.URL, some(one.Asked, func(n *site.Note) bool { return n.State == site.Open }), b.questionEntry))
	p.Groups = append(p.Groups, b.roleGroups(one)...)
	p.Groups = append(p.Groups, b.groups(one.URL, []*bucket{{id: "mb-attended", title: b.T("Was at"), records: slices.Clone(one.Attended), latest: true}})...)
	return p
}

func personsLinks(pageURL string, persons []*site.Person) []layout.Link {
	var links []layout.Link
	for _, p := range persons {
		links = append(links, personLink(pageURL, p))
	}
	return links
}

// roleGroups are the documents that name a person, by what they say of them. A
// person's attendance is nobody's business, so presence is left out.
func (b *Builder) roleGroups(one *site.Person) []layout.Group {
	var buckets []*bucket
	index := map[string]*bucket{}
	for _, role := range one.Roles {
		if role.Field.Label == "" || role.Field.Name == "attendees" || role.Field.Name == "regrets" {
			continue
		}
		label := b.factLabel(role.Record, role.Field)
		bk := index[label]
		if bk == nil {
			bk = &bucket{id: fmt.Sprintf("mb-role-%d", len(buckets)+1), title: label, latest: true}
			index[label] = bk
			buckets = append(buckets, bk)
		}
		if len(bk.records) == 0 || bk.records[len(bk.records)-1] != role.Record {
			bk.records = append(bk.records, role.Record)
		}
	}
	return b.groups(one.URL, buckets)
}
