package markdown

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// raw is the HTML that an author wrote.
type raw struct {
	html  map[ast.Node]string      // what stands for each raw node
	token string                   // begins the addresses of our links; "" when nothing has to be cleaned
	tags  map[rawTag][]source.Span // where the links and images stand, in order
}

// within reports whether raw HTML is among the children of a block.
func (w raw) within(block ast.Node) bool {
	found := false
	if len(w.html) > 0 {
		ast.Walk(block, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
			found = found || n.Kind() == ast.KindRawHTML
			return ast.WalkContinue, nil
		})
	}
	return found
}

// A rawTag is a link or an image in raw HTML, by its address without what URL
// parsers pass over.
type rawTag struct {
	form Form
	dest string
}

func tagOf(form Form, dest string) rawTag {
	return rawTag{form, strings.TrimSpace(lineBreaks.Replace(dest))}
}

var lineBreaks = strings.NewReplacer("\n", "", "\r", "", "\t", "")

// readRaw decides about all raw HTML before anything is rendered: whether the
// document must be cleaned, and which ids the author has taken.
func (r *renderer) readRaw(root ast.Node) {
	if bytes.IndexByte(r.src, '<') < 0 {
		return
	}
	r.raw.html, r.raw.tags = map[ast.Node]string{}, map[rawTag][]source.Span{}
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && (n.Kind() == ast.KindHTMLBlock || n.Kind() == ast.KindRawHTML) {
			r.readNode(n)
		}
		return ast.WalkContinue, nil
	})
}

func (r *renderer) readNode(n ast.Node) {
	segments := rawSegments(n)
	written := rawText(segments, r.src)
	r.remarks(segments, written)
	switch r.options.HTML {
	case Escape:
		r.raw.html[n] = html.EscapeString(r.clean(written))
	case Unsafe:
		r.raw.html[n] = r.clean(written)
		r.readTags(written, segments)
	default:
		kept, removed := classifyRaw(written)
		r.raw.html[n] = r.clean(kept)
		r.removed(segments, removed)
		if strings.Contains(kept, "<") {
			r.raw.token = r.token()
			r.readTags(written, segments)
		}
	}
}

// unfinished finds the comments in HTML that tell the author to do something.
var unfinished = regexp.MustCompile(`(?s)<!--[^>]*?\b(TODO|FIXME|XXX|TBD)\b.*?-->`)

// remarks takes note of comments that say the text is not finished: readers of
// the page never see them.
func (r *renderer) remarks(segments []text.Segment, written string) {
	for _, at := range unfinished.FindAllStringIndex(written, -1) {
		r.doc.Remarks = append(r.doc.Remarks, r.rawSpan(segments, at[0], at[1]))
	}
}

// token begins the addresses of our own links while a document is cleaned. An
// author cannot guess it, because it depends on the file that would hold it.
func (r *renderer) token() string { return "mb:" + hex.EncodeToString(r.file.Sum[:16]) + ":" }

// readTags takes note of the ids, links and images in raw HTML.
func (r *renderer) readTags(rawHTML string, segments []text.Segment) {
	z := html.NewTokenizer(strings.NewReader(rawHTML))
	for offset := 0; z.Next() != html.ErrorToken; {
		start := offset
		offset += len(z.Raw())
		t := z.Token()
		if t.Type != html.StartTagToken && t.Type != html.SelfClosingTagToken {
			continue
		}
		for _, a := range t.Attr {
			switch {
			case a.Key == "id", a.Key == "name" && t.Data == "a":
				r.ids.author(a.Val)
			case a.Key == "href" && t.Data == "a":
				r.noteTag(Link, a.Val, r.rawSpan(segments, start, offset))
			case a.Key == "src" && t.Data == "img":
				r.noteTag(Embed, a.Val, r.rawSpan(segments, start, offset))
			}
		}
	}
}

func (r *renderer) noteTag(form Form, dest string, span source.Span) {
	t := tagOf(form, r.clean(dest))
	r.raw.tags[t] = append(r.raw.tags[t], span)
}

// rawSpan is where a part of the text of a raw node stands in the file.
func (r *renderer) rawSpan(segments []text.Segment, start, end int) source.Span {
	first := sourceOffset(segments, start)
	return source.Span{Start: first, End: max(first, sourceOffset(segments, end-1)+1)}.Shift(r.base)
}

// removed reports what is not shown of a raw node, in one problem.
func (r *renderer) removed(segments []text.Segment, removed []removal) {
	if len(removed) == 0 {
		return
	}
	at := sourceOffset(segments, removed[0].Offset)
	r.doc.Problems.Add(htmlRemoved(r.file, source.Span{Start: at, End: at + 1}.Shift(r.base), removed))
}

func htmlRemoved(f *source.File, where source.Span, removed []removal) diag.Diagnostic {
	var tags []string
	for _, m := range removed {
		if tag := shorten(m.String()); !slices.Contains(tags, tag) && len(tags) < 5 {
			tags = append(tags, tag)
		}
	}
	return diag.At(f, where, "html-removed", "HTML is not shown: %s", strings.Join(tags, "; ")).
		WithHint("write it in Markdown; text that looks like a tag goes between backticks").
		About(strings.Join(tags, ","))
}

