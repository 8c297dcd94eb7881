package emit

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"minutebook/generator/config"
	"minutebook/generator/layout"
	"minutebook/generator/site"
)

// kinds makes the index page of each kind that has documents.
func kinds(b *Builder) []Job {
	var jobs []Job
	for _, k := range b.Site.Config.Kinds {
		url := site.Index(k)
		if url == "" || url == site.TopicsURL || len(b.Site.OfKind(k)) == 0 {
			continue
		}
		jobs = append(jobs, page(url, "list", func() any {
			p := b.listPage(url, b.Site.Label(k.Plural), b.Site.IntroOf(url))
			p.Groups = b.kindGroups(url, k)
			p.Begin = b.begin(k)
			p.Log = b.replaced(url, k)
			if k.Name == "decision" {
				minuted := b.minutedDecisions()
				p.Counts = b.inForce(b.Site.OfKind(k), minuted)
				p.Groups = append(p.Groups, b.noteGroup("mb-minuted", b.T("Decided in a meeting, without a record"), url, minuted, b.minutedEntry))
			}
			return p
		}))
	}
	return jobs
}

// begin is where a new document of a kind is written in the browser, from the
// kind's template; nil when the repository is not known. It goes where the
// documents of the kind are.
func (b *Builder) begin(k *config.Kind) *layout.Link {
	records := b.Site.OfKind(k)
	name := "new.md"
	if k.FileDay != "" && k.Field("start") != nil {
		name = b.Site.Today.String() + "-new.md"
	}
	file := path.Join(b.Source, dirOf(records[len(records)-1].File.Path), name)
	address := b.Site.Config.NewURL(file, k.Template(b.Site.Today))
	if address == "" {
		return nil
	}
	return &layout.Link{Text: b.T("New {document}", b.Site.Words.Lower(b.Site.Label(k.Label))), Href: address}
}

// listPage is the start of a list page, introduced by a record if there is one.
func (b *Builder) listPage(url, title string, intro *site.Record) layout.ListPage {
	p := layout.ListPage{
		Frame: b.frame("list", url, title, url), Crumbs: b.crumbs(url, title), Heading: title,
		Intro: b.introBody(intro, url), Empty: b.T("Nothing is here yet."),
	}
	if intro != nil {
		if p.Lede = intro.Text("summary"); p.Lede != "" {
			p.Description = p.Lede
		}
	}
	b.about(&p.Frame, intro)
	p.Offered = b.subscribeLinks(p.Alternates)
	return p
}

// A bucket gathers records under a heading.
type bucket struct {
	id, title string
	records   []*site.Record
	latest    bool // newest first
	entry     func(string, *site.Record) layout.Entry
}

// kindGroups sorts the documents of a kind: what is dated by a start into what
// is ahead and what was, year by year; what has a lifecycle by its phases.
func (b *Builder) kindGroups(url string, k *config.Kind) []layout.Group {
	records := b.Site.OfKind(k)
	var buckets []*bucket
	switch {
	case k.Field("start") != nil:
		buckets = b.byTime(records)
	case len(k.Statuses) > 0:
		buckets = b.byPhase(records)
	default:
		buckets = []*bucket{{id: "all", title: b.Site.Label(k.Plural), records: records}}
	}
	return b.groups(url, buckets)
}

// longList is how many entries a list may have and still say more of each than
// its title, day and status: beyond, it is looked through and not read.
const longList = 100

func (b *Builder) groups(url string, buckets []*bucket) []layout.Group {
	var groups []layout.Group
	for _, bucket := range buckets {
		if len(bucket.records) == 0 {
			continue
		}
		byDay(bucket.records)
		if bucket.latest {
			latestFirst(bucket.records)
		}
		entry := bucket.entry
		switch {
		case len(bucket.records) > longList:
			entry = b.lineEntry
		case entry == nil:
			entry = b.entry
		}
		g := layout.Group{ID: bucket.id, Title: bucket.title, Entries: make([]layout.Entry, len(bucket.records))}
		for i, r := range bucket.records {
			g.Entries[i] = entry(url, r)
		}
		groups = append(groups, g)
	}
	return groups
}

