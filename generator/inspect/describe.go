package inspect

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/site"
)

func itoa(n int) string { return strconv.Itoa(n) }

func byCount(a, b Count) int {
	if a.Documents != b.Documents {
		return b.Documents - a.Documents
	}
	return strings.Compare(a.What, b.What)
}

// describe proposes how the documents of each kind are read.
func (i *inspection) describe(m *mapping, s *site.Site) {
	text := i.textMentions(s)
	for _, k := range s.Config.Kinds {
		if k.Open || len(s.OfKind(k)) == 0 {
			continue
		}
		if k.Stated {
			i.ids(m, s, k, text)
		}
		i.statusWords(m, s, k)
		i.fields(m, s, k)
	}
	i.notes(m, s)
	i.selfURLs(m, s)
	i.zone(m, s)
	slices.SortStableFunc(m.kinds, func(a, b *kindMapping) int { return strings.Compare(a.name, b.name) })
}

// A mention is a name with a number that texts have: ADR-0012.
type mention struct{ code, mark, number string }

var mentionForm = regexp.MustCompile(`\b([A-Z]{2,6})([- ])(\d{1,5})\b`)

// mostMentions bounds how many names are kept of one text.
const mostMentions = 2000

// textMentions are the names with numbers in all texts, and how often there are.
func (i *inspection) textMentions(s *site.Site) map[mention]int {
	count := map[mention]int{}
	for _, r := range s.Records {
		for _, found := range mentionForm.FindAllSubmatch(r.File.Data, mostMentions) {
			count[mention{string(found[1]), string(found[2]), string(found[3])}]++
		}
	}
	return count
}

// ids proposes how ids are shown and how texts name documents: by the code that
// the names of files, keys or folders have, and that texts use.
func (i *inspection) ids(m *mapping, s *site.Site, k *config.Kind, text map[mention]int) {
	list, all := numberedOf(s, k)
	if len(list) < leastAlike || all == 0 {
		return
	}
	known := map[string]bool{}
	for _, one := range list {
		known[trimZeros(one.number)] = true
	}
	code, why := i.code(s, k, list, text, known)
	used := uses(text, known)
	var forms []words
	for _, c := range slices.Sorted(mapKeys(used)) {
		u := used[c]
		if c == code && u.known > 0 || u.known >= leastAlike && u.known*10 >= u.all*8 && (u.known >= len(list)/2 || speaks(k, list, c)) {
			forms = append(forms, words{c, []string{c + u.mark}})
		}
	}
	km := m.kind(k.Name)
	if code != "" {
		mark := "-"
		if u := used[code]; u.known > 0 {
			mark = u.mark
		}
		km.display = code + mark + "{n}"
		if w := width(list, text, code); w > 1 {
			km.display = fmt.Sprintf("%s%s{n:%d}", code, mark, w)
		}
		m.because("kinds."+k.Name+".id", "%s", why)
	}
	for _, f := range forms {
		for _, before := range used[f.name].marks() {
			km.mentions = append(km.mentions, f.name+before+"{n}")
		}
	}
	if len(km.mentions) > 0 {
		m.because("kinds."+k.Name+".mentions", "texts name documents so; these words become links")
	}
}

// code is the code before the numbers of a kind, and where that is from.
func (i *inspection) code(s *site.Site, k *config.Kind, list []named, text map[mention]int, known map[string]bool) (code, why string) {
	files, keys, titles := counter{}, counter{}, counter{}
	for _, one := range list {
		files[strings.ToUpper(one.code)]++
		for _, sign := range i.surveys[one.record.File.Path].Signs {
			key := config.NormalKey(sign.Key)
			if fieldOf(k, key) == "id" && len(key) < 6 && key != "id" && strings.ContainsAny(sign.Value, "0123456789") {
				keys[strings.ToUpper(key)]++
			}
		}
		if t := titleCode.FindStringSubmatch(i.surveys[one.record.File.Path].Title); t != nil && trimZeros(t[2]) == trimZeros(one.number) {
			titles[strings.ToUpper(t[1])]++
		}
	}
	for _, from := range []struct {
		count counter
		why   string
	}{{files, "the names of files have this code"}, {keys, "a key has this name"}, {titles, "titles have this code"}} {
		if c, n := mostFrequent(from.count); len(c) > 1 && len(c) < 7 && n*10 >= len(list)*8 {
			return c, from.why
		}
	}
	best, most := "", 0
	for c, u := range uses(text, known) {
		if speaks(k, list, c) && u.known > most && u.known*10 >= u.all*8 {
			best, most = c, u.known
		}
	}
	if most >= 2 {
		return best, "texts name documents so"
	}
	return "", ""
}

var titleCode = regexp.MustCompile(`^\[?([A-Za-z]{2,6})[-_ #]*(\d{1,5})\]?\s*[.:)\x{2013}\x{2014}-]`)

// A usage is how texts use a code: with how many numbers, and with how many that
// are documents.
type usage struct {
	all, known int
	mark       string // between code and number, the more frequent one
	byMark     map[string]int
}

// marks are the marks with which a code is used more than now and then.
func (u usage) marks() []string {
	var list []string
	for _, mark := range []string{"-", " "} {
		if n := u.byMark[mark]; n > 1 || n > 0 && mark == u.mark {
			list = append(list, mark)
		}
	}
	return list
}

