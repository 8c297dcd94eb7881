package site

import (
	"path"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/markdown"
	"minutebook/generator/source"
)

// refusedEndings are files that a browser runs, or reads as a page of the site.
var refusedEndings = []string{".js", ".mjs", ".cjs", ".html", ".htm", ".xhtml", ".xht", ".xml", ".xsl", ".svgz", ".mhtml", ".shtml", ".swf", ".wasm"}

// attachments takes every file that is not a document, as far as it may be
// published.
func (l *linker) attachments() {
	for _, s := range l.in.Content.Skipped {
		if s.Path == config.FileName || s.Path == config.PeopleFile {
			continue // which is told where settings are read
		}
		l.problem(diag.At(&source.File{Path: s.Path}, source.Span{}, "file-not-published", "%s is %s", s.Path, s.Reason).About(s.Path))
	}
	for _, f := range l.in.Content.Files() {
		if source.IsMarkdown(f.Path) || f.Path == config.FileName || f.Path == config.PeopleFile {
			continue
		}
		if name := config.Meant(f.Path); name != "" { // it may say who wants to be hidden
			l.problem(diag.At(f, source.Span{}, "file-not-published", "%s is neither read nor published; did you mean %s?", f.Path, name).
				About(f.Path).WithHint("rename the file, or keep it under another name"))
			continue
		}
		l.attach(f)
	}
	for _, r := range l.Records {
		if r.Sidecar != nil {
			l.linked[r.Sidecar.Path] = true
		}
	}
}

func (l *linker) attach(f *source.File) {
	a := &Attachment{File: f}
	ending := strings.ToLower(path.Ext(f.Path))
	switch {
	case slices.Contains(refusedEndings, ending):
		l.problem(diag.At(f, source.Span{}, "file-not-published", "a file that ends in %s could run in a reader's browser and is not published", ending).
			About(f.Path).WithHint("publish it elsewhere and link to it, or turn it into text"))
		return
	case ending == ".svg":
		clean, ok := markdown.SanitizeSVG(f.Data)
		if !ok {
			l.problem(diag.At(f, source.Span{}, "file-not-published", "the picture cannot be made safe to show: it is not well-formed SVG, or too large").About(f.Path).
				WithHint("save it as plain SVG, or as PNG"))
			return
		}
		a.Data = clean
	}
	var owner string
	if a.URL, owner = l.addresses.claim(f.Path, f.Path); owner != "" {
		l.problem(diag.At(f, source.Span{}, "colliding-output", "%s wants the address that %s has; it is published as %s", f.Path, owner, a.URL).
			About(f.Path).WithHint("rename the file"))
	}
	l.Attachments = append(l.Attachments, a)
}

// attachmentURL is the address of an attachment by the path of its file; ""
// when it is not published.
func (l *linker) attachmentURL(p string) string {
	i, ok := slices.BinarySearchFunc(l.Attachments, p, func(a *Attachment, p string) int { return strings.Compare(a.File.Path, p) })
	if !ok {
		return ""
	}
	return l.Attachments[i].URL
}

// unlinked notes the attachments that no document links to. They are published
// all the same: nothing that somebody put here is lost.
func (l *linker) unlinked() {
	for _, a := range l.Attachments {
		if !l.linked[a.File.Path] {
			l.problem(diag.At(a.File, source.Span{}, "unlinked-file", "no document links to %s; it is published all the same", a.File.Path).About(a.File.Path).
				WithHint("link to it where readers look for it, or leave it: its address may be known"))
		}
	}
}
