package edit

import (
	"html"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/document"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// A rewrite is what a destination in a document becomes. It is given what stands
// in the file, in the brackets or quotes that it has there.
type rewrite func(raw string) string

// relink changes destinations of a document's links and images, given by the
// indexes of its references, wherever they are written: in the link, in a
// definition that it refers to, or in an HTML tag. It returns the references
// that are not as wanted afterwards.
//
// Where a destination stands is guessed from the text and proved by reading the
// result: the page must be the same but for where those links lead.
func (e *Editor) relink(p string, wanted map[int]rewrite) (left []int) {
	if len(wanted) == 0 {
		return nil
	}
	before := e.document(p)
	var tried []splice
	for i, change := range wanted {
		tried = append(tried, places(before, i, change)...)
	}
	tried = distinct(tried)
	all := apply(before.File.Data, tried...)
	if after := e.parser.Parse(source.NewFile(p, all)); e.proved(before, after, wanted) {
		e.put(p, all)
		return e.unchanged(before, after, wanted)
	}
	var kept []splice
	for _, s := range tried { // one of them is no link: find out which
		some := apply(before.File.Data, append(kept, s)...)
		if e.proved(before, e.parser.Parse(source.NewFile(p, some)), wanted) {
			kept = append(kept, s)
		}
	}
	some := apply(before.File.Data, kept...)
	e.put(p, some)
	return e.unchanged(before, e.parser.Parse(source.NewFile(p, some)), wanted)
}

// proved reports whether two readings of a document differ in nothing but where
// the wanted links lead.
func (e *Editor) proved(before, after *document.Document, wanted map[int]rewrite) bool {
	a, b := before.Body, after.Body
	if len(a.References) != len(b.References) || e.Site.Config.HTML != string(markdown.Unsafe) && a.Body.HTML != b.Body.HTML || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.References {
		was, is := a.References[i], b.References[i]
		if was.Destination != is.Destination && (wanted[i] == nil || decoded(wanted[i](was.Destination)) != is.Destination) || was.Title != is.Title {
			return false
		}
	}
	return true
}

// unchanged are the wanted references that lead where they did.
func (e *Editor) unchanged(before, after *document.Document, wanted map[int]rewrite) (left []int) {
	for i := range before.Body.References {
		was := before.Body.References[i].Destination
		if wanted[i] != nil && after.Body.References[i].Destination == was && decoded(wanted[i](was)) != was {
			left = append(left, i)
		}
	}
	return left
}

// distinct leaves out what overlaps with another one: a definition is found for
// each link that refers to it.
func distinct(list []splice) []splice {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b splice) int { return a.Start - b.Start })
	var kept []splice
	for _, s := range list {
		if n := len(kept); n == 0 || s.Start >= kept[n-1].End && s.Start > kept[n-1].Start {
			kept = append(kept, s)
		}
	}
	return kept
}

// places are where the destination of a reference may stand.
func places(d *document.Document, index int, change rewrite) []splice {
	ref, data := &d.Body.References[index], d.File.Data
	within := string(data[ref.Span.Start:ref.Span.End])
	var found []splice
	add := func(start, end int) {
		raw := string(data[start:end])
		found = append(found, splice{source.Span{Start: start, End: end}, change(raw)})
	}
	if strings.HasPrefix(within, "<") {
		for _, m := range htmlAddress.FindAllStringSubmatchIndex(within, -1) {
			for g := 2; g < len(m); g += 2 {
				if m[g] >= 0 && strings.TrimSpace(html.UnescapeString(within[m[g]:m[g+1]])) == ref.Destination {
					add(ref.Span.Start+m[g], ref.Span.Start+m[g+1])
				}
			}
		}
		return found
	}
	if at := inlinePlace(within, ref.Destination); !at.IsZero() {
		add(ref.Span.Start+at.Start, ref.Span.Start+at.End)
		return found
	}
	for _, m := range definition.FindAllSubmatchIndex(data, -1) {
		start, end := inBrackets(data, m[2], m[3])
		if decoded(string(data[start:end])) == ref.Destination {
			add(start, end)
		}
	}
	return found
}

