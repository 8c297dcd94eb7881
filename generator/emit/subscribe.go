package emit

import (
	"bytes"
	"iter"

	"minutebook/generator/calendar"
	"minutebook/generator/feed"
	"minutebook/generator/layout"
	"minutebook/generator/output"
	"minutebook/generator/site"
	"minutebook/generator/table"
)

// A subscription is a feed, a calendar or a table: a file that other programs
// read, and the page that says so.
type subscription struct {
	url, kind, name string
	page            string
	make            func(to *bytes.Buffer) error // appends its content
}

// subscriptions are all feeds, calendars and tables of the site. Whoever has nothing in
// theirs has none. None is made yet.
func (b *Builder) subscriptions() []subscription {
	var list []subscription
	list = append(list, b.feeds()...)
	list = append(list, b.calendars()...)
	return append(list, b.tables()...)
}

// calendars are that of everything, those of series and persons, and those of
// single records that have a day ahead.
func (b *Builder) calendars() []subscription {
	var list []subscription
	title, writer := b.Site.Title(), calendar.NewWriter(b.Site)
	add := func(url, name, page string, items iter.Seq[calendar.Item]) {
		if url == "" || !calendar.Any(items) {
			return
		}
		list = append(list, subscription{url, calendar.ContentType, name, page, func(to *bytes.Buffer) error {
			writer.Write(to, name, items)
			return nil
		}})
	}
	add(site.CalendarFile, title, site.HomeURL, calendar.All(b.Site))
	for _, s := range b.Site.Series {
		add(s.CalendarURL, title+": "+s.Name, "", calendar.OfSeries(s))
	}
	for _, p := range b.Site.People {
		add(p.CalendarURL, title+": "+p.Shown, p.URL, calendar.OfPerson(b.Site, p))
	}
	for _, r := range b.Site.Records {
		if r.CalendarURL != "" {
			add(r.CalendarURL, "", r.URL, calendar.OfRecord(r))
		}
	}
	return list
}

// feeds are those of what changed and what was decided, and of topics and
// persons. They need a base URL.
func (b *Builder) feeds() []subscription {
	s := b.Site
	if s.Config.BaseURL == "" {
		return nil
	}
	var list []subscription
	add := func(url, name, page string, entries iter.Seq[feed.Entry]) {
		if url == "" || page != site.ChangesURL && !feed.Any(entries) {
			return
		}
		f := feed.Feed{Path: url, Page: page, Title: name}
		list = append(list, subscription{url, feed.ContentType, name, page, appended(func() ([]byte, error) { return feed.Write(s, f, entries) })})
	}
	add(site.FeedFile, s.Title(), site.ChangesURL, feed.Changes(s))
	log, _ := b.decisionLog()
	add(site.DecisionsFeedFile, b.T("{site}: decisions", s.Title()), log, feed.Decisions(s))
	for _, t := range s.Topics {
		add(t.FeedURL, s.Title()+": "+t.Name, t.URL, feed.OfTopic(s, t))
	}
	for _, p := range s.People {
		add(p.FeedURL, s.Title()+": "+p.Shown, p.URL, feed.OfPerson(s, p))
	}
	return list
}

// subscribable makes the files of feeds, calendars and tables, when they are published.
func subscribable(b *Builder) []Job {
	subscribed := b.subscribed()
	jobs := make([]Job, len(subscribed))
	for i, s := range subscribed {
		jobs[i] = Job{URL: s.url, File: func() *fileData { return &output.File{Make: s.make} }}
	}
	return jobs
}

// appended appends a content that is made on its own.
func appended(content func() ([]byte, error)) func(*bytes.Buffer) error {
	return func(to *bytes.Buffer) error {
		data, err := content()
		to.Write(data)
		return err
	}
}

// alternates are by page what it links to in its head for other programs.
func alternates(list []subscription) map[string][]layout.Alternate {
	byPage := map[string][]layout.Alternate{}
	for _, s := range list {
		if s.page != "" {
			byPage[s.page] = append(byPage[s.page], layout.Alternate{Type: s.kind, Title: s.name, Href: href(s.page, s.url)})
		}
		if s.url == site.FeedFile {
			byPage[site.HomeURL] = append(byPage[site.HomeURL], layout.Alternate{Type: s.kind, Title: s.name, Href: href(site.HomeURL, s.url)})
		}
	}
	return byPage
}

// subscribeWords are the words of the foot of every page that lead to what can
// be subscribed to.
func (b *Builder) subscribeWords() []navigationWord {
	var words []navigationWord
	for _, s := range b.subscribed() {
		switch s.url {
		case site.FeedFile:
			words = append(words, navigationWord{b.T("Feed"), s.url})
		case site.CalendarFile:
			words = append(words, navigationWord{b.T("Calendar (.ics)"), s.url})
		}
	}
	return words
}

// subscribeLinks are what a page offers to subscribe to, for people.
func (b *Builder) subscribeLinks(list []layout.Alternate) []layout.Link {
	var links []layout.Link
	for _, a := range list {
		var text string
		switch a.Type {
		case feed.ContentType:
			text = b.T("Feed")
		case calendar.ContentType:
			text = b.T("Calendar (.ics)")
		case table.ContentType:
			text = b.T("Table (.csv)")
		default:
			continue
		}
		links = append(links, layout.Link{Text: text, Href: a.Href})
	}
	return links
}

// dates are the links of a record's page to its calendars: of its own days
// ahead, and of its series.
func (b *Builder) dates(r *site.Record) []layout.Link {
	var links []layout.Link
	if r.CalendarURL != "" {
		links = append(links, layout.Link{Text: b.T("Add to calendar (.ics)"), Href: href(r.URL, r.CalendarURL)})
	}
	if r.Series != nil && calendar.Dated(r.Day("start")) {
		links = append(links, layout.Link{Text: b.T("the whole series (.ics)"), Href: href(r.URL, r.Series.CalendarURL)})
	}
	return links
}
