package date

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMain hides the machine's zone database and local zone: nothing here may
// look at them.
func TestMain(m *testing.M) {
	os.Setenv("ZONEINFO", "/nonexistent")
	os.Setenv("TZ", "Antarctica/Troll")
	os.Exit(m.Run())
}

func TestParseWall(t *testing.T) {
	for _, c := range []struct{ in, want, problem string }{
		{"2018-03-20T14:00", "2018-03-20T14:00", ""},
		{"2018-03-20 14:00", "2018-03-20T14:00", ""},
		{"2018-03-20T14:05:30", "2018-03-20T14:05", ""},
		{"2018-03-20T00:00:00.000", "2018-03-20T00:00", ""},
		{"2018-03-20", "2018-03-20", ""},
		{" 2018-03-20 ", "2018-03-20", ""},
		{"2018-03-20T14:00Z", "2018-03-20T14:00", `"2018-03-20T14:00Z" names a zone or an offset, but a local time has none | write 2018-03-20T14:00, and timezone: UTC`},
		{"2020-01-24 14:00:00 UTC", "2020-01-24T14:00", `"2020-01-24 14:00:00 UTC" names a zone or an offset, but a local time has none | write 2020-01-24T14:00, and timezone: UTC`},
		{"2018-03-20T14:00+02:00", "2018-03-20T14:00", `"2018-03-20T14:00+02:00" names a zone or an offset, but a local time has none | write 2018-03-20T14:00, and the place's zone under timezone`},
		{"2018-03-20T14:00+00:00", "2018-03-20T14:00", `"2018-03-20T14:00+00:00" names a zone or an offset, but a local time has none | write 2018-03-20T14:00, and timezone: UTC`},
		{"2024-05-06 20:00 CEST", "2024-05-06T20:00", `"2024-05-06 20:00 CEST" names a zone or an offset, but a local time has none | write 2024-05-06T20:00, and timezone: Europe/Berlin`},
		{"2024-05-06 20:00 Europe/Paris", "2024-05-06T20:00", `"2024-05-06 20:00 Europe/Paris" names a zone or an offset, but a local time has none | write 2024-05-06T20:00, and timezone: Europe/Paris`},
		{"2018-03-20T24:00", "2018-03-20", `"2018-03-20T24:00" is not a time of day | write the next day: 2018-03-21T00:00`},
		{"2018-03-20T14:60", "2018-03-20", `"2018-03-20T14:60" is not a time of day | write hours from 00 to 23 and minutes from 00 to 59`},
		{"2018-02-30T14:00", "", `"2018-02-30" does not exist: February 2018 has 28 days | the last day of that month is 2018-02-28`},
		{"2018-3-20 14:00", "", `"2018-3-20 14:00" is not a day with a time | write it as 2018-03-20, or as 2018-03-20T14:00 with the time`},
		{"2018-03-20 2pm", "", `"2018-03-20 2pm" is not a day with a time | write it as 2018-03-20, or as 2018-03-20T14:00 with the time`},
		{"14:00", "", `"14:00" is not a day with a time | write it as 2018-03-20T14:00, or the day alone`},
	} {
		got, err := ParseWall(c.in)
		if got.String() != c.want || message(err) != c.problem {
			t.Errorf("ParseWall(%q) = %v, %s; want %v, %s", c.in, got, message(err), c.want, c.problem)
		}
	}
}

