package history

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestFile(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", "one")
	r.save(2, "bo", "a.md", "two")
	r.save(3, "ANNA", "a.md", "three") // an address is the same in capitals
	r.save(4, "chen", "sub/b.md", "b")
	r.write("new.md", "not committed")
	h := r.read()
	want(t, h, "a.md", "03-01 to 03-03, 3 by 2")
	want(t, h, "sub/b.md", "03-04 to 03-04, 1 by 1")
	want(t, h, "new.md", "")
	want(t, h, "content/a.md", "")
	if f, _ := h.File("a.md"); !f.Created.Equal(at(1)) || f.Created.Format(time.RFC3339) != day(1) {
		t.Errorf("created %v, want the author's zone", f.Created)
	}
}

// The whole history takes one run of git log, and five of git at most.
func TestOneLog(t *testing.T) {
	r := newRepo(t)
	for n := range 9 {
		r.save(n+1, "anna", "a.md", strings.Repeat("x", n+1))
	}
	calls := filepath.Join(t.TempDir(), "calls")
	wrapGit(t, `echo "$@" >> '`+calls+`'`)
	want(t, r.read(), "a.md", "03-01 to 03-09, 9 by 1")
	data, err := os.ReadFile(calls)
	if err != nil {
		t.Fatal(err)
	}
	if logs, all := strings.Count(string(data), " log -z "), strings.Count(string(data), "\n"); logs != 1 || all > 5 {
		t.Errorf("%d runs of git log, %d of git:\n%s", logs, all, data)
	}
}

func TestRenames(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", long("a"))
	r.save(2, "bo", "a.md", long("a")+"more\n")
	r.git("mv", "content/a.md", "content/b.md")
	r.commit(3, "chen") // a move is no change
	r.git("mv", "content/b.md", "content/c.md")
	r.save(4, "dora", "c.md", long("a")+"and more\n") // a move with a change is one
	r.save(5, "emil", "a.md", "a new one\n")
	h := r.read()
	want(t, h, "c.md", "03-01 to 03-04, 3 by 3")
	want(t, h, "a.md", "03-05 to 03-05, 1 by 1")
	want(t, h, "b.md", "")
}

// Two files that change places keep their pasts.
func TestSwap(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", long("a"))
	r.save(2, "bo", "b.md", long("b"))
	// In one step git would see two files that changed.
	for n, move := range [][2]string{{"a", "x"}, {"b", "a"}, {"x", "b"}} {
		r.git("mv", "content/"+move[0]+".md", "content/"+move[1]+".md")
		r.commit(3+n, "bo")
	}
	h := r.read()
	want(t, h, "a.md", "03-02 to 03-02, 1 by 1")
	want(t, h, "b.md", "03-01 to 03-01, 1 by 1")
}

// A file that comes back has its earlier past; one that is gone is unknown.
func TestDeletions(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", "a")
	r.save(2, "anna", "b.md", "b")
	for _, name := range []string{"a.md", "b.md"} {
		if err := os.Remove(filepath.Join(r.content(), name)); err != nil {
			t.Fatal(err)
		}
	}
	r.commit(3, "bo")
	r.save(4, "chen", "b.md", "b again")
	r.write("a.md", "not committed")
	h := r.read()
	want(t, h, "a.md", "")
	want(t, h, "b.md", "03-02 to 03-04, 2 by 2")
}

// A merge is no change, whatever it joins; only what it adds is.
func TestMerges(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", long("a"))
	r.git("checkout", "-q", "-b", "side")
	r.save(2, "bo", "a.md", "first\n"+long("a"))
	r.save(3, "bo", "side.md", "s")
	r.git("checkout", "-q", "main")
	r.save(4, "anna", "a.md", long("a")+"last\n")
	r.git("merge", "-q", "--no-commit", "side")
	r.save(5, "chen", "evil.md", "added by the merge")
	h := r.read()
	want(t, h, "a.md", "03-01 to 03-04, 3 by 2")
	want(t, h, "side.md", "03-03 to 03-03, 1 by 1")
	want(t, h, "evil.md", "03-05 to 03-05, 1 by 1")
}

// A file that one branch renames and another changes is one file, whichever
// happened first.
func TestRenameAcrossBranches(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", long("a"))
	r.git("checkout", "-q", "-b", "side")
	r.save(2, "bo", "a.md", "first\n"+long("a"))
	r.git("checkout", "-q", "main")
	r.git("mv", "content/a.md", "content/b.md")
	r.commit(3, "anna")
	r.git("checkout", "-q", "side")
	r.save(4, "chen", "a.md", "first\n"+long("a")+"last\n")
	r.git("checkout", "-q", "main")
	r.gitAs(day(5), "anna@example.org", "merge", "-q", "side")
	h := r.read()
	want(t, h, "b.md", "03-01 to 03-04, 3 by 3")
	want(t, h, "a.md", "")
}

