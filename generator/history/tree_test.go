package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/source"
)

func TestTree(t *testing.T) {
	r := newRepo(t)
	for _, name := range []string{"a.md", "sub/zwölf €.md", "new\nline.md", `qu"ote.md`, "empty.md", "bin.png", ".hidden.md", "node_modules/x.md", "sub/.git-keep", "x.md~"} {
		r.write(name, strings.Repeat(name+"\r\n\x00", 100))
	}
	r.write("empty.md", "")
	r.write("same.md", "same")
	r.write("sub/same.md", "same")
	r.write("../outside.md", "outside")
	old := r.commit(1, "anna")
	then := r.fromDisk()
	r.git("tag", "-a", "v1", "-m", "x")
	r.write("a.md", "changed")
	r.git("mv", "content/bin.png", "content/moved.png")
	r.commit(2, "anna")
	r.write("a.md", "not committed")
	h := r.read()
	for _, rev := range []string{old, old[:10], "v1", "HEAD~1", "main~1", "HEAD^{/commit 1}"} {
		tree, err := h.Tree(context.Background(), rev)
		if err != nil {
			t.Fatalf("%s: %v", rev, err)
		}
		if tree.Sum() != then.Sum() {
			t.Errorf("%s: %d files, on the disk there were %d", rev, len(tree.Files()), len(then.Files()))
		}
	}
	tree, err := h.Tree(context.Background(), "HEAD")
	if err != nil || string(tree.File("a.md").Data) != "changed" || tree.File("bin.png") != nil {
		t.Errorf("HEAD: %v", err)
	}
	if data, _ := os.ReadFile(filepath.Join(r.content(), "a.md")); string(data) != "not committed" {
		t.Errorf("the work tree has %q", data)
	}
}

// What a change started from is the commit before it, whatever its base has got
// since.
func TestMergeBase(t *testing.T) {
	r := newRepo(t)
	r.write("a.md", "one")
	start := r.commit(1, "anna")
	r.git("checkout", "-q", "-b", "change")
	r.write("a.md", "two")
	r.commit(2, "anna")
	r.git("checkout", "-q", "main")
	r.write("b.md", "three")
	r.commit(3, "anna")
	r.git("checkout", "-q", "change")
	if got, err := r.read().MergeBase(context.Background(), "main"); got != start || err != nil {
		t.Errorf("got %s, %v; want %s", got, err, start)
	}
	r.git("checkout", "-q", "--orphan", "other")
	r.commit(4, "anna")
	if _, err := r.read().MergeBase(context.Background(), "main"); !errors.Is(err, ErrRevision) {
		t.Errorf("of two histories: %v", err)
	}
}

// A folder that was not there then was empty.
func TestTreeBeforeTheFolder(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "../README.md", "x")
	r.save(2, "anna", "a.md", "a")
	tree, err := r.read().Tree(context.Background(), "HEAD~1")
	if err != nil || len(tree.Files()) != 0 {
		t.Errorf("%v, %v", tree, err)
	}
}

