package site

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/source"
)

// Addresses of the pages that a site always has or may have. A document on one
// of them is moved.
const (
	HomeURL      = document.IndexPage
	AttentionURL = "attention.html"
	AllURL       = "az.html"
	MissingURL   = "404.html"
	PeopleURL    = "people/index.html"
	TopicsURL    = "topics/index.html"
	ActionsURL   = "actions.html"
	QuestionsURL = "questions.html"
	FeedbackURL  = "feedback.html"
	ChangesURL   = "changes.html"
	CalendarURL  = "calendar.html"
	HowURL       = "how.html"
	SearchURL    = "search.html"
	SitemapURL   = "sitemap.xml"
	RobotsURL    = "robots.txt"
	ModelURL     = "model.json"
	AssetFolder  = "assets"

	FeedFile          = "feed.xml"
	DecisionsFeedFile = "decisions.xml"
	CalendarFile      = "calendar.ics"
	ActionsTable      = "actions.csv"
	QuestionsTable    = "questions.csv"
	FeedbackTable     = "feedback.csv"
	DecisionsTable    = "decisions.csv"
)

var reserved = []string{
	AttentionURL, AllURL, MissingURL, SitemapURL,
	ActionsURL, QuestionsURL, FeedbackURL, ChangesURL, CalendarURL, HowURL, SearchURL,
	ModelURL, FeedFile, DecisionsFeedFile, CalendarFile,
	ActionsTable, QuestionsTable, FeedbackTable, DecisionsTable,
}

// longestName is how many bytes an element of an address may have: common file
// systems end at 255, and what stands beside a page has a longer ending.
const longestName = 240

// addresses are the addresses that are taken, as a file system that ignores
// letter case and Unicode form would compare them.
type addresses struct {
	owner   map[string]string // folded address of a file to what has it, for people
	folders map[string]bool   // folded paths of the folders above
	last    string            // one of the folders: the next address is mostly in it, too
}

// addressKey folds an address: what differs only in letter case or in Unicode
// normal form is one file on some systems.
func addressKey(url string) string {
	for i := range len(url) {
		if url[i] >= utf8.RuneSelf {
			return strings.ToLower(norm.NFC.String(url))
		}
	}
	return strings.ToLower(url)
}

func (a *addresses) init(c *config.Config, files int) {
	a.owner, a.folders = make(map[string]string, files+len(reserved)), map[string]bool{}
	for _, url := range reserved {
		a.take(addressKey(url), "the page "+url)
	}
	a.folders[AssetFolder] = true
	for _, k := range c.Kinds {
		if k.Folder != "" {
			a.folders[addressKey(k.Folder)] = true
		}
	}
}

// free reports whether a file can have an address, by its key: nothing else has
// it, it is no folder, and no file is where its folders are.
func (a *addresses) free(key string) bool {
	if a.owner[key] != "" || a.folders[key] {
		return false
	}
	for dir := folderOf(key); dir != "." && dir != a.last; dir = folderOf(dir) {
		if a.owner[dir] != "" {
			return false
		}
	}
	return true
}

// take gives a free address to an owner, by its key.
func (a *addresses) take(key, owner string) {
	a.owner[key] = owner
	above := folderOf(key)
	for dir := above; dir != "." && dir != a.last && !a.folders[dir]; dir = folderOf(dir) {
		a.folders[dir] = true
	}
	a.last = above
}

// folderOf is the folder of an address, "." at the top: path.Dir of what is
// clean already.
func folderOf(url string) string {
	if i := strings.LastIndexByte(url, '/'); i > 0 {
		return url[:i]
	}
	return "."
}

// claim takes an address, or the first numbered one that is free: x-2.html.
// owner is "" when the wanted one was free, and else says who has it.
func (a *addresses) claim(url, who string) (got, owner string) {
	url = shortened(url)
	got = url
	key := addressKey(got)
	for n := 2; !a.free(key); n++ {
		if owner == "" {
			owner = a.ownerOf(url)
		}
		ext := path.Ext(url)
		got = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(url, ext), n, ext)
		key = addressKey(got)
	}
	a.take(key, who)
	return got, owner
}

func (a *addresses) ownerOf(url string) string {
	for key := addressKey(url); key != "."; key = path.Dir(key) {
		if owner := a.owner[key]; owner != "" {
			return owner
		}
	}
	return "the folder " + url
}

// shortened cuts the elements of an address that are too long for a file
// system, and ends them with a part of their sum so that they stay apart.
func shortened(url string) string {
	if len(url) <= longestName {
		return url
	}
	elements := strings.Split(url, "/")
	for i, e := range elements {
		if len(e) <= longestName {
			continue
		}
		ext := path.Ext(e)
		if len(ext) > 16 {
			ext = ""
		}
		sum := source.SumOf([]byte(e)).String()[:8]
		cut := strings.ToValidUTF8(e[:longestName-len(ext)-len(sum)-1], "")
		elements[i] = cut + "-" + sum + ext
	}
	return strings.Join(elements, "/")
}