// A commit comes after those that it comes from, even where somebody's clock was
// wrong.
func TestWrongClock(t *testing.T) {
	r := newRepo(t)
	r.save(5, "anna", "a.md", long("a"))
	r.git("checkout", "-q", "-b", "side")
	r.git("mv", "content/a.md", "content/b.md")
	r.commit(1, "bo")
	r.git("checkout", "-q", "main")
	r.save(10, "anna", "x.md", "x")
	r.gitAs(day(11), "anna@example.org", "merge", "-q", "side")
	want(t, r.read(), "b.md", "03-05 to 03-05, 1 by 1")
}

// What a branch changed and took back was changed all the same.
func TestChangeTakenBack(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", "one")
	r.git("checkout", "-q", "-b", "side")
	r.save(2, "bo", "a.md", "two")
	r.save(3, "bo", "a.md", "one")
	r.git("checkout", "-q", "main")
	r.save(4, "anna", "x.md", "x")
	r.gitAs(day(5), "anna@example.org", "merge", "-q", "side")
	want(t, r.read(), "a.md", "03-01 to 03-03, 3 by 2")
}

func TestWeirdNames(t *testing.T) {
	r := newRepo(t)
	names := []string{"a b.md", `qu"ote'.md`, "new\nline.md", "tab\t.md", "zwölf/ärger €.md", `back\slash.md`, ":(top)x.md", "-x.md", "a -> b.md", "*.md", ":100644.md"}
	for _, name := range names {
		r.write(name, long(name))
	}
	r.commit(1, "anna")
	for _, name := range names {
		r.git("mv", "content/"+name, "content/moved "+filepath.Base(name))
	}
	r.commit(2, "anna")
	for _, name := range names {
		r.write("moved "+filepath.Base(name), long(name)+"more\n")
	}
	r.commit(3, "bo")
	h := r.read()
	for _, name := range names {
		want(t, h, "moved "+filepath.Base(name), "03-01 to 03-03, 2 by 2")
	}
}

// Only the folder counts: files elsewhere are not known, and one that comes from
// elsewhere begins when it comes.
func TestFolder(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "../docs/a.md", long("a"))
	r.save(2, "anna", "x.md", "x")
	r.git("mv", "docs/a.md", "content/a.md")
	r.commit(3, "bo")
	h := r.read()
	want(t, h, "a.md", "03-03 to 03-03, 1 by 1")
	want(t, h, "../docs/a.md", "")
	top, err := Read(context.Background(), r.dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want(t, top, "content/a.md", "03-01 to 03-01, 1 by 1")
}

// Links and submodules have no past; a file that was a link begins afterwards.
func TestLinks(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", "a")
	link := filepath.Join(r.content(), "l.md")
	if err := os.Symlink("a.md", link); err != nil {
		t.Fatal(err)
	}
	r.commit(2, "anna")
	want(t, r.read(), "l.md", "")
	if err := os.Remove(link); err != nil {
		t.Fatal(err)
	}
	r.save(3, "bo", "l.md", "now a file")
	want(t, r.read(), "l.md", "03-03 to 03-03, 1 by 1")
}

func TestIgnoredCommits(t *testing.T) {
	for _, config := range []string{"", "content/revs", "/etc/passwd", "../outside"} {
		r := newRepo(t)
		r.save(1, "anna", "a.md", long("a"))
		list := "# reformatted\n" + r.save(2, "bo", "a.md", "x"+long("a")) + " # all of it\n"
		r.write("born.md", "b")
		list += strings.ToUpper(r.commit(3, "chen")) + "\nnonsense\n"
		r.save(4, "dora", "born.md", "bb")
		if config == "content/revs" {
			r.git("config", "blame.ignoreRevsFile", config)
			r.save(5, "anna", "revs", list)
		} else {
			if config != "" {
				r.git("config", "blame.ignoreRevsFile", config)
			}
			r.save(5, "anna", "../.git-blame-ignore-revs", list)
		}
		h := r.read()
		want(t, h, "a.md", "03-01 to 03-01, 1 by 1")
		want(t, h, "born.md", "03-03 to 03-04, 1 by 1")
	}
}

// A file that only an ignored commit added is as old as that commit.
func TestIgnoredBirth(t *testing.T) {
	r := newRepo(t)
	hash := r.save(1, "anna", "a.md", "a")
	r.save(2, "anna", "../.git-blame-ignore-revs", hash)
	want(t, r.read(), "a.md", "03-01 to 03-01, 0 by 0")
}

func TestReadIsCanceled(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", "a")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if h, err := Read(ctx, r.content(), Options{}); !errors.Is(err, context.Canceled) || h != nil {
		t.Errorf("read %v, %v", h, err)
	}
	wrapGit(t, `sleep 60`)
	ctx, cancel = context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	started := time.Now()
	if _, err := Read(ctx, r.content(), Options{}); !errors.Is(err, context.DeadlineExceeded) || time.Since(started) > 20*time.Second {
		t.Errorf("error %v after %v", err, time.Since(started))
	}
}
