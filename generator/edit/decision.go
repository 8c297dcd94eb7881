package edit

import (
	"path"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/document"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// about makes a new record one of a proposal: it names the proposal and who
// decides, has its options, links and outcome, and, when the proposal is decided
// already, its status.
func (e *Editor) about(p string, d Draft) error {
	from := d.From
	for _, v := range e.taken(p, d) {
		if _, given := d.Values.of(v.Field); given || d.Kind.Field(v.Field) == nil {
			continue
		}
		if err := e.Set(p, v.Field, v.Texts...); err != nil {
			return err
		}
	}
	if options := optionsOf(from); len(options) > 0 {
		e.replaceSection(p, inSection(markdown.Choices), "* "+strings.Join(options, "\n* "))
	}
	link := "[" + inline(from.Title) + "](" + escaped(site.Relative(path.Dir(p), from.File.Path)) + ")"
	context := "See the proposal: " + link + "."
	if s := from.Text("summary"); s != "" {
		context = inline(s) + "\n\n" + context
	}
	e.replaceSection(p, headed("context"), context)
	if outcome := from.Text("outcome"); outcome != "" {
		e.replaceSection(p, headed("decision outcome"), inline(outcome))
	}
	if f := from.Kind.Field("decision"); f != nil && len(from.Items("decision")) > 0 {
		return e.Add(from.File.Path, "decision", site.Relative(path.Dir(from.File.Path), p))
	}
	return nil
}

// taken are the values of a record that its proposal tells.
func (e *Editor) taken(p string, d Draft) Values {
	from := d.From
	values := Values{{"proposal", []string{site.Relative(path.Dir(p), from.File.Path)}}}
	for _, name := range []string{"decision-makers", "discussions-to", "tags", "group"} {
		if texts := written(from, name); len(texts) > 0 {
			values = append(values, Value{name, texts})
		}
	}
	if asked := written(from, "asked"); len(asked) > 0 {
		deciders := written(from, "decision-makers")
		asked = slices.DeleteFunc(asked, func(who string) bool { return slices.Contains(deciders, who) })
		if len(asked) > 0 {
			values = append(values, Value{"consulted", asked})
		}
	}
	if s := from.Status.Known; s != nil && s.Phase == config.DecidedPhase && d.Kind.Status(s.Name) != nil {
		values = append(values, Value{"status", []string{s.Name}})
		if day := from.DecidedOn(); !day.IsZero() {
			values = append(values, Value{"date", []string{day.String()}})
		}
	}
	return values
}

// written are the values of a field as a front matter would have them.
func written(r *site.Record, field string) []string {
	var list []string
	f := r.Kind.Field(field)
	for _, item := range r.Items(field) {
		text := item.Text
		if item.Label != "" && f.Type == config.Links {
			text = item.Label + ": " + item.Text
		}
		list = append(list, text)
	}
	return list
}

// optionsOf are the options of a proposal: the headings below the one for them,
// else what its list items begin with.
func optionsOf(r *site.Record) []string {
	at := -1
	for _, s := range r.Body.Sections {
		if s.Kind == markdown.Choices {
			at = s.Heading
		}
	}
	if at < 0 {
		return nil
	}
	var list []string
	level := r.Body.Headings[at].Level
	end := len(r.File.Data)
	for _, h := range r.Body.Headings[at+1:] {
		if h.Level <= level {
			end = lineStart(r.File.Data, h.Span.Start)
			break
		}
		if h.Level == level+1 {
			list = append(list, inline(h.Text))
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, line := range strings.Split(string(r.File.Data[lineEnd(r.File.Data, r.Body.Headings[at].Span.End):end]), "\n") {
		if text, ok := listItem(line); ok {
			list = append(list, text)
		}
	}
	return list
}

// listItem is what a line of a list at its outermost begins with: its bold
// words, else all of it.
func listItem(line string) (string, bool) {
	line = strings.TrimRight(line, " \r")
	if len(line) < 3 || !strings.ContainsRune("-*+", rune(line[0])) || line[1] != ' ' {
		return "", false
	}
	text := strings.TrimSpace(line[2:])
	if opened, is := strings.CutPrefix(text, "**"); is {
		if bold, _, closed := strings.Cut(opened, "**"); closed {
			return strings.TrimSuffix(bold, ":"), true
		}
	}
	return text, text != ""
}

// inSection fits the headings of sections of a kind.
func inSection(kind markdown.SectionKind) func(*document.Document, int) bool {
	return func(d *document.Document, heading int) bool {
		return slices.ContainsFunc(d.Body.Sections, func(s markdown.Section) bool { return s.Kind == kind && s.Heading == heading })
	}
}

// headed fits headings that begin with words, in whatever letter case.
func headed(words string) func(*document.Document, int) bool {
	return func(d *document.Document, heading int) bool {
		return strings.HasPrefix(strings.ToLower(d.Body.Headings[heading].Text), words)
	}
}