func TestTreeSkips(t *testing.T) {
	r := newRepo(t)
	r.write("a.md", "a")
	r.write("public/index.html", "x")
	if err := os.Symlink("/etc/passwd", filepath.Join(r.content(), "link.md")); err != nil {
		t.Fatal(err)
	}
	r.git("add", "-A")
	r.git("update-index", "--add", "--cacheinfo", "160000,"+strings.Repeat("1", 40)+",content/module")
	blob := r.git("rev-parse", ":content/a.md")
	r.git("update-index", "--add", "--cacheinfo", "100644,"+blob+",content/\xff.md")
	r.git("commit", "-q", "-m", "x")
	h, err := Read(context.Background(), r.content(), Options{Exclude: func(p string) bool { return p == "public" }})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := h.Tree(context.Background(), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	if files := tree.Files(); len(files) != 1 || files[0].Path != "a.md" {
		t.Errorf("%d files", len(files))
	}
	var skipped []string
	for _, s := range tree.Skipped {
		skipped = append(skipped, s.Path+": "+s.Reason)
	}
	want := []string{
		"link.md: a symbolic link that is broken or leaves the folder",
		"module: a submodule, whose files are in another repository",
		"\uFFFD.md: a file or folder whose name is not UTF-8",
	}
	if !slices.Equal(skipped, want) {
		t.Errorf("skipped %q", skipped)
	}
}

func TestUnknownRevisions(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", "a")
	h := r.read()
	for _, rev := range []string{"", "nope", "-n1", "--all", "HEAD~9", "^HEAD", "HEAD..HEAD", "HEAD:content", "a\nb", "HEAD\x00", strings.Repeat("0", 40), "@{-1}", "--help", "HEAD -- x", "$(touch x)"} {
		if _, err := h.Tree(context.Background(), rev); !errors.Is(err, ErrRevision) {
			t.Errorf("%q: %v", rev, err)
		}
	}
}

// A large attachment is known by its sum and does not fill the memory.
func TestTreeLargeFiles(t *testing.T) {
	r := newRepo(t)
	big := bytes.Repeat([]byte("0123456789abcdef"), source.StreamAbove/16+1)
	r.write("talk.pdf", string(big))
	r.write("big.md", string(big))
	r.commit(1, "anna")
	tree, err := r.read().Tree(context.Background(), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	if f := tree.File("talk.pdf"); f.Data != nil || f.Size != int64(len(big)) || f.Sum != source.SumOf(big) {
		t.Errorf("talk.pdf has %d bytes in memory of %d", len(f.Data), f.Size)
	}
	if tree.Sum() != r.fromDisk().Sum() {
		t.Error("the tree is not what is on the disk")
	}
}

func TestTreeIsCanceled(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", "a")
	h := r.read()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := h.Tree(ctx, "HEAD"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// What a revision has is what is read of a folder that has it checked out, wherever
// links lead: to files, folders and other links, in rings, out of the folder and
// back, through files, and to what is no content.
func TestTreeFollowsLinksAsOnTheDisk(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	elements := []string{"a", "b", "c", "a.md", "b.md", "c.md", "d", "..", ".", "", ".h", "content"}
	kinds := map[string]int{}
	for seed := range uint64(rounds) {
		random := rand.New(rand.NewPCG(seed, 0))
		r := newRepo(t)
		some := func(n int) string {
			var parts []string
			for range 1 + random.IntN(n) {
				parts = append(parts, elements[random.IntN(len(elements))])
			}
			return strings.Join(parts, "/")
		}
		r.write("a/a.md", "below")
		r.write("b.md", "b")
		r.write(".h/b.md", "hidden")
		r.write("../outside.md", "outside")
		r.write("a/b/b.md", "deep")
		for i := range 24 {
			name := []string{"", "a/", "a/b/"}[random.IntN(3)] + []string{"c", "c.md", "d", "e.png"}[random.IntN(4)] + []string{"", "0", "1"}[random.IntN(3)]
			if _, err := os.Lstat(filepath.Join(r.content(), name)); err == nil {
				continue
			}
			to := some(4)
			switch random.IntN(8) {
			case 0:
				to = "/" + to
			case 1:
				to = filepath.Join(r.content(), to)
			case 2:
				r.write(name, name)
				continue
			case 3, 4, 5: // what is there, or may be
				to = strings.Repeat("../", strings.Count(name, "/")) + []string{"a", "a/b", "b.md", "a/a.md", "c", "c.md", "a/c.md", "d/b/b.md", ".h/b.md", "a/d/a.md"}[random.IntN(10)]
			}
			if to == "" {
				to = fmt.Sprint("c", i)
			}
			if err := os.Symlink(to, filepath.Join(r.content(), name)); err != nil {
				t.Skip("no symbolic links here")
			}
		}
		r.commit(1, "anna")
		root, err := os.OpenRoot(r.content())
		if err != nil {
			t.Fatal(err)
		}
		disk, err := (&source.Reader{FS: root.FS()}).Read(context.Background(), nil)
		root.Close()
		if err != nil {
			t.Fatal(err)
		}
		tree, err := r.read().Tree(context.Background(), "HEAD")
		if err != nil {
			t.Fatal(err)
		}
		if !tree.Same(disk) {
			t.Fatalf("seed %d: git has %v without %q, the disk %v without %q", seed, paths(tree), tree.Skipped, paths(disk), disk.Skipped)
		}
		kinds["file"] += len(disk.Files())
		for _, s := range disk.Skipped {
			kinds[s.Reason]++
		}
	}
	if kinds["file"] < 6*rounds || kinds[source.BrokenLink] < 4*rounds || kinds[source.FolderLink] < rounds/2 {
		t.Errorf("the folders are too tame: %v", kinds)
	}
}

func paths(t *source.Tree) (list []string) {
	for _, f := range t.Files() {
		list = append(list, f.Path)
	}
	return list
}

// Eight links on the way to a file are followed, as in a folder, and no more.
func TestTreeFollowsChains(t *testing.T) {
	r := newRepo(t)
	r.write("f.md", "f")
	to := "f.md"
	for i := range 10 {
		name := fmt.Sprintf("l%d.md", i)
		if err := os.Symlink(to, filepath.Join(r.content(), name)); err != nil {
			t.Skip("no symbolic links here")
		}
		to = name
	}
	r.commit(1, "anna")
	tree, err := r.read().Tree(context.Background(), "HEAD")
	if err != nil || len(tree.Files()) != 9 || len(tree.Skipped) != 2 {
		t.Errorf("%v without %q, %v", paths(tree), tree.Skipped, err)
	}
}
