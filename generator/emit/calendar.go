package emit

import (
	"minutebook/generator/calendar"
	"minutebook/generator/layout"
	"minutebook/generator/output"
	"minutebook/generator/site"
)

// made is the job of a file that is made when it is published.
func made(url string, content func() []byte) Job {
	return Job{URL: url, File: func() *fileData {
		return &output.File{Make: func() ([]byte, error) { return content(), nil }}
	}}
}

// calendars makes the calendar of everything, those of series and persons, and
// those of single records that have a day ahead. Whoever has nothing in theirs
// has none.
func calendars(b *Builder) []Job {
	var jobs []Job
	add := func(url, name string, items []calendar.Item) {
		if len(items) > 0 && url != "" {
			jobs = append(jobs, made(url, func() []byte { return calendar.Write(b.Site, name, items) }))
		}
	}
	title := b.Site.Title()
	add(site.CalendarFile, title, calendar.All(b.Site))
	for _, s := range b.Site.Series {
		add(s.CalendarURL, title+": "+s.Name, calendar.OfSeries(s))
	}
	for _, p := range b.Site.People {
		add(p.CalendarURL, title+": "+p.Shown, calendar.OfPerson(b.Site, p))
	}
	for _, r := range b.Site.Records {
		if r.CalendarURL != "" {
			add(r.CalendarURL, "", calendar.OfRecord(r))
		}
	}
	return jobs
}

// hasCalendar reports whether anything in the site has a day.
func (b *Builder) hasCalendar() bool { return len(calendar.All(b.Site)) > 0 }

// dates are the links of a record's page to its calendars: of its own days
// ahead, and of its series.
func (b *Builder) dates(r *site.Record) []layout.Link {
	var links []layout.Link
	if r.CalendarURL != "" {
		links = append(links, layout.Link{Text: "Add to calendar (.ics)", Href: href(r.URL, r.CalendarURL)})
	}
	if r.Series != nil && calendar.Dated(r.Day("start")) {
		links = append(links, layout.Link{Text: "the whole series (.ics)", Href: href(r.URL, r.Series.CalendarURL)})
	}
	return links
}
