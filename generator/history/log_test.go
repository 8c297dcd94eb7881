package history

import (
	"bytes"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// Whatever a program called git prints, reading it ends, with an error or with
// changes that are sound.
func FuzzLog(f *testing.F) {
	hash := strings.Repeat("a", 40)
	head := hash + "\x00\x002018-03-01T12:00:00+02:00\x00anna@example.org\x00"
	merge := hash + "\x00" + hash + " " + hash + "\x002018-03-01T12:00:00+02:00\x00anna@example.org\x00"
	raw := ":100644 100644 " + hash + " " + strings.Repeat("b", 40) + " "
	for _, seed := range []string{
		"", head, head + head, head + "\n" + raw + "M\x00a.md\x00" + head, head + "\n" + raw + "R086\x00a\x00b\x00", head + raw + "R",
		merge + raw + "M\x00a\x00" + merge + raw + "A\x00a\x00" + head, merge + raw + "R100\x00a\x00b\x00" + merge + raw + "D\x00b\x00", "x", head + ":", head + ": \x00", head + "\n" + raw + "M\x00",
		head + "\n:120000 100644 " + hash + " " + hash + " T\x00a\x00", hash + "\x00\x00never\x00\x00", head + raw + "D\x00a\x00",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var line lineage
		last := -1
		newLogReader(bytes.NewReader(data)).all(func(c *commit, changes []change) {
			if c.index <= last || c.index > len(data) {
				t.Fatalf("a commit of %d bytes has index %d after %d", len(data), c.index, last)
			}
			last = c.index
			for _, ch := range changes {
				if !strings.ContainsRune("AMDRJ", rune(ch.status)) || (ch.status == 'D') != (ch.blob == "") || (ch.status == 'A') && len(ch.before) > c.parents {
					t.Fatalf("a change %+v", ch)
				}
			}
			line.add(c, changes)
		})
		for name, p := range line.files() {
			if f, ok := p.summary(); ok && (f.Changed.Before(f.Created) || f.Authors > f.Commits) {
				t.Fatalf("%s: %+v", name, f)
			}
			if !slices.IsSortedFunc(p.versions, func(a, b version) int { return a.commit.index - b.commit.index }) {
				t.Fatalf("%s: versions are not in order", name)
			}
		}
	})
}

func TestErrorsOfGit(t *testing.T) {
	for said, want := range map[string]string{
		"fatal: detected dubious ownership in repository at '/home/x'\n":       "belongs to another user",
		"warning: x\nfatal: bad object HEAD in /home/x y/.git/packed-refs\n":   "git cannot read the repository: bad object HEAD in x y/.git/packed-refs",
		"fatal: unable to read '/a/b/c.idx' and C:\\x\\y.pack\n":               "git cannot read the repository: unable to read 'c.idx' and y.pack",
		"fatal: could not fetch 0123 from promisor remote\nfatal: and more\n":  "the clone is partial",
		"fatal: not a git repository (or any of the parent directories): .git": "not in a git repository",
	} {
		if got := failure(said, nil); got == nil || !strings.Contains(got.Error(), want) {
			t.Errorf("%q is %v, want %q", said, got, want)
		}
	}
	if err := failure("", exec.ErrWaitDelay); err != exec.ErrWaitDelay {
		t.Errorf("nothing said is %v", err)
	}
}

// madeHistory is a repository of files documents and commits commits, each of
// which changes ten documents, one of them by a rename.
func madeHistory(t testing.TB, files, commits int) *repo {
	t.Helper()
	r := newRepo(t)
	var in bytes.Buffer
	data := func(text string) { fmt.Fprintf(&in, "data %d\n%s\n", len(text), text) }
	names := make([]string, files)
	for n := range commits {
		fmt.Fprintf(&in, "commit refs/heads/main\ncommitter x <%d@example.org> %d +0000\n", n%20, 1_500_000_000+n*3600)
		data("x")
		from, to := n*10%files, n*10%files+10
		if n == 0 {
			from, to = 0, files
		}
		for i := from; i < to; i++ {
			if i == from && n > 0 {
				next := fmt.Sprintf("content/%d/moved %d to %d.md", i%50, i, n)
				fmt.Fprintf(&in, "R \"%s\" \"%s\"\n", names[i], next)
				names[i] = next
				continue
			}
			if names[i] == "" {
				names[i] = fmt.Sprintf("content/%d/%d.md", i%50, i)
			}
			fmt.Fprintf(&in, "M 100644 inline \"%s\"\n", names[i])
			data(strings.Repeat(fmt.Sprintf("line of %d\n", i), 80) + fmt.Sprint(n))
		}
	}
	cmd := exec.Command("git", "fast-import", "--quiet")
	cmd.Dir, cmd.Stdin = r.dir, &in
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r.git("reset", "-q", "--hard")
	return r
}

func TestLargeHistory(t *testing.T) {
	r := madeHistory(t, 2000, 500)
	h := r.read()
	known, commits := 0, 0
	for _, f := range r.fromDisk().Files() {
		if s, ok := h.File(f.Path); ok {
			known++
			commits += s.Commits
			if !s.Created.Equal(time.Unix(1_500_000_000, 0)) {
				t.Errorf("%s was created %v", f.Path, s.Created)
			}
		}
	}
	if want := 2000 + 499*9; known != 2000 || commits != want {
		t.Errorf("%d files known, %d changes, want %d", known, commits, want)
	}
}

// Figures of 2,000 documents and 500 commits.
func BenchmarkHistory(b *testing.B) {
	r := madeHistory(b, 2000, 500)
	h := r.read()
	var paths []string
	b.Run("Read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r.read()
		}
	})
	b.Run("Tree", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.Tree(b.Context(), "HEAD~250"); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, f := range r.fromDisk().Files() {
		paths = append(paths, f.Path)
	}
	b.Run("Versions", func(b *testing.B) {
		for b.Loop() {
			n := 0
			for _, err := range h.Versions(b.Context(), paths...) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			b.ReportMetric(float64(n), "versions")
		}
	})
	b.Run("Kept", func(b *testing.B) {
		var before, after runtime.MemStats
		for b.Loop() {
			runtime.GC()
			runtime.ReadMemStats(&before)
			kept := r.read()
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc)-float64(before.HeapAlloc), "bytes")
			runtime.KeepAlive(kept)
		}
	})
}
