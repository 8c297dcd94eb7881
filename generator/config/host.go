package config

import (
	"net/url"
	"path"
	"strings"
)

// A Host is the software of the place where a repository is, which decides how
// the addresses of its web editor look.
type Host string

// The hosts that are known.
const (
	GitHub  Host = "github"
	GitLab  Host = "gitlab"
	Forgejo Host = "forgejo" // and Gitea, and Codeberg
)

// hostOf guesses the software from the name of a host.
func hostOf(repository string) Host {
	u, err := url.Parse(repository)
	if err != nil {
		return GitHub
	}
	name := strings.ToLower(u.Hostname())
	switch {
	case strings.Contains(name, "gitlab") || strings.HasPrefix(name, "salsa."):
		return GitLab
	case strings.Contains(name, "forgejo"), strings.Contains(name, "gitea"), strings.HasSuffix(name, "codeberg.org"):
		return Forgejo
	}
	return GitHub
}

// places are the parts of addresses, before the branch, by what is done there.
var places = map[Host]map[string]string{
	GitHub:  {"edit": "/edit/", "new": "/new/", "file": "/blob/", "history": "/commits/"},
	GitLab:  {"edit": "/-/edit/", "new": "/-/new/", "file": "/-/blob/", "history": "/-/commits/"},
	Forgejo: {"edit": "/_edit/", "new": "/_new/", "file": "/src/branch/", "history": "/commits/branch/"},
}

// at is the address of a path in the repository; "" when no repository is set.
func (c *Config) at(what, file string) string {
	if c.Repository == "" {
		return ""
	}
	return c.Repository + places[c.Host][what] + url.PathEscape(c.Branch) + "/" + (&url.URL{Path: file}).EscapedPath()
}

// EditURL is where a file of the repository is edited in a browser, FileURL
// where it is shown, and HistoryURL where its past is. Paths count from the top
// of the repository. All are "" when no repository is set.
func (c *Config) EditURL(file string) string { return c.at("edit", file) }

// FileURL is described with EditURL.
func (c *Config) FileURL(file string) string { return c.at("file", file) }

// HistoryURL is described with EditURL.
func (c *Config) HistoryURL(file string) string { return c.at("history", file) }

// NewURL is where a file is begun in a browser, with a text to start from. What
// a host does not understand of it, it passes over.
func (c *Config) NewURL(file, text string) string {
	if c.Repository == "" {
		return ""
	}
	address := strings.TrimSuffix(c.at("new", path.Dir(file)), "/.")
	name := "filename"
	if c.Host == GitLab {
		name = "file_name"
	}
	return address + "?" + name + "=" + escaped(path.Base(file)) + "&value=" + escaped(text)
}

// escaped is a text within a query, with blanks as every host reads them.
func escaped(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
