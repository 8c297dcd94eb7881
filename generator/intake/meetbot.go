package intake

import (
	"strconv"
	"strings"

	"minutebook/generator/date"
)

// This file reads the minutes that MeetBot and its successors (HCoop Meetbot, the
// bots of Ubuntu and Fedora) write as text:
//
//	Meeting started by NICK at 14:00:36 UTC.  The full logs are available at
//	URL .
//
//	Meeting summary
//	---------------
//	* a topic  (NICK, 14:01:02)
//	  * something to know  (NICK, 14:02:03)
//	  * ACTION: NICK to do something  (NICK, 14:03:04)
//
//	Meeting ended at 15:00:00 UTC.
//
//	Action items, by person
//	-----------------------
//	* NICK
//	  * NICK to do something
//
//	People present (lines said)
//	---------------------------
//	* NICK (40)

var (
	started   = lazily(`(?i)\bstarted by (\S+)(.*)$`)
	ended     = lazily(`(?i)^Meeting ended at (.{0,60}?)\.?$`)
	clock     = lazily(`\b(\d{1,2}):(\d\d)(?::\d\d)?\b`)
	zoneWord  = lazily(`(?:\d(?::\d\d)?|\d{4}) ?(UTC|GMT|Z|[A-Z]{3,4}|[A-Z][A-Za-z]+/[A-Za-z_/]+|[+-]\d\d:?\d\d)\b`)
	isoDay    = lazily(`(?:^|[^0-9])((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?:[^0-9]|$)`)
	isoTime   = lazily(`(?:19|20)\d\d-[01]\d-[0-3]\d[-T_ ]([0-2]\d)[.:]([0-5]\d)`)
	byWhom    = lazily(`\s*\((?:by )?([^\s()]{1,64}), \d{1,2}:\d\d(?::\d\d)?\)$`)
	linesSaid = lazily(`^(.{1,80}?)\s*\(\d+\)$`)
	wiki      = lazily(`^=+\s*(.*?)\s*=+$`)
	listed    = lazily(`^(\s*)(\*+|-)\s*(.*)$`)
	startedAt = lazily(`(?i)^the discussion about .* started at`)
)

// labels are the words before the colon of a line.
var labels = map[string]lineKind{
	"action": action, "agreed": decision, "agree": decision, "accepted": decision, "accept": decision, "decision": decision, "resolution": decision, "resolved": decision,
	"info": info, "link": webLinked, "idea": idea, "help": helpWanted, "halp": helpWanted, "question": question, "rejected": decision, "reject": decision,
	"vote": info, "motion": info,
}

// Meetbot makes notes of the minutes of meetings that MeetBot wrote as text.
func Meetbot(inputs []Input, o Options) ([]Draft, []Remark) {
	d := newDesk(o)
	for _, in := range inputs {
		text := tidy(decoded(in.Data, ""))
		if head := strings.ToLower(text[:min(len(text), 1000)]); strings.Contains(head, "<html") || strings.Contains(head, "<!doctype html") {
			d.refuse(in.Name, 0, "import the file that has the same name and ends in .txt; MeetBot writes both", "these minutes are HTML")
			continue
		}
		r := minutesReader{desk: d, meeting: &meeting{in: in, format: "meetbot", start: moments{hour: -1}, end: moments{hour: -1}}}
		if !r.read(strings.Split(text, "\n")) {
			d.refuse(in.Name, 0, "for the log of a meeting use: minutebook import irc", "these are no minutes of MeetBot: neither \"Meeting started by\" nor \"Meeting summary\" is there")
			continue
		}
		r.meeting.id = identity("meetbot", text)
		r.complete()
		d.meeting(r.meeting)
	}
	return d.drafts, d.remarks
}

// A minutesReader reads minutes line by line.
type minutesReader struct {
	*desk
	meeting *meeting
	section string // in lower case
	person  string // whose actions are listed
	byOwner map[string][]string
	actions []string
	found   bool
}

// read reads all lines, and reports whether they are minutes.
func (r *minutesReader) read(lines []string) bool {
	r.byOwner = map[string][]string{}
	for i := 0; i < len(lines); {
		if i+1 < len(lines) && isRule(lines[i+1]) && strings.TrimSpace(lines[i]) != "" {
			r.heading(lines[i])
			i += 2
			continue
		}
		n := 1
		for i+n < len(lines) && goesOn(lines[i], lines[i+n]) {
			n++
		}
		r.line(lines[i], oneLine(strings.Join(lines[i:i+n], " ")))
		i += n
	}
	return r.found
}

// isRule reports a line that underlines a heading.
func isRule(line string) bool {
	line = strings.TrimSpace(line)
	return len(line) > 2 && (strings.Trim(line, "-") == "" || strings.Trim(line, "=") == "")
}

