package document

import (
	"regexp"
	"strings"
	"unicode"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// stated reads what the body says by one of the ways that a scan knows. A front
// matter that says what the kind wants to know is not completed from the text.
func (r reader) stated(from config.Origin, block frontmatter.Block) {
	if !r.scans(block) {
		return
	}
	var list []frontmatter.Entry
	for _, st := range r.scan.found {
		if st.from == from && r.takes(st) {
			list = append(list, st.Entry)
		}
	}
	r.from = from
	r.entries(list)
}

// scans makes the scan of the body, unless nothing is wanted from it.
func (r reader) scans(block frontmatter.Block) bool {
	d := r.document
	if r.scan != nil {
		return true
	}
	if d.Kind.Open {
		return false
	}
	if block.Present && (!d.Kind.Stated || d.Status.Text != "") {
		if _, day := d.Dated(); !day.IsZero() || len(d.Kind.Day) == 0 {
			return false
		}
	}
	r.scan = scanBody(d.Kind, d.File.Data, block.Body)
	return true
}

// takes reports whether a statement that was found in the text counts: its field
// is not stated, and a text that refers to documents names one.
func (r reader) takes(st statement) bool {
	k := r.document.Kind
	f := k.Field(st.Key)
	if f == nil {
		f = k.Fallback(st.Key)
	}
	if _, stated := r.document.Values.Of(f.Name); stated {
		return false
	}
	switch f.Type {
	case config.References:
		return strings.ContainsAny(st.Value.Text, "0123456789") || strings.Contains(st.Value.Text, "](") || strings.Contains(st.Value.Text, "://")
	case config.URL, config.Links:
		return strings.Contains(st.Value.Text, "://") || st.Value.Kind == frontmatter.List
	case config.Word:
		return len(f.Values) == 0 || known(f.Values, st.Value.Text)
	case config.Number, config.Duration, config.Flag, config.Zone:
		return len(st.Value.Text) < 40 && !strings.Contains(strings.TrimSpace(st.Value.Text), "  ")
	}
	return true
}

// sidecar reads the YAML file beside the document.
func (r reader) sidecar(files []*source.File) {
	for _, f := range files {
		r.from, r.file = config.FromSidecar, f
		m, problems := frontmatter.DecodeFile(f)
		r.document.Problems = append(r.document.Problems, problems...)
		var list []frontmatter.Entry
		for _, e := range m.Entries {
			known := r.document.Kind.Field(e.Key)
			if known == nil {
				known = r.document.Kind.Fallback(e.Key)
			}
			if known == nil || known.Name == "kind" {
				continue
			}
			if _, stated := r.document.Values.Of(known.Name); !stated {
				list = append(list, e)
			}
		}
		r.entries(list)
	}
}

// fileDay takes the day in the path of the file for the kind's field when
// nothing else states one that can be read, and compares the two when the file's name begins with
// it.
func (r reader) fileDay() {
	d := r.document
	f := d.Kind.Field(d.Kind.FileDay)
	if f == nil || d.Index {
		return
	}
	day, _ := splitDay(d.ID)
	stated, ok := d.Values.Of(f.Name)
	if !ok || stated.Items[0].Day().IsZero() {
		if day.IsZero() {
			day = pathDay(&d.Kind.Dates, d.File.Path)
		}
		if !day.IsZero() {
			d.Values.set(Value{Field: f, From: config.FromPath, Items: []Item{{Text: day.String(), Wall: wallOf(day)}}})
		}
		return
	}
	said := stated.Items[0].Day()
	// Only a day on which something happens must agree: a record's date is
	// when it was last changed.
	if f.Type == config.Time && !day.IsZero() && !said.IsZero() && said != day {
		p := r.problem(stated.Span, "file-name-disagrees", f.Name, "%s is %s but the file name says %s", f.Name, said, day)
		*p = p.WithHint("rename the file, or mend %s", f.Name)
	}
}

// pathDay is the day in a path by the first spelling that fits.
func pathDay(rule *config.DateRule, path string) date.Date {
	if !strings.ContainsFunc(path, unicode.IsDigit) {
		return date.Date{}
	}
	path = strings.TrimSuffix(path, path[strings.LastIndexByte(path, '.'):])
	for _, p := range rule.Path {
		if day, ok := p.Find(path); ok {
			return day
		}
	}
	return date.Date{}
}

var yearInPath = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)(?:\D|$)`)

// textDay takes the first day in the lines above the first section for a kind
// that is dated by when it takes place, and in the title for others. A day that
// lacks its year has that of the path.
func (r reader) textDay() {
	d := r.document
	f := d.Kind.Field(d.Kind.FileDay)
	if f == nil || r.scan == nil {
		return
	}
	if v, stated := d.Values.Of(f.Name); stated && !v.Items[0].Day().IsZero() {
		return
	}
	year := 0
	if m := yearInPath.FindStringSubmatch(d.File.Path); m != nil {
		for _, c := range m[1] {
			year = year*10 + int(c-'0')
		}
	}
	for i, line := range r.scan.head {
		if i > 0 && f.Type != config.Time {
			return
		}
		found, ok := date.Find(string(d.File.Data[line.Start:line.End]), year)
		if !ok {
			continue
		}
		at := source.Span{Start: found.Start, End: found.End}.Shift(line.Start)
		r.setDay(f, found.First, at)
		if end := d.Kind.Field("end"); end != nil && found.Last != found.First {
			r.setDay(end, found.Last, at)
		}
		return
	}
}

func (r reader) setDay(f *config.Field, day date.Date, at source.Span) {
	text := string(r.document.File.Data[at.Start:at.End])
	r.document.Values.set(Value{Field: f, From: config.FromText, Span: at, Items: []Item{{Text: text, Wall: wallOf(day), Span: at}}})
}

func wallOf(day date.Date) date.Wall { return date.Wall{Date: day} }
