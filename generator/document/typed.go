package document

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/markdown"
)

// typed reads an item as its field's type says and reports what cannot be read.
// The text stays, so that a page shows what was written.
func (r reader) typed(f *config.Field, item *Item) {
	switch f.Type {
	case config.Date, config.Time:
		r.time(f, item)
	case config.Duration:
		d, err := date.ParseDuration(item.Text)
		if err != nil {
			r.unreadable(f, *item, err)
		}
		item.N = int(d.Minutes())
	case config.Number:
		n, err := strconv.Atoi(item.Text)
		if err != nil {
			r.badValue(f, *item, "a whole number", "write digits only")
		}
		item.N = n
	case config.Flag:
		if !known([]string{"true", "false", "yes", "no"}, item.Text) {
			r.badValue(f, *item, "true or false", "write true or false")
		}
	case config.Tongue:
		if !config.IsLanguage(item.Text) {
			r.badValue(f, *item, "a language tag", "write it like en, de, ar or pt-BR")
		}
	case config.Zone:
		r.zone(f, *item)
	case config.Word:
		r.word(f, *item)
	case config.URL:
		r.address(f, item)
	case config.Links:
		item.Label, item.Text = cutLabel(item.Text)
		r.address(f, item)
	case config.People:
		written := item.Text
		if item.Label, item.Text = cutPerson(written); item.Text == "" {
			r.badValue(f, Item{Text: written, Span: item.Span}, "a person", "write a handle, or a name with a handle: Anna Example <anna>")
		}
	}
}

func (r reader) badValue(f *config.Field, item Item, what, hint string) {
	p := r.problem(item.Span, "bad-value", f.Name, "%s %q is not %s", f.Name, clip(item.Text), what)
	*p = p.WithHint("%s", hint)
}

// time reads a day or a local time. A date field takes a time too, whose day
// counts: MADR tools write both.
func (r reader) time(f *config.Field, item *Item) {
	day, err := date.Parse(item.Text)
	if err == nil {
		item.Wall = wallOf(day)
		return
	}
	wall, wallErr := date.ParseWall(item.Text)
	if f.Type == config.Date {
		wall = wallOf(wall.Date)
	} else {
		err = wallErr
	}
	if wallErr == nil {
		item.Wall = wall
		return
	}
	if wall.IsZero() {
		if day := r.day(item.Text); !day.IsZero() {
			item.Wall = wallOf(day)
			return
		}
	}
	item.Wall = wall // as far as it could be read
	r.unreadable(f, *item, err)
}

// longestDay is how long a text may be that is taken for a day with remarks.
const longestDay = 120

// day reads a day as people write it: without doubt, by a spelling of the site's
// own, or with words around it. Of several days in a text the first counts.
func (r reader) day(text string) date.Date {
	if day, err := date.ParseLenient(text); err == nil {
		return day
	}
	for _, p := range r.document.Kind.Dates.Text {
		if day, ok := p.Find(text); ok {
			return day
		}
	}
	if found, ok := date.Find(text, 0); ok && len(text) < longestDay {
		return found.First
	}
	return date.Date{}
}

// unreadable reports what package date says of a value.
func (r reader) unreadable(f *config.Field, item Item, err error) {
	p := r.problem(item.Span, "bad-value", f.Name, "%s %s", f.Name, err)
	var e *date.Error
	if errors.As(err, &e) && e.Hint != "" {
		*p = p.WithHint("%s", e.Hint)
	}
}

func (r reader) zone(f *config.Field, item Item) {
	if _, err := date.LoadZone(item.Text); err == nil {
		return
	}
	p := r.problem(item.Span, "unknown-time-zone", f.Name, "%q is not an IANA zone", clip(item.Text))
	*p = p.WithHint("%s", date.ZoneHint(item.Text))
}

func (r reader) word(f *config.Field, item Item) {
	if len(f.Values) == 0 || known(f.Values, item.Text) {
		return
	}
	hint := "the words are " + strings.Join(f.Values, ", ")
	if near := diag.Nearest(item.Text, f.Values); near != "" {
		hint = "did you mean " + strconv.Quote(near) + "?"
	}
	r.badValue(f, item, "one of the words for it", hint)
}

// address reads an address that may be written as a link, or in angle brackets.
func (r reader) address(f *config.Field, item *Item) {
	item.Text = strings.Trim(item.Text, " \u200b\u2060\ufeff") // what does not show comes with copying
	if label, address, ok := cutLink(item.Text); ok {
		item.Text = address
		if item.Label == "" && label != address {
			item.Label = label
		}
	}
	if inner := strings.Trim(item.Text, "<>"); len(inner) == len(item.Text)-2 {
		item.Text = inner
	}
	r.url(f, *item)
}

