package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"minutebook/generator/cli"
)

// adopted is the repository that the guide adopts.
const adopted = `
-- README.md --
# Queues for everybody
-- docs/writing.md --
# How we write

As in [the first](adr/0001-use-queues.md) and [the last](adr/0004-gone.md).
-- docs/adr/0001-use-queues.md --
# 1. Use queues

Date: 2018-03-20

## Status

Accepted
-- docs/adr/0002-use-lists.md --
# 2. Use lists

Date: 2018-03-21

## Status

Superseded by [1. Use queues](0001-use-queues.md)
-- docs/adr/0003-use-words.md --
# 3. Use words

Date: 2018-03-22

## Status

Parked
`

// TestAdoptingGuide runs what the guide shows, from the first look to the
// baseline, on one repository.
func TestAdoptingGuide(t *testing.T) {
	page, err := os.ReadFile("../../content/guide/adopting-a-repository.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(adopted)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ran := 0
	for _, block := range strings.Split(string(page), "```sh\n")[1:] {
		commands, _, _ := strings.Cut(block, "```")
		for line := range strings.Lines(commands) {
			args := strings.Fields(line)
			var out, problems bytes.Buffer
			code := cli.Run(context.Background(), cli.Env{
				Args: args[1:], Stdin: strings.NewReader("yes\n"), Stdout: &out, Stderr: &problems, Dir: dir, Getenv: os.Getenv, Asks: true,
				Now: func() time.Time { return time.Date(2018, 4, 2, 12, 0, 0, 0, time.UTC) },
			})
			if code != 0 {
				t.Errorf("%s: exit code %d\n%s%s", line, code, out.String(), problems.String())
			}
			if ran++; ran == 1 && !strings.Contains(string(page), "```text\n"+out.String()+"```\n") {
				t.Errorf("the guide shows another report than\n%s", out.String())
			}
		}
	}
	if ran < 7 {
		t.Errorf("the guide shows %d commands", ran)
	}
}

// The guide names every member of the report.
func TestGuideNamesReport(t *testing.T) {
	page, err := os.ReadFile("../../content/guide/adopting-a-repository.md")
	if err != nil {
		t.Fatal(err)
	}
	code, out, stderr := runIn(t.TempDir(), "inspect", "--format", "json")
	if code != 0 {
		t.Fatal(stderr)
	}
	var report map[string]any
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	for name, value := range report {
		names := []string{name}
		if members, ok := value.(map[string]any); ok {
			for member := range members {
				names = append(names, member)
			}
		}
		for _, n := range names {
			if !strings.Contains(string(page), "`"+n+"`") {
				t.Errorf("the guide does not name %s", n)
			}
		}
	}
	if len(report) < 11 {
		t.Errorf("the report has %d members", len(report))
	}
}
