package config

import (
	_ "embed"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

//go:embed builtin.yaml
var builtin []byte

// Load reads the settings of a site from its content folder. What cannot be
// read is in the list with the code configuration or unsafe-configuration, and
// keeps its usual value; a build refuses to publish then.
func Load(content *source.Tree) (*Config, diag.List) {
	c := &Config{
		Language: "en", ZoneName: "UTC", Zone: time.UTC, Branch: "main", HTML: "github", History: true,
		Severities: map[string]diag.Severity{}, Own: map[string]bool{}, byName: map[string]*Kind{},
	}
	own := source.NewFile("builtin.yaml", builtin)
	base := loader{file: own}
	base.builtin(c)
	if len(base.problems) > 0 {
		panic("config: builtin.yaml: " + base.problems[0].String())
	}
	c.Sum, c.builtin = own.Sum, len(c.Kinds)
	l := loader{own: c.Own}
	if f := content.File(FileName); f != nil {
		l.file = f
		l.site(c)
		c.Sum = source.SumOf(append(own.Sum[:], f.Sum[:]...))
	}
	l.obstacle(content, FileName, "the site would look as if nothing were set")
	c.complete()
	return c, l.problems
}

// complete fills in what follows from other settings.
func (c *Config) complete() {
	if c.Direction == "" {
		c.Direction = DirectionOf(c.Language)
	}
	if c.Host == "" {
		c.Host = hostOf(c.Repository)
	}
	c.SelfURLs = append(c.SelfURLs, c.repositoryURLs()...)
	for _, k := range c.Kinds {
		k.Reading = k.Reading.within(c.Reading)
	}
	if c.SiteID == "" {
		c.SiteID = strings.TrimPrefix(c.Repository, "https://")
	}
}

// A loader reads settings from one file.
type loader struct {
	file     *source.File
	own      map[string]bool // what the file calls things; nil where nobody asks
	problems diag.List
}

// obstacle reports what stands where a file of settings should.
func (l *loader) obstacle(content *source.Tree, name, consequence string) {
	if what := content.Obstacle(name); what != "" {
		l.problems.Add(diag.At(&source.File{Path: name}, source.Span{}, "configuration", "%s is %s and cannot be read: %s", name, what, consequence).
			WithHint("put a file with the settings in its place, or take it away"))
	}
}

// Meant is the file of settings that somebody most likely meant by another name at
// the top of the content folder: people.yml, People.yaml, minute-book.yaml. ""
// for names that mean none.
func Meant(name string) string {
	low := strings.TrimSuffix(strings.ToLower(name), ".txt")
	if !source.IsYAML(low) || strings.Contains(low, "/") {
		return ""
	}
	stem := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.TrimSuffix(low, path.Ext(low)))
	for _, file := range []string{FileName, PeopleFile} {
		if stem+".yaml" == file && name != file {
			return file
		}
	}
	return ""
}

func (l *loader) decode() frontmatter.Value {
	m, problems := frontmatter.DecodeFile(l.file)
	for _, p := range problems {
		if p.Severity == diag.Error {
			p.Code = "configuration"
		}
		l.problems.Add(p)
	}
	return frontmatter.Value{Kind: frontmatter.Map, Fields: m.Entries}
}

func (l *loader) builtin(c *Config) {
	var common []*Field
	l.each(l.decode(), "builtin.yaml", map[string]func(frontmatter.Entry){
		"common":  func(e frontmatter.Entry) { common = l.mergeFields(nil, e.Value) },
		"reading": func(e frontmatter.Entry) { l.reading(&c.Reading, e.Value) },
		"kinds":   func(e frontmatter.Entry) { l.addKinds(c, e.Value, common) },
	})
}

// common are the fields that every kind has: those of the plain page.
func (c *Config) common() []*Field { return c.Page().Fields }

func (l *loader) site(c *Config) {
	defaults := frontmatter.Value{Kind: frontmatter.Null}
	l.each(l.decode(), FileName, map[string]func(frontmatter.Entry){
		"title":        func(e frontmatter.Entry) { c.Title = l.text(e) },
		"description":  func(e frontmatter.Entry) { c.Description = l.text(e) },
		"language":     func(e frontmatter.Entry) { c.Language, c.LanguageAt = l.language(e), e.Value.Span },
		"lang":         func(e frontmatter.Entry) { c.Language, c.LanguageAt = l.language(e), e.Value.Span },
		"direction":    func(e frontmatter.Entry) { c.Direction = l.oneOf(e, []string{"ltr", "rtl"}) },
		"dir":          func(e frontmatter.Entry) { c.Direction = l.oneOf(e, []string{"ltr", "rtl"}) },
		"timezone":     func(e frontmatter.Entry) { c.ZoneName, c.Zone = l.zone(e) },
		"today":        func(e frontmatter.Entry) { c.Today = l.day(e) },
		"base-url":     func(e frontmatter.Entry) { c.BaseURL = l.baseURL(e) },
		"repository":   func(e frontmatter.Entry) { c.Repository = strings.TrimSuffix(l.webAddress(e), "/") },
		"host":         func(e frontmatter.Entry) { c.Host = Host(l.oneOf(e, []string{"github", "gitlab", "forgejo"})) },
		"branch":       func(e frontmatter.Entry) { c.Branch = l.text(e) },
		"site-id":      func(e frontmatter.Entry) { c.SiteID = l.text(e) },
		"track-since":  func(e frontmatter.Entry) { c.TrackSince = l.day(e) },
		"attendance":   func(e frontmatter.Entry) { c.Attendance = l.flag(e) },
		"history":      func(e frontmatter.Entry) { c.History = l.flag(e) },
		"sources":      func(e frontmatter.Entry) { c.Sources = l.flag(e) },
		"html":         func(e frontmatter.Entry) { c.HTML = l.oneOf(e, []string{"github", "escape", "unsafe"}) },
		"link-schemes": func(e frontmatter.Entry) { c.LinkSchemes = l.schemes(e) },
		"rules":        func(e frontmatter.Entry) { l.severities(c, e.Value) },
		"kinds":        func(e frontmatter.Entry) { l.addKinds(c, e.Value, c.common()) },
		"exclude":      func(e frontmatter.Entry) { c.Excluded = l.globs(e) },
		"self-urls":    func(e frontmatter.Entry) { c.SelfURLs = l.selfURLs(e) },
		"headings":     func(e frontmatter.Entry) { c.Headings = l.headings(e.Value) },
		"reading":      func(e frontmatter.Entry) { l.reading(&c.Reading, e.Value) },
		"defaults":     func(e frontmatter.Entry) { defaults = e.Value },
	})
	l.defaults(c, defaults)
}

