package date_test

import (
	"testing"

	"minutebook/generator/date"
)

// Days are found in text in every spelling that leaves no doubt, and nowhere
// else.
func TestFind(t *testing.T) {
	for text, want := range map[string]string{
		"Weekly meeting 2018-03-20":               "2018-03-20 2018-03-20",
		"2017/09/25 (Mon)":                        "2017-09-25 2017-09-25",
		"notes of 2024.7.24.":                     "2024-07-24 2024-07-24",
		"call 20200826":                           "2020-08-26 2020-08-26",
		"2021-12-03T00:00:00.000Z":                "2021-12-03 2021-12-03",
		"2020-01-24 14:00:00 UTC":                 "2020-01-24 2020-01-24",
		"9th October 2024":                        "2024-10-09 2024-10-09",
		"Thursday, 16th May 2019 at 5pm UTC":      "2019-05-16 2019-05-16",
		"January 04, 2018":                        "2018-01-04 2018-01-04",
		"Friday, November 27 2020, 14:00 UTC":     "2020-11-27 2020-11-27",
		"Tuesday 29 October 2013 @ 19:00 - 21:00": "2013-10-29 2013-10-29",
		"July 18-20, 2017":                        "2017-07-18 2017-07-20",
		"Tuesday-Wednesday May 30-31, 2017":       "2017-05-30 2017-05-31",
		"3–5 Sept 2019":                           "2019-09-03 2019-09-05",
		"Feb. 1st, 2020":                          "2020-02-01 2020-02-01",
		"February 14th":                           "2016-02-14 2016-02-14",
		"first 2021-26-02, then 2021-02-26":       "2021-02-26 2021-02-26",
		"2021-26-02":                              "",
		"04/05/2018":                              "",
		"2019-05":                                 "",
		"marching 4 2018":                         "",
		"version 1.2018.3.4":                      "",
		"1202003011":                              "",
		"issue 12345678":                          "",
		"May the 4th":                             "",
		"YYYY-MM-DD":                              "",
		"30 February 2020":                        "",
	} {
		got := ""
		if s, ok := date.Find(text, 2016); ok {
			got = s.First.String() + " " + s.Last.String()
			if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
				t.Errorf("%q: found at %d to %d", text, s.Start, s.End)
			}
		}
		if got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
	if s, ok := date.Find("February 14th", 0); ok {
		t.Errorf("a day without its year is %v", s)
	}
}

// A pattern says where year, month and day stand, as a layout or an expression;
// the last day in a path counts.
func TestPattern(t *testing.T) {
	for _, c := range []struct{ pattern, text, want string }{
		{"DD/MM/YYYY", "04/05/2018", "2018-05-04"},
		{"MM/DD/YYYY", "04/05/2018", "2018-04-05"},
		{"D.M.YY", "4.5.18", "2018-05-04"},
		{"D.M.YY", "4.5.99", "1999-05-04"},
		{"MMM D, YYYY", "Sept 4, 2018", "2018-09-04"},
		{"YYYY-MM-DD", "2017-01-01/2018-03-20-x.md", "2018-03-20"},
		{"YYYY-MM-DD", "2018-13-20.md", ""},
		{"YYYY-MM", "updates/2020-03-notes.md", "2020-03-01"},
		{"YYYY-MM-DD", "12018-03-20.md", ""},
		{`(?P<y>\d{4})-(?P<m>\d\d)/(?P<mon>[a-z]+)-(?P<d>\d+)`, "meetings/2019-12/jan-2.md", "2019-01-02"},
		{`(?P<y>\d{4})-(?P<m>\d\d)/(?P<mon>[a-z]+)-(?P<d>\d+)`, "meetings/2019-12/day-2.md", "2019-12-02"},
		{`(?P<y>\d{4})/(?P<mon>[a-z]+)/(?P<d>\d+)`, "2019/Foo/12.md", ""},
	} {
		p, err := date.NewPattern(c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := p.Find(c.text)
		if got.String() != c.want {
			t.Errorf("%s finds %q in %q, want %q", c.pattern, got, c.text, c.want)
		}
	}
	for _, bad := range []string{"YYYY", "DD/MM", "(?P<y>[", "(?P<y>x)", string(make([]byte, 400))} {
		if _, err := date.NewPattern(bad); err == nil {
			t.Errorf("%q is taken for a pattern", bad)
		}
	}
}
