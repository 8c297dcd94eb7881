package browser_test

import (
	"bytes"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"minutebook/generator"
	"minutebook/generator/output"
	"minutebook/generator/source"
	"minutebook/layouts"
)

// example is the example of this repository.
func example(t *testing.T) *source.Tree {
	t.Helper()
	tree, err := source.FromFS(os.DirFS(filepath.Join("..", "..", "content")))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// tree is a content folder, by path.
func tree(files map[string]string) *source.Tree {
	var list []*source.File
	for name, text := range files {
		list = append(list, source.NewFile(name, []byte(text)))
	}
	return source.NewTree(list...)
}

// build makes a site that may be published.
func build(t *testing.T, content *source.Tree) *generator.Result {
	t.Helper()
	own, err := source.FromFS(layouts.FS)
	if err != nil {
		t.Fatal(err)
	}
	b := generator.Builder{} // pages are in the snapshot then
	r, err := b.Build(t.Context(), generator.Inputs{
		Content: content, Layouts: own, Now: time.Date(2018, 4, 2, 12, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.Refused() {
		t.Fatalf("the site is refused: %v", r.Problems[:min(len(r.Problems), 3)])
	}
	return r
}

// pages are the addresses of the pages of a site, without those that lead to
// another at once.
func pages(r *generator.Result) []string {
	stubs := map[string]bool{}
	for _, s := range r.Site.Redirects {
		stubs[s.URL] = true
	}
	var list []string
	for _, f := range r.Snapshot.Files() {
		if strings.HasSuffix(f.Path, ".html") && !stubs[f.Path] {
			list = append(list, f.Path)
		}
	}
	return list
}

// publish writes a site to a folder and returns the folder's address.
func publish(t *testing.T, s *output.Snapshot) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "public")
	if _, err := output.Publish(t.Context(), dir, s, output.Options{}); err != nil {
		t.Fatal(err)
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir) + "/"}).String()
}

// serve serves a site and returns its address. change may alter pages on their
// way; nil does not.
func serve(t *testing.T, s *output.Snapshot, change func([]byte) []byte) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		f, ok := s.Lookup(name)
		if !ok {
			http.NotFound(w, r)
			return
		}
		data := f.Data
		if f.Make != nil {
			var made bytes.Buffer
			f.Make(&made)
			data = made.Bytes()
		}
		if change != nil && strings.HasSuffix(name, ".html") {
			data = change(data)
		}
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		w.Write(data)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// at is the address of a file of the site at base.
func at(base, name string) string { return base + (&url.URL{Path: name}).EscapedPath() }
