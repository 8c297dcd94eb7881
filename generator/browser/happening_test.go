package browser_test

import (
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A happening is something that a browser reports about a page.
type happening struct {
	kind  string
	text  string
	image bool // of a request
}

// The kinds of happenings.
const (
	message   = "console message" // of level warning or error
	exception = "exception"
	violation = "violation of the policy"
	dialog    = "dialog"
	request   = "request"
	failure   = "failed request"
)

func (h happening) String() string { return h.kind + ": " + h.text }

const violationBinding = "minutebookViolation"

// reportViolations tells of every violation of the content security policy:
// the console has only those of some kinds.
const reportViolations = `addEventListener("securitypolicyviolation", e => ` + violationBinding + `([e.effectiveDirective, e.blockedURI, e.sample].join(" ")), true)`

// note is told of every event of the tab, in their order.
func (tb *tab) note(event any) {
	h := happening{}
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError && e.Type != runtime.ConsoleAPICalledTypeWarning {
			return
		}
		h = happening{kind: message, text: arguments(e.Args)}
	case *log.EventEntryAdded:
		if e.Entry.Level != log.EntryLevelError && e.Entry.Level != log.EntryLevelWarning {
			return
		}
		h = happening{kind: message, text: e.Entry.Text + " " + e.Entry.URL}
	case *runtime.EventExceptionThrown:
		h = happening{kind: exception, text: exceptionText(e.ExceptionDetails)}
	case *runtime.EventBindingCalled:
		h = happening{kind: violation, text: e.Payload}
	case *network.EventRequestWillBeSent:
		h = happening{kind: request, text: e.Request.URL, image: e.Type == network.ResourceTypeImage}
	case *network.EventLoadingFailed:
		h = happening{kind: failure, text: fmt.Sprintf("%s %s %s", e.Type, e.ErrorText, e.BlockedReason)}
	case *page.EventJavascriptDialogOpening:
		h = happening{kind: dialog, text: e.Message}
		// A dialog stops the page, and this function must not wait.
		go chromedp.Call(tb.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{})
	default:
		return
	}
	tb.mu.Lock()
	tb.seen = append(tb.seen, h)
	tb.mu.Unlock()
}

func arguments(list []*runtime.RemoteObject) string {
	var words []string
	for _, o := range list {
		words = append(words, o.Description+fmt.Sprint(o.Value))
	}
	return strings.Join(words, " ")
}

func exceptionText(d *runtime.ExceptionDetails) string {
	if d.Exception != nil {
		return d.Exception.Description
	}
	return d.Text
}

// happenings are what happened since the page was opened.
func (tb *tab) happenings() []happening {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	return tb.seen
}

// complaints are what should not happen on a page of the site at base: all but
// requests for its own files.
func complaints(list []happening, base string) []happening {
	var bad []happening
	for _, h := range list {
		if h.kind != request || !strings.HasPrefix(h.text, base) {
			bad = append(bad, h)
		}
	}
	return bad
}

// call sends a command to the tab.
func call[P, R any](tb *tab, command cdp.Command[P, R], params P) R {
	tb.t.Helper()
	r, err := chromedp.Call(tb.ctx, command, params)
	tb.must(err)
	return r
}

// run does something in the tab.
func run[T any](tb *tab, a chromedp.Action[T]) T {
	tb.t.Helper()
	v, err := chromedp.Run(tb.ctx, a)
	tb.must(err)
	return v
}

// eval is the value of an expression in the page, awaited if it is a promise.
func eval[T any](tb *tab, expression string) T {
	tb.t.Helper()
	return run(tb, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}
