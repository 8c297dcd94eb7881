package generator_test

import (
	"bytes"
	"crypto/sha256"
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

// Whatever is edited, files of the index with one path and one key are the same.
func TestKeysOfTheIndexHoldAll(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	files, b := sample(12), generator.Builder{}
	seen := map[string][sha256.Size]byte{}
	for range 60 {
		what := edit(random, files)
		r := build(t, &b, inputs(t, files))
		for path, data := range indexFiles(t, r) {
			f, _ := r.Snapshot.Lookup(path)
			sum, before := sha256.Sum256(data), seen[path+" "+f.Key()]
			if f.Key() == "" || before != [sha256.Size]byte{} && before != sum {
				t.Errorf("%s: %s is another with the key %s", what, path, f.Key())
			}
			seen[path+" "+f.Key()] = sum
		}
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