// assignAddresses gives every document its address, index.md before README.md
// and else in the order of the paths. Who comes second gets a numbered address
// and the problem.
func (l *linker) assignAddresses() {
	for _, r := range l.Records {
		if l.facts[r.number].Index {
			l.assignAddress(r)
		}
	}
	for _, r := range l.Records {
		if r.URL == "" {
			l.assignAddress(r)
		}
	}
}

func (l *linker) assignAddress(r *Record) {
	want := l.facts[r.number].Page
	var owner string
	r.URL, owner = l.addresses.claim(want, r.File.Path)
	if r.Index {
		l.intros[r.URL] = r
	}
	if owner != "" {
		l.problem(diag.At(r.File, source.Span{}, "colliding-output", "%s wants the address %s, which %s has; its page is %s", r.File.Path, want, owner, r.URL).
			About(want).WithHint("rename one of the two files"))
	}
}

// Index is the address of the index page of a kind, "" when it has none.
func Index(k *config.Kind) string {
	if k.Folder == "" {
		return ""
	}
	return k.Folder + "/" + HomeURL
}

// addFolders notes which page stands for each content folder: its own index
// document, the index of a kind, or a page that is generated for it.
func (l *linker) addFolders() {
	l.folders = map[string]string{".": HomeURL}
	for i, r := range l.Records {
		if f := &l.facts[i]; f.Folder && path.Base(r.URL) == HomeURL && l.folders[f.Dir] == "" {
			l.folders[f.Dir] = r.URL
		}
	}
	for _, url := range l.generatedIndexes() {
		if key := addressKey(url); l.addresses.free(key) {
			l.addresses.take(key, "the page "+url)
		}
		if dir := path.Dir(url); l.folders[dir] == "" {
			l.folders[dir] = url
		}
	}
	generated := map[string]*Folder{}
	for i, r := range l.Records {
		dir := l.facts[i].Dir
		if l.facts[i].Folder {
			dir = path.Dir(dir)
		}
		if f := l.folder(dir, generated); f != nil {
			f.Records = append(f.Records, r)
		}
	}
}

func (l *linker) generatedIndexes() []string {
	urls := []string{HomeURL, PeopleURL, TopicsURL}
	for _, k := range l.in.Config.Kinds {
		if k.Folder != "" {
			urls = append(urls, Index(k))
		}
	}
	return urls
}

// folder returns the generated page of a content folder, made on first use with
// those of the folders above it; nil when another page stands for it.
func (l *linker) folder(dir string, generated map[string]*Folder) *Folder {
	if f := generated[dir]; f != nil || l.folders[dir] != "" {
		return f
	}
	url, _ := l.addresses.claim(path.Join(dir, HomeURL), "the index of "+dir)
	f := &Folder{Path: dir, URL: url}
	generated[dir] = f
	l.Folders = append(l.Folders, f)
	if above := l.folder(path.Dir(dir), generated); above != nil {
		above.Folders = append(above.Folders, f)
	}
	l.folders[dir] = url
	return f
}

// redirects takes the old addresses that documents list.
func (l *linker) redirects() {
	for _, r := range l.Records {
		for _, item := range l.facts[r.number].Aliases {
			url := aliasURL(item.Text)
			if url == r.URL || strings.Contains(item.Text, ":") {
				continue // its own address, or a rule for it: /:year/:title/
			}
			key := addressKey(url)
			if url == "" || !l.addresses.free(key) {
				l.problem(diag.At(r.In("aliases"), item.Span, "alias-taken", "the alias %q cannot lead here: %s", item.Text, l.whyTaken(url)).
					About(item.Text).WithHint("write a site path that no page has, such as old/name.html"))
				continue
			}
			l.addresses.take(key, "an alias of "+r.File.Path)
			l.Redirects = append(l.Redirects, Redirect{URL: url, To: r})
		}
	}
}

func (l *linker) whyTaken(url string) string {
	if url == "" {
		return "it is not a path within the site"
	}
	return l.addresses.ownerOf(url) + " has that address"
}

// aliasURL is the address of the page at an old path: old/x.md, old/x.html and
// old/ are understood. "" when the path leaves the site.
func aliasURL(alias string) string {
	p := strings.TrimPrefix(strings.TrimSpace(alias), "/")
	folder := p == "" || strings.HasSuffix(p, "/")
	p = path.Clean(p)
	switch {
	case p == ".." || strings.HasPrefix(p, "../") || strings.ContainsAny(p, "\\\x00?#"):
		return ""
	case folder:
		return path.Join(p, HomeURL)
	case source.IsIndex(p):
		return path.Join(path.Dir(p), HomeURL)
	case source.IsMarkdown(p):
		return strings.TrimSuffix(p, path.Ext(p)) + ".html"
	case strings.HasSuffix(strings.ToLower(p), ".html"):
		return p
	}
	return path.Join(p, HomeURL)
}

// FolderURL is the address of the page that stands for a content folder; ""
// when there is none.
func (s *Site) FolderURL(dir string) string { return s.folders[dir] }

// Documents is how many documents are in a folder and below.
func (f *Folder) Documents() int {
	n := len(f.Records)
	for _, sub := range f.Folders {
		n += sub.Documents()
	}
	return n
}
