package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"minutebook/generator"
	"minutebook/generator/history"
	"minutebook/generator/source"
)

// branches are made up for git fast-import: each step is a commit on one of
// them, which sets a status or edits the text, or a merge that takes the status
// of either side.
type branches struct {
	random *rand.Rand
	in     bytes.Buffer
	heads  [3]int // marks of commits
	status [3]string
	steps  int
}

var statuses = []string{"draft", "review", "last-call", "deferred", "accepted"}

func (b *branches) commit(on int, from ...int) {
	b.steps++
	at := time.Date(2018, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, b.steps).Unix()
	fmt.Fprintf(&b.in, "commit refs/heads/b%d\nmark :%d\ncommitter x <x@example.org> %d +0000\ndata 1\nx\n", on, b.steps, at)
	for i, mark := range from {
		fmt.Fprintf(&b.in, "%s :%d\n", []string{"from", "merge"}[min(i, 1)], mark)
	}
	text := fmt.Sprintf("---\nstatus: %s\n---\n# A\n\n%d\n", b.status[on], b.random.IntN(4))
	fmt.Fprintf(&b.in, "M 100644 inline content/proposals/a.md\ndata %d\n%s\n", len(text), text)
	fmt.Fprintf(&b.in, "M 100644 inline content/b%d.md\ndata 2\n%d\n\n", on, b.steps%10)
	b.heads[on] = b.steps
}

func (b *branches) step() {
	on, other := b.random.IntN(3), b.random.IntN(3)
	switch {
	case b.heads[on] == 0:
		b.status[on] = b.status[0]
		b.commit(on, b.heads[0])
	case on != other && b.heads[other] != 0 && b.random.IntN(2) == 0:
		if b.random.IntN(2) == 0 {
			b.status[on] = b.status[other]
		}
		b.commit(on, b.heads[on], b.heads[other])
	default:
		if b.random.IntN(2) == 0 {
			b.status[on] = statuses[b.random.IntN(len(statuses))]
		}
		b.commit(on, b.heads[on])
	}
}

// Whatever branches did and merges took, what git tells of a status ends with the
// one that stands in the document, and never tells the same twice in a row.
func TestStatusesEndWithThatOfTheDocument(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git")
	}
	rounds := 60
	if testing.Short() {
		rounds = 25
	}
	long := 0
	for seed := range uint64(rounds) {
		b := &branches{random: rand.New(rand.NewPCG(seed, 1))}
		b.status[0] = "draft"
		b.commit(0)
		for range 4 + b.random.IntN(20) {
			b.step()
		}
		b.commit(0, b.heads[0]) // so that git has something of the newest
		dir := t.TempDir()
		git(t, dir, nil, "init", "-q", "-b", "b0")
		git(t, dir, &b.in, "fast-import", "--quiet")
		git(t, dir, nil, "reset", "-q", "--hard")
		content := filepath.Join(dir, "content")
		tree, err := (&source.Reader{FS: os.DirFS(content)}).Read(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		var builder generator.Builder
		s, _, err := builder.Check(t.Context(), generator.Inputs{Content: tree, Now: time.Unix(1_600_000_000, 0), History: func(ctx context.Context) (*history.History, error) {
			return history.Read(ctx, content, history.Options{})
		}})
		if err != nil {
			t.Fatal(err)
		}
		record := s.Record("proposals/a.md")
		changes := record.Past.Statuses
		for i := range changes {
			if i > 0 && (changes[i].Status == changes[i-1].Status || changes[i].Day.Before(changes[i-1].Day)) {
				t.Fatalf("seed %d: %v", seed, changes)
			}
		}
		if len(changes) == 0 || changes[len(changes)-1].Status != record.Status.Text {
			t.Fatalf("seed %d: the document says %s, git %v", seed, record.Status.Text, changes)
		}
		if len(changes) > 4 {
			long++
		}
	}
	if long < rounds/8 {
		t.Errorf("only %d of %d histories are of any length", long, rounds)
	}
}

func git(t *testing.T, dir string, in *bytes.Buffer, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "GIT_CONFIG_NOSYSTEM=1"}
	if in != nil {
		cmd.Stdin = strings.NewReader(in.String())
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}
