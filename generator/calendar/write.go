package calendar

import (
	"bytes"
	"iter"
	"strings"
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
	w := &writer{to}
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
	w := &writer{bytes.NewBuffer(make([]byte, 0, 512))}
	e := eventOf(c.site, item)
	e.write(w)
	c.events.Store(item, w.out.String())
	return w.out.String()
}

// A writer writes content lines (RFC 5545, section 3.1). All that leaves this
// package goes through line.
type writer struct{ out *bytes.Buffer }

// longest is how many octets a line may have, its end not counted.
const longest = 75

// line writes a content line, folded where it is too long: lines after the first
// begin with a blank, and no character is cut in two. s must have no line end;
// one that has is cut there, so that nothing can begin a line of its own.
func (w *writer) line(s string) {
	if i := strings.IndexAny(s, "\r\n"); i >= 0 {
		s = s[:i]
	}
	for room := longest; len(s) > room; room = longest - 1 {
		cut := room
		for cut > 1 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		w.out.WriteString(s[:cut])
		w.out.WriteString("\r\n ")
		s = s[cut:]
	}
	w.out.WriteString(s)
	w.out.WriteString("\r\n")
}

// text writes a property of type TEXT, unless it is empty.
func (w *writer) text(name, value string) {
	if value != "" {
		w.line(name + ":" + escaped.Replace(value))
	}
}

// escaped writes what means something in a TEXT (section 3.3.11).
var escaped = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)
