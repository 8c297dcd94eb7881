package intake

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A message is a mail that was read.
type message struct {
	in      Input
	line    int
	id      string // of the document's front matter
	names   []string
	subject string // without "Re:" and the tags of lists
	sender  person
	sent    time.Time // in the sender's zone; zero when unknown
	link    string    // to the message in its archive; may be empty
	archive string    // of the list; may be empty
	content content
}

// Mail makes documents of messages (RFC 5322) and mailboxes: one of each message,
// or of each thread.
func Mail(inputs []Input, o Options) ([]Draft, []Remark) {
	d := newDesk(o)
	var all []*message
	for _, in := range inputs {
		all = append(all, d.mailbox(in)...)
	}
	all = d.distinct(all)
	threads := [][]*message{}
	if d.Thread {
		threads = threaded(all)
	} else {
		for _, m := range all {
			threads = append(threads, []*message{m})
		}
	}
	for _, t := range threads {
		d.thread(t)
	}
	return d.drafts, d.remarks
}

// mailbox reads the messages of a file.
func (d *desk) mailbox(in Input) []*message {
	list, more := letters(in.Data)
	if more {
		d.refuse(in.Name, 0, "divide the mailbox, and import its parts one by one", "the mailbox has more than %d messages; those behind are not read", mostMessages)
	}
	var all []*message
	for _, l := range list {
		if m := d.message(in, l); m != nil {
			all = append(all, m)
		}
	}
	return all
}

// message reads one message; nil when it is none.
func (d *desk) message(in Input, l letter) *message {
	h, body, reason := readHeader(l.data)
	if reason == "" && h["from"] == "" && h["subject"] == "" && h["date"] == "" && h["message-id"] == "" {
		reason = "it has neither From, Subject, Date nor Message-ID"
	}
	if reason != "" {
		d.refuse(in.Name, l.line, "save the message as it was sent (.eml), or a whole mailbox (mbox)", "this is no message that can be read: %s", reason)
		return nil
	}
	reader := partReader{}
	c, err := reader.read(h, body, 0)
	if err != nil {
		d.refuse(in.Name, l.line, "copy what matters of it into a document by hand", "this message is not imported: %s", err)
		return nil
	}
	if c.cut {
		d.remark(in.Name, l.line, "a part of this message ends too early; what is there is imported")
	}
	from := h.sender("from")
	m := &message{
		in: in, line: l.line, content: c, sent: l.sent(h), link: h.link("archived-at"), archive: h.link("list-archive"),
		subject: d.subject(h), names: append(h.ids("message-id"), h["message-id"]),
		sender: d.guard.person(from.name, from.address, before(from.address, "@")),
	}
	if d.guard.name(from.name) == "" && m.sender.known == nil {
		m.sender = person{} // the first half of an address is a part of it
	}
	if m.sender.hidden {
		d.remark(in.Name, l.line, "the sender is not named: people.yaml hides them")
	}
	m.id = identity("mail", cmp.Or(strings.TrimSpace(m.names[0]), string(l.data)))
	m.names = append(m.names[:1], append(h.ids("in-reply-to"), reversed(h.ids("references"))...)...)
	return m
}

func reversed(list []string) []string {
	slices.Reverse(list)
	return list
}

var (
	replyMark = lazily(`(?i)^(?:(?:re|aw|sv|vs|antw|ref|res|odp|ynt|fwd?|fw|wg|tr|rv|doorst|回复|答复|转发)(?:\[\d+\])?\s*[:：]\s*)+`)
	listTag   = lazily(`^\[[^\]\[]{1,40}\]\s*`)
)

// subject is a subject without what programs put before it.
func (d *desk) subject(h header) string {
	s := h.text("subject")
	for {
		t := strings.TrimSpace(listTag().ReplaceAllString(replyMark().ReplaceAllString(s, ""), ""))
		if t == s || t == "" {
			break
		}
		s = t
	}
	return cmp.Or(clip(oneLine(d.guard.redact(s)), longestTitle), "Message without a subject")
}

// distinct leaves out messages that come twice, as mailboxes have them that were
// joined.
func (d *desk) distinct(all []*message) []*message {
	seen := map[string]bool{}
	var kept []*message
	for _, m := range all {
		if seen[m.id] {
			d.remark(m.in.Name, m.line, "this message comes twice; it is imported once")
			continue
		}
		seen[m.id] = true
		kept = append(kept, m)
	}
	return kept
}

