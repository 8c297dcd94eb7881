package site

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"minutebook/generator/diag"
	"minutebook/generator/markdown"
	"minutebook/generator/source"
)

// A Target is where a reference leads.
type Target struct {
	Kind     TargetKind
	NoAnchor bool    // the page is there, but not the part of it that was meant
	Self     bool    // an address of the site's own document, as it is elsewhere
	Here     bool    // a part of the document itself, on whichever page it is shown
	Record   *Record // when the target is a document
	Fragment string  // the id on that page, without "#"; may be empty
	URL      string  // External: as written; else relative to the site, "" when it is that of Record
}

// Page is the address of the page or file, relative to the site unless the target
// is External; "" for a part of the document itself.
func (t *Target) Page() string {
	if t.URL != "" || t.Record == nil || t.Here {
		return t.URL
	}
	return t.Record.URL
}

// A TargetKind says what a reference leads to.
type TargetKind uint8

const (
	Broken   TargetKind = iota // nothing that is there
	External                   // an address with a scheme or a host
	Internal                   // a page or an attachment of the site
	Plain                      // words that may name a document, and do not
)

// resolve finds what a link or image of a document's body leads to, and reports
// it when there is no such thing.
func (l *linker) resolve(from *Record, ref *markdown.Reference) Target {
	if ref.Form == markdown.Mention {
		return l.mentioned(from, ref.Destination)
	}
	t, why := l.target(from, ref.Destination)
	if t.Kind == Broken && ref.Form == markdown.Link {
		t = l.unpublished(from, ref.Destination)
	}
	if t.Kind == Broken {
		l.problem(diag.At(from.File, ref.Span, "broken-link", "%s", why).About(ref.Destination).WithHint("%s", l.hint(from, ref.Destination)))
		return t
	}
	if t.Kind == Internal && why != "" {
		d := diag.At(from.File, ref.Span, "broken-link", "%s", why).About(ref.Destination).WithHint("write it as the file is named")
		d.Severity = diag.Warning // it leads there all the same
		l.problem(d)
	}
	l.anchor(from, ref, &t)
	return t
}

// hint says the way out of a broken link.
func (l *linker) hint(from *Record, destination string) string {
	p, _, _ := strings.Cut(destination, "#")
	p = unescaped(p)
	if i := strings.IndexFunc(p, func(c rune) bool { return unicode.Is(unicode.Cf, c) }); i >= 0 {
		c, _ := utf8.DecodeRuneInString(p[i:])
		return fmt.Sprintf("it has a character that nobody sees, %U: delete it and write the link anew", c)
	}
	if l.in.Content.File(path.Join(from.Facts.Dir, p)) != nil {
		return "publish the file elsewhere and link to it there"
	}
	if near := l.nearestPath(from, p); near != "" {
		return "did you mean " + Relative(from.Facts.Dir, near) + "?"
	}
	return "mend the link, or add the file"
}

// target finds what a destination, written in a document, leads to. It says why
// that is nothing, or what is wrong with how the destination is written.
func (l *linker) target(from *Record, destination string) (t Target, why string) {
	if hasScheme(destination) || strings.HasPrefix(destination, "//") {
		return l.elsewhere(destination), ""
	}
	rest, fragment, _ := strings.Cut(destination, "#")
	rest, _, _ = strings.Cut(rest, "?")
	fragment = unescaped(fragment)
	if rest == "" {
		return Target{Kind: Internal, Here: true, Record: from, Fragment: fragment}, ""
	}
	p := unescaped(rest)
	folder := strings.HasSuffix(p, "/")
	if strings.HasPrefix(p, "/") { // as on the repository's host: from the top
		t, why = l.fromTop(path.Clean(p[1:]), folder)
		t.Fragment = fragment
		return t, why
	}
	p = path.Join(from.Facts.Dir, p)
	if p == ".." || strings.HasPrefix(p, "../") {
		return l.outside(p)
	}
	t, why = l.at(p, folder)
	t.Fragment = fragment
	return t, missing(t, why, p)
}

// missing says why a target is nothing, when nothing else did.
func missing(t Target, why, p string) string {
	if t.Kind == Broken && why == "" {
		return "there is no " + quotedPath(p) + " for this link"
	}
	return why
}

// at finds the page or attachment at a path of the content folder, and says why
// it is none, or is written otherwise.
func (l *linker) at(p string, folder bool) (t Target, why string) {
	if r := l.byPath[p]; r != nil && !folder {
		return Target{Kind: Internal, Record: r}, ""
	}
	if u := l.folders[p]; u != "" {
		return Target{Kind: Internal, URL: u, Record: l.folderRecord(p)}, ""
	}
	if f := l.in.Content.File(p); f != nil && !folder {
		l.linked[p] = true
		if u := l.attachmentURL(p); u != "" {
			return Target{Kind: Internal, URL: u}, ""
		}
		return Target{}, quotedPath(p) + " is a file that the site does not publish"
	}
	if r := l.unwritten(p); r != nil {
		return Target{Kind: Internal, Record: r}, ""
	}
	if other := l.in.Content.Folded(p); other != "" && other != p {
		t, _ := l.at(other, folder)
		return t, quotedPath(p) + " differs from " + quotedPath(other) + " in the case of its letters, which matters on most hosts"
	}
	return Target{}, ""
}

