package edit

import (
	"bytes"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/document"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// A front is the front matter of one file, or what stands for it.
type front struct {
	file    *source.File
	kind    *config.Kind
	block   frontmatter.Block
	mapping *frontmatter.Mapping
	lines   document.Values // what the body says for fields, as in "* Status: accepted"
	newline string
}

// front reads the front matter of a file as edited so far. One that is not
// read whole is not edited: what is asked for might stand in it already.
func (e *Editor) front(path string) (*front, error) {
	d := e.parser.Head(source.NewFile(path, e.data(path)))
	f := &front{file: d.File, kind: d.Kind, newline: newline(d.File.Data), mapping: &frontmatter.Mapping{}}
	block, problems := frontmatter.Split(d.File)
	f.block = block
	if f.block.Present {
		m, more := frontmatter.Decode(d.File, f.block.YAML)
		f.mapping, problems = m, append(problems, more...)
	}
	for _, v := range d.Values {
		if f.inBody(v) {
			f.lines = append(f.lines, v)
		}
	}
	if len(problems) > 0 {
		problems[0].Path = e.named(path)
		return nil, refuse("mend that first", "the front matter cannot be edited: %s", problems[0].String())
	}
	return f, nil
}

// entry is what the front matter says for a field: under the field's own name,
// else under the first other spelling.
func (f *front) entry(field string) (frontmatter.Entry, bool) {
	var found frontmatter.Entry
	ok := false
	for _, e := range f.mapping.Entries {
		named := f.kind.Field(e.Key)
		switch {
		case named == nil && e.Key != field, named != nil && named.Name != field:
		case config.NormalKey(e.Key) == field:
			return e, true
		case !ok:
			found, ok = e, true
		}
	}
	return found, ok
}

// Set makes a file say values for a field; none takes the field out. The file
// is changed where the field stands. A field that is not there comes where the
// order of the kind's fields has it.
//
// What a file beside it says for the field is not changed, but refused.
func (e *Editor) Set(path, field string, values ...string) error {
	if r := e.Site.Record(path); r != nil && r.In(field) != r.File {
		return refuse("change it there", "%s says the %s of %s", e.named(r.In(field).Path), field, e.named(path))
	}
	f, err := e.front(path)
	if err != nil {
		return err
	}
	if e.says(f, field, values) {
		return nil
	}
	for _, edited := range [][]byte{f.set(field, values), f.withBlock(field, values)} {
		e.put(path, edited)
		if after, err := e.front(path); err == nil && e.says(after, field, values) && f.keptBy(after, field) {
			return nil
		}
	}
	e.put(path, f.file.Data)
	return refuse("edit the file by hand", "%s cannot be set in %s", field, e.named(path))
}

// says reports whether a front matter says just these values for a field.
func (e *Editor) says(f *front, field string, values []string) bool {
	if _, inLine := f.lines.Of(field); inLine && len(values) > 1 {
		values = []string{strings.Join(values, ", ")}
	}
	return slices.Equal(f.texts(field), values)
}

// texts are what the front matter says for a field, as text.
func (f *front) texts(field string) []string {
	if entry, ok := f.entry(field); ok {
		return texts(entry.Value)
	}
	if v, ok := f.lines.Of(field); ok {
		return []string{string(f.file.Data[v.Span.Start:v.Span.End])}
	}
	return nil
}

func texts(v frontmatter.Value) []string {
	switch v.Kind {
	case frontmatter.Scalar:
		return []string{v.Text}
	case frontmatter.List:
		var list []string
		for _, item := range v.Items {
			list = append(list, texts(item)...)
		}
		return list
	case frontmatter.Map:
		return []string{v.Raw}
	}
	return nil
}

func (f *front) isList(field string) bool {
	known := f.kind.Field(field)
	return known != nil && known.Type.IsList()
}

func (f *front) set(field string, values []string) []byte {
	if entry, ok := f.entry(field); ok {
		if len(values) == 0 {
			return apply(f.file.Data, splice{f.linesOf(entry), ""})
		}
		return apply(f.file.Data, f.replaced(entry, field, values))
	}
	if v, ok := f.lines.Of(field); ok {
		return apply(f.file.Data, f.replacedLine(v, values))
	}
	if len(values) == 0 {
		return f.file.Data
	}
	return apply(f.file.Data, f.added(field, values))
}

// linesOf are the lines of a key and its value.
func (f *front) linesOf(e frontmatter.Entry) source.Span {
	end := max(e.KeySpan.End, e.Value.Span.End)
	return source.Span{Start: lineStart(f.file.Data, e.KeySpan.Start), End: lineEnd(f.file.Data, end)}
}

// replaced puts other values in the place of those of a key, quoted and laid
// out as they were.
func (f *front) replaced(e frontmatter.Entry, field string, values []string) splice {
	v, data := e.Value, f.file.Data
	if v.Kind == frontmatter.List {
		q := plain
		if len(v.Items) > 0 {
			q = quoteOf(v.Items[0].Raw)
		}
		if strings.HasPrefix(v.Raw, "[") {
			items := make([]string, len(values))
			for i, t := range values {
				items[i] = inList(t, q)
			}
			return splice{v.Span, "[" + strings.Join(items, ", ") + "]"}
		}
		indent := string(data[lineStart(data, v.Span.Start):v.Span.Start])
		items := make([]string, len(values))
		for i, t := range values {
			items[i] = "- " + scalar(t, q)
		}
		return splice{v.Span, strings.Join(items, f.newline+indent)}
	}
	text := f.rendered(field, values, quoteOf(v.Raw))
	if v.Kind == frontmatter.Null && v.Span.Start == v.Span.End || bytes.HasPrefix(data[v.Span.Start:], []byte("|")) || bytes.HasPrefix(data[v.Span.Start:], []byte(">")) {
		return f.behindColon(e, text)
	}
	return splice{v.Span, text}
}

// behindColon puts a value on the line of its key, in place of none and of what
// stands in lines below.
func (f *front) behindColon(e frontmatter.Entry, text string) splice {
	data := f.file.Data
	colon := e.KeySpan.End + bytes.IndexByte(data[e.KeySpan.End:], ':') + 1
	end := max(colon, e.Value.Span.End)
	if e.Value.Kind == frontmatter.Null {
		end = colon
		if colon < len(data) && data[colon] == ' ' && colon+1 < len(data) && !isLineEnd(data[colon+1]) {
			return splice{source.Span{Start: colon, End: colon}, " " + text} // a comment follows
		}
		for end < len(data) && (data[end] == ' ' || data[end] == '\t') {
			end++
		}
	}
	return splice{source.Span{Start: colon, End: end}, " " + text}
}

func isLineEnd(b byte) bool { return b == '\r' || b == '\n' }

// rendered is the value of a key on one line.
func (f *front) rendered(field string, values []string, q quote) string {
	if f.isList(field) && (len(values) != 1 || !f.single(field, values[0])) {
		return flowList(values)
	}
	return scalar(values[0], q)
}

// single reports whether one value of a list may stand without brackets: a
// field that refers to one thing is mostly written so.
func (f *front) single(field, value string) bool {
	known := f.kind.Field(field)
	return known.Type == config.References && singleReferences[field] && !strings.Contains(value, ",")
}

// singleReferences are fields that mostly name one document, and are written
// without brackets then.
var singleReferences = map[string]bool{
	"decided-in": true, "proposal": true, "decision": true, "event": true, "for-event": true, "part-of": true, "approved-at": true,
}

// added is a key that was not there.
func (f *front) added(field string, values []string) splice {
	line := field + ": " + f.rendered(field, values, plain)
	switch {
	case f.block.Present:
		at := f.place(field)
		return splice{source.Span{Start: at, End: at}, line + f.newline}
	case f.lastLine() >= 0:
		return f.addedLine(field, values)
	}
	return f.newBlock(line)
}

// withBlock is the text with a front matter that has one key, for a body whose
// lines of metadata cannot hold it. It is the text itself where there is a front
// matter.
func (f *front) withBlock(field string, values []string) []byte {
	if _, inLine := f.lines.Of(field); inLine || f.block.Present || len(values) == 0 {
		return f.file.Data
	}
	return apply(f.file.Data, f.newBlock(field+": "+f.rendered(field, values, plain)))
}

// newBlock is a front matter of one line.
func (f *front) newBlock(line string) splice {
	at := f.block.Body.Start
	return splice{source.Span{Start: at, End: at}, "---" + f.newline + line + f.newline + "---" + f.newline + f.newline}
}

// place is where a key belongs that is not there: behind the key that comes
// last among those before it in the order of the kind.
func (f *front) place(field string) int {
	order, at := rank(f.kind, field), f.block.YAML.Start
	best := -1
	for _, e := range f.mapping.Entries {
		if r := rank(f.kind, e.Key); r <= order && r >= best {
			best, at = r, f.linesOf(e).End
		}
	}
	return at
}

// Add adds values to a list, those that it has not. The rest of the list stays
// as it is written.
func (e *Editor) Add(path, field string, values ...string) error {
	for _, value := range values {
		f, err := e.front(path)
		if err != nil {
			return err
		}
		has := f.items(field)
		if slices.Contains(has, value) {
			continue
		}
		want := append(has, value)
		e.put(path, f.append(field, value))
		after, err := e.front(path)
		if err == nil && slices.Equal(after.items(field), want) {
			continue
		}
		e.put(path, f.file.Data)
		if err := e.Set(path, field, want...); err != nil {
			return err
		}
	}
	return nil
}

// items are the values of a list, of which "a, b" has two.
func (f *front) items(field string) []string {
	all := f.texts(field)
	if known := f.kind.Field(field); len(all) != 1 || known != nil && known.Type == config.Links {
		return all
	}
	var list []string
	for _, one := range strings.Split(all[0], ",") {
		if one = strings.TrimSpace(one); one != "" {
			list = append(list, one)
		}
	}
	return list
}

// append is the text with one more item in a list.
func (f *front) append(field, value string) []byte {
	data := f.file.Data
	e, ok := f.entry(field)
	if v, inLine := f.lines.Of(field); inLine && !ok {
		return apply(data, splice{source.Span{Start: v.Span.End, End: v.Span.End}, ", " + value})
	}
	if !ok || e.Value.Kind == frontmatter.Null {
		return f.set(field, []string{value})
	}
	v := e.Value
	if v.Kind == frontmatter.Scalar {
		if v.Plain && isPlain("k: ", v.Text+", "+value, "") {
			return apply(data, splice{source.Span{Start: v.Span.End, End: v.Span.End}, ", " + value})
		}
		return f.set(field, append(f.items(field), value))
	}
	if len(v.Items) == 0 {
		return f.set(field, []string{value})
	}
	last := v.Items[len(v.Items)-1]
	at := source.Span{Start: last.Span.End, End: last.Span.End}
	if strings.HasPrefix(v.Raw, "[") {
		return apply(data, splice{at, ", " + inList(value, quoteOf(last.Raw))})
	}
	indent := string(data[lineStart(data, v.Span.Start):v.Span.Start])
	end := lineEnd(data, last.Span.End)
	return apply(data, splice{source.Span{Start: end, End: end}, indent + "- " + scalar(value, quoteOf(last.Raw)) + f.newline})
}
