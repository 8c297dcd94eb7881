package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// children are what the test binary does when it is started as a process that is to be killed.
var children = map[string]func(dir string){
	"replace":  func(dir string) { publishForever(dir, Options{}) },
	"in place": func(dir string) { publishForever(dir, Options{inPlace: true}) },
}

// publishForever publishes one big site after the other. It says when it has begun.
func publishForever(dir string, o Options) {
	for i := 0; ; i++ {
		if _, err := Publish(background, dir, bigSite(i%3).snapshot(), o); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		if i == 0 {
			fmt.Println("begun")
		}
	}
}

// bigSite has files that all sites share, files with other content in each, and files and folders that only one has.
func bigSite(i int) tree {
	site := make(tree)
	for n := range 30 {
		site[fmt.Sprintf("same/%d.html", n)] = "same"
		site[fmt.Sprintf("edit/%d.html", n)] = strings.Repeat(fmt.Sprint(i), 10_000)
		site[fmt.Sprintf("only/%d/%d.html", i, n)] = "only"
	}
	site["index.html"], site["last.html"] = fmt.Sprint(i), fmt.Sprint(i)
	return site
}

// child is the test binary in another role.
type child struct{ *exec.Cmd }

// start runs a child until it has published once.
func start(t *testing.T, role, dir string) *child {
	t.Helper()
	c := &child{exec.Command(os.Args[0])}
	c.Env = append(os.Environ(), "OUTPUT_TEST_CHILD="+role, "OUTPUT_TEST_DIR="+dir)
	pipe, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	begun := make([]byte, 5)
	if _, err := io.ReadFull(pipe, begun); err != nil || string(begun) != "begun" {
		rest, _ := io.ReadAll(pipe)
		t.Fatalf("child says %s%s, %v", begun, rest, err)
	}
	return c
}

// kills is the number of kills that there is time for.
func kills(n int) int {
	if testing.Short() {
		return n / 4
	}
	return n
}

func (c *child) kill() {
	c.Process.Kill()
	c.Wait()
}

// TestKill kills publishers at any moment. The folder then holds one complete site, and the next publisher goes on from there.
func TestKill(t *testing.T) {
	t.Parallel() // most of it is waiting for the disk
	dir := filepath.Join(t.TempDir(), "public")
	theirs := tree{"CNAME": "example.org"}
	publish(t, dir, tree{}, Options{})
	plant(t, dir, theirs)
	for round := range kills(24) {
		c := start(t, "replace", dir)
		time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond)
		c.kill()
		wantBigSite(t, round, dir, theirs)
	}
	publish(t, dir, tree{"a": "1"}, Options{})
	wantTree(t, dir, theirs.with(tree{"a": "1"}))
}

func wantBigSite(t *testing.T, round int, dir string, theirs tree) {
	t.Helper()
	got, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if maps.Equal(got, bigSite(i).with(theirs)) {
			return
		}
	}
	t.Fatalf("kill %d: the folder holds none of the sites, but %d files", round, len(got))
}

// TestKillInPlace kills publishers that rename files in place. The next publish completes the site, whichever way.
func TestKillInPlace(t *testing.T) {
	t.Parallel() // most of it is waiting for the disk
	dir := filepath.Join(t.TempDir(), "public")
	theirs := tree{"CNAME": "example.org"}
	publish(t, dir, tree{}, Options{})
	plant(t, dir, theirs)
	for round := range kills(16) {
		c := start(t, "in place", dir)
		time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond)
		c.kill()
		site := bigSite(round % 3)
		publish(t, dir, site, Options{inPlace: round%2 == 0})
		wantTree(t, dir, site.with(theirs))
	}
}

// TestReaderSeesOneSite reads through one handle of the folder while publishers replace it and are killed.
func TestReaderSeesOneSite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, dir, bigSite(0), Options{})
	for range 5 {
		c := start(t, "replace", dir)
		for range 200 {
			first, last, err := readPair(dir)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Error(err)
			}
			if err == nil && first != last {
				t.Errorf("read a page of site %s, and one of site %s", first, last)
			}
			if _, err := os.ReadFile(filepath.Join(dir, "index.html")); err != nil {
				t.Error(err)
			}
		}
		c.kill()
	}
}

// readPair reads two files of one site. The folder may be removed meanwhile, and the site with it.
func readPair(dir string) (first, last string, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", "", err
	}
	defer root.Close()
	a, err := root.ReadFile("index.html")
	if err != nil {
		return "", "", err
	}
	b, err := root.ReadFile("last.html")
	return string(a), string(b), err
}
