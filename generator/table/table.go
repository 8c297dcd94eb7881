// Package table writes what a site gathers as CSV (RFC 4180), for spreadsheets:
// actions, questions, feedback, decisions, and the results of surveys. It is a
// pure function of the site.
//
// Lines end in CRLF, the first one names the columns, and the text is UTF-8
// without a mark at its start. A state has the words of package site, a day is
// YYYY-MM-DD, and a page is an address where the site knows its own, else a path
// in it.
//
// A spreadsheet runs a cell that begins like a formula, and documents are written
// by strangers. Such a cell gets an apostrophe before it: spreadsheets do not run
// it then, and other programs take the apostrophe off.
package table

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strings"
	"unicode/utf8"

	"minutebook/generator/markdown"
	"minutebook/generator/plain"
	"minutebook/generator/site"
)

// ContentType is the media type of what is written here (RFC 4180, section 3).
const ContentType = "text/csv"

// formula are the characters by which a spreadsheet knows a formula; some take
// the wide forms of East Asian keyboards as well.
const formula = "=+-@\t＝＋－＠"

// Cell is a value as it can stand in a cell: on one line, and no formula.
func Cell(s string) string {
	s = plain.Line(s)
	if first, _ := utf8.DecodeRuneInString(s); strings.ContainsRune(formula, first) {
		return "'" + s
	}
	return s
}

// A writer appends rows, of which the first names the columns.
type writer struct {
	csv *csv.Writer
	row []string
}

func newWriter(to *bytes.Buffer, columns ...string) *writer {
	w := &writer{csv: csv.NewWriter(to)}
	w.csv.UseCRLF = true
	w.add(columns...)
	return w
}

func (w *writer) add(cells ...string) {
	w.row = w.row[:0]
	for _, s := range cells {
		w.row = append(w.row, Cell(s))
	}
	w.csv.Write(w.row) // a buffer takes everything
}

// Actions appends all actions, whatever became of them.
func Actions(to *bytes.Buffer, s *site.Site) {
	w := newWriter(to, "id", "action", "owners", "state", "due", "late", "document", "day", "page")
	defer w.csv.Flush()
	for _, n := range s.Notes(markdown.Action) {
		late := ""
		if s.Overdue(n) {
			late = "yes"
		}
		w.add(n.Item.ID, n.Text, owners(n), string(n.State), n.Deadline.String(), late, n.Record.Title, n.Day().String(), pageOf(s, n))
	}
}

// Questions appends all questions, each with its last answer.
func Questions(to *bytes.Buffer, s *site.Site) {
	w := newWriter(to, "id", "question", "asked of", "state", "answer by", "answer", "answered by", "document", "day", "page")
	defer w.csv.Flush()
	for _, n := range s.Notes(markdown.Question) {
		answer, by := "", ""
		if len(n.Answers) > 0 {
			last := n.Answers[len(n.Answers)-1]
			answer, by = last.Text, owners(last)
		}
		w.add(n.Item.ID, n.Text, owners(n), string(n.State), n.Deadline.String(), answer, by, n.Record.Title, n.Day().String(), pageOf(s, n))
	}
}

// Feedback appends all feedback, and the topics that were made of it.
func Feedback(to *bytes.Buffer, s *site.Site) {
	w := newWriter(to, "id", "kind", "feedback", "topic", "state", "sent to", "result", "document", "day", "page")
	defer w.csv.Flush()
	for _, n := range slices.Concat(s.Notes(markdown.Feedback), s.Notes(markdown.Topic)) {
		var sent []string
		for _, event := range n.Destinations {
			sent = append(sent, event.Title)
		}
		topic := ""
		if n.Topic != nil {
			topic = n.Topic.Name
		}
		_, result := n.Result()
		w.add(n.Item.ID, string(n.Kind), n.Text, topic, string(n.State), strings.Join(sent, "; "), result, n.Record.Title, n.Day().String(), pageOf(s, n))
	}
}

// Decisions appends all records that are decided, or were before they were
// replaced, and the decisions in notes that no record has.
func Decisions(to *bytes.Buffer, s *site.Site) {
	w := newWriter(to, "kind", "id", "title", "status", "outcome", "decided", "decided by", "replaced by", "page")
	defer w.csv.Flush()
	for _, r := range s.Records {
		o := r.Outcome
		if o == nil {
			continue
		}
		var by []string
		for _, p := range o.By {
			by = append(by, p.Shown)
		}
		replaced := ""
		if r.Successor != nil {
			replaced = r.Successor.Title
		}
		w.add(r.Kind.Name, cmp.Or(r.Text("id"), r.ID), r.Title, r.StatusText(), o.Text, o.On.String(), strings.Join(by, "; "), replaced, page(s, r.URL, ""))
	}
	for _, n := range s.Notes(markdown.Decision) {
		if len(n.Decides) == 0 {
			w.add("minuted", n.Item.ID, n.Record.Title, "", n.Text, n.Day().String(), owners(n), "", pageOf(s, n))
		}
	}
}

// Survey appends the table of a record's survey as it is written; nothing when
// there is none.
func Survey(to *bytes.Buffer, r *site.Record) {
	if len(r.Survey) == 0 {
		return
	}
	w := newWriter(to, r.Survey[0]...)
	defer w.csv.Flush()
	for _, row := range r.Survey[1:] {
		w.add(row...)
	}
}

func owners(n *site.Note) string {
	if len(n.Owners) == 1 {
		return n.Owners[0].Shown
	}
	var names []string
	for _, p := range n.Owners {
		names = append(names, p.Shown)
	}
	return strings.Join(names, "; ")
}

// pageOf is where a note stands.
func pageOf(s *site.Site, n *site.Note) string { return page(s, n.Record.URL, n.Anchor) }

func page(s *site.Site, url, anchor string) string {
	if address := s.Address(url, anchor); address != "" {
		return address
	}
	if anchor != "" {
		return url + "#" + anchor
	}
	return url
}