// rawBlock renders raw HTML that stands alone; what has no tag left is a
// paragraph.
func (r *renderer) rawBlock(n *ast.HTMLBlock) {
	kept := strings.TrimRight(r.raw.html[n], " \t\r\n")
	switch {
	case strings.TrimSpace(kept) == "":
	case strings.Contains(kept, "<"):
		r.write(kept, "\n")
	default:
		r.write("<p>", strings.TrimSpace(kept), "</p>\n")
	}
}

func (r *renderer) rawInline(n *ast.RawHTML) {
	kept := r.raw.html[n]
	r.write(kept)
	if !strings.Contains(kept, "<") {
		r.plain = append(r.plain, html.UnescapeString(kept)...)
	}
}

// finish completes the document: as it was written, or cleaned.
func (r *renderer) finish() {
	defer r.settleReferences()
	if r.raw.token == "" {
		r.doc.Body, r.doc.Lead = Fragment{HTML: string(r.out), Gaps: r.gaps}, r.lead
		return
	}
	body, removed := sanitize(string(r.out), r.raw.token, r.adopt)
	if linksIn(Fragment{HTML: string(r.out)}) != linksIn(body) {
		// Without a link between them, elements may not be within each other.
		body, _ = sanitize(r.withTokens(body), r.raw.token, r.adopt)
	}
	r.doc.Body, r.doc.Lead = body, leadOf(body, r.lead > 0)
	r.forgetAnchors()
	if len(removed) > 0 {
		r.doc.Problems.Add(htmlRemoved(r.file, source.Span{}, removed))
	}
}

// linksIn is the number of links in a body.
func linksIn(body Fragment) int {
	n := strings.Count(body.HTML, ` href="`)
	for _, g := range body.Gaps {
		if g.Part == LinkOpen {
			n++
		}
	}
	return n
}

// withTokens is a body with elements in place of its gaps, as before it was
// cleaned.
func (r *renderer) withTokens(body Fragment) string {
	r.out, r.gaps = r.out[:0], nil
	at := 0
	for _, g := range body.Gaps {
		r.write(body.HTML[at:g.At])
		r.gap(g.Reference, g.Part)
		at = g.At
	}
	r.write(body.HTML[at:])
	return string(r.out)
}

// forgetAnchors drops the anchors of elements that the cleaning removed.
func (r *renderer) forgetAnchors() {
	there := map[string]bool{}
	for _, rest, found := strings.Cut(r.doc.Body.HTML, ` id="`); found; _, rest, found = strings.Cut(rest, ` id="`) {
		id, _, _ := strings.Cut(rest, `"`)
		there[html.UnescapeString(id)] = true
	}
	for anchor, id := range r.doc.Anchors {
		if !there[id] {
			delete(r.doc.Anchors, anchor)
		}
	}
	for i := range r.doc.Items {
		if it := &r.doc.Items[i]; !there[it.Anchor] {
			it.Anchor = ""
		}
	}
}

// leadOf finds the leading heading again after the body was cleaned.
func leadOf(body Fragment, has bool) int {
	const end = "</h1>"
	i := strings.Index(body.HTML, end)
	if !has || i < 0 || !strings.HasPrefix(body.HTML, "<h1 id=") {
		return 0
	}
	lead := i + len(end)
	if strings.HasPrefix(body.HTML[lead:], "\n") {
		lead++
	}
	if len(body.Gaps) > 0 && body.Gaps[0].At < lead {
		return 0
	}
	return lead
}

// adopt takes a link or image of raw HTML among the references.
func (r *renderer) adopt(ref Reference) (index int, ok bool) {
	ref.Span = r.placeOf(ref)
	if !r.allowed(ref.Destination, ref.Span) {
		return 0, false
	}
	r.doc.References = append(r.doc.References, ref)
	return len(r.doc.References) - 1, true
}

// placeOf is where a reference of raw HTML stands: the first tag with its
// destination that no other reference has had.
func (r *renderer) placeOf(ref Reference) source.Span {
	t := tagOf(ref.Form, ref.Destination)
	spans := r.raw.tags[t]
	if len(spans) == 0 {
		return source.Span{}
	}
	r.raw.tags[t] = spans[1:]
	return spans[0]
}

// rawSegments are the parts of the source that a raw node consists of.
func rawSegments(n ast.Node) []text.Segment {
	switch n := n.(type) {
	case *ast.RawHTML:
		return n.Segments.Sliced(0, n.Segments.Len())
	case *ast.HTMLBlock:
		segments := slices.Clone(n.Lines().Sliced(0, n.Lines().Len()))
		if n.HasClosure() {
			segments = append(segments, n.ClosureLine)
		}
		return segments
	}
	return nil
}

func rawText(segments []text.Segment, src []byte) string {
	var b strings.Builder
	for _, s := range segments {
		b.Write(s.Value(src))
	}
	return b.String()
}

// sourceOffset turns an offset in the text of segments into one in the source.
func sourceOffset(segments []text.Segment, offset int) int {
	for _, s := range segments {
		if length := s.Padding + s.Stop - s.Start; offset >= length {
			offset -= length
			continue
		}
		return min(s.Start+max(0, offset-s.Padding), s.Stop)
	}
	if len(segments) == 0 {
		return 0
	}
	return segments[len(segments)-1].Stop
}
