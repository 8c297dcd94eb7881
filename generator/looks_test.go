package generator_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"minutebook/generator"
	"minutebook/generator/source"
)

// exampleFile is a file that the guide shows: its path on a line of its own, and
// then its text.
var exampleFile = regexp.MustCompile("(?m)^`layouts/(.+)`\n\n```[a-z]+\n((?s:.*?))^```$")

// Each file that the guide shows for changing the look is one that a site can be
// built with, and it changes what the guide says that it changes.
func TestLooksOfTheGuide(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join("..", "content", "guide", "looks.md"))
	if err != nil {
		t.Fatal(err)
	}
	content := map[string]string{"README.md": "# Home\n", "proposals/p.md": "---\nstatus: draft\ncreated: 2018-03-20\n---\n"}
	effects := map[string]struct{ file, has, hasNot string }{
		"css/07-ours.css":    {"assets/", "--rule:light-dark(#00695c, #5ec7b6)", ""},
		"404.html":           {"404.html", "or ask on the list.", "It may have moved"},
		"partials/date.html": {"proposals/p.html", `<time datetime="2018-03-20">20 Mar</time>`, "Tuesday 20 March 2018"},
	}
	plain := build(t, &generator.Builder{}, inputs(t, content))
	for _, m := range exampleFile.FindAllStringSubmatch(string(guide), -1) {
		want, known := effects[m[1]]
		delete(effects, m[1])
		in := inputs(t, content)
		in.Layouts = in.Layouts.Overlay(source.NewTree(source.NewFile(m[1], []byte(m[2]))))
		r := build(t, &generator.Builder{}, in)
		if !known || len(r.Problems) > len(plain.Problems) || r.Refused() {
			t.Errorf("layouts/%s: %v", m[1], r.Problems)
			continue
		}
		text, before := find(t, r, want.file), find(t, plain, want.file)
		if !strings.Contains(text, want.has) || want.hasNot != "" && strings.Contains(text, want.hasNot) {
			t.Errorf("layouts/%s: %s does not show it", m[1], want.file)
		}
		if strings.Contains(before, want.has) || !strings.Contains(before, want.hasNot) {
			t.Errorf("layouts/%s: %s shows it without", m[1], want.file)
		}
	}
	if len(effects) > 0 {
		t.Errorf("the guide does not show %v", effects)
	}
}

// find is a file of a site: the style sheet for the folder of assets.
func find(t *testing.T, r *generator.Result, path string) string {
	t.Helper()
	for _, f := range r.Snapshot.Files() {
		if f.Path == path || path == "assets/" && strings.HasPrefix(f.Path, path) && strings.HasSuffix(f.Path, ".css") {
			return string(content(t, r, f.Path))
		}
	}
	t.Fatalf("there is no %s", path)
	return ""
}
