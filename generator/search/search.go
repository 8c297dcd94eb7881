// Package search makes the search index of a site: files of plain script that a
// page loads on its first use, so that search works on any host and from disk,
// where nothing but script can be loaded.
//
// # The files
//
// Each calls mbSearch(name, version, data).
//
//	index.js  what is needed for any question: of each document its kind and
//	          whether it is retired, the first word of each word file, and how
//	          many documents each text file has
//	wN.js     words, in order, with the documents that have them (encode.go)
//	tN.js     documents: title, address, status, day and text, for the results
//	          that are shown
//
// Documents are numbered from the oldest to the newest. So the number is what
// orders equals, and a new document mostly comes last and leaves the text files
// of the others as they are. How many files there are follows from the sizes of
// the bodies alone: a snapshot lists files before any is made. The words are
// counted when the first file is made, and never in a preview in which nobody
// searches.
//
// Words are folded (fold.go) in the same way here and in the script: that and
// the encoding are the contract between the two.
//
// # Why an index of our own
//
// Measured with the same 500 documents (2.7 MB of text) and 10,000 (55 MB), gzip:
//
//   - MiniSearch 7.2 has one index, which is loaded as a whole: 284 KB for 500
//     documents and 9 MB (32 MB to parse) for 10,000, without texts for
//     snippets. It knows how to rank; but it is JavaScript, so a Go program would
//     have to write its private format.
//   - Pagefind 1.5 splits its index, but needs fetch, import and WebAssembly: none
//     works from disk, and WebAssembly needs 'wasm-unsafe-eval' in the policy. It
//     loads about 125 KB (72 of them WebAssembly) before the first result, and
//     its program reads finished pages.
//   - This one loads 9 to 18 KB before the first result of a word, and 27 with
//     two words in the largest files, for 10,000 documents; 5 KB less for 500.
//     Its script has 3 KB. All ten results that are shown take 40 KB more.
//
// All files of the index have 0.6 MB for 500 documents and 13 MB (54 MB as they
// are) for 10,000, nearly all of it texts for snippets. Making and writing them
// is about 15 parts in 100 of the work of a build of 10,000: three fifths go into
// the words, the rest into the texts.
package search

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// A Document is what the index says of a page.
type Document struct {
	Title string
	URL   string // as the search page links to it
	ID    string // display id; may be empty
	Kind  int    // which one of the index's kinds
	Word  string // of its status; may be empty
	Tone  string // of its status
	Day   string // 2018-04-04; may be empty
	Short string // the same day as pages print it

	Retired bool // no longer in force: it comes after others that match as well

	Summary  string
	Headings []string
	About    []string // what else is said of it: topics, persons, the status, fields
	Names    []string // other ids, such as the name of its file
	HTML     string   // the body
	More     []string // of the body, what its HTML does not hold: texts of images
}

// A File is a file of the index.
type File struct {
	Name string                 // index.js
	Make func(to *bytes.Buffer) // appends its content
}

// An Index is the search index of one site.
type Index struct {
	version  func() string
	kinds    []Kind
	document func(int) Document
	texts    []int // how many documents each text file has
	shards   int
	read     func() contents // made once
}

// A Kind is what documents are called: one, and many.
type Kind struct{ Label, Plural string }

// contents are what the index says, but for the texts.
type contents struct {
	words [][]entry // by word file
	of    []state   // by document
}

// A state is what is known of a document before it is a result.
type state struct {
	kind    int
	retired bool
}

// Sizes, in bytes of HTML. A word file is meant to have 20 to 40 KB and a text
// file about 40: a search loads one word file for each word, and one text file
// for each result that is shown.
const (
	perShard  = 300_000
	perText   = 64_000
	mostTexts = 32     // documents in a text file
	longest   = 60_000 // of a text that is kept for snippets
	overhead  = 200    // of a document's title and the like
)

