package inspect

import (
	"iter"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// This file finds out where else the documents are: the repository's host, and
// sites that show them.

func mapKeys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// hosted is an address of a file or a folder on the host of a repository.
var hosted = regexp.MustCompile(`^https?://([^/?#\s]+/[^?#\s]+?)/(?:-/)?(?:blob|tree|raw|src/branch)/([^/?#\s]+)/([^?#\s]+)`)

// repository sets the address of the repository: as git has it, else as most
// links to files that are here have it.
func (i *inspection) repository(m *mapping, s *site.Site) {
	places, branches := counter{}, map[string]counter{}
	for to := range outside(s) {
		found := hosted.FindStringSubmatch(to)
		if found == nil || !i.holds(found[3]) {
			continue
		}
		at := "https://" + found[1]
		if branches[at] == nil {
			branches[at] = counter{}
		}
		places[at]++
		branches[at][found[2]]++
	}
	at, n := mostFrequent(places)
	m.repository, m.branch = i.in.Repository, i.in.Branch
	why := "the remote origin of git"
	if m.repository == "" && n >= leastAlike && webAddress.MatchString(at) {
		m.repository, why = at, many(n, "link")+" to files of it that are here"
	}
	if m.repository == "" {
		m.branch = ""
		return
	}
	if m.branch == "" {
		m.branch, _ = mostFrequent(branches[m.repository])
		if len(m.branch) > 20 || strings.Trim(m.branch, "0123456789abcdef") == "" {
			m.branch = "" // a commit
		}
	}
	if m.branch == "main" {
		m.branch = ""
	}
	m.because("repository", "%s; links to edit lead there, and those to its own files become links to pages", why)
}

var webAddress = regexp.MustCompile(`^https://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~-]+)+$`)

// outside are the addresses of other sites that texts link to.
func outside(s *site.Site) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, r := range s.Records {
			for n := range r.Targets {
				ref := &r.Body.References[n]
				if r.Targets[n].Kind == site.External && ref.Form != markdown.Mention && !yield(ref.Destination) {
					return
				}
			}
		}
	}
}

// holds reports whether there is a file or a folder at a path that counts from
// the top of the repository.
func (i *inspection) holds(escaped string) bool {
	p, err := url.PathUnescape(escaped)
	if err != nil {
		return false
	}
	if top := i.in.Build.SourcePath; top != "" && top != "." {
		p = strings.TrimPrefix(p, top+"/")
	}
	return i.isThere(strings.Trim(p, "/"))
}

// selfURLs proposes the addresses of sites that show these documents: where what
// is behind the start of an address is the path of a document, time and again.
func (i *inspection) selfURLs(m *mapping, s *site.Site) {
	names := i.documentNames(s)
	votes, different, all := counter{}, map[[2]string]bool{}, counter{}
	for to := range outside(s) {
		u, err := url.Parse(to)
		if err != nil || u.Host == "" || u.RawQuery != "" || u.User != nil || hosted.MatchString(to) || !strings.ContainsAny(u.Path, "0123456789") {
			continue
		}
		all[u.Host]++
		if before, folder, ok := split(u, names); ok {
			if at := before + " " + folder; !different[[2]string{at, u.Path}] {
				different[[2]string{at, u.Path}] = true
				all[at]++
			}
			votes[before+" "+folder]++
		}
	}
	for _, v := range votes.list() {
		before, folder, _ := strings.Cut(v.What, " ")
		u, _ := url.Parse(before)
		if v.Documents < leastAlike || all[v.What] < 2 || v.Documents*2 < all[u.Host] || !plainURL.MatchString(before) || len(m.selfURLs) == mostSelf {
			continue
		}
		m.selfURLs = append(m.selfURLs, pair{before, folder})
		m.because("self-urls", "%s lead to what is a page here", many(v.Documents, "link"))
	}
}

// mostSelf is how many sites may show the same documents.
const mostSelf = 5

var plainURL = regexp.MustCompile(`^https://[A-Za-z0-9.-]+(?::\d+)?/(?:[A-Za-z0-9._~-]+/)*$`)

// documentNames are the paths of documents without their ending, and with the
// folders that a part of the path counts from.
func (i *inspection) documentNames(s *site.Site) map[string][]string {
	names := map[string][]string{}
	for _, r := range s.Records {
		p := strings.TrimSuffix(r.File.Path, path.Ext(r.File.Path))
		if source.IsIndex(r.File.Path) {
			if p = path.Dir(r.File.Path); p == "." {
				continue
			}
		}
		dir := ""
		for rest := p; ; {
			if strings.ContainsAny(rest, "0123456789") { // others may be words of any site
				names[rest] = append(names[rest], dir)
			}
			first, after, more := strings.Cut(rest, "/")
			if !more {
				break
			}
			dir, rest = path.Join(dir, first), after
		}
	}
	return names
}

// split cuts an address at the path of a document, the longest that is one.
func split(u *url.URL, names map[string][]string) (before, folder string, ok bool) {
	p := strings.Trim(u.Path, "/")
	for _, ending := range []string{".md", ".html"} {
		p = strings.TrimSuffix(p, ending)
	}
	start := "https://" + u.Host + "/"
	for tail := p; tail != ""; {
		if folders := names[tail]; len(folders) == 1 || len(folders) > 1 && slices.Contains(folders, "") {
			folder = folders[0]
			if len(folders) > 1 {
				folder = ""
			}
			return start + strings.TrimSuffix(p, tail), folder, true
		}
		_, after, more := strings.Cut(tail, "/")
		if !more {
			break
		}
		tail = after
	}
	return "", "", false
}
