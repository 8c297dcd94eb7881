package document

import (
	"regexp"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/source"
)

// code is the start of a file's name that is a code with a number, such as
// eip-20; number is one that begins with a number, such as 0012-title.
var (
	code   = regexp.MustCompile(`^([A-Za-z]{2,6})[-_ ]?(\d{1,5})(?:[-_. ]|$)`)
	number = regexp.MustCompile(`^(\d{1,5})(?:[-_. ]|$)`)
)

// pathID takes the display id from the path, when the document states none: by
// the kind's expressions, or else the number that the name of a numbered file
// begins with.
func (r reader) pathID() {
	d := r.document
	f := d.Kind.Field("id")
	if _, stated := d.Values.Of("id"); stated || f == nil || d.Index || d.Kind.Open {
		return
	}
	id := ""
	for _, re := range d.Kind.ID.Path {
		if m := re.FindStringSubmatch(d.File.Path); m != nil {
			id = m[min(1, len(m)-1)]
			break
		}
	}
	if day, _ := splitDay(d.ID); id == "" && d.Kind.Stated && day.IsZero() && len(d.Kind.ID.Path) == 0 {
		id = numberOf(d.ID, d.Kind.ID.Display != "")
	}
	if id != "" {
		d.Values.set(Value{Field: f, From: config.FromPath, Items: []Item{{Text: d.Kind.ID.Shown(id)}}})
	}
}

// numberOf is the identifier at the start of a file's name: EIP-20, 0012.
func numberOf(name string, bare bool) string {
	if m := number.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	m := code.FindStringSubmatch(name)
	switch {
	case m == nil:
		return ""
	case bare:
		return m[2]
	}
	return strings.ToUpper(m[1]) + "-" + m[2]
}

// plainKeys are the keys of ids that say nothing of what they number.
var plainKeys = map[string]bool{"id": true, "number": true, "proposal": true, "proposal-id": true}

// displayID shows the number that a document states as its kind has it: "eip:
// 20" is EIP-20. An identifier that is a link is its text.
func (r reader) displayID() {
	v, ok := r.document.Values.Of("id")
	if !ok || v.From == config.FromPath || v.From == config.FromDefault {
		return
	}
	text := v.Items[0].Text
	if label, _, linked := cutLink(text); linked {
		text = label
	}
	isNumber := text != "" && strings.Trim(text, "0123456789") == ""
	switch key := strings.TrimSuffix(r.idKey, "-number"); {
	case isNumber && r.document.Kind.ID.Display != "":
		text = r.document.Kind.ID.Shown(text)
	case isNumber && !plainKeys[key] && !plainKeys[r.idKey]:
		text = strings.ToUpper(key) + "-" + text
	}
	v.Items = []Item{{Text: text, Span: v.Items[0].Span}}
	r.document.Values.set(v)
}

// cutLink splits a Markdown link into its text and its address.
func cutLink(text string) (label, address string, ok bool) {
	text = strings.TrimSpace(text)
	open := strings.Index(text, "](")
	if !strings.HasPrefix(text, "[") || open < 0 {
		return "", "", false
	}
	end := strings.IndexByte(text[open:], ')')
	if end < 0 {
		return "", "", false
	}
	return text[1:open], strings.Trim(text[open+2:open+end], "<> "), true
}

// title finds the title by the sources of the kind.
func (r reader) title() {
	d := r.document
	rule := &d.Kind.Title
	for _, from := range rule.Sources {
		if r.titleFrom(from) {
			break
		}
	}
	if d.Title == "" {
		r.titleFrom("name")
	}
	headings := d.Body.Headings
	if d.Body.Lead > 0 && (d.TitleFrom == config.FromHeadings && d.TitleSpan == headings[0].Span || d.saysTitle(headings[0].Text)) {
		d.Lead = d.Body.Lead
	}
	if d.TitleFrom != config.FromFrontMatter && d.TitleFrom != config.FromPath {
		d.Title = rule.Stripped(d.Title)
		if rest, ok := d.unnumbered(d.Title); ok {
			d.Title = rest
		}
	}
}

// saysTitle reports whether a heading is the title, perhaps with the document's
// number before it.
func (d *Document) saysTitle(heading string) bool {
	if rest, ok := d.unnumbered(heading); ok && strings.EqualFold(rest, strings.TrimSpace(d.Title)) {
		return true
	}
	return strings.EqualFold(strings.TrimSpace(d.Title), strings.TrimSpace(heading))
}

// numberedTitle is a title such as "ADR 12: Use queues" or "12. Use queues".
var numberedTitle = regexp.MustCompile(`^\[?(?:[A-Za-z]{2,6}[-_ #]*)?0*(\d+)\]?\s*[.:)\x{2013}\x{2014}-]+\s+(\S.*)$`)

