package date

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Wall is a local wall time: what a clock on the wall shows, in a zone that is
// named elsewhere. Methods of Date concern its day.
type Wall struct {
	Date
	Hour, Minute uint8
	HasTime      bool // false: the day alone is known
}

// String is the wall time as 2018-03-20T14:00, or the day alone.
func (w Wall) String() string {
	if !w.HasTime {
		return w.Date.String()
	}
	return fmt.Sprintf("%sT%02d:%02d", w.Date, w.Hour, w.Minute)
}

// MarshalText writes what String returns.
func (w Wall) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

var (
	wallTime = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?(.*)$`)
	zoneText = regexp.MustCompile(`^ ?(?:[Zz]|[+-]\d\d(?::?\d\d)?|\(?[A-Za-z]{2,5}(?:[+-]\d{1,2})?\)?|\(?[A-Z][A-Za-z]+/[\w/+-]+\)?)$`)
)

// ParseWall reads a wall time as ISO 8601 writes it, with "T" or a space between
// day and time: 2018-03-20T14:00, 2018-03-20 14:00:30 (seconds are dropped), or
// the day alone. A wall time has no zone and no offset from UTC: where one
// follows, the wall time is returned as it is written, and an error says where
// the zone belongs.
func ParseWall(s string) (Wall, error) {
	s = strings.TrimSpace(s)
	m := wallTime.FindStringSubmatch(s)
	if m == nil || m[2] == "" && m[5] != "" || m[5] != "" && !zoneText.MatchString(m[5]) {
		return Wall{}, notWall(s)
	}
	day, err := Parse(m[1])
	if err != nil || m[2] == "" {
		return Wall{Date: day}, err
	}
	w := Wall{Date: day, HasTime: true}
	hour, _ := digits(m[2])
	minute, _ := digits(m[3])
	second, _ := digits(m[4])
	w.Hour, w.Minute = uint8(hour), uint8(minute)
	if w.Hour > 23 || w.Minute > 59 || second > 60 {
		e := &Error{fmt.Sprintf("%q is not a time of day", s), "write hours from 00 to 23 and minutes from 00 to 59"}
		if w.Hour == 24 && w.Minute == 0 {
			e.Hint = fmt.Sprintf("write the next day: %sT00:00", day.AddDays(1))
		}
		return Wall{Date: day}, e
	}
	if m[5] != "" {
		return w, zoned(s, w, strings.Trim(m[5], " ()"))
	}
	return w, nil
}

// notWall says how to write a wall time.
func notWall(s string) error {
	e := &Error{fmt.Sprintf("%q is not a day with a time", s), "write it as 2018-03-20T14:00, or the day alone"}
	if d, err := ParseLenient(s); err == nil {
		e.Hint = fmt.Sprintf("write it as %s, or as %sT14:00 with the time", d, d)
	}
	return e
}

// zoned says that a zone or an offset stands at the wrong place.
func zoned(s string, w Wall, zone string) error {
	e := &Error{
		fmt.Sprintf("%q names a zone or an offset, but a local time has none", s),
		fmt.Sprintf("write %s, and the place's zone under timezone", w),
	}
	if zone == "Z" || zone == "z" || strings.Trim(zone, "+-0:") == "" {
		zone = "UTC"
	}
	if _, err := LoadZone(zone); err == nil {
		e.Hint = fmt.Sprintf("write %s, and timezone: %s", w, zone)
	} else if near := Suggest(zone); len(near) > 0 {
		e.Hint = fmt.Sprintf("write %s, and timezone: %s", w, strings.Join(near, " or "))
	}
	return e
}

// Clock is the wall time in UTC: for counting on, and no instant of its own zone.
func (w Wall) Clock() time.Time {
	return time.Date(w.Year(), w.Month(), w.Day(), int(w.Hour), int(w.Minute), 0, 0, time.UTC)
}

// A Resolution tells how often a wall time exists in a zone.
type Resolution uint8

const (
	Exact Resolution = iota // once
	Gap                     // never: clocks were put forward over it
	Fold                    // twice: clocks were put back over it
)

// In is the instant at which clocks in a zone show w. In a gap it is the instant
// that counts from the offset before the gap, and in a fold the earlier one, as
// RFC 5545, section 3.3.5 wants both. A day alone stands for its first moment,
// which is a gap only when the zone skipped the whole day.
func (w Wall) In(zone *time.Location) (time.Time, Resolution) {
	wall := w.Clock().Unix()
	offsets := offsetsAround(wall, zone)
	var found []int64
	for _, offset := range offsets {
		if instant := wall - offset; offsetAt(instant, zone) == offset {
			found = append(found, instant)
		}
	}
	switch len(found) {
	case 0:
		t := time.Unix(wall-offsets[0], 0).In(zone)
		if !w.HasTime && Of(t) == w.Date {
			return t, Exact
		}
		return t, Gap
	case 1:
		return time.Unix(found[0], 0).In(zone), Exact
	}
	return time.Unix(slices.Min(found), 0).In(zone), Fold
}

// offsetsAround are the offsets from UTC in seconds that a zone has within 18
// hours of a time, earliest first. No offset and no jump is larger than that is
// wide, and no zone has changed its offset twice within the step. (The bounds
// that package time has for offsets are off by a day in leap years.)
func offsetsAround(unix int64, zone *time.Location) []int64 {
	const hour = 60 * 60
	var offsets []int64
	for at := unix - 18*hour; at <= unix+18*hour; at += 3 * hour {
		if offset := offsetAt(at, zone); !slices.Contains(offsets, offset) {
			offsets = append(offsets, offset)
		}
	}
	return offsets
}

func offsetAt(unix int64, zone *time.Location) int64 {
	_, offset := time.Unix(unix, 0).In(zone).Zone()
	return int64(offset)
}
