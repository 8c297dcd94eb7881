// Package golden runs tests whose cases are files: txtar archives with one
// sentence that says what the case shows, the input, and what must come out.
//
// Run with -update to accept what comes out. A case cannot rot: a pattern that
// matches no file fails, and so does a section that nothing reads or makes.
package golden

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the code gives into the golden files")

// A Case is one archive.
type Case struct {
	t       *testing.T
	archive *txtar.Archive
	read    map[string]bool
	made    []txtar.File
}

// Run runs test on every archive that matches a pattern.
func Run(t *testing.T, pattern string, test func(t *testing.T, c *Case)) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no case matches %s (%v)", pattern, err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if s := strings.TrimSpace(string(archive.Comment)); !strings.HasSuffix(s, ".") || strings.Contains(s, "\n") {
				t.Errorf("%s must begin with one sentence on one line", name)
			}
			c := &Case{t: t, archive: archive, read: map[string]bool{}}
			test(t, c)
			c.compare(name)
		})
	}
}

// File compares a file as a whole with what the code gives for it.
func File(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what the code gives (run with -update to accept it)\n%s", name, difference(got, want))
	}
}

// difference is the first line in which two texts differ.
func difference(got, want []byte) string {
	a, b := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range min(len(a), len(b)) {
		if !bytes.Equal(a[i], b[i]) {
			return fmt.Sprintf("line %d\n  got:  %s\n  want: %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(a), len(b))
}

// Inputs are the sections whose names do not begin with "want/", by name.
func (c *Case) Inputs() []txtar.File {
	var files []txtar.File
	for _, f := range c.archive.Files {
		if !strings.HasPrefix(f.Name, "want/") {
			c.read[f.Name] = true
			files = append(files, f)
		}
	}
	return files
}

// Want says what must be in the section "want/" + name. Sections that come out
// empty are left out.
func (c *Case) Want(name, got string) {
	if got == "" {
		return
	}
	if !strings.HasSuffix(got, "\n") {
		got += "\n"
	}
	c.made = append(c.made, txtar.File{Name: "want/" + name, Data: []byte(got)})
}

// Wanted are the names that the case has sections for, without "want/".
func (c *Case) Wanted() []string {
	var names []string
	for _, f := range c.archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "want/"); ok {
			names = append(names, name)
		}
	}
	return names
}

func (c *Case) compare(name string) {
	c.t.Helper()
	got := &txtar.Archive{Comment: c.archive.Comment}
	for _, f := range c.archive.Files {
		made := slices.ContainsFunc(c.made, func(m txtar.File) bool { return m.Name == f.Name })
		switch {
		case c.read[f.Name]:
			got.Files = append(got.Files, f)
		case !made && !*update:
			c.t.Errorf("nothing makes the section %s", f.Name)
		}
	}
	got.Files = append(got.Files, c.made...)
	if *update {
		if err := os.WriteFile(name, txtar.Format(got), 0o644); err != nil {
			c.t.Fatal(err)
		}
		return
	}
	if a, b := txtar.Format(got), txtar.Format(c.archive); !bytes.Equal(a, b) {
		c.t.Errorf("%s (run with -update to accept)\n--- got:\n%s\n--- want:\n%s", name, a, b)
	}
}
