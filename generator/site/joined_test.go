package site

import (
	"math/rand/v2"
	"path"
	"testing"
)

// The short way of joining a link to its folder gives what path.Join gives.
func TestJoined(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "b.md", "..", ".", "", "c..d", ".e", "f."}
	folders := []string{".", "a", "a/b", "a/b/c"}
	for range 20_000 {
		p := pieces[random.IntN(len(pieces))]
		for range random.IntN(5) {
			p += "/" + pieces[random.IntN(len(pieces))]
		}
		if dir := folders[random.IntN(len(folders))]; p != "" && p[0] != '/' && joined(dir, p) != path.Join(dir, p) {
			t.Fatalf("%s in %s is %s, want %s", p, dir, joined(dir, p), path.Join(dir, p))
		}
	}
}