// lineEntry is a record in a long list. How long ago each was is not worth its
// place there.
func (b *Builder) lineEntry(pageURL string, r *site.Record) layout.Entry {
	e := layout.Entry{Doc: b.doc(pageURL, r)}
	if _, day := r.Dated(); !day.IsZero() {
		when := *b.day(day)
		when.Relative = ""
		e.When = &when
	}
	return e
}

// latestFirst turns around a list by day, and leaves those without one last.
func latestFirst(list []*site.Record) {
	dated := len(list)
	for dated > 0 {
		if _, day := list[dated-1].Dated(); !day.IsZero() {
			break
		}
		dated--
	}
	slices.Reverse(list[:dated])
}

func (b *Builder) byTime(records []*site.Record) []*bucket {
	ahead := &bucket{id: "mb-ahead", title: b.T("Ahead")}
	undated := &bucket{id: "mb-undated", title: b.T("Without a date")}
	years := map[int]*bucket{}
	for _, r := range records {
		start := r.Day("start")
		switch {
		case start.IsZero():
			undated.records = append(undated.records, r)
		case !b.Site.Over(r):
			ahead.records = append(ahead.records, r)
		default:
			if years[start.Year()] == nil {
				years[start.Year()] = &bucket{id: fmt.Sprintf("mb-%d", start.Year()), title: fmt.Sprint(start.Year()), latest: true}
			}
			years[start.Year()].records = append(years[start.Year()].records, r)
		}
	}
	buckets := []*bucket{ahead}
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		buckets = append(buckets, years[year])
	}
	return append(buckets, undated)
}

func (b *Builder) byPhase(records []*site.Record) []*bucket {
	due := &bucket{id: "mb-due", title: b.T("Needs a decision"), entry: b.dueEntry}
	open := &bucket{id: "mb-open", title: b.T("Open")}
	drafts := &bucket{id: "mb-drafts", title: b.T("Drafts")}
	again := &bucket{id: "mb-again", title: b.T("To be looked at again")}
	decided := &bucket{id: "mb-decided", title: b.T("Decided"), latest: true, entry: b.decidedEntry}
	ended := &bucket{id: "mb-ended", title: b.T("No longer pursued or in force"), latest: true}
	other := &bucket{id: "mb-other", title: b.T("With another status")}
	unstated := &bucket{id: "mb-unstated", title: b.T("Status not stated")}
	for _, r := range records {
		to := other
		switch r.Phase() {
		case config.DraftPhase:
			to = drafts
		case config.OpenPhase:
			to = open
			if !r.Day("decide-by").IsZero() {
				to = due
			}
		case config.DecidedPhase:
			to = decided
			if _, by := r.Again(); !by.IsZero() && !by.After(b.Site.Today) {
				to = again
			}
		case config.EndedPhase:
			to = ended
		default:
			if r.Status.Text == "" {
				to = unstated
			}
		}
		to.records = append(to.records, r)
	}
	slices.SortStableFunc(due.records, func(x, y *site.Record) int { return x.Day("decide-by").Compare(y.Day("decide-by")) })
	return []*bucket{due, open, drafts, again, decided, ended, other, unstated}
}

// folders makes the pages of folders that have no index document.
func folders(b *Builder) []Job {
	var jobs []Job
	for _, f := range b.Site.Folders {
		jobs = append(jobs, page(f.URL, "list", func() any {
			p := b.listPage(f.URL, folderName(f.Path), nil)
			p.Label = b.T("Folder")
			p.Crumbs = b.crumbs(f.URL, p.Heading, b.wayToFolder(dirOf(f.Path))...)
			for _, sub := range f.Folders {
				p.Counts = append(p.Counts, layout.Count{Link: layout.Link{Text: folderName(sub.Path), Href: href(f.URL, sub.URL)}, N: sub.Documents()})
			}
			p.Groups = b.groups(f.URL, []*bucket{{id: "mb-documents", title: b.T("Documents"), records: slices.Clone(f.Records), latest: true}})
			return p
		}))
	}
	return jobs
}

