package intake

import (
	"cmp"
	"slices"
	"strings"

	"minutebook/generator/date"
	"minutebook/generator/plain"
)

// A lineKind is what a line of minutes is.
type lineKind string

// The kinds of lines. The values are the labels of notes; plain lines and links
// have none.
const (
	said       lineKind = "" // somebody said it
	info       lineKind = "Info"
	action     lineKind = "Action"
	decision   lineKind = "Decision"
	idea       lineKind = "Idea"
	helpWanted lineKind = "Help wanted"
	question   lineKind = "Question"
	webLinked  lineKind = "Link"
)

// A minute is a line of minutes.
type minute struct {
	kind   lineKind
	text   string
	who    string   // who said it; may be empty
	owners []string // of an action
	due    string   // the day by which an action is to be done; may be empty
	done   bool
	drop   bool // the action is no longer wanted
}

// A subject is what is talked about for a while. The first of a meeting has no
// title: it has what came before.
type subject struct {
	title string
	below bool // it is a part of the subject before
	lines []minute
}

// A meeting is what minutes or a log tell of one meeting.
type meeting struct {
	in         Input
	line       int
	format     string // of the input
	title      string
	start, end moments
	channel    string
	logURL     string
	chairs     []string
	scribes    []string
	present    []string
	regrets    []string
	subjects   []subject
	id         string
}

// moments is a time as far as a log says it.
type moments struct {
	day    date.Date
	hour   int // -1: unknown
	minute int
	zone   string // an IANA name or an offset like +02:00; "" unknown
}

// hasTime reports whether the time of day is known.
func (m moments) hasTime() bool { return m.hour >= 0 }

// topic begins a subject.
func (m *meeting) topic(title string, below bool) {
	m.subjects = append(m.subjects, subject{title: title, below: below})
}

// add adds a line to the subject at hand.
func (m *meeting) add(one minute) {
	if len(m.subjects) == 0 {
		m.topic("", false)
	}
	last := &m.subjects[len(m.subjects)-1]
	last.lines = append(last.lines, one)
}

// undo takes the last line or topic back.
func (m *meeting) undo() {
	n := len(m.subjects)
	if n == 0 {
		return
	}
	if last := &m.subjects[n-1]; len(last.lines) > 0 {
		last.lines = last.lines[:len(last.lines)-1]
	} else {
		m.subjects = m.subjects[:n-1]
	}
}

// mostNames is how many persons one list may have.
const mostNames = 1000

// join adds names that a list does not have yet.
func join(list []string, names ...string) []string {
	for _, name := range names {
		if len(list) == mostNames {
			break
		}
		if name = strings.TrimSpace(name); name != "" && !hasName(list, name) {
			list = append(list, name)
		}
	}
	return list
}

func hasName(list []string, name string) bool {
	return slices.ContainsFunc(list, func(one string) bool { return strings.EqualFold(one, name) })
}

func without(list []string, name string) []string {
	return slices.DeleteFunc(list, func(one string) bool { return strings.EqualFold(one, strings.TrimSpace(name)) })
}

// mostLines is how many lines the minutes of one meeting may have.
const mostLines = 5000

// meeting makes a document of a meeting, unless one has it.
func (d *desk) meeting(m *meeting) {
	if p := d.known[m.id]; p != "" {
		d.have(p, []string{m.id})
		return
	}
	lines := 0
	for _, s := range m.subjects {
		lines += 1 + len(s.lines)
	}
	switch {
	case m.start.day.IsZero():
		d.refuse(m.in.Name, m.line, "say it with --date 2018-03-20, or in the name of the file", "nothing says on which day this meeting was")
		return
	case lines > mostLines:
		d.refuse(m.in.Name, m.line, "divide the file", "the minutes have more than %d lines", mostLines)
		return
	}
	k := d.Config.Kind("meeting")
	n := noteWriter{desk: d, meeting: m, writer: writer{privacy: d.guard}, counts: map[lineKind]int{}}
	title := cmp.Or(clip(oneLine(d.guard.redact(plain.Line(tidy(m.title)))), longestTitle), "Meeting")
	f := n.front(title)
	n.attendance()
	for _, s := range m.subjects {
		n.subject(s)
	}
	if n.hidden > 0 {
		d.remark(m.in.Name, m.line, "left out: %s of people whom people.yaml hides", counted(n.hidden, "name"))
	}
	d.add(m.in, m.line, k, m.start.day.String()+"-"+fileName(title, "meeting"), f, n.String())
}
