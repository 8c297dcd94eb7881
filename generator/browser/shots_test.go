package browser_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var shots = flag.String("shots", "", "write pictures of one page of each type into this `folder`")

// Pictures for people: nothing is tested.
func TestShots(t *testing.T) {
	if *shots == "" {
		t.Skip("pictures are made with -shots DIR only")
	}
	if err := os.MkdirAll(*shots, 0o755); err != nil {
		t.Fatal(err)
	}
	r := withWide(t)
	base := publish(t, r.Snapshot)
	tb := newTab(t)
	for _, p := range append(types[:len(types):len(types)], struct{ name, page string }{"wide", "proposals/wide.html"}) {
		for _, width := range []int64{390, 1440} {
			for _, scheme := range []string{"light", "dark"} {
				tb.resize(width)
				tb.media("", scheme)
				tb.open(at(base, p.page))
				save(t, fmt.Sprintf("%s-%d-%s.png", p.name, width, scheme), picture(tb))
			}
		}
	}
	tb.media("", "light")
	tb.load(at(base, proposal))
	save(t, "proposal.pdf", run(tb, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize())))
}

// loaded waits for all images, those too that load only when one scrolls there.
const loaded = `Promise.allSettled([...document.images].map(i => { i.loading = "eager"; return i.decode() })).then(() => true)`

// picture is the whole page, however long.
func picture(tb *tab) []byte {
	tb.t.Helper()
	eval[bool](tb, loaded)
	beyond := true
	shot := call(tb, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond})
	return shot.Data
}

func save(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(*shots, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}