// defaults reads the values of fields that documents of a kind leave out. It
// comes after the kinds, whatever the order in the file.
func (l *loader) defaults(c *Config, v frontmatter.Value) {
	for _, e := range l.fields(v) {
		k := c.Kind(e.Key)
		if k == nil {
			l.bad(e, "%q is not a kind", e.Key).hint("the kinds are %s", strings.Join(c.kindNames(), ", "))
			continue
		}
		k.Defaults = map[string]string{}
		for _, d := range l.fields(e.Value) {
			f := k.Field(d.Key)
			if f == nil {
				l.bad(d, "a %s has no key %q", k.Name, d.Key)
				continue
			}
			k.Defaults[f.Name] = strings.Join(l.list(d), ", ")
		}
	}
}

func (c *Config) kindNames() []string {
	var names []string
	for _, k := range c.Kinds {
		names = append(names, k.Name)
	}
	return names
}

func (l *loader) severities(c *Config, v frontmatter.Value) {
	for _, e := range l.fields(v) {
		s, isSeverity := diag.ParseSeverity(l.text(e))
		if !isSeverity && e.Value.Kind != frontmatter.List && e.Value.Kind != frontmatter.Map { // which is told already
			l.bad(e, "%q is not a severity", e.Value.Text).hint("write error, warning or info")
		}
		if _, isRule := diag.Find(e.Key); !isRule {
			l.noRule(e)
		} else if isSeverity {
			c.Severities[e.Key] = s
		}
	}
}

// noRule reports a key that names no rule, where it stands.
func (l *loader) noRule(e frontmatter.Entry) {
	ids := make([]string, len(diag.Codes))
	for i, code := range diag.Codes {
		ids[i] = code.ID
	}
	d := diag.At(l.file, e.KeySpan, "configuration", "%q is not a rule", e.Key).About(e.Key)
	if near := diag.Nearest(e.Key, ids); near != "" {
		d = d.WithHint("did you mean %q?", near)
	} else {
		d = d.WithHint("minutebook explain lists the rules")
	}
	l.problems.Add(d)
}

func (l *loader) zone(e frontmatter.Entry) (string, *time.Location) {
	name := l.text(e)
	zone, err := date.LoadZone(name)
	if err != nil {
		l.bad(e, "%q is not an IANA time zone", name).hint("%s", date.ZoneHint(name))
		return "UTC", time.UTC
	}
	return name, zone
}

func (l *loader) day(e frontmatter.Entry) date.Date {
	d, err := date.Parse(l.text(e))
	if err != nil {
		l.bad(e, "%s %q is not a date", e.Key, e.Value.Text).hint("write it like 2018-04-02")
	}
	return d
}

// webAddress reads an http or https address.
func (l *loader) webAddress(e frontmatter.Entry) string {
	s := l.text(e)
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		l.bad(e, "%s %q is not a web address", e.Key, s).hint("write it in full, like https://example.org/minutes/")
		return ""
	}
	return s
}

func (l *loader) baseURL(e frontmatter.Entry) string { return slashed(l.webAddress(e)) }

func slashed(address string) string {
	if address == "" {
		return ""
	}
	return strings.TrimSuffix(address, "/") + "/"
}

// WithBaseURL is a copy of c with another base URL, which must be an absolute
// http or https address.
func (c *Config) WithBaseURL(address string) *Config {
	other := *c
	other.BaseURL = slashed(address)
	return &other
}

// neverAllowed are schemes that make a browser run what an author wrote.
var neverAllowed = []string{"javascript", "data", "vbscript", "blob", "file", "filesystem", "about", "view-source"}

func (l *loader) schemes(e frontmatter.Entry) []string {
	var schemes []string
	for _, s := range l.list(e) {
		s = strings.ToLower(strings.TrimSuffix(s, ":"))
		if slices.Contains(neverAllowed, s) {
			l.bad(e, "links with the scheme %q are never safe", s).unsafe()
			continue
		}
		schemes = append(schemes, s)
	}
	return schemes
}
