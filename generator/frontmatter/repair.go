package frontmatter

import (
	"regexp"
	"strings"
)

// repair keeps a value that YAML refuses as the text that was written, and says
// what is wrong with it. The part is trimmed and not empty; err is what the
// library said.
func (d *decoder) repair(p part, err error) Value {
	switch first := d.text[p.start]; {
	case first == '[':
		return d.repairList(p, err)
	case first == '"' || first == '\'':
		return d.repairQuoted(p)
	case strings.IndexByte("@`%*&!|>{}],", first) >= 0:
		d.cannotStart(d.firstLine(p), "")
	case strings.HasPrefix(d.in(p), "- "), strings.HasPrefix(d.in(p), "? "):
		d.cannotStart(d.firstLine(p), "")
	default:
		return d.repairPlain(p, err)
	}
	return d.rawScalar(p)
}

// rawScalar is a value as the text that was written: all lines, or the first
// one when those below it look like keys of their own.
func (d *decoder) rawScalar(p part) Value {
	first := d.firstLine(p)
	rest := part{first.end, p.end}
	for line := range d.linesOf(rest) {
		if d.ownKey(line).Text != "" {
			p = first
			break
		}
	}
	v := Value{Plain: true}
	if p == first {
		p = d.withoutComment(p)
	}
	v.Text = foldLines(d.in(p))
	d.place(&v, p)
	return v
}

// withoutComment is a line's value without the comment that ends it.
func (d *decoder) withoutComment(p part) part {
	if i := commentIndex(d.in(p)); i > 0 {
		return d.trim(part{p.start, p.start + i})
	}
	return p
}

// commentIndex is the offset of the first # that begins a comment: one that a
// blank stands before.
func commentIndex(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i] == '#' && isBlank(text[i-1]) {
			return i
		}
	}
	return -1
}

// foldLines is a text over several lines as one line.
func foldLines(text string) string {
	if !strings.ContainsAny(text, "\r\n") {
		return text
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, " ")
}

// repairPlain explains a plain value that YAML refuses: for a colon or a comment
// within it.
func (d *decoder) repairPlain(p part, err error) Value {
	v := d.rawScalar(p)
	if i := colonIndex(d.in(p)); i >= 0 {
		at := part{p.start + i, p.start + i + 1}
		d.report(d.at(at, "needs-quotes", `a ":" inside %s must be quoted`, d.name()).
			WithHint("%s", d.writeAs(quote(v.Text))))
	} else if i := commentIndex(d.in(p)); i >= 0 {
		at := part{p.start + i, p.start + i + 1}
		d.report(d.at(at, "needs-quotes", `" #" begins a comment, so the next line cannot continue the value`).
			WithHint("put the whole value in quotes, or the comment on a line of its own"))
	} else {
		d.unexplained(err, p)
	}
	return v
}

// colonIndex is the offset of the first colon that YAML takes for the end of a
// key: one before a blank or the end of a line.
func colonIndex(text string) int {
	for i := 0; i < len(text); i++ {
		if text[i] == ':' && (i+1 == len(text) || isBlank(text[i+1])) {
			return i
		}
	}
	return -1
}

// repairQuoted explains a quoted value that YAML refuses: a quote that is never
// closed, text behind it, or an escape that YAML does not know.
func (d *decoder) repairQuoted(p part) Value {
	first := d.firstLine(p)
	mark := d.text[p.start : p.start+1]
	end, closed := d.quoteEnd(p.start, p.end)
	if !closed || end > first.end {
		d.report(d.at(part{p.start, p.start + 1}, "front-matter-syntax", "the quote %s that begins here is never closed", mark).
			WithHint("add a %s at the end of the value", mark))
		v := Value{Text: d.text[p.start+1 : first.end]}
		d.place(&v, first)
		return v
	}
	rest := d.trim(part{end, first.end})
	if inner := d.in(first); inner[len(inner)-1] == mark[0] && rest.start < rest.end {
		return d.innerQuote(first, rest)
	}
	if rest.start < rest.end && d.text[rest.start] != '#' {
		d.report(d.at(rest, "needs-quotes", "text follows the closing quote of %s", d.name()).
			WithHint("%s", d.writeAs(quote(d.in(first)))))
		return d.rawScalar(first)
	}
	v := Value{Text: d.text[p.start+1 : end-1]}
	d.place(&v, part{p.start, end})
	if i := badEscape(v.Text); mark == `"` && i >= 0 {
		at := p.start + 1 + i
		d.report(d.at(part{at, at + 2}, "front-matter-syntax", `%s is not an escape that YAML has`, d.text[at:at+2]).
			WithHint("%s", d.writeAs(quote(v.Text))))
		return v
	}
	d.report(d.at(d.firstContentAfter(p, end), "front-matter-syntax", "this line does not continue the quoted value above it").
		WithHint("remove it, or move it inside the quotes"))
	return v
}

