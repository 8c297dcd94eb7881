package inspect

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/document"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// This file proposes kinds for folders by what their documents hold: many
// numbered files with a status are decisions or proposals, dated ones with a list
// of people are minutes.

const (
	leastAlike = 3 // documents that must be alike to speak for a folder
	mostOthers = 4 // one of so many may look otherwise though it is so named, and the folder is still of the kind
	mostStrays = 8 // or have another sort of name
)

// A looker is a plain page and the kind that it looks like.
type looker struct {
	record *site.Record
	like   string // "" when it looks like a page
}

// include proposes which files a kind includes that are plain pages so far.
func (i *inspection) include(m *mapping, s *site.Site) {
	var list []looker
	for _, r := range s.Records {
		if r.Kind.Open && !document.IsTemplate(r.File.Path) && vendoredIn(r.File.Path) == "" {
			list = append(list, looker{r, resembles(r, i.surveys[r.File.Path])})
		}
	}
	i.folder(m, ".", list)
	for _, k := range m.kinds {
		m.gather(k)
		if len(k.include) > 0 {
			i.keepIncluded(m, k, s)
		}
	}
}

// gather lets one pattern stand for those of folders side by side whose names
// begin alike.
func (m *mapping) gather(k *kindMapping) {
	type place struct{ dir, rest string }
	groups := map[place][]string{}
	for _, glob := range k.include {
		if dir, rest, ok := strings.Cut(glob, "/"); ok && !strings.ContainsAny(dir, `*?[\`) {
			start := strings.TrimRight(dir, "0123456789")
			if cut := strings.IndexAny(start, "-_"); cut > 1 {
				start = start[:cut+1]
			}
			groups[place{start, rest}] = append(groups[place{start, rest}], glob)
		}
	}
	for at, globs := range groups {
		if len(globs) < leastAlike || len(at.dir) < 2 {
			continue
		}
		k.include = slices.DeleteFunc(k.include, func(g string) bool { return slices.Contains(globs, g) })
		glob := at.dir + "*/" + at.rest
		k.include = append(k.include, glob)
		m.because("kinds."+k.name+".include."+glob, "%s whose documents look like it", many(len(globs), "folder"))
	}
	slices.Sort(k.include)
}

// keepIncluded adds the patterns that documents are of the kind by already: a
// list of a site's own replaces them.
func (i *inspection) keepIncluded(m *mapping, k *kindMapping, s *site.Site) {
	c := counter{}
	for _, r := range s.Records {
		if r.Kind.Name == k.name {
			if glob := r.Kind.Matched(r.File.Path); glob != "" && !slices.Contains(k.include, glob) {
				c[glob]++
			}
		}
	}
	for _, glob := range c.list() {
		k.include = append(k.include, glob.What)
		m.because("kinds."+k.name+".include."+glob.What, "as without this file: %s", many(glob.Documents, "document"))
	}
}

// folder proposes a pattern for a folder, or for those in it.
func (i *inspection) folder(m *mapping, dir string, list []looker) {
	if len(list) == 0 {
		return
	}
	below, here := divided(dir, list)
	kind, alike := mostAlike(list)
	if alike >= leastAlike && dir != "." && !within(below, kind, alike) && wholly(list, kind, alike) {
		i.setFolder(m, dir, kind, list, alike)
		return
	}
	if kind, alike := mostAlike(here); alike >= leastAlike {
		i.setNames(m, dir, kind, here)
	}
	names := make([]string, 0, len(below))
	for name := range below {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		i.folder(m, path.Join(dir, name), below[name])
	}
}

// divided are the documents in each folder of a folder, and those of itself. The
// README of a folder that looks like a document is one of the folder around it.
func divided(dir string, list []looker) (below map[string][]looker, here []looker) {
	below = map[string][]looker{}
	for _, l := range list {
		rest := strings.TrimPrefix(l.record.File.Path, dir+"/")
		name, _, more := strings.Cut(rest, "/")
		if more && !(source.IsIndex(l.record.File.Path) && strings.Count(rest, "/") == 1 && l.like != "") {
			below[name] = append(below[name], l)
		} else {
			here = append(here, l)
		}
	}
	return below, here
}

// within reports whether all that are alike are in one folder further down.
func within(below map[string][]looker, kind string, alike int) bool {
	for _, list := range below {
		n := 0
		for _, l := range list {
			if l.like == kind {
				n++
			}
		}
		if n == alike {
			return true
		}
	}
	return false
}

// mostAlike is the kind that most of some documents look like, and how many do.
func mostAlike(list []looker) (kind string, alike int) {
	c := counter{}
	for _, l := range list {
		if l.like != "" {
			c[l.like]++
		}
	}
	if all := c.list(); len(all) > 0 {
		return all[0].What, all[0].Documents
	}
	return "", 0
}

// wholly reports whether a folder as a whole is of a kind: nearly all documents
// look like it or are at least named as such, READMEs of folders left out.
func wholly(list []looker, kind string, alike int) bool {
	strays, others := 0, 0
	for _, l := range list {
		index := source.IsIndex(l.record.File.Path)
		_, number := document.Number(l.record.File.Path)
		switch {
		case l.like == kind && index:
			return false // folders that are documents need a pattern of their own
		case l.like == kind, index:
		case number == "" && document.PathDay(l.record.Kind, l.record.File.Path).IsZero():
			strays++
		default:
			others++
		}
	}
	return strays*mostStrays <= alike && others*mostOthers <= alike
}

func (i *inspection) setFolder(m *mapping, dir, kind string, list []looker, alike int) {
	k, glob := m.kind(kind), escapedGlob(dir)+"/**"
	k.include = append(k.include, glob)
	m.because("kinds."+kind+".include."+glob, "%s of %d there %s", many(alike, "document"), len(list), i.reason(kind))
}

// reason says what made documents look like a kind.
func (i *inspection) reason(kind string) string {
	switch kind {
	case "meeting":
		return "have a day in their name, and sections of minutes"
	case "decision":
		return "have a number or a status, and sections of decision records"
	}
	return "have a number or a status, and sections or keys of proposals"
}

// setNames proposes patterns over the names of files, or of folders whose READMEs
// are the documents, that are alike in a folder with others.
func (i *inspection) setNames(m *mapping, dir, kind string, list []looker) {
	c := counter{}
	for _, l := range list {
		if l.like == kind {
			c[nameGlob(dir, l.record)]++
		}
	}
	for _, one := range c.list() {
		if one.What == "" || one.Documents < leastAlike {
			continue
		}
		k := m.kind(kind)
		k.include = append(k.include, one.What)
		m.because("kinds."+kind+".include."+one.What, "%s so named %s", many(one.Documents, "document"), i.reason(kind))
		if strings.HasSuffix(one.What, "/readme.md") {
			k.index = true
			m.because("kinds."+kind+".index", "the README of a folder is the document")
		}
	}
}

// nameGlob is a pattern for a file's name: by its code and number, or its day.
func nameGlob(dir string, r *site.Record) string {
	prefix, end := "", "*"
	if dir != "." {
		prefix = escapedGlob(dir) + "/"
	}
	name := path.Base(r.File.Path)
	if source.IsIndex(r.File.Path) {
		name, end = path.Base(path.Dir(r.File.Path)), "*/"+strings.ToLower(path.Base(r.File.Path))
	}
	_, number := document.Number(r.File.Path)
	switch {
	case number != "":
		return prefix + strings.ToLower(name[:strings.Index(name, number)]) + "[0-9]" + end
	case document.PathDay(r.Kind, r.File.Path).IsZero():
		if word := meetingName.FindStringSubmatch(name); word != nil {
			return prefix + "*" + strings.ToLower(word[1]) + "*"
		}
		return ""
	case fourDigits.MatchString(name):
		return prefix + "*[0-9][0-9][0-9][0-9]*"
	}
	return prefix + "*[0-9][0-9]*"
}

var fourDigits = regexp.MustCompile(`\d{4}`)

func many(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return itoa(n) + " " + what + "s"
}

// A named is a document of a kind with its number.
type named struct {
	record       *site.Record
	code, number string
}

// numbered are the documents of a kind that have a number by their name.
func numberedOf(s *site.Site, k *config.Kind) (list []named, all int) {
	for _, r := range s.OfKind(k) {
		all++
		if code, number := document.Number(r.File.Path); number != "" {
			list = append(list, named{r, code, number})
		}
	}
	return list, all
}

// mostFrequent is the key of the largest value; "" of none.
func mostFrequent(c counter) (string, int) {
	best, n := "", 0
	for key, v := range c {
		if v > n || v == n && cmp.Compare(key, best) < 0 {
			best, n = key, v
		}
	}
	return best, n
}
