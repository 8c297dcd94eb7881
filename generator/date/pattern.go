package date

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"minutebook/generator/expression"
)

// A Pattern is a spelling of days in paths or values, as a site sets it.
type Pattern struct {
	re                                *regexp.Regexp
	year, month, name, day, shortYear int // indexes of groups; 0: none
}

// layoutParts are the words of a layout, the longer of two first.
var layoutParts = []struct{ word, expression string }{
	{"YYYY", `(?P<y>\d{4})`}, {"YY", `(?P<yy>\d\d)`},
	{"MMMM", `(?P<mon>[A-Za-z]{3,9})`}, {"MMM", `(?P<mon>[A-Za-z]{3,9})`}, {"MM", `(?P<m>\d\d)`}, {"M", `(?P<m>\d\d?)`},
	{"DD", `(?P<d>\d\d)`}, {"D", `(?P<d>\d\d?)`},
}

// NewPattern reads a layout such as YYYY-MM-DD, DD/MM/YYYY or MMM D, YYYY, or a
// regular expression with the groups y or yy (of this century below 70), m or
// mon (an English name), and d. An expression is told by its groups. What has no
// day, YYYY-MM, means the first day of the month: whoever writes such a pattern
// wants its documents dated.
func NewPattern(text string) (*Pattern, error) {
	written := text
	if !strings.Contains(text, "(?P<") && !strings.Contains(text, "(?<") {
		written = ofLayout(text)
	}
	re, err := expression.Compile(`(?i)(?:^|\D)(?:` + written + `)(?:\D|$)`)
	if err != nil {
		return nil, &Error{Message: fmt.Sprintf("%q cannot be used: %s", clip(text), err)}
	}
	p := &Pattern{re: re}
	for i, name := range re.SubexpNames() {
		switch name {
		case "y":
			p.year = i
		case "yy":
			p.shortYear = i
		case "m":
			p.month = i
		case "mon":
			p.name = i
		case "d":
			p.day = i
		}
	}
	if p.year+p.shortYear == 0 || p.month+p.name == 0 {
		return nil, &Error{Message: fmt.Sprintf("%q does not say where year and month are", text)}
	}
	return p, nil
}

// clip is a text at a length that fits into a message.
func clip(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}

func ofLayout(layout string) string {
	var b strings.Builder
	for len(layout) > 0 {
		length := 0
		for _, part := range layoutParts {
			if strings.HasPrefix(layout, part.word) {
				b.WriteString(part.expression)
				length = len(part.word)
				break
			}
		}
		if length == 0 {
			b.WriteString(regexp.QuoteMeta(layout[:1]))
			length = 1
		}
		layout = layout[length:]
	}
	return b.String()
}

// Find is the last day in a text that is written as the pattern has it.
func (p *Pattern) Find(text string) (found Date, ok bool) {
	for start := 0; start < len(text); {
		m := p.re.FindStringSubmatchIndex(text[start:])
		if m == nil {
			return found, ok
		}
		if d, exists := p.date(text[start:], m); exists {
			found, ok = d, true
		}
		start += max(m[1]-1, m[0]+1) // what ends one may begin the next
	}
	return found, ok
}

func (p *Pattern) date(text string, m []int) (Date, bool) {
	group := func(i int) string {
		if i == 0 || m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	year, _ := digits(group(p.year))
	if short, ok := digits(group(p.shortYear)); ok {
		if year = 2000 + short; short >= 70 {
			year = 1900 + short
		}
	}
	month := group(p.month)
	if name := monthNumber(group(p.name)); p.name > 0 && (name != "" || month == "") {
		month = name
	}
	number, _ := digits(month)
	day := 1
	if p.day > 0 {
		day, _ = digits(group(p.day))
	}
	return New(year, time.Month(number), day)
}

// A Range is one day, or several that are written as one: July 18-20, 2017.
type Range struct {
	First, Last Date
	Start, End  int // where it stands in the text, in bytes
}

// longestFind bounds how much of a text is looked through.
const longestFind = 4 << 10

var inText = regexp.MustCompile(`(?i)(?:^|[^\d/.-])(` +
	`(\d{4})([-./])(\d{1,2})[-./](\d{1,2})` +
	`|((?:19|20)\d\d)(\d\d)(\d\d)` +
	`|(\d{1,2})(?:st|nd|rd|th)?(?:\s*[-–]\s*(\d{1,2})(?:st|nd|rd|th)?)?(?: of)?[ -](` + monthWord + `)[.,]?(?:[ -](\d{4}))?` +
	`|(` + monthWord + `)\.?[ -](\d{1,2})(?:st|nd|rd|th)?(?:\s*[-–]\s*(\d{1,2})(?:st|nd|rd|th)?)?(?:,? ?(\d{4}))?` +
	`)(?:[^\d]|$)`)

const monthWord = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`

// Find is the first day in a text that is written beyond doubt, as ParseLenient
// reads it. A day without a year is of the year given; 0 passes over it.
func Find(text string, year int) (Range, bool) {
	if len(text) > longestFind {
		text = text[:longestFind]
	}
	for start := 0; start < len(text); {
		m := inText.FindStringSubmatchIndex(text[start:])
		if m == nil {
			break
		}
		if s, ok := spanOf(text[start:], m, year); ok {
			s.Start, s.End = s.Start+start, s.End+start
			return s, true
		}
		start += max(m[1]-1, m[0]+1)
	}
	return Range{}, false
}

// spanOf reads a match of inText.
func spanOf(text string, m []int, year int) (Range, bool) {
	n := func(i int) int {
		if m[2*i] < 0 {
			return 0
		}
		value, _ := digits(text[m[2*i]:m[2*i+1]])
		return value
	}
	month := func(i int) time.Month {
		value, _ := digits(monthNumber(text[m[2*i]:m[2*i+1]]))
		return time.Month(value)
	}
	at := Range{Start: m[2], End: m[3]}
	switch {
	case n(2) > 0:
		return at.of(n(2), time.Month(n(4)), n(5), 0)
	case n(6) > 0:
		return at.of(n(6), time.Month(n(7)), n(8), 0)
	case n(9) > 0:
		return at.of(yearOr(n(12), year), month(11), n(9), n(10))
	}
	return at.of(yearOr(n(16), year), month(13), n(14), n(15))
}

func yearOr(stated, year int) int {
	if stated == 0 {
		return year
	}
	return stated
}

// of is the range with its days, when the first exists. The last is a day of the
// same month, 0 when there is one day only.
func (r Range) of(year int, month time.Month, day, last int) (Range, bool) {
	d, ok := New(year, month, day)
	r.First, r.Last = d, d
	if e, exists := New(year, month, last); exists && e.After(d) {
		r.Last = e
	}
	return r, ok
}
