package edit

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/document"
	"minutebook/generator/frontmatter"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// A Draft says what a new document is to be.
type Draft struct {
	Kind   *config.Kind
	Title  string         // may be empty where a series or a proposal tells it
	Day    date.Date      // zero: today, or the next day of the series
	File   string         // path in the content folder; "" by the convention of the kind
	Values Values         // that the front matter is to have
	Series string         // of a meeting; "" for none
	Agenda []*site.Record // of a meeting; nil: what waits for a decision of the series' group
	From   *site.Record   // the proposal that a decision is about; nil for none
}

// New adds a document that starts from its kind's template and returns its path.
func (e *Editor) New(d Draft) (string, error) {
	var m *meeting
	if d.Kind.Name == "meeting" {
		m = e.meeting(&d)
	}
	if d.From != nil {
		d.Title = cmp.Or(d.Title, d.From.Title)
	}
	if d.Day.IsZero() {
		d.Day = e.Site.Today
	}
	if d.Title == "" {
		return "", refuse("", "a %s needs a title", strings.ToLower(d.Kind.Label))
	}
	p, err := e.pathFor(d, m)
	if err != nil {
		return "", err
	}
	text, own := e.template(d.Kind, p)
	if !own && m != nil && m.hasNotes() {
		text = frontOnly(text) + m.notes(path.Dir(p))
	}
	e.changed[p] = &Change{Path: p, After: []byte(e.likeOthers(d.Kind, text, own))}
	if !own {
		d.Values = append(slices.Clip(d.Values), e.ours(p, d)...)
	}
	if err := e.fillIn(p, d); err != nil {
		return "", err
	}
	if own && m != nil {
		e.addReview(p, m)
	}
	if d.From != nil {
		err = e.about(p, d)
	}
	return p, err
}

// pathFor is the path of a new document, where nothing is yet.
func (e *Editor) pathFor(d Draft, m *meeting) (string, error) {
	p := d.File
	if p == "" {
		dir := e.folderOf(d.Kind, d.Day)
		title := d.Title
		if m != nil && d.Series != "" {
			title = d.Series
		}
		if d.From != nil && title == d.From.Title && !numbered.MatchString(d.From.ID) {
			title = d.From.ID
		}
		name := e.conventionOf(d.Kind, dir).name(title, d.Day)
		if name == "" || source.IsIndex(name+".md") {
			return "", refuse("give it with --file", "no name for a file can be made of %q", d.Title)
		}
		p = path.Join(dir, name+".md")
	}
	if !source.IsMarkdown(p) || source.IsIndex(p) {
		return "", refuse("", "%s is not the name of a document; it ends with .md and is not that of a folder's index", p)
	}
	return p, e.free(p, "")
}

// template is what a new document starts from: the template that the site has
// among the kind's files, else the one that the program brings. Own is whether
// it is the site's.
func (e *Editor) template(k *config.Kind, p string) (text string, own bool) {
	best := ""
	for _, f := range e.Content.Files() {
		base := strings.ToLower(path.Base(f.Path))
		if !source.IsMarkdown(f.Path) || !strings.Contains(base, "template") || !document.IsTemplate(f.Path) || !wouldBe(e.Site.Config, k, f.Path) || f.Path == p {
			continue
		}
		if nearer := path.Dir(f.Path) == path.Dir(p); best == "" || nearer && path.Dir(best) != path.Dir(p) {
			best = f.Path
		}
	}
	if best != "" {
		return strings.TrimPrefix(string(e.Content.File(best).Data), "\uFEFF"), true
	}
	return k.Template(e.Site.Today), false
}

// wouldBe reports whether a template of a folder is one for a kind: any other
// file beside it is of that kind.
func wouldBe(c *config.Config, k *config.Kind, template string) bool {
	dir := path.Dir(template)
	return !k.Open && (c.KindOf(path.Join(dir, "x.md")) == k || c.KindOf(path.Join(dir, "0001-x.md")) == k)
}

// ours are the values that take the place of what a template of ours has for an
// example, where the site tells better.
func (e *Editor) ours(p string, d Draft) Values {
	var values Values
	add := func(field string, texts ...string) {
		if _, given := d.Values.of(field); !given && d.Kind.Field(field) != nil {
			values = append(values, Value{field, texts})
		}
	}
	if d.Kind.Name == "meeting" {
		if d.Series == "" {
			add("series")
		}
		add("timezone", e.Site.Config.ZoneName)
	}
	doc := e.document(p)
	for _, name := range slices.Sorted(maps.Keys(d.Kind.Defaults)) {
		if v, stated := doc.Values.Of(name); stated && !v.KeySpan.IsZero() {
			add(name, splitCommas(d.Kind.Defaults[name])...)
		}
	}
	return values
}

