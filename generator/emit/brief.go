package emit

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// A brief has room for one sheet of paper: what is long is cut, and the page of
// the document has the rest.
const (
	briefText    = 180 // characters of a summary
	briefLine    = 120 // characters of a question, an answer, what follows
	briefWords   = 30  // characters of a fact
	briefOptions = 6
	briefFew     = 3 // actions that follow; of more options or questions each has less room
	briefLines   = 6 // questions; relations; persons who were asked
	briefNames   = 4 // values of a fact, such as persons
	briefTopics  = 8
	briefHeard   = 12 // pieces of feedback
)

// briefs makes a page for print of each record that has one.
func briefs(b *Builder) []Job {
	var jobs []Job
	for _, r := range b.Site.Records {
		if r.BriefURL != "" {
			jobs = append(jobs, page(r.BriefURL, "brief", func() any { return b.briefPage(r) }))
		}
	}
	return jobs
}

func (b *Builder) briefPage(r *site.Record) layout.BriefPage {
	p := layout.BriefPage{
		DocumentPage: layout.DocumentPage{
			Frame:  b.frame("brief", r.BriefURL, b.T("Brief: {title}", r.Title), sectionOf(r)),
			Crumbs: b.crumbs(r.BriefURL, b.T("Brief"), append(b.wayTo(r), navigationWord{nameOf(r), r.URL})...),
			Kind:   b.Site.Label(r.Kind.Label), ID: r.Text("id"), Heading: cut(r.Title, briefLine), Status: b.status(r),
			Outcome: b.outcome(r), Deadline: b.deadline(r), Banner: b.banner(r), Facts: briefFacts(b.facts(r, "recommended")),
		},
		Page: href(r.BriefURL, r.URL), Options: choices(r),
	}
	p.Lede = cut(cmp.Or(r.Text("summary"), r.Body.Summary), briefText)
	p.Description = p.Lede
	if p.Canonical != "" {
		p.Canonical = b.canonical(r.URL)
	}
	if r.Kind.Name == "event" {
		p.When = b.day(r.Day("start"))
	}
	if d := p.Deadline; d == nil {
		p.Glance = b.glance(r)
	} else {
		d.Reason, d.Silence = cut(d.Reason, briefLine), cut(d.Silence, briefLine)
		d.Deciders, d.Asked = d.Deciders[:min(len(d.Deciders), briefLines)], d.Asked[:min(len(d.Asked), briefLines)]
	}
	p.Relations = briefRelations(b.relations(r))
	p.Questions = briefGroup(b, r, b.questionEntry, func(n *site.Note) bool { return n.Kind == markdown.Question }, briefLines)
	p.Follows = briefGroup(b, r, b.noteEntry, func(n *site.Note) bool { return n.State == site.Conditional }, briefFew)
	if r.Kind.Name == "event" {
		p.Incoming, p.MoreIncoming = b.briefIncoming(r)
	}
	if len(p.Options) > briefFew || len(p.Questions.Entries) > briefFew {
		tighten(&p)
	}
	b.leadBack(&p)
	return p
}

// tighten takes words from a brief with many options or questions, so that all of
// them find room.
func tighten(p *layout.BriefPage) {
	for i := range p.Options {
		o := &p.Options[i]
		o.Text, o.Summary, o.Facts = cut(o.Text, briefLine/2), cut(o.Summary, briefLine/2), o.Facts[:min(len(o.Facts), 2)]
	}
	for i := range p.Questions.Entries {
		e := &p.Questions.Entries[i]
		e.Title, e.Summary = cut(e.Title, briefLine*2/3), ""
	}
	p.Follows = layout.Group{}
}

// briefFacts are facts with few values each: of many names the page has all.
func briefFacts(facts []layout.Fact) []layout.Fact {
	facts = facts[:min(len(facts), 2*briefLines)]
	for i, f := range facts {
		if len(f.Values) > briefNames {
			facts[i].Values = append(f.Values[:briefNames:briefNames], layout.Link{Text: "…"})
		}
	}
	return facts
}

