package intake

import (
	"bytes"
	"cmp"
	"strings"
)

// IRC makes notes of the logs of chats. A log may hold several meetings, each
// between #startmeeting and #endmeeting; a log without these commands is one
// meeting.
//
// Two conventions are read. Of a log with commands of MeetBot (#topic, #info,
// #action, #agreed, …; see meetbot.go for what becomes of them) the lines with
// commands are the minutes. Of a log in which somebody is the scribe (those of
// the W3C's scribe.perl: Topic:, ACTION:, RESOLUTION:, scribenick:, present+, …)
// what the scribe writes is. Of any other log all that was said is kept.
func IRC(inputs []Input, o Options) ([]Draft, []Remark) {
	d := newDesk(o)
	for _, in := range inputs {
		total := bytes.Count(in.Data, []byte("\n")) + 1
		if total > mostChat {
			d.refuse(in.Name, 0, "divide it by days", "the log has more than %d lines", mostChat)
			continue
		}
		lines, known := chat(decoded(in.Data, ""))
		if len(lines) == 0 || known*4 < total && known < 20 {
			d.refuse(in.Name, 0, "a line of a log looks like: [14:00] <nick> text", "this is no log of a chat in a form that is known")
			continue
		}
		for _, part := range meetingsIn(lines) {
			d.log(in, part)
		}
	}
	return d.drafts, d.remarks
}

var command = lazily(`^[#!]([A-Za-z]+)(?:\s+(.*))?$`)

// commandOf is a line's command, in lower case, with its text.
func commandOf(text string) (name, rest string) {
	m := command().FindStringSubmatch(text)
	if m == nil {
		return "", text
	}
	name = strings.ToLower(m[1])
	if _, ok := labels[name]; ok || commands[name] {
		return name, strings.TrimSpace(m[2])
	}
	return "", text
}

// commands are those of bots beside the labels of lines.
var commands = map[string]bool{
	"startmeeting": true, "endmeeting": true, "meetingname": true, "topic": true, "subtopic": true, "chair": true, "unchair": true, "undo": true,
	"here": true, "nick": true, "lurk": true, "unlurk": true, "save": true, "restrictlogs": true, "commands": true, "startvote": true, "endvote": true, "showvote": true,
	"meetingtopic": true, "agenda": true, "present": true, "regrets": true,
}

// meetingsIn divides a log into meetings.
func meetingsIn(lines []chatLine) [][]chatLine {
	var parts [][]chatLine
	start := -1
	for i, one := range lines {
		switch name, _ := commandOf(one.text); {
		case name == "startmeeting" && start < 0:
			start = i
		case name == "endmeeting" && start >= 0:
			end := i + 1
			for end < len(lines) && end < i+10 && isBot(lines[end].text) {
				end++ // the bot tells where the minutes are
			}
			parts = append(parts, lines[start:end])
			start = -1
		}
	}
	switch {
	case start >= 0:
		parts = append(parts, lines[start:])
	case len(parts) == 0:
		parts = append(parts, lines)
	}
	return parts
}

var (
	botLine    = lazily(`^(?:Meeting (?:started|ended)\b|Minutes(?: \(text\))?:\s|Log:\s|Useful Commands:|Information about MeetBot|The meeting name has been set|Current chairs:|\(Meeting topic:)`)
	botStarted = lazily(`^Meeting started (.{10,120}?)\.`)
	botLog     = lazily(`^(?:Log:|logging to)\s+(https?://\S+)`)
	inChannel  = lazily(`(?:^|[/._-])(#[A-Za-z][\w+-]*)`)
)

func isBot(text string) bool { return botLine().MatchString(text) }

// A logReader makes a meeting of the lines of a log.
type logReader struct {
	*desk
	meeting  *meeting
	lines    []chatLine
	chairs   []string // who may give commands; none: everybody
	scribing bool     // the conventions of scribe.perl are used
	commands bool     // those of MeetBot are
	writers  []string // whose lines are the minutes: the scribes, by the names they have in the log
}

// log reads the log of one meeting.
func (d *desk) log(in Input, lines []chatLine) {
	var whole strings.Builder
	for _, one := range lines {
		whole.WriteString(one.nick + "\x00" + one.text + "\x00" + one.at.day.String() + "\n")
	}
	m := &meeting{in: in, line: lines[0].number, format: "irc", start: moments{hour: -1}, end: moments{hour: -1}, id: identity("irc", whole.String())}
	r := logReader{desk: d, meeting: m, lines: corrected(lines)}
	r.times()
	for _, one := range r.lines {
		name, _ := commandOf(one.text)
		r.commands = r.commands || name != ""
		r.scribing = r.scribing || isScribed(one.text)
	}
	for _, one := range r.lines {
		r.read(one)
	}
	r.complete()
	d.meeting(m)
}

