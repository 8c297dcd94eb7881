package config

import (
	"net/url"
	"strings"

	"minutebook/generator/diag"
	"minutebook/generator/expression"
	"minutebook/generator/frontmatter"
)

// A SelfURL is an address elsewhere of what the site holds, as far as the path
// of a file.
type SelfURL struct {
	before, after string // around the name of a branch; after is "" when there is none
	branch        bool
	folder        string // of the content folder that it stands for, "" for its top
	top           bool   // it stands for the top of the repository
}

// SelfPath is the path that an address of the site's own documents leads to.
// When top is set it counts from the top of the repository, else from the
// content folder. The path has its percent forms and no query or fragment. A
// commit's address shows a file as it was, which the site does not: it is no
// address of its own.
func (c *Config) SelfPath(address string) (path string, top, ok bool) {
	if len(c.SelfURLs) == 0 {
		return "", false, false
	}
	if rest, plain := strings.CutPrefix(address, "http://"); plain {
		address = "https://" + rest
	}
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		if address[i] == '?' || isLineNumber(address[i+1:]) {
			return "", false, false
		}
		address = address[:i]
	}
	for _, s := range c.SelfURLs {
		if path, ok := s.rest(address); ok {
			return s.folder + path, s.top, true
		}
	}
	return "", false, false
}

func (s SelfURL) rest(address string) (path string, ok bool) {
	rest, ok := cutFold(address, s.before)
	if !ok || !s.branch {
		return rest, ok
	}
	name, rest, _ := strings.Cut(rest, "/")
	if name == "" || isCommit(name) {
		return "", false
	}
	return cutFold(rest, s.after)
}

// cutFold cuts a prefix, whatever the case of its letters.
func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// isCommit reports whether the name of a branch is the id of a commit.
func isCommit(name string) bool {
	return len(name) >= 7 && len(name) <= 64 && !strings.ContainsFunc(name, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'f')
	}) && strings.ContainsAny(name, "0123456789")
}

// isLineNumber reports a fragment that names lines of a source: L12, L3-L9.
func isLineNumber(fragment string) bool {
	return len(fragment) > 1 && fragment[0] == 'L' && '0' <= fragment[1] && fragment[1] <= '9'
}

// repositoryURLs are where the host of the repository shows its files.
func (c *Config) repositoryURLs() []SelfURL {
	if c.Repository == "" {
		return nil
	}
	var list []SelfURL
	for _, place := range map[Host][]string{
		GitHub: {"/blob/", "/tree/", "/raw/"}, GitLab: {"/-/blob/", "/-/tree/", "/-/raw/", "/blob/", "/tree/"},
		Forgejo: {"/src/branch/", "/raw/branch/"},
	}[c.Host] {
		list = append(list, SelfURL{before: c.Repository + place, branch: true, top: true})
	}
	if rest, ok := strings.CutPrefix(c.Repository, "https://github.com/"); ok {
		list = append(list, SelfURL{before: "https://raw.githubusercontent.com/" + rest + "/", branch: true, top: true})
	}
	return list
}

// selfURLs reads a list of addresses, which stand for the top of the repository,
// or addresses with the folders of the content that they stand for.
func (l *loader) selfURLs(e frontmatter.Entry) []SelfURL {
	var list []SelfURL
	if e.Value.Kind != frontmatter.Map {
		for _, address := range l.whole(e) {
			if s, ok := l.selfURL(e, address); ok {
				s.top = true
				list = append(list, s)
			}
		}
		return list
	}
	for _, one := range e.Value.Fields[:min(len(e.Value.Fields), expression.Most)] {
		s, ok := l.selfURL(one, one.Key)
		s.folder = strings.Trim(l.text(one), "/.")
		if s.folder != "" {
			s.folder += "/"
		}
		if ok {
			list = append(list, s)
		}
	}
	return list
}

func (l *loader) selfURL(e frontmatter.Entry, address string) (SelfURL, bool) {
	u, err := url.Parse(address)
	host := ""
	if err == nil {
		host = u.Host
	}
	before, after, branch := strings.Cut(address, "*")
	if host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Contains(host, "*") || u.RawQuery != "" || u.Fragment != "" || strings.Contains(after, "*") {
		l.bad(e, "%q is not the start of a web address", shorten(address)).
			hint("write it in full, with * for the name of a branch: https://example.org/team/minutes/blob/*/")
		return SelfURL{}, false
	}
	before = "https://" + strings.TrimPrefix(strings.TrimPrefix(before, "http://"), "https://")
	if !branch && !strings.HasSuffix(before, "/") {
		before += "/"
	}
	return SelfURL{before: before, after: strings.TrimPrefix(after, "/"), branch: branch}, true
}

// sectionNames are the sections of notes that headings may begin.
var sectionNames = []string{
	"attendance", "remote", "guests", "observers", "invited", "regrets", "actions", "action-review",
	"decisions", "open-questions", "if-accepted", "options", "survey",
}

// headings reads other words for the headings of notes: "actions: [Aufgaben]".
func (l *loader) headings(v frontmatter.Value) map[string]string {
	words := map[string]string{}
	for _, e := range l.fields(v) {
		known := false
		for _, name := range sectionNames {
			known = known || name == e.Key
		}
		if !known {
			p := l.bad(e, "%q is no section of notes", e.Key)
			if near := diag.Nearest(e.Key, sectionNames); near != "" {
				p.hint("did you mean %q?", near)
			} else {
				p.hint("the sections are %s", strings.Join(sectionNames, ", "))
			}
			continue
		}
		for _, word := range l.list(e) {
			words[strings.ToLower(strings.TrimSpace(word))] = e.Key
		}
	}
	return words
}

// Excludes reports whether a file is no part of the site.
func (c *Config) Excludes(path string) bool {
	return len(c.Excluded) > 0 && path != FileName && path != PeopleFile && matchAny(c.Excluded, strings.ToLower(path))
}
