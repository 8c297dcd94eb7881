package document

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unique"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/markdown"
	"minutebook/generator/source"
)

// Facts are what linking asks of every document, found once when the document is
// read: a site is linked again at each save, and documents lie all over the
// memory. What is looked up among all documents is a handle, which is looked up
// by its pointer, whatever its length.
type Facts struct {
	Dir        string // of the file, "." at the top
	Page       string // the address that the document wants, relative to the site
	Folder     bool   // Page stands for its folder
	Index      bool   // it does so as index.md, before a README.md beside it
	ID         *Item  // the id that it shows; nil when there is none
	IDs        IDs
	Series     string
	Last       date.Date // the day on which what it is about ends
	LostID     bool      // a note has an id that is not its anchor: it is taken, or cannot be one
	Aliases    []Item
	Tags       []unique.Handle[string] // without "#"
	Persons    []PersonField           // that name somebody, in the order of the kind's fields
	References []ReferenceField        // that name something, likewise
	Attendance []unique.Handle[Name]   // by the index of Body.Attendance; none of a plain page
}

// IDs are what others may call a document by, in lower case: its id and the one
// that it shows, which may be "".
type IDs struct{ Own, Shown string }

// A PersonField is a field that names persons.
type PersonField struct {
	Field *config.Field
	Items []Item
	Names []unique.Handle[Name] // by the index of Items
}

// A Name is what somebody is called: by a handle or a name, and beside it by a
// name that may be empty.
type Name struct{ Handle, Name string }

// A ReferenceField is a field that refers to documents.
type ReferenceField struct {
	Field *config.Field
	Items []Item
	Paths []Path // by the index of Items; zero for what is not just a path
}

// A Path is a path of the content folder. The zero Path is none.
type Path = unique.Handle[string]

// A Link is where a reference of the body leads to, as far as it is a path
// relative to its file with perhaps a fragment.
type Link struct {
	Path     Path   // zero for every other reference
	Fragment string // without "#", percent forms as written
}

// gather finds the facts of a document that is read.
func (d *Document) gather() {
	folder := d.IsFolder()
	d.Path = unique.Make(d.File.Path)
	dir := path.Dir(d.File.Path)
	d.Links = linksOf(d.Body.References, dir)
	d.Facts = Facts{
		Dir: dir, Page: pageOf(d.File.Path, folder), Folder: folder, Index: folder && isIndexFile(d.File.Path),
		Series: d.Text("series"), Aliases: d.Items("aliases"), Last: cmp.Or(d.Day("end"), d.Day("start")),
		Persons: d.persons(), References: d.references(dir),
		IDs: IDs{Own: strings.ToLower(d.ID)}, LostID: slices.ContainsFunc(d.Notes, lostID),
	}
	if shown := d.Items("id"); len(shown) > 0 {
		d.Facts.ID, d.Facts.IDs.Shown = &shown[0], strings.ToLower(shown[0].Text)
	}
	if !d.Kind.Open {
		for i := range d.Body.Attendance {
			a := &d.Body.Attendance[i]
			d.Facts.Attendance = append(d.Facts.Attendance, unique.Make(Name{a.Handle, a.Name}))
		}
	}
	tags := d.Items("tags")
	for i := range tags {
		d.Facts.Tags = append(d.Facts.Tags, unique.Make(strings.TrimPrefix(tags[i].Text, "#")))
	}
}

// persons are the fields that name persons. All names lie side by side.
func (d *Document) persons() (stated []PersonField) {
	var names []unique.Handle[Name]
	for _, f := range d.Kind.OfType(config.People) {
		items := d.Items(f.Name)
		for i := range items {
			names = append(names, unique.Make(Name{items[i].Text, items[i].Label}))
		}
		if len(items) > 0 {
			stated = append(stated, PersonField{Field: f, Items: items})
		}
	}
	names = slices.Clip(names)
	for i := range stated {
		n := len(stated[i].Items)
		stated[i].Names, names = names[:n:n], names[n:]
	}
	return stated
}

func (d *Document) references(dir string) (stated []ReferenceField) {
	for _, f := range d.Kind.OfType(config.References) {
		items := d.Items(f.Name)
		if len(items) == 0 {
			continue
		}
		paths := make([]Path, len(items))
		for i := range items {
			if text := items[i].Text; source.IsMarkdown(text) {
				paths[i] = relative(dir, text)
			}
		}
		stated = append(stated, ReferenceField{f, items, paths})
	}
	return stated
}

// linksOf are the links of a body in a folder; none when no reference is one.
func linksOf(references []markdown.Reference, dir string) []Link {
	if len(references) == 0 {
		return nil
	}
	links := make([]Link, len(references))
	for i := range references {
		if ref := &references[i]; ref.Form == markdown.Link {
			to, fragment, _ := strings.Cut(ref.Destination, "#")
			links[i] = Link{relative(dir, to), fragment}
		}
	}
	return links
}

// relative is the path that something written in a folder means when it is a
// relative path as it stands; zero when it may be anything else: an address, a
// path from the top, percent forms.
func relative(dir, written string) Path {
	if written == "" || written[0] == '/' || strings.ContainsAny(written, ":%?#()[]\\ ") || strings.HasSuffix(written, "/") {
		return Path{}
	}
	return unique.Make(path.Join(dir, written))
}

// lostID reports whether a note has an id that is not its anchor. A second note
// with the same id is always so.
func lostID(n Note) bool { return n.ID != "" && !strings.EqualFold(n.ID, n.Anchor) }

// IndexPage is the name of the page that stands for its folder.
const IndexPage = "index.html"

// pageOf is the address that a document wants.
func pageOf(p string, folder bool) string {
	if folder {
		return path.Join(path.Dir(p), IndexPage)
	}
	return p[:len(p)-len(path.Ext(p))] + ".html"
}

// isIndexFile reports an index.md, which stands for its folder rather than a
// README.md beside it.
func isIndexFile(p string) bool {
	base := path.Base(p)
	return strings.EqualFold(strings.TrimSuffix(base, path.Ext(base)), "index")
}
