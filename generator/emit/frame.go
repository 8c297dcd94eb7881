package emit

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"minutebook/generator/diag"
	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// A navigationWord is a word of the top bar before it is related to a page.
type navigationWord struct{ text, url string }

// navigation is the top bar: the kinds that have documents, topics and people.
func (b *Builder) navigation() []navigationWord {
	var words []navigationWord
	for _, k := range b.Site.Config.Kinds {
		if k.Folder != "" && site.Index(k) != site.TopicsURL && len(b.Site.OfKind(k)) > 0 {
			words = append(words, navigationWord{b.Site.Label(k.Plural), site.Index(k)})
		}
	}
	if b.hasNotes(markdown.Action) {
		words = append(words, navigationWord{b.T("Actions"), site.ActionsURL})
	}
	if len(b.Site.Topics) > 0 {
		words = append(words, navigationWord{b.T("Topics"), site.TopicsURL})
	}
	if len(b.Site.People) > 0 {
		words = append(words, navigationWord{b.T("People"), site.PeopleURL})
	}
	if len(words) == 0 {
		words = append(words, navigationWord{b.T("All documents"), site.AllURL})
	}
	return words
}

// frame is what a page at a URL has in common with all others. section is the
// address of the word in the top bar that it belongs to.
func (b *Builder) frame(layoutName, pageURL, title, section string) layout.Frame {
	c := b.Site.Config
	around := b.around(dirOf(pageURL), section)
	f := layout.Frame{
		Layout: layoutName, Language: c.Language, Direction: c.Direction,
		Title: title, Description: c.Description,
		Bar: around.bar, Stylesheet: around.stylesheet, Script: around.script, Icon: around.icon,
		AsOf: *b.day(b.Site.Today), Pinned: b.Pinned, Alternates: b.alternates()[pageURL],
	}
	f.Navigation, f.Footer = around.navigation, around.footer
	if c.BaseURL != "" && pageURL != site.MissingURL {
		f.Canonical, f.ObjectType = b.canonical(pageURL), "article"
		if pageURL == site.HomeURL {
			f.ObjectType = "website"
		}
	}
	return f
}

// surroundings are what all pages of a folder and a section link to.
type surroundings struct {
	bar                      layout.Bar
	stylesheet, script, icon string
	navigation               []layout.NavigationItem
	footer                   []layout.Link
}

// around is made once for each folder and section.
func (b *Builder) around(dir, section string) *surroundings {
	key := [2]string{dir, section}
	if made, ok := b.surrounded.Load(key); ok {
		return made.(*surroundings)
	}
	page := dir + "/"
	a := &surroundings{
		bar:        layout.Bar{Site: b.Site.Title(), Home: href(page, site.HomeURL), Search: href(page, site.SearchURL)},
		stylesheet: href(page, b.Theme.Stylesheet()), script: href(page, b.Theme.Script()), icon: href(page, b.Theme.Icon()),
	}
	for _, w := range b.nav() {
		a.navigation = append(a.navigation, layout.NavigationItem{
			Link: layout.Link{Text: w.text, Href: href(page, w.url)}, Current: w.url == section,
		})
	}
	for _, w := range b.footer() {
		a.footer = append(a.footer, layout.Link{Text: w.text, Href: href(page, w.url)})
	}
	b.surrounded.Store(key, a)
	return a
}

// canonical is the address by which a page is known, whatever leads to it. The
// site must know its base URL.
func (b *Builder) canonical(pageURL string) string {
	return b.Site.Config.BaseURL + (&url.URL{Path: pageURL}).EscapedPath()
}

// footerWords lead to the pages that gather something from all documents.
func (b *Builder) footerWords() []navigationWord {
	words := []navigationWord{{b.T("What changed"), site.ChangesURL}}
	if b.anyDays() {
		words = append(words, navigationWord{b.T("Calendar"), site.CalendarURL})
	}
	if len(b.stagedKinds()) > 0 {
		words = append(words, navigationWord{b.T("How decisions are made"), site.HowURL})
	}
	if b.hasNotes(markdown.Question) {
		words = append(words, navigationWord{b.T("Questions"), site.QuestionsURL})
	}
	if b.hasNotes(markdown.Feedback, markdown.Topic) {
		words = append(words, navigationWord{b.T("Where feedback goes"), site.FeedbackURL})
	}
	words = append(words, navigationWord{b.T("All documents"), site.AllURL}, navigationWord{b.T("Attention"), site.AttentionURL})
	return append(words, b.subscribeWords()...)
}

