package date

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// What may follow a date that is read leniently: a time of day, whose zone is
// passed over, or a remark such as (Mon).
const afterDate = `(?:[T ,]+(?:at |@ ?)?\d{1,2}(?::\d\d|\s?[ap]m).*|\s*\([^)]*\))?$`

// The spellings that name year, month and day beyond doubt.
var (
	yearFirst   = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})-|\.(\d{1,2})\.|/(\d{1,2})/)(\d{1,2})` + afterDate)
	compact     = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)` + afterDate)
	weekdayName = regexp.MustCompile(`(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[, ]\s*`)
	dayFirst    = regexp.MustCompile(`(?i)^(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?,? (\d{4})` + afterDate)
	monthFirst  = regexp.MustCompile(`(?i)^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})` + afterDate)
	yearLast    = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$`)
	reversed    = regexp.MustCompile(`^\d{1,2}([./-])\d{1,2}[./-]\d{2,4}$`)
)

// ParseLenient reads a day as people write it, where no doubt is left: 2023-6-19,
// 2024.09.04, 2024/7/4, 20200826, 4 April 2018, January 04, 2018. A weekday
// before it and a time of day behind it are passed over: the day is the one that
// is written, never moved to another zone. Which of two numbers is the day, as
// in 04/05/2018, is not guessed; in 28/05/2018 it is beyond doubt.
func ParseLenient(s string) (Date, error) {
	text := weekdayName.ReplaceAllString(strings.TrimSpace(s), "")
	if d, ok := parseISO(text); ok {
		return check(s, d)
	}
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		return checkParts(s, m[1], m[2]+m[3]+m[4], m[5])
	}
	if m := compact.FindStringSubmatch(text); m != nil {
		return checkParts(s, m[1], m[2], m[3])
	}
	if m := dayFirst.FindStringSubmatch(text); m != nil && monthNumber(m[2]) != "" {
		return checkParts(s, m[3], monthNumber(m[2]), m[1])
	}
	if m := monthFirst.FindStringSubmatch(text); m != nil && monthNumber(m[1]) != "" {
		return checkParts(s, m[3], monthNumber(m[1]), m[2])
	}
	if d, ok := certain(text); ok {
		return check(s, d)
	}
	if looksReversed(text) {
		return Date{}, &Error{
			fmt.Sprintf("%q does not say which number is the day and which the month", s),
			"write the year first, as in 2018-04-04",
		}
	}
	return Date{}, &Error{fmt.Sprintf("%q is not a date", s), "write year, month and day, as in 2018-04-04"}
}

// certain reads a day with the year last, in which one of the other numbers is no
// month: 28-08-2020 cannot be misread.
func certain(text string) (Date, bool) {
	m := yearLast.FindStringSubmatch(text)
	if m == nil {
		return Date{}, false
	}
	a, _ := digits(m[1])
	b, _ := digits(m[2])
	year, _ := digits(m[3])
	switch {
	case a > 12 && 0 < b && b <= 12:
		return pack(year, time.Month(b), a), true
	case b > 12 && 0 < a && a <= 12:
		return pack(year, time.Month(a), b), true
	}
	return Date{}, false
}

func looksReversed(s string) bool { return reversed.MatchString(strings.TrimSpace(s)) }

func checkParts(s, year, month, day string) (Date, error) {
	y, _ := digits(year)
	m, _ := digits(month)
	d, _ := digits(day)
	return check(s, pack(y, time.Month(m), d))
}

// monthNumber is the number of a month by its English name or the first three or
// more letters of it; empty for other words.
func monthNumber(name string) string {
	name = strings.ToLower(name)
	for m := time.January; m <= time.December; m++ {
		if len(name) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), name) {
			return fmt.Sprint(int(m))
		}
	}
	return ""
}
