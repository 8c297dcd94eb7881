package document

import (
	"strings"
	"unicode"

	"minutebook/generator/config"
)

// relationWords are the words that join a status, or stand in a line of their
// own, with what another document is to this one.
var relationWords = []struct{ words, field string }{
	{"superseded by", "superseded-by"}, {"superceded by", "superseded-by"}, {"replaced by", "superseded-by"},
	{"obsoleted by", "superseded-by"}, {"deprecated by", "superseded-by"}, {"incorporated into", "superseded-by"},
	{"merged into", "superseded-by"}, {"moved to", "superseded-by"}, {"replaced with", "superseded-by"},
	{"supersedes", "supersedes"}, {"supercedes", "supersedes"}, {"replaces", "supersedes"}, {"obsoletes", "supersedes"},
	{"in favour of", "related"}, {"in favor of", "related"}, {"amends", "related"}, {"amended by", "related"},
	{"clarifies", "related"}, {"clarified by", "related"}, {"extends", "related"}, {"extended by", "related"},
}

// relationIn finds a relation in a text, "Supersedes [ADR 3](0003-x.md)": the
// field that states it, and what is named. Both are "" when there is none.
func relationIn(text string) (field, to string) {
	low := strings.ToLower(text)
	if len(low) != len(text) {
		return "", ""
	}
	for _, r := range relationWords {
		i := strings.Index(low, r.words)
		if i < 0 || i > 0 && !strings.ContainsRune(" (*_[,;:", rune(low[i-1])) {
			continue
		}
		rest := strings.TrimLeft(text[i+len(r.words):], " :*_")
		return r.field, nameIn(rest)
	}
	return "", ""
}

// nameIn is the document that a text begins with the name of: a link, or what
// stands before a remark. It is "" for prose.
func nameIn(text string) string {
	if strings.HasPrefix(text, "[") {
		if open := strings.Index(text, "]("); open > 0 {
			if end := strings.IndexByte(text[open:], ')'); end > 0 {
				return text[:open+end+1]
			}
		}
	}
	if i := strings.IndexAny(text, ";)"); i >= 0 && strings.Count(text[:i], "(") == 0 {
		text = text[:i]
	}
	text = strings.TrimRight(text, " .,*_")
	if !strings.ContainsAny(text, "0123456789/") && !strings.Contains(text, ".md") && strings.ContainsAny(text, " ") {
		return ""
	}
	return text
}

// findStatus finds the status that a text names which is more than a status:
// "superseded by [ADR-0012](0012-x.md)", "**Implemented (Swift 5.7)**",
// "Inactive (superseded by 12)", "Accepted on 2018-04-04". The field and the name
// are those of a document that is named with it.
func findStatus(k *config.Kind, text string) (known *config.Status, field, to string) {
	text = withoutLink(text)
	field, to = relationIn(text)
	if field == "superseded-by" {
		if s := k.Status("superseded"); s != nil && strings.Contains(text, "(") {
			if cut, _, _ := strings.Cut(text, "("); k.Status(cut) == nil || k.Status(cut).Phase == config.EndedPhase {
				return s, field, to
			}
		}
	}
	if known = statusIn(k, text); known == nil && field == "superseded-by" {
		known = k.Status("superseded")
	}
	return known, field, to
}

// withoutLink is a text without the address of a link that it begins with.
func withoutLink(text string) string {
	trimmed := strings.TrimLeft(text, "*_ ")
	if !strings.HasPrefix(trimmed, "[") {
		return text
	}
	label, rest, ok := strings.Cut(trimmed[1:], "](")
	if _, after, closed := strings.Cut(rest, ")"); ok && closed {
		return label + after
	}
	return text
}

// mostWords is how many words a status has.
const mostWords = 4

// statusIn is the status that a text begins with: up to a mark, or the longest
// run of words that is one when nothing but a remark follows.
func statusIn(k *config.Kind, text string) *config.Status {
	if s := k.Status(text); s != nil {
		return s
	}
	text = strings.TrimSpace(strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '(' }))
	if i := strings.IndexAny(text, "(;,.:|\u2013\u2014"); i > 0 {
		if s := k.Status(text[:i]); s != nil {
			return s
		}
	}
	words := strings.Fields(text)
	for n := min(len(words)-1, mostWords); n > 0; n-- {
		s := k.Status(strings.Trim(strings.Join(words[:n], " "), ",.;:"))
		if s != nil && remark(words[n], words[n-1]) {
			return s
		}
	}
	return nil
}

// remark reports whether a word behind a status begins a remark on it, so that
// "Accepted on 4 April" is accepted and "Accepted practice" is not.
func remark(word, before string) bool {
	if strings.ContainsAny(before[len(before)-1:], ",.;:*_") {
		return true
	}
	if c := word[0]; '0' <= c && c <= '9' || strings.IndexByte("([-*_`/", c) >= 0 || c >= 0x80 {
		return true
	}
	switch strings.ToLower(word) {
	case "on", "by", "in", "as", "at", "since", "with", "for", "and", "but", "until", "via":
		return true
	}
	return false
}

// StatusOf is the status of a kind that a text names, perhaps with a remark or
// a relation; nil when it names none.
func StatusOf(k *config.Kind, text string) *config.Status {
	if s := k.Status(text); s != nil {
		return s
	}
	s, _, _ := findStatus(k, text)
	return s
}
