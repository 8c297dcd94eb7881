package emit

import (
	"html"
	"html/template"
	"net/url"
	"strings"

	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// body fills the gaps of a record's body for the page at a URL, without the
// heading that the page's own replaces.
func (b *Builder) body(r *site.Record, page string) template.HTML {
	f := r.Body.Body
	if len(f.Gaps) == 0 {
		return template.HTML(f.HTML[r.Lead:])
	}
	var out strings.Builder
	out.Grow(len(f.HTML) + 64*len(f.Gaps))
	at := r.Lead
	for _, g := range f.Gaps {
		out.WriteString(f.HTML[at:g.At])
		at = g.At
		b.fillGap(&out, g.Part, &r.Body.References[g.Reference], &r.Targets[g.Reference], page)
	}
	out.WriteString(f.HTML[at:])
	return template.HTML(out.String())
}

func (b *Builder) fillGap(out *strings.Builder, part markdown.Part, ref *markdown.Reference, t *site.Target, page string) {
	broken := t.Kind == site.Broken
	switch {
	case t.Kind == site.Plain: // the words stand for themselves
	case part == markdown.LinkOpen && broken:
		out.WriteString(`<span class="broken">`)
	case part == markdown.LinkOpen:
		out.WriteString(`<a href="`)
		out.WriteString(html.EscapeString(hrefOf(t, page)))
		attribute(out, `" title="`, ref.Title)
		out.WriteString(`">`)
	case part == markdown.LinkClose && broken:
		out.WriteString(`</span><span class="vh"> ` + html.EscapeString(b.T("(broken link)")) + `</span>`)
	case part == markdown.LinkClose:
		out.WriteString(`</a>`)
	case broken:
		out.WriteString(`<span class="broken">`)
		out.WriteString(html.EscapeString(ref.Text))
		out.WriteString(`</span><span class="vh"> ` + html.EscapeString(b.T("(missing picture)")) + `</span>`)
	default:
		out.WriteString(`<img src="`)
		out.WriteString(html.EscapeString(hrefOf(t, page)))
		out.WriteString(`" alt="`)
		out.WriteString(html.EscapeString(ref.Text))
		attribute(out, `" title="`, ref.Title)
		attribute(out, `" width="`, ref.Width)
		attribute(out, `" height="`, ref.Height)
		out.WriteString(`" loading="lazy">`)
	}
}

func attribute(out *strings.Builder, start, value string) {
	if value != "" {
		out.WriteString(start)
		out.WriteString(html.EscapeString(value))
	}
}

// hrefOf is the address of a target as the page at a URL writes it.
func hrefOf(t *site.Target, page string) string {
	if t.Kind == site.External {
		return t.URL
	}
	to := t.Page()
	if to == "" || to == page {
		if t.Fragment != "" {
			return (&url.URL{Fragment: t.Fragment}).String()
		}
		to = page
	}
	return (&url.URL{Path: site.Relative(dirOf(page), to), Fragment: t.Fragment}).String()
}

// href is the address of a page or file of the site as the page at a URL writes
// it.
func href(page, to string) string {
	to = site.Relative(dirOf(page), to)
	if strings.IndexFunc(to, needsEscape) < 0 {
		return to
	}
	return (&url.URL{Path: to}).String()
}

// needsEscape reports whether a character of a path may have to be written
// otherwise in an address. RFC 3986, section 2.3, and "/".
func needsEscape(c rune) bool {
	return !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '/' || c == '.' || 'A' <= c && c <= 'Z' || c == '_' || c == '~')
}