// choices are the options of a record for its brief.
func choices(r *site.Record) []layout.Choice {
	recommended, picked := optionNamed(r.Body.Options, r.Text("recommended")).Text, chosen(r)
	seen := map[string]bool{}
	var list []layout.Choice
	for _, o := range r.Body.Options {
		if o.Text == "" || seen[o.Text] || len(list) == briefOptions {
			continue
		}
		seen[o.Text] = true
		c := layout.Choice{Text: cut(o.Text, briefLine), Recommended: o.Text == recommended, Chosen: o.Text == picked, Summary: cut(o.Summary, briefText)}
		for _, f := range o.Facts[:min(len(o.Facts), briefNames)] {
			c.Facts = append(c.Facts, layout.ChoiceFact{Label: cut(f[0], briefWords), Text: cut(f[1], briefWords)})
		}
		list = append(list, c)
	}
	return list
}

// briefGroup are the first notes of a record that fit, those that are open before
// the others.
func briefGroup(b *Builder, r *site.Record, entry func(string, *site.Note) layout.Entry, fits func(*site.Note) bool, most int) layout.Group {
	notes := some(r.Notes, fits)
	open := some(notes, func(n *site.Note) bool { return !n.State.Settled() })
	notes = append(open, some(notes, func(n *site.Note) bool { return n.State.Settled() })...)
	g := layout.Group{Rest: b.rest(len(notes) - most)}
	for _, n := range notes[:min(len(notes), most)] {
		e := entry(r.URL, n)
		if n.State == site.Conditional {
			e.Status = nil // the heading says it
		}
		e.Title, e.Summary = cut(e.Title, briefLine), cut(e.Summary, briefLine)
		g.Entries = append(g.Entries, e)
	}
	return g
}

// rest says how many more there are; "" when there are none.
func (b *Builder) rest(n int) string {
	if n <= 0 {
		return ""
	}
	return b.N(n, "{n} more is on the page", "{n} more are on the page")
}

// briefIncoming is what was sent to an event, by topic: of each topic the same
// number of pieces; and how many topics there are besides.
func (b *Builder) briefIncoming(r *site.Record) (groups []layout.Group, more string) {
	groups = b.byTopic(r.URL, r.Incoming)
	more = b.rest(len(groups) - briefTopics)
	groups = groups[:min(len(groups), briefTopics)]
	for i := range groups {
		g := &groups[i]
		room := max(1, briefHeard/len(groups))
		g.Rest = b.rest(len(g.Entries) - room)
		g.Entries = g.Entries[:min(len(g.Entries), room)]
		for j := range g.Entries {
			g.Entries[j].Title = cut(g.Entries[j].Title, briefLine)
		}
	}
	return groups, more
}

// briefRelations are the first documents of each relation, as far as there is
// room.
func briefRelations(list []layout.Relation) []layout.Relation {
	list = list[:min(len(list), briefLines)]
	for i, rel := range list {
		list[i].Docs = rel.Docs[:min(len(rel.Docs), 2)]
	}
	return list
}

// leadBack makes links to parts of the document's page lead there from its brief.
func (b *Builder) leadBack(p *layout.BriefPage) {
	back := func(l *layout.Link) {
		if l != nil && strings.HasPrefix(l.Href, "#") {
			l.Href = p.Page + l.Href
		}
	}
	for i := range p.Glance {
		back(&p.Glance[i])
	}
	if p.Outcome != nil {
		back(p.Outcome.Where)
	}
	if p.Deadline == nil {
		return
	}
	for i := range p.Deadline.Glance {
		back(&p.Deadline.Glance[i])
	}
	for i := range p.Deadline.Asked {
		back(p.Deadline.Asked[i].Answer)
	}
}

// cut is a text of at most so many characters, cut at a word's end.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	end, space, n := 0, 0, 0
	for i, c := range text {
		if n++; n == most {
			end = i
			break
		}
		if unicode.IsSpace(c) {
			space = i
		}
	}
	if space > end/2 {
		end = space
	}
	return strings.TrimRightFunc(text[:end], unicode.IsSpace) + "…"
}