// goesOn reports whether a line goes on in the next one: one that is no item of
// a list, in a paragraph or set in as far as the item.
func goesOn(line, next string) bool {
	if strings.TrimSpace(next) == "" || strings.TrimSpace(line) == "" || listed().MatchString(next) || isRule(next) || isRule(line) || wiki().MatchString(strings.TrimSpace(line)) || wiki().MatchString(strings.TrimSpace(next)) {
		return false
	}
	return !listed().MatchString(line) || strings.HasPrefix(next, " ") || strings.HasPrefix(next, "\t")
}

// heading begins a section, or is the title.
func (r *minutesReader) heading(text string) {
	text = strings.TrimSpace(text)
	low := strings.TrimSuffix(strings.ToLower(text), ":")
	for _, name := range []string{"meeting summary", "action items, by person", "action items", "people present", "meeting information", "done items", "vote results", "votes"} {
		if strings.HasPrefix(low, name) {
			r.section = name
			r.found = r.found || name == "meeting summary"
			return
		}
	}
	if wiki := r.section == "meeting summary"; wiki && low != "" {
		r.meeting.topic(text, false)
		return
	}
	if r.meeting.title == "" {
		r.title(text)
	}
}

var channelName = lazily(`^#\s*(#?[^\s:]+(?::[^\s:]+\.[^\s:]+)?):?\s*(.*)$`)

// title reads "#channel: name of the meeting" or "#channel Meeting".
func (r *minutesReader) title(text string) {
	m := channelName().FindStringSubmatch(text)
	if m == nil {
		r.meeting.title = text
		return
	}
	channel, _, _ := strings.Cut(strings.TrimPrefix(m[1], "#"), ":") // of Matrix, without its server
	r.meeting.channel = "#" + channel
	r.meeting.title = m[2]
	if strings.EqualFold(m[2], "meeting") || m[2] == "" {
		r.meeting.title = channel
	}
}

// line reads a line, with those that it goes on in; raw has its indentation.
func (r *minutesReader) line(raw, text string) {
	if m := wiki().FindStringSubmatch(text); m != nil && m[1] != "" {
		r.heading(m[1])
		return
	}
	item := listed().FindStringSubmatch(raw)
	if item != nil {
		text = strings.TrimSpace(strings.TrimLeft(text, "*- "))
	}
	switch {
	case started().MatchString(text) && !r.found:
		r.start(text)
	case ended().MatchString(text):
		r.meeting.end = momentOf(ended().FindStringSubmatch(text)[1])
	case strings.Contains(strings.ToLower(text), "full log") && r.meeting.logURL == "":
		r.meeting.logURL = trimAddress(webAddress().FindString(text))
	case text == "" || item == nil:
	case r.section == "meeting summary":
		r.item(len(item[1])+len(item[2])-1, text)
	case r.section == "action items, by person":
		r.owned(len(item[1])+len(item[2])-1, text)
	case r.section == "action items":
		r.actions = append(r.actions, text)
	case r.section == "people present":
		if m := linesSaid().FindStringSubmatch(text); m != nil {
			r.meeting.present = join(r.meeting.present, nickOf(m[1]))
		}
	}
}

// start reads who began the meeting, when, and where its log is.
func (r *minutesReader) start(text string) {
	m := started().FindStringSubmatch(text)
	r.found = true
	r.meeting.chairs = join(r.meeting.chairs, nickOf(strings.Trim(m[1], ",.")))
	when, _, _ := strings.Cut(m[2], "full log")
	if from, to, ok := strings.Cut(when, "—"); ok { // Ubuntu: at 17:02 — 17:41 UTC
		r.meeting.end = momentOf(to)
		when = from + r.meeting.end.zone
	}
	r.meeting.start = momentOf(when)
	if r.meeting.logURL == "" {
		r.meeting.logURL = trimAddress(webAddress().FindString(text))
	}
	if channel, _, ok := strings.Cut(text, " Meeting, started by"); ok && r.meeting.title == "" {
		r.title(channel + " Meeting")
	}
}

// momentOf is a time as minutes say it: 14:00:36 UTC, perhaps with the day.
func momentOf(text string) moments {
	m := moments{hour: -1}
	if c := clock().FindStringSubmatch(text); c != nil {
		hour, _ := strconv.Atoi(c[1])
		minute, _ := strconv.Atoi(c[2])
		if hour < 24 && minute < 60 {
			m.hour, m.minute = hour, minute
		}
	}
	if z := zoneWord().FindStringSubmatch(text); z != nil {
		m.zone = zoneOf(z[1])
	}
	m.day = dayIn(text)
	if t := parseTime(text); m.day.IsZero() && !t.IsZero() {
		m.day = date.Of(t)
	}
	if day, err := date.ParseLenient(clock().ReplaceAllString(text, "")); m.day.IsZero() && err == nil {
		m.day = day
	}
	return m
}

