package emit

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// flagged is the body of a record with the option that its authors recommend
// marked, and the one that was chosen.
func (b *Builder) flagged(r *site.Record, text template.HTML) template.HTML {
	list := options(r)
	if len(list) == 0 {
		return text
	}
	if h := optionNamed(list, r.Text("recommended")); h != nil {
		text = flag(text, h, `<span class="flag">`+html.EscapeString(b.T("Recommended"))+`</span>`)
	}
	if h := chosen(r, list); h != nil {
		text = flag(text, h, `<span class="flag chosen">`+html.EscapeString(b.T("Chosen"))+`</span>`)
	}
	return text
}

// options are the headings of a record's options: those one level below its
// section for them.
func options(r *site.Record) []*markdown.Heading {
	var list []*markdown.Heading
	headings := r.Body.Headings
	for _, s := range r.Body.Sections {
		if s.Kind != markdown.Choices || s.Heading >= len(headings) {
			continue
		}
		level := headings[s.Heading].Level
		for i := s.Heading + 1; i < len(headings) && headings[i].Level > level; i++ {
			if headings[i].Level == level+1 {
				list = append(list, &headings[i])
			}
		}
	}
	return list
}

// optionNamed is the option that a front matter means by its id or its text; nil
// when it means none.
func optionNamed(list []*markdown.Heading, name string) *markdown.Heading {
	for _, h := range list {
		if name != "" && (strings.EqualFold(h.Text, name) || h.ID == markdown.Slug(name)) {
			return h
		}
	}
	return nil
}

// chosen is the one option whose name stands in what was decided; nil where that
// is not clear.
func chosen(r *site.Record, list []*markdown.Heading) *markdown.Heading {
	if r.Outcome == nil || r.State == nil || r.State.Name == "rejected" {
		return nil
	}
	said := r.Outcome.Text + " " + r.Body.Outcome
	if r.Outcome.Record != nil {
		said += " " + r.Outcome.Record.Body.Outcome
	}
	said = strings.ToLower(said)
	var only *markdown.Heading
	for _, h := range list {
		if h.Text == "" || !strings.Contains(said, strings.ToLower(h.Text)) {
			continue
		}
		if only != nil {
			return nil
		}
		only = h
	}
	return only
}

// flag puts a mark behind the text of a heading. Nothing but our own tags has
// these characters: those of texts are escaped.
func flag(text template.HTML, h *markdown.Heading, mark string) template.HTML {
	start := strings.Index(string(text), fmt.Sprintf(`<h%d id="%s">`, h.Level, h.ID))
	if start < 0 {
		return text
	}
	end := strings.Index(string(text[start:]), fmt.Sprintf("</h%d>", h.Level))
	if end < 0 {
		return text
	}
	return text[:start+end] + template.HTML(mark) + text[start+end:]
}