// folderRecord is the document that introduces a folder, for its anchors.
func (l *linker) folderRecord(dir string) *Record {
	for _, name := range []string{"index.md", "README.md"} {
		if r := l.byPath[path.Join(dir, name)]; r != nil {
			return r
		}
	}
	return nil
}

// anchor finds the id on the target's page that the fragment names.
func (l *linker) anchor(from *Record, ref *markdown.Reference, t *Target) {
	if t.Kind != Internal || t.Fragment == "" {
		return
	}
	if t.Record == nil {
		return // an attachment, or a page whose parts are not documents'
	}
	if id, ok := anchorOf(t.Record, t.Fragment); ok {
		t.Fragment = id
		return
	}
	where := "this document"
	if t.Record != from {
		where = quotedPath(t.Record.File.Path)
	}
	l.brokenAnchor(diag.At(from.File, ref.Span, "broken-anchor", "no part of %s is named %q", where, "#"+t.Fragment).About(ref.Destination), t.Record, t.Fragment)
	t.Fragment, t.NoAnchor = "", true
}

// brokenAnchor reports a fragment that no part of a record has, with the part
// that is named most like it.
func (l *linker) brokenAnchor(d diag.Diagnostic, in *Record, fragment string) {
	if near := diag.Nearest(fragment, slices.Collect(maps.Keys(in.Body.Anchors))); near != "" {
		l.problem(d.WithHint("did you mean #%s?", near))
		return
	}
	l.problem(d.WithHint("name a heading or an item that is there, or leave out what follows the #"))
}

// anchorOf is the id that a link to a document may mean: as GitHub has it, what
// is written, in lower case, or behind the prefix that GitHub itself adds.
func anchorOf(r *Record, fragment string) (id string, ok bool) {
	for _, name := range []string{fragment, strings.ToLower(fragment), strings.TrimPrefix(fragment, "user-content-")} {
		if id, ok = r.Body.Anchors[name]; ok {
			return id, true
		}
	}
	return "", fragment == "top" || fragment == ""
}

// hasScheme reports whether a destination begins with a URL scheme. RFC 3986,
// section 3.1.
func hasScheme(destination string) bool {
	for i := range len(destination) {
		c := destination[i] | 0x20
		switch {
		case 'a' <= c && c <= 'z':
		case i > 0 && (destination[i] >= '0' && destination[i] <= '9' || destination[i] == '+' || destination[i] == '-' || destination[i] == '.'):
		default:
			return i > 0 && destination[i] == ':'
		}
	}
	return false
}

// unescaped decodes percent forms; what is not one stays as it is.
func unescaped(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

func quotedPath(p string) string {
	if r := []rune(p); len(r) > 120 {
		p = "…" + string(r[len(r)-119:])
	}
	return `"` + p + `"`
}

// filesAround are the files whose paths are next to one that is not there: a
// suggestion is chosen from them.
func (l *linker) filesAround(p string) []*source.File {
	const most = 200 // on each side
	files := l.in.Content.Files()
	at, _ := slices.BinarySearchFunc(files, p, func(f *source.File, want string) int { return strings.Compare(f.Path, want) })
	return files[max(0, at-most):min(len(files), at+most)]
}

// nearestPath is the file that a broken link most likely means; "" when none is
// like it. To look for it takes long beside all else that linking does, so it is
// remembered while no file comes or goes.
func (l *linker) nearestPath(from *Record, p string) string {
	if l.in.Memory == nil {
		return l.lookForPath(from.Facts.Dir, p)
	}
	return l.in.Memory.nearest.Get([2]string{from.Facts.Dir, p}, l.in.Content.Paths(), func() string { return l.lookForPath(from.Facts.Dir, p) })
}

// lookForPath finds a file of the same name as a path that is written in a folder,
// else one of a similar name in the folder that the path means.
func (l *linker) lookForPath(folder, p string) string {
	if p == "" {
		return ""
	}
	base := path.Base(p)
	for _, name := range []string{base, base + ".md"} {
		if same := l.in.Content.Named(name); len(same) > 0 {
			return same[0]
		}
	}
	dir := path.Join(folder, path.Dir(p))
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	var names []string
	for _, f := range l.filesAround(prefix + path.Base(p)) {
		if name, in := strings.CutPrefix(f.Path, prefix); in && !strings.Contains(name, "/") {
			names = append(names, name)
		}
	}
	if near := diag.Nearest(path.Base(p), names); near != "" {
		return path.Join(dir, near)
	}
	return ""
}

// Relative is the path of a target as it is written in a folder; both are
// slash-separated and count from one root, which the folder "." is.
func Relative(dir, target string) string {
	if dir == "." || dir == "" {
		return target
	}
	for {
		element, rest, more := strings.Cut(dir, "/")
		if len(target) <= len(element) || target[len(element)] != '/' || target[:len(element)] != element {
			return strings.Repeat("../", strings.Count(dir, "/")+1) + target
		}
		if target = target[len(element)+1:]; !more {
			return target
		}
		dir = rest
	}
}
