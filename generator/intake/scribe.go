package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// This file reads what the W3C's scribe.perl knows: the words by which a scribe
// marks what a log has.
//
//	Meeting: name        Topic: text         ACTION: nick to do something
//	scribenick: nick     Subtopic: text      RESOLUTION: text
//	Chair: nick          present+ nick       nick: what nick says
//	Agenda: URL          regrets+ nick       … and says further
//	Date: 20 March 2018  -> URL text         s/old/new/

var (
	scribeWord  = lazily(`(?i)^(meeting|topic|sub-?topic|scribe(?:nick)?|chairs?|present|regrets|agenda|date|action|resolution|resolved|proposed|previous meeting|next meeting)\s*([:+=-])\s*(.*)$`)
	newSentence = lazily(`^(?:\.\.\.?\.?|…)\s*(.*)$`)
	arrow       = lazily(`^->\s*(https?://\S+)\s*(.*)$`)
	toBot       = lazily(`(?i)^(?:zakim|rrsagent|trackbot|github-bot|agendabot|ghurlbot|agendum|q[+?-]|ack\b|next agendum|queue=)`)
	substitute  = lazily(`^s([/|])(.{1,200}?)[/|](.{0,200}?)(?:[/|]([gG]?))?\s*$`)
	insertion   = lazily(`^i/([^/]{1,200})/([^/]{1,500})/?\s*$`)
	speaker     = lazily(`^([\p{L}_][\p{L}\p{N}_.'` + "`" + `|^-]{0,31}): +(\S.*)$`)
	actionState = lazily(`(?i)\s*\[(new|pending|done|completed|finished|dropped|retired|cancell?ed|withdrawn|recorded in[^\]]*)\]`)
	dueDay      = lazily(`(?i)\s+-?\s*due:?\s+((?:19|20)\d\d-\d\d-\d\d)\.?\s*$`)
)

// isScribed reports a line that only a scribe writes.
func isScribed(text string) bool {
	m := scribeWord().FindStringSubmatch(text)
	if m == nil {
		return false
	}
	switch strings.ToLower(m[1]) {
	case "scribe", "scribenick", "topic", "present", "regrets", "resolution", "resolved":
		return true
	}
	return false
}

// mostSubstitutions bounds how often a log is corrected: each looks at all lines
// before it.
const mostSubstitutions = 200

// corrected is a log with the corrections done that its lines ask for: s/old/new/
// changes the last line above that has the old words, with g all of them above,
// and with G all of them; i/where/what/ puts a line before one.
func corrected(lines []chatLine) []chatLine {
	var out []chatLine
	done := 0
	for at, one := range lines {
		m := substitute().FindStringSubmatch(one.text)
		i := insertion().FindStringSubmatch(one.text)
		if m == nil && i == nil || done >= mostSubstitutions || m != nil && strings.Count(one.text, m[1]) < 2 {
			out = append(out, one)
			continue
		}
		done++
		switch {
		case i != nil:
			out = inserted(out, one, i[1], i[2])
		case m[4] == "G":
			for j := at + 1; j < len(lines); j++ {
				lines[j].text = replaced(lines[j].text, m[2], m[3])
			}
			fallthrough
		case m[4] == "g":
			for j := range out {
				out[j].text = replaced(out[j].text, m[2], m[3])
			}
		default:
			if j := lastWith(out, m[2]); j >= 0 {
				k := strings.LastIndex(out[j].text, m[2])
				out[j].text = out[j].text[:k] + m[3] + out[j].text[k+len(m[2]):]
			} else {
				out = append(out, one)
			}
		}
	}
	return out
}

// longestLine is how many bytes a correction may make a line.
const longestLine = 4096

func replaced(text, before, after string) string {
	if len(text) > longestLine || !strings.Contains(text, before) {
		return text
	}
	if new := strings.ReplaceAll(text, before, after); len(new) <= longestLine {
		return new
	}
	return text
}

func lastWith(lines []chatLine, words string) int {
	for j := len(lines) - 1; j >= 0; j-- {
		if strings.Contains(lines[j].text, words) {
			return j
		}
	}
	return -1
}

func inserted(lines []chatLine, one chatLine, where, what string) []chatLine {
	j := lastWith(lines, where)
	one.text = what
	if j < 0 {
		return append(lines, one)
	}
	return append(lines[:j], append([]chatLine{one}, lines[j:]...)...)
}

// scribed does what the words of a scribe say, and reports whether a line has
// any.
func (r *logReader) scribed(one chatLine) bool {
	if m := scribeWord().FindStringSubmatch(one.text); m != nil && r.word(one, strings.ToLower(m[1]), m[2], strings.TrimSpace(m[3])) {
		return true
	}
	if a := arrow().FindStringSubmatch(one.text); a != nil {
		r.meeting.add(minute{kind: webLinked, text: strings.TrimSpace(a[2] + " " + a[1]), who: one.nick})
		return true
	}
	switch {
	case !r.scribing:
		return false
	case toBot().MatchString(one.text) || bots[strings.ToLower(one.nick)]:
		return true
	}
	return r.spoken(one)
}