// times reads when the meeting began and ended, from the first and the last line
// that says it.
func (r *logReader) times() {
	m := r.meeting
	for _, one := range r.lines {
		if one.at.hasTime() && !m.start.hasTime() {
			m.start = one.at
		}
		if m.start.day.IsZero() {
			m.start.day = one.at.day
		}
		if one.at.hasTime() {
			m.end = one.at
		}
		if b := botStarted().FindStringSubmatch(one.text); b != nil {
			told := momentOf(b[1])
			m.start.day = firstDay(m.start.day, told.day)
			m.start.zone = cmp.Or(m.start.zone, told.zone)
		}
	}
}

// read reads a line.
func (r *logReader) read(one chatLine) {
	m := r.meeting
	if l := botLog().FindStringSubmatch(one.text); l != nil && m.logURL == "" {
		m.logURL = l[1]
	}
	if isBot(one.text) || one.text == "" {
		return
	}
	m.present = join(m.present, one.nick)
	name, rest := commandOf(one.text)
	switch {
	case name != "" && r.command(one, name, rest):
	case name != "":
		r.say(one)
	case r.scribed(one):
	case strings.HasPrefix(one.text, "http://") || strings.HasPrefix(one.text, "https://"):
		m.add(minute{kind: webLinked, text: one.text, who: one.nick})
	default:
		r.say(one)
	}
}

// say keeps what was said where it is a part of the minutes.
func (r *logReader) say(one chatLine) {
	if r.commands || r.scribing && len(r.writers) > 0 && !hasName(r.writers, one.nick) {
		return
	}
	r.meeting.add(minute{text: one.text, who: one.nick})
}

// isChair reports whether somebody may give commands that only chairs may.
func (r *logReader) isChair(nick string) bool { return len(r.chairs) == 0 || hasName(r.chairs, nick) }

// forChairs are the commands that MeetBot takes from chairs only.
var forChairs = map[string]bool{"topic": true, "subtopic": true, "agreed": true, "agree": true, "accepted": true, "accept": true, "rejected": true, "reject": true, "undo": true, "chair": true, "unchair": true, "meetingname": true, "endmeeting": true, "meetingtopic": true}

// command does what a command of MeetBot says, and reports whether it did.
func (r *logReader) command(one chatLine, name, rest string) bool {
	m := r.meeting
	if forChairs[name] && !r.isChair(one.nick) {
		return false
	}
	switch name {
	case "startmeeting":
		r.chairs = join(r.chairs, one.nick)
		m.chairs = join(m.chairs, one.nick)
		m.title = cmp.Or(m.title, rest)
	case "meetingname":
		m.title = cmp.Or(m.title, rest)
	case "topic", "subtopic":
		m.topic(rest, name == "subtopic" && len(m.subjects) > 0)
	case "chair":
		names := strings.FieldsFunc(rest, isSeparator)
		r.chairs, m.chairs = join(r.chairs, names...), join(m.chairs, names...)
	case "unchair":
		for _, gone := range strings.FieldsFunc(rest, isSeparator) {
			r.chairs = without(r.chairs, gone)
		}
	case "undo":
		m.undo()
	case "nick", "present":
		m.present = join(m.present, strings.FieldsFunc(rest, isSeparator)...)
	case "regrets":
		m.regrets = join(m.regrets, strings.FieldsFunc(rest, isSeparator)...)
	default:
		r.note(one, name, rest)
	}
	return true
}

func isSeparator(c rune) bool { return c == ' ' || c == ',' || c == ';' || c == '\t' }

// note adds a line that a command marks.
func (r *logReader) note(one chatLine, name, rest string) {
	kind, ok := labels[name]
	if !ok || rest == "" {
		return
	}
	if strings.HasPrefix(name, "reject") {
		rest = "rejected: " + rest
	}
	r.meeting.add(minute{kind: kind, text: rest, who: one.nick})
}

// bots are the names of programs, which are nobody.
var bots = map[string]bool{"meetbot": true, "openstack": true, "zakim": true, "rrsagent": true, "trackbot": true, "zodbot": true, "supybot": true, "opendevmeet": true, "github-bot": true, "ghurlbot": true, "agendabot": true, "meetingology": true, "loggy": true, "fm-admin": true}

// complete adds what follows from the whole log.
func (r *logReader) complete() {
	m := r.meeting
	m.start.day = firstDay(m.start.day, dayIn(m.in.Name), dayIn(m.logURL), r.Day)
	if c := inChannel().FindStringSubmatch(m.in.Name); c != nil {
		m.channel = c[1]
	}
	m.present = withoutBots(m.present)
	for _, s := range m.subjects {
		for i := range s.lines {
			if one := &s.lines[i]; one.kind == action && len(one.owners) == 0 {
				one.owners = r.firstNames(one.text, m.present)
			}
		}
	}
	if m.title == "" {
		m.title = strings.TrimPrefix(m.channel, "#")
	}
}

func withoutBots(list []string) []string {
	var kept []string
	for _, name := range list {
		if !bots[strings.ToLower(name)] {
			kept = append(kept, name)
		}
	}
	return kept
}