// unnumbered is a title without the number that the document's display id has,
// which pages show beside it.
func (d *Document) unnumbered(title string) (string, bool) {
	m := numberedTitle.FindStringSubmatch(title)
	if m == nil {
		return "", false
	}
	id := d.Text("id")
	digits := strings.TrimLeft(id[len(strings.TrimRight(id, "0123456789")):], "0")
	return m[2], digits == m[1]
}

// titleFrom takes the title from one source, and reports whether it has one.
func (r reader) titleFrom(from string) bool {
	d := r.document
	set := func(title string, origin config.Origin, at source.Span) bool {
		d.Title, d.TitleFrom, d.TitleSpan = strings.TrimSpace(title), origin, at
		return d.Title != ""
	}
	switch from {
	case "field":
		v, ok := d.Values.Of("title")
		return ok && set(v.Items[0].Text, v.From, v.Items[0].Span)
	case "heading":
		for _, h := range d.Body.Headings {
			if h.Level == 1 && h.Text != "" && (d.Kind.Open || !d.Kind.Title.IsGeneric(d.Kind.Title.Stripped(h.Text))) {
				return set(h.Text, config.FromHeadings, h.Span)
			}
		}
	case "line":
		if r.scan != nil && r.scan.title.Key != "" && !d.Kind.SaysNothing(r.scan.title.Value.Text) {
			return set(plainText(r.scan.title.Value.Text), r.scan.title.from, r.scan.title.Value.Span)
		}
	case "section":
		if h := d.Body.Headings; len(h) > 0 && h[0].Level > 1 && r.leads(h[0].Span) && !r.isSection(0) {
			return set(h[0].Text, config.FromSection, h[0].Span)
		}
	case "name":
		return r.titleFromName()
	}
	return false
}

// leads reports whether nothing but a front matter, comments and marks stands
// before a heading.
func (r reader) leads(heading source.Span) bool {
	return !r.document.Kind.Open && r.scan != nil && (len(r.scan.head) == 0 || r.scan.head[0].Start > heading.Start)
}

// isSection reports whether a heading is one of notes, or a general word.
func (r reader) isSection(heading int) bool {
	d := r.document
	for _, s := range d.Body.Sections {
		if s.Heading == heading {
			return true
		}
	}
	text := d.Body.Headings[heading].Text
	_, _, key := cutKey([]byte(text))
	return text == "" || key || d.Kind.Title.IsGeneric(text) || d.Kind.IsSection(text)
}

// titleFromName makes a title of the file's name. One that is nothing but a day
// is called after what it is: by a general heading, the folder, or the kind.
func (r reader) titleFromName() bool {
	d := r.document
	d.Title, d.TitleFrom, d.TitleSpan = nameTitle(d.File.Path), config.FromPath, source.Span{}
	_, day := d.Dated()
	if day.IsZero() || d.Kind.Open || !onlyDay(d.ID) {
		if v, ok := d.Values.Of("id"); ok && v.From == config.FromPath {
			d.Title = withoutNumber(d.Title, d.ID)
		}
		return true
	}
	what := d.Kind.Label
	if h := d.Body.Headings; d.Body.Lead > 0 {
		what = h[0].Text
		d.TitleFrom, d.TitleSpan = config.FromHeadings, h[0].Span
	} else if folder := folderName(d.File.Path); folder != "" {
		what = capitalised(folder)
	}
	d.Title = what + ", " + day.String()
	return true
}

var dayWords = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\d+(?:st|nd|rd|th)?`)

// onlyDay reports whether a name has no words but those of a day.
func onlyDay(name string) bool {
	return !strings.ContainsFunc(dayWords.ReplaceAllString(name, ""), func(c rune) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c > 0x7f })
}

// folderName is the nearest folder that is called after what meets there.
func folderName(path string) string {
	parts := strings.Split(path, "/")
	for i := len(parts) - 2; i >= 0; i-- {
		low := strings.ToLower(parts[i])
		if onlyDay(low) || strings.Contains(low, "meeting") || low == "minutes" || low == "notes" || low == "docs" {
			continue
		}
		return strings.Join(strings.FieldsFunc(parts[i], func(c rune) bool { return c == '-' || c == '_' }), " ")
	}
	return ""
}

// withoutNumber is the title of a numbered file without its number: "0012 use x"
// is "Use x".
func withoutNumber(title, name string) string {
	m := number.FindStringSubmatch(name)
	if m == nil {
		return title
	}
	if rest := strings.TrimLeft(strings.TrimPrefix(title, m[1]), " -_."); rest != "" {
		return capitalised(rest)
	}
	return title
}

// plainText is the text of a line without the marks of links, code and emphasis.
func plainText(text string) string {
	if label, _, ok := cutLink(text); ok {
		text = label
	}
	return strings.Trim(strings.ReplaceAll(text, "`", ""), "*_ ")
}
