package generator_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"testing"

	"minutebook/generator"
	"minutebook/generator/source"
)

// loaded is a file that a browser asks for when it opens a page; images of the
// text are the author's.
var loaded = regexp.MustCompile(`<(?:link rel="(?:stylesheet|icon)"|script)[^>]* (?:href|src)="([^"]+)"`)

// A document's page, with all that it loads, is light enough for a slow line.
func TestPagesAreLight(t *testing.T) {
	tree, err := source.FromFS(os.DirFS(filepath.Join("..", "content")))
	if err != nil {
		t.Fatal(err)
	}
	in := inputs(t, nil)
	in.Content = tree
	r := build(t, &generator.Builder{}, in)
	for _, page := range []string{
		"proposals/colocate-ops-2h-2018.html", "proposals/colocate-ops-2h-2018.brief.html", "meetings/2018-03-20-ops-meetups-team.html",
		"decisions/minutes-in-this-repository.html", "decisions/index.html", "events/ops-meetup-2018-2h.html", "topics/upgrades.html", "index.html",
	} {
		html := content(t, r, page)
		total := packed(t, html)
		if total > 10<<10 {
			t.Errorf("%s has %d bytes when compressed", page, total)
		}
		files := loaded.FindAllSubmatch(html, -1)
		for _, m := range files {
			total += packed(t, content(t, r, path.Join(path.Dir(page), string(m[1]))))
		}
		if total > 20<<10 || len(files) != 3 {
			t.Errorf("%s has %d bytes with the %d files that it loads", page, total, len(files))
		}
	}
}

// packed is how many bytes a file has when it is compressed as servers do.
func packed(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
