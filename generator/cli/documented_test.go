package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// word is a word of a command line, in quotes or not.
var word = regexp.MustCompile(`(?:"[^"]*"|[^\s"])+`)

// run runs a command line in the project's folder and returns its exit code and
// output.
func run(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return runIn(dir, args...)
}

// TestDocumentedEdits runs the commands that edit as the README and their own
// help show them, on the example, without writing.
func TestDocumentedEdits(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := string(readme)
	editing := []string{"new", "status", "supersede", "close", "rename", "fmt"}
	for _, name := range editing {
		_, help, _ := run(t, "help", name)
		shown += help
	}
	ran := map[string]int{}
	for line := range strings.Lines(shown) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "minutebook ")
		if !ok || !strings.HasPrefix(line, "  ") || strings.Contains(line, "[flags]") {
			continue
		}
		command, _, _ = strings.Cut(command, "  #")
		var args []string
		for _, w := range word.FindAllString(command, -1) {
			args = append(args, strings.ReplaceAll(w, `"`, ""))
		}
		for _, name := range editing {
			if args[0] != name {
				continue
			}
			ran[name]++
			if code, _, stderr := run(t, append(args, "--dry-run")...); code != 0 {
				t.Errorf("minutebook %s ends with %d\n%s", command, code, stderr)
			}
		}
	}
	for _, name := range editing {
		if ran[name] < 2 {
			t.Errorf("%s is shown %d times", name, ran[name])
		}
	}
}
