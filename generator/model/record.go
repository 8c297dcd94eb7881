package model

import (
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// A Record is a document in the site.
type Record struct {
	Path      string           `json:"path"` // of the source; names the record
	URL       string           `json:"url"`  // of the page
	Kind      string           `json:"kind"`
	ID        string           `json:"id"`                  // the file's name without its extension, unique within the kind
	DisplayID string           `json:"displayId,omitempty"` // such as P-7
	Title     string           `json:"title"`
	Status    string           `json:"status,omitempty"`    // as written
	State     string           `json:"state,omitempty"`     // name of the status that it has on the day; none: not stated, or unknown
	Phase     string           `json:"phase,omitempty"`     // of State
	Day       string           `json:"day,omitempty"`       // that dates it
	Summary   string           `json:"summary,omitempty"`   // as stated, else how the text begins
	Fields    map[string]Field `json:"fields,omitempty"`    // by name, as in the front matter
	Relations []Relation       `json:"relations,omitempty"` // to other records, from either side
	Topics    []string         `json:"topics,omitempty"`    // names
	Outcome   *Outcome         `json:"outcome,omitempty"`   // of what was decided
	Successor string           `json:"successor,omitempty"` // path of the record that replaces it
	Questions *Questions       `json:"questions,omitempty"`
	Survey    string           `json:"survey,omitempty"` // open, closed (and its result is not stated) or result
	Series    *Series          `json:"series,omitempty"`
	Links     []Link           `json:"links,omitempty"`   // of the text, in its order
	Created   string           `json:"created,omitempty"` // the day that git has the file from
	Changed   string           `json:"changed,omitempty"` // the day that git has its last change from
	Found     map[string]Found `json:"found,omitempty"`   // by field; only where it is asked for, not in model.json
}

// A Relation is a connection of records that a front matter states.
type Relation struct {
	Label    string `json:"label"`              // in the words of the site: Replaced by
	Field    string `json:"field,omitempty"`    // that states it: supersedes
	Inverse  bool   `json:"inverse,omitempty"`  // the other record's front matter has the field
	Path     string `json:"path,omitempty"`     // of the other record
	Fragment string `json:"fragment,omitempty"` // the part of it that is meant
	URL      string `json:"url,omitempty"`      // in place of Path: an address outside
	Text     string `json:"text,omitempty"`     // in place of Path: as written, and not found
}

// An Outcome is what was decided, as far as it is written anywhere.
type Outcome struct {
	Text    string        `json:"text,omitempty"` // one sentence
	On      string        `json:"on,omitempty"`
	By      []NamedPerson `json:"by,omitempty"`
	Record  string        `json:"record,omitempty"`  // path of the record of the decision
	Meeting string        `json:"meeting,omitempty"` // path of the meeting that decided
	Note    string        `json:"note,omitempty"`    // path#anchor of the decision in its notes
	Why     string        `json:"why,omitempty"`
}

// Questions are how many questions a record asks.
type Questions struct {
	Open int `json:"open"`
	All  int `json:"all"`
}

// A Series is the place of a record in its series.
type Series struct {
	Name     string `json:"name"`
	Previous string `json:"previous,omitempty"` // path
	Next     string `json:"next,omitempty"`     // path
}

// A Link is a link or an image in a text. It leads to a record, or to an
// address, or nowhere.
type Link struct {
	Text     string `json:"text,omitempty"`     // of the link, or in place of the image
	Image    bool   `json:"image,omitempty"`    // is shown where it stands
	Path     string `json:"path,omitempty"`     // of the record
	Fragment string `json:"fragment,omitempty"` // id on the record's page
	URL      string `json:"url,omitempty"`      // of a file, of a page that no document makes, or outside
	Broken   string `json:"broken,omitempty"`   // as written, where nothing is there
}

// Record is the object of a record.
func (m Model) Record(r *site.Record) Record {
	_, day := r.Dated()
	o := Record{
		Path: r.File.Path, URL: address(r.URL, ""), Kind: r.Kind.Name,
		ID: r.ID, DisplayID: r.Text("id"), Title: r.Title,
		Status: r.Status.Text, Phase: string(r.Phase()), Day: day.String(), Summary: r.Text("summary"),
		Fields: m.fields(r), Relations: m.relations(r),
		Topics:  mapped(r.Topics, func(t *site.Topic) string { return t.Name }),
		Outcome: outcome(r.Outcome), Successor: pathOf(r.Successor),
		Questions: questions(r), Survey: string(m.site.Survey(r)), Series: series(r),
		Links: m.links(r), Created: r.Past.Created.String(), Changed: r.Past.Changed.String(),
	}
	if m.found {
		o.Found = found(r)
	}
	if r.State != nil {
		o.State = r.State.Name
	}
	if o.Summary == "" {
		o.Summary = r.Body.Summary
	}
	return o
}

func (m Model) relations(r *site.Record) []Relation {
	var list []Relation
	for _, rel := range r.Relations {
		o := Relation{Label: rel.Label, Path: pathOf(rel.To), Fragment: rel.Fragment}
		o.Field, o.Inverse = stating(r, rel)
		switch {
		case rel.To != nil:
		case rel.Outside == "":
			o.Text = rel.Text
		case m.outside(rel.Outside):
			o.URL = rel.Outside
		default:
			continue
		}
		list = append(list, o)
	}
	return list
}

// stating is the field that states a relation, and whether it is the other
// record's.
func stating(r *site.Record, rel site.Relation) (field string, inverse bool) {
	if rel.Stated {
		return rel.Field.Name, false
	}
	for _, back := range rel.To.Relations {
		if back.To != r || !back.Stated {
			continue
		}
		if back.Field.Inverse == rel.Label || rel.Field != nil && back.Field.Opposite == rel.Field.Name {
			return back.Field.Name, true
		}
	}
	return "", true
}

func outcome(o *site.Outcome) *Outcome {
	if o == nil {
		return nil
	}
	out := &Outcome{Text: o.Text, On: o.On.String(), By: named(o.By), Record: pathOf(o.Record), Meeting: pathOf(o.Meeting), Why: o.Why}
	if o.Note != nil {
		out.Note = ref(o.Note)
	}
	return out
}

func questions(r *site.Record) *Questions {
	open, all := r.Questions()
	if all == 0 {
		return nil
	}
	return &Questions{open, all}
}

func series(r *site.Record) *Series {
	name := r.Text("series")
	if name == "" {
		return nil
	}
	return &Series{name, pathOf(r.Previous), pathOf(r.Next)}
}

func (m Model) links(r *site.Record) []Link {
	if len(r.Targets) == 0 {
		return nil
	}
	list := make([]Link, 0, len(r.Targets))
	for i := range r.Targets {
		ref, t := &r.Body.References[i], &r.Targets[i]
		l := Link{Text: ref.Text, Image: ref.Form == markdown.Embed}
		switch {
		case t.Kind == site.Broken:
			l.Broken = ref.Destination
		case t.Kind == site.Plain:
			continue
		case t.Kind == site.External && !m.outside(t.URL):
			continue
		case t.Kind == site.External:
			l.URL = t.URL
		case t.Record != nil && (t.URL == "" || t.URL == t.Record.URL):
			l.Path, l.Fragment = t.Record.File.Path, t.Fragment
		default:
			l.URL = address(t.URL, t.Fragment)
		}
		list = append(list, l)
	}
	return list
}
