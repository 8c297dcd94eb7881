package cli_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"minutebook/generator/cli"
)

// A repository that init has been run in passes check with the baseline that it
// says to write, is published, has every file as it was, and gets nothing by a
// second run. So it is for each of the forms that inspect is tested with.
func TestInit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	names, err := filepath.Glob("../inspect/testdata/*.txtar")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			t.Parallel()
			begun(t, archive)
		})
	}
}

func begun(t *testing.T, archive *txtar.Archive) {
	dir := t.TempDir()
	if out, err := exec.Command("git", "init", "-q", "-b", "main", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "want/") {
			continue
		}
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Skip(err) // a name that this system cannot have
		}
	}
	before := contents(t, dir)
	command := func(want int, args ...string) string {
		t.Helper()
		code, stdout, stderr := runIn(dir, args...)
		if code != want {
			t.Fatalf("minutebook %v: exit code %d\n%s%s", args, code, stdout, stderr)
		}
		return stderr
	}
	check := ""
	for line := range strings.Lines(command(0, "init", "--yes")) {
		if strings.Contains(line, "--write-baseline") {
			check = strings.TrimSpace(line)
		}
	}
	args := strings.Fields(check)
	if len(args) < 4 || args[0] != "minutebook" {
		t.Fatalf("init does not say how to go on: %q", check)
	}
	command(0, args[1:]...)
	command(0, args[1:len(args)-1]...)
	content := "."
	if len(args) > 5 {
		content = args[3]
	}
	command(0, "build", "--content", content)
	if !strings.Contains(command(0, "init"), "everything is there") {
		t.Error("a second run has something to do")
	}
	after := contents(t, dir)
	for name, data := range before {
		if after[name] != data {
			t.Errorf("%s is not as it was", name)
		}
	}
	for _, name := range []string{".github/workflows/minutebook-check.yml", ".github/workflows/minutebook-publish.yml", "public/index.html"} {
		if after[name] == "" {
			t.Errorf("there is no %s", name)
		}
	}
}

// contents are the files of a folder by name.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		data, err := os.ReadFile(name)
		all[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// runIn runs a command line in a folder.
func runIn(dir string, args ...string) (code int, stdout, stderr string) {
	var out, problems bytes.Buffer
	code = cli.Run(context.Background(), cli.Env{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems, Dir: dir, Getenv: os.Getenv,
		Now: func() time.Time { return time.Date(2018, 4, 2, 12, 0, 0, 0, time.UTC) },
	})
	return code, out.String(), problems.String()
}