// spoken adds what the scribe writes down: who says what, or goes on saying.
func (r *logReader) spoken(one chatLine) bool {
	m := r.meeting
	if len(r.writers) > 0 && !hasName(r.writers, one.nick) {
		return false
	}
	if more := newSentence().FindStringSubmatch(one.text); more != nil && len(m.subjects) > 0 {
		if lines := m.subjects[len(m.subjects)-1].lines; len(lines) > 0 && lines[len(lines)-1].kind == said && len(lines[len(lines)-1].text) < longestLine {
			lines[len(lines)-1].text += " " + more[1]
			return true
		}
	}
	if s := speaker().FindStringSubmatch(one.text); s != nil {
		m.present = join(m.present, s[1])
		m.add(minute{text: s[2], who: s[1]})
		return true
	}
	who := ""
	if len(r.writers) == 0 {
		who = one.nick
	}
	m.add(minute{text: one.text, who: who})
	return true
}

// word does what a word of a scribe says, and reports whether it means anything.
// Only words that cannot be the start of a sentence count in a log without a
// scribe.
func (r *logReader) word(one chatLine, word, sign, rest string) bool {
	m := r.meeting
	if sign != ":" && !(sign == "+" || sign == "-" || sign == "=") || sign != ":" && word != "present" && word != "regrets" && !strings.HasPrefix(word, "scribe") && !strings.HasPrefix(word, "chair") {
		return false
	}
	switch word {
	case "action":
		r.scribedAction(one, rest)
		return true
	case "resolution", "resolved":
		m.add(minute{kind: decision, text: rest, who: one.nick})
		return true
	}
	if !r.scribing {
		return false
	}
	switch word {
	case "topic":
		m.topic(rest, false)
	case "subtopic", "sub-topic":
		m.topic(rest, len(m.subjects) > 0)
	case "meeting":
		m.title = rest
	case "date":
		m.start.day = firstDay(momentOf(rest).day, m.start.day)
	case "agenda", "previous meeting", "next meeting":
		m.add(minute{kind: webLinked, text: strings.ToUpper(word[:1]) + word[1:] + ": " + rest})
	case "proposed":
		m.add(minute{kind: info, text: "Proposed: " + rest})
	default:
		return r.persons(one, word, sign, rest)
	}
	return true
}

// mostWords is how many words the name of a person has; more are a sentence.
const mostWords = 4

// likeName tells the name of a person from a sentence.
func (r *logReader) likeName(text string) bool {
	if r.guard.people.Find(text) != nil {
		return true
	}
	words := strings.Fields(text)
	for _, word := range words {
		if first, _ := utf8.DecodeRuneInString(word); len(words) > 1 && !unicode.IsUpper(first) && first != '(' && !strings.Contains("van von der den de da di du la le el al bin y", word) {
			return false
		}
	}
	return len(words) <= mostWords
}

// persons changes one of the lists of persons, and reports whether the line names
// some: somebody called "chair" may also say something. "present+" alone is who
// says it.
func (r *logReader) persons(one chatLine, word, sign, rest string) bool {
	m := r.meeting
	lists := map[string]*[]string{"present": &m.present, "regrets": &m.regrets, "chair": &m.chairs, "chairs": &m.chairs, "scribe": &m.scribes, "scribenick": &m.scribes}
	list := lists[word]
	var names []string
	for _, name := range strings.FieldsFunc(rest, func(c rune) bool { return c == ',' || c == ';' }) {
		if word == "present" || word == "regrets" { // full names, with "_" for blanks
			name = strings.ReplaceAll(name, "_", " ")
		}
		if !r.likeName(name) {
			return false
		}
		names = append(names, strings.Trim(name, " ."))
	}
	if len(names) == 0 && sign != ":" {
		names = []string{one.nick}
	}
	switch {
	case sign == "-":
		for _, name := range names {
			*list = without(*list, name)
		}
	default:
		*list = join(*list, names...)
	}
	if list == &m.scribes {
		r.writing(one, names)
	}
	return true
}

// writing notes by which names the scribes write. One who is given by the full
// name is the one who says so.
func (r *logReader) writing(one chatLine, names []string) {
	r.writers = nil
	for _, name := range r.meeting.scribes {
		if slices.ContainsFunc(r.lines, func(l chatLine) bool { return strings.EqualFold(l.nick, name) }) {
			r.writers = join(r.writers, name)
		}
	}
	if len(names) > 0 && len(r.writers) == 0 {
		r.writers = []string{one.nick}
	}
}

// scribedAction adds an action with its state and its day.
func (r *logReader) scribedAction(one chatLine, text string) {
	a := minute{kind: action, who: one.nick}
	if s := actionState().FindStringSubmatch(text); s != nil {
		switch strings.ToLower(s[1]) {
		case "done", "completed", "finished":
			a.done = true
		case "dropped", "retired", "cancelled", "canceled", "withdrawn":
			a.drop = true
		}
		text = strings.TrimSpace(actionState().ReplaceAllString(text, ""))
	}
	if d := dueDay().FindStringSubmatch(text); d != nil {
		a.due, text = d[1], strings.TrimRight(dueDay().ReplaceAllString(text, ""), " -")
	}
	a.text = text
	r.meeting.add(a)
}
