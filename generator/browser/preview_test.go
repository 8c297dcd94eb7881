package browser_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"minutebook/generator/cli"
)

// patience is how long a test waits for what must happen.
const patience = 30 * time.Second

// A previewing is the preview of a folder of documents.
type previewing struct {
	t    *testing.T
	dir  string
	base string // the address of the site, with a slash at the end
	end  func()
}

// preview starts the preview of documents, given as path and text in turn.
func preview(t *testing.T, files ...string) *previewing {
	t.Helper()
	p := &previewing{t: t, dir: t.TempDir()}
	p.write("content/README.md", "# Home\n")
	p.write(files...)
	p.start("0")
	return p
}

// start starts the server on a port, until it is ended.
func (p *previewing) start(port string) {
	p.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	var complaints bytes.Buffer
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer in.Close()
		cli.Run(ctx, cli.Env{
			Args: []string{"serve", "--port", port, "--today", "2018-04-02"}, Stdout: in, Stderr: &complaints, Dir: p.dir,
			Now: time.Now, Getenv: func(string) string { return "" },
		})
	}()
	p.end = sync.OnceFunc(func() { cancel(); <-ended })
	p.t.Cleanup(func() { p.end() })
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	if err != nil {
		p.end()
		p.t.Fatalf("the preview does not start: %s", complaints.String())
	}
	go io.Copy(io.Discard, lines)
	address, _, _ := strings.Cut(line, " ")
	p.base = strings.Replace(address, "localhost", "127.0.0.1", 1) // the one address that the tests' browser finds
}

func (p *previewing) write(files ...string) {
	p.t.Helper()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(p.dir, filepath.FromSlash(files[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			p.t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o644); err != nil {
			p.t.Fatal(err)
		}
	}
}

// port is the one that the server has.
func (p *previewing) port() string {
	u, err := url.Parse(p.base)
	if err != nil {
		p.t.Fatal(err)
	}
	return u.Port()
}

// watch opens a page of the preview and waits until it listens to the server.
func (p *previewing) watch(name string) *tab {
	p.t.Helper()
	tb := newTab(p.t)
	tb.load(p.base + name)
	tb.until(`document.documentElement.dataset.mbLive === "on"`)
	eval[any](tb, "window.before = true; 0")
	return tb
}

// until waits until an expression is true in the page.
func (tb *tab) until(expression string) {
	tb.t.Helper()
	const wait = `new Promise(done => {
		const limit = Date.now() + %d, look = () => { (%s) ? done(true) : Date.now() > limit ? done(false) : setTimeout(look, 5) };
		look();
	})`
	if !eval[bool](tb, fmt.Sprintf(wait, patience.Milliseconds(), expression)) {
		tb.t.Fatalf("still not: %s\n%s\n%v", expression, eval[string](tb, `document.body.innerText + "\n" + (document.getElementById("mb-live") || {}).innerText`), tb.happenings())
	}
}

// becomes waits until an expression is true, in this page or one that takes its
// place.
func (tb *tab) becomes(expression string) {
	tb.t.Helper()
	for limit := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		is, err := chromedp.Run(tb.ctx, chromedp.Evaluate[bool](expression)) // fails while a page is exchanged
		if err == nil && is {
			return
		}
		if time.Now().After(limit) {
			tb.t.Fatalf("still not: %s (%v)", expression, err)
		}
	}
}

// says waits until the page has a text.
func (tb *tab) says(text string) {
	tb.t.Helper()
	quoted, err := json.Marshal(text)
	tb.must(err)
	tb.until(fmt.Sprintf(`document.body.textContent.includes(%s)`, quoted))
}

// isSamePage fails when the page was loaded again.
func (tb *tab) isSamePage() {
	tb.t.Helper()
	if !eval[bool](tb, "window.before === true") {
		tb.t.Error("the page was loaded again")
	}
}

// long is a document that must be scrolled, and has all that a reader may be at
// work on.
func long(end string) string {
	var b strings.Builder
	b.WriteString("---\ntitle: Long\n---\n\n<details><summary>More</summary>\n\ninside\n\n</details>\n\n")
	for i := range 80 {
		fmt.Fprintf(&b, "Paragraph %d of the text, with [a link](#part).\n\n", i)
	}
	return b.String() + "## Part\n\n" + end + "\n"
}