var (
	// definition is a link reference definition (CommonMark 4.7), in whatever
	// block it stands.
	definition = regexp.MustCompile(`(?m)^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?\[(?:[^\[\]\\]|\\.)+\]:[ \t]*(?:\r?\n[ \t>]*)?(<[^<>\r\n]*>|[^\s<]\S*)`)

	htmlAddress = regexp.MustCompile(`(?i)\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
)

// inlinePlace is where the destination of an inline link stands in its text,
// counted from the link's start: behind the last "](" that it fits.
func inlinePlace(link, destination string) source.Span {
	for from := len(link); ; {
		i := strings.LastIndex(link[:from], "](")
		if i < 0 {
			return source.Span{}
		}
		from = i
		start := i + 2
		for start < len(link) && strings.IndexByte(" \t\r\n", link[start]) >= 0 {
			start++
		}
		start, end := inBrackets([]byte(link), start, destinationEnd(link, start))
		if decoded(link[start:end]) == destination {
			return source.Span{Start: start, End: end}
		}
	}
}

// destinationEnd is where a link destination ends. CommonMark 6.3.
func destinationEnd(text string, at int) int {
	if at < len(text) && text[at] == '<' {
		if i := strings.IndexAny(text[at:], ">\n"); i >= 0 {
			return at + i + 1
		}
	}
	depth := 0
	for ; at < len(text); at++ {
		switch c := text[at]; {
		case c <= ' ':
			return at
		case c == '\\':
			at++
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return at
			}
		}
	}
	return len(text)
}

// inBrackets is a destination without the brackets around it.
func inBrackets(data []byte, start, end int) (int, int) {
	if end-start >= 2 && data[start] == '<' && data[end-1] == '>' {
		return start + 1, end - 1
	}
	return start, end
}

var backslashed = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")

// decoded is a destination as it is meant: without backslashes, and with
// entities as characters. CommonMark 2.4 and 2.5.
func decoded(raw string) string {
	var b strings.Builder
	at := 0
	for _, m := range backslashed.FindAllStringSubmatchIndex(raw, -1) {
		b.WriteString(html.UnescapeString(raw[at:m[0]]))
		b.WriteString(raw[m[2]:m[3]])
		at = m[1]
	}
	b.WriteString(html.UnescapeString(raw[at:]))
	return b.String()
}

// cutAddress splits a destination into its path and what follows that.
func cutAddress(destination string) (p, rest string) {
	if i := strings.IndexAny(destination, "?#"); i >= 0 {
		return destination[:i], destination[i:]
	}
	return destination, ""
}

// isRelative reports whether a destination leads to a file by its path.
func isRelative(destination string) bool {
	p, _ := cutAddress(destination)
	if p == "" || strings.HasPrefix(p, "//") {
		return false
	}
	i := strings.IndexAny(p, ":/")
	return i < 0 || p[i] == '/'
}

// resolved is the path in the content folder that a destination in a folder
// means, as package site reads it.
func resolved(dir, destination string) string {
	p, _ := cutAddress(destination)
	if u, err := url.PathUnescape(p); err == nil {
		p = u
	}
	if strings.HasPrefix(p, "/") {
		return path.Clean(p[1:])
	}
	return path.Join(dir, p)
}

// to is the rewrite that leads to a path of the content from a folder. What
// follows the path stays, and so do a "/" or "./" at its start, and the ending
// of an address that names the page.
func to(dir, target string) rewrite {
	return func(raw string) string {
		p, rest := cutAddress(raw)
		wanted := target
		if strings.HasSuffix(p, ".html") && source.IsMarkdown(target) {
			wanted = strings.TrimSuffix(target, path.Ext(target)) + ".html"
		}
		switch {
		case strings.HasPrefix(p, "/"):
			return "/" + escaped(wanted) + rest
		case strings.HasPrefix(p, "./") && !strings.HasPrefix(site.Relative(dir, wanted), "../"):
			return "./" + escaped(site.Relative(dir, wanted)) + rest
		case strings.HasSuffix(p, "/"):
			return escaped(site.Relative(dir, wanted)) + "/" + rest
		}
		return escaped(site.Relative(dir, wanted)) + rest
	}
}

// escaped is a path as it stands in a link, within brackets, quotes or neither.
func escaped(p string) string {
	var b strings.Builder
	for i := range len(p) {
		if c := p[i]; c <= ' ' || c == 0x7f || strings.IndexByte("%?#:\"'<>()[]\\&*`", c) >= 0 {
			const hex = "0123456789ABCDEF"
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(p[i])
	}
	return b.String()
}