// about adds to a frame what it has of a source file: its problems and the link
// to edit it.
func (b *Builder) about(f *layout.Frame, r *site.Record) {
	if r == nil {
		return
	}
	for _, d := range b.problemsIn(r.File.Path) {
		f.Problems = append(f.Problems, problem(d))
	}
	file := path.Join(b.Source, r.File.Path)
	f.Edit, f.History = b.Site.Config.EditURL(file), b.Site.Config.HistoryURL(file)
	if r.SourceURL != "" {
		f.Alternates = append(slices.Clip(f.Alternates), layout.Alternate{Type: "text/markdown", Href: href(r.URL, r.SourceURL)})
	}
}

func problem(d diag.Diagnostic) layout.Problem {
	return layout.Problem{
		Place: diag.Place{Path: d.Path, Start: d.Start}.String(), Severity: d.Severity.String(),
		Message: d.Message, Hint: d.Hint, Code: d.Code,
	}
}

// crumbs lead from Home to a page, whose own crumb comes last and leads
// nowhere.
func (b *Builder) crumbs(pageURL, title string, way ...navigationWord) []layout.Link {
	links := []layout.Link{{Text: b.T("Home"), Href: href(pageURL, site.HomeURL)}}
	for _, w := range way {
		links = append(links, layout.Link{Text: w.text, Href: href(pageURL, w.url)})
	}
	return append(links, layout.Link{Text: title})
}

// wayTo are the crumbs between Home and a record: its kind's index, or the
// folders that it is in.
func (b *Builder) wayTo(r *site.Record) []navigationWord {
	if index := site.Index(r.Kind); index != "" {
		return []navigationWord{{b.Site.Label(r.Kind.Plural), index}}
	}
	dir := path.Dir(r.File.Path)
	if r.Index {
		dir = path.Dir(dir)
	}
	return b.wayToFolder(dir)
}

func (b *Builder) wayToFolder(dir string) []navigationWord {
	var way []navigationWord
	for ; dir != "."; dir = path.Dir(dir) {
		if u := b.Site.FolderURL(dir); u != "" {
			way = append([]navigationWord{{b.folderTitle(dir), u}}, way...)
		}
	}
	return way
}

func (b *Builder) folderTitle(dir string) string {
	u := b.Site.FolderURL(dir)
	if r := b.Site.IntroOf(u); r != nil {
		return r.Title
	}
	for _, k := range b.Site.Config.Kinds {
		if site.Index(k) == u {
			return b.Site.Label(k.Plural)
		}
	}
	return folderName(dir)
}

// folderName is how a folder without an index document is called.
func folderName(dir string) string {
	return strings.ReplaceAll(path.Base(dir), "_", " ")
}

// sectionOf is the word in the top bar that a record belongs to.
func sectionOf(r *site.Record) string { return site.Index(r.Kind) }

// doc is a record as the page at a URL mentions it.
func (b *Builder) doc(pageURL string, r *site.Record) layout.Doc {
	return layout.Doc{Title: r.Title, Href: href(pageURL, r.URL), ID: r.Text("id"), Kind: b.Site.Label(r.Kind.Label), Status: b.status(r)}
}

func (b *Builder) status(r *site.Record) *layout.Status {
	word := r.StatusText()
	if word == "" {
		return nil
	}
	s := &layout.Status{Word: word, Tone: "plain"}
	if r.State != nil {
		s.Word, s.Tone = b.stateWord(r), r.State.Tone
	}
	return s
}

// stateWord is what the status of a record is called. Those that Minutebook
// brings say a little more where it is known.
func (b *Builder) stateWord(r *site.Record) string {
	label := r.State.Label
	switch {
	case b.Site.Config.Own[label]:
	case r.State.Name == "deferred" && !r.Day("review-by").IsZero():
		return b.T("Postponed until {day}", b.day(r.Day("review-by")).Short)
	case !r.Trial().IsZero():
		return b.T("Decided, on trial until {day}", b.day(r.Trial()).Short)
	case r.State.Name == "accepted" && r.Kind.Name == "proposal" && (r.Outcome == nil || r.Outcome.Text == ""):
		return b.T("Decided: accepted")
	}
	return b.Site.Label(label)
}

// personLinks are the persons of a field as the page at a URL prints them.
func personLinks(pageURL string, persons []site.Named) []layout.Link {
	var links []layout.Link
	for _, n := range persons {
		links = append(links, personLink(pageURL, n.Person))
	}
	return links
}

func personLink(pageURL string, p *site.Person) layout.Link {
	link := layout.Link{Text: p.Shown}
	if p.URL != "" {
		link.Href = href(pageURL, p.URL)
	}
	return link
}
