package search

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// A reader reads the files of an index as the script does. It is written from
// what encode.go and search.go say of them, and shares no code with the writer.
type reader struct {
	head struct {
		Kinds, Labels, Starts []string
		Of, Texts             string
	}
	words []map[string]map[int]int // by file: the documents of a word, with its rank
	texts [][8]string
}

var call = regexp.MustCompile(`(?s)^mbSearch\("(\w+)","(\w+)",(.*)\);\n$`)

func read(t testing.TB, x *Index) *reader {
	t.Helper()
	r := &reader{}
	for _, f := range x.Files() {
		m := call.FindSubmatch(made(f))
		if m == nil || string(m[1])+".js" != f.Name || string(m[2]) != "v1" {
			t.Fatalf("%s does not call mbSearch with its name and version: %.80q", f.Name, made(f))
		}
		if strings.ContainsAny(string(m[3]), "<\u2028\u2029") {
			t.Errorf("%s has what may be taken for markup or the end of a line", f.Name)
		}
		var to any = &r.head
		var text string
		var docs [][8]string
		switch f.Name[0] {
		case 'w':
			to = &text
		case 't':
			to = &docs
		}
		if err := json.Unmarshal(m[3], to); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if f.Name[0] == 'w' {
			r.words = append(r.words, readWords(t, text))
		}
		r.texts = append(r.texts, docs...)
	}
	return r
}

func readWords(t testing.TB, text string) map[string]map[int]int {
	t.Helper()
	all := map[string]map[int]int{}
	if text == "" {
		return all
	}
	parts := strings.Split(text, " ")
	before := []uint16{}
	for i := 0; i < len(parts); i += 2 {
		n, err := strconv.ParseInt(parts[i][:1], 36, 0)
		if err != nil {
			t.Fatal(err)
		}
		word := append(slices.Clone(before[:n]), utf16.Encode([]rune(parts[i][1:]))...)
		if slices.Compare(before, word) >= 0 {
			t.Errorf("%q comes after %q", string(utf16.Decode(word)), string(utf16.Decode(before)))
		}
		before = word
		all[string(utf16.Decode(word))] = readDocuments(parts[i+1])
	}
	return all
}

const digits = "#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"

func readDocuments(list string) map[int]int {
	docs := map[int]int{}
	document, n := -1, 0
	for _, c := range list {
		d := strings.IndexRune(digits, c)
		n = n*45 + d%45
		if d < 45 {
			document += n/6 + 1
			docs[document] = n % 6
			n = 0
		}
	}
	return docs
}

// find is the documents that have a word, in the file where it belongs.
func (r *reader) find(word string) map[int]int {
	units := func(s string) []uint16 { return utf16.Encode([]rune(s)) }
	file := 0
	for file < len(r.head.Starts) && slices.Compare(units(r.head.Starts[file]), units(word)) <= 0 {
		file++
	}
	return r.words[file][word]
}

// all are the documents of a word in the order of their numbers.
func (r *reader) all(word string) []int { return slices.Sorted(maps.Keys(r.find(word))) }
