package history

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"minutebook/generator/source"
)

// A repo is a repository made for a test, with the documents in content.
type repo struct {
	t   testing.TB
	dir string // the work tree
}

// isolate keeps the settings of whoever runs the tests away from git. Tests that
// call it do not run in parallel.
func isolate(t testing.TB) {
	t.Helper()
	for _, v := range os.Environ() {
		if name, value, _ := strings.Cut(v, "="); strings.HasPrefix(name, "GIT_") {
			t.Setenv(name, value) // put back at the end
			os.Unsetenv(name)
		}
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
}

func newRepo(t testing.TB) *repo {
	t.Helper()
	isolate(t)
	r := &repo{t, t.TempDir()}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r *repo) content() string { return filepath.Join(r.dir, "content") }

// git runs git as a person at a shell would.
func (r *repo) git(args ...string) string {
	r.t.Helper()
	return r.gitAs("2018-01-01T00:00:00Z", "anna@example.org", args...)
}

func (r *repo) gitAs(when, mail string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "GIT_AUTHOR_DATE="+when, "GIT_COMMITTER_DATE="+when, "GIT_AUTHOR_NAME=x", "GIT_COMMITTER_NAME=x",
		"GIT_AUTHOR_EMAIL="+mail, "GIT_COMMITTER_EMAIL="+mail, "GIT_TERMINAL_PROMPT=0")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		r.t.Fatalf("git %q: %v\n%s", args, err, &stderr)
	}
	return strings.TrimSpace(string(out))
}

// write writes a file below content; with no text it removes it.
func (r *repo) write(name, text string) {
	r.t.Helper()
	name = filepath.Join(r.content(), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// day is when the nth commit of a test is made.
func day(n int) string { return fmt.Sprintf("2018-03-%02dT12:00:00+02:00", n) }

func at(n int) time.Time {
	t, err := time.Parse(time.RFC3339, day(n))
	if err != nil {
		panic(err)
	}
	return t
}

// commit commits the work tree on a day as somebody, and gives the hash.
func (r *repo) commit(n int, who string) string {
	r.t.Helper()
	r.git("add", "-A")
	r.gitAs(day(n), who+"@example.org", "commit", "-q", "--allow-empty", "-m", fmt.Sprint("commit ", n))
	return r.git("rev-parse", "HEAD")
}

// save writes a file and commits it.
func (r *repo) save(n int, who, name, text string) string {
	r.t.Helper()
	r.write(name, text)
	return r.commit(n, who)
}

func (r *repo) read() *History {
	r.t.Helper()
	h, err := Read(context.Background(), r.content(), Options{})
	if err != nil {
		r.t.Fatal(err)
	}
	return h
}

// want compares what is known of a file; an empty string means unknown.
func want(t *testing.T, h *History, path, want string) {
	t.Helper()
	if h.Unknown != "" {
		t.Fatalf("the history is unknown: %s", h.Unknown)
	}
	got := ""
	if f, ok := h.File(path); ok {
		got = fmt.Sprintf("%s to %s, %d by %d", f.Created.Format("01-02"), f.Changed.Format("01-02"), f.Commits, f.Authors)
	}
	if got != want {
		t.Errorf("%s is known as %q, want %q", path, got, want)
	}
}

// wrapGit puts a shell script before git, which begins with the lines given.
func wrapGit(t *testing.T, script string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	real, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	text := "#!/bin/sh\n" + script + "\nexec '" + real + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(bin, "git"), []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// fromDisk is the tree that a build reads from the folder.
func (r *repo) fromDisk() *source.Tree {
	r.t.Helper()
	tree, err := (&source.Reader{FS: os.DirFS(r.content())}).Read(context.Background(), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	return tree
}

// long is a text that git finds again when a few lines of it change.
func long(what string) string {
	var b strings.Builder
	for i := range 20 {
		fmt.Fprintf(&b, "line %d of %s\n", i, what)
	}
	return b.String()
}
