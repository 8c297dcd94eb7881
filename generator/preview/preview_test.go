package preview_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"minutebook/generator/diag"
	"minutebook/generator/output"
	"minutebook/generator/preview"
	"minutebook/generator/source"
)

func page(text string) string {
	return "<!doctype html><html><head><title>" + text + "</title></head><body>" + text + "</body></html>"
}

// snapshot is a site of files, given as path and text in turn.
func snapshot(t testing.TB, files ...string) *output.Snapshot {
	t.Helper()
	var list []output.File
	for i := 0; i < len(files); i += 2 {
		list = append(list, output.File{Path: files[i], Data: []byte(files[i+1])})
	}
	s, err := output.NewSnapshot(list)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// site is a server that shows files.
func site(t testing.TB, files ...string) *preview.Server {
	s := &preview.Server{}
	s.Show(preview.State{Snapshot: snapshot(t, files...)})
	return s
}

var sample = []string{
	"index.html", page("Home"), "a b.html", page("Space"), "dir/index.html", page("Folder"), "dir/x.csv", "1,2,3\n",
	"style.css", "p{}", "logo.svg", "<svg/>", "strange.bin", "\x00\x01", "404.html", page("Missing"),
}

// ask asks for a path as it stands, without the cleaning that clients do.
func ask(s http.Handler, method, path string, header ...string) *http.Response {
	r := httptest.NewRequest(method, "http://localhost/", nil)
	r.Host = "localhost:8080"
	r.RequestURI = path
	r.URL.Path, r.URL.RawQuery, _ = strings.Cut(path, "?")
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func body(t testing.TB, r *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Every file has its address, its type and its tag; folders lead to their index.
func TestFiles(t *testing.T) {
	s := site(t, sample...)
	for _, test := range []struct {
		path   string
		status int
		kind   string
	}{
		{"/", 200, "text/html; charset=utf-8"},
		{"/index.html", 200, "text/html; charset=utf-8"},
		{"/a b.html", 200, "text/html; charset=utf-8"},
		{"/dir/", 200, "text/html; charset=utf-8"},
		{"/dir", 302, "text/html; charset=utf-8"},
		{"/dir/x.csv", 200, "text/csv; charset=utf-8"},
		{"/style.css", 200, "text/css; charset=utf-8"},
		{"/logo.svg", 200, "image/svg+xml"},
		{"/strange.bin", 200, "application/octet-stream"},
		{"/dir/gone", 404, "text/html; charset=utf-8"},
		{"/INDEX.html", 404, "text/html; charset=utf-8"},
	} {
		r := ask(s, "GET", test.path)
		if r.StatusCode != test.status || r.Header.Get("Content-Type") != test.kind {
			t.Errorf("%s: %d %s, want %d %s", test.path, r.StatusCode, r.Header.Get("Content-Type"), test.status, test.kind)
		}
		if tag := r.Header.Get("ETag"); (tag != "") != (test.status == 200) {
			t.Errorf("%s: tag %q", test.path, tag)
		}
		head := ask(s, "HEAD", test.path)
		if head.StatusCode != test.status || body(t, head) != "" || head.Header.Get("Content-Length") != r.Header.Get("Content-Length") {
			t.Errorf("%s: HEAD answers otherwise: %d, %v", test.path, head.StatusCode, head.Header)
		}
	}
	if to := ask(s, "GET", "/dir?x=1").Header.Get("Location"); to != "/dir/?x=1" {
		t.Errorf("a folder leads to %q", to)
	}
	if text := body(t, ask(s, "GET", "/dir/gone")); !strings.Contains(text, "Missing") {
		t.Errorf("the page for missing addresses says %s", text)
	}
}

// A page has the script and its style in answers, and nowhere else; other files
// are as they are.
func TestScriptIsInAnswersOnly(t *testing.T) {
	snap := snapshot(t, sample...)
	s := &preview.Server{}
	s.Show(preview.State{Snapshot: snap})
	text := body(t, ask(s, "GET", "/"))
	if !strings.Contains(text, `<script defer src="/_minutebook/live.js`) || !strings.Contains(text, `data-page="index.html"`) {
		t.Errorf("no script in %s", text)
	}
	if f, _ := snap.Lookup("index.html"); string(f.Data) != page("Home") {
		t.Errorf("the snapshot became %s", f.Data)
	}
	if text := body(t, ask(s, "GET", "/dir/x.csv")); text != "1,2,3\n" {
		t.Errorf("the table became %q", text)
	}
	if text := body(t, ask(s, "GET", `/"><script>alert(1)</script>`)); strings.Contains(text, "<script>alert") {
		t.Errorf("an address became a script: %s", text)
	}
}

// Conditions and ranges are those of HTTP.
func TestConditionsAndRanges(t *testing.T) {
	s := site(t, sample...)
	for _, path := range []string{"/", "/dir/x.csv"} {
		tag := ask(s, "GET", path).Header.Get("ETag")
		if r := ask(s, "GET", path, "If-None-Match", tag); r.StatusCode != 304 || body(t, r) != "" {
			t.Errorf("%s: answers %d to its own tag", path, r.StatusCode)
		}
		if r := ask(s, "GET", path, "If-None-Match", `"other"`); r.StatusCode != 200 {
			t.Errorf("%s: answers %d to another tag", path, r.StatusCode)
		}
	}
	r := ask(s, "GET", "/dir/x.csv", "Range", "bytes=2-3")
	if text := body(t, r); r.StatusCode != 206 || text != "2," {
		t.Errorf("a range is %d %q", r.StatusCode, text)
	}
	if r := ask(s, "GET", "/dir/x.csv", "Range", "bytes=90-"); r.StatusCode != 416 {
		t.Errorf("a range behind the end is %d", r.StatusCode)
	}
}

// No form of a path leads out of the snapshot.
func TestTraversal(t *testing.T) {
	s := site(t, sample...)
	for _, path := range []string{
		"/../etc/passwd", "/dir/../index.html", "/dir/../../x", "//etc/passwd", "//localhost/index.html", "/./index.html", "/dir//x.csv",
		`/..\..\etc\passwd`, `/dir\x.csv`, "/%2e%2e/etc/passwd", "/..%2fetc", "/dir/%2e%2e/index.html", "/index.html\x00", "/\x00", "/index.html/",
		"/dir/.", "/dir/..", "/.", "/..", "/...", "/C:/x", "/index.html::$DATA", "/~root", "/.git/config", "/dir/x.csv/", "//", "///",
		"/_minutebook", "/_minutebook/../index.html", "/_minutebook/nothing", "/" + strings.Repeat("a/", 5000), "/\xff\xfe", "index.html/../..",
	} {
		r := ask(s, "GET", path)
		if r.StatusCode != 404 {
			t.Errorf("%q answers %d %s", path, r.StatusCode, r.Header.Get("Location"))
		}
	}
}

// Only the names of this machine are answered to, and only GET and HEAD.
func TestHosts(t *testing.T) {
	for _, test := range []struct {
		own, asked string
		status     int
	}{
		{"", "localhost", 200}, {"", "LOCALHOST:8080", 200}, {"", "127.0.0.1:8080", 200}, {"", "[::1]:8080", 200}, {"", "[::1]", 200},
		{"", "evil.example", 403}, {"", "evil.example:8080", 403}, {"", "localhost.evil.example", 403}, {"", "", 403}, {"", "192.168.0.7", 403},
		{"", "127.0.0.1.evil.example", 403}, {"", "0.0.0.0:8080", 403}, {"", "localhost:8080:80", 403}, {"", "[::1", 200},
		{"box.lan", "box.lan:8080", 200}, {"box.lan", "192.168.0.7:8080", 200}, {"box.lan", "localhost", 200}, {"box.lan", "evil.example", 403},
		{"0.0.0.0", "192.168.0.7", 200}, {"0.0.0.0", "evil.example", 403},
	} {
		s := site(t, sample...)
		s.Host = test.own
		for _, path := range []string{"/", "/gone", "/_minutebook/live.js", "/_minutebook/problems"} {
			r := ask(s, "GET", path, "Host", test.asked)
			if refused := r.StatusCode == 403; refused != (test.status == 403) {
				t.Errorf("%s at %q of %q: %d", path, test.asked, test.own, r.StatusCode)
			}
			if r.StatusCode == 403 && strings.Contains(body(t, r), "Home") {
				t.Error("a refusal has the page")
			}
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PROPFIND"} {
		if r := ask(site(t, sample...), method, "/"); r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d", method, r.StatusCode)
		}
	}
}

// Every answer has the headers that protect, and none that opens.
func TestHeaders(t *testing.T) {
	s := site(t, sample...)
	for _, path := range []string{"/", "/gone", "/dir", "/dir/x.csv", "/_minutebook/live.js", "/_minutebook/problems", "/_minutebook/x"} {
		for _, header := range [][]string{nil, {"Origin", "https://evil.example"}, {"Host", "evil.example"}} {
			h := ask(s, "GET", path, header...).Header
			if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cross-Origin-Resource-Policy") != "same-origin" || h.Get("Referrer-Policy") == "" || h.Get("Cache-Control") == "" {
				t.Errorf("%s: headers are missing: %v", path, h)
			}
			for name := range h {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("%s: %s: %s", path, name, h.Get(name))
				}
			}
		}
	}
}

// Pages of other origins get nothing from the server's own addresses.
func TestOtherOrigins(t *testing.T) {
	s := site(t, sample...)
	for _, path := range []string{"/_minutebook/live.js", "/_minutebook/live.css", "/_minutebook/problems", "/_minutebook/events"} {
		for _, header := range [][]string{
			{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"},
			{"Origin", "null"}, {"Origin", "http://localhost:9999"}, {"Origin", "http://localhost:8080.evil.example"}, {"Origin", "%%"},
		} {
			if r := ask(s, "GET", path, header...); r.StatusCode != 403 {
				t.Errorf("%s with %v: %d", path, header, r.StatusCode)
			}
		}
		if path != "/_minutebook/events" {
			if r := ask(s, "GET", path, "Origin", "http://localhost:8080", "Sec-Fetch-Site", "same-origin"); r.StatusCode != 200 {
				t.Errorf("%s for its own page: %d", path, r.StatusCode)
			}
		}
	}
}

// Problems are told as text, the page's own first, with the lines around and the
// way to the editor.
func TestProblems(t *testing.T) {
	file := source.NewFile("a.md", []byte("one\ntwo\n<b>three</b>\nfour\nfive\nsix\n"))
	at := func(path string, severity diag.Severity) diag.Diagnostic {
		return diag.Diagnostic{Code: "broken-link", Severity: severity, Path: path, Start: source.Position{Line: 3, Column: 2}, Message: "<img>", Hint: "mend it"}
	}
	s := &preview.Server{Editor: "vscode://file{path}:{line}:{column}"}
	s.Show(preview.State{
		Snapshot: snapshot(t, "a.html", page("A")),
		Problems: diag.List{at("content/0.md", diag.Error), at("content/a.md", diag.Warning), at("content/b.md", diag.Info)},
		Source:   func(page string) string { return "content/" + strings.TrimSuffix(page, ".html") + ".md" },
		File:     func(path string) *source.File { return file },
		Locate:   func(path string) string { return "/home/me/my files/" + path },
	})
	r := ask(s, "GET", "/_minutebook/problems?page=a.html")
	var report struct {
		Errors, Warnings int
		Problems         []struct {
			Place, Message, Hint, Editor string
			Here                         bool
			Lines                        []struct {
				Number int
				Text   string
				Hit    bool
			}
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&report); err != nil {
		t.Fatal(err)
	}
	if report.Errors != 1 || report.Warnings != 1 || len(report.Problems) != 2 {
		t.Fatalf("told %+v", report)
	}
	p := report.Problems[0]
	if p.Place != "content/a.md:3:2" || !p.Here || report.Problems[1].Here {
		t.Errorf("the page's own problem is not first: %+v", report.Problems)
	}
	if p.Editor != "vscode://file/home/me/my%20files/content/a.md:3:2" {
		t.Errorf("the editor's address is %s", p.Editor)
	}
	if len(p.Lines) != 5 || p.Lines[2].Text != "<b>three</b>" || !p.Lines[2].Hit || p.Lines[0].Number != 1 {
		t.Errorf("the lines are %+v", p.Lines)
	}
}

// A template for an editor's address is one, and runs nothing.
func TestCheckEditor(t *testing.T) {
	for _, good := range []string{"vscode://file{path}:{line}:{column}", "idea://open?file={path}&line={line}", "x-y+z.1:{path}"} {
		if err := preview.CheckEditor(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "vscode", "vscode://file", "{path}", "javascript:alert('{path}')", "JavaScript:{path}", "data:text/html,{path}", "vbscript:{path}"} {
		if preview.CheckEditor(bad) == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

// Before there is a site, and where a page cannot be made, the answer says so
// and waits.
func TestUnmade(t *testing.T) {
	s := &preview.Server{}
	if r := ask(s, "GET", "/"); r.StatusCode != 503 || !strings.Contains(body(t, r), `data-page="index.html"`) {
		t.Errorf("without a site: %d", r.StatusCode)
	}
	broken, err := output.NewSnapshot([]output.File{{Path: "index.html", Make: func(*bytes.Buffer) error { return io.ErrUnexpectedEOF }}})
	if err != nil {
		t.Fatal(err)
	}
	s.Show(preview.State{Snapshot: broken, Filling: true})
	if r := ask(s, "GET", "/"); r.StatusCode != 503 {
		t.Errorf("a page that cannot be made: %d", r.StatusCode)
	}
	s.Show(preview.State{Snapshot: snapshot(t, sample...)})
	s.Show(preview.State{Snapshot: broken, Filling: true})
	s.Show(preview.State{Stale: "it is broken", Withdraw: true})
	if r := ask(s, "GET", "/"); r.StatusCode != 200 || !strings.Contains(body(t, r), "Home") {
		t.Errorf("the last good site does not come back: %d", r.StatusCode)
	}
}

// BenchmarkServe times one page from the snapshot.
func BenchmarkServe(b *testing.B) {
	s := site(b, "index.html", page(strings.Repeat("words ", 2000)))
	for b.Loop() {
		ask(s, "GET", "/")
	}
}
