// Package document reads one file as one document, alone: which kind it is,
// what its front matter says in the kind's fields, and its body. It knows
// nothing of other documents; what a reference leads to is for package site.
package document

import (
	"path"
	"strings"
	"time"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/frontmatter"
	"minutebook/generator/markdown"
	"minutebook/generator/source"
	"minutebook/generator/words"
)

// A Document is one parsed Markdown file. It never changes after it was parsed.
type Document struct {
	File    *source.File
	Sidecar *source.File // the YAML file beside it that belongs to it; nil when there is none
	Kind    *config.Kind
	Index   bool   // it introduces its folder: README.md or index.md of no kind of its own
	ID      string // the file's name without its extension, or that of the folder which it is
	Title   string // plain text, never empty
	Status  Status

	TitleFrom config.Origin // FromFrontMatter and the like; FromPath: the name of the file
	TitleSpan source.Span   // zero when the name of the file is the title

	// Zone is where its wall times are told: its own time zone, else the
	// site's.
	Zone     *time.Location
	ZoneName string

	Values Values // only what is stated or has a default
	Body   *markdown.Converted
	Notes  []Note // the items of Body, with what is read in them; none for plain pages

	Path  Path   // that of File
	Links []Link // by the index of Body.References
	Facts Facts

	// Direction is how the body runs, ltr or rtl, as its letters tell; "" when
	// they do not. A language that is stated says it better.
	Direction string

	// Survey is the table under the heading "Survey" of a document whose kind
	// has surveys, the head first; nil when there is none.
	Survey [][]string

	// Lead is how many bytes of the body's HTML are the heading that is the
	// title, which the page's own heading replaces. 0: the body has no such.
	Lead int

	Problems diag.List // of this file alone

	places places // of Values
}

// A Status is what a document says of its state.
type Status struct {
	Text  string         // as written; empty: not stated
	Known *config.Status // nil: the kind has no such status
	Span  source.Span
	File  *source.File // that Span is in; nil: the document's
}

// A Value is what a document says for one field.
type Value struct {
	Field   *config.Field
	From    config.Origin
	KeySpan source.Span // zero for a default and for what the file name says
	Span    source.Span
	Items   []Item       // one, or several for a list; never none
	File    *source.File // that the spans are in, when it is not the document's: a sidecar
}

// In is the file that a field's spans are in.
func (d *Document) In(field string) *source.File {
	if v := d.find(field); v != nil && v.File != nil {
		return v.File
	}
	return d.File
}

// IsFolder reports whether the document is a README or index file, whose page
// stands for its folder.
func (d *Document) IsFolder() bool { return d.Index || source.IsIndex(d.File.Path) }

// Values are what a document says, in the order in which it says it.
type Values []Value

// Of returns the value of a field, and whether there is one.
func (v Values) Of(field string) (Value, bool) {
	if found := v.find(field); found != nil {
		return *found, true
	}
	return Value{}, false
}

// find is Of without a copy.
func (v Values) find(field string) *Value {
	for i := range v {
		if v[i].Field.Name == field {
			return &v[i]
		}
	}
	return nil
}

// set adds a value, or replaces that of its field.
func (v *Values) set(value Value) {
	for i := range *v {
		if (*v)[i].Field == value.Field {
			(*v)[i] = value
			return
		}
	}
	*v = append(*v, value)
}

// An Item is one value of a field.
type Item struct {
	Text  string // as written; of a person the handle, or the name when there is no handle
	Label string // the name of a person, the label of a link; may be empty
	Span  source.Span
	Wall  date.Wall // of a date or time; zero when Text is not one
	N     int       // of a number, or of a duration in minutes
}

// Day is the day of a date or time; zero when there is none.
func (i Item) Day() date.Date { return i.Wall.Date }

// Text is the text of a field, empty when it is not stated. Items of a list are
// joined with commas.
func (d *Document) Text(field string) string {
	items := d.Items(field)
	if len(items) == 1 {
		return items[0].Text
	}
	texts := make([]string, len(items))
	for i := range items {
		texts[i] = items[i].Text
	}
	return strings.Join(texts, ", ")
}

// Items are the values of a field; none when it is not stated.
func (d *Document) Items(field string) []Item {
	if v := d.find(field); v != nil {
		return v.Items
	}
	return nil
}

// Day is the day of a date or time field; zero when it is not stated.
func (d *Document) Day(field string) date.Date { return d.wall(field).Date }

// Wall is the local time of a field; zero when it is not stated.
func (d *Document) Wall(field string) date.Wall { return d.wall(field) }