// New is the index of documents, of which it knows the sizes of their HTML. The
// function gives the document with a number; it is called later, from several
// goroutines, and gives the same each time. The version tells the indexes of two
// builds apart, so that a page never mixes their files; it is asked for when a
// file is made.
func New(version func() string, kinds []Kind, sizes []int, document func(int) Document) *Index {
	x := &Index{version: version, kinds: kinds, document: document}
	total, size, n := 0, 0, 0
	for _, s := range sizes {
		s += overhead
		total += s
		if n > 0 && (size+s > perText || n == mostTexts) {
			x.texts = append(x.texts, n)
			size, n = 0, 0
		}
		size, n = size+s, n+1
	}
	if n > 0 {
		x.texts = append(x.texts, n)
	}
	x.shards = 1 + total/perShard
	x.read = sync.OnceValue(func() contents {
		words, of := collect(sizes, document)
		return contents{partition(words, x.shards), of}
	})
	return x
}

// Files are the files of the index.
func (x *Index) Files() []File {
	files := []File{{"index.js", x.head}}
	for i := range x.shards {
		name := "w" + strconv.Itoa(i)
		files = append(files, File{name + ".js", func(to *bytes.Buffer) {
			x.file(to, name, func(out []byte) []byte { return quote(out, encode(x.read().words[i])) })
		}})
	}
	first := 0
	for i, n := range x.texts {
		from := first
		name := "t" + strconv.Itoa(i)
		files = append(files, File{name + ".js", func(to *bytes.Buffer) {
			to.Grow(perText)
			x.file(to, name, func(out []byte) []byte { return x.text(out, from, n) })
		}})
		first += n
	}
	return files
}

// file appends a file. Its data is JSON, which data appends.
func (x *Index) file(to *bytes.Buffer, name string, data func([]byte) []byte) {
	out := fmt.Appendf(to.AvailableBuffer(), "mbSearch(%q,%q,", name, x.version())
	to.Write(append(data(out), ");\n"...))
}

// head is the file that is loaded first.
func (x *Index) head(to *bytes.Buffer) {
	c := x.read()
	var of, texts strings.Builder
	for _, s := range c.of {
		n := 2 * s.kind
		if s.retired {
			n++
		}
		of.WriteRune(symbol(n))
	}
	for _, n := range x.texts {
		texts.WriteRune(symbol(n))
	}
	var labels, plurals []string
	for _, k := range x.kinds {
		labels, plurals = append(labels, k.Label), append(plurals, k.Plural)
	}
	x.file(to, "index", func(data []byte) []byte {
		data = quoteAll(append(data, `{"kinds":`...), plurals)
		data = quoteAll(append(data, `,"labels":`...), labels)
		data = quoteAll(append(data, `,"starts":`...), starts(c.words))
		data = quote(append(data, `,"of":`...), of.String())
		data = quote(append(data, `,"texts":`...), texts.String())
		return append(data, '}')
	})
}

// starts are the words at which a word file ends and the next one begins.
func starts(files [][]entry) []string {
	list := make([]string, len(files)-1)
	next := "\uffff" // after every word
	for i := len(list); i > 0; i-- {
		if len(files[i]) > 0 { // else it is passed over
			next = files[i][0].word
		}
		list[i-1] = next
	}
	return list
}

// texts are for the text of one document at a time.
var texts = sync.Pool{New: func() any { return new([]byte) }}

// text appends the data of a text file.
func (x *Index) text(out []byte, first, n int) []byte {
	buffer := texts.Get().(*[]byte)
	defer texts.Put(buffer)
	text := *buffer
	out = append(out, '[')
	for i := first; i < first+n; i++ {
		d := x.document(i)
		if i > first {
			out = append(out, ',', '\n')
		}
		for j, field := range []string{d.Title, d.URL, d.ID, d.Word, d.Tone, d.Day, d.Short} {
			out = append(out, "[,,,,,,"[j])
			out = quote(out, field)
		}
		text = append(text[:0], d.Summary...)
		if len(text) > 0 {
			text = append(text, '\n')
		}
		text = appendText(text, d.HTML)
		out = quote(append(out, ','), cut(text, longest))
		out = append(out, ']')
	}
	*buffer = text
	return append(out, ']')
}
