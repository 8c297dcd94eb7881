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

// A Date is a day of the Gregorian calendar, of the years 1 to 9999. The zero
// Date means that there is none. All others exist: only this package makes them.
//
// It is one number, 20180404: a site has a hundred thousand of them, and compares
// them all.
type Date struct{ digits int32 }

// pack is the date with the numbers given, which may be no date as long as none
// has more digits than a date has.
func pack(year int, month time.Month, day int) Date {
	return Date{int32(year*10000 + int(month)*100 + day)}
}

// Year is the date's year, 0 for the zero Date.
func (d Date) Year() int { return int(d.digits / 10000) }

// Month is the date's month, 0 for the zero Date.
func (d Date) Month() time.Month { return time.Month(d.digits / 100 % 100) }

// Day is the date's day of the month, 0 for the zero Date.
func (d Date) Day() int { return int(d.digits % 100) }

// Of is the day that t falls on in its own location.
func Of(t time.Time) Date { return pack(t.Date()) }

// New is the date with the numbers given, and whether it exists.
func New(year int, month time.Month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}, false
	}
	return pack(year, month, day), true
}

// Must is the date of a text that is known to be one: it panics on an error.
func Must(d Date, err error) Date {
	if err != nil {
		panic(err)
	}
	return d
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
	return pack(year, time.Month(month), day), ok1 && ok2 && ok3
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
	year, month, day := d.Year(), d.Month(), d.Day()
	_, ok := New(year, month, day)
	switch {
	case ok:
		return d, nil
	case year < 1 || year > 9999:
		return Date{}, &Error{fmt.Sprintf("%q is not a date: the year is out of range", s), "write a year from 0001 to 9999"}
	case month < 1 || month > 12:
		e := &Error{fmt.Sprintf("%q is not a date: there is no month %d", s, int(month)), "write year, month and day, as in 2018-04-04"}
		if swapped, ok := New(year, time.Month(day), int(month)); ok {
			e.Hint = fmt.Sprintf("write %s if day and month were swapped", swapped)
		}
		return Date{}, e
	}
	last := pack(year, month, daysIn(year, month))
	return Date{}, &Error{
		fmt.Sprintf("%q does not exist: %s %d has %d days", s, month, year, last.Day()),
		fmt.Sprintf("the last day of that month is %s", last),
	}
}

// daysIn is the number of days of a month.
func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// String is the date as ISO 8601 writes it; empty for the zero Date.
func (d Date) String() string {
	b, _ := d.AppendText(make([]byte, 0, len(time.DateOnly)))
	return string(b)
}

// AppendText appends what String returns. The error is always nil.
func (d Date) AppendText(to []byte) ([]byte, error) {
	if d.IsZero() {
		return to, nil
	}
	b := [...]byte{0, 0, 0, 0, '-', 0, 0, '-', 0, 0}
	for i, n := len(b)-1, d.digits; i >= 0; i-- {
		if b[i] == 0 {
			b[i], n = '0'+byte(n%10), n/10
		}
	}
	return append(to, b[:]...), nil
}

// MarshalText writes what String returns.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// IsZero reports that there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// midnight is the date's first moment in UTC, for counting only.
func (d Date) midnight() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

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
	return cmp.Compare(d.digits, other.digits)
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.digits < other.digits }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.digits > other.digits }

// Weekday is the date's day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }
