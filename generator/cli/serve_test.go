package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"minutebook/generator/cli"
)

// patience is how long a test waits for what must happen. Nothing takes as long;
// a machine may.
const patience = 30 * time.Second

// A serving is a command that goes on until it is ended.
type serving struct {
	t       testing.TB
	address string // without a slash at the end; empty for a command that serves nothing
	lines   chan string
	end     func() int // ends it and returns its exit code

	mu     sync.Mutex
	stdout []string
	stderr bytes.Buffer
}

// start runs a command in a folder until the test ends.
func start(t testing.TB, dir string, now func() time.Time, args ...string) *serving {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	s := &serving{t: t, lines: make(chan string, 10_000)}
	code := make(chan int, 1)
	go func() {
		code <- cli.Run(ctx, cli.Env{
			Args: args, Stdout: in, Stderr: s, Dir: dir, Now: now,
			Getenv: func(string) string { return "" },
		})
		in.Close()
	}()
	go func() {
		defer close(s.lines)
		for scan := bufio.NewScanner(out); scan.Scan(); {
			s.mu.Lock()
			s.stdout = append(s.stdout, scan.Text())
			s.mu.Unlock()
			s.lines <- scan.Text()
		}
	}()
	s.end = sync.OnceValue(func() int {
		cancel()
		select {
		case c := <-code:
			return c
		case <-time.After(patience):
			t.Error("the command does not end")
			return -1
		}
	})
	t.Cleanup(func() { s.end() })
	return s
}

// Write takes what is printed to the standard error.
func (s *serving) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stderr.Write(p)
}

// printed is everything that was printed so far.
func (s *serving) printed() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.stdout, "\n") + "\n" + s.stderr.String()
}

var addressOf = regexp.MustCompile(`^(http://\S+)/ shows`)

// serve starts serve on a free port and waits until it says where.
func serve(t testing.TB, dir string, args ...string) *serving {
	t.Helper()
	return serveAt(t, dir, time.Now, args...)
}

func serveAt(t testing.TB, dir string, now func() time.Time, args ...string) *serving {
	t.Helper()
	s := start(t, dir, now, append([]string{"serve", "--port", "0"}, args...)...)
	s.address = addressOf.FindStringSubmatch(s.line(addressOf))[1]
	return s
}

// line waits for a line that matches.
func (s *serving) line(want *regexp.Regexp) string {
	s.t.Helper()
	limit := time.After(patience)
	for {
		select {
		case line, ok := <-s.lines:
			if !ok {
				s.t.Fatalf("it ended before it printed %s:\n%s", want, s.printed())
			}
			if want.MatchString(line) {
				return line
			}
		case <-limit:
			s.t.Fatalf("it does not print %s, only\n%s", want, s.printed())
		}
	}
}

// get asks for a path and returns the status and the body.
func (s *serving) get(path string) (int, string) {
	s.t.Helper()
	r, err := http.Get(s.address + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

// until waits until a condition holds.
func until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for limit := time.Now().Add(patience); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(limit) {
			t.Fatalf("still not: %s", what)
		}
	}
}

// shows waits until a page is there and has a text.
func (s *serving) shows(path, text string) {
	s.t.Helper()
	for limit := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		code, body := s.get(path)
		if code == 200 && strings.Contains(body, text) {
			return
		}
		if time.Now().After(limit) {
			s.t.Fatalf("%s does not show %q but %d:\n%s\n%s", path, text, code, body, s.printed())
		}
	}
}

// write writes files, given as path and text in turn.
func write(t testing.TB, dir string, files ...string) {
	t.Helper()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(files[i]))
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.WriteFile(name, []byte(files[i+1]), 0o644))
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// What is saved is served: documents, attachments, layouts, configuration.
func TestServeShowsWhatIsSaved(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/a.md", "# First\n")
	s := serve(t, dir)
	s.shows("/a.html", "First")
	write(t, dir, "content/a.md", "# Second\n")
	s.shows("/a.html", "Second")
	s.line(regexp.MustCompile(`^\d\d:\d\d:\d\d content/a\.md: \d+ pages? in \d+ ms; no problems$`))
	write(t, dir, "content/new/deep/b.md", "# Deep\n", "content/new/x.csv", "1,2\n")
	s.shows("/new/deep/b.html", "Deep")
	s.shows("/new/x.csv", "1,2")
	must(t, os.Rename(filepath.Join(dir, "content/new"), filepath.Join(dir, "content/moved")))
	s.shows("/moved/deep/b.html", "Deep")
	if code, _ := s.get("/new/deep/b.html"); code != 404 {
		t.Errorf("what was moved away is still there: %d", code)
	}
	write(t, dir, "content/minutebook.yaml", "title: Our book\n")
	s.shows("/a.html", "Our book")
	write(t, dir, "layouts/page.html", `{{define "main"}}my own look{{end}}`)
	s.shows("/a.html", "my own look")
	write(t, dir, "layouts/page.html", `{{define "main"}}{{.Nope}}{{end}}`)
	s.line(regexp.MustCompile(`the layouts cannot be used, the site stays as it was; 1 error: layouts/page\.html:1:`))
	s.shows("/a.html", "my own look")
	must(t, os.Remove(filepath.Join(dir, "layouts/page.html")))
	s.shows("/a.html", "Second")
	if code := s.end(); code != cli.Failed {
		t.Errorf("ended with %d", code) // the caller knows the code of its signal
	}
	if text := s.printed(); strings.Contains(text, "minutebook:") {
		t.Errorf("complains:\n%s", text)
	}
}

// A layout's fault that shows on one page only keeps the last good site, all of
// it, as build would.
func TestServeKeepsASiteWithARareFault(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/a.md", "# First\n", "content/b.md", "# Second\n")
	s := serve(t, dir)
	write(t, dir, "layouts/page.html", `{{define "main"}}own look{{if eq .Heading "Second"}}{{index .Contents 99}}{{end}}{{end}}`)
	s.line(regexp.MustCompile(`the layouts cannot be used, the site stays as it was; 1 error: layouts/page\.html:1:`))
	s.shows("/a.html", "First")
	s.shows("/b.html", "Second")
	write(t, dir, "content/b.md", "# Third\n")
	s.shows("/b.html", "own look")
}

// A folder that cannot be read is not an empty one: the site stays, the user is
// told, and it goes on when the folder is back.
func TestServeKeepsASiteThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/a.md", "# First\n")
	s := serve(t, dir)
	must(t, os.Rename(filepath.Join(dir, "content"), filepath.Join(dir, "away")))
	s.line(regexp.MustCompile(`cannot read content.*; the site stays as it was$`))
	s.shows("/a.html", "First")
	write(t, dir, "away/a.md", "# Second\n")
	must(t, os.Rename(filepath.Join(dir, "away"), filepath.Join(dir, "content")))
	s.shows("/a.html", "Second")
	must(t, os.Rename(filepath.Join(dir, "content"), filepath.Join(dir, "away")))
	write(t, dir, "content/a.md", "# Another folder\n")
	s.shows("/a.html", "Another folder")
	write(t, dir, "away/a.md", "# Not this one\n", "content/b.md", "# Here\n")
	s.shows("/b.html", "Here")
	s.shows("/a.html", "Another folder")
}

// A list of people that cannot be read is told as soon as it stands there: the
// site would not be published.
func TestServeTellsThatPeopleCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/a.md", "# Alpha\n")
	s := serve(t, dir)
	must(t, os.Mkdir(filepath.Join(dir, "content/people.yaml"), 0o755))
	s.line(regexp.MustCompile(`1 error: content/people\.yaml: people\.yaml is a folder and cannot be read: nobody knows whom it hides \[configuration\]`))
	must(t, os.Remove(filepath.Join(dir, "content/people.yaml")))
	s.line(regexp.MustCompile(`no problems$`))
}

