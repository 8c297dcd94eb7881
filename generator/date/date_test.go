package date

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
)

// message is what an error says, and its hint behind a bar.
func message(err error) string {
	var e *Error
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &e):
		return "not an *Error: " + err.Error()
	}
	return e.Message + " | " + e.Hint
}

func TestParse(t *testing.T) {
	const way = " | write year, month and day, as in 2018-04-04"
	for _, c := range []struct{ in, want, problem string }{
		{"2018-04-04", "2018-04-04", ""},
		{"2016-02-29", "2016-02-29", ""},
		{"0001-01-01", "0001-01-01", ""},
		{"9999-12-31", "9999-12-31", ""},
		{"2018-02-30", "", `"2018-02-30" does not exist: February 2018 has 28 days | the last day of that month is 2018-02-28`},
		{"1900-02-29", "", `"1900-02-29" does not exist: February 1900 has 28 days | the last day of that month is 1900-02-28`},
		{"2018-04-00", "", `"2018-04-00" does not exist: April 2018 has 30 days | the last day of that month is 2018-04-30`},
		{"2021-26-02", "", `"2021-26-02" is not a date: there is no month 26 | write 2021-02-26 if day and month were swapped`},
		{"2021-00-02", "", `"2021-00-02" is not a date: there is no month 0` + way},
		{"0000-01-01", "", `"0000-01-01" is not a date: the year is out of range | write a year from 0001 to 9999`},
		{"2023-6-19", "", `"2023-6-19" is not a date | write 2023-06-19`},
		{"2021-12-03T00:00:00.000Z", "", `"2021-12-03T00:00:00.000Z" is not a date | write 2021-12-03`},
		{"9th October 2024", "", `"9th October 2024" is not a date | write 2024-10-09`},
		{"4 April", "", `"4 April" is not a date` + way},
		{"28-08-2020", "", `"28-08-2020" is not a date | write 2020-08-28`},
		{"04/05/2018", "", `"04/05/2018" does not say which number is the day and which the month | write the year first, as in 2018-04-04`},
		{" 2018-04-04", "", `" 2018-04-04" is not a date | write 2018-04-04`},
		{"2018-04-0x", "", `"2018-04-0x" is not a date` + way},
		{"２０18-04-0", "", `"２０18-04-0" is not a date` + way},
		{"", "", `"" is not a date` + way},
		{"TBD", "", `"TBD" is not a date` + way},
	} {
		got, err := Parse(c.in)
		if got.String() != c.want || message(err) != c.problem {
			t.Errorf("Parse(%q) = %v, %s; want %v, %s", c.in, got, message(err), c.want, c.problem)
		}
	}
}

func TestParseLenient(t *testing.T) {
	for in, want := range map[string]string{
		"2024-02-13":                              "2024-02-13",
		" 2024-02-13 ":                            "2024-02-13",
		"2023-6-19":                               "2023-06-19",
		"2024.09.04":                              "2024-09-04",
		"2024.7.24":                               "2024-07-24",
		"2024/7/4":                                "2024-07-04",
		"2017/09/25 (Mon)":                        "2017-09-25",
		"20200826":                                "2020-08-26",
		"2021-12-03T00:00:00.000Z":                "2021-12-03",
		"2021-12-03T23:30:00-08:00":               "2021-12-03",
		"2020-01-24 14:00:00 UTC":                 "2020-01-24",
		"2024-05-06 20:00 CEST":                   "2024-05-06",
		"9th October 2024":                        "2024-10-09",
		"4 Apr 2018":                              "2018-04-04",
		"Thursday, 16th May 2019 at 5pm UTC":      "2019-05-16",
		"January 04, 2018":                        "2018-01-04",
		"Sept. 3 2020":                            "2020-09-03",
		"Friday, November 27 2020, 14:00 UTC":     "2020-11-27",
		"Tuesday 29 October 2013 @ 19:00 - 21:00": "2013-10-29",
		"28-08-2020":                              "2020-08-28",
		"08/28/2020":                              "2020-08-28",
		"31.02.2020":                              "",
		// In doubt, incomplete or impossible:
		"04/05/2018": "", "4.5.18": "", "2019-05": "", "February 14th": "", "2018": "", "2021-9999": "",
		"July 18-20, 2017": "", "2018-04-04, 2018-04-05": "", "2018-04-04 or later": "", "2018-04/04": "",
		"2023-2-30": "", "<yyyy-mm-dd>": "", "TBD": "", "": "", "31 Foo 2018": "", "2018-04-041": "", "201804041": "",
	} {
		got, err := ParseLenient(in)
		if got.String() != want || (err == nil) != (want != "") {
			t.Errorf("ParseLenient(%q) = %q, %v; want %q", in, got, err, want)
		}
		if want == "" && message(err) == "" {
			t.Errorf("ParseLenient(%q) says nothing", in)
		}
	}
}

