package emit

import (
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/document"
	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// documents makes the page of every record that is not the introduction of a
// generated page.
func documents(b *Builder) []Job {
	generated := b.introduced()
	jobs := make([]Job, 0, len(b.Site.Records))
	for _, r := range b.Site.Records {
		if generated[r.URL] || r.Kind.Name == "topic" && !r.Index {
			continue
		}
		jobs = append(jobs, page(r.URL, b.Theme.For(r.Kind.Name), func() any { return b.documentPage(r) }))
	}
	return jobs
}

// introduced are the addresses of generated pages that a document introduces.
func (b *Builder) introduced() map[string]bool {
	urls := map[string]bool{site.HomeURL: true, site.PeopleURL: len(b.Site.People) > 0, site.TopicsURL: len(b.Site.Topics) > 0}
	for _, k := range b.Site.Config.Kinds {
		if k.Folder != "" && len(b.Site.OfKind(k)) > 0 {
			urls[site.Index(k)] = true
		}
	}
	return urls
}

func (b *Builder) optionalDoc(pageURL string, r *site.Record) *layout.Doc {
	if r == nil {
		return nil
	}
	d := b.doc(pageURL, r)
	return &d
}

func (b *Builder) documentPage(r *site.Record) layout.DocumentPage {
	p := layout.DocumentPage{
		Frame:  b.frame(b.Theme.For(r.Kind.Name), r.URL, r.Title, sectionOf(r)),
		Crumbs: b.crumbs(r.URL, nameOf(r), b.wayTo(r)...),
		Kind:   b.Site.Label(r.Kind.Label), ID: r.Text("id"), Heading: r.Title,
		Status: b.status(r), Lede: r.Text("summary"),
		Outcome: b.outcome(r), Timeline: b.timeline(r), First: b.first(r), Notes: b.notesTemplate(r), Ledgers: b.eventLedgers(r),
		Deadline: b.deadline(r), Lifecycle: b.lifecycle(r), Banner: b.banner(r),
		Facts: b.facts(r), Body: b.flagged(r, b.body(r, r.URL)), Contents: contents(r),
		Relations: b.relations(r), Backlinks: b.backlinks(r),
	}
	switch tag := r.Text("language"); {
	case config.IsLanguage(tag) && !strings.EqualFold(tag, p.Language):
		p.Lang, p.Dir = tag, config.DirectionOf(tag)
	case tag == "" && r.Direction != p.Direction:
		p.Dir = r.Direction
	}
	if p.Deadline == nil {
		p.Glance = b.glance(r)
	}
	if r.Kind.Name == "event" {
		p.ToCopy = b.incomingText(r)
	}
	if r.BriefURL != "" {
		p.Brief = href(r.URL, r.BriefURL)
	}
	p.Previous, p.Next = b.optionalDoc(r.URL, r.Previous), b.optionalDoc(r.URL, r.Next)
	if r.Lead > 0 {
		p.HeadingID = r.Body.Headings[0].ID
	}
	if _, day := r.Dated(); !day.IsZero() {
		p.When = b.day(day)
	}
	for _, t := range r.Topics {
		p.Topics = append(p.Topics, layout.Link{Text: t.Name, Href: href(r.URL, t.URL)})
	}
	if p.Description = r.Text("summary"); p.Description == "" {
		p.Description = r.Body.Summary
	}
	b.about(&p.Frame, r)
	return p
}

// nameOf is the short name of a record in its trail of crumbs.
func nameOf(r *site.Record) string {
	if id := r.Text("id"); id != "" {
		return id
	}
	return r.Title
}

// deadline is the box of a record that waits for a decision.
func (b *Builder) deadline(r *site.Record) *layout.Deadline {
	by := r.Day("decide-by")
	if by.IsZero() || !r.Waiting() {
		return nil
	}
	d := &layout.Deadline{
		By: *b.day(by), Overdue: by.Before(b.Site.Today),
		Reason: r.Text("deadline-reason"), Silence: b.silence(r.Text("if-no-objection")),
		Deciders: personLinks(r.URL, r.People.Of("decision-makers")),
		Glance:   b.glance(r), Asked: b.asked(r), Calendar: b.dates(r),
	}
	if address := r.Text("respond"); address != "" {
		d.Respond = &layout.Link{Text: b.T("Respond"), Href: address}
		if strings.HasPrefix(strings.ToLower(address), "mailto:") {
			d.Respond.Text = b.T("Reply by mail")
		}
	}
	return d
}

// silence says in a sentence what happens when nobody objects.
func (b *Builder) silence(outcome string) string {
	switch strings.ToLower(outcome) {
	case "":
		return ""
	case "accepted":
		return b.T("Silence is agreement: without objections it is accepted.")
	case "rejected":
		return b.T("Silence is no agreement: without support it is not accepted.")
	}
	return b.T("If nobody objects: {outcome}.", outcome)
}

// lifecycle are the stages of a kind whose documents are drafted and then put
// to people: those on the way, and the end, whatever it is.
func (b *Builder) lifecycle(r *site.Record) []layout.Step {
	var way []*config.Status
	drafts := false
	for _, s := range r.Kind.Statuses {
		if s.Phase == config.DraftPhase || s.Phase == config.OpenPhase {
			way = append(way, s)
			drafts = drafts || s.Phase == config.DraftPhase
		}
	}
	if !drafts || r.State == nil {
		return nil
	}
	var steps []layout.Step
	state := "done"
	for _, s := range way {
		if s == r.State {
			state = "now"
		}
		steps = append(steps, layout.Step{Label: b.Site.Label(s.Label), State: state})
		if state == "now" {
			state = "next"
		}
	}
	end := layout.Step{Label: b.T("Decision [stage]"), State: "next"}
	if by := b.day(r.Day("decide-by")); by != nil {
		end.Note = b.T("due {day}", by.Short)
	}
	if state == "done" {
		end = layout.Step{Label: b.Site.Label(r.State.Label), State: "now"}
		if day := b.day(r.Day("decided")); day != nil {
			end.Note = day.Short
		}
		if r.State.Phase != config.DecidedPhase {
			return []layout.Step{steps[0], end} // which of the stages it saw is not known
		}
	}
	return append(steps, end)
}

func (b *Builder) banner(r *site.Record) *layout.Banner {
	if r.Successor == nil {
		return nil
	}
	return &layout.Banner{Text: b.T("Replaced by"), Docs: []layout.Doc{b.doc(r.URL, r.Successor)}}
}

// inBox are the fields that the box with the deadline tells.
var inBox = []string{"decision-makers", "asked", "survey-url", "survey-closes"}

// facts are what the front matter says, in the order of the kind's fields, without
// some of them.
func (b *Builder) facts(r *site.Record, without ...string) []layout.Fact {
	var facts []layout.Fact
	asked := b.deadline(r) != nil
	if when := b.period(r); when != "" {
		facts = append(facts, layout.Fact{Label: b.T("When"), Values: []layout.Link{{Text: when}}})
	}
	if by := r.Day("decide-by"); !by.IsZero() && !r.Waiting() {
		facts = append(facts, layout.Fact{Label: b.T("Was to be decided by"), Day: b.day(by)})
	}
	if written := statusWritten(r); written != "" {
		facts = append(facts, layout.Fact{Label: b.T("Status as written"), Values: []layout.Link{{Text: written}}})
	}
	for _, f := range r.Kind.Fields {
		items := r.Items(f.Name)
		if f.Label == "" || len(items) == 0 || asked && slices.Contains(inBox, f.Name) || slices.Contains(without, f.Name) {
			continue
		}
		if f.Type == config.Date && !items[0].Day().IsZero() {
			facts = append(facts, layout.Fact{Label: b.Site.Label(f.Label), Day: b.day(items[0].Day())})
			continue
		}
		facts = append(facts, layout.Fact{Label: b.factLabel(r, f), Values: b.values(r, f, items)})
	}
	if links := b.dates(r); len(links) > 0 && !asked {
		facts = append(facts, layout.Fact{Label: b.T("Calendar"), Values: links})
	}
	if changed := r.Past.Changed; !changed.IsZero() && !changed.After(b.Site.Today) {
		facts = append(facts, layout.Fact{Label: b.T("Last changed"), Day: b.day(changed)})
	}
	return facts
}

// statusWritten is the status in the words of the document, where these are not
// the words of the site; a link in it is its text.
func statusWritten(r *site.Record) string {
	known := r.Status.Known
	if known == nil {
		return "" // it is shown as it is written
	}
	says := func(text string) bool {
		return strings.EqualFold(text, known.Name) || strings.EqualFold(text, known.Label) || config.NormalKey(text) == known.Name
	}
	if says(r.Status.Text) {
		return ""
	}
	text := strings.TrimSpace(statusMarks.Replace(linkText.ReplaceAllString(r.Status.Text, "$1")))
	if says(text) {
		return ""
	}
	return text
}

var statusMarks = strings.NewReplacer("*", "", "`", "", "_", " ")

var linkText = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)

