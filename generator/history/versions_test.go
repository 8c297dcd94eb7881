package history

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

// texts are the versions of files: the day, the path then, and the text.
func texts(t *testing.T, h *History, paths ...string) (all []string) {
	t.Helper()
	for v, err := range h.Versions(context.Background(), paths...) {
		if err != nil {
			t.Fatal(err)
		}
		ignored := ""
		if v.Commit.Ignored {
			ignored = " ignored"
		}
		all = append(all, v.Path+" "+v.Commit.Time.Format("01-02")+" "+v.File.Path+" "+strings.TrimPrefix(string(v.File.Data), long("a"))+ignored)
	}
	return all
}

func TestVersions(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", long("a")+"draft")
	hash := r.save(2, "anna", "a.md", long("a")+"review")
	r.git("mv", "content/a.md", "content/b.md")
	r.commit(3, "anna") // nothing else stands in it
	r.save(4, "bo", "b.md", long("a")+"accepted")
	r.save(5, "bo", "c.md", "c")
	r.save(6, "bo", "../.git-blame-ignore-revs", hash)
	h := r.read()
	got := texts(t, h, "b.md", "nowhere.md", "c.md")
	want := []string{"b.md 03-04 b.md accepted", "b.md 03-02 a.md review ignored", "b.md 03-01 a.md draft", "c.md 03-05 c.md c"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	for v, err := range h.Versions(context.Background(), "b.md") {
		if err != nil || v.Commit.Hash != r.git("rev-parse", "HEAD~2") {
			t.Errorf("the newest is of %s, %v", v.Commit.Hash, err)
		}
		break // reads no more
	}
	for range h.Versions(context.Background()) {
		t.Error("a version of nothing")
	}
}

func TestVersionsAreCanceled(t *testing.T) {
	r := newRepo(t)
	for n := range 9 {
		r.save(n+1, "anna", "a.md", strings.Repeat("x", n))
	}
	h := r.read()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	for _, err := range h.Versions(ctx, "a.md") {
		cancel()
		last = err
	}
	if last != nil && !errors.Is(last, context.Canceled) {
		t.Errorf("error %v", last)
	}
	for range h.Versions(ctx, "a.md") {
		break // an error or not: a loop that ended is not called again
	}
}
