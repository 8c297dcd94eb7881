package emit

import (
	"strconv"
	"strings"

	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/words"
)

// glance says on the page of a record how it stands, in a few words: its questions
// and its survey.
func (b *Builder) glance(r *site.Record) []layout.Link {
	list := b.stands(r)
	if r.SurveyURL != "" && r.Kind.Field("decision-makers") != nil {
		list = append(list, layout.Link{Text: b.T("Its figures (.csv)"), Href: href(r.URL, r.SurveyURL)})
	}
	return list
}

// stands is glance without the way to figures: where there is no room for them.
func (b *Builder) stands(r *site.Record) []layout.Link {
	if r.Kind.Field("decision-makers") == nil {
		return nil
	}
	var list []layout.Link
	if open, all := r.Questions(); all > 0 {
		list = append(list, layout.Link{Text: b.openOf(open, all), Href: sectionHref(r, markdown.OpenQuestions)})
	}
	if text := b.surveyText(r); text != "" {
		to := r.Text("survey-url")
		if b.Site.Survey(r) != site.SurveyOpen || !markdown.SchemeAllowed(to, nil) {
			to = sectionHref(r, markdown.Survey)
		}
		list = append(list, layout.Link{Text: text, Href: to})
	}
	return list
}

// sectionHref leads to a section of the record's own page; "" when there is none.
func sectionHref(r *site.Record, kind markdown.SectionKind) string {
	for _, s := range r.Body.Sections {
		if s.Kind == kind {
			return "#" + r.Body.Headings[s.Heading].ID
		}
	}
	return ""
}

// openOf says how many questions are open.
func (b *Builder) openOf(open, all int) string {
	if open == 0 {
		return b.T("No question is open")
	}
	return b.N(all, "{open} of {n} question open", "{open} of {n} questions open", strconv.Itoa(open))
}

func (b *Builder) surveyText(r *site.Record) string {
	closes := b.day(r.Day("survey-closes"))
	switch b.Site.Survey(r) {
	case site.SurveyOpen:
		if closes == nil {
			return b.T("A survey is open")
		}
		return b.T("Survey open until {day} ({relative})", closes.Short, closes.Relative)
	case site.SurveyClosed:
		return b.T("Survey closed on {day}, result not stated", closes.Short)
	case site.SurveyResult:
		if n := r.Items("survey-responses"); len(n) > 0 && n[0].N > 0 {
			return b.N(n[0].N, "Survey with {n} answer", "Survey with {n} answers")
		}
		return b.T("Survey with a result")
	}
	return ""
}

func (b *Builder) asked(r *site.Record) []layout.Asked {
	var list []layout.Asked
	for _, a := range r.Asked() {
		one := layout.Asked{Who: personLink(r.URL, a.Person)}
		if a.Answer != nil {
			one.Answer = &layout.Link{Text: b.T("answered"), Href: noteHref(r.URL, a.Answer)}
		}
		list = append(list, one)
	}
	return list
}

// outcome is what was decided of a record.
func (b *Builder) outcome(r *site.Record) *layout.Outcome {
	o := r.Outcome
	if o == nil || o.Text == "" && o.Record == nil && o.Meeting == nil {
		return nil
	}
	out := &layout.Outcome{Text: o.Text, Day: b.day(o.On), By: personLinks(r.URL, o.By), Record: b.optionalDoc(r.URL, o.Record), Why: o.Why}
	switch {
	case o.Note != nil:
		out.Where = &layout.Link{Text: o.Note.Record.Title, Href: noteHref(r.URL, o.Note)}
	case o.Meeting != nil:
		out.Where = &layout.Link{Text: o.Meeting.Title, Href: href(r.URL, o.Meeting.URL)}
	}
	if out.Text == "" && out.Record != nil {
		out.Text = out.Record.Title
	}
	return out
}

// momentWords say what happened, before the name of the record it happened in.
var momentWords = map[site.MomentKind]words.Key{
	site.Proposed: "Proposed", site.Discussed: "Discussed in", site.SurveyCloses: "Survey closes", site.DueOn: "Decision due",
	site.DecidedAt: "Decided", site.ReplacedBy: "Replaced by", site.ReviewOn: "To be looked at again",
}

// timeline is what happened with a record and what is ahead; one moment alone is
// no story.
func (b *Builder) timeline(r *site.Record) []layout.Moment {
	if r.Kind.Field("decision-makers") == nil {
		return nil
	}
	moments := b.Site.Timeline(r)
	if len(moments) < 2 {
		return nil
	}
	list := make([]layout.Moment, len(moments))
	for i, m := range moments {
		row := layout.Moment{Day: *b.day(m.Day), Text: b.T(momentWords[m.What]), Doc: b.optionalDoc(r.URL, m.Record), Future: m.Day.After(b.Site.Today)}
		switch {
		case m.What == site.StatusSet:
			row.Text = b.Site.Label(m.Status)
		case m.What == site.SurveyCloses && !row.Future && m.Day != b.Site.Today:
			row.Text = b.T("Survey closed")
		case m.What == site.DecidedAt && m.Record != nil:
			row.Text = b.T("Decided in")
		case m.What == site.Discussed && row.Future:
			row.Text = b.T("On the agenda of")
		}
		list[i] = row
	}
	return list
}

// first is what stands before the text of a meeting: what was decided there and
// who does what, or what is carried over to one that is ahead.
func (b *Builder) first(r *site.Record) []layout.Group {
	if r.Kind.Name != "meeting" {
		return nil
	}
	var groups []layout.Group
	add := func(id, title string, notes []*site.Note) {
		if len(notes) > 0 {
			groups = append(groups, b.noteGroup(id, title, r.URL, notes, b.noteEntry))
		}
	}
	add("mb-decided", b.T("Decided here"), some(r.Notes, func(n *site.Note) bool { return n.Kind == markdown.Decision }))
	add("mb-actions", b.T("Actions from here"), some(r.Notes, func(n *site.Note) bool { return n.Kind == markdown.Action }))
	add("mb-carried", b.T("Carried over"), r.Carried)
	return groups
}

// eventLedgers are what was sent to an event, by topic, and what was heard there
// and goes on.
func (b *Builder) eventLedgers(r *site.Record) []layout.Group {
	if r.Kind.Name != "event" {
		return nil
	}
	var groups []layout.Group
	for _, g := range b.byTopic(r.URL, r.Incoming) {
		g.Title = b.T("Incoming: {topic}", g.Title)
		g.ID = strings.Replace(g.ID, "mb-topic", "mb-incoming", 1)
		groups = append(groups, g)
	}
	if heard := b.heardAt(r); len(heard) > 0 {
		groups = append(groups, b.noteGroup("mb-heard", b.T("Heard here"), r.URL, heard, b.feedbackEntry))
	}
	return groups
}