// What is saved shows at once, and the reader stays where they are: the scroll
// position, what is open, selected and focused.
func TestPreviewKeepsThePlace(t *testing.T) {
	p := preview(t, "content/long.md", long("first"))
	tb := p.watch("long.html")
	eval[any](tb, `{
		document.querySelector("details").open = true;
		const paragraphs = [...document.querySelectorAll("main p")].filter(e => e.textContent.startsWith("Paragraph"));
		paragraphs[60].querySelector("a").focus({preventScroll: true});
		getSelection().setBaseAndExtent(paragraphs[61].firstChild, 0, paragraphs[61].firstChild, 12);
		scrollTo({top: paragraphs[60].getBoundingClientRect().top, behavior: "instant"});
	}; 0`)
	top := eval[float64](tb, "scrollY")
	if top < 500 {
		t.Fatalf("the page does not scroll: %v", top)
	}
	for _, end := range []string{"second", "third, and more\n\nof it", "fourth"} {
		p.write("content/long.md", long(end))
		tb.says(strings.Fields(end)[0])
	}
	tb.isSamePage()
	if now := eval[float64](tb, "scrollY"); now != top {
		t.Errorf("scrolled from %v to %v", top, now)
	}
	for _, kept := range []string{
		`document.querySelector("details").open`,
		`getSelection().toString() === "Paragraph 61"`,
		`document.activeElement.matches("main p a")`,
	} {
		if !eval[bool](tb, kept) {
			t.Errorf("no longer: %s", kept)
		}
	}
	if bad := complaints(tb.happenings(), p.base); len(bad) > 0 {
		t.Errorf("complaints: %v", bad)
	}
}

// What the layouts' scripts did to the page is there after a change, too.
func TestPreviewRunsScriptsAgain(t *testing.T) {
	p := preview(t, "content/a.md", "# First\n")
	tb := p.watch("a.html")
	tb.until(`!document.querySelector(".theme").hidden`)
	p.write("content/a.md", "# Second\n")
	tb.says("Second")
	tb.until(`!document.querySelector(".theme").hidden`)
	tb.isSamePage()
}

// A style sheet is exchanged in place.
func TestPreviewStyles(t *testing.T) {
	p := preview(t, "content/a.md", "# First\n")
	tb := p.watch("a.html")
	for _, width := range []string{"3px", "5px"} {
		p.write("layouts/css/09-own.css", "body { outline: "+width+" solid red }")
		tb.until(fmt.Sprintf(`getComputedStyle(document.body).outlineWidth === %q`, width))
	}
	tb.isSamePage()
	tb.until(`document.querySelectorAll("link[rel=stylesheet]").length === 2`) // the site's and the preview's
}

// What is wrong is told in the page, as text, and goes away when it is mended.
func TestPreviewProblems(t *testing.T) {
	const shown = `!document.querySelector("#mb-live details").hidden`
	p := preview(t, "content/a.md", "---\ntitle: Fine\n---\n\nfirst\n")
	tb := p.watch("a.html")
	p.write("content/a.md", "---\ntitle: [Fine\n---\n\n[x](<img src=x onerror=alert(1)>.md)\n")
	tb.until(shown + ` && document.querySelector("#mb-live details").open && document.querySelectorAll("#mb-live li").length >= 1`)
	text := eval[string](tb, `document.querySelector("#mb-live").innerText`)
	for _, want := range []string{"content/a.md:2:8", "never closed", "> title: [Fine"} {
		if !strings.Contains(text, want) {
			t.Errorf("the panel does not say %q:\n%s", want, text)
		}
	}
	if to := eval[string](tb, `document.querySelector("#mb-live a.place").href`); to != "vscode://file"+filepath.ToSlash(p.dir)+"/content/a.md:2:8" {
		t.Errorf("the editor's address is %s", to)
	}
	if height := eval[float64](tb, `document.querySelector("#mb-live").getBoundingClientRect().height / innerHeight`); height > .5 {
		t.Errorf("the panel covers %.0f %% of the page", 100*height)
	}
	if n := eval[int](tb, `document.querySelectorAll("#mb-live img").length`); n > 0 {
		t.Error("the panel has what a document says as HTML")
	}
	p.write("content/a.md", "---\ntitle: Fine\n---\n\nmended\n")
	tb.says("mended")
	tb.until("!(" + shown + ")")
	tb.isSamePage()
	if bad := complaints(tb.happenings(), p.base); len(bad) > 0 {
		t.Errorf("complaints: %v", bad)
	}
}

// Layouts that cannot be used keep the page, and their fault is told.
func TestPreviewBrokenLayout(t *testing.T) {
	p := preview(t, "content/a.md", "# First\n")
	tb := p.watch("a.html")
	p.write("layouts/page.html", "{{define \"main\"}}\n{{.Nope}}{{end}}")
	tb.until(`document.querySelector("#mb-live").innerText.includes("layouts/page.html:2:")`)
	tb.says("First")
	p.write("layouts/page.html", `{{define "main"}}my own look{{end}}`)
	tb.says("my own look")
	tb.until(`document.querySelector("#mb-live details").hidden`)
	tb.isSamePage()
}

