// Package date is a calendar without a clock: days, wall times and time zones
// as documents name them.
//
// Nothing here asks what time it is or what zone the machine is in. A [Date] is
// a day on the calendar and never an instant, so that it cannot slip to the day
// before. A [Wall] is what a clock on the wall shows; together with a zone from
// the embedded IANA database ([LoadZone]) it is an instant, or none, or two
// ([Wall.In]).
//
// All parsers return an [*Error], which says what is wrong and how to write it.
package date

import (
	"cmp"
	"fmt"
	"time"
)

// An Error is text that cannot be read. It is for people: lower case, no period.
type Error struct {
	Message string // what is wrong and why
	Hint    string // the way out; may be empty
}

func (e *Error) Error() string { return e.Message }

// A Date is a day of the Gregorian calendar. The zero Date means that there is
// none. Dates that Parse, ParseLenient, Of and AddDays return exist.
type Date struct {
	Year  int // 1 to 9999
	Month time.Month
	Day   int
}

// Of is the day that t falls on in its own location.
func Of(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// New is the date with the numbers given, and whether it exists.
func New(year int, month time.Month, day int) (Date, bool) {
	d := Date{year, month, day}
	return d, year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

// Parse reads a day as ISO 8601 writes it, YYYY-MM-DD, and nothing else. The
// error's hint has the right spelling where [ParseLenient] understands s.
func Parse(s string) (Date, error) {
	if d, ok := parseISO(s); ok {
		return check(s, d)
	}
	e := &Error{Message: fmt.Sprintf("%q is not a date", s), Hint: "write year, month and day, as in 2018-04-04"}
	if d, err := ParseLenient(s); err == nil {
		e.Hint = "write " + d.String()
	} else if looksReversed(s) {
		return Date{}, err
	}
	return Date{}, e
}

// parseISO reads ten characters YYYY-MM-DD as numbers, which may be no date.
func parseISO(s string) (d Date, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return d, false
	}
	year, ok1 := digits(s[:4])
	month, ok2 := digits(s[5:7])
	day, ok3 := digits(s[8:])
	return Date{year, time.Month(month), day}, ok1 && ok2 && ok3
}

// digits is the number that s is, when it has digits only.
func digits(s string) (n int, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != "" && len(s) <= 9
}

// check returns the date when it exists, and says why it does not.
func check(s string, d Date) (Date, error) {
	_, ok := New(d.Year, d.Month, d.Day)
	switch {
	case ok:
		return d, nil
	case d.Year < 1 || d.Year > 9999:
		return Date{}, &Error{fmt.Sprintf("%q is not a date: the year is out of range", s), "write a year from 0001 to 9999"}
	case d.Month < 1 || d.Month > 12:
		e := &Error{fmt.Sprintf("%q is not a date: there is no month %d", s, int(d.Month)), "write year, month and day, as in 2018-04-04"}
		if swapped, ok := New(d.Year, time.Month(d.Day), int(d.Month)); ok {
			e.Hint = fmt.Sprintf("write %s if day and month were swapped", swapped)
		}
		return Date{}, e
	}
	last := Date{d.Year, d.Month, daysIn(d.Year, d.Month)}
	return Date{}, &Error{
		fmt.Sprintf("%q does not exist: %s %d has %d days", s, d.Month, d.Year, last.Day),
		fmt.Sprintf("the last day of that month is %s", last),
	}
}

// daysIn is the number of days of a month.
func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// String is the date as ISO 8601 writes it; empty for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Year, int(d.Month), d.Day
	digit := func(n int) byte { return byte('0' + n%10) }
	return string([]byte{
		digit(y / 1000), digit(y / 100), digit(y / 10), digit(y), '-', digit(m / 10), digit(m), '-', digit(day / 10), digit(day),
	})
}

// MarshalText writes what String returns.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// IsZero reports that there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// midnight is the date's first moment in UTC, for counting only.
func (d Date) midnight() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// AddDays is the date n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return Of(d.midnight().AddDate(0, 0, n)) }

// Sub is the number of days from other to d.
func (d Date) Sub(other Date) int {
	const day = 24 * 60 * 60 // seconds; UTC has no other days
	return int((d.midnight().Unix() - other.midnight().Unix()) / day)
}

// Compare is negative when d is before other, positive when it is after, and 0
// when both are the same day. The zero Date is before all others.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// Weekday is the date's day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }
