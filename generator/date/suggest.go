package date

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// abbreviations are the names that people use for zones, with a large city that
// keeps them. Those that several regions share stand for the one that uses them
// most in meeting invitations.
var abbreviations = map[string][]string{
	"EST": {"America/New_York"}, "EDT": {"America/New_York"}, "ET": {"America/New_York"},
	"CST": {"America/Chicago", "Asia/Shanghai"}, "CDT": {"America/Chicago"}, "CT": {"America/Chicago"},
	"MST": {"America/Denver", "America/Phoenix"}, "MDT": {"America/Denver"}, "MT": {"America/Denver"},
	"PST": {"America/Los_Angeles"}, "PDT": {"America/Los_Angeles"}, "PT": {"America/Los_Angeles"},
	"AKST": {"America/Anchorage"}, "AKDT": {"America/Anchorage"},
	"AST": {"America/Halifax"}, "ADT": {"America/Halifax"},
	"BRT": {"America/Sao_Paulo"}, "ART": {"America/Argentina/Buenos_Aires"},
	"GMT": {"Europe/London", "UTC"}, "BST": {"Europe/London"}, "WEST": {"Europe/Lisbon"},
	"IST": {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"},
	"CET": {"Europe/Berlin"}, "CEST": {"Europe/Berlin"}, "MEZ": {"Europe/Berlin"}, "MESZ": {"Europe/Berlin"},
	"EET": {"Europe/Helsinki"}, "EEST": {"Europe/Helsinki"}, "MSK": {"Europe/Moscow"},
	"SAST": {"Africa/Johannesburg"}, "WAT": {"Africa/Lagos"}, "EAT": {"Africa/Nairobi"},
	"HKT": {"Asia/Hong_Kong"}, "SGT": {"Asia/Singapore"}, "JST": {"Asia/Tokyo"}, "KST": {"Asia/Seoul"},
	"AEST": {"Australia/Sydney"}, "AEDT": {"Australia/Sydney"}, "ACST": {"Australia/Adelaide"},
	"AWST": {"Australia/Perth"}, "NZST": {"Pacific/Auckland"}, "NZDT": {"Pacific/Auckland"},
	"UTC": {"UTC"}, "Z": {"UTC"}, "ZULU": {"UTC"}, "UCT": {"UTC"},
}

const maxSuggestions = 3

// zoneNames are the names of all zones, sorted.
var zoneNames = sync.OnceValue(func() []string {
	names := make([]string, 0, len(zones()))
	for name := range zones() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
})

// Suggest is up to three IANA names that an unknown name may stand for, the
// likeliest first: by what people call zones (PST), by the city (Denver), and by
// spelling (america/denver, Europe/Berln). It may be empty.
func Suggest(name string) []string {
	name = strings.TrimSpace(name)
	word := strings.TrimRight(strings.ToUpper(name), "0123456789+-:")
	if names := abbreviations[word]; names != nil {
		return slices.Clone(names)
	}
	wanted := fold(name)
	if len(wanted) < 3 || len(wanted) > 60 {
		return nil
	}
	type match struct {
		name     string
		distance int
	}
	var near []match
	for _, zone := range zoneNames() {
		whole := fold(zone)
		d := min(typos(wanted, whole), typos(wanted, lastPart(whole)), typos(lastPart(wanted), lastPart(whole))+1)
		if d < tooFar {
			near = append(near, match{zone, d})
		}
	}
	slices.SortStableFunc(near, func(a, b match) int { return cmp.Compare(a.distance, b.distance) })
	var names []string
	for _, m := range near[:min(len(near), maxSuggestions)] {
		if m.distance > near[0].distance+1 {
			break
		}
		names = append(names, m.name)
	}
	return names
}

// suggestion is a hint with the names that Suggest has.
func suggestion(name string) string {
	names := Suggest(name)
	if len(names) == 0 {
		return "write an IANA name, as in America/Denver, or UTC"
	}
	return "write " + strings.Join(names, " or ")
}

// fold is a name without the differences that do not matter.
func fold(name string) string { return separators.Replace(strings.ToLower(name)) }

var separators = strings.NewReplacer(" ", "_", "-", "_")

func lastPart(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

const tooFar = 1000

// typos is the distance of two words, tooFar when it is more than a letter in
// four of the first one.
func typos(a, b string) int {
	if d := distance(a, b); d <= len(a)/4 {
		return d
	}
	return tooFar
}

// distance is the number of letters to insert, delete or replace that make one
// word of the other (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 0; i < len(a); i++ {
		diagonal := row[0]
		row[0] = i + 1
		for j := 0; j < len(b); j++ {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