func TestIn(t *testing.T) {
	for _, c := range []struct {
		zone, wall, want string // want in RFC 3339, with the zone's offset
		kind             Resolution
	}{
		{"UTC", "2018-03-20T14:00", "2018-03-20T14:00:00Z", Exact},
		{"America/Denver", "2018-03-20T14:00", "2018-03-20T14:00:00-06:00", Exact},
		{"America/Denver", "2018-03-11T01:59", "2018-03-11T01:59:00-07:00", Exact},
		{"America/Denver", "2018-03-11T02:00", "2018-03-11T03:00:00-06:00", Gap},
		{"America/Denver", "2018-03-11T02:30", "2018-03-11T03:30:00-06:00", Gap},
		{"America/Denver", "2018-03-11T03:00", "2018-03-11T03:00:00-06:00", Exact},
		{"America/Denver", "2018-11-04T00:59", "2018-11-04T00:59:00-06:00", Exact},
		{"America/Denver", "2018-11-04T01:00", "2018-11-04T01:00:00-06:00", Fold},
		{"America/Denver", "2018-11-04T01:59", "2018-11-04T01:59:00-06:00", Fold},
		{"America/Denver", "2018-11-04T02:00", "2018-11-04T02:00:00-07:00", Exact},
		{"Europe/Berlin", "2018-03-25T02:30", "2018-03-25T03:30:00+02:00", Gap},
		{"Europe/Berlin", "2018-10-28T02:30", "2018-10-28T02:30:00+02:00", Fold},
		{"Europe/Berlin", "2050-03-27T02:30", "2050-03-27T03:30:00+02:00", Gap},
		{"Europe/London", "2018-10-28T01:30", "2018-10-28T01:30:00+01:00", Fold},
		{"Australia/Lord_Howe", "2018-10-07T02:15", "2018-10-07T02:45:00+11:00", Gap},
		{"Australia/Lord_Howe", "2018-10-07T02:30", "2018-10-07T02:30:00+11:00", Exact},
		{"Australia/Lord_Howe", "2018-04-01T01:45", "2018-04-01T01:45:00+11:00", Fold},
		{"Australia/Sydney", "2018-04-01T02:30", "2018-04-01T02:30:00+11:00", Fold},
		{"Pacific/Apia", "2011-12-29T23:59", "2011-12-29T23:59:00-10:00", Exact},
		{"Pacific/Apia", "2011-12-30T12:00", "2011-12-31T12:00:00+14:00", Gap},
		{"Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00", Gap},
		{"Pacific/Apia", "2011-12-31T00:00", "2011-12-31T00:00:00+14:00", Exact},
		{"Pacific/Kwajalein", "1993-08-21T12:00", "1993-08-22T12:00:00+12:00", Gap},
		{"America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T01:00:00-02:00", Gap},
		{"America/Sao_Paulo", "2018-11-04T00:30", "2018-11-04T01:30:00-02:00", Gap},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00", Exact},
		{"America/Sao_Paulo", "2018-02-17T23:30", "2018-02-17T23:30:00-02:00", Fold},
		{"America/Sao_Paulo", "2020-11-01T00:30", "2020-11-01T00:30:00-03:00", Exact},
		{"Asia/Kathmandu", "2018-03-20T14:00", "2018-03-20T14:00:00+05:45", Exact},
		{"Africa/Casablanca", "2018-05-13T02:30", "2018-05-13T02:30:00+01:00", Fold},
		{"America/Caracas", "2016-05-01T02:45", "2016-05-01T03:15:00-04:00", Gap},
		{"Asia/Pyongyang", "2018-05-04T23:45", "2018-05-05T00:15:00+09:00", Gap},
		{"Etc/GMT+12", "2018-03-20T14:00", "2018-03-20T14:00:00-12:00", Exact},
	} {
		zone, err := LoadZone(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		w, err := ParseWall(c.wall)
		if err != nil {
			t.Fatal(err)
		}
		got, kind := w.In(zone)
		if got.Format(time.RFC3339) != c.want || kind != c.kind {
			t.Errorf("%s in %s = %s, %d; want %s, %d", c.wall, c.zone, got.Format(time.RFC3339), kind, c.want, c.kind)
		}
	}
}

// TestInEveryHour compares In with a search: an instant in a zone shows a wall
// time, and In finds it again.
func TestInEveryHour(t *testing.T) {
	for _, name := range []string{"America/Denver", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia",
		"America/Sao_Paulo", "Africa/Casablanca", "Asia/Kathmandu", "Antarctica/Troll", "America/Caracas", "Asia/Gaza"} {
		zone, err := LoadZone(name)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Date(2010, 1, 1, 0, 15, 0, 0, time.UTC)
		for at := start; at.Year() < 2020; at = at.Add(time.Hour) {
			local := at.In(zone)
			w := Wall{Of(local), uint8(local.Hour()), uint8(local.Minute()), true}
			got, kind := w.In(zone)
			if kind == Gap || kind == Exact && !got.Equal(at) || kind == Fold && got.After(at) {
				t.Fatalf("%s: %s is found as %s, %d", name, local, got, kind)
			}
		}
	}
}

func TestLoadZone(t *testing.T) {
	for name, want := range map[string]string{
		"":                 "the time zone is empty | write an IANA name, as in America/Denver, or UTC",
		"Local":            `"Local" depends on the machine that builds the site | write an IANA name, as in America/Denver, or UTC`,
		"EST":              `"EST" keeps winter time all year, which few places do | did you mean America/New_York?`,
		"EST5":             `"EST5" is not an IANA zone | did you mean America/New_York?`,
		"america/denver":   `"america/denver" is not an IANA zone | did you mean America/Denver?`,
		"../../etc/passwd": `"../../etc/passwd" is not an IANA zone | write the zone of a place, such as Europe/Berlin, or UTC`,
		"America/":         `"America/" is not an IANA zone | write the zone of a place, such as Europe/Berlin, or UTC`,
		"Factory":          `"Factory" is not an IANA zone | write the zone of a place, such as Europe/Berlin, or UTC`,
	} {
		if _, err := LoadZone(name); message(err) != want {
			t.Errorf("LoadZone(%q): %s; want %s", name, message(err), want)
		}
	}
	for _, name := range zoneNames() {
		zone, err := LoadZone(name)
		if err != nil && name != "EST" && name != "MST" {
			t.Errorf("LoadZone(%q): %v", name, err)
		}
		if err == nil && zone.String() != name {
			t.Errorf("LoadZone(%q) is called %s", name, zone)
		}
	}
	if n := len(zoneNames()); n < 400 {
		t.Errorf("only %d zones", n)
	}
}

func TestSuggest(t *testing.T) {
	for name, want := range map[string]string{
		"EST5": "America/New_York", "PST": "America/Los_Angeles", "pst": "America/Los_Angeles", "CET": "Europe/Berlin",
		"UTC+0": "UTC", "gmt": "UTC", "UTC+2": "", "GMT+2": "", "EST-5": "", "CET+1": "", "CST6": "America/Chicago", "Denver": "America/Denver", "america/denver": "America/Denver", "America/Denvar": "America/Denver",
		"Europe/Berln": "Europe/Berlin", "New York": "America/New_York", "US/New_York": "America/New_York",
		"Europe/Kyiv ": "Europe/Kyiv", "Buenos Aires": "America/Argentina/Buenos_Aires", "Atlantis": "Atlantic", "x": "", "": "", "Somewhere/Else": "",
		"Pacific Time": "America/Los_Angeles", "US Pacific Standard Time": "America/Los_Angeles", "central european summer  time": "Europe/Berlin",
		"Greenwich Mean Time": "UTC", "Zurich time": "Europe/Zurich", "Pacific/Nive": "Pacific/Niue", "Pacific Tome": "", "IST": "Asia/Kolkata",
	} {
		got := Suggest(name)
		if want == "Atlantic" { // whatever is near, it is no crash and no more than three
			if len(got) > maxSuggestions {
				t.Error(got)
			}
			continue
		}
		if want == "" && len(got) > 0 || want != "" && (len(got) == 0 || got[0] != want) {
			t.Errorf("Suggest(%q) = %v; want %s", name, got, want)
		}
	}
	for word, names := range abbreviations {
		for _, name := range names {
			if !slices.Contains(zoneNames(), name) || strings.ToUpper(word) != word {
				t.Errorf("abbreviation %s: %s", word, name)
			}
		}
	}
}

// An offset is no place: nothing is proposed that has another one at any time.
func TestZoneHintOfOffsets(t *testing.T) {
	for name, want := range map[string]string{
		"UTC+1":      "write the zone of a place, such as Europe/Berlin: it knows of summer time; what is UTC+1 all year is called Etc/GMT-1, with the other sign",
		"UTC-5":      "write the zone of a place, such as Europe/Berlin: it knows of summer time; what is UTC-5 all year is called Etc/GMT+5, with the other sign",
		"GMT +05:30": "write the zone of a place, such as Europe/Berlin: it knows of summer time",
		"+25":        "write the zone of a place, such as Europe/Berlin: it knows of summer time",
		"UTC-00:00":  "did you mean UTC?",
		"IST":        "did you mean Asia/Kolkata or Europe/Dublin or Asia/Jerusalem?",
	} {
		if got := ZoneHint(name); got != want {
			t.Errorf("ZoneHint(%q) = %s", name, got)
		}
	}
	named := regexp.MustCompile(`Etc/GMT[+-]\d+|UTC\?`)
	proposed := 0
	for hours := -15; hours <= 15; hours++ {
		for _, form := range []string{"UTC%+d", "GMT%+d", "gmt %+d", "%+03d", "UTC%+03d:00", "Z%+03d00"} {
			zone := strings.TrimSuffix(named.FindString(ZoneHint(fmt.Sprintf(form, hours))), "?")
			if zone == "" {
				continue
			}
			proposed++
			place, err := LoadZone(zone)
			if err != nil {
				t.Fatal(err)
			}
			for at := time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2019; at = at.AddDate(0, 0, 9) {
				if _, offset := at.In(place).Zone(); offset != hours*3600 {
					t.Fatalf(form+": %s is %d seconds from Greenwich", hours, zone, offset)
				}
			}
		}
	}
	if proposed < 27*6 {
		t.Errorf("only %d proposals", proposed)
	}
}

func BenchmarkIn(b *testing.B) {
	zone, err := LoadZone("America/Denver")
	if err != nil {
		b.Fatal(err)
	}
	w := Wall{pack(2018, 3, 20), 14, 0, true}
	for b.Loop() {
		w.In(zone)
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("2018-04-04"); err != nil {
			b.Fatal(err)
		}
	}
}
