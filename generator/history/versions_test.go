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

// Of a merge there is a version where branches had different texts; not where it
// took over what one alone had changed. It is no change.
func TestVersionsOfMerges(t *testing.T) {
	for name, c := range map[string]struct {
		main, side, merged string // what stands in the file, "" for what stood before
		sideLater          bool
		want               []string
	}{
		"the side alone":        {"", "two", "two", true, []string{"03-04 two", "03-01 one"}},
		"the main branch alone": {"three", "", "three", false, []string{"03-02 three", "03-01 one"}},
		"what came last":        {"three", "two", "two", true, []string{"03-09 two merged, not three", "03-04 two", "03-02 three", "03-01 one"}},
		"the side, again":       {"three", "two", "two", false, []string{"03-09 two merged, not three", "03-02 three", "03-01 two", "03-01 one"}},
		"the main, again":       {"three", "two", "three", true, []string{"03-09 three merged, not two", "03-04 two", "03-02 three", "03-01 one"}},
		"both":                  {"three", "two", "four", true, []string{"03-09 four merged, not three, two", "03-04 two", "03-02 three", "03-01 one"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRepo(t)
			r.save(1, "anna", "a.md", "one")
			r.git("checkout", "-q", "-b", "side")
			when := 1
			if c.sideLater {
				when = 4
			}
			if r.write("other.md", "o"); c.side != "" {
				r.write("a.md", c.side)
			}
			r.commit(when, "bo")
			r.git("checkout", "-q", "main")
			if r.write("more.md", "m"); c.main != "" {
				r.write("a.md", c.main)
			}
			r.commit(2, "anna")
			r.git("merge", "-q", "--no-commit", "-s", "ours", "side")
			r.save(9, "chen", "a.md", c.merged)
			h := r.read()
			said := map[string]string{}
			for v := range h.Versions(context.Background(), "a.md") {
				said[v.Content] = string(v.File.Data)
			}
			var got []string
			for v, err := range h.Versions(context.Background(), "a.md") {
				if err != nil {
					t.Fatal(err)
				}
				text := v.Commit.Time.Format("01-02 ") + string(v.File.Data)
				if v.Merge {
					var not []string
					for _, name := range v.Before {
						not = append(not, said[name])
					}
					text += " merged, not " + strings.Join(not, ", ")
				}
				got = append(got, text)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if f, _ := h.File("a.md"); f.Changed.Day() == 9 {
				t.Error("the merge counts as a change")
			}
		})
	}
}
