package inspect

import (
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/site"
)

// This file lists the keys and the status words that documents use, and guesses
// what those mean that nothing knows.

// A guess is a part of a word, and the names that a word with it may mean: the
// first that the kind has counts.
type guess struct {
	part  string
	means []string
}

// keyGuesses are looked through in order: the more special first.
var keyGuesses = []guess{
	{"reviewer", []string{"reviewers"}}, {"approver", []string{"approvers"}}, {"editor", []string{"editors"}},
	{"shepherd", []string{"shepherds"}}, {"sponsor", []string{"champions"}}, {"champion", []string{"champions"}},
	{"implement", []string{"implementors"}}, {"decider", []string{"decision-makers"}}, {"decision-maker", []string{"decision-makers"}},
	{"scribe", []string{"scribe"}}, {"note-tak", []string{"scribe"}}, {"minute-tak", []string{"scribe"}},
	{"chair", []string{"chair"}}, {"facilitat", []string{"chair"}}, {"moderat", []string{"chair"}}, {"host", []string{"chair"}},
	{"author", []string{"authors"}}, {"writer", []string{"authors"}}, {"written", []string{"authors"}}, {"proposer", []string{"authors"}},
	{"submitter", []string{"authors"}}, {"proposed-by", []string{"authors"}}, {"owner", []string{"owner"}},
	{"updat", []string{"updated"}}, {"modif", []string{"updated"}}, {"revis", []string{"updated"}},
	{"last-call", []string{"decide-by"}}, {"deadline", []string{"decide-by"}},
	{"accepted", []string{"decided"}}, {"approved", []string{"decided"}}, {"decided", []string{"decided", "date"}},
	{"status", []string{"status"}}, {"state", []string{"status"}}, {"phase", []string{"status"}},
	{"creat", []string{"created", "date"}}, {"opened", []string{"created", "date"}}, {"submit", []string{"created", "date"}},
	{"start", []string{"created", "start", "date"}}, {"held", []string{"start"}}, {"day", []string{"created", "start", "date"}}, {"date", []string{"created", "start", "date"}},
	{"supersed", []string{"superseded-by"}}, {"replaced", []string{"superseded-by"}}, {"obsolet", []string{"supersedes"}}, {"replaces", []string{"supersedes"}},
	{"depend", []string{"requires"}}, {"require", []string{"requires"}}, {"relat", []string{"related"}}, {"see-also", []string{"related"}},
	{"discuss", []string{"discussions-to"}}, {"thread", []string{"discussions-to"}}, {"forum", []string{"discussions-to"}}, {"issue", []string{"discussions-to"}},
	{"pull", []string{"discussions-to"}}, {"ticket", []string{"discussions-to"}}, {"recording", []string{"recording"}}, {"video", []string{"recording"}},
	{"label", []string{"tags"}}, {"keyword", []string{"tags"}}, {"group", []string{"group"}}, {"team", []string{"group"}}, {"sig", []string{"group"}},
	{"place", []string{"location"}}, {"venue", []string{"location"}}, {"abstract", []string{"summary"}}, {"tl;dr", []string{"summary"}},
	{"number", []string{"id"}}, {"heading", []string{"title"}}, {"subject", []string{"title"}},
}

