// Package model is the linked site as data for other programs: what model.json
// holds, and what the command list prints as JSON.
//
// # What stays within a schema version
//
// The member "schema" is [Schema]. Within one version members are added, and so
// are kinds of notes, states, types of fields and codes of problems; a reader
// passes over what it does not know. No member is renamed or taken away, none
// changes its type or meaning, and what is text, a number, true or a list stays
// that. Anything else is another version.
//
// # How it is written
//
// Names are lowerCamel. A member that has nothing to say is left out: no text,
// zero, false, an empty list. The nine members of a [File] are always there.
// Days are ISO 8601 days; an instant is in UTC and ends with Z. The path of a
// source file counts from the content folder and names a record; "path#anchor"
// names a note, cut at the last "#". An address is relative to the folder of
// model.json, in percent forms, unless it has a scheme.
//
// Everything stands in the order of the linked site, so that one site has one
// model, byte for byte; each element of a list is a line, for a short diff.
//
// # What is never in it
//
// The names and handles of hidden persons; the handle, the links and whatever
// else is known of a person of whom only initials are shown, because a handle
// tells the name; links that write a mail, which pages may have; and the HTML of
// bodies. Text that people wrote stands as it does on the page, where the site's
// words for such persons are in place of their names.
package model

import (
	"iter"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/site"
)

// Schema is the version of what model.json holds. See the package comment for
// when it grows.
const Schema = 1

// A File is the whole of model.json, for whoever reads it. It is not written
// from one: see [Write].
type File struct {
	Schema   int       `json:"schema"`
	Site     Site      `json:"site"`
	Kinds    []Kind    `json:"kinds"`
	Records  []Record  `json:"records"`  // by path
	Notes    []Note    `json:"notes"`    // by path, then in the order of the text
	People   []Person  `json:"people"`   // by handle
	Topics   []Topic   `json:"topics"`   // by name
	Events   []Event   `json:"events"`   // by start, those without one last
	Problems []Problem `json:"problems"` // by path and place
}

// A Site says what the model is of.
type Site struct {
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	Language    string `json:"language"`          // BCP 47
	TimeZone    string `json:"timeZone"`          // IANA name, of times that name none
	Today       string `json:"today"`             // the day that states and overdue go by
	BaseURL     string `json:"baseUrl,omitempty"` // absolute, ends with "/"
}

// A Kind is a kind of document.
type Kind struct {
	Name     string      `json:"name"`
	Label    string      `json:"label"`         // of one: Proposal
	Plural   string      `json:"plural"`        // of several: Proposals
	URL      string      `json:"url,omitempty"` // of its index page
	Statuses []Status    `json:"statuses,omitempty"`
	Fields   []KindField `json:"fields,omitempty"`
}

// A Status is a status of a kind.
type Status struct {
	Name  string `json:"name"`
	Label string `json:"label"` // in the words of the site
	Phase string `json:"phase"` // draft, open, decided or ended
}

// A KindField says what a field of a kind is.
type KindField struct {
	Name  string `json:"name"`
	Type  string `json:"type"` // says which member of a Field has its value
	Label string `json:"label,omitempty"`
}

// A Problem is something that is wrong with a source file.
type Problem struct {
	Code     string `json:"code"`
	Severity string `json:"severity"` // warning or error; remarks are not published
	Path     string `json:"path"`
	Line     int    `json:"line,omitempty"`   // 1-based; none: the file as a whole
	Column   int    `json:"column,omitempty"` // 1-based, in characters
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"` // the way out
}

// A Model makes the objects of a site's model, each when it is asked for: ten
// thousand documents are never in memory twice.
type Model struct {
	site     *site.Site
	problems diag.List
	found    bool // records tell where their fields were found
}

// Of is the model of a site. The paths of the problems count from the content
// folder, and their order is kept.
func Of(s *site.Site, problems diag.List) Model { return Model{site: s, problems: problems} }

// Site says what the model is of.
func (m Model) Site() Site {
	c := m.site.Config
	return Site{
		Title: m.site.Title(), Description: c.Description, Language: c.Language,
		TimeZone: c.ZoneName, Today: m.site.Today.String(), BaseURL: c.BaseURL,
	}
}

// Kinds are all kinds, in the order of the configuration.
func (m Model) Kinds() iter.Seq[Kind] { return each(m.site.Config.Kinds, m.kind) }

// Records are all records, by path.
func (m Model) Records() iter.Seq[Record] { return each(m.site.Records, m.Record) }

// Notes are the notes of all records, by path and in the order of the text.
func (m Model) Notes() iter.Seq[Note] {
	return func(yield func(Note) bool) {
		for _, r := range m.site.Records {
			for _, n := range r.Notes {
				if !yield(m.Note(n)) {
					return
				}
			}
		}
	}
}

// People are the persons and groups that may be shown, by handle.
func (m Model) People() iter.Seq[Person] {
	return func(yield func(Person) bool) {
		for _, p := range m.site.People {
			if p.Public != config.Hidden && !yield(m.Person(p)) {
				return
			}
		}
	}
}

// Topics are all topics, by name.
func (m Model) Topics() iter.Seq[Topic] { return each(m.site.Topics, m.Topic) }

// Events are the records of events as a chain, by start.
func (m Model) Events() iter.Seq[Event] { return each(m.eventRecords(), m.event) }

// Problems are the problems of the whole build.
func (m Model) Problems() iter.Seq[Problem] { return each(m.problems, problem) }

// each makes an object of each element of a list.
func each[From, To any](list []From, object func(From) To) iter.Seq[To] {
	return func(yield func(To) bool) {
		for _, one := range list {
			if !yield(object(one)) {
				return
			}
		}
	}
}

func (m Model) kind(k *config.Kind) Kind {
	kind := Kind{Name: k.Name, Label: k.Label, Plural: k.Plural}
	if url := site.Index(k); url != "" && (len(m.site.OfKind(k)) > 0 || m.site.IntroOf(url) != nil) {
		kind.URL = address(url, "")
	}
	for _, s := range k.Statuses {
		kind.Statuses = append(kind.Statuses, Status{s.Name, s.Label, string(s.Phase)})
	}
	for _, f := range k.Fields {
		if inFields(f) {
			kind.Fields = append(kind.Fields, KindField{f.Name, string(f.Type), f.Label})
		}
	}
	return kind
}

func problem(d diag.Diagnostic) Problem {
	return Problem{
		Code: d.Code, Severity: d.Severity.String(), Path: d.Path,
		Line: d.Start.Line, Column: d.Start.Column, Message: d.Message, Hint: d.Hint,
	}
}
