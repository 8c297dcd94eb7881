package emit

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"sync"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/output"
	"minutebook/generator/search"
	"minutebook/generator/site"
)

// searchFolder is where the search index lies. Its files keep their names, and
// are asked for with the version of the index.
const searchFolder = site.AssetFolder + "/search/"

// searching makes the page that searches, and the index that it loads.
func searching(b *Builder) []Job {
	f := &finder{Builder: b}
	f.gather()
	version := sync.OnceValue(f.version)
	jobs := []Job{page(site.SearchURL, "search", func() any {
		p := layout.SearchPage{
			Frame:  b.frame("search", site.SearchURL, b.T("Search"), site.SearchURL),
			Crumbs: b.crumbs(site.SearchURL, b.T("Search")), Heading: b.T("Search"),
			Finder: href(site.SearchURL, b.Theme.SearchScript()),
			Index:  href(site.SearchURL, searchFolder+"index.js") + "?v=" + version(),
			Tones:  b.tones(),
			All:    layout.Link{Text: b.T("All documents, from A to Z"), Href: href(site.SearchURL, site.AllURL)},
		}
		p.Search = "" // one box to write in is enough
		return p
	})}
	index := search.New(version, f.kinds, f.sizes, f.document)
	for _, file := range index.Files() {
		content := func(to *bytes.Buffer) error {
			file.Make(to)
			return nil
		}
		jobs = append(jobs, Job{URL: searchFolder + file.Name, File: func() *fileData { return &output.File{Make: content} }})
	}
	return jobs
}

// tones are the tones of all statuses, and of those that no kind has.
func (b *Builder) tones() []string {
	list := []string{"plain"}
	for _, k := range b.Site.Config.Kinds {
		for _, s := range k.Statuses {
			if !slices.Contains(list, s.Tone) {
				list = append(list, s.Tone)
			}
		}
	}
	return list
}

// A finder gives the search index its documents: the records from the oldest to
// the newest, and behind them topics and people, whose pages nothing else
// stands for.
type finder struct {
	*Builder
	kinds   []search.Kind
	kindOf  map[*config.Kind]int
	records []*site.Record
	topics  []*site.Topic
	people  []*site.Person
	sizes   []int
}

func (f *finder) gather() {
	f.kindOf = map[*config.Kind]int{}
	for i, k := range f.Site.Config.Kinds {
		f.kindOf[k] = i
		f.kinds = append(f.kinds, search.Kind{Label: f.Site.Label(k.Label), Plural: f.Site.Label(k.Plural)})
	}
	f.kinds = append(f.kinds, search.Kind{Label: f.T("Person"), Plural: f.T("People")})
	f.records = byAge(f.Site.Records)
	f.sizes = make([]int, 0, len(f.records)+len(f.Site.Topics)+len(f.Site.People))
	for _, r := range f.records {
		f.sizes = append(f.sizes, len(r.Body.Body.HTML))
	}
	for _, t := range f.Site.Topics {
		if t.About == nil {
			f.topics = append(f.topics, t)
		}
	}
	for _, p := range f.Site.People {
		if p.URL != "" {
			f.people = append(f.people, p)
		}
	}
	f.sizes = append(f.sizes, make([]int, len(f.topics)+len(f.people))...)
}

// byAge are records from the oldest to the newest, behind those without a day.
func byAge(records []*site.Record) []*site.Record {
	type aged struct {
		day    date.Date
		number int32
	}
	list := make([]aged, len(records))
	for i, r := range records {
		_, day := r.Dated()
		list[i] = aged{day, int32(i)}
	}
	slices.SortFunc(list, func(x, y aged) int { return cmp.Or(x.day.Compare(y.day), cmp.Compare(x.number, y.number)) })
	sorted := make([]*site.Record, len(list))
	for i := range list {
		sorted[i] = records[list[i].number]
	}
	return sorted
}

// version identifies all that the index is made from: besides the files, what
// they are called on other files' account.
func (f *finder) version() string {
	sum := sha256.New()
	var held []byte
	put := func(texts ...string) {
		for _, t := range texts {
			held = append(append(held, t...), 0) // no text has one
		}
	}
	put(f.Site.Config.Sum.String(), f.Site.Words.Sum().String(), strconv.Itoa(f.Site.Today.Year()))
	for _, r := range f.records {
		sum.Write(held)
		held = append(held[:0], r.File.Sum[:]...)
		put(r.URL, r.StatusText(), strconv.FormatBool(retired(r)))
		for _, t := range r.Topics {
			put(t.Name)
		}
		for _, field := range r.People {
			for _, one := range field.Named {
				put(one.Shown)
			}
		}
	}
	for _, t := range f.topics {
		put(t.Name, t.URL)
	}
	for _, p := range f.Site.People {
		if p.Shielded() { // what texts say in place of the names
			put(p.Handle, p.Name, p.Shown)
			put(p.Aliases...)
		}
	}
	for _, p := range f.people {
		put(p.Shown, p.URL, p.Affiliation, p.Handle)
	}
	sum.Write(held)
	return hex.EncodeToString(sum.Sum(nil))[:12]
}

// document is the document with a number.
func (f *finder) document(i int) search.Document {
	if i < len(f.records) {
		return f.record(f.records[i])
	}
	i -= len(f.records)
	if i < len(f.topics) {
		t := f.topics[i]
		return search.Document{Title: t.Name, URL: href(site.SearchURL, t.URL), Kind: f.topicKind()}
	}
	p := f.people[i-len(f.topics)]
	return search.Document{
		Title: p.Shown, URL: href(site.SearchURL, p.URL), Kind: len(f.kinds) - 1, Summary: p.Affiliation, Names: []string{p.Handle},
	}
}

// topicKind is the kind of topics that no document describes.
func (f *finder) topicKind() int {
	if k := f.Site.Config.Kind("topic"); k != nil {
		return f.kindOf[k]
	}
	return len(f.kinds) - 1
}

func (f *finder) record(r *site.Record) search.Document {
	d := search.Document{
		Title: r.Title, URL: href(site.SearchURL, r.URL), ID: r.Text("id"), Kind: f.kindOf[r.Kind],
		Retired: retired(r),
		Summary: r.Text("summary"), HTML: r.Body.Body.HTML[r.Lead:], About: f.about(r), Names: []string{r.ID},
	}
	if s := f.status(r); s != nil {
		d.Word, d.Tone = s.Word, s.Tone
	}
	if _, day := r.Dated(); !day.IsZero() {
		shown := f.day(day)
		d.Day, d.Short = shown.ISO, shown.Short
	}
	for _, h := range r.Body.Headings {
		d.Headings = append(d.Headings, h.Text)
	}
	for i := range r.Body.References {
		if ref := &r.Body.References[i]; ref.Form == markdown.Embed {
			d.More = append(d.More, ref.Text)
		}
	}
	return d
}

// retired reports whether a record is no longer in force or pursued.
func retired(r *site.Record) bool { return r.Phase() == config.EndedPhase || r.Successor != nil }

// about is what a record's page says of it besides its text. Persons are called
// what the page calls them.
func (f *finder) about(r *site.Record) []string {
	list := []string{f.Site.Label(r.Kind.Label), r.Status.Text}
	for _, t := range r.Topics {
		list = append(list, t.Name)
	}
	for _, f := range r.Kind.Fields {
		if f.Type == config.People {
			for _, one := range r.People.Of(f.Name) {
				list = append(list, one.Shown)
			}
			continue
		}
		if f.Label == "" {
			continue
		}
		for _, item := range r.Items(f.Name) {
			list = append(list, item.Text, item.Label)
		}
	}
	return list
}