// likeOthers is a template of ours with the line endings that the kind's
// documents have.
func (e *Editor) likeOthers(k *config.Kind, text string, own bool) string {
	records := e.Site.OfKind(k)
	if own || len(records) == 0 {
		return text
	}
	return withNewlines(text, newline(records[len(records)-1].File.Data))
}

// frontOnly is a template up to its body.
func frontOnly(text string) string {
	block, _ := frontmatter.Split(source.NewFile("", []byte(text)))
	return strings.TrimRight(text[:block.Body.Start], "\n") + "\n\n"
}

// fillIn puts what is known into a new document.
func (e *Editor) fillIn(p string, d Draft) error {
	if e.Site.Config.KindOf(p) != d.Kind {
		if err := e.Set(p, "kind", d.Kind.Name); err != nil {
			return err
		}
	}
	if err := e.placeholders(p, d); err != nil {
		return err
	}
	if err := e.setTitle(p, d.Title); err != nil {
		return err
	}
	if err := e.setDay(p, d); err != nil {
		return err
	}
	return e.setAll(p, d.Values)
}

// placeholders takes out the values of a template that only say what belongs
// there, such as {list everyone involved}.
func (e *Editor) placeholders(p string, d Draft) error {
	f, err := e.front(p)
	if err != nil {
		return err
	}
	for _, entry := range f.mapping.Entries {
		text := strings.TrimSpace(entry.Value.Text)
		if entry.Value.Kind == frontmatter.Map {
			text = entry.Value.Raw
		}
		field := d.Kind.Field(entry.Key)
		if field == nil || !strings.HasPrefix(text, "{") || !strings.HasSuffix(text, "}") {
			continue
		}
		var values []string
		if field.Type == config.StatusWord && len(d.Kind.Statuses) > 0 {
			values = []string{d.Kind.Statuses[0].Name}
		}
		if err := e.Set(p, field.Name, values...); err != nil {
			return err
		}
	}
	return nil
}

// setTitle gives a new document its title: in the front matter when the template
// has it there or has no heading, else in the heading.
func (e *Editor) setTitle(p, title string) error {
	doc := e.document(p)
	_, stated := doc.Values.Of("title")
	if stated || len(doc.Body.Headings) == 0 || doc.Body.Headings[0].Level != 1 {
		return e.Set(p, "title", title)
	}
	before := e.data(p)
	for _, text := range []string{title, inline(title)} {
		e.put(p, apply(before, splice{doc.Body.Headings[0].Span, text}))
		if e.document(p).Title == title {
			return nil
		}
	}
	e.put(p, before)
	return e.Set(p, "title", title)
}

// inline is a text within Markdown that shows as it reads.
func inline(text string) string {
	return entity.ReplaceAllString(markers.Replace(strings.Join(strings.Fields(text), " ")), `\$0`)
}

var (
	markers = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "[", `\[`, "]", `\]`, "<", `\<`, "~~", `\~~`)
	entity  = regexp.MustCompile(`&#?\w+;`)
)

// setDay dates a new document. The time of a template stays; what ends on the
// day it begins is moved with it.
func (e *Editor) setDay(p string, d Draft) error {
	name := d.Kind.FileDay
	if d.Kind.Field(name) == nil && len(d.Kind.Day) > 0 {
		name = d.Kind.Day[0]
	}
	f := d.Kind.Field(name)
	if f == nil {
		return nil
	}
	doc := e.document(p)
	day := d.Day.String()
	if w := doc.Wall(f.Name); f.Type == config.Time && w.HasTime {
		w.Date = d.Day
		day = w.String()
	}
	if _, given := d.Values.of(f.Name); !given {
		if err := e.Set(p, f.Name, day); err != nil {
			return err
		}
	}
	if end := doc.Day("end"); !end.IsZero() && f.Name == "start" && (end == doc.Day("start") || end.Before(d.Day)) {
		return e.Set(p, "end", d.Day.String())
	}
	return nil
}

// replaceSection puts a text below the heading that fits, in place of what is
// there up to the next one. It reports whether there is such a heading.
func (e *Editor) replaceSection(p string, fits func(*document.Document, int) bool, text string) bool {
	doc := e.document(p)
	data := doc.File.Data
	for i, h := range doc.Body.Headings {
		if !fits(doc, i) {
			continue
		}
		start, end := lineEnd(data, h.Span.End), len(data)
		if i+1 < len(doc.Body.Headings) {
			end = lineStart(data, doc.Body.Headings[i+1].Span.Start)
		}
		tail := ""
		if end < len(data) {
			tail = "\n"
		}
		e.put(p, apply(data, splice{source.Span{Start: start, End: max(start, end)}, withNewlines("\n"+text+"\n"+tail, newline(data))}))
		return true
	}
	return false
}