// statusGuesses are parts of status words with the statuses that they mean, by
// the names of any kind.
var statusGuesses = []guess{
	{"not accept", []string{"rejected"}}, {"not approv", []string{"rejected"}}, {"not adopt", []string{"rejected"}}, {"won't", []string{"rejected"}}, {"wont", []string{"rejected"}},
	{"not plan", []string{"rejected", "withdrawn"}}, {"unaccept", []string{"rejected"}}, {"reject", []string{"rejected"}}, {"declin", []string{"rejected"}}, {"denied", []string{"rejected"}}, {"refus", []string{"rejected"}},
	{"supersed", []string{"superseded"}}, {"superced", []string{"superseded"}}, {"replac", []string{"superseded"}}, {"obsolet", []string{"superseded", "deprecated"}},
	{"deprecat", []string{"deprecated", "superseded"}}, {"retir", []string{"deprecated", "superseded"}}, {"archiv", []string{"deprecated", "superseded"}}, {"revert", []string{"superseded", "deprecated"}},
	{"withdr", []string{"withdrawn", "rejected"}}, {"cancel", []string{"cancelled", "withdrawn", "rejected"}}, {"abandon", []string{"withdrawn", "rejected"}}, {"dropped", []string{"withdrawn", "rejected"}}, {"retract", []string{"withdrawn", "rejected"}},
	{"defer", []string{"deferred", "proposed"}}, {"postpon", []string{"postponed", "deferred", "proposed"}}, {"hold", []string{"deferred", "proposed"}}, {"park", []string{"deferred", "proposed"}}, {"paus", []string{"deferred", "proposed"}}, {"stale", []string{"deferred", "proposed"}}, {"stall", []string{"deferred", "proposed"}}, {"frozen", []string{"deferred", "proposed"}},
	{"last call", []string{"last-call", "proposed"}}, {"final comment", []string{"last-call", "proposed"}}, {"voting", []string{"last-call", "proposed"}},
	{"review", []string{"review", "proposed"}}, {"discuss", []string{"review", "proposed"}}, {"comment", []string{"review", "proposed"}}, {"feedback", []string{"review", "proposed"}}, {"consider", []string{"review", "proposed"}}, {"progress", []string{"review", "proposed"}}, {"candidate", []string{"review", "proposed"}},
	{"draft", []string{"draft", "proposed"}}, {"propos", []string{"draft", "proposed"}}, {"idea", []string{"draft", "proposed"}}, {"wip", []string{"draft", "proposed"}}, {"sketch", []string{"draft", "proposed"}}, {"early", []string{"draft", "proposed"}}, {"prelimin", []string{"draft", "proposed"}},
	{"accept", []string{"accepted"}}, {"approv", []string{"accepted"}}, {"adopt", []string{"accepted"}}, {"agreed", []string{"accepted"}}, {"ratif", []string{"accepted"}}, {"implement", []string{"accepted"}}, {"ship", []string{"accepted"}}, {"releas", []string{"accepted"}}, {"deliver", []string{"accepted"}}, {"deploy", []string{"accepted"}}, {"launch", []string{"accepted"}}, {"landed", []string{"accepted"}}, {"merged", []string{"accepted"}}, {"complet", []string{"accepted"}}, {"final", []string{"accepted"}}, {"stable", []string{"accepted"}}, {"in force", []string{"accepted"}}, {"in effect", []string{"accepted"}}, {"in use", []string{"accepted"}}, {"decided", []string{"accepted"}}, {"enacted", []string{"accepted"}},
	{"done", []string{"held", "accepted"}}, {"took place", []string{"held"}}, {"plan", []string{"tentative", "draft", "proposed"}},
}

// means is the first name of a guess that fits a word and that is known.
func means(guesses []guess, word string, known func(string) bool) string {
	for _, g := range guesses {
		if !strings.Contains(word, g.part) {
			continue
		}
		for _, name := range g.means {
			if known(name) {
				return name
			}
		}
	}
	return ""
}

// meansStatus is the status of a kind that an unknown word may mean.
func meansStatus(k *config.Kind, word string) string {
	name := means(statusGuesses, strings.ToLower(word), func(name string) bool { return k.Status(name) != nil })
	if name == "" {
		return ""
	}
	return k.Status(name).Name
}

// statusWord is the word of a status without the remark behind it.
func statusWord(text string) string {
	if i := strings.IndexAny(text, "(;,:[\n"); i > 0 {
		text = text[:i]
	}
	return strings.Trim(text, " \t*_.`\"'~")
}

// statuses lists the words that documents state as their status, those of plain
// pages that look like more as of the kind that they look like.
func (i *inspection) statuses(s *site.Site) []Status {
	type word struct{ kind, text string }
	found := map[word]*Status{}
	list := []*Status{}
	for _, r := range s.Records {
		bare := i.surveys[r.File.Path]
		k, text, known := s.Config.Kind(resembles(r, bare)), r.Status.Text, r.Status.Known
		if k == nil || len(k.Statuses) == 0 {
			continue
		}
		if r.Kind.Open {
			text = stated(k, bare, statusKeys)
			known = document.StatusOf(k, text)
		}
		if text == "" {
			continue
		}
		w := word{k.Name, statusWord(text)}
		if found[w] == nil {
			found[w] = &Status{Word: w.text, Kind: k.Name}
			list = append(list, found[w])
		}
		found[w].Documents++
		if known != nil {
			found[w].Status = known.Name
		}
	}
	out := make([]Status, len(list))
	for n, one := range list {
		if out[n] = *one; one.Status == "" {
			out[n].Perhaps = meansStatus(s.Config.Kind(one.Kind), one.Word)
		}
	}
	slices.SortStableFunc(out, func(a, b Status) int { return b.Documents - a.Documents })
	return out
}

// leastKeys is how many documents must have an unknown key that does not stand in
// a front matter, so that it is no prose.
const leastKeys = 3

