// Package explain says what each code of package diag means to the people who
// write documents: why it matters to readers, an example, and the way out.
//
// The texts are files, one a code, in the folder codes: txtar archives whose
// comment is the explanation in Markdown and whose sections are the example.
//
//	wrong/PATH   a small site that has the problem
//	mended/PATH  the same site without it
//	before/PATH  how the site was earlier, for rules that compare with that
//	message      what check prints for the problem of the wrong site
//
// Paths count from the content folder; those that begin with layouts/ are
// layouts. A test of package generator runs every example, so none of them can
// become untrue.
package explain

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/txtar"

	"minutebook/generator/diag"
)

//go:embed codes/*.txtar
var codes embed.FS

// An Explanation is what there is to say about a code.
type Explanation struct {
	Code    diag.Code
	Text    string // Markdown: a paragraph of a few sentences
	Before  []File // the site at an earlier revision; none unless the rule compares
	Wrong   []File
	Mended  []File
	Message string // as the text form of diag
}

// A File is a file of an example.
type File struct {
	Path string // from the content folder
	Text string // as it is stored, which need not be UTF-8
}

// Of is the explanation of a code.
func Of(code string) (Explanation, bool) {
	list := all()
	i, ok := slices.BinarySearchFunc(list, code, func(e Explanation, code string) int { return strings.Compare(e.Code.ID, code) })
	if !ok {
		return Explanation{}, false
	}
	return list[i], true
}

// Help is the text of a code alone, without its example; "" when it has none.
func Help(code string) string {
	e, _ := Of(code)
	return e.Text
}

// All are all explanations, sorted by code.
func All() []Explanation { return slices.Clone(all()) }

// all reads the embedded files, once. A fault in them is a mistake in the
// program.
var all = sync.OnceValue(func() []Explanation {
	entries, err := codes.ReadDir("codes")
	if err != nil {
		panic("explain: " + err.Error())
	}
	var list []Explanation
	for _, entry := range entries {
		data, err := codes.ReadFile("codes/" + entry.Name())
		if err != nil {
			panic("explain: " + err.Error())
		}
		e, err := parse(strings.TrimSuffix(entry.Name(), ".txtar"), data)
		if err != nil {
			panic("explain: " + err.Error())
		}
		list = append(list, e)
	}
	// A directory is sorted by file name, in which the ending counts.
	slices.SortFunc(list, func(a, b Explanation) int { return cmp.Compare(a.Code.ID, b.Code.ID) })
	return list
})

// parse reads the file of a code.
func parse(code string, data []byte) (Explanation, error) {
	e := Explanation{}
	var known bool
	if e.Code, known = diag.Find(code); !known {
		return e, fmt.Errorf("%s.txtar is of no code", code)
	}
	archive := txtar.Parse(data)
	e.Text = strings.TrimSpace(string(archive.Comment))
	for _, f := range archive.Files {
		if err := e.section(f.Name, string(f.Data)); err != nil {
			return e, fmt.Errorf("%s.txtar: %w", code, err)
		}
	}
	if e.Text == "" || e.Message == "" || len(e.Wrong) == 0 || len(e.Mended) == 0 {
		return e, fmt.Errorf("%s.txtar lacks its text, its message or a site", code)
	}
	return e, nil
}

func (e *Explanation) section(name, text string) error {
	if name == "message" {
		e.Message = text
		return nil
	}
	site, path, _ := strings.Cut(name, "/")
	sites := map[string]*[]File{"before": &e.Before, "wrong": &e.Wrong, "mended": &e.Mended}
	if sites[site] == nil || path == "" {
		return fmt.Errorf("%q is not the name of a section", name)
	}
	*sites[site] = append(*sites[site], File{Path: path, Text: text})
	return nil
}
