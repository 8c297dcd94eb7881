package cli_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkSave times the preview from the save of a document to the new page
// over HTTP, the quiet time included: an edit of its text, and one of its title
// that is seen on another page, where it is listed as leading there. CORPUS is a
// folder of documents to use in place of made ones; it is copied.
func BenchmarkSave(b *testing.B) {
	for _, n := range []int{200, 2000} {
		b.Run(fmt.Sprintf("docs=%d", n), func(b *testing.B) {
			dir := b.TempDir()
			if corpus := os.Getenv("CORPUS"); corpus != "" {
				must(b, os.CopyFS(filepath.Join(dir, "content"), os.DirFS(corpus)))
			} else {
				random := rand.New(rand.NewPCG(1, uint64(n)))
				for i := range n {
					write(b, dir, fmt.Sprintf("content/proposals/p%d.md", i), benchText(random, n))
				}
			}
			from, to := filepath.Join(dir, "content/proposals/bench-from.md"), "/proposals/bench-to.html"
			write(b, dir, "content/proposals/bench-to.md", "# To\n", "content/proposals/bench-from.md", "# From\n")
			s := serve(b, dir)
			for _, edit := range []struct{ name, page, text string }{
				{"body", "/proposals/bench-from.html", "# From\n\nMark %d.\n\n[to](bench-to.md)\n"},
				{"title", to, "# Mark %d.\n\n[to](bench-to.md)\n"},
			} {
				b.Run(edit.name, func(b *testing.B) {
					for i := 0; b.Loop(); i++ {
						mark := fmt.Sprintf("Mark %d.", i)
						must(b, os.WriteFile(from, fmt.Appendf(nil, edit.text, i), 0o644))
						for {
							if _, body := s.get(edit.page); strings.Contains(body, mark) {
								break
							}
							time.Sleep(time.Millisecond)
						}
						b.StopTimer()
						time.Sleep(fillPause) // nobody saves again before the other pages are filled
						b.StartTimer()
					}
				})
			}
		})
	}
}

// fillPause is how long a writer takes between two saves, at the least.
const fillPause = 500 * time.Millisecond

func benchText(random *rand.Rand, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: \"Proposal %d\"\nstatus: review\ntags: [t%d]\n---\n\n", random.IntN(n), random.IntN(20))
	for section := range 4 {
		fmt.Fprintf(&b, "## Section %d\n\nThe team asked for rooms and a budget, as in [another](p%d.md).\n\n", section, random.IntN(n))
	}
	return b.String()
}
