package site

import (
	"net/url"
	"path"
	"strings"

	"minutebook/generator/source"
)

// This file resolves what documents call others by besides their paths: the
// addresses that they have on the repository's host and had on an earlier site,
// the paths from the top of the repository, and their numbers in a text.

// elsewhere is the target of an address with a scheme. One of the site's own
// documents leads to its page, when it is there.
func (l *linker) elsewhere(destination string) Target {
	external := Target{Kind: External, URL: destination}
	p, top, ok := l.in.Config.SelfPath(destination)
	if !ok {
		return external
	}
	p = unescaped(p)
	folder := p == "" || strings.HasSuffix(p, "/")
	p = path.Clean(strings.TrimPrefix(p, "/"))
	if p == ".." || strings.HasPrefix(p, "../") {
		return external
	}
	t := Target{}
	if top {
		t, _ = l.fromTop(p, folder)
	} else if t, _ = l.at(p, folder); t.Kind == Broken {
		t = l.byAlias(p, folder)
	}
	if t.Kind != Internal {
		return external
	}
	_, fragment, _ := strings.Cut(destination, "#")
	t.Fragment, t.Self = unescaped(fragment), true
	return t
}

// fromTop is the target of a path that counts from the top of the repository, as
// its host has it, or from the content folder.
func (l *linker) fromTop(p string, folder bool) (t Target, why string) {
	within := p
	if top := l.in.SourcePath; top != "" && top != "." {
		rest, inside := strings.CutPrefix(p, top+"/")
		switch {
		case inside:
			within = rest
		case p == top:
			within = "."
		}
	}
	if t, why = l.at(within, folder); t.Kind == Broken {
		t, why = l.byAlias(within, folder), ""
	}
	return t, missing(t, why, p)
}

// byAlias is the target of an address that a document had earlier.
func (l *linker) byAlias(p string, folder bool) Target {
	if folder {
		p += "/"
	}
	if r := l.aliases[aliasURL(p)]; r != nil {
		return Target{Kind: Internal, Record: r}
	}
	return Target{}
}

// indexAliases notes which documents had which addresses.
func (l *linker) indexAliases() {
	l.aliases = map[string]*Record{}
	for _, r := range l.Records {
		for _, item := range l.facts[r.number].Aliases {
			if url := aliasURL(item.Text); url != "" && l.aliases[url] == nil {
				l.aliases[url] = r
			}
		}
	}
}

// unwritten is the document that a path means without its ending, or with that
// of its page: sites of other generators link so.
func (l *linker) unwritten(p string) *Record {
	stem := p
	if ext := path.Ext(p); strings.EqualFold(ext, ".html") || strings.EqualFold(ext, ".htm") {
		stem = p[:len(p)-len(ext)]
	}
	for _, ending := range []string{".md", ".markdown", ".MD"} {
		if r := l.byPath[stem+ending]; r != nil && !source.IsIndex(r.File.Path) {
			return r
		}
	}
	return nil
}

// outside is the target of a link that leaves the content folder: a file of the
// repository that the site does not hold.
func (l *linker) outside(p string) (t Target, why string) {
	c := l.in.Config
	inside := path.Join(l.in.SourcePath, p)
	if l.in.SourcePath == "" {
		inside = strings.TrimPrefix(p, "../")
	}
	if c.Repository == "" || strings.HasPrefix(inside, "../") || inside == ".." {
		return Target{}, "the link leaves the content folder, which the site does not show"
	}
	return Target{Kind: External, URL: c.FileURL(inside)}, ""
}

// mentioned is the document that a text names by a number, such as EIP-20. What
// is no document, or is the document itself, stays text.
func (l *linker) mentioned(from *Record, number string) Target {
	kind, number, _ := strings.Cut(number, " ")
	to := l.mentions[kind][trailingNumber(number)]
	if to == nil || to == from {
		return Target{Kind: Plain}
	}
	return Target{Kind: Internal, Record: to}
}

// indexMentions notes the documents that texts may name: by the number of their
// display id, else that of their file.
func (l *linker) indexMentions() {
	l.mentions = map[string]map[string]*Record{}
	for _, k := range l.in.Config.Kinds {
		if len(k.Mentions) == 0 {
			continue
		}
		byNumber := map[string]*Record{}
		for _, r := range l.byKind[k] {
			id := r.Text("id")
			number := trailingNumber(id[len(strings.TrimRight(id, "0123456789")):])
			if number == "" {
				number = fileNumber(r.ID)
			}
			if _, twice := byNumber[number]; twice {
				r = nil // which of them is meant cannot be told
			}
			byNumber[number] = r
		}
		delete(byNumber, "")
		l.mentions[k.Name] = byNumber
	}
}

// unpublished is the target of a link to a file that is there and no part of the
// site, as settings exclude it or its type is not published: the repository's host
// shows it. Without a repository the link is broken.
func (l *linker) unpublished(from *Record, destination string) Target {
	c := l.in.Config
	if c.Repository == "" {
		return Target{}
	}
	p, fragment, _ := strings.Cut(destination, "#")
	p, _, _ = strings.Cut(p, "?")
	if p = unescaped(p); strings.HasPrefix(p, "/") {
		p = path.Clean(p[1:])
		if top := l.in.SourcePath; top != "" && top != "." {
			p = strings.TrimPrefix(p, top+"/")
		}
	} else {
		p = path.Join(from.Facts.Dir, p)
	}
	whole := l.in.Whole
	if whole == nil {
		whole = l.in.Content
	}
	if whole.File(p) == nil {
		return Target{}
	}
	t := Target{Kind: External, URL: c.FileURL(path.Join(l.in.SourcePath, p))}
	if fragment != "" {
		t.URL += "#" + url.PathEscape(unescaped(fragment))
	}
	return t
}