// innerQuote keeps what stands between the outer quotes of a value that has the
// same quote within it.
func (d *decoder) innerQuote(p, rest part) Value {
	v := Value{Text: d.text[p.start+1 : p.end-1]}
	d.place(&v, p)
	d.report(d.at(part{rest.start - 1, rest.start}, "needs-quotes", "a quote within the quotes of %s ends it too early", d.name()).
		WithHint("%s", d.writeAs(quote(v.Text))))
	return v
}

// firstContentAfter is the rest of p behind an offset, trimmed to one line.
func (d *decoder) firstContentAfter(p part, at int) part {
	rest := d.trimContent(part{at, p.end})
	if rest.start >= rest.end {
		return part{p.start, at}
	}
	return d.firstLine(rest)
}

// badEscape is the offset of the first backslash in a double-quoted text that
// begins no escape (section 5.7).
func badEscape(text string) int {
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		if !strings.ContainsRune("0abt\tnvfre \"/\\N_LPxuU\r\n", rune(text[i+1])) {
			return i
		}
		i++
	}
	return -1
}

// repairList reads a list in brackets item by item.
func (d *decoder) repairList(p part, err error) Value {
	items, end, closed := d.splitItems(p)
	if rest := d.firstLine(part{end, p.end}); closed && rest.start < rest.end && d.text[rest.start] != '#' {
		d.report(d.at(rest, "needs-quotes", `text follows the closing "]" of %s`, d.name()).
			WithHint("%s", d.writeAs(quote(d.in(d.firstLine(p))))))
		return d.rawScalar(p)
	}
	found := d.found
	if !closed {
		d.report(d.at(part{p.start, p.start + 1}, "front-matter-syntax", `the "[" that begins here is never closed`).
			WithHint(`add a "]" after the last item`))
	}
	v := Value{Kind: List}
	var refused []part
	for _, item := range items {
		if n, err := d.load(item); err == nil && n != nil {
			v.Items = append(v.Items, reading{d, item}.value(n, 0))
			continue
		}
		refused = append(refused, item)
		text := Value{Text: foldLines(d.in(item)), Plain: true}
		d.place(&text, item)
		v.Items = append(v.Items, text)
	}
	d.place(&v, part{p.start, end})
	if len(refused) > 0 {
		d.cannotStart(refused[0], d.quotedItems(items))
	}
	if d.found == found {
		d.unexplained(err, p)
	}
	return v
}

// splitItems cuts a list in brackets at its commas. Brackets and quotes within
// items are respected; an unclosed list ends with its first line.
func (d *decoder) splitItems(p part) (items []part, end int, closed bool) {
	depth, from := 1, p.start+1
	add := func(to int) {
		if item := d.trimContent(part{from, to}); item.start < item.end {
			items = append(items, item)
		}
		from = to + 1
	}
	for i := p.start + 1; i < p.end; i++ {
		switch b := d.text[i]; b {
		case '"', '\'':
			if strings.TrimSpace(d.text[from:i]) == "" {
				if after, ok := d.quoteEnd(i, p.end); ok {
					i = after - 1
				}
			}
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				add(i)
				return items, i + 1, true
			}
		case ',':
			if depth == 1 {
				add(i)
			}
		}
	}
	first := d.withoutComment(d.firstLine(p))
	kept := items[:0]
	for _, item := range append(items, d.trimContent(part{min(from, p.end), p.end})) {
		if item.end = min(item.end, first.end); item.start < item.end {
			kept = append(kept, item)
		}
	}
	return kept, first.end, false
}

// quotedItems is a list in brackets as it should be written.
func (d *decoder) quotedItems(items []part) string {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = d.in(item)
		if strings.IndexByte("@`%*&!|>", texts[i][0]) >= 0 || colonIndex(texts[i]) >= 0 {
			texts[i] = quote(texts[i])
		}
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// handle is a text like @anna, which may be written without the @.
var handle = regexp.MustCompile(`^@[A-Za-z0-9][\w.-]*$`)

// cannotStart reports a plain value that begins with what YAML has other uses
// for. Written is how the whole value should be written; empty: the part itself,
// in quotes.
func (d *decoder) cannotStart(p part, written string) {
	text := foldLines(d.in(p))
	_, mark := cutFirst(text)
	if i := colonIndex(text); i >= 0 && strings.IndexByte("@`%*&!|>{}],", text[0]) < 0 {
		d.report(d.at(part{p.start + i, p.start + i + 1}, "needs-quotes", `a ":" inside %s must be quoted`, d.name()).
			WithHint("%s", d.writeAs(written)))
		return
	}
	if written == "" {
		written = quote(text)
	}
	hint := d.writeAs(written)
	if handle.MatchString(text) {
		hint += " or " + strings.TrimPrefix(d.writeAs(bareHandles(written)), "write ")
	}
	d.report(d.at(p, "needs-quotes", "%q cannot start a plain value", mark).WithHint("%s", hint))
}
