package edit

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/site"
)

// longestSlug is how many bytes of a title a file's name takes.
const longestSlug = 60

// Slug is a title as a part of a file's name: lower case, letters and digits of
// any script, "-" for everything between; nothing of a path is left. It is empty
// for a title without letters and digits.
func Slug(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r) && b.Len() > 0:
			b.WriteRune(r)
		case r == '\'' || r == '’': // within a word
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := strings.Trim(b.String(), "-")
	if len(s) <= longestSlug {
		return s
	}
	cut := strings.LastIndexByte(s[:longestSlug+1], '-')
	if cut < longestSlug/2 {
		return strings.ToValidUTF8(s[:longestSlug], "")
	}
	return s[:cut]
}

// folderOf is where new documents of a kind go: the folder that holds most of
// those that are there, else the one that the kind's pattern names. Of folders
// that are years, the one of the day.
func (e *Editor) folderOf(k *config.Kind, day date.Date) string {
	count := map[string]int{}
	for _, r := range e.Site.OfKind(k) {
		if k.Name != "page" {
			count[path.Dir(r.File.Path)]++
		}
	}
	best, found := "", false
	for dir, n := range count {
		if !found || cmp.Or(count[best]-n, cmp.Compare(dir, best)) < 0 {
			best, found = dir, true
		}
	}
	if !found {
		return folderOfPattern(k)
	}
	if year := path.Base(best); len(year) == 4 && strings.Trim(year, "0123456789") == "" && !day.IsZero() {
		return path.Join(path.Dir(best), fmt.Sprintf("%04d", day.Year()))
	}
	return best
}

// folderOfPattern is a folder whose files are of a kind: proposals for
// **/proposals/**.
func folderOfPattern(k *config.Kind) string {
	for _, pattern := range k.Include {
		var literal []string
		for _, element := range strings.Split(pattern, "/") {
			if isGlob := strings.ContainsAny(element, "*?[{") || strings.Contains(element, ".md"); !isGlob {
				literal = append(literal, element)
			} else if len(literal) > 0 {
				break
			}
		}
		if len(literal) > 0 {
			return path.Join(literal...)
		}
	}
	return cmp.Or(k.Folder, ".")
}

// numbered is the name of a file in a numbered collection: 0012-title.md,
// adr-0012-title.md, eip-20.md.
var numbered = regexp.MustCompile(`^([A-Za-z]{1,6}-)?(\d{1,6})(-.*)?$`)

// A convention is how the files of a folder are named.
type convention struct {
	dated  bool
	prefix string // before the number
	width  int    // of the number; 0: there is none
	next   int
	bare   bool // nothing follows the number
}

// conventionOf is how most documents of a kind in a folder are named. The first
// meeting has its day in its name.
func (e *Editor) conventionOf(k *config.Kind, dir string) convention {
	var c convention
	total, dated, bare := 0, 0, 0
	prefixes := map[string]int{}
	for _, r := range e.Site.OfKind(k) {
		if path.Dir(r.File.Path) != dir {
			continue
		}
		total++
		if _, err := date.Parse(r.ID[:min(len(r.ID), len("2006-01-02"))]); err == nil {
			dated++
			continue
		}
		m := numbered.FindStringSubmatch(r.ID)
		if m == nil {
			continue
		}
		prefixes[m[1]]++
		if m[3] == "" {
			bare++
		}
		if n, _ := strconv.Atoi(m[2]); n >= c.next {
			c.next, c.width, c.prefix = n+1, len(m[2]), m[1]
		}
	}
	numbers := 0
	for _, n := range prefixes {
		numbers += n
	}
	switch {
	case total == 0:
		f := k.Field(k.FileDay)
		return convention{dated: k.Name == "meeting" && f != nil}
	case 2*dated > total:
		return convention{dated: true}
	case 2*numbers > total:
		c.bare = 2*bare > numbers
		return c
	}
	return convention{}
}

// name is a file's name by the convention, without its ending.
func (c convention) name(title string, day date.Date) string {
	rest := Slug(title)
	switch {
	case c.dated:
		return strings.TrimSuffix(day.String()+"-"+strings.TrimPrefix(rest, day.String()+"-"), "-")
	case c.width > 0 && c.bare:
		return fmt.Sprintf("%s%0*d", c.prefix, c.width, c.next)
	case c.width > 0:
		return strings.TrimSuffix(fmt.Sprintf("%s%0*d-%s", c.prefix, c.width, c.next, rest), "-")
	}
	return rest
}

// KindNamed is the kind that a word names: its name, label or plural. Nil for
// none.
func KindNamed(c *config.Config, word string) *config.Kind {
	if k := c.Kind(config.NormalKey(word)); k != nil {
		return k
	}
	i := slices.IndexFunc(c.Kinds, func(k *config.Kind) bool {
		return strings.EqualFold(k.Label, word) || strings.EqualFold(k.Plural, word)
	})
	if i < 0 {
		return nil
	}
	return c.Kinds[i]
}

// seriesNamed is a series of a site, nil when there is none of the name.
func seriesNamed(s *site.Site, name string) *site.Series {
	for _, one := range s.Series {
		if strings.EqualFold(one.Name, name) {
			return one
		}
	}
	return nil
}