// zoneOf is a zone that a text names: an IANA name, an offset, or what people
// call a zone where that means one thing.
func zoneOf(name string) string {
	if _, ok := offsetOf(name); ok {
		return name
	}
	if hours, ok := northAmerican[name]; ok {
		return "-0" + strconv.Itoa(-hours) + ":00"
	}
	if _, err := date.LoadZone(name); err == nil {
		return name
	}
	return ""
}

// dayIn is a day within a text or the name of a file, the year first.
func dayIn(text string) date.Date {
	for _, m := range isoDay().FindAllStringSubmatch(text, 10) {
		if day, err := date.Parse(m[1] + "-" + m[2] + "-" + m[3]); err == nil {
			return day
		}
	}
	return date.Date{}
}

// item reads an item of the summary. One without a label is a topic at the outer
// level, and something to know below one.
func (r *minutesReader) item(indent int, text string) {
	if startedAt().MatchString(text) {
		return
	}
	who := ""
	if m := byWhom().FindStringSubmatch(text); m != nil {
		who, text = m[1], strings.TrimSpace(byWhom().ReplaceAllString(text, ""))
	}
	label, rest, ok := strings.Cut(text, ":")
	label = strings.ToLower(strings.Trim(label, "'* _"))
	kind, known := labels[label]
	rest = strings.TrimSpace(strings.TrimLeft(rest, "'* "))
	switch {
	case ok && label == "topic":
		r.meeting.topic(rest, false)
	case ok && label == "subtopic":
		r.meeting.topic(rest, len(r.meeting.subjects) > 0)
	case ok && known:
		if strings.HasPrefix(label, "reject") {
			rest = "rejected: " + rest
		}
		r.meeting.add(minute{kind: kind, text: rest, who: who})
	case strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://"):
		r.meeting.add(minute{kind: webLinked, text: text, who: who})
	case indent == 0 && label != "undo":
		r.meeting.topic(text, false)
	default:
		r.meeting.add(minute{kind: info, text: text, who: who})
	}
}

// owned reads an item of the list of actions by person.
func (r *minutesReader) owned(indent int, text string) {
	if indent == 0 {
		r.person = nickOf(text)
		return
	}
	if r.person != "" && !strings.Contains(r.person, "UNASSIGNED") && text != "(none)" {
		key := strings.ToLower(text)
		r.byOwner[key] = join(r.byOwner[key], r.person)
	}
}

// complete adds what follows from all of the minutes.
func (r *minutesReader) complete() {
	m := r.meeting
	if m.start.day.IsZero() {
		m.start.day = firstDay(dayIn(m.logURL), dayIn(m.in.Name), r.Day)
	}
	if at := isoTime().FindStringSubmatch(m.logURL); !m.start.hasTime() && at != nil {
		m.start.hour, _ = strconv.Atoi(at[1])
		m.start.minute, _ = strconv.Atoi(at[2])
	}
	noted := map[string]bool{}
	for _, s := range m.subjects {
		for i := range s.lines {
			if s.lines[i].kind == action {
				key := strings.ToLower(s.lines[i].text)
				noted[key] = true
				s.lines[i].owners = r.ownersOf(s.lines[i].text)
			}
		}
	}
	for _, text := range r.actions {
		if key := strings.ToLower(text); !noted[key] && text != "(none)" {
			m.add(minute{kind: action, text: text, owners: r.ownersOf(text)})
		}
	}
}

// ownersOf are those with whose names an action begins, else those for whom the
// list by person has it: that also has whom an action only speaks of.
func (r *minutesReader) ownersOf(text string) []string {
	if owners := r.firstNames(text, r.meeting.present); len(owners) > 0 {
		return owners
	}
	owners := r.byOwner[strings.ToLower(text)]
	return owners[:min(len(owners), mostOwners)]
}

func firstDay(days ...date.Date) date.Date {
	for _, day := range days {
		if !day.IsZero() {
			return day
		}
	}
	return date.Date{}
}

// mostOwners is how many persons one action may have.
const mostOwners = 10

// firstNames are the persons with whose names a text begins: "anna and bo to book
// a room", "anna, bo: book a room". Only names that were said, or that people.yaml
// has, count.
func (d *desk) firstNames(text string, present []string) []string {
	var names []string
	for _, word := range strings.Fields(strings.NewReplacer(",", " , ", ":", " : ", "&", " & ", "/", " / ").Replace(text)) {
		bare := strings.TrimPrefix(word, "@")
		switch {
		case word == "," || word == "&" || word == "/" || word == "and" && len(names) > 0:
		case hasName(present, bare), d.guard.people.Find(bare) != nil:
			names = join(names, bare)
		default:
			return names
		}
		if len(names) == mostOwners {
			return names
		}
	}
	return names
}
