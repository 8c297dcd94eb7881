package search

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"minutebook/generator/parallel"
)

// A rank is where in a document a word stands, the best place first.
type rank uint8

const (
	inTitle rank = iota
	inID
	inHeading
	inAbout
	inBodyOften
	inBody
	ranks
)

// often is how often a word of the body stands there for the document to be
// more about it than others.
const often = 3

// An entry is a word and the documents that have it.
type entry struct {
	word        string
	first, last int32  // documents
	rank        rank   // in the first document
	list        []byte // the others, encoded
}

// A table gathers the words of some documents, in the order of their numbers.
type table struct {
	vocabulary
	entries []entry
	counts  []count // of the document that is being read, by entry
	touched []int32
	text    []byte
	word    [longestWord]byte
}

// A count is where and how often the current document has a word.
type count struct {
	document int32 // and 1: the zero count is of none
	rank     rank
	n        uint8
}

// collect reads all documents and returns their words in order, and the state of
// each. Each processor has a stretch of the documents; what comes out does not
// depend on how many.
func collect(sizes []int, document func(int) Document) ([]entry, []state) {
	of := make([]state, len(sizes))
	bounds := stretches(sizes, runtime.GOMAXPROCS(0))
	tables := make([]*table, len(bounds)-1)
	parallel.Each(context.Background(), len(tables), func(i int) error {
		t := &table{}
		for n := bounds[i]; n < bounds[i+1]; n++ {
			d := document(n)
			t.add(int32(n), &d)
			of[n] = state{d.Kind, d.Retired}
		}
		tables[i] = t
		return nil
	})
	all := tables[0]
	for _, t := range tables[1:] {
		all.join(t)
	}
	slices.SortFunc(all.entries, func(a, b entry) int { return compareUnits(a.word, b.word) })
	return all.entries, of
}

// stretches cuts the documents into n parts of about the same size.
func stretches(sizes []int, n int) (bounds []int) {
	total := 0
	for _, s := range sizes {
		total += s + overhead
	}
	sum := 0
	bounds = []int{0}
	for i, s := range sizes {
		if sum >= total*len(bounds)/n {
			bounds = append(bounds, i)
		}
		sum += s + overhead
	}
	return append(bounds, len(sizes))
}

// add adds the words of a document.
func (t *table) add(number int32, d *Document) {
	t.touched = t.touched[:0]
	see := func(r rank) func([]byte) { return func(word []byte) { t.see(number, r, word) } }
	eachWord(&t.word, d.Title, see(inTitle))
	eachWord(&t.word, d.ID, see(inID))
	for _, id := range append([]string{d.ID}, d.Names...) {
		if k := key(id); k != "" {
			t.see(number, inID, []byte(k))
		}
	}
	for _, h := range d.Headings {
		eachWord(&t.word, h, see(inHeading))
	}
	for _, a := range slices.Concat(d.About, d.Names, []string{d.Word, d.Summary}) {
		eachWord(&t.word, a, see(inAbout))
	}
	for _, m := range d.More {
		eachWord(&t.word, m, see(inBody))
	}
	t.text = appendText(t.text[:0], d.HTML)
	eachWord(&t.word, t.text, see(inBody))
	t.end(number)
}

// see notes a word of the current document.
func (t *table) see(document int32, r rank, word []byte) {
	i, fresh := t.number(word)
	if fresh {
		t.entries = append(t.entries, entry{word: t.words[i], first: -1})
		t.counts = append(t.counts, count{})
	}
	c := &t.counts[i]
	if c.document != document+1 {
		*c = count{document + 1, r, 0}
		t.touched = append(t.touched, int32(i))
	}
	c.rank = min(c.rank, r)
	if r == inBody && c.n < often {
		c.n++
	}
}

// end adds the current document to each word that it has.
func (t *table) end(document int32) {
	for _, i := range t.touched {
		r := t.counts[i].rank
		if r == inBody && t.counts[i].n >= often {
			r = inBodyOften
		}
		e := &t.entries[i]
		if e.first < 0 {
			e.first, e.rank = document, r
		} else {
			e.list = appendPosting(e.list, document-e.last, r)
		}
		e.last = document
	}
}

// join adds the words of documents that come after those of t.
func (t *table) join(after *table) {
	for _, e := range after.entries {
		i, fresh := t.number([]byte(e.word))
		if fresh {
			t.entries = append(t.entries, e)
			continue
		}
		had := &t.entries[i]
		had.list = append(appendPosting(had.list, e.first-had.last, e.rank), e.list...)
		had.last = e.last
	}
}

// compareUnits orders words as a browser does, by units of UTF-16: a character
// beyond the first plane comes before the last ones of that plane.
func compareUnits(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] != b[i] {
			if x, y := a[i] >= 0xf0, b[i] >= 0xf0; x != y && min(a[i], b[i]) >= 0xee {
				return strings.Compare(b, a)
			}
			break
		}
	}
	return strings.Compare(a, b)
}