// keys lists the keys of all documents but plain pages that look like no more.
func (i *inspection) keys(s *site.Site) []Key {
	type place struct {
		kind   string
		from   config.Origin
		normal string
	}
	found := map[place]*Key{}
	var order []place
	for _, r := range s.Records {
		bare := i.surveys[r.File.Path]
		seen, kind := map[place]bool{}, resembles(r, bare)
		for _, sign := range bare.Signs {
			at := place{kind, sign.From, config.NormalKey(sign.Key)}
			if kind == "" || seen[at] || at.normal == "" {
				continue
			}
			seen[at] = true
			if found[at] == nil {
				found[at] = &Key{Key: at.normal, Source: string(sign.From), Kind: at.kind}
				order = append(order, at)
			}
			k := found[at]
			k.Documents++
			if k.Example == "" && !r.Kind.SaysNothing(sign.Value) {
				k.Example = clip(sign.Value, 60)
			}
		}
	}
	list := []Key{}
	for _, at := range order {
		k, kind := found[at], s.Config.Kind(at.kind)
		k.Field = fieldOf(kind, at.normal)
		if k.Field == "" && at.from != config.FromFrontMatter && (k.Documents < leastKeys || at.from == config.FromSection || at.from == config.FromHeadings) {
			continue
		}
		if k.Ignored = k.Field == "" && kind.Ignores(at.normal); k.Field == "" && !k.Ignored {
			k.Perhaps = meansField(kind, at.normal, k.Example)
		}
		list = append(list, *k)
	}
	slices.SortStableFunc(list, func(a, b Key) int { return b.Documents - a.Documents })
	return list
}

// fieldOf is the name of the field that a key of a kind is read as; "" for none.
func fieldOf(k *config.Kind, key string) string {
	if f := k.Field(key); f != nil {
		return f.Name
	}
	if f := k.Fallback(key); f != nil {
		return f.Name
	}
	return ""
}

// meansField is the field that an unknown key may mean: by its words when an
// example of its values goes with the field, or as a slip of the pen.
func meansField(k *config.Kind, key, example string) string {
	fits := func(name string) bool {
		f := k.Field(name)
		return f != nil && f.Name == name && goesWith(k, f, example)
	}
	if name := means(keyGuesses, key, fits); name != "" {
		return name
	}
	var names []string
	for _, f := range k.Fields {
		names = append(names, f.Name)
	}
	if near := diag.Nearest(key, names); near != "" && isSlip(key, near) && fits(near) {
		return near
	}
	return ""
}

// isSlip reports whether two words differ in one place by two letters at most.
func isSlip(a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return max(len(a), len(b)) <= 2
}

// goesWith reports whether a value may be one of a field.
func goesWith(k *config.Kind, f *config.Field, value string) bool {
	switch f.Type {
	case config.Date, config.Time:
		return isDay(value)
	case config.URL, config.Links:
		return strings.Contains(value, "://")
	case config.StatusWord:
		return k.Status(statusWord(value)) != nil || meansStatus(k, value) != ""
	case config.People:
		return value != "" && !isDay(value) && (!strings.Contains(value, "://") || strings.ContainsAny(value, "<@") || strings.Contains(value, "://github.com/"))
	case config.References:
		return strings.ContainsAny(value, "0123456789") || strings.Contains(value, ".md")
	case config.Number, config.Duration, config.Zone, config.Flag:
		return false
	}
	return value != "" && !strings.Contains(value, "://") && (f.Name != "id" || strings.ContainsAny(value, "0123456789"))
}

func clip(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// isSection reports whether a heading is one that notes are read by already.
func sectionAt(r *site.Record, text string) bool {
	for _, s := range r.Body.Sections {
		if strings.EqualFold(strings.Trim(r.Body.Headings[s.Heading].Text, " *_:.`"), text) {
			return true
		}
	}
	return false
}

// headingGuesses are parts of headings, and the sections of notes that they mean.
var headingGuesses = []guess{
	{"regret", []string{"regrets"}}, {"apolog", []string{"regrets"}}, {"absent", []string{"regrets"}}, {"invited and", []string{"attendance"}},
	{"attend", []string{"attendance"}}, {"present", []string{"attendance"}}, {"particip", []string{"attendance"}}, {"roll call", []string{"attendance"}}, {"who was", []string{"attendance"}},
	{"action", []string{"actions"}}, {"to do", []string{"actions"}}, {"to-do", []string{"actions"}}, {"todo", []string{"actions"}}, {"next step", []string{"actions"}}, {"follow-up", []string{"actions"}}, {"follow up", []string{"actions"}},
	{"decisions", []string{"decisions"}}, {"resolutions", []string{"decisions"}}, {"agreements", []string{"decisions"}}, {"what we decided", []string{"decisions"}},
}

// headings are words for the sections of notes that several minutes use and that
// are not known: by the section.
func (i *inspection) headings(s *site.Site, isMeeting func(*site.Record) bool) map[string][]string {
	count := map[string]int{}
	for _, r := range s.Records {
		if !isMeeting(r) {
			continue
		}
		for _, h := range i.surveys[r.File.Path].Headings {
			if len(h) < 40 && len(strings.Fields(h)) < 6 && !strings.ContainsAny(h, "#[](){}`,") && !sectionAt(r, h) {
				count[strings.ToLower(h)]++
			}
		}
	}
	found := map[string][]string{}
	for _, c := range counter(count).list() {
		if c.Documents < 2 {
			continue
		}
		if section := means(headingGuesses, c.What, func(string) bool { return true }); section != "" {
			found[section] = append(found[section], c.What)
		}
	}
	return found
}