// factLabel is what a field is called on a record's page. Who decides has not
// decided yet.
func (b *Builder) factLabel(r *site.Record, f *config.Field) string {
	switch {
	case f.Name != "decision-makers" || r.Outcome != nil:
	case r.Waiting():
		return b.T("Decides")
	default:
		return b.T("Was to decide")
	}
	return b.Site.Label(f.Label)
}

// values are the values of a field as links or text.
func (b *Builder) values(r *site.Record, f *config.Field, items []document.Item) []layout.Link {
	switch f.Type {
	case config.People:
		return personLinks(r.URL, r.People.Of(f.Name))
	case config.URL, config.Links:
		var links []layout.Link
		for _, item := range items {
			links = append(links, addressLink(item))
		}
		return links
	}
	var links []layout.Link
	for _, item := range items {
		link := layout.Link{Text: item.Text}
		if label := f.Labels[strings.ToLower(item.Text)]; label != "" {
			link.Text = b.Site.Label(label)
		}
		if f.Name == "recommended" {
			link = recommendation(r, item.Text)
		}
		links = append(links, link)
	}
	return links
}

// addressLink is an address as a link whose text is its label, or the address
// without what goes without saying.
func addressLink(item document.Item) layout.Link {
	text := item.Label
	if text == "" {
		text = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(item.Text, "https://"), "http://"), "mailto:"), "/")
	}
	if !markdown.SchemeAllowed(item.Text, nil) {
		return layout.Link{Text: item.Text}
	}
	return layout.Link{Text: text, Href: item.Text}
}