// After midnight the site is that of the new day, in its zone.
func TestServeFollowsTheDay(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/a.md", "# A\n", "content/minutebook.yaml", "timezone: America/Denver\n")
	began := time.Now()
	midnight := time.Date(2018, 4, 3, 6, 0, 0, 0, time.UTC)
	s := serveAt(t, dir, func() time.Time { return midnight.Add(-300 * time.Millisecond).Add(time.Since(began)) })
	s.shows("/index.html", "3 April 2018")
}

// A commit changes what pages say of their past, though no document changes.
func TestServeFollowsCommits(t *testing.T) {
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=A", "-c", "user.email=a@example.org"}, args...)...)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	write(t, dir, "content/a.md", "# A\n")
	git("init", "-q")
	git("add", ".")
	git("commit", "-q", "-m", "one", "--date", "2018-01-02T12:00:00Z")
	s := serve(t, dir)
	write(t, dir, "content/b.md", "# B\n")
	s.line(regexp.MustCompile(`content/b\.md: `))
	git("add", ".")
	git("commit", "-q", "-m", "two")
	s.line(regexp.MustCompile(`a new day or commit: `))
}

// Without events the bell rings at an interval, and the rest is the same.
func TestServePolls(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/a.md", "# First\n")
	s := serve(t, dir, "--poll=10ms")
	write(t, dir, "content/a.md", "# Second\n")
	s.shows("/a.html", "Second")
}

// A port that the user asked for is that one or none; the default makes room.
func TestServePorts(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/a.md", "# First\n")
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer taken.Close()
	port := strconv.Itoa(taken.Addr().(*net.TCPAddr).Port)
	s := start(t, dir, time.Now, "serve", "--port", port)
	until(t, "it ends", func() bool { return strings.Contains(s.printed(), "minutebook: ") })
	if want := fmt.Sprintf("another program listens on port %s; choose another port with --port", port); !strings.Contains(s.printed(), want) {
		t.Errorf("says %s", s.printed())
	}
	if code := s.end(); code != cli.Usage {
		t.Errorf("ended with %d", code)
	}
}

// A storm of saves is a few builds, and the last state wins.
func TestServeInAStorm(t *testing.T) {
	dir := t.TempDir()
	for i := range 50 {
		write(t, dir, fmt.Sprintf("content/d%d.md", i), "# Document\n")
	}
	s := serve(t, dir)
	const rounds = 20
	for round := range rounds {
		for i := range 50 {
			write(t, dir, fmt.Sprintf("content/d%d.md", i), fmt.Sprintf("# Round %d\n", round))
		}
	}
	for i := range 50 {
		s.shows(fmt.Sprintf("/d%d.html", i), fmt.Sprintf("Round %d", rounds-1))
	}
	if builds := strings.Count(s.printed(), " in "); builds > 50*rounds/5 {
		t.Errorf("%d builds for %d saves", builds, 50*rounds)
	}
}

// build --watch publishes what is saved, and tells a problem once.
func TestBuildWatch(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/a.md", "# First\n")
	s := start(t, dir, time.Now, "build", "--watch")
	s.line(regexp.MustCompile(`^1 document`))
	write(t, dir, "content/b.md", "# Second\n\n[gone](gone.md)\n")
	s.line(regexp.MustCompile(`^2 documents .* 1 error`))
	write(t, dir, "content/a.md", "# Third\n")
	s.line(regexp.MustCompile(`^2 documents .* 1 error`))
	page, err := os.ReadFile(filepath.Join(dir, "public/a.html"))
	must(t, err)
	if !strings.Contains(string(page), "Third") || strings.Contains(string(page), "/_minutebook/") {
		t.Errorf("publishes %s", page)
	}
	if n := strings.Count(s.printed(), "[broken-link]"); n != 1 {
		t.Errorf("the problem is told %d times:\n%s", n, s.printed())
	}
}