// url reads an address with a scheme. RFC 3986, section 3.1.
func (r reader) url(f *config.Field, item Item) {
	u, err := url.Parse(item.Text)
	switch {
	case err != nil || u.Scheme == "":
		r.badValue(f, item, "an address", "write it in full, like https://example.org/page or mailto:list@example.org")
	case !markdown.SchemeAllowed(item.Text, r.config.LinkSchemes):
		p := r.problem(item.Span, "unsafe-link", f.Name, "%s has the scheme %q, which is not allowed", f.Name, u.Scheme)
		*p = p.WithHint("use https, http or mailto, or list the scheme in link-schemes of %s", config.FileName)
	}
}

// cutLabel splits "pitch: https://…" into the label and the address.
func cutLabel(text string) (label, address string) {
	i := strings.Index(text, ": ")
	if i < 0 || strings.Contains(text[:i], "://") {
		return "", text
	}
	return strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+1:])
}

// cutPerson splits the ways to write a person into name and handle: anna,
// @anna, "Anna Example <anna>", "Anna Example (@anna)", "[Anna](https://…)". The
// handle is that of the page of a person on the repository's host, too. A mail
// address is left out: addresses are never shown. Without a handle the name
// stands for it.
func cutPerson(text string) (name, handle string) {
	name = strings.Trim(text, " \t*_`")
	if label, address, linked := cutLink(name); linked {
		if handle = markdown.Profile(address); strings.HasPrefix(label, "@") {
			return "", label[1:]
		}
		name = label
	}
	for _, pair := range []string{"<>", "()"} {
		open := strings.LastIndexByte(name, pair[0])
		end := strings.LastIndexByte(name, pair[1])
		if open < 0 || end < open {
			continue
		}
		inner := strings.TrimSpace(name[open+1 : end])
		before := strings.TrimSpace(name[:open])
		profile := markdown.Profile(strings.Trim(inner, "<>"))
		switch {
		case strings.HasPrefix(inner, "@"):
			handle = strings.TrimRight(inner[1:], " ,")
		case profile != "":
			handle = profile
		case before == "": // nothing but an address
			before = inner
		case pair == "<>" && !strings.ContainsAny(inner, "@:/ "):
			handle = inner
		case pair == "()" && !strings.ContainsAny(inner, "@:/"):
			continue // a remark that belongs to the name
		}
		name = before
	}
	if strings.HasPrefix(name, "[") {
		name, _, _ = strings.Cut(name[1:], "]")
	}
	if before, after, found := strings.Cut(name, " @"); found && handle == "" && before != "" && !strings.ContainsAny(after, " @.") {
		name, handle = strings.TrimRight(before, " /,-"), after
	}
	if handle == "" && strings.HasPrefix(name, "@") {
		handle = strings.TrimSpace(name[1:])
		name = ""
	}
	if handle == "" && strings.Contains(name, "@") { // a bare mail address
		name, _, _ = strings.Cut(name, "@")
	}
	if handle == "" {
		return "", name
	}
	return name, handle
}

// wallTimes sets the zone of the document and reports wall times that its clocks
// skip or show twice.
func (r reader) wallTimes() {
	d := r.document
	d.Zone, d.ZoneName = r.config.Zone, r.config.ZoneName
	if name := d.Text("timezone"); name != "" {
		if zone, err := date.LoadZone(name); err == nil {
			d.Zone, d.ZoneName = zone, name
		}
	}
	for _, f := range d.Kind.OfType(config.Time) {
		for _, item := range d.Items(f.Name) {
			r.wallTime(f, item)
		}
	}
}

func (r reader) wallTime(f *config.Field, item Item) {
	if !item.Wall.HasTime {
		return
	}
	zone := r.document.ZoneName
	switch _, kind := item.Wall.In(r.document.Zone); kind {
	case date.Gap:
		p := r.problem(item.Span, "impossible-wall-time", f.Name, "%s does not exist in %s: the clocks skip it", item.Text, zone)
		*p = p.WithHint("write a time before or after the change of the clocks")
	case date.Fold:
		p := r.problem(item.Span, "impossible-wall-time", f.Name, "%s comes twice in %s; the first is taken", item.Text, zone)
		p.Severity = diag.Warning
		*p = p.WithHint("write the time in UTC, with timezone: UTC")
	}
}