// contents is the list of contents: headings of the second and third level.
func contents(r *site.Record) []layout.Section {
	headings := r.Body.Headings
	if r.Lead > 0 {
		headings = headings[1:]
	}
	top := 7
	tops := 0
	for _, h := range headings {
		switch {
		case h.Level < top:
			top, tops = h.Level, 1
		case h.Level == top:
			tops++
		}
	}
	sections := make([]layout.Section, 0, tops)
	for _, h := range headings {
		s := layout.Section{ID: h.ID, Text: h.Text}
		switch {
		case h.Text == "":
		case h.Level == top:
			sections = append(sections, s)
		case h.Level == top+1 && len(sections) > 0:
			last := &sections[len(sections)-1]
			last.Sections = append(last.Sections, s)
		}
	}
	if len(sections) < 2 && (len(sections) == 0 || len(sections[0].Sections) == 0) {
		return nil
	}
	return sections
}

// relations are the typed connections of a record, one entry a label.
func (b *Builder) relations(r *site.Record) []layout.Relation {
	var list []layout.Relation
	index := map[string]int{}
	for _, rel := range r.Relations {
		d := layout.Doc{Title: rel.Text, Href: rel.Outside}
		if rel.To != nil {
			d = b.doc(r.URL, rel.To)
		}
		i, ok := index[rel.Label]
		if !ok {
			i = len(list)
			index[rel.Label] = i
			list = append(list, layout.Relation{Label: b.Site.Label(rel.Label)})
		}
		list[i].Docs = append(list[i].Docs, d)
	}
	return list
}

func (b *Builder) backlinks(r *site.Record) []layout.Backlink {
	list := make([]layout.Backlink, len(r.Backlinks))
	for i, l := range r.Backlinks {
		list[i] = layout.Backlink{Doc: b.doc(r.URL, l.From), Before: l.Before, Quoted: l.Text, After: l.After}
	}
	return list
}