func TestArithmetic(t *testing.T) {
	d := func(s string) Date {
		d, err := Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if got := d("2018-02-27").AddDays(2); got != d("2018-03-01") {
		t.Error(got)
	}
	if got := d("2016-03-01").AddDays(-1); got != d("2016-02-29") {
		t.Error(got)
	}
	if got := d("2018-04-04").Sub(d("2018-03-20")); got != 15 {
		t.Error(got)
	}
	if got := d("1969-12-31").Sub(d("1970-01-02")); got != -2 {
		t.Error(got)
	}
	if got := d("2018-04-04").Weekday(); got != time.Wednesday {
		t.Error(got)
	}
	a, b := d("2018-04-04"), d("2018-04-05")
	if !a.Before(b) || a.After(b) || !b.After(a) || a.Compare(a) != 0 || !(Date{}).Before(a) {
		t.Error("order")
	}
	got, err := json.Marshal(map[string]any{"day": a, "none": Date{}, "wall": Wall{a, 9, 5, true}})
	if want := `{"day":"2018-04-04","none":"","wall":"2018-04-04T09:05"}`; err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	denver, err := LoadZone("America/Denver")
	if err != nil {
		t.Fatal(err)
	}
	if got := Of(time.Date(2018, 4, 4, 3, 0, 0, 0, time.UTC).In(denver)); got != d("2018-04-03") {
		t.Error(got)
	}
}

func TestParseDuration(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"60m": time.Hour, "1h": time.Hour, "1h30m": 90 * time.Minute, "90 min": 90 * time.Minute,
		"90min": 90 * time.Minute, "90 minutes": 90 * time.Minute, "1.5h": 90 * time.Minute,
		"1 hour": time.Hour, "2 hours and 15 minutes": 135 * time.Minute, "1 h 30 m": 90 * time.Minute,
		"4.35h": 261 * time.Minute, "2d": 48 * time.Hour, "1 day": 24 * time.Hour, "1H": time.Hour,
		"PT1H30M": 90 * time.Minute, "PT45M": 45 * time.Minute, "P1DT2H": 26 * time.Hour, "P2D": 48 * time.Hour,
		"31d": MaxDuration,
	} {
		if got, err := ParseDuration(in); got != want || err != nil {
			t.Errorf("ParseDuration(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
	const way = " | write minutes or hours, as in 60m or 1h30m"
	for in, want := range map[string]string{
		"90":      `"90" is a duration without a unit | write 90m for minutes or 90h for hours`,
		"1:30":    `"1:30" is not a duration | write 1h30m`,
		"an hour": `"an hour" is not a duration` + way,
		"1h-":     `"1h-" is not a duration` + way,
		"-1h":     `"-1h" is not a duration` + way,
		"PT":      `"PT" is not a duration` + way,
		"P1DT":    `"P1DT" is not a duration` + way,
		"":        `"" is not a duration` + way,
		"0m":      `"0m" is no time at all | write a duration such as 60m, or leave it out`,
		"32d":     `"32d" is longer than 31 days | write a duration such as 60m, or an end`,
		"99999d":  `"99999d" is longer than 31 days | write a duration such as 60m, or an end`,
		"1.5m":    `"1.5m" is no whole number of minutes | write 2m`,
	} {
		if _, err := ParseDuration(in); message(err) != want {
			t.Errorf("ParseDuration(%q): %s; want %s", in, message(err), want)
		}
	}
}

// FuzzParse: what Parse takes is what it prints, and ParseLenient agrees with
// it; package time knows the same days.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"2018-04-04", "2016-02-29", "2018-02-30", "20200826", "2024/7/4", "Jan 4, 2018", "0001-01-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		lenient, lenientErr := ParseLenient(s)
		if (lenientErr == nil) == lenient.IsZero() {
			t.Errorf("ParseLenient(%q) = %v, %v", s, lenient, lenientErr)
		}
		if lenientErr == nil {
			if again, err := Parse(lenient.String()); again != lenient || err != nil {
				t.Errorf("%q is read as %v, which is read as %v, %v", s, lenient, again, err)
			}
		}
		got, err := Parse(s)
		if want, wantErr := time.Parse(time.DateOnly, s); (wantErr == nil && want.Year() > 0) != (err == nil) || err == nil && got != Of(want) {
			t.Errorf("Parse(%q) = %v, %v; package time has %v, %v", s, got, err, want, wantErr)
		}
		if err == nil && (got.String() != s || got != lenient) {
			t.Errorf("Parse(%q) = %v, leniently %v", s, got, lenient)
		}
		if w, err := ParseWall(s); err == nil {
			if again, err := ParseWall(w.String()); again != w || err != nil {
				t.Errorf("%q is read as %v, which is read as %v, %v", s, w, again, err)
			}
		}
	})
}

// A date is what package time says of the same day, over all years that there
// are.
func TestDateIsThatOfPackageTime(t *testing.T) {
	last := Date{}
	for at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() <= 9999; at = at.AddDate(0, 0, 17) {
		d := Of(at)
		if y, m, day := at.Date(); d.Year() != y || d.Month() != m || d.Day() != day || d.String() != at.Format(time.DateOnly) {
			t.Fatalf("%s is told as %s, %d, %s, %d", at, d, d.Year(), d.Month(), d.Day())
		}
		if !last.Before(d) || !d.After(last) || last.Compare(d) >= 0 || d.Weekday() != at.Weekday() {
			t.Fatalf("%s does not come after %s", d, last)
		}
		last = d
	}
}