// A problem that was put away stays away until something else is wrong.
func TestPreviewDismiss(t *testing.T) {
	p := preview(t, "content/a.md", "[x](gone.md)\n")
	tb := p.watch("a.html")
	tb.until(`!document.querySelector("#mb-live details").hidden`)
	eval[any](tb, `document.querySelector("#mb-live summary button").click(); 0`)
	tb.until(`document.querySelector("#mb-live details").hidden`)
	p.write("content/a.md", "[x](gone.md) edited\n")
	tb.says("edited")
	if !eval[bool](tb, `document.querySelector("#mb-live details").hidden`) {
		t.Error("it is back though nothing else is wrong")
	}
	p.write("content/a.md", "[x](gone.md) [y](missing.md)\n")
	tb.until(`!document.querySelector("#mb-live details").hidden`)
}

// A file that was renamed has its new address on the pages that list it; its own
// page says that it is gone.
func TestPreviewRename(t *testing.T) {
	p := preview(t, "content/proposals/old.md", "# The proposal\n")
	list, self := p.watch("proposals/index.html"), p.watch("proposals/old.html")
	if err := os.Rename(filepath.Join(p.dir, "content/proposals/old.md"), filepath.Join(p.dir, "content/proposals/new.md")); err != nil {
		t.Fatal(err)
	}
	self.until(`document.querySelector("#mb-live").innerText.includes("no longer there")`)
	self.says("The proposal")
	list.until(`document.querySelector("main a[href='new.html']")`)
	list.isSamePage()
	eval[any](list, `document.querySelector("main a[href='new.html']").click(); 0`)
	list.becomes(`location.pathname === "/proposals/new.html" && document.body && document.body.textContent.includes("The proposal")`)
}

// A page that does not change says what else did.
func TestPreviewTellsOfOtherPages(t *testing.T) {
	p := preview(t, "content/a.md", "# First page\n", "content/b.md", "# Second page\n")
	tb := p.watch("a.html")
	p.write("content/b.md", "# Second page\n\nwith text\n")
	tb.until(`[...document.querySelectorAll("#mb-live [role=status] a")].some(a => a.pathname === "/b.html")`)
	tb.isSamePage()
}

// look makes a tab one that is looked at, or not. The browser of the tests shows
// all of its tabs at once, and no reader's does.
func (tb *tab) look(is bool) {
	tb.t.Helper()
	eval[any](tb, fmt.Sprintf(`Object.defineProperty(document, "hidden", {configurable: true, get: () => %t});
		document.dispatchEvent(new Event("visibilitychange")); 0`, !is))
}

// Ten tabs are more than a browser opens connections for. The one that is
// looked at is up to date.
func TestPreviewTenTabs(t *testing.T) {
	p := preview(t, "content/a.md", "# Number 0\n")
	var tabs []*tab
	for range 10 {
		tb := p.watch("a.html")
		tb.look(false)
		tabs = append(tabs, tb)
	}
	for i, tb := range tabs {
		p.write("content/a.md", fmt.Sprintf("# Number %d\n", i+1))
		tb.look(true)
		tb.says(fmt.Sprintf("Number %d", i+1))
		tb.isSamePage()
		tb.look(false)
	}
}

// An open page finds a server that was started anew, and what was saved
// meanwhile.
func TestPreviewRestart(t *testing.T) {
	p := preview(t, "content/a.md", "# First\n")
	tb := p.watch("a.html")
	port := p.port()
	p.end()
	tb.until(`document.documentElement.dataset.mbLive === undefined`)
	p.write("content/a.md", "# Second\n")
	p.start(port)
	tb.says("Second")
	tb.isSamePage()
}

// An address that has no page yet gets it when it is written.
func TestPreviewMissingPage(t *testing.T) {
	p := preview(t)
	tb := newTab(t)
	tb.load(p.base + "new/a.html")
	tb.until(`document.documentElement.dataset.mbLive === "on"`)
	if colour := eval[string](tb, `getComputedStyle(document.body).backgroundColor`); colour == "rgba(0, 0, 0, 0)" {
		t.Error("the page for missing addresses has no style")
	}
	p.write("content/new/a.md", "# Written\n")
	tb.becomes(`document.body && document.body.textContent.includes("Written")`)
	tb.becomes(`getComputedStyle(document.body).backgroundColor !== "rgba(0, 0, 0, 0)"`)
}
