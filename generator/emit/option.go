package emit

import (
	"fmt"
	"html"
	"html/template"
	"net/url"
	"strings"

	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// flagged is the body of a record with the option that its authors recommend
// marked, and the one that was chosen.
func (b *Builder) flagged(r *site.Record, text template.HTML) template.HTML {
	list := r.Body.Options
	if len(list) == 0 {
		return text
	}
	text = flag(text, list, optionNamed(list, r.Text("recommended")).Text, `<span class="flag">`+html.EscapeString(b.T("Recommended"))+`</span>`)
	return flag(text, list, chosen(r), `<span class="flag chosen">`+html.EscapeString(b.T("Chosen"))+`</span>`)
}

// recommendation is the option that a front matter names, as a fact of its page.
func recommendation(r *site.Record, name string) layout.Link {
	if o := optionNamed(r.Body.Options, name); o.Text != "" {
		return layout.Link{Text: o.Text, Href: (&url.URL{Fragment: o.ID}).String()}
	}
	return layout.Link{Text: name}
}

// optionNamed is the option that a front matter means by its id or its text; the
// zero Option when it means none.
func optionNamed(list []markdown.Option, name string) markdown.Option {
	for _, o := range list {
		if name != "" && (strings.EqualFold(o.Text, name) || o.ID == markdown.Slug(name) || markdown.Slug(o.Text) == markdown.Slug(name)) {
			return o
		}
	}
	return markdown.Option{}
}

// chosen is the text of the one option whose name stands in what was decided; ""
// where that is not clear.
func chosen(r *site.Record) string {
	if r.Outcome == nil || r.State == nil || r.State.Name == "rejected" {
		return ""
	}
	said := r.Outcome.Text + " " + r.Body.Outcome
	if r.Outcome.Record != nil {
		said += " " + r.Outcome.Record.Body.Outcome
	}
	said = strings.ToLower(said)
	only := ""
	for _, o := range r.Body.Options {
		text := strings.ToLower(o.Text)
		switch {
		case text == "" || !strings.Contains(said, text) || strings.Contains(strings.ToLower(only), text):
		case only == "" || strings.Contains(text, strings.ToLower(only)): // "two rooms or more" says more than "two rooms"
			only = o.Text
		default:
			return ""
		}
	}
	return only
}

// flag puts a mark behind the names of the options that have a text. A section
// may list them, and another one discuss them.
func flag(text template.HTML, list []markdown.Option, name, mark string) template.HTML {
	seen := map[int]bool{}
	for _, o := range list {
		if name == "" || !strings.EqualFold(o.Text, name) || seen[o.Level] {
			continue
		}
		seen[o.Level] = true
		if at := placeOf(string(text), o); at >= 0 {
			before := mark
			if o.Level == 0 {
				before += " " // the name follows
			}
			text = text[:at] + template.HTML(before) + text[at:]
		}
	}
	return text
}

// placeOf is where the mark of an option goes: to the end of its heading, or to
// the start of its list item; -1 when it is not there. Nothing but our own tags
// has these characters: those of texts are escaped.
func placeOf(text string, o markdown.Option) int {
	starts, end := []string{"<li", `<li class="done"`}, ">"
	if o.Level > 0 {
		starts, end = []string{fmt.Sprintf("<h%d", o.Level)}, fmt.Sprintf("</h%d>", o.Level)
	}
	for _, start := range starts {
		at := strings.Index(text, start+` id="`+o.ID+`">`)
		if at < 0 {
			continue
		}
		if length := strings.Index(text[at:], end); length >= 0 && o.Level > 0 {
			return at + length
		} else if length >= 0 {
			return at + length + len(end)
		}
	}
	return -1
}
