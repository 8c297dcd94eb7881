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
	if strings.IndexAny(s, formula) == 0 {
		return "'" + s
	}
	return s
}

// write writes rows, of which the first names the columns.
func write(rows [][]string) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, s := range row {
			cells[i] = Cell(s)
		}
		w.Write(cells) // a buffer takes everything
	}
	w.Flush()
	return out.Bytes()
}

// Actions are all actions, whatever became of them.
func Actions(s *site.Site) []byte {
	rows := [][]string{{"id", "action", "owners", "state", "due", "late", "document", "day", "page"}}
	for _, n := range s.Notes(markdown.Action) {
		late := ""
		if s.Overdue(n) {
			late = "yes"
		}
		rows = append(rows, append([]string{n.Item.ID, n.Text, owners(n), string(n.State), n.Deadline.String(), late}, place(s, n)...))
	}
	return write(rows)
}

// Questions are all questions, each with its last answer.
func Questions(s *site.Site) []byte {
	rows := [][]string{{"id", "question", "asked of", "state", "answer by", "answer", "answered by", "document", "day", "page"}}
	for _, n := range s.Notes(markdown.Question) {
		answer, by := "", ""
		if len(n.Answers) > 0 {
			last := n.Answers[len(n.Answers)-1]
			answer, by = last.Text, owners(last)
		}
		rows = append(rows, append([]string{n.Item.ID, n.Text, owners(n), string(n.State), n.Deadline.String(), answer, by}, place(s, n)...))
	}
	return write(rows)
}

// Feedback is all feedback, and the topics that were made of it.
func Feedback(s *site.Site) []byte {
	rows := [][]string{{"id", "kind", "feedback", "topic", "state", "sent to", "result", "document", "day", "page"}}
	for _, n := range slices.Concat(s.Notes(markdown.Feedback), s.Notes(markdown.Topic)) {
		var to []string
		for _, event := range n.Destinations {
			to = append(to, event.Title)
		}
		topic := ""
		if n.Topic != nil {
			topic = n.Topic.Name
		}
		_, result := n.Result()
		rows = append(rows, append([]string{n.Item.ID, string(n.Kind), n.Text, topic, string(n.State), strings.Join(to, "; "), result}, place(s, n)...))
	}
	return write(rows)
}

// Decisions are all records that are decided, or were before they were replaced,
// and the decisions in notes that no record has.
func Decisions(s *site.Site) []byte {
	rows := [][]string{{"kind", "id", "title", "status", "outcome", "decided", "decided by", "replaced by", "page"}}
	for _, r := range s.Records {
		if o := r.Outcome; o != nil {
			var by []string
			for _, p := range o.By {
				by = append(by, p.Shown)
			}
			replaced := ""
			if r.Successor != nil {
				replaced = r.Successor.Title
			}
			rows = append(rows, []string{r.Kind.Name, cmp.Or(r.Text("id"), r.ID), r.Title, r.StatusText(), o.Text, o.On.String(), strings.Join(by, "; "), replaced, page(s, r.URL, "")})
		}
	}
	for _, n := range s.Notes(markdown.Decision) {
		if len(n.Decides) == 0 {
			rows = append(rows, []string{"minuted", n.Item.ID, n.Record.Title, "", n.Text, n.Day().String(), owners(n), "", page(s, n.Record.URL, n.Anchor)})
		}
	}
	return write(rows)
}

// Survey is the table of a record's survey as it is written, nil when there is
// none.
func Survey(r *site.Record) []byte {
	if rows := r.Survey; rows != nil {
		return write(rows)
	}
	return nil
}

func owners(n *site.Note) string {
	var names []string
	for _, p := range n.Owners {
		names = append(names, p.Shown)
	}
	return strings.Join(names, "; ")
}

// place is where a note stands: the document, its day and the page.
func place(s *site.Site, n *site.Note) []string {
	return []string{n.Record.Title, n.Day().String(), page(s, n.Record.URL, n.Anchor)}
}

func page(s *site.Site, url, anchor string) string {
	if address := s.Address(url, anchor); address != "" {
		return address
	}
	if anchor != "" {
		return url + "#" + anchor
	}
	return url
}
