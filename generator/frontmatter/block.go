package frontmatter

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"minutebook/generator/diag"
)

// A text that YAML refuses is taken apart along its indentation, and each part
// is read again alone. Parts overlap with no other at one level, and there are
// at most maxDepth levels, so the work stays linear in the bytes.

// mapping reads a part as a map: by the library where that works, key by key
// where it does not.
func (d *decoder) mapping(p part) []Entry {
	n, err := d.load(p)
	if n == nil && err == nil {
		return nil
	}
	if err == nil && n.Kind == yaml.MappingNode {
		return reading{d, p}.value(n, 0).Fields
	}
	found := d.found
	set := entrySet{decoder: d}
	for _, chunk := range d.chunks(p, false) {
		d.chunk(chunk, &set)
	}
	if d.found == found {
		d.unexplained(err, p)
	}
	return set.entries
}

// list reads a part as a block list, item by item.
func (d *decoder) list(p part) (items []Value) {
	defer func(outer int) { d.listAt = outer }(d.listAt)
	d.listAt = len(d.path) + 1
	for _, chunk := range d.chunks(p, true) {
		if d.isItem(chunk) {
			dash := chunk.start + d.indent(chunk)
			d.work[dash] = ' '
			items = append(items, d.block(part{dash + 1, chunk.end}, chunk.start))
			continue
		}
		d.report(d.at(d.firstLine(chunk), "front-matter-syntax", "this line is no item of the list that it stands in").
			WithHint(`begin it with "- ", or indent it further to continue the line above`))
	}
	return items
}

// block reads a part that stands behind a key or a dash: anything. The library
// reads it from lineStart on, so that indentation counts.
func (d *decoder) block(p part, lineStart int) Value {
	trimmed := d.trimContent(p)
	if trimmed.start >= trimmed.end {
		v := Value{Kind: Null}
		d.place(&v, part{p.start, p.start})
		return v
	}
	whole := part{lineStart, p.end}
	n, err := d.load(whole)
	if err == nil && n != nil {
		return reading{d, whole}.value(n, 0)
	}
	if d.depth++; d.depth > maxDepth || isDepth(err) {
		d.depth--
		d.reportDepth(trimmed)
		return Value{Kind: Null, Span: d.span(part{p.start, p.start})}
	}
	defer func() { d.depth-- }()
	v := Value{}
	switch first := d.firstContent(whole); {
	case d.isItem(first):
		v.Kind, v.Items = List, d.list(whole)
	case d.startsMap(first):
		v.Kind, v.Fields = Map, d.mapping(whole)
	default:
		return d.repair(trimmed, err)
	}
	d.place(&v, trimmed)
	return v
}

// chunks cuts a part at the lines that are indented no further than its first
// one. Items of a list may stand as far left as the key they belong to, when it
// has no other value, and so may closing brackets.
func (d *decoder) chunks(p part, list bool) (chunks []part) {
	indent := -1
	for line := range d.linesOf(p) {
		starts := false
		if d.isContent(line) {
			if indent < 0 {
				indent = d.indent(line)
			}
			starts = d.indent(line) <= indent
			if starts && len(chunks) > 0 && !list {
				starts = !d.isCloser(line) && !(d.isItem(line) && d.endsWithKey(chunks[len(chunks)-1]))
			}
		}
		if starts {
			chunks = append(chunks, line)
		} else if len(chunks) > 0 {
			chunks[len(chunks)-1].end = line.end
		}
	}
	return chunks
}

// isItem reports a line, or the line that a part begins with, that begins with a
// dash and a blank.
func (d *decoder) isItem(p part) bool {
	at := p.start + d.indent(p)
	return at < p.end && d.work[at] == '-' && (at+1 == p.end || isBlank(d.work[at+1]))
}

// endsWithKey reports a chunk whose first line is a key without a value.
func (d *decoder) endsWithKey(chunk part) bool {
	first := d.lineAt(chunk.start, chunk)
	_, colon, ok := d.key(d.unindented(first))
	value := d.trim(part{colon, first.end})
	return ok && (value.start >= value.end || d.text[value.start] == '#')
}

func (d *decoder) isCloser(line part) bool {
	text := strings.TrimLeft(d.in(line), " \t")
	return text[0] == ']' || text[0] == '}'
}

// startsMap reports a line that a map begins with: a plain or quoted key.
func (d *decoder) startsMap(line part) bool {
	_, _, ok := d.key(d.unindented(line))
	return ok
}

// unindented is a line without the blanks and dashes before its content.
func (d *decoder) unindented(line part) part {
	line.start += d.indent(line)
	return line
}

// firstContent is the first line of a part that has content.
func (d *decoder) firstContent(p part) part {
	for line := range d.linesOf(p) {
		if d.isContent(line) {
			return line
		}
	}
	return p
}

// trimContent is a part without the blanks and comment lines before its content
// and the blanks after it.
func (d *decoder) trimContent(p part) part {
	for line := range d.linesOf(p) {
		if d.isContent(line) {
			return d.trim(part{line.start, p.end})
		}
	}
	return part{p.end, p.end}
}

// chunk reads a part that should hold one key with its value.
func (d *decoder) chunk(p part, set *entrySet) {
	n, err := d.load(p)
	if err != nil && d.replaceTabs(p) {
		n, err = d.load(p)
	}
	if err == nil && n != nil && n.Kind == yaml.MappingNode {
		d.addAll(reading{d, p}.value(n, 0).Fields, set)
		return
	}
	first := d.unindented(d.firstContent(p))
	key, colon, ok := d.key(first)
	if !ok {
		d.notKey(first, set)
		return
	}
	rest := part{first.end, p.end}
	if d.indentedKey(part{colon, first.end}, rest) {
		d.chunk(part{p.start, first.end}, set)
		d.addAll(d.mapping(rest), set)
		return
	}
	e := Entry{Key: key.Text, KeySpan: key.Span}
	d.path = append(d.path, e.Key)
	e.Value = d.chunkValue(part{colon, p.end}, err)
	d.path = d.path[:len(d.path)-1]
	set.add(e)
}