// all makes the list of every document, from A to Z.
func all(b *Builder) []Job {
	return []Job{page(site.AllURL, "list", func() any {
		p := b.listPage(site.AllURL, b.T("All documents"), nil)
		p.Lede = b.T("Every document, by its title.")
		byLetter := map[string][]*site.Record{}
		var letters []string
		for _, r := range b.Site.Records {
			l := letter(r.Title)
			if byLetter[l] == nil {
				letters = append(letters, l)
			}
			byLetter[l] = append(byLetter[l], r)
		}
		slices.Sort(letters)
		for i, l := range letters {
			list := byLetter[l]
			lower := make(map[*site.Record]string, len(list))
			for _, r := range list {
				lower[r] = strings.ToLower(r.Title)
			}
			slices.SortStableFunc(list, func(x, y *site.Record) int { return strings.Compare(lower[x], lower[y]) })
			g := layout.Group{ID: fmt.Sprintf("mb-az-%d", i+1), Title: l}
			for _, r := range list {
				g.Entries = append(g.Entries, layout.Entry{Doc: b.doc(site.AllURL, r)})
			}
			p.Groups = append(p.Groups, g)
		}
		return p
	})}
}

// letter is what a title is listed under: its first letter, or # for anything
// else.
func letter(title string) string {
	for _, r := range title {
		if unicode.IsLetter(r) {
			return string(unicode.ToUpper(r))
		}
		if unicode.IsDigit(r) {
			break
		}
	}
	return "#"
}

// topics makes the index of topics and the page of each.
func topics(b *Builder) []Job {
	if len(b.Site.Topics) == 0 {
		return nil
	}
	jobs := []Job{page(site.TopicsURL, "list", func() any {
		p := b.listPage(site.TopicsURL, b.T("Topics"), b.Site.IntroOf(site.TopicsURL))
		for _, t := range b.Site.Topics {
			p.Counts = append(p.Counts, layout.Count{Link: layout.Link{Text: t.Name, Href: href(site.TopicsURL, t.URL)}, N: len(t.Records) + len(t.Notes)})
		}
		return p
	})}
	for _, t := range b.Site.Topics {
		jobs = append(jobs, page(t.URL, "list", func() any { return b.topicPage(t) }))
	}
	return jobs
}

func (b *Builder) topicPage(t *site.Topic) layout.ListPage {
	p := b.listPage(t.URL, t.Name, t.About)
	p.Label = b.T("Topic")
	p.Crumbs = b.crumbs(t.URL, t.Name, navigationWord{b.T("Topics"), site.TopicsURL})
	p.Navigation = b.around(dirOf(t.URL), site.TopicsURL).navigation
	if t.About != nil && p.Lede == "" {
		p.Lede = t.About.Text("goal")
	}
	p.Groups = append(b.holding(t), b.openQuestions(t))
	p.Groups = append(p.Groups, b.inTime(t)...)
	if len(t.Notes) > 0 {
		p.Groups = append(p.Groups, b.noteGroup("mb-heard", b.heardHeading(t.Notes), t.URL, t.Notes, b.feedbackEntry))
	}
	if t.About != nil && len(t.About.Backlinks) > 0 {
		mentions := layout.Group{ID: "mb-mentions", Title: b.T("Linked from")}
		for _, l := range t.About.Backlinks {
			mentions.Entries = append(mentions.Entries, layout.Entry{Doc: b.doc(t.URL, l.From), Summary: strings.TrimSpace(l.Before + l.Text + l.After)})
		}
		p.Groups = append(p.Groups, mentions)
	}
	return p
}
