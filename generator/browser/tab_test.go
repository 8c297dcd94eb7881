package browser_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// programs are what Chromium is called on different systems.
var programs = []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"}

var errNoChromium = errors.New("these tests need Chromium: apt-get install chromium (looked for " + strings.Join(programs, ", ") + ")")

// chromium is the one browser of all tests, and ends it.
var (
	chromium    = sync.OnceValues(start)
	endChromium = func() {}
)

func TestMain(m *testing.M) {
	code := m.Run()
	endChromium()
	os.Exit(code)
}

func start() (context.Context, error) {
	program, err := find()
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "minutebook-chromium-")
	if err != nil {
		return nil, err
	}
	allocator, end := chromedp.NewExecAllocator(context.Background(), options(program, profile)...)
	ctx, cancel := chromedp.NewContext(allocator)
	endChromium = func() {
		cancel()
		end()
		os.RemoveAll(profile)
	}
	return ctx, chromedp.Do(ctx)
}

func find() (string, error) {
	for _, name := range programs {
		if program, err := exec.LookPath(name); err == nil {
			return program, nil
		}
	}
	return "", errNoChromium
}

func options(program, profile string) []chromedp.ExecAllocatorOption {
	list := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(program), chromedp.UserDataDir(profile), chromedp.NoFirstRun, chromedp.DisableGPU,
		// No name leads anywhere but to this machine: a page that asks for
		// another origin is seen, and gets nothing.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	}
	for _, flag := range []string{"headless", "disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		list = append(list, chromedp.Flag(flag, true))
	}
	if os.Geteuid() == 0 { // the sandbox refuses to run as root
		list = append(list, chromedp.NoSandbox)
	}
	return list
}

// A tab is a tab of the browser that notes what happens in it.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu   sync.Mutex
	seen []happening
}

// newTab opens a tab for the length of a test.
func newTab(t *testing.T) *tab {
	t.Helper()
	browser, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	tb := &tab{t: t, ctx: ctx}
	tb.must(chromedp.Listen(ctx, tb.note))
	call(tb, runtime.AddBinding, runtime.AddBindingParams{Name: violationBinding})
	call(tb, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: reportViolations})
	// A page that is not looked at draws no frames, and nothing in it gets the
	// focus.
	call(tb, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	tb.resize(1440)
	return tb
}

func (tb *tab) must(err error) {
	tb.t.Helper()
	if err != nil {
		tb.t.Fatal(err)
	}
}

// settled ends when two frames were drawn: what a document starts while it is
// read, and what follows its first layout, has begun by then.
const settled = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`

// open opens a page, waits until it is loaded and drawn, and returns what
// happened.
func (tb *tab) open(address string) []happening {
	tb.t.Helper()
	tb.load(address)
	eval[bool](tb, settled)
	return tb.happenings()
}

// load opens a page and waits until it is loaded.
func (tb *tab) load(address string) {
	tb.t.Helper()
	tb.mu.Lock()
	tb.seen = nil
	tb.mu.Unlock()
	if err := chromedp.Do(tb.ctx, chromedp.Navigate(address)); err != nil {
		tb.t.Fatalf("%s: %v", address, err)
	}
}

// follow opens a page that leads to another at once, and waits until that one
// is loaded.
func (tb *tab) follow(address, to string) {
	tb.t.Helper()
	arrived := func(e page.EventFrameNavigated) bool { return e.Frame.ParentID == "" && e.Frame.URL == to }
	_, err := chromedp.Run(tb.ctx, chromedp.WaitEvent(page.FrameNavigated, arrived, chromedp.Navigate(address)))
	if err != nil {
		tb.t.Fatalf("%s: %v", address, err)
	}
	tb.must(chromedp.Do(tb.ctx, chromedp.WaitReady("body")))
}

// resize gives the page a width; scroll bars lie over it, as on a phone.
func (tb *tab) resize(width int64) {
	tb.t.Helper()
	call(tb, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: 900, DeviceScaleFactor: 1, ScrollbarType: emulation.SetDeviceMetricsOverrideScrollbarTypeOverlay,
	})
}

// media emulates a medium and a colour scheme; "" is the browser's own.
func (tb *tab) media(medium, scheme string) {
	tb.t.Helper()
	call(tb, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: medium, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}
