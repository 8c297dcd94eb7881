package date

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	isoDuration  = regexp.MustCompile(`^P(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?)?$`)
	durationPart = regexp.MustCompile(`^(\d{1,5}(?:\.\d{1,3})?) ?(d|days?|h|hrs?|hours?|m|mins?|minutes?)(?:$|[\s,]+(?:and )?|(\d))`)
	clockLike    = regexp.MustCompile(`^(\d{1,2}):(\d\d)$`)
)

// MaxDuration is the longest duration that ParseDuration takes.
const MaxDuration = 31 * 24 * time.Hour

// ParseDuration reads how long something takes, in whole minutes: 60m, 1h30m,
// 90 min, 1.5 hours, 1 hour and 15 minutes, or PT1H30M as in ISO 8601 and RFC
// 5545. It is more than nothing and at most 31 days; a number without a unit is
// refused.
func ParseDuration(s string) (time.Duration, error) {
	text := strings.TrimSpace(s)
	total, ok := parseISODuration(text)
	if !ok {
		total, ok = parseParts(strings.ToLower(text))
	}
	switch {
	case !ok:
		return 0, notDuration(s, text)
	case total <= 0:
		return 0, &Error{fmt.Sprintf("%q is no time at all", s), "write a duration such as 60m, or leave it out"}
	case total > MaxDuration:
		return 0, &Error{fmt.Sprintf("%q is longer than 31 days", s), "write a duration such as 60m, or an end"}
	case total%time.Minute != 0:
		return 0, &Error{fmt.Sprintf("%q is no whole number of minutes", s), "write " + inMinutes(total.Round(time.Minute))}
	}
	return total, nil
}

func parseISODuration(s string) (total time.Duration, ok bool) {
	m := isoDuration.FindStringSubmatch(s)
	if m == nil || m[1]+m[2]+m[3] == "" || strings.HasSuffix(s, "T") {
		return 0, false
	}
	for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute} {
		n, _ := digits(m[i+1])
		total += time.Duration(n) * unit
	}
	return total, true
}

// parseParts reads numbers with units, one after the other.
func parseParts(s string) (total time.Duration, ok bool) {
	for s != "" {
		m := durationPart.FindStringSubmatch(s)
		if m == nil {
			return 0, false
		}
		n, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			return 0, false
		}
		unit := time.Minute
		switch m[2][0] {
		case 'd':
			unit = 24 * time.Hour
		case 'h':
			unit = time.Hour
		}
		total += time.Duration(math.Round(n * float64(unit)))
		if total > MaxDuration {
			return total, true // before sums overflow
		}
		s = s[len(m[0])-len(m[3]):]
		ok = true
	}
	return total, ok
}

func notDuration(s, text string) error {
	e := &Error{fmt.Sprintf("%q is not a duration", s), "write minutes or hours, as in 60m or 1h30m"}
	if n, ok := digits(text); ok {
		e.Message = fmt.Sprintf("%q is a duration without a unit", s)
		e.Hint = fmt.Sprintf("write %dm for minutes or %dh for hours", n, n)
	} else if m := clockLike.FindStringSubmatch(text); m != nil {
		hours, _ := digits(m[1])
		minutes, _ := digits(m[2])
		e.Hint = fmt.Sprintf("write %dh%dm", hours, minutes)
	}
	return e
}

// inMinutes is a duration as 90m.
func inMinutes(d time.Duration) string { return fmt.Sprintf("%dm", max(1, int(d/time.Minute))) }
