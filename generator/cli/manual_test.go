package cli_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/golden"
)

// The pages of the manual show what somebody types and what is printed. A page
// is run from top to bottom in a git repository that holds the example: a file
// whose path stands on a line of its own above its text is written, and lines
// that begin with "$ " in blocks of the language console are typed in a shell.
// What is printed below them is compared, and written by -update; a line "…"
// stands for lines that are left out.

// guide is the folder of the manual.
var guide = filepath.Join("..", "..", "content", "guide")

// A workspace is a git repository that holds the example, with the tags v1 and v2
// of two revisions and the branch main.
type workspace struct {
	t   *testing.T
	dir string
}

// newWorkspace makes a copy of a workspace, or the first one from the example.
func newWorkspace(t *testing.T, from *workspace) *workspace {
	t.Helper()
	w := &workspace{t, t.TempDir()}
	if from != nil {
		if err := os.CopyFS(w.dir, os.DirFS(from.dir)); err != nil {
			t.Fatal(err)
		}
		return w
	}
	if testing.Short() {
		t.Skip("the manual is run without -short")
	}
	for _, name := range []string{"bash", "git"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(err)
		}
	}
	if err := os.CopyFS(filepath.Join(w.dir, "content"), os.DirFS(filepath.Join("..", "..", "content"))); err != nil {
		t.Fatal(err)
	}
	out, code := w.run(`git init -q -b main && echo /public/ >.gitignore && git add . ':!content/meetings/2018-03-27*' && git commit -q -m "Notes of 20 March" &&
git tag v1 && git add . && git commit -q -m "Notes of 27 March" && git tag v2`)
	if code != 0 {
		t.Fatal(out)
	}
	return w
}

// run runs a command line in a shell and returns what it prints, and its exit
// code.
func (w *workspace) run(line string) (out string, code int) {
	w.t.Helper()
	c := exec.Command("bash", "-c", line)
	c.Dir = w.dir
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=scribe", "GIT_AUTHOR_EMAIL=scribe@example.org",
		"GIT_COMMITTER_NAME=scribe", "GIT_COMMITTER_EMAIL=scribe@example.org", "GIT_AUTHOR_DATE=2018-03-30T12:00:00Z", "GIT_COMMITTER_DATE=2018-03-30T12:00:00Z")
	var printed bytes.Buffer
	c.Stdout, c.Stderr = &printed, &printed
	err := c.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		w.t.Fatal(err)
	}
	text := strings.ReplaceAll(printed.String(), w.dir, "/srv/minutes")
	text = unchanged.ReplaceAllString(written.ReplaceAllString(anyDuration.ReplaceAllString(text, "0.20 s"), "200 written, 0 unchanged"), "0 written, 200 unchanged")
	return tooLong.ReplaceAllString(text, "$1…"), code
}

var (
	// anyDuration is how long something took, which is different each time.
	anyDuration = regexp.MustCompile(`\b\d+\.\d+ s\b`)
	// written and unchanged are how many files a build has, which each word of the
	// guide may change: the files of the search index go by sizes.
	written   = regexp.MustCompile(`\b\d+ written, 0 unchanged\b`)
	unchanged = regexp.MustCompile(`\b0 written, \d+ unchanged\b`)
	// tooLong is a line that nobody reads to its end.
	tooLong = regexp.MustCompile(`(?m)^(.{240}).+$`)
)

// typed runs a command line and returns what a block of the manual shows for it,
// with as much left out as was left out before.
func (w *workspace) typed(line string, before []string) []string {
	w.t.Helper()
	out, code := w.run(line)
	if code > 1 && !slices.Contains(before, exitCode(code)) {
		w.t.Errorf("%s ends with %d\n%s", line, code, out)
	}
	shown := []string{"$ " + line}
	if out != "" {
		shown = append(shown, leftOut(strings.Split(strings.TrimSuffix(out, "\n"), "\n"), before)...)
	}
	if code != 0 {
		shown = append(shown, exitCode(code))
	}
	return shown
}

func exitCode(code int) string { return "(exit code " + string(rune('0'+code)) + ")" }

// leftOut leaves out of lines what is left out by "…" of those before.
func leftOut(lines, before []string) []string {
	at := slices.Index(before, "…")
	if at < 0 {
		return lines
	}
	after := before[at+1:]
	if n := len(after); n > 0 && strings.HasPrefix(after[n-1], "(exit code ") {
		after = after[:n-1]
	}
	if len(lines) <= at+len(after) {
		return lines
	}
	return slices.Concat(lines[:at], []string{"…"}, lines[len(lines)-len(after):])
}

// console runs the commands of a block and returns the block as it should be.
func (w *workspace) console(block string) string {
	w.t.Helper()
	var shown []string
	for i, one := range strings.Split("\n"+block, "\n$ ") {
		lines := strings.Split(strings.TrimSuffix(one, "\n"), "\n")
		switch {
		case i > 0:
			shown = append(shown, w.typed(lines[0], lines[1:])...)
		case strings.TrimSpace(one) != "":
			w.t.Errorf("a block begins with what nobody typed: %s", lines[0])
		}
	}
	return strings.Join(shown, "\n") + "\n"
}

// flagsOf looks at a command that is not run, for flags that are not there.
func (w *workspace) flagsOf(line string) {
	w.t.Helper()
	command, _, _ := strings.Cut(line, "  #")
	command, _, _ = strings.Cut(command, " | ")
	command, ok := strings.CutPrefix(strings.Replace(strings.TrimSpace(command), "go run . ", "minutebook ", 1), "minutebook ")
	if !ok {
		return
	}
	if out, code := w.run("minutebook " + command + " --help"); code != 0 {
		w.t.Errorf("minutebook %s\n%s", command, out)
	}
}

// shownBlock is a block of code, perhaps below the path of the file that it is.
var shownBlock = regexp.MustCompile("(?m)(?:^`([^`\n ]+)`\n\n)?^(````*)([a-z]*)\n((?s:.*?))^(````*)$")

// page runs a page of the manual and returns it as it should be.
func (w *workspace) page(text string) string {
	w.t.Helper()
	return shownBlock.ReplaceAllStringFunc(text, func(whole string) string {
		m := shownBlock.FindStringSubmatch(whole)
		path, language, code := m[1], m[3], m[4]
		switch {
		case language == "console":
			return strings.TrimSuffix(whole, code+m[5]) + w.console(code) + m[5]
		case language == "sh":
			for line := range strings.Lines(code) {
				w.flagsOf(line)
			}
		case path != "":
			name := filepath.Join(w.dir, filepath.FromSlash(path))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				w.t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(code), 0o644); err != nil {
				w.t.Fatal(err)
			}
		}
		return whole
	})
}

// TestManual runs every page of the manual.
func TestManual(t *testing.T) {
	first := newWorkspace(t, nil)
	pages, err := filepath.Glob(filepath.Join(guide, "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatal(pages, err)
	}
	for _, name := range pages {
		if filepath.Base(name) == commandsPage {
			continue // TestCommandsPage makes it
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			w := first
			if bytes.Contains(text, []byte("```console")) {
				w = newWorkspace(t, first)
			}
			golden.File(t, name, []byte(w.page(string(text))))
		})
	}
}

// TestReadme: what the README shows can be typed.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorkspace(t, nil)
	n := 0
	for line := range strings.Lines(string(readme)) {
		if strings.HasPrefix(line, "    ") && strings.Contains(line, "go run . ") {
			w.flagsOf(line)
			n++
		}
	}
	if n < 4 {
		t.Errorf("the README shows %d commands", n)
	}
}
