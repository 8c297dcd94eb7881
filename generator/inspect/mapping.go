package inspect

import (
	"fmt"
	"slices"
	"strings"
)

// A mapping is a minutebook.yaml in the making.
type mapping struct {
	title      string
	repository string
	branch     string
	zone       string
	since      string
	exclude    []string
	selfURLs   []pair
	headings   []words
	kinds      []*kindMapping

	why map[string]string // by the path of a setting
}

// A pair is a key with its value.
type pair struct{ key, value string }

// words are a name with the words for it.
type words struct {
	name string
	list []string
}

// A kindMapping is what a mapping says of one kind.
type kindMapping struct {
	name     string
	include  []string
	index    bool
	fields   []pair
	statuses []pair
	idPath   string
	display  string
	mentions []string

	unknown []string // words of statuses that nobody could guess
}

func (k *kindMapping) empty() bool {
	return len(k.include) == 0 && !k.index && len(k.fields) == 0 && len(k.statuses) == 0 && k.idPath == "" && k.display == "" && len(k.mentions) == 0
}

// because notes why something is set.
func (m *mapping) because(setting, format string, args ...any) {
	if m.why == nil {
		m.why = map[string]string{}
	}
	m.why[setting] = fmt.Sprintf(format, args...)
}

// A writer writes YAML with a comment above each setting that has a reason.
type writer struct {
	out  strings.Builder
	m    *mapping
	list []Because
}

// setting writes a line at a depth, below the reason for it.
func (w *writer) setting(depth int, path, line string) {
	indent := strings.Repeat("  ", depth)
	if why := w.m.why[path]; why != "" {
		w.list = append(w.list, Because{path, why})
		for _, part := range wrapped(why, 76-len(indent)) {
			w.out.WriteString(indent + "# " + part + "\n")
		}
	}
	w.out.WriteString(indent + line + "\n")
}

// yaml is the mapping as a file, and the reasons in the order of the file.
func (m *mapping) yaml() (string, []Because) {
	w := &writer{m: m}
	w.out.WriteString("# How Minutebook reads these documents. Everything here is optional; the guide\n# \"Adopting a repository\" tells what can be set.\n\n")
	for _, s := range []pair{{"title", m.title}, {"repository", m.repository}, {"branch", m.branch}, {"timezone", m.zone}, {"track-since", m.since}} {
		if s.value != "" {
			w.setting(0, s.key, s.key+": "+quoted(s.value))
		}
	}
	if m.zone == "" {
		w.out.WriteString("# timezone: UTC   # where the clocks of the meetings are\n")
	}
	w.out.WriteString("# language: en    # of the documents, and of the site's own words\n")
	if len(m.exclude) > 0 {
		w.setting(0, "exclude", "exclude: "+flow(m.exclude))
	}
	if len(m.selfURLs) > 0 {
		w.setting(0, "self-urls", "self-urls:")
		for _, p := range m.selfURLs {
			w.setting(1, "", quoted(p.key)+": "+quoted(p.value))
		}
	}
	if len(m.headings) > 0 {
		w.setting(0, "headings", "headings:")
		for _, h := range m.headings {
			w.setting(1, "", h.name+": "+flow(h.list))
		}
	}
	w.kinds()
	return w.out.String(), w.list
}

func (w *writer) kinds() {
	begun := false
	for _, k := range w.m.kinds {
		if k.empty() {
			continue
		}
		if !begun {
			w.out.WriteString("kinds:\n")
			begun = true
		}
		w.kind(k)
	}
}

func (w *writer) kind(k *kindMapping) {
	at := "kinds." + k.name
	w.setting(1, at, k.name+":")
	if len(k.include) > 0 {
		w.setting(2, at+".include", "include:")
		for _, glob := range k.include {
			w.setting(3, at+".include."+glob, "- "+quoted(glob))
		}
	}
	if k.index {
		w.setting(2, at+".index", "index: true")
	}
	switch {
	case k.idPath != "" && k.display != "":
		w.setting(2, at+".id", "id: {path: "+quoted(k.idPath)+", display: "+quoted(k.display)+"}")
	case k.display != "":
		w.setting(2, at+".id", "id: {display: "+quoted(k.display)+"}")
	case k.idPath != "":
		w.setting(2, at+".id", "id: {path: "+quoted(k.idPath)+"}")
	}
	if len(k.mentions) > 0 {
		w.setting(2, at+".mentions", "mentions: "+flow(k.mentions))
	}
	w.pairs(at+".fields", "fields", k.fields)
	w.pairs(at+".statuses", "statuses", k.statuses)
	if len(k.unknown) > 0 {
		w.out.WriteString("    # Which status do these words mean?\n")
		if len(k.statuses) == 0 {
			w.out.WriteString("    # statuses:\n")
		}
	}
	for _, word := range k.unknown {
		w.out.WriteString("    #   " + quoted(word) + ":\n")
	}
}

func (w *writer) pairs(at, name string, list []pair) {
	if len(list) == 0 {
		return
	}
	w.setting(2, at, name+":")
	for _, p := range list {
		w.setting(3, at+"."+p.key, quoted(p.key)+": "+quoted(p.value))
	}
}

// flow is a list on one line.
func flow(list []string) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = quoted(s)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// quoted is a text as YAML, in quotes unless it cannot be misread without.
func quoted(s string) string {
	s = oneLine(s)
	plain := s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !('a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || strings.ContainsRune(" -./_", r))
	}) && ('a' <= s[0]|0x20 && s[0]|0x20 <= 'z' || '0' <= s[0] && s[0] <= '9') && !strings.HasSuffix(s, " ")
	if strings.HasPrefix(s, "https://") && !strings.ContainsAny(s, " #'\"{}[],&*!|>%@`") {
		plain = true
	}
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		plain = false
	}
	if plain {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// oneLine is a text without line breaks and what no terminal should obey.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff
	}), " ")
}

// wrapped cuts a text into lines of a width, at blanks.
func wrapped(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(oneLine(text)) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// without is a copy that lacks a part.
func (m *mapping) without(part string) *mapping {
	other := *m
	switch part {
	case "exclude":
		other.exclude = nil
	case "self-urls":
		other.selfURLs = nil
	case "headings":
		other.headings = nil
	case "repository":
		other.repository, other.branch = "", ""
	case "timezone":
		other.zone = ""
	}
	other.kinds = nil
	for _, k := range m.kinds {
		if kind, setting, _ := strings.Cut(part, "."); kind == k.name {
			k = k.lacking(setting)
		}
		other.kinds = append(other.kinds, k)
	}
	return &other
}

func (k *kindMapping) lacking(setting string) *kindMapping {
	other := *k
	switch setting {
	case "include":
		other.include, other.index = nil, false
	case "id":
		other.idPath, other.display = "", ""
	case "mentions":
		other.mentions = nil
	case "fields":
		other.fields = nil
	case "statuses":
		other.statuses, other.unknown = nil, nil
	}
	return &other
}

// parts are the names of what can be left out of a mapping.
func (m *mapping) parts() []string {
	var list []string
	for _, k := range m.kinds {
		for _, s := range []string{"fields", "statuses", "mentions", "id", "include"} {
			list = append(list, k.name+"."+s)
		}
	}
	return append(list, "headings", "self-urls", "exclude", "timezone", "repository")
}

// kind is the part of a mapping for a kind.
func (m *mapping) kind(name string) *kindMapping {
	i := slices.IndexFunc(m.kinds, func(k *kindMapping) bool { return k.name == name })
	if i < 0 {
		m.kinds = append(m.kinds, &kindMapping{name: name})
		i = len(m.kinds) - 1
	}
	return m.kinds[i]
}
