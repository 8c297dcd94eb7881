package output

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// things of other people that may lie in an output folder.
var others = tree{
	"CNAME":                   "example.org",
	".gitignore":              "*",
	".nojekyll":               "",
	".well-known/security":    "mail us",
	"assets/extra.css":        "b{}",
	"theirs/deep/link":        "-> ../../../nowhere",
	"theirs/empty/":           "",
	"theirs/link out of here": "-> /etc",
}

func TestPublishMakesFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b", "public")
	site := tree{"index.html": "home", "a/b/c.html": "deep"}
	if r := publish(t, dir, site, Options{}); r != (Report{Written: 2}) {
		t.Errorf("report is %+v", r)
	}
	wantTree(t, dir, site)
}

func TestPublishTwiceTouchesNothing(t *testing.T) {
	bothWays(t, func(t *testing.T, o Options) {
		dir := filepath.Join(t.TempDir(), "public")
		site := tree{"index.html": "home", "assets/site.css": "a{}"}
		publish(t, dir, site, Options{})
		plant(t, dir, others)
		before := stats(t, dir)
		if r := publish(t, dir, site, o); r != (Report{Unchanged: 2}) {
			t.Errorf("report is %+v", r)
		}
		if after := stats(t, dir); !maps.EqualFunc(before, after, untouched) {
			t.Errorf("files were touched")
		}
	})
}

// stats describes every file; folders too.
func stats(t *testing.T, dir string) map[string]foreign {
	t.Helper()
	all := make(map[string]foreign)
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		all[name] = foreign{path: name, info: info}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func untouched(a, b foreign) bool {
	return a.same(b) && a.info.ModTime().Equal(b.info.ModTime())
}

// TestPublishAnything publishes random sites over each other, with foreign files in between.
func TestPublishAnything(t *testing.T) {
	t.Parallel() // most of it is waiting for the disk
	bothWays(t, func(t *testing.T, o Options) {
		random := rand.New(rand.NewPCG(1, 2))
		dir := filepath.Join(t.TempDir(), "public")
		publish(t, dir, tree{}, Options{})
		plant(t, dir, others)
		for round := range 150 {
			site := randomSite(random)
			r := publish(t, dir, site, o)
			if r.Written+r.Unchanged != len(site) {
				t.Fatalf("round %d: %d files, report %+v", round, len(site), r)
			}
			wantTree(t, dir, site.with(others))
		}
	})
}

// randomSite has files where others have folders, and the other way round.
func randomSite(random *rand.Rand) tree {
	site := make(tree)
	for range random.IntN(12) {
		path := string(rune('a' + random.IntN(3)))
		for range random.IntN(3) {
			path += "/" + string(rune('a'+random.IntN(3)))
		}
		site[path] = strings.Repeat("x", random.IntN(3))
	}
	if random.IntN(2) == 0 {
		site["assets/site.css"] = "a{}"
	}
	for path := range site {
		for folder := range parents(path) {
			delete(site, folder)
		}
	}
	return site
}

func TestDamagedFilesAreMended(t *testing.T) {
	bothWays(t, func(t *testing.T, o Options) {
		dir := filepath.Join(t.TempDir(), "public")
		site := tree{"a": "1", "b": "2", "c/d": "3"}
		publish(t, dir, site, Options{})
		plant(t, dir, tree{"a": "9"})
		if err := os.Remove(filepath.Join(dir, "b")); err != nil {
			t.Fatal(err)
		}
		if r := publish(t, dir, site, o); r != (Report{Written: 2, Unchanged: 1}) {
			t.Errorf("report is %+v", r)
		}
		wantTree(t, dir, site)
	})
}

// TestForeignFileInTheWay shows that neither the site's file nor the other is lost.
func TestForeignFileInTheWay(t *testing.T) {
	tests := map[string]tree{
		"other content":    {"new": "theirs"},
		"file for folder":  {"sub": "theirs"},
		"link for folder":  {"sub": "-> /etc"},
		"link for file":    {"new": "-> old"},
		"folder for file":  {"new/": ""},
		"content for file": {"new/theirs": "x"},
	}
	bothWays(t, func(t *testing.T, o Options) {
		for name, theirs := range tests {
			t.Run(name, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "public")
				old := tree{"old": "1"}
				publish(t, dir, old, Options{})
				plant(t, dir, theirs)
				_, err := Publish(t.Context(), dir, tree{"new": "2", "sub/new": "3"}.snapshot(), o)
				refused(t, err, "which Minutebook did not make")
				wantTree(t, dir, old.with(theirs))
			})
		}
	})
}

