package browser_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"minutebook/generator/cli"
)

// artifact is the site that the workflow check.yml keeps of a pull request: made
// with the flags of the action, packed as an artifact is (no hidden files, no
// modes), and unpacked where a browser saves it. It returns the folder's address
// and the folder.
func artifact(t *testing.T) (base, dir string) {
	t.Helper()
	project, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	site := filepath.Join(t.TempDir(), "site")
	var out bytes.Buffer
	code := cli.Run(t.Context(), cli.Env{
		Args:   []string{"build", "--content=content", "--output=" + site, "--layouts=layouts", "--untrusted"},
		Stdout: &out, Stderr: &out, Stdin: strings.NewReader(""), Dir: project, Getenv: func(string) string { return "" },
		Now: func() time.Time { return time.Date(2018, 4, 2, 12, 0, 0, 0, time.UTC) },
	})
	if code != cli.OK {
		t.Fatalf("exit code %d\n%s", code, out.String())
	}
	dir = filepath.Join(t.TempDir(), "Téléchargements", "site (1) #2 100%")
	unpack(t, pack(t, site), dir)
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir) + "/"}).String(), dir
}

func pack(t *testing.T, dir string) []byte {
	t.Helper()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	})
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func unpack(t *testing.T, packed []byte, dir string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err == nil {
		err = os.CopyFS(dir, z)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// The artifact of a pull request opens from disk: every page is there and has its
// styles, a click leads on, and what is typed is found.
func TestArtifactOpensFromDisk(t *testing.T) {
	base, dir := artifact(t)
	tb := newTab(t)
	crawl(tb, base, dir)

	tb.open(base + "index.html")
	arrive(tb, clicked(`[...document.querySelectorAll("main a")].find(a => a.textContent.startsWith("Co-locate the Ops Meetup"))`))
	if got := eval[string](tb, `document.querySelector("h1").textContent`); !strings.HasPrefix(got, "Co-locate the Ops Meetup") {
		t.Errorf("the link on Home leads to %q", got)
	}
	eval[bool](tb, `(document.getElementById("mb-q").focus(), true)`)
	arrive(tb, chromedp.KeyEvent("weekly summary"+kb.Enter))
	if got := found(tb); len(got.Titles) == 0 || got.Titles[0] != "Send a weekly summary to the mailing list" {
		t.Errorf("the search finds %q: %s", got.Titles, got.Status)
	}
	arrive(tb, clicked(`document.querySelector("#mb-results a")`))
	if got := eval[string](tb, `document.querySelector("h1").textContent`); got != "Send a weekly summary to the mailing list" {
		t.Errorf("the result leads to %q", got)
	}
	for _, h := range complaints(tb.happenings(), base) {
		if !strings.Contains(h.text, "ViewTransition") { // pages from disk are strangers to each other: the browser leaves the transition out
			t.Errorf("%s", h)
		}
	}
}

// clicked clicks on an element.
func clicked(element string) chromedp.Action[any] {
	return chromedp.Evaluate[any]("void " + element + "?.click()")
}

// arrive does something that leads to another page, and waits until that is
// there.
func arrive[T any](tb *tab, does chromedp.Action[T]) {
	tb.t.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, 10*time.Second)
	defer cancel()
	arrived := func(e page.EventFrameNavigated) bool { return e.Frame.ParentID == "" }
	_, err := chromedp.Run(ctx, chromedp.WaitEvent(page.FrameNavigated, arrived, does))
	tb.must(err)
	tb.must(chromedp.Do(ctx, chromedp.WaitReady("h1")))
}

// A diskPage is what a page opened from disk shows of itself.
type diskPage struct {
	Links  []string
	Styled bool
}

const readDiskPage = `({
	links: [...document.querySelectorAll("a[href], link[href], script[src], img[src]")].map(e => e.href || e.src),
	styled: getComputedStyle(document.documentElement).getPropertyValue("--rule") !== "" && getComputedStyle(document.querySelector(".bar")).display !== "block",
})`

// crawl opens all pages that lead from Home to each other.
func crawl(tb *tab, base, dir string) {
	tb.t.Helper()
	waiting, seen, opened := []string{"index.html"}, map[string]bool{"index.html": true}, 0
	for len(waiting) > 0 {
		name := waiting[0]
		waiting = waiting[1:]
		for _, h := range complaints(tb.open(at(base, name)), base) {
			tb.t.Errorf("%s: %s", name, h)
		}
		got := eval[diskPage](tb, readDiskPage)
		if opened++; !got.Styled {
			tb.t.Errorf("%s has no styles", name)
		}
		for _, link := range got.Links {
			rest, own := strings.CutPrefix(link, base)
			if !own {
				if strings.HasPrefix(link, "file:") {
					tb.t.Errorf("%s: the link %s leads out of the site", name, link)
				}
				continue
			}
			u, err := url.Parse(rest)
			if err != nil || u.Path == "" || seen[u.Path] {
				continue
			}
			seen[u.Path] = true
			if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(u.Path))); err != nil || info.IsDir() {
				tb.t.Errorf("%s: the link %s leads nowhere", name, link)
			} else if strings.HasSuffix(u.Path, ".html") {
				waiting = append(waiting, u.Path)
			}
		}
	}
	if opened < 80 {
		tb.t.Errorf("%d pages are reached from Home", opened)
	}
}
