package inspect

import (
	"net/url"
	"path"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/document"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// A Figure is how many of some things were understood.
type Figure struct {
	Found int `json:"found"`
	Of    int `json:"of"`
}

func (f *Figure) count(found bool) {
	f.Of++
	if found {
		f.Found++
	}
}

// Figures are how much was understood. Of each, Of is what the bare files show,
// whatever the settings say. But for titles and links, they are of documents that
// are of a kind, or look as if they should be; others are plain pages.
type Figures struct {
	Titles     Figure `json:"titles"`     // that are neither empty nor a general word such as "Notes"
	IDs        Figure `json:"ids"`        // where a key or the name of the file has a number
	Dates      Figure `json:"dates"`      // where a key, the path or, of meetings, the head has a day
	Statuses   Figure `json:"statuses"`   // where one is stated: the ones that the kind has
	People     Figure `json:"people"`     // where a key for people has a value
	Attendance Figure `json:"attendance"` // minutes that list who was there
	Actions    Figure `json:"actions"`    // minutes that mark actions

	Links   Figure `json:"links"`   // to files and folders that are there
	Missing int    `json:"missing"` // links to what is not there
	Leaving int    `json:"leaving"` // links that leave the folder of the documents
	Anchors Figure `json:"anchors"` // parts of documents that links name
	Self    Figure `json:"self"`    // addresses elsewhere of files that are here: those that lead to their pages

	Undescribed int `json:"undescribed"` // plain pages that look like proposals, decisions or minutes
}

// got are the things that one document may have, as bits.
type got uint16

const (
	aTitle got = 1 << iota
	anID
	aDay
	aStatus
	somebody
	attendance
	actions
)

// A measurement is the figures of a site, and what they are made of.
type measurement struct {
	figures Figures
	got     map[string]got // by path
	broken  map[string]int // by path: links that lead nowhere, and anchors
}

// measure compares what the site knows of each document with what the bare file
// shows.
func (i *inspection) measure(s *site.Site) measurement {
	m := measurement{got: map[string]got{}, broken: map[string]int{}}
	for _, r := range s.Records {
		m.document(s, r, i.surveys[r.File.Path])
		m.links(i, s, r)
	}
	return m
}

func (m *measurement) document(s *site.Site, r *site.Record, bare document.Survey) {
	f := &m.figures
	has := func(what got, figure *Figure, found bool) {
		figure.count(found)
		if found {
			m.got[r.File.Path] |= what
		}
	}
	has(aTitle, &f.Titles, r.Title != "" && (r.Kind.Open || !r.Kind.Title.IsGeneric(r.Title)))
	like := resembles(r, bare)
	if r.Kind.Open {
		if like == "" {
			return
		}
		f.Undescribed++
	}
	page := r.Kind.Open
	if statesID(r, bare) && (page || r.Kind.Stated) {
		_, found := r.Values.Of("id")
		has(anID, &f.IDs, found)
	}
	if statesDay(r, bare, like) {
		_, day := r.Dated()
		has(aDay, &f.Dates, !day.IsZero())
	}
	if word := stated(r.Kind, bare, statusKeys); word != "" && (page || len(r.Kind.Statuses) > 0) {
		has(aStatus, &f.Statuses, r.Status.Known != nil)
	}
	if stated(r.Kind, bare, peopleKeys) != "" {
		has(somebody, &f.People, namesSomebody(r))
	}
	if r.Kind.Name == "meeting" || like == "meeting" {
		if bare.Attends {
			has(attendance, &f.Attendance, len(r.Attended) > 0 || !page && len(r.Items("attendees")) > 0)
		}
		if bare.Actions > 0 {
			has(actions, &f.Actions, hasAction(r))
		}
	}
}

// Keys that mean one thing everywhere, as they are compared.
var (
	statusKeys = keySet("status state current-status decision-status stage")
	peopleKeys = keySet("author authors by written-by proposed-by proposer rfc-author champion champions deciders decision-makers owner owners editor editors shepherd shepherds submitter")
	dayKeys    = keySet("date created start-date creation-date date-started date-created decided decision-date proposed submitted assigned start when meeting-date last-updated updated")
)

func keySet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// stated is the first value that a file states by one of some keys; "" when it
// states none.
func stated(k *config.Kind, bare document.Survey, keys map[string]bool) string {
	for _, sign := range bare.Signs {
		if keys[config.NormalKey(sign.Key)] && !k.SaysNothing(sign.Value) && (!strings.HasPrefix(sign.Value, "<") || strings.ContainsAny(sign.Value, "@:/")) && sign.Value != "[]" {
			return sign.Value
		}
	}
	return ""
}

// statesID reports whether a key or the name of the file has a number for the
// document.
func statesID(r *site.Record, bare document.Survey) bool {
	if r.Index && !strings.Contains(r.File.Path, "/") {
		return false
	}
	if _, number := document.Number(r.File.Path); number != "" {
		return true
	}
	for _, sign := range bare.Signs {
		if sign.From != config.FromFrontMatter {
			continue
		}
		if f := r.Kind.Field(sign.Key); f != nil && f.Name == "id" && strings.ContainsAny(sign.Value, "0123456789") {
			return true
		}
	}
	return false
}

// statesDay reports whether a key, the path or, of a meeting, the head of a file
// has a day.
func statesDay(r *site.Record, bare document.Survey, like string) bool {
	if !document.PathDay(r.Kind, r.File.Path).IsZero() {
		return true
	}
	for _, sign := range bare.Signs {
		if dayKeys[config.NormalKey(sign.Key)] && isDay(sign.Value) {
			return true
		}
	}
	if r.Kind.Name == "meeting" || like == "meeting" {
		return hasDay(bare.Head)
	}
	return false
}

func isDay(value string) bool {
	if _, err := date.ParseLenient(value); err == nil {
		return true
	}
	return hasDay(value)
}

func namesSomebody(r *site.Record) bool {
	for _, f := range r.Kind.OfType(config.People) {
		if len(r.Items(f.Name)) > 0 {
			return true
		}
	}
	return false
}

func hasAction(r *site.Record) bool {
	for _, n := range r.Notes {
		if n.Kind == markdown.Action {
			return true
		}
	}
	return false
}

// links counts where the links of a text lead.
func (m *measurement) links(i *inspection, s *site.Site, r *site.Record) {
	f, c := &m.figures, r.CountLinks()
	f.Anchors.Found += c.Found
	f.Anchors.Of += c.Anchors
	f.Links.Found += c.Resolved
	f.Links.Of += c.Resolved
	m.broken[r.File.Path] = c.Anchors - c.Found
	for n := range r.Targets {
		t, to := &r.Targets[n], r.Body.References[n].Destination
		if own, _, is := s.Config.SelfPath(to); is && (t.Self || i.holds(own) && !s.Config.Excludes(own)) {
			f.Self.count(t.Self)
		}
		if t.Kind != site.Broken {
			continue
		}
		m.broken[r.File.Path]++
		switch p, leaves := i.place(r, to); {
		case leaves:
			f.Leaving++
		case i.isThere(p):
			f.Links.Of++
		default:
			f.Missing++
		}
	}
}

// place is the path that a relative link names, and whether it leaves the folder
// of the documents.
func (i *inspection) place(r *site.Record, destination string) (p string, leaves bool) {
	p, _, _ = strings.Cut(destination, "#")
	p, _, _ = strings.Cut(p, "?")
	if plain, err := url.PathUnescape(p); err == nil {
		p = plain
	}
	if strings.HasPrefix(p, "/") {
		p = path.Clean(p[1:])
		if top := i.in.Build.SourcePath; top != "" && top != "." {
			rest, inside := strings.CutPrefix(p, top+"/")
			return rest, !inside && p != top
		}
		return p, false
	}
	p = path.Join(path.Dir(r.File.Path), p)
	return p, p == ".." || strings.HasPrefix(p, "../")
}

// isThere reports whether there is a file or a folder at a path.
func (i *inspection) isThere(p string) bool {
	if i.folders == nil {
		i.folders = map[string]bool{".": true}
		for _, f := range i.in.Build.Content.Files() {
			for dir := path.Dir(f.Path); !i.folders[dir]; dir = path.Dir(dir) {
				i.folders[dir] = true
			}
		}
	}
	return i.folders[p] || i.in.Build.Content.File(p) != nil
}

// worse reports whether anything that a document had is lost after a change, and
// which document that is. Documents that are gone do not count.
func (m measurement) worse(after measurement) (path string, lost bool) {
	for p, before := range m.got {
		now, there := after.got[p]
		_, kept := after.broken[p]
		if kept && (!there || before&^now != 0) {
			return p, true
		}
		if kept && after.broken[p] > m.broken[p] {
			return p, true
		}
	}
	for p, before := range m.broken {
		if now, kept := after.broken[p]; kept && now > before {
			return p, true
		}
	}
	return "", false
}
