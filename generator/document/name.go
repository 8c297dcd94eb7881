package document

import (
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"minutebook/generator/date"
	"minutebook/generator/source"
)

// numbered is a short letter code with a number, as in eip-20: an identifier,
// which is written in capitals.
var numbered = regexp.MustCompile(`^[a-z]{1,5}-\d+$`)

// nameTitle makes a title of a file's name: "notes-in-pads" becomes "Notes
// in pads", "2018-03-20-ops-team" becomes "Ops team, 2018-03-20", and a
// folder's index is called after the folder.
func nameTitle(p string) string {
	name := stem(p)
	if source.IsIndex(p) && path.Dir(p) != "." {
		name = path.Base(path.Dir(p))
	}
	if numbered.MatchString(strings.ToLower(name)) {
		return strings.ToUpper(name)
	}
	day, rest := splitDay(name)
	words := strings.Join(strings.FieldsFunc(rest, func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) }), " ")
	if strings.Contains(words, " ") && words == strings.ToUpper(words) && !strings.ContainsFunc(words, unicode.IsDigit) {
		words = strings.ToLower(words) // CODE_OF_CONDUCT
	}
	switch {
	case words == "" && !day.IsZero():
		return day.String()
	case words == "":
		return name
	case !day.IsZero():
		return capitalised(words) + ", " + day.String()
	}
	return capitalised(words)
}

func capitalised(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// splitDay cuts a date off the start of a file's name.
func splitDay(name string) (day date.Date, rest string) {
	const layout = "2006-01-02"
	if len(name) < len(layout) {
		return date.Date{}, name
	}
	day, err := date.Parse(name[:len(layout)])
	if err != nil || len(name) > len(layout) && isDigit(name[len(layout)]) {
		return date.Date{}, name
	}
	return day, strings.TrimLeft(name[len(layout):], "-_. ")
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
