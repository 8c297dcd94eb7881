package generator_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"minutebook/generator"
)

// indexFiles are the files of a site's search index with their content.
func indexFiles(t *testing.T, r *generator.Result) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, f := range r.Snapshot.Files() {
		if strings.HasPrefix(f.Path, "assets/search/") {
			files[f.Path] = content(t, r, f.Path)
		}
	}
	if len(files) < 3 {
		t.Fatalf("%d files", len(files))
	}
	return files
}

// Whatever is edited, files of the index with one path and one version are the
// same: a page never mixes those of two builds.
func TestVersionsOfTheIndexHoldAll(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	files, b := sample(12), generator.Builder{}
	seen := map[string][]byte{}
	for range 60 {
		what := edit(random, files)
		for path, data := range indexFiles(t, build(t, &b, inputs(t, files))) {
			version := string(bytes.SplitN(data, []byte(`,`), 3)[1]) // mbSearch(name,version,…
			if before := seen[path+version]; before != nil && !bytes.Equal(before, data) {
				t.Errorf("%s: %s is another with the version %s", what, path, version)
			}
			seen[path+version] = data
		}
	}
	if len(seen) < 20 {
		t.Errorf("only %d versions of files were seen", len(seen))
	}
}

// Persons are found by what the site calls them, and hidden ones not at all.
func TestIndexNamesNobodyHidden(t *testing.T) {
	r := build(t, &generator.Builder{}, inputs(t, map[string]string{
		"people.yaml":            "people:\n  dora: {name: Dora Secretive, aliases: [dee], public: hidden}\n  bo: {name: Bo Brown, public: initials}\n  anna: {name: Anna Amber}\n",
		"meetings/2018-03-20.md": "---\ntitle: Sync\nchair: dora\nscribe: bo\nattendees: [anna, dora]\n---\n\nText.\n",
	}))
	if r.Refused() {
		t.Fatal(r.Problems)
	}
	all := bytes.ToLower(bytes.Join([][]byte{indexFiles(t, r)["assets/search/w0.js"], indexFiles(t, r)["assets/search/t0.js"]}, nil))
	for _, name := range []string{"dora", "secretive", "dee", "brown"} {
		if bytes.Contains(all, []byte(name)) {
			t.Errorf("the index has %q", name)
		}
	}
	if !bytes.Contains(all, []byte("amber")) || !bytes.Contains(all, []byte("participant")) {
		t.Errorf("the index lacks those whom the site names: %s", all)
	}
}
