package site

import (
	"path"

	"minutebook/generator/config"
	"minutebook/generator/document"
)

// Facts are what linking asks of every document. It asks once, on all
// processors: documents lie all over the memory, and to go through them again
// for each step is what linking would mostly do.
type facts struct {
	page               string // the address that the document wants
	folder, index      bool   // its page stands for its folder; it does so as index.md
	id, aliases, tags  []document.Item
	series             string
	persons, documents []fieldItems // what fields of persons, and fields that refer to documents, name
}

// A fieldItems is a field of a document with its values.
type fieldItems struct {
	field *config.Field
	items []document.Item
}

// gather fills in the facts of all documents.
func (l *linker) gather() {
	l.facts = make([]facts, len(l.Records))
	l.each(func(r *Record) {
		folder := r.IsFolder()
		f := facts{
			page: pageURL(r.File.Path, folder), folder: folder, index: folder && isIndexFile(r.File.Path),
			id: r.Items("id"), aliases: r.Items("aliases"), tags: r.Items("tags"), series: r.Text("series"),
		}
		persons, documents := r.Kind.OfType(config.People), r.Kind.OfType(config.References)
		both := make([]fieldItems, 0, min(len(r.Values), len(persons)+len(documents)))
		f.persons = stated(r.Document, persons, both)
		f.documents = stated(r.Document, documents, f.persons[len(f.persons):])
		l.facts[r.number] = f
	})
}

// stated appends those of a kind's fields that a document states.
func stated(d *document.Document, fields []*config.Field, to []fieldItems) []fieldItems {
	for _, f := range fields {
		if items := d.Items(f.Name); len(items) > 0 {
			to = append(to, fieldItems{f, items})
		}
	}
	return to
}

// pageURL is the address that a document wants.
func pageURL(p string, folder bool) string {
	if folder {
		return path.Join(path.Dir(p), HomeURL)
	}
	return p[:len(p)-len(path.Ext(p))] + ".html"
}
