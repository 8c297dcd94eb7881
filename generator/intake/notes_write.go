package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"minutebook/generator/date"
	"minutebook/generator/source"
)

// A noteWriter writes the notes of a meeting.
type noteWriter struct {
	*desk
	writer
	meeting *meeting
	counts  map[lineKind]int
	hidden  int // persons who are not named
}

// front is the front matter of a meeting.
func (n *noteWriter) front(title string) *front {
	m, f := n.meeting, &front{}
	f.text("title", title+", "+longDay(m.start.day))
	wall, zone := n.wall(m.start)
	f.bare("start", wall.String())
	f.bare("timezone", zone)
	if minutes := n.minutes(); minutes > 0 {
		f.bare("duration", strconv.Itoa(minutes)+"m")
	}
	f.text("location", n.privacy.redact(m.channel))
	f.list("chair", n.shown(m.chairs))
	f.list("scribe", n.shown(m.scribes))
	if isWeb(m.logURL) && n.redact(m.logURL) == m.logURL {
		f.text("log-url", m.logURL)
	}
	f.imported(m.id)
	return f
}

func longDay(d date.Date) string {
	return strconv.Itoa(d.Day()) + " " + d.Month().String() + " " + strconv.Itoa(d.Year())
}

// wall is a time as a meeting's front matter has it, with its zone. An offset
// becomes the site's zone where clocks there had it, a zone of the database that
// always has it (they count westwards: Etc/GMT-2 is two hours east), or UTC.
func (n *noteWriter) wall(m moments) (date.Wall, string) {
	w := date.Wall{Date: m.day}
	if !m.hasTime() {
		return w, ""
	}
	w.Hour, w.Minute, w.HasTime = uint8(m.hour), uint8(m.minute), true
	zone := cmp.Or(m.zone, n.Zone)
	offset, isOffset := offsetOf(zone)
	if !isOffset {
		return w, zone
	}
	if t, exact := w.In(n.Config.Zone); exact == date.Exact {
		if _, there := t.Zone(); there == offset {
			return w, n.Config.ZoneName
		}
	}
	switch {
	case offset == 0:
		return w, "UTC"
	case offset%3600 == 0:
		name := fmt.Sprintf("Etc/GMT%+d", -offset/3600)
		if _, err := date.LoadZone(name); err == nil {
			return w, name
		}
	}
	t := w.Clock().Add(-time.Duration(offset) * time.Second)
	return date.Wall{Date: date.Of(t), Hour: uint8(t.Hour()), Minute: uint8(t.Minute()), HasTime: true}, "UTC"
}