func (d *Document) wall(field string) date.Wall {
	if v := d.find(field); v != nil {
		return v.Items[0].Wall
	}
	return date.Wall{}
}

// Dated is the field that dates the document, and its day; both zero when
// nothing does.
func (d *Document) Dated() (field string, day date.Date) {
	for _, name := range d.Kind.Day {
		if day := d.Day(name); !day.IsZero() {
			return name, day
		}
	}
	return "", date.Date{}
}

// A Parser reads files under one configuration. It may be used by many
// goroutines.
type Parser struct {
	config   *config.Config
	markdown *markdown.Converter
}

// NewParser is a parser for a configuration, and the words that it puts into
// bodies.
func NewParser(c *config.Config, w *words.Words) *Parser {
	o := markdown.Options{HTML: markdown.Policy(c.HTML), Schemes: c.LinkSchemes, Headings: c.Headings, Words: w}
	for _, k := range c.Kinds {
		for _, before := range k.Mentions {
			o.Mentions = append(o.Mentions, markdown.MentionForm{Kind: k.Name, Before: before})
		}
	}
	return &Parser{config: c, markdown: markdown.New(o)}
}

// Parse reads one file, and its sidecar when it has one beside it. It always
// returns a document: what cannot be read is in its Problems.
func (p *Parser) Parse(f *source.File, sidecar ...*source.File) *Document {
	d, front, block := p.split(f, sidecar)
	if len(sidecar) > 0 {
		d.Sidecar = sidecar[0]
	}
	d.Body = p.markdown.Convert(f, block.Body)
	d.Direction = direction(f.Data[block.Body.Start:block.Body.End])
	d.Problems = append(d.Problems, d.Body.Problems...)
	r := p.values(d, front, block, sidecar)
	r.wallTimes()
	r.notes()
	r.survey()
	r.title()
	d.places.note(d.Values)
	d.gather()
	return d
}

// Status reads what one file says of its state, and nothing else.
func (p *Parser) Status(f *source.File) Status {
	d, front, block := p.split(f, nil)
	p.values(d, front, block, nil)
	return d.Status
}

// split begins a document with its kind, and finds its front matter.
func (p *Parser) split(f *source.File, sidecar []*source.File) (*Document, frontmatter.Mapping, frontmatter.Block) {
	block, problems := frontmatter.Split(f)
	d := &Document{File: f, Kind: p.config.KindOf(f.Path), ID: stem(f.Path), Problems: problems}
	if len(sidecar) > 0 {
		_, name := p.config.SidecarOf(f.Path, func(path string) bool { return path == sidecar[0].Path })
		d.Kind = p.config.KindWith(f.Path, name)
	}
	if folder := path.Dir(f.Path); source.IsIndex(f.Path) {
		d.Index = d.Kind == p.config.Page() || folder == "."
		if !d.Index {
			d.ID = path.Base(folder)
		}
	}
	var front frontmatter.Mapping
	if block.Present {
		m, problems := frontmatter.Decode(f, block.YAML)
		front = *m
		d.Problems = append(d.Problems, problems...)
	}
	if e, ok := front.Lookup("kind"); ok {
		p.override(d, e)
	}
	return d, front, block
}

// values reads the fields of a document from its sources, in their order.
func (p *Parser) values(d *Document, front frontmatter.Mapping, block frontmatter.Block, sidecar []*source.File) reader {
	r := reader{document: d, config: p.config, findings: &findings{}}
	for _, from := range d.Kind.Sources {
		switch from {
		case config.FromFrontMatter:
			r.entries(front.Entries)
		case config.FromSidecar:
			r.sidecar(sidecar)
		case config.FromPath:
			r.fileDay()
			r.pathID()
		case config.FromText:
			r.textDay()
		default:
			r.stated(from, block)
		}
	}
	r.displayID()
	r.defaults()
	return r
}

func stem(p string) string {
	base := path.Base(p)
	return strings.TrimSuffix(base, path.Ext(base))
}

// override gives a document the kind that it names itself.
func (p *Parser) override(d *Document, e frontmatter.Entry) {
	if k := p.config.Kind(e.Value.Text); k != nil {
		d.Kind = k
		return
	}
	var names []string
	for _, k := range p.config.Kinds {
		names = append(names, k.Name)
	}
	problem := diag.At(d.File, e.Value.Span, "bad-value", "%q is not a kind of document", e.Value.Text).About("kind").
		WithHint("the kinds are %s", strings.Join(names, ", "))
	d.Problems.Add(problem)
}
