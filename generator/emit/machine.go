package emit

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"minutebook/generator/document"
	"minutebook/generator/layout"
	"minutebook/generator/markdown"
	"minutebook/generator/output"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// mostProblems is how many problems the page Attention lists. Each stands on the
// page of its document, too.
const mostProblems = 1000

// attention makes the page that lists what is wrong, file by file.
func attention(b *Builder) []Job {
	return []Job{page(site.AttentionURL, "attention", func() any {
		p := layout.AttentionPage{
			Frame:  b.frame("attention", site.AttentionURL, b.T("Attention"), site.AttentionURL),
			Crumbs: b.crumbs(site.AttentionURL, b.T("Attention")), Heading: b.T("Attention"),
			Lede: b.T("Nothing in the documents needs to be mended."),
		}
		if n := len(b.Problems); n > 0 {
			p.Lede = b.N(n, "{n} problem in the documents.", "{n} problems in the documents.")
			if n > mostProblems {
				p.Lede += " " + b.T("Here are the first {number}; minutebook check tells all.", strconv.Itoa(mostProblems))
			}
		}
		for _, d := range b.Problems[:min(len(b.Problems), mostProblems)] {
			if len(p.Files) == 0 || p.Files[len(p.Files)-1].Path != d.Path {
				file := layout.FileProblems{Path: d.Path}
				if r := b.Site.Record(d.Path); r != nil {
					file.Doc = b.optionalDoc(site.AttentionURL, r)
				}
				p.Files = append(p.Files, file)
			}
			last := &p.Files[len(p.Files)-1]
			last.Problems = append(last.Problems, problem(d))
		}
		return p
	})}
}

// missing makes the page that a host shows for an address that is not there. A
// host may show it anywhere, so with a base URL its links are absolute.
func missing(b *Builder) []Job {
	return []Job{page(site.MissingURL, "404", func() any {
		p := layout.MissingPage{
			Frame:   b.frame("404", site.MissingURL, b.T("Not found"), ""),
			Heading: b.T("We can’t find that page"), Lede: b.T("It may have moved, or the link has a mistake."),
		}
		for _, c := range b.counts(site.MissingURL) {
			p.Links = append(p.Links, c.Link)
		}
		if base := b.Site.Config.BaseURL; base != "" {
			absolute(&p, base)
		}
		return p
	})}
}

func absolute(p *layout.MissingPage, base string) {
	for _, address := range []*string{&p.Home, &p.Search, &p.Stylesheet, &p.Script, &p.Icon} {
		*address = base + *address
	}
	p.Navigation, p.Footer = slices.Clone(p.Navigation), slices.Clone(p.Footer)
	for i := range p.Navigation {
		p.Navigation[i].Href = base + p.Navigation[i].Href
	}
	for _, links := range [][]layout.Link{p.Footer, p.Links} {
		for i := range links {
			links[i].Href = base + links[i].Href
		}
	}
}

// redirects makes a stub at each old address.
func redirects(b *Builder) []Job {
	var jobs []Job
	for _, r := range b.Site.Redirects {
		jobs = append(jobs, page(r.URL, "redirect", func() any {
			p := layout.RedirectPage{Frame: b.frame("redirect", r.URL, r.To.Title, ""), To: b.doc(r.URL, r.To)}
			if p.Canonical != "" {
				p.Canonical = b.canonical(r.To.URL)
			}
			return p
		}))
	}
	return jobs
}

// attachments makes the files that are published as they are.
func attachments(b *Builder) []Job {
	var jobs []Job
	for _, a := range b.Site.Attachments {
		jobs = append(jobs, Job{URL: a.URL, File: func() *fileData {
			if a.Data != nil {
				return &output.File{Data: a.Data}
			}
			return copied(a.File)
		}})
	}
	return jobs
}

// sources makes the source files of documents, where they are published.
func sources(b *Builder) []Job {
	var jobs []Job
	for _, r := range b.Site.Records {
		if r.SourceURL != "" {
			jobs = append(jobs, Job{URL: r.SourceURL, File: func() *fileData { return copied(r.File) }})
		}
	}
	return jobs
}

// copied is a file as it is: from memory, or from where it was read when its
// content is not there, or no longer.
func copied(f *source.File) *fileData {
	if f.Data == nil {
		return &output.File{Open: f.Open, Size: f.Size, Sum: f.Sum}
	}
	return &output.File{Data: f.Data, Sum: f.Sum}
}

// assets makes the files of the theme.
func assets(b *Builder) []Job {
	var jobs []Job
	for _, a := range b.Theme.Assets() {
		jobs = append(jobs, Job{URL: a.Path, File: func() *fileData { return &output.File{Data: a.Data} }})
	}
	return jobs
}

// machines makes the files that search engines read: robots.txt, unless the
// content has its own, and the sitemap, which needs a base URL.
// (https://www.sitemaps.org/protocol.html, RFC 9309)
func machines(b *Builder) []Job {
	var jobs []Job
	base := b.Site.Config.BaseURL
	robots := "User-agent: *\nAllow: /\n"
	if base != "" {
		made := appended(func() ([]byte, error) { return b.sitemap(base), nil })
		jobs = append(jobs, Job{URL: site.SitemapURL, File: func() *fileData { return &output.File{Make: made} }})
		robots += "Sitemap: " + base + site.SitemapURL + "\n"
	}
	own := slices.ContainsFunc(b.Site.Attachments, func(a *site.Attachment) bool { return a.URL == site.RobotsURL })
	if !own {
		jobs = append(jobs, Job{URL: site.RobotsURL, File: func() *fileData { return &output.File{Data: []byte(robots)} }})
	}
	return jobs
}

func (b *Builder) sitemap(base string) []byte {
	urls := []string{site.HomeURL}
	for _, w := range b.footer() {
		if strings.HasSuffix(w.url, ".html") {
			urls = append(urls, w.url)
		}
	}
	if b.hasNotes(markdown.Action) {
		urls = append(urls, site.ActionsURL)
	}
	for _, r := range b.Site.Records {
		urls = append(urls, r.URL)
	}
	for url, made := range b.introduced() {
		if made {
			urls = append(urls, url)
		}
	}
	for _, t := range b.Site.Topics {
		urls = append(urls, t.URL)
	}
	for _, f := range b.Site.Folders {
		urls = append(urls, f.URL)
	}
	slices.Sort(urls)
	var out strings.Builder
	out.WriteString(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for _, u := range slices.Compact(urls) {
		out.WriteString("<url><loc>")
		xmlText.WriteString(&out, base+(&url.URL{Path: u}).EscapedPath())
		out.WriteString("</loc></url>")
	}
	out.WriteString("</urlset>\n")
	return []byte(out.String())
}

var xmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;")

// webLinks are addresses that people.yaml lists, those that are safe.
func webLinks(addresses []string) []layout.Link {
	var links []layout.Link
	for _, a := range addresses {
		links = append(links, addressLink(document.Item{Text: a}))
	}
	return links
}