func TestForeignFileWithSameContent(t *testing.T) {
	bothWays(t, func(t *testing.T, o Options) {
		dir := filepath.Join(t.TempDir(), "public")
		publish(t, dir, tree{"old": "1"}, Options{})
		plant(t, dir, tree{"new": "2"})
		if r := publish(t, dir, tree{"new": "2"}, o); r != (Report{Unchanged: 1, Removed: 1}) {
			t.Errorf("report is %+v", r)
		}
		publish(t, dir, tree{}, o)
		wantTree(t, dir, tree{})
	})
}

// TestForeignFilesOnTheWay shows that changes made while a site is published survive, at any moment.
func TestForeignFilesOnTheWay(t *testing.T) {
	for _, moment := range []string{"write", "look", "show", "remove"} {
		t.Run(moment, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			publish(t, dir, tree{"old": "1"}, Options{})
			plant(t, dir, tree{"edited": "before", "removed": "x", "becomes file/x": "x", "becomes folder": "x"})
			want := tree{"edited": "after", "added": "x", "sub/added": "x", "becomes file": "x", "becomes folder/x": "x"}
			begun := false
			o := Options{step: serial(func(op, path string) error {
				if op != moment || begun {
					return nil
				}
				begun = true
				for _, name := range []string{"edited", "removed", "becomes file", "becomes folder"} {
					os.RemoveAll(filepath.Join(dir, name))
				}
				plant(t, dir, want)
				return nil
			})}
			publish(t, dir, tree{"new": "2"}, o)
			wantTree(t, dir, want.with(tree{"new": "2"}))
		})
	}
}

// TestPlantedLinks shows that links in the place of our files are replaced, and what they lead to is neither written nor removed.
func TestPlantedLinks(t *testing.T) {
	bothWays(t, func(t *testing.T, o Options) {
		outside := t.TempDir()
		secrets := tree{"file": "secret", "folder/x": "secret", "folder/y": "secret"}
		plant(t, outside, secrets)
		dir := filepath.Join(t.TempDir(), "public")
		publish(t, dir, tree{"file": "1", "folder/x": "2", "gone/y": "3"}, Options{})
		os.RemoveAll(filepath.Join(dir, "file"))
		os.RemoveAll(filepath.Join(dir, "folder"))
		os.RemoveAll(filepath.Join(dir, "gone"))
		plant(t, dir, tree{
			"file":   "-> " + filepath.Join(outside, "file"),
			"folder": "-> " + filepath.Join(outside, "folder"),
			"gone":   "-> " + filepath.Join(outside, "folder"),
		})
		site := tree{"file": "new", "folder/x": "new"}
		publish(t, dir, site, o)
		wantTree(t, dir, site)
		wantTree(t, outside, secrets)
	})
}

func TestPlantedStageAndLock(t *testing.T) {
	outside := t.TempDir()
	secrets := tree{"file": "secret"}
	plant(t, outside, secrets)
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	plant(t, parent, tree{".public.minutebook-stage": "-> " + outside})
	publish(t, dir, tree{"a": "1"}, Options{})
	wantTree(t, dir, tree{"a": "1"})
	plant(t, parent, tree{".public.minutebook-lock": "-> " + filepath.Join(outside, "file")})
	if _, err := Publish(t.Context(), dir, tree{"a": "2"}.snapshot(), Options{}); err == nil {
		t.Error("a link was locked")
	}
	wantTree(t, outside, secrets)
}

