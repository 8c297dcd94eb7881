package date

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
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
	"GMT": {"UTC"}, "BST": {"Europe/London"}, "WEST": {"Europe/Lisbon"},
	"IST": {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"},
	"CET": {"Europe/Berlin"}, "CEST": {"Europe/Berlin"}, "MEZ": {"Europe/Berlin"}, "MESZ": {"Europe/Berlin"},
	"EET": {"Europe/Helsinki"}, "EEST": {"Europe/Helsinki"}, "MSK": {"Europe/Moscow"},
	"SAST": {"Africa/Johannesburg"}, "WAT": {"Africa/Lagos"}, "EAT": {"Africa/Nairobi"},
	"HKT": {"Asia/Hong_Kong"}, "SGT": {"Asia/Singapore"}, "JST": {"Asia/Tokyo"}, "KST": {"Asia/Seoul"},
	"AEST": {"Australia/Sydney"}, "AEDT": {"Australia/Sydney"}, "ACST": {"Australia/Adelaide"},
	"AWST": {"Australia/Perth"}, "NZST": {"Pacific/Auckland"}, "NZDT": {"Pacific/Auckland"},
	"UTC": {"UTC"}, "Z": {"UTC"}, "ZULU": {"UTC"}, "UCT": {"UTC"},
}

// spoken are what comes before "Time" when a zone is said in words, without
// "Standard", "Daylight" and "Summer", and a large city that keeps it.
var spoken = map[string]string{
	"pacific": "America/Los_Angeles", "mountain": "America/Denver", "central": "America/Chicago", "eastern": "America/New_York",
	"atlantic": "America/Halifax", "newfoundland": "America/St_Johns", "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu",
	"greenwich mean": "UTC", "universal": "UTC", "coordinated universal": "UTC",
	"british": "Europe/London", "uk": "Europe/London", "irish": "Europe/Dublin",
	"western european": "Europe/Lisbon", "central european": "Europe/Berlin", "eastern european": "Europe/Helsinki", "moscow": "Europe/Moscow",
	"south africa": "Africa/Johannesburg", "west africa": "Africa/Lagos", "east africa": "Africa/Nairobi",
	"israel": "Asia/Jerusalem", "gulf": "Asia/Dubai", "india": "Asia/Kolkata", "indian": "Asia/Kolkata", "china": "Asia/Shanghai",
	"hong kong": "Asia/Hong_Kong", "singapore": "Asia/Singapore", "japan": "Asia/Tokyo", "korea": "Asia/Seoul",
	"australian eastern": "Australia/Sydney", "australian central": "Australia/Adelaide", "australian western": "Australia/Perth",
	"new zealand": "Pacific/Auckland", "brasilia": "America/Sao_Paulo", "argentina": "America/Argentina/Buenos_Aires",
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
// likeliest first: by what people call zones (PST, Pacific Time), by the city
// (Denver, Zurich time), and by spelling (america/denver, Europe/Berln). It may be
// empty: an offset such as UTC+2 is no place, and a place that has it today has
// another one in half a year. [ZoneHint] says what to write then.
func Suggest(name string) []string {
	name = strings.Join(strings.Fields(name), " ")
	if offset, ok := offsetOf(name); ok {
		if offset == 0 {
			return []string{"UTC"}
		}
		return nil
	}
	if names := abbreviated(name); names != nil {
		return names
	}
	if said, isTime := cutTime(name); isTime {
		if zone := spoken[said]; zone != "" {
			return []string{zone}
		}
		name = said
	}
	return spelled(fold(name))
}

// ZoneHint says, for people, what to write instead of a name that is no zone.
func ZoneHint(name string) string {
	const place = "write the zone of a place, such as Europe/Berlin"
	if names := Suggest(name); len(names) > 0 {
		return "did you mean " + strings.Join(names, " or ") + "?"
	}
	offset, ok := offsetOf(strings.TrimSpace(name))
	if !ok {
		return place + ", or UTC"
	}
	hours := offset / 60
	zone := fmt.Sprintf("Etc/GMT%+d", -hours)
	if _, err := LoadZone(zone); offset%60 != 0 || err != nil {
		return place + ": it knows of summer time"
	}
	return fmt.Sprintf("%s: it knows of summer time; what is UTC%+d all year is called %s, with the other sign", place, hours, zone)
}

var offsetForm = regexp.MustCompile(`^(?i:UTC|GMT|Z)? ?(?:([+\-\x{2212}\x{2013}]) ?([0-9]{1,2})(?::?([0-9]{2}))?|0)$`)

// offsetOf is what a name such as UTC+2, GMT-5 or +05:30 says, in minutes east of
// Greenwich; ok is false for other names.
func offsetOf(name string) (minutes int, ok bool) {
	m := offsetForm.FindStringSubmatch(name)
	if m == nil {
		return 0, false
	}
	hours, _ := strconv.Atoi(m[2])
	rest, _ := strconv.Atoi(m[3])
	if minutes = hours*60 + rest; m[1] != "+" {
		minutes = -minutes
	}
	return minutes, true
}

var posixForm = regexp.MustCompile(`^([A-Z]{2,5})([0-9]{1,2})?$`)

// abbreviated are the zones of a short form, with the hours from Greenwich behind
// it as in EST5: zones that never are so far from it are none of them.
func abbreviated(name string) []string {
	m := posixForm.FindStringSubmatch(strings.ToUpper(name))
	if m == nil {
		return nil
	}
	names := slices.Clone(abbreviations[m[1]])
	if m[2] == "" {
		return names
	}
	hours, _ := strconv.Atoi(m[2])
	return slices.DeleteFunc(names, func(name string) bool { return !keeps(name, hours) })
}

// keeps reports whether a zone is so many hours from Greenwich in winter or in
// summer.
func keeps(name string, hours int) bool {
	zone, err := LoadZone(name)
	for _, month := range []time.Month{time.January, time.July} {
		if err == nil {
			_, offset := time.Date(2018, month, 1, 0, 0, 0, 0, zone).Zone()
			if offset == hours*3600 || offset == -hours*3600 {
				return true
			}
		}
	}
	return false
}

var seasons = strings.NewReplacer(" standard", "", " daylight", "", " summer", "", " winter", "")

// cutTime is what a zone is called in words, "pacific" of "US Pacific Standard
// Time"; ok is false for a name that is not said so.
func cutTime(name string) (said string, ok bool) {
	said, ok = strings.CutSuffix(strings.ToLower(name), " time")
	return strings.TrimPrefix(seasons.Replace(said), "us "), ok
}

// spelled are the zones that are spelled like a name, or whose city is.
func spelled(wanted string) []string {
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
		city := lastPart(whole)
		d := min(typos(wanted, city), typos(lastPart(wanted), city)+1)
		if all := distance(wanted, whole); all <= len(city)/4 { // a continent is long, and says little
			d = min(d, all)
		}
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
