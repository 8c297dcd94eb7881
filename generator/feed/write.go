package feed

import (
	"cmp"
	"encoding/xml"
	"html"
	"iter"
	"strings"
	"time"

	"minutebook/generator/date"
	"minutebook/generator/markdown"
	"minutebook/generator/plain"
	"minutebook/generator/site"
)

// ContentType is the media type of what Write makes (RFC 4287, section 7).
const ContentType = "application/atom+xml"

// A Feed is a feed before it has entries.
type Feed struct {
	Path  string // of the feed in the site
	Page  string // that shows the same to people
	Title string
}

// The elements of RFC 4287, section 4, as far as they are used.
type (
	feedElement struct {
		XMLName   xml.Name       `xml:"http://www.w3.org/2005/Atom feed"`
		Language  string         `xml:"xml:lang,attr,omitempty"`
		ID        string         `xml:"id"`
		Title     string         `xml:"title"`
		Subtitle  string         `xml:"subtitle,omitempty"`
		Updated   string         `xml:"updated"`
		Author    person         `xml:"author"` // section 4.1.1: of all entries that name none
		Links     []link         `xml:"link"`
		Generator string         `xml:"generator"`
		Entries   []entryElement `xml:"entry"`
	}
	entryElement struct {
		ID       string   `xml:"id"`
		Title    string   `xml:"title"`
		Updated  string   `xml:"updated"`
		Authors  []person `xml:"author"`
		Links    []link   `xml:"link"`
		Category category `xml:"category"`
		Content  *content `xml:"content"`
	}
	person struct {
		Name string `xml:"name"`
	}
	link struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	}
	category struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr,omitempty"`
	}
	content struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
)

// Write is a feed of the newest of the entries. The site must know its base URL.
func Write(s *site.Site, f Feed, entries iter.Seq[Entry]) ([]byte, error) {
	title := plain.Line(s.Title())
	list := latest(entries)
	out := feedElement{
		Language: s.Config.Language, ID: urn(s.UUID("feed", f.Path)),
		Title: plain.Line(f.Title), Subtitle: plain.Line(s.Config.Description), Updated: moment(s, s.Today),
		Author:    person{title},
		Links:     []link{{"self", ContentType, s.Address(f.Path, "")}, {"alternate", "text/html", s.Address(f.Page, "")}},
		Generator: "Minutebook",
	}
	if len(list) > 0 {
		out.Updated = moment(s, list[0].Day)
	}
	for _, e := range list {
		out.Entries = append(out.Entries, e.element(s))
	}
	data, err := xml.MarshalIndent(out, "", " ")
	return append([]byte(xml.Header), append(data, '\n')...), err
}

func urn(uuid string) string { return "urn:uuid:" + uuid }

// moment is the first moment of a day, as RFC 4287, section 3.3 wants it.
func moment(s *site.Site, d date.Date) string { return s.Midnight(d).Format(time.RFC3339) }

func (e Entry) element(s *site.Site) entryElement {
	r := e.Record
	parts, anchor := []string{r.File.Path, string(e.What)}, ""
	switch {
	case e.Status != nil:
		parts = append(parts, e.Status.Name)
	case e.Note != nil:
		anchor = e.Note.Anchor
		parts = append(parts, anchor)
	}
	out := entryElement{
		ID: urn(s.UUID(parts...)), Title: plain.Line(e.Title(s)), Updated: moment(s, e.Day),
		Links:    []link{{"alternate", "text/html", s.Address(r.URL, anchor)}},
		Category: category{r.Kind.Name, plain.Line(s.Label(r.Kind.Label))},
	}
	if e.What == Proposed {
		for _, p := range r.People.Of("authors") {
			out.Authors = append(out.Authors, person{cmp.Or(plain.Line(p.Shown), s.Words.T(site.ParticipantName))})
		}
	}
	if text := e.content(s); text != "" {
		out.Content = &content{"html", text}
	}
	return out
}

// Title says what happened and with what, as it is written in the document.
func (e Entry) Title(s *site.Site) string {
	r := e.Record
	switch e.What {
	case Announced:
		return s.Words.T("Announced: {title}", r.Title)
	case Proposed:
		return s.Words.T("Proposed: {title}", r.Title)
	case Status:
		return s.Words.T("{what}: {title}", s.Label(e.Status.Label), r.Title)
	case Held:
		return s.Words.T("Took place: {title}", r.Title)
	case Minuted:
		return s.Words.T("Decided in a meeting: {title}", cmp.Or(e.Note.Text, r.Title))
	case Replaced:
		return s.Words.T("Replaced: {title}", r.Title)
	}
	if r.State != nil && r.State.Tone == "no" {
		return s.Words.T("{what}: {title}", s.Label(r.State.Label), r.Title)
	}
	return s.Words.T("Decided: {title}", r.Title)
}

// content is what a reader wants to know without following the link, as HTML
// that has nothing but paragraphs and lists (RFC 4287, section 3.1.1.2).
func (e Entry) content(s *site.Site) string {
	r := e.Record
	var b strings.Builder
	summary := cmp.Or(r.Text("summary"), r.Body.Summary)
	switch e.What {
	case Decided:
		paragraph(&b, cmp.Or(r.Outcome.Text, summary))
		paragraph(&b, r.Outcome.Why)
	case Replaced:
		paragraph(&b, s.Words.T("Replaced by: {title}", r.Successor.Title))
	case Minuted:
		paragraph(&b, r.Title)
	case Held:
		b.WriteString(decisions(s, r))
		if b.Len() == 0 {
			paragraph(&b, summary)
		}
	default:
		paragraph(&b, summary)
	}
	return b.String()
}

// decisions are those in the notes of a meeting.
func decisions(s *site.Site, r *site.Record) string {
	var b strings.Builder
	for _, n := range r.Notes {
		if n.Kind == markdown.Decision && n.Text != "" {
			b.WriteString("<li>" + html.EscapeString(plain.Line(n.Text)) + "</li>")
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "<p>" + html.EscapeString(s.Words.T("Decided:")) + "</p><ul>" + b.String() + "</ul>"
}

func paragraph(b *strings.Builder, text string) {
	if text = plain.Line(text); text != "" {
		b.WriteString("<p>" + html.EscapeString(text) + "</p>")
	}
}