// offsetOf reads an offset from UTC, in seconds: Z, +02:00, -0530.
func offsetOf(s string) (int, bool) {
	if s == "Z" || s == "z" || s == "UTC" || s == "GMT" {
		return 0, true
	}
	digits := strings.ReplaceAll(strings.TrimLeft(s, "+-"), ":", "")
	if len(digits) == 2 {
		digits += "00"
	}
	v, err := strconv.Atoi(digits)
	if err != nil || len(digits) != 4 || s[0] != '+' && s[0] != '-' || v%100 > 59 || v > 1400 {
		return 0, false
	}
	seconds := v/100*3600 + v%100*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

// minutes is how long the meeting was; 0 unknown.
func (n *noteWriter) minutes() int {
	start, end := n.meeting.start, n.meeting.end
	if !start.hasTime() || !end.hasTime() {
		return 0
	}
	length := (end.hour*60 + end.minute) - (start.hour*60 + start.minute)
	if length < 0 {
		length += 24 * 60
	}
	return length
}

// shown are persons as a document names them.
func (n *noteWriter) shown(names []string) []string {
	var list []string
	for _, name := range names {
		if p := n.privacy.person(name); p.shown != "" {
			list = join(list, p.shown)
		}
	}
	return list
}

// attendance writes who was there, one person an item: so every name is read as
// one, however it is written.
func (n *noteWriter) attendance() {
	m := n.meeting
	var items []string
	for _, group := range []struct {
		names []string
		role  string
	}{{m.chairs, " (chair)"}, {m.scribes, " (scribe)"}, {m.present, ""}, {m.regrets, " (regrets)"}} {
		for _, name := range group.names {
			p := n.privacy.person(name)
			if p.hidden {
				n.hidden++
			}
			if p.shown != "" {
				items = append(items, p.shown+"\x00"+group.role)
			}
		}
	}
	seen := map[string]bool{}
	var b strings.Builder
	for _, item := range items {
		name, role, _ := strings.Cut(item, "\x00")
		if key := strings.ToLower(name); !seen[key] {
			seen[key] = true
			b.WriteString("- " + escaped(name) + role + "\n")
		}
	}
	if b.Len() > 0 {
		n.block("## Attendance\n")
		n.block(b.String())
	}
}

// isSection reports whether a heading says what the lists below it are: a topic
// that is called like one, such as "Actions", must be told apart.
func (n *noteWriter) isSection(title string) bool {
	doc := n.parser.Parse(source.NewFile("x.md", []byte("# x\n\n## "+heading(title)+"\n")))
	return len(doc.Body.Sections) > 0
}

// subject writes a subject under its heading.
func (n *noteWriter) subject(s subject) {
	if s.title == "" && len(s.lines) == 0 {
		return
	}
	title := clip(oneLine(n.redact(s.title)), longestTitle)
	if title == "" {
		title = "Start"
	}
	if n.isSection(title) {
		title = "Topic: " + title
	}
	level := "## "
	if s.below {
		level = "### "
	}
	n.block(level + heading(title) + "\n")
	var b strings.Builder
	for _, one := range s.lines {
		if line := n.line(one); line != "" {
			b.WriteString(line + "\n")
		}
	}
	n.block(b.String())
}

// line is a line of minutes as an item of notes.
func (n *noteWriter) line(one minute) string {
	text := oneLine(n.redact(one.text))
	if text == "" {
		return ""
	}
	n.counts[one.kind]++
	switch one.kind {
	case said:
		if one.who == "" {
			return "- " + begun(text)
		}
		return "- " + escaped(n.privacy.person(one.who).or()) + " — " + inline(text)
	case webLinked:
		return "- " + begun(text)
	case action:
		return n.action(one, text)
	case decision:
		return fmt.Sprintf("- **Decision D%d:** %s", n.counts[decision], inline(text))
	}
	return "- **" + string(one.kind) + ":** " + inline(text)
}

// action is an action item with its owners.
func (n *noteWriter) action(one minute, text string) string {
	var owners []string
	for _, name := range one.owners {
		if p := n.privacy.person(name); p.shown != "" {
			name = p.shown
			if p.known == nil && !strings.Contains(name, " ") {
				name = "@" + name // as people are called in chats
			}
			owners = join(owners, name)
		}
	}
	head := fmt.Sprintf("**Action A%d**", n.counts[action])
	if one.due != "" {
		owners = append(owners, "due "+one.due)
	}
	if len(owners) > 0 {
		head += " (" + escaped(strings.Join(owners, ", ")) + ")"
	}
	line := head + ": " + inline(n.task(one, text))
	switch {
	case one.drop:
		return "- [x] ~~" + line + "~~ dropped"
	case one.done:
		return "- [x] " + line
	}
	return "- [ ] " + line
}

// task is the text of an action without those who do it, where it begins with
// them: "anna and bo to book a room", "anna: book a room".
func (n *noteWriter) task(one minute, text string) string {
	if len(one.owners) == 0 {
		return text
	}
	var names []string
	for _, name := range one.owners {
		names = append(names, regexp.QuoteMeta(oneLine(name)))
	}
	name := `@?(?:` + strings.Join(names, "|") + `)`
	begins := regexp.MustCompile(`(?i)^` + name + `(?:(?:\s*[,&/]\s*(?:and\s+)?|\s+and\s+|\s+)` + name + `)*(?:\s*:\s*|\s+to\s+)(\S.*)$`)
	if m := begins.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return text
}
