package inspect

import (
	"context"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/document"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// propose makes the mapping that would help, in two steps: first which documents
// are of which kind, then, of those, how they are read. What would make anything
// worse is left out.
func (i *inspection) propose(ctx context.Context, s *site.Site, before measurement) (*Proposal, error) {
	m := &mapping{title: i.title(s)}
	i.repository(m, s)
	i.since(m)
	i.exclude(m, s)
	i.include(m, s)
	var err error
	if len(m.kinds) > 0 { // else all are of the kinds that they are of now
		if m, s, err = i.tried(ctx, m, before); err != nil {
			return nil, err
		}
	}
	i.describe(m, s)
	if m, s, err = i.tried(ctx, m, before); err != nil {
		return nil, err
	}
	text, why := m.yaml()
	return &Proposal{YAML: text, Because: why, Figures: i.measure(s).figures}, nil
}

// tried builds with a mapping, and with as many of its parts left out, one after
// the other, as it takes for nothing to be worse than before.
func (i *inspection) tried(ctx context.Context, m *mapping, before measurement) (*mapping, *site.Site, error) {
	for _, part := range append([]string{""}, m.parts()...) {
		one := m.without(part)
		s, good, err := i.try(ctx, one, before)
		if err != nil || good {
			return one, s, err
		}
	}
	for _, part := range m.parts() { // no single part is to blame
		m = m.without(part)
		s, good, err := i.try(ctx, m, before)
		if err != nil || good {
			return m, s, err
		}
	}
	m.branch = ""
	s, _, err := i.try(ctx, m, before)
	return m, s, err
}

// try builds with a mapping.
func (i *inspection) try(ctx context.Context, m *mapping, before measurement) (*site.Site, bool, error) {
	text, _ := m.yaml()
	tree := i.in.Build.Content.Overlay(source.NewTree(source.NewFile(config.FileName, []byte(text))))
	s, problems, err := i.check(ctx, tree)
	if err != nil {
		return nil, false, err
	}
	if problems.Has("configuration") || problems.Has("unsafe-configuration") {
		return s, false, nil
	}
	_, lost := before.worse(i.measure(s))
	return s, !lost, nil
}

// title is the name of the site: that of the document that introduces it.
func (i *inspection) title(s *site.Site) string {
	if home := s.IntroOf(site.HomeURL); home != nil && home.TitleFrom != config.FromPath && !home.Kind.Title.IsGeneric(home.Title) {
		return clip(home.Title, 80)
	}
	if i.in.Title != "" {
		return clip(i.in.Title, 80)
	}
	name := clip(strings.Join(strings.FieldsFunc(i.in.Name, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }), " "), 80)
	if first, size := utf8.DecodeRuneInString(name); size > 0 {
		name = string(unicode.ToUpper(first)) + name[size:]
	}
	return name
}

func (i *inspection) since(m *mapping) {
	day := i.in.Since
	if day.IsZero() {
		day = date.Of(i.in.Build.Now)
	}
	m.since = day.String()
	m.because("track-since", "what was left open before this day is not late")
}

// vendored are folders of what others wrote, or of what was made.
var vendored = keySet("vendor third_party third-party node_modules bower_components site-packages venv _site __pycache__ target dist")

// exclude leaves out what new documents are copied from, what others wrote, and
// folders of programs. A file that others link to stays, unless the repository's
// host can show it.
func (i *inspection) exclude(m *mapping, s *site.Site) {
	needed := map[string]bool{}
	if m.repository == "" {
		needed = i.linked(s)
	}
	var templates, foreign []string
	programs := map[string]bool{}
	for _, f := range i.in.Build.Content.Files() {
		top, _, below := strings.Cut(f.Path, "/")
		switch v := vendoredIn(f.Path); {
		case v != "":
			foreign = append(foreign, v)
		case source.IsMarkdown(f.Path) && document.IsTemplate(f.Path) && !needed[f.Path]:
			templates = append(templates, f.Path)
		}
		if _, seen := programs[top]; below && !seen {
			programs[top] = true
		}
		if below && (source.IsMarkdown(f.Path) || needed[f.Path] || isPicture(f.Path)) {
			programs[top] = false
		}
	}
	sortUnique(&foreign)
	for _, t := range foreign {
		m.exclude = append(m.exclude, escapedGlob(t)+"/**")
	}
	for top, is := range programs {
		if is && !slices.Contains(foreign, top) {
			m.exclude = append(m.exclude, escapedGlob(top)+"/**")
		}
	}
	slices.Sort(m.exclude)
	m.exclude = append(m.exclude, templateGlobs(templates)...)
	if len(m.exclude) > 0 {
		m.because("exclude", "no part of the site: %s", excluded(len(templates), len(m.exclude) > len(templateGlobs(templates))))
	}
}

func excluded(templates int, folders bool) string {
	switch {
	case templates == 0:
		return "folders without documents, and what others wrote"
	case !folders:
		return "what new documents are copied from"
	}
	return "what new documents are copied from, and folders without documents"
}

// linked are the files that documents link to.
func (i *inspection) linked(s *site.Site) map[string]bool {
	set := map[string]bool{}
	for _, r := range s.Records {
		for n := range r.Targets {
			t := &r.Targets[n]
			if t.Kind != site.Internal {
				continue
			}
			if t.Record != nil {
				if t.Record != r {
					set[t.Record.File.Path] = true
				}
				continue
			}
			if p, leaves := i.place(r, r.Body.References[n].Destination); !leaves {
				set[p] = true
			}
		}
	}
	return set
}

func isPicture(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf":
		return true
	}
	return false
}

// vendoredIn is the folder of others' work that a file is in, as a path.
func vendoredIn(p string) string {
	parts := strings.Split(p, "/")
	for n, part := range parts[:len(parts)-1] {
		if vendored[strings.ToLower(part)] {
			return strings.Join(parts[:n+1], "/")
		}
	}
	return ""
}

// mostPaths is how many paths a list names before a pattern stands for them.
const mostPaths = 3

// templateGlobs are patterns for templates: a common one for many.
func templateGlobs(paths []string) []string {
	if len(paths) <= mostPaths {
		globs := []string{}
		for _, p := range paths {
			globs = append(globs, escapedGlob(p))
		}
		return globs
	}
	var globs []string
	for _, p := range paths {
		low := strings.ToLower(p)
		switch {
		case strings.Contains("/"+low, "/templates/"):
			globs = append(globs, "**/templates/**")
		case strings.Contains("/"+low, "/template/"):
			globs = append(globs, "**/template/**")
		default:
			globs = append(globs, escapedGlob(p))
		}
	}
	sortUnique(&globs)
	return globs
}

func sortUnique(list *[]string) {
	slices.Sort(*list)
	*list = slices.Compact(*list)
}

// escapedGlob is a pattern that fits one path. A comma would divide a list.
func escapedGlob(p string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(p) {
		switch {
		case strings.ContainsRune(`*?[]{}\`, r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == ',' || r < ' ' || r == '\ufffd':
			b.WriteByte('?')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
