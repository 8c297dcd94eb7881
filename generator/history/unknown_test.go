package history

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// unknown reads a folder whose history is not known and compares why.
func unknown(t *testing.T, dir, reason string) *History {
	t.Helper()
	h, err := Read(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(h.Unknown, reason) || h.Unknown == "" {
		t.Errorf("unknown because %q, want %q", h.Unknown, reason)
	}
	if strings.Contains(h.Unknown, string(filepath.Separator)+"tmp") {
		t.Errorf("the reason tells about the machine: %q", h.Unknown)
	}
	if _, ok := h.File("a.md"); ok {
		t.Error("a file is known all the same")
	}
	for _, err := range h.Versions(context.Background(), "a.md") {
		t.Errorf("a version, %v", err)
	}
	return h
}

func TestNoGit(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", "a")
	t.Setenv("PATH", "")
	h := unknown(t, r.content(), "git is not installed")
	if _, err := h.Tree(context.Background(), "HEAD"); err == nil || !strings.Contains(err.Error(), "git is not installed") {
		t.Errorf("a tree without git: %v", err)
	}
}

func TestNoRepository(t *testing.T) {
	isolate(t)
	dir := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(dir))
	h := unknown(t, dir, "not in a git repository")
	if _, err := h.Tree(context.Background(), "HEAD"); err == nil || errors.Is(err, ErrRevision) {
		t.Errorf("a tree without a repository: %v", err)
	}
	if _, err := new(History).Tree(context.Background(), "HEAD"); err == nil {
		t.Error("the zero History has a tree")
	}
	if _, err := Read(context.Background(), filepath.Join(dir, "nowhere"), Options{}); err == nil {
		t.Error("a folder that is not there was read")
	}
}

// GIT_DIR and its like, which git sets in hooks, do not lead elsewhere.
func TestEnvironment(t *testing.T) {
	other := newRepo(t)
	other.save(1, "anna", "a.md", "other")
	r := newRepo(t)
	r.save(2, "anna", "a.md", "a")
	r.save(3, "bo", "a.md", "b")
	for name, value := range map[string]string{
		"GIT_DIR": filepath.Join(other.dir, ".git"), "GIT_WORK_TREE": other.dir, "GIT_INDEX_FILE": "nowhere", "GIT_PREFIX": "x/",
		"GIT_TRACE": "1", "GIT_OBJECT_DIRECTORY": "nowhere", "GIT_NAMESPACE": "x", "GIT_EXTERNAL_DIFF": "false", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de",
		"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.bare", "GIT_CONFIG_VALUE_0": "true", "GIT_LITERAL_PATHSPECS": "0",
	} {
		t.Setenv(name, value)
	}
	want(t, r.read(), "a.md", "03-02 to 03-03, 2 by 2")
}

func TestNoCommits(t *testing.T) {
	r := newRepo(t)
	r.write("a.md", "a")
	h := unknown(t, r.content(), "has no commits")
	if _, err := h.Tree(context.Background(), "HEAD"); !errors.Is(err, ErrRevision) {
		t.Errorf("a tree without commits: %v", err)
	}
}

func TestNotInTheWorkTree(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", "a")
	unknown(t, filepath.Join(r.dir, ".git"), "without a work tree")
}

// In a shallow clone the oldest commit seems to add every file.
func TestShallow(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", "one")
	r.save(2, "bo", "a.md", "two")
	clone := &repo{t, filepath.Join(t.TempDir(), "clone")}
	r.git("clone", "-q", "--depth", "1", "file://"+r.dir, clone.dir)
	h := unknown(t, clone.content(), "shallow")
	if !h.Shallow {
		t.Error("not said to be shallow")
	}
	tree, err := h.Tree(context.Background(), "HEAD")
	if err != nil || string(tree.File("a.md").Data) != "two" {
		t.Errorf("the tree of HEAD: %v", err)
	}
	if _, err := h.Tree(context.Background(), "HEAD~1"); !errors.Is(err, ErrRevision) || !strings.Contains(err.Error(), "shallow") {
		t.Errorf("a revision that is not there: %v", err)
	}
}

// A repository of another user is one that git refuses, because its settings
// could start programs.
func TestDubiousOwnership(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", "a")
	wrapGit(t, `export GIT_TEST_ASSUME_DIFFERENT_OWNER=1`)
	unknown(t, r.content(), "belongs to another user")
}

func TestBrokenRepository(t *testing.T) {
	r := newRepo(t)
	hash := r.save(1, "anna", "a.md", "a")
	if err := os.WriteFile(filepath.Join(r.dir, ".git/objects", hash[:2], "x"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(r.dir, ".git/objects", hash[:2], hash[2:])); err != nil {
		t.Fatal(err)
	}
	unknown(t, r.content(), "git cannot read the repository")
	if err := os.WriteFile(filepath.Join(r.dir, ".git/config"), []byte("[core\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	unknown(t, r.content(), "git cannot read the repository: bad config line 1 in file .git/config")
}