// thread makes a document of messages in their order, without those that a
// document has already.
func (d *desk) thread(all []*message) {
	var list []*message
	had := map[string][]string{} // ids by path
	var paths []string
	for _, m := range all {
		if p := d.known[m.id]; p != "" {
			if had[p] == nil {
				paths = append(paths, p)
			}
			had[p] = append(had[p], m.id)
			continue
		}
		list = append(list, m)
	}
	for _, p := range paths {
		d.have(p, had[p])
	}
	if len(list) == 0 {
		return
	}
	first := list[0]
	f := d.mailFront(list)
	w := writer{privacy: d.guard}
	if len(paths) > 0 {
		w.block("Continues [" + escaped(d.titleOf(paths[0])) + "](<" + relative(d.folder(d.Kind), paths[0]) + ">).\n")
	}
	if len(list) == 1 {
		w.block("*Imported from a message" + of(first) + ".*\n")
		d.body(&w, first)
	} else {
		d.letters(&w, list)
	}
	name := fileName(first.subject, "message")
	if d.Kind.Open && !first.sent.IsZero() {
		name = first.sent.Format(time.DateOnly) + "-" + name
	}
	d.add(first.in, first.line, d.Kind, name, f, w.String())
}

// titleOf is the title of a document that is there.
func (d *desk) titleOf(p string) string { return d.parser.Parse(d.Content.File(p)).Title }

// relative is the address of a path in the content folder, from a folder of it.
func relative(dir, to string) string {
	up := ""
	for dir != "." && !strings.HasPrefix(to, dir+"/") {
		dir, up = path.Dir(dir), up+"../"
	}
	return (&url.URL{Path: up + strings.TrimPrefix(to, dir+"/")}).String()
}

// letters writes the messages of a thread. Of a proposal the first is the text,
// and the others are its discussion.
func (d *desk) letters(w *writer, list []*message) {
	level := "## "
	if !d.Kind.Open {
		w.block("*Imported from a thread of " + strconv.Itoa(len(list)) + " messages" + of(list[0]) + ".*\n")
		d.body(w, list[0])
		w.block("## Discussion\n")
		level, list = "### ", list[1:]
	}
	for _, m := range list {
		title := m.sender.title()
		if !m.sent.IsZero() {
			title += ", " + moment(m.sent)
		}
		w.block(level + heading(title) + "\n")
		if m.link != "" {
			w.block("[This message in the archive](<" + m.link + ">)\n")
		}
		d.body(w, m)
	}
}

// of tells when a message was sent.
func of(m *message) string {
	if m.sent.IsZero() {
		return ""
	}
	return " of " + moment(m.sent)
}

// moment is a time as it was where it was sent.
func moment(t time.Time) string {
	return fmt.Sprintf("%d %s (%s)", t.Day(), t.Format("January 2006, 15:04"), zoneName(t))
}

// zoneName is the offset of a time from UTC.
func zoneName(t time.Time) string {
	if _, offset := t.Zone(); offset == 0 {
		return "UTC"
	}
	return "UTC" + t.Format("-07:00")
}

// mailFront is the front matter of a document that messages become.
func (d *desk) mailFront(list []*message) *front {
	first := list[0]
	f := &front{}
	f.text("title", first.subject)
	if len(d.Kind.Statuses) > 0 {
		f.bare("status", d.Kind.Statuses[0].Name)
	}
	if d.Kind.Field("authors") != nil && first.sender.shown != "" {
		f.list("authors", []string{first.sender.shown})
	}
	if day := d.Kind.FileDay; day != "" && !first.sent.IsZero() {
		f.bare(day, first.sent.Format(time.DateOnly))
	}
	var links []string
	if first.link != "" {
		links = append(links, "message: "+first.link)
	}
	if first.archive != "" {
		links = append(links, "list archive: "+first.archive)
	}
	if d.Kind.Field("discussions-to") != nil {
		f.list("discussions-to", links)
	}
	if !first.sent.IsZero() {
		f.text("x-sent", first.sent.Format(time.RFC3339))
	}
	var ids []string
	for _, m := range list {
		ids = append(ids, m.id)
	}
	f.imported(ids...)
	return f
}

// body writes what a message says.
func (d *desk) body(w *writer, m *message) {
	start, c := w.Len(), m.content
	switch {
	case c.html:
		w.htmlText(c.text)
	case c.flowed:
		w.text(own(unflowed(c.text, c.delsp)))
	default:
		w.text(own(c.text))
	}
	if w.Len() == start {
		w.block("*The message has no text.*\n")
		d.remark(m.in.Name, m.line, "this message has no text")
	}
	if n := len(c.attachments); n > 0 {
		var names []string
		for _, name := range c.attachments {
			if name != "" && name != "signature.asc" && name != "smime.p7s" {
				names = append(names, escaped(w.redact(name)))
			}
		}
		if len(names) > 0 {
			w.block("*Not kept here: " + strings.Join(names[:min(len(names), 20)], ", ") + ".*\n")
		}
		d.remark(m.in.Name, m.line, "left out: %s", counted(n, "attachment"))
	}
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
