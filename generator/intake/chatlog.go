package intake

import (
	"strconv"
	"strings"

	"minutebook/generator/date"
)

// This file reads the lines of chat logs, in the forms of the programs that
// write them:
//
//	[14:00] <nick> text             ZNC, mIRC          14:00 <@nick> text      irssi
//	14:00:36 <nick> text            MeetBot, RRSAgent  <nick> text             pasted
//	2018-03-20T14:00:36  <nick> text                   supybot, Limnoria
//	2018-03-20 14:00:36<TAB>nick<TAB>text              WeeChat
//	Mar 20 14:00:36 <nick> text                        HexChat, XChat
//	nick: text                                         pasted; with a time, Pidgin
//
// Who joins, leaves and changes names is passed over.

// A chatLine is what somebody said.
type chatLine struct {
	number int // 1-based, in the file
	nick   string
	text   string
	at     moments // hour -1: the line does not say it
}

var (
	timePrefix = lazily(`^\s*[\[(]?(?:(\d{4}-\d\d-\d\d)[T ]|([A-Z][a-z]{2}) +(\d{1,2}) )?(\d{1,2}):(\d\d)(?::\d\d(?:[.,]\d+)?)?(?: ?([AaPp][Mm])\b)?(Z| ?[+-]\d\d:?\d\d\b)?[\])]?[ \t]*`)
	angled     = lazily(`^<[ @+%&~!]*([^<>\s]{1,64})>[ \t]?(.*)$`)
	tabbed     = lazily(`^[@+%&~]?([^\s\t]{1,64})\t(.*)$`)
	acted      = lazily(`^\* +([^\s*]{1,64}) (.*)$`)
	dayLine    = lazily(`(?i)^(?:---|\*{3,4}) *(?:log opened|day changed|begin logging at)\b(.*)$|^session start: *(.*)$|^# *((?:19|20)\d\d-\d\d-\d\d)`)
	colours    = lazily("\x03(?:\\d{1,2}(?:,\\d{1,2})?)?|\x04[0-9A-Fa-f]{0,6}|[\x02\x0f\x11\x16\x1d\x1e\x1f]")
	spoken     = lazily(`^([A-Za-z_\[\]{}^|` + "`" + `][\w\[\]{}^|` + "`" + `.-]{0,31}): (.*)$`)
	systems    = map[string]bool{"-->": true, "<--": true, "--": true, "*": true, "***": true, "-!-": true, "=!=": true, "|": true}
)

// mostChat is how many lines a log may have.
const mostChat = 100_000

// chat reads the lines of a log, and how many lines have a form that is known.
func chat(text string) (lines []chatLine, known int) {
	text = tidy(colours().ReplaceAllString(text, ""))
	var day date.Date
	var loose []chatLine // "nick: text"
	number := 0
	for raw := range strings.SplitSeq(text, "\n") {
		number++
		if m := dayLine().FindStringSubmatch(raw); m != nil {
			if found := momentOf(strings.TrimSpace(m[1] + m[2] + m[3])).day; !found.IsZero() {
				day = found
			}
			known++
			continue
		}
		one := chatLine{number: number, at: moments{hour: -1}}
		rest, timed := one.cutTime(raw)
		if one.at.day.IsZero() {
			one.at.day = day
		}
		switch {
		case one.says(rest, timed):
			known++
			lines = append(lines, one)
		default:
			if timed {
				known++ // somebody joined, left or changed the name
			}
			if m := spoken().FindStringSubmatch(strings.TrimSpace(rest)); m != nil {
				one.nick, one.text = m[1], m[2]
			} else {
				one.text = strings.TrimSpace(rest)
			}
			loose = append(loose, one)
		}
	}
	if len(lines) == 0 {
		return continued(loose)
	}
	return lines, known
}

// continued are lines "nick: text", where a line without a name goes on with the
// one before. A log has at least two such lines.
func continued(loose []chatLine) (lines []chatLine, known int) {
	for _, one := range loose {
		switch {
		case one.nick != "":
			known++
			lines = append(lines, one)
		case one.text != "" && len(lines) > 0 && !one.at.hasTime():
			one.nick = lines[len(lines)-1].nick
			lines = append(lines, one)
		}
	}
	if known < 2 {
		return nil, 0
	}
	return lines, known
}

// cutTime reads the time that a line begins with, and returns the rest.
func (l *chatLine) cutTime(raw string) (rest string, timed bool) {
	m := timePrefix().FindStringSubmatch(raw[:min(len(raw), 80)])
	if m == nil {
		return raw, false
	}
	hour, _ := strconv.Atoi(m[4])
	minute, _ := strconv.Atoi(m[5])
	switch strings.ToLower(m[6]) {
	case "pm":
		hour = hour%12 + 12
	case "am":
		hour %= 12
	}
	if hour > 23 || minute > 59 {
		return raw, false
	}
	l.at = moments{hour: hour, minute: minute, zone: strings.TrimSpace(m[7])}
	l.at.day, _ = date.Parse(m[1])
	return raw[len(m[0]):], true
}

// says reads who says what.
func (l *chatLine) says(rest string, timed bool) bool {
	m := angled().FindStringSubmatch(rest)
	if m == nil && timed {
		if m = tabbed().FindStringSubmatch(rest); m != nil && systems[m[1]] {
			return false
		}
		if m == nil {
			m = acted().FindStringSubmatch(rest)
		}
	}
	if m == nil {
		return false
	}
	l.nick, l.text = nickOf(m[1]), strings.TrimSpace(m[2])
	return true
}

// nickOf is a name in a chat without the marks of rights, and without the server
// in those of Matrix.
func nickOf(s string) string {
	s = strings.TrimLeft(s, "@+%&~!")
	if i := strings.IndexByte(s, ':'); i > 0 {
		s = s[:i]
	}
	return s
}
