package calendar

import (
	"bytes"
	"iter"
	"sync"
	"unicode/utf8"

	"minutebook/generator/plain"
	"minutebook/generator/site"
)

// ContentType is the media type of what Write makes (RFC 5545, section 8.1).
const ContentType = "text/calendar"

// Writer writes the calendars of one site. An item is on several: that of all,
// of its series, of persons; it is written once and then copied. A Writer may be
// used by many goroutines.
type Writer struct {
	site   *site.Site
	events sync.Map // of texts, by Item
}

// NewWriter is a writer for the calendars of a site.
func NewWriter(s *site.Site) *Writer { return &Writer{site: s} }

// Write appends a calendar with a name. The name of a file for one item is empty:
// it is not a calendar that somebody subscribes to. There must be an item:
// section 3.6 has no calendar without one.
func (c *Writer) Write(to *bytes.Buffer, name string, items iter.Seq[Item]) {
	w := &writer{out: to}
	w.line("BEGIN:VCALENDAR")
	w.line("VERSION:2.0")
	w.line("PRODID:-//Minutebook//Minutebook//EN")
	if name != "" {
		name = plain.Line(name)
		w.text("NAME", name) // RFC 7986, section 5.1
		w.text("X-WR-CALNAME", name)
		w.line("REFRESH-INTERVAL;VALUE=DURATION:P1D") // RFC 7986, section 5.7
		w.line("X-PUBLISHED-TTL:P1D")
	}
	for item := range items {
		w.out.WriteString(c.event(item))
	}
	w.line("END:VCALENDAR")
}

// event is an item as its calendars have it.
func (c *Writer) event(item Item) string {
	if text, ok := c.events.Load(item); ok {
		return text.(string)
	}
	w := writers.Get().(*writer)
	defer writers.Put(w)
	w.out.Reset()
	e := eventOf(c.site, item)
	e.write(w)
	text := w.out.String()
	c.events.Store(item, text)
	return text
}

// writers are for one event at a time.
var writers = sync.Pool{New: func() any { return &writer{out: new(bytes.Buffer)} }}

// A writer writes content lines (RFC 5545, section 3.1). All that leaves this
// package goes through line.
type writer struct {
	out  *bytes.Buffer
	held []byte // the line that is being made
}

// longest is how many octets a line may have, its end not counted.
const longest = 75

// line writes a content line of some parts, folded where it is too long: lines
// after the first begin with a blank, and no character is cut in two. The parts
// must have no line end; they are cut there, so that nothing can begin a line of
// its own.
func (w *writer) line(parts ...string) {
	w.held = w.held[:0]
	for _, p := range parts {
		w.held = append(w.held, p...)
	}
	w.end()
}

// end writes the line that is held.
func (w *writer) end() {
	line := w.held
	if i := bytes.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	for room := longest; len(line) > room; room = longest - 1 {
		cut := room
		for cut > 1 && !utf8.RuneStart(line[cut]) {
			cut--
		}
		w.out.Write(line[:cut])
		w.out.WriteString("\r\n ")
		line = line[cut:]
	}
	w.out.Write(line)
	w.out.WriteString("\r\n")
}

// text writes a property of type TEXT, unless it is empty.
func (w *writer) text(name, value string) {
	if value == "" {
		return
	}
	w.held = append(append(w.held[:0], name...), ':')
	w.held = appendEscaped(w.held, value)
	w.end()
}

// appendEscaped appends what stands in a TEXT for a value (section 3.3.11).
func appendEscaped(to []byte, value string) []byte {
	for i := range len(value) {
		switch c := value[i]; c {
		case '\\', ';', ',':
			to = append(to, '\\', c)
		case '\r':
			if i+1 == len(value) || value[i+1] != '\n' {
				to = append(to, `\n`...)
			}
		case '\n':
			to = append(to, `\n`...)
		default:
			to = append(to, c)
		}
	}
	return to
}