func TestHardLinksAreNotWrittenThrough(t *testing.T) {
	bothWays(t, func(t *testing.T, o Options) {
		dir := filepath.Join(t.TempDir(), "public")
		publish(t, dir, tree{"a": "old"}, Options{})
		backup := filepath.Join(t.TempDir(), "backup")
		if err := os.Link(filepath.Join(dir, "a"), backup); err != nil {
			t.Skip(err)
		}
		publish(t, dir, tree{"a": "new"}, o)
		if data, err := os.ReadFile(backup); string(data) != "old" {
			t.Errorf("the other name holds %q, %v", data, err)
		}
	})
}

func TestStreams(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	content := strings.Repeat("0123456789", 100_000)
	s, err := NewSnapshot([]File{streamed("video.bin", content)})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []Report{{Written: 1}, {Unchanged: 1}} {
		if r, err := Publish(t.Context(), dir, s, Options{}); err != nil || r != want {
			t.Fatalf("report is %+v, %v, want %+v", r, err, want)
		}
	}
	wantTree(t, dir, tree{"video.bin": content})
}

func TestStreamThatChanges(t *testing.T) {
	fault := errors.New("unplugged")
	tests := map[string]func() (io.ReadCloser, error){
		"longer":  func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("12345")), nil },
		"shorter": func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("123")), nil },
		"other":   func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("4321")), nil },
		"no open": func() (io.ReadCloser, error) { return nil, fault },
		"broken": func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(strings.NewReader("12"), errReader{fault})), nil
		},
		"vanished": func() (io.ReadCloser, error) { return os.Open(filepath.Join(t.TempDir(), "nothing")) },
	}
	for name, open := range tests {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			old := tree{"a": "1"}
			publish(t, dir, old, Options{})
			f := streamed("video.bin", "1234")
			f.Open = open
			s, err := NewSnapshot([]File{f})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Publish(t.Context(), dir, s, Options{}); err == nil || !strings.Contains(err.Error(), "video.bin") {
				t.Errorf("got error %v", err)
			}
			wantTree(t, dir, old)
		})
	}
}

type errReader struct{ error }

func (r errReader) Read([]byte) (int, error) { return 0, r.error }

func TestCancel(t *testing.T) {
	bothWays(t, func(t *testing.T, o Options) {
		for _, moment := range []string{"stage", "make", "write", "link", "carry"} {
			dir := filepath.Join(t.TempDir(), "public")
			old := tree{"old": "1", "sub/same": "1"}
			publish(t, dir, old, Options{})
			plant(t, dir, tree{"theirs": "x"})
			ctx, cancel := context.WithCancel(background)
			reached := false
			o.step = serial(func(op, path string) error {
				if op == moment {
					reached = true
					cancel()
				}
				return nil
			})
			_, err := Publish(ctx, dir, tree{"new": "1", "sub/same": "1"}.snapshot(), o)
			if reached && err != context.Canceled {
				t.Errorf("%s: got error %v", moment, err)
			}
			if reached {
				wantTree(t, dir, old.with(tree{"theirs": "x"}))
			}
		}
	})
}

func TestCancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(background)
	cancel()
	parent := t.TempDir()
	if _, err := Publish(ctx, filepath.Join(parent, "a", "public"), &Snapshot{}, Options{}); err != context.Canceled {
		t.Errorf("got error %v", err)
	}
	wantTree(t, parent, tree{})
}

func TestManifestIsTheSameForTheSameSite(t *testing.T) {
	site := tree{"b\n\"<>": "1", "a/b": "2"}
	const want = `{"version":1,"files":[
{"path":"a/b","sha256":"d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35","size":1},
{"path":"b\n\"\u003c\u003e","sha256":"6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b","size":1}
]}
`
	bothWays(t, func(t *testing.T, o Options) {
		dir := filepath.Join(t.TempDir(), "public")
		publish(t, dir, tree{"c": "3"}, o)
		publish(t, dir, site, o)
		if got, err := os.ReadFile(filepath.Join(dir, manifestName)); string(got) != want {
			t.Errorf("manifest is %s, %v", got, err)
		}
	})
}
