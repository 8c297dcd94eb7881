package words

import (
	"strconv"
	"sync"
	"time"

	"minutebook/generator/date"
)

// A calendar is the words of days, so that the many days of a page cost no
// look-up each.
type calendar struct {
	months, short, alone [13]string // from January at 1; alone stands without a day
	weekdays             [7]string  // from Sunday
	narrow               []string   // short names, from Monday (ISO 8601)

	long, plain, day, dayOfYear, month phrase
}

var english = sync.OnceValue(func() *calendar { return newCalendar(nil) })

func (w *Words) dates() *calendar {
	if w == nil {
		return english()
	}
	return w.calendar
}

// months are the keys of the months: in a date, short in a date, and alone.
var months = [13][3]Key{
	1:  {"January", "Jan", "January [alone]"},
	2:  {"February", "Feb", "February [alone]"},
	3:  {"March", "Mar", "March [alone]"},
	4:  {"April", "Apr", "April [alone]"},
	5:  {"May", "May [short]", "May [alone]"},
	6:  {"June", "Jun", "June [alone]"},
	7:  {"July", "Jul", "July [alone]"},
	8:  {"August", "Aug", "August [alone]"},
	9:  {"September", "Sep", "September [alone]"},
	10: {"October", "Oct", "October [alone]"},
	11: {"November", "Nov", "November [alone]"},
	12: {"December", "Dec", "December [alone]"},
}

// weekdays are the keys of the days of the week, from Sunday.
var weekdays = [7][2]Key{
	{"Sunday", "Sun"}, {"Monday", "Mon"}, {"Tuesday", "Tue"}, {"Wednesday", "Wed"}, {"Thursday", "Thu"}, {"Friday", "Fri"}, {"Saturday", "Sat"},
}

func newCalendar(w *Words) *calendar {
	c := &calendar{}
	for i, keys := range months {
		c.months[i], c.short[i], c.alone[i] = w.T(keys[0]), w.T(keys[1]), w.T(keys[2])
	}
	for i, keys := range weekdays {
		c.weekdays[i] = w.T(keys[0])
		c.narrow = append(c.narrow, w.T(weekdays[(i+1)%7][1]))
	}
	format := func(key Key) phrase { return cut(w.T(key), places(string(key))) }
	c.long = format("{weekday} {day} {month} {year}")
	c.plain = format("{day} {month} {year}")
	c.day = format("{day} {short month}")
	c.dayOfYear = format("{day} {short month} {year}")
	c.month = format("{month} {year}")
	return c
}

// Day is a day in full: Wednesday 4 April 2018.
func (w *Words) Day(d date.Date) string {
	c := w.dates()
	return c.long.fill("", []string{c.weekdays[d.Weekday()], strconv.Itoa(d.Day()), c.months[d.Month()], strconv.Itoa(d.Year())})
}

// DayOfYear is a day without its weekday: 4 April 2018.
func (w *Words) DayOfYear(d date.Date) string {
	c := w.dates()
	return c.plain.fill("", []string{strconv.Itoa(d.Day()), c.months[d.Month()], strconv.Itoa(d.Year())})
}

// ShortDay is a day as lists want it, without its year: 4 Apr.
func (w *Words) ShortDay(d date.Date) string {
	c := w.dates()
	return c.day.fill("", []string{strconv.Itoa(d.Day()), c.short[d.Month()]})
}

// ShortDayOfYear is ShortDay with the year: 4 Apr 2018.
func (w *Words) ShortDayOfYear(d date.Date) string {
	c := w.dates()
	return c.dayOfYear.fill("", []string{strconv.Itoa(d.Day()), c.short[d.Month()], strconv.Itoa(d.Year())})
}

// Month is a month with its year: April 2018.
func (w *Words) Month(year int, month time.Month) string {
	c := w.dates()
	return c.month.fill("", []string{c.alone[month], strconv.Itoa(year)})
}

// Weekdays are the short names of the days, from Monday. The slice must not be
// changed.
func (w *Words) Weekdays() []string { return w.dates().narrow }

// Relative says how far a day is from today, in the words that a browser uses
// (Intl.RelativeTimeFormat, numeric: auto).
func (w *Words) Relative(days int) string {
	n := max(days, -days)
	switch {
	case n == 0:
		return w.T("today")
	case days == 1:
		return w.T("tomorrow")
	case days == -1:
		return w.T("yesterday")
	case n < 29 && days < 0:
		return w.N(n, "{n} day ago", "{n} days ago")
	case n < 29:
		return w.N(n, "in {n} day", "in {n} days")
	case n < 320:
		n = max(1, (n*10+152)/304)
		if days < 0 {
			return w.N(n, "{n} month ago", "{n} months ago")
		}
		return w.N(n, "in {n} month", "in {n} months")
	}
	n = max(1, (n+182)/365)
	if days < 0 {
		return w.N(n, "{n} year ago", "{n} years ago")
	}
	return w.N(n, "in {n} year", "in {n} years")
}