// addAll moves entries that were read as a map of their own into another.
func (d *decoder) addAll(entries []Entry, set *entrySet) {
	for _, e := range entries {
		d.keys-- // it is counted again, in the map that it belongs to
		set.add(e)
	}
}

// ownKey is the key that a line begins with, where it is a single word: with more
// words it is rather a sentence with a colon in it.
func (d *decoder) ownKey(line part) Value {
	key, _, ok := d.key(d.unindented(line))
	if !ok || !singleWord.MatchString(key.Text) {
		return Value{}
	}
	return key
}

var singleWord = regexp.MustCompile(`^[\pL_][\pL\pN_-]*$`)

// indentedKey reports a key in the lines below a plain value: it was meant to be
// one of its own, for a value over lines cannot hold a colon.
func (d *decoder) indentedKey(value, rest part) bool {
	value = d.trim(value)
	if value.start >= value.end || strings.IndexByte("[{|>#", d.text[value.start]) >= 0 {
		return false
	}
	if first := d.text[value.start]; first == '"' || first == '\'' {
		if end, _ := d.quoteEnd(value.start, value.end); end != value.end {
			return false
		}
	}
	key := d.ownKey(d.firstContent(rest))
	if key.Text == "" {
		return false
	}
	d.report(diag.At(d.file, key.Span, "front-matter-syntax", "%s stands further to the right than the key above it", key.Text).
		WithHint("remove the blanks before %s, or quote the value above it if this belongs to it", key.Text).About(d.item(key.Text)))
	return true
}

// chunkValue reads what stands behind a key's colon.
func (d *decoder) chunkValue(p part, err error) Value {
	first := d.firstLine(p)
	if first.start >= first.end || d.text[first.start] == '#' {
		rest := d.lineAt(p.start, p).end
		if d.hasContent(part{rest, p.end}) {
			return d.block(part{rest, p.end}, rest)
		}
		v := Value{Kind: Null}
		d.place(&v, part{p.start, p.start})
		return v
	}
	if isDepth(err) {
		d.reportDepth(first)
		return Value{Kind: Null, Span: d.span(part{p.start, p.start})}
	}
	return d.repair(d.trim(p), err)
}

// replaceTabs replaces the tabs that a part's lines are indented with by spaces,
// one for one, reports the first, and tells whether there were any.
func (d *decoder) replaceTabs(p part) bool {
	found := false
	for line := range d.linesOf(p) {
		content := line.start + d.indent(line)
		for i := line.start; i < content; i++ {
			if d.work[i] != '\t' {
				continue
			}
			if !found {
				d.report(diag.At(d.file, d.span(part{i, i + 1}), "front-matter-syntax",
					"YAML does not allow tabs for indentation").WithHint("use spaces").About(d.item(d.firstKey(p))))
			}
			found, d.work[i] = true, ' '
		}
	}
	return found
}

// key reads a plain or quoted key at the start of a line, and the offset behind
// its colon, which a blank or the line's end must follow.
func (d *decoder) key(line part) (key Value, colon int, ok bool) {
	text := d.in(line)
	if text == "" {
		return key, 0, false
	}
	end := line.start
	if text[0] == '"' || text[0] == '\'' {
		if end, ok = d.quoteEnd(line.start, line.end); !ok {
			return key, 0, false
		}
		key.Text = text[1 : end-line.start-1]
	} else if strings.IndexByte("@`%*&!|>{}[],?-#:", text[0]) >= 0 {
		return key, 0, false
	}
	for i := end; i < line.end; i++ {
		if d.text[i] == ':' && (i+1 == len(d.text) || isBlank(d.text[i+1])) {
			if key.Text == "" {
				key.Text = strings.TrimRight(d.text[line.start:i], " \t")
				end = line.start + len(key.Text)
			}
			key.Span = d.span(part{line.start, end})
			return key, i + 1, key.Text != ""
		}
		if end > line.start && !isBlank(d.text[i]) {
			break
		}
	}
	return key, 0, false
}

// notKey reports a line that should be a key and is none; of title:Foo it keeps
// what was meant.
func (d *decoder) notKey(line part, set *entrySet) {
	p := d.trim(line)
	text := d.in(p)
	name, value, ok := strings.Cut(text, ":")
	if !ok || strings.ContainsAny(name, " \t\"'[{@<") || name == "" || strings.HasPrefix(value, "//") {
		d.report(d.at(p, "front-matter-syntax", "this line is neither a key nor the continuation of one").
			WithHint(`write "key: value", or indent it to continue the line above`))
		return
	}
	d.path = append(d.path, name)
	colon := p.start + len(name)
	d.report(d.at(part{colon, colon + 1}, "front-matter-syntax", "a space is missing after %q", name+":").
		WithHint("write %s: %s", name, value))
	e := Entry{Key: name, KeySpan: d.span(part{p.start, colon})}
	e.Value = Value{Text: value, Plain: true}
	d.place(&e.Value, part{colon + 1, p.end})
	d.path = d.path[:len(d.path)-1]
	set.add(e)
}

// firstKey is the key that a part begins with; empty when it begins with none.
func (d *decoder) firstKey(p part) string {
	key, _, _ := d.key(d.unindented(d.firstContent(p)))
	return key.Text
}