func uses(text map[mention]int, known map[string]bool) map[string]usage {
	found := map[string]usage{}
	for mn, n := range text {
		u := found[mn.code]
		if u.byMark == nil {
			u.byMark = map[string]int{}
		}
		u.all += n
		if known[trimZeros(mn.number)] {
			u.known += n
			u.byMark[mn.mark] += n
		}
		if u.mark = "-"; u.byMark[" "] > u.byMark["-"] {
			u.mark = " "
		}
		found[mn.code] = u
	}
	return found
}

// speaks reports whether a code may be that of a kind: a key or an alias of its
// id, the start of files' names, or the name of a folder of theirs.
func speaks(k *config.Kind, list []named, code string) bool {
	low := strings.ToLower(code)
	if f := k.Field(low); f != nil && f.Name == "id" && low != "id" {
		return true
	}
	return slices.ContainsFunc(list, func(n named) bool {
		return strings.EqualFold(n.code, code) || strings.Contains("/"+strings.ToLower(n.record.File.Path), "/"+low+"s/") ||
			strings.Contains("/"+strings.ToLower(n.record.File.Path), "/"+low+"/")
	}) || k.Name == "decision" && low == "adr"
}

// width is how many digits the shown numbers have, where texts or, without any,
// the names of files have zeros in front; else 1.
func width(list []named, text map[mention]int, code string) int {
	zeros, plain, digits := 0, 0, 0
	for mn, n := range text {
		switch {
		case mn.code != code:
		case mn.number[0] == '0':
			zeros, digits = zeros+n, max(digits, len(mn.number))
		default:
			if len(mn.number) < 3 {
				plain += n
			}
		}
	}
	if zeros+plain == 0 {
		for _, one := range list {
			if one.number[0] == '0' {
				zeros, digits = zeros+1, max(digits, len(one.number))
			}
		}
	}
	if zeros > plain {
		return min(digits, 9)
	}
	return 1
}

func trimZeros(number string) string { return strings.TrimLeft(number, "0") }

// statusWords proposes what the words mean that are none of the kind's statuses.
func (i *inspection) statusWords(m *mapping, s *site.Site, k *config.Kind) {
	for _, one := range i.statuses(s) {
		if one.Kind != k.Name || one.Status != "" || one.Word == "" || len(one.Word) > 40 {
			continue
		}
		if one.Perhaps == "" {
			if km := m.kind(k.Name); len(km.unknown) < 10 {
				km.unknown = append(km.unknown, one.Word)
			}
			continue
		}
		km := m.kind(k.Name)
		km.statuses = append(km.statuses, pair{one.Word, one.Perhaps})
		m.because("kinds."+k.Name+".statuses", "words for a status that are not known; look whether they mean that")
	}
}

// fields proposes what frequent keys mean that the kind does not know.
func (i *inspection) fields(m *mapping, s *site.Site, k *config.Kind) {
	all := len(s.OfKind(k))
	for _, key := range i.keys(s) {
		if key.Kind != k.Name || key.Field != "" || key.Perhaps == "" || key.Documents*10 < all || key.Documents < 2 {
			continue
		}
		if i.clashes(s, k, key) {
			continue
		}
		km := m.kind(k.Name)
		km.fields = append(km.fields, pair{key.Key, key.Perhaps})
		m.because("kinds."+k.Name+".fields."+key.Key, "%s, such as %q", many(key.Documents, "document"), oneLine(key.Example))
	}
}

// clashes reports whether documents with an unknown key mostly state the field
// that it may mean by another key, or values do not go with the field.
func (i *inspection) clashes(s *site.Site, k *config.Kind, key Key) bool {
	f := k.Field(key.Perhaps)
	stated, unfit, all := 0, 0, 0
	for _, r := range s.OfKind(k) {
		for _, sign := range i.surveys[r.File.Path].Signs {
			if string(sign.From) != key.Source || config.NormalKey(sign.Key) != key.Key {
				continue
			}
			all++
			if v, ok := r.Values.Of(f.Name); ok && v.From != config.FromPath && v.From != config.FromText && v.From != config.FromDefault {
				stated++
			}
			if !k.SaysNothing(sign.Value) && !goesWith(k, f, sign.Value) {
				unfit++
			}
			break
		}
	}
	return stated*5 > all || unfit*5 > all
}

// notes proposes other words for the sections of minutes.
func (i *inspection) notes(m *mapping, s *site.Site) {
	found := i.headings(s, func(r *site.Record) bool { return r.Kind.Name == "meeting" })
	for _, section := range []string{"attendance", "regrets", "actions", "decisions"} {
		if list := found[section]; len(list) > 0 {
			m.headings = append(m.headings, words{section, list[:min(len(list), 8)]})
		}
	}
	if len(m.headings) > 0 {
		m.because("headings", "headings of several minutes that seem to stand above these")
	}
}

var zoneName = regexp.MustCompile(`\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?\b`)

// zone proposes the time zone that minutes name, where most name one.
func (i *inspection) zone(m *mapping, s *site.Site) {
	c, meetings := counter{}, 0
	for _, r := range s.Records {
		if r.Kind.Name != "meeting" {
			continue
		}
		meetings++
		if name := zoneName.FindString(i.surveys[r.File.Path].Head); name != "" {
			c[name]++
		} else if name := r.Text("timezone"); name != "" {
			c[name]++
		}
	}
	name, n := mostFrequent(c)
	if _, err := date.LoadZone(name); err == nil && n*2 > meetings && n > 1 {
		m.zone = name
		m.because("timezone", "%s of %d name it", many(n, "meeting"), meetings)
	}
}
