package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

// What the other tests must not see, a tab does see.
func TestTabsSee(t *testing.T) {
	const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`
	for _, test := range []struct{ kind, html string }{
		{message, `<script>console.error("x")</script>`},
		{message, `<link rel=stylesheet href=missing.css>`},
		{exception, `<script>throw new Error("x")</script>`},
		{violation, policy + `<script>1</script>`},
		{violation, policy + `<p style="color:red">x`},
		{violation, policy + `<img src=x onerror=1>`},
		{dialog, `<script>alert(1)</script>`},
		{dialog, `<img src=x onerror=alert(1)>`},
		{dialog, `<details open ontoggle=alert(1)>`},
		{dialog, `<input autofocus onfocus=alert(1)>`},
		{dialog, `<svg><animate onbegin=alert(1) attributeName=x dur=1s>`},
		{request, `<script>fetch("//other.example/")</script>`},
		{request, `<iframe src="//other.example/"></iframe>`},
		{failure, `<script src="//other.example/"></script>`},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/" {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html")
			w.Write([]byte(test.html))
		}))
		got := complaints(newTab(t).open(server.URL+"/"), server.URL+"/")
		if !slices.ContainsFunc(got, func(h happening) bool { return h.kind == test.kind }) {
			t.Errorf("%s: no %s, only %v", test.html, test.kind, got)
		}
		server.Close()
	}
}

// A page that is too wide is seen to be.
func TestTabsSeeOverflow(t *testing.T) {
	tb := newTab(t)
	tb.open(serve(t, build(t, tree(nil)).Snapshot, nil) + "index.html")
	eval[any](tb, `const line = document.createElement("p");
		line.textContent = "x".repeat(300);
		line.style.overflowWrap = "normal";
		document.querySelector("main").append(line)`)
	tb.resize(390)
	if o := eval[overflow](tb, fmt.Sprintf(measure, 390)); o.Page <= o.Window {
		t.Errorf("a line of 300 letters fits into 390 pixels: %v", o)
	}
}

// A document that closes what is around it is seen to do so.
func TestTabsSeeAnEscape(t *testing.T) {
	tb := newTab(t)
	site := func(text string) map[string]string {
		files := placedSite(func() string { return text })
		files["minutebook.yaml"] = "html: unsafe\n"
		return files
	}
	want := structures(tb, site("text"))
	for p, got := range structures(tb, site("text\n\n</div></div></article></main><main>\n")) {
		if got == want[p] {
			t.Errorf("%s is as it should be", p)
		}
	}
}
