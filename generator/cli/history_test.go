package cli_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"minutebook/generator"
	"minutebook/generator/date"
	"minutebook/generator/source"
	"minutebook/layouts"
)

// How many random edits the test makes, and which.
var (
	steps = flag.Int("steps", 300, "random edits of TestServedSiteIsThatOfACleanBuild")
	seed  = flag.Uint64("seed", 5, "which random edits")
)

// After any history of edits, made the way editors make them, what is served is
// what a build that begins from nothing makes, and nothing else is.
func TestServedSiteIsThatOfACleanBuild(t *testing.T) {
	if testing.Short() {
		*steps = min(*steps, 60)
	}
	dir := t.TempDir()
	h := &edits{t: t, dir: dir, random: rand.New(rand.NewPCG(*seed, 5))}
	for i := range 12 {
		write(t, dir, fmt.Sprintf("content/proposals/p%d.md", i), h.text())
	}
	write(t, dir, "content/README.md", "# Home\n\n[one](proposals/p1.md)\n", "content/minutebook.yaml", "title: Book\n")
	s := serve(t, dir, "--today", "2018-04-02")
	ever := map[string]bool{}
	for step := range *steps {
		var what []string
		for range 1 + h.random.IntN(3) {
			what = append(what, h.edit())
		}
		want := clean(t, dir)
		if want == nil {
			continue // no site can be made of this: the last one stays
		}
		for path := range want {
			ever[path] = true
		}
		difference := ""
		limit := time.Now().Add(patience)
		for difference = s.difference(want, ever); difference != "" && time.Now().Before(limit); difference = s.difference(want, ever) {
			time.Sleep(2 * time.Millisecond)
		}
		if difference != "" {
			t.Fatalf("step %d (%s): %s\n%s", step, strings.Join(what, "; "), difference, s.printed())
		}
	}
}

var added = regexp.MustCompile(`<link rel="stylesheet" href="/_minutebook/live\.css[^>]*><script defer src="/_minutebook/live\.js[^>]*></script>`)

// difference says how the served site differs from the files it should have, of
// all that it ever had; empty when it does not.
func (s *serving) difference(want map[string][sha256.Size]byte, ever map[string]bool) string {
	for path := range ever {
		code, body := s.get("/" + path)
		sum, there := want[path]
		switch {
		case !there && code != 404:
			return fmt.Sprintf("%s is gone and answers %d", path, code)
		case there && code != 200:
			return fmt.Sprintf("%s answers %d", path, code)
		case there && sha256.Sum256([]byte(added.ReplaceAllString(body, ""))) != sum:
			return path + " is another file"
		}
	}
	return ""
}

// clean are the files of a site that is built from nothing; nil when none can
// be.
func clean(t *testing.T, dir string) map[string][sha256.Size]byte {
	t.Helper()
	read := func(name string) *source.Tree {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return &source.Tree{}
		}
		r := source.Reader{FS: os.DirFS(filepath.Join(dir, name))}
		tree, err := r.Read(t.Context(), nil)
		must(t, err)
		return tree
	}
	own, err := source.FromFS(layouts.FS)
	must(t, err)
	var b generator.Builder
	r, err := b.Build(t.Context(), generator.Inputs{
		Content: read("content"), Layouts: own.Overlay(read("layouts")), ContentName: "content", LayoutsName: "layouts",
		SourcePath: "content", Now: time.Now(), Today: date.Must(date.Parse("2018-04-02")),
	})
	must(t, err)
	if r.Snapshot == nil {
		return nil
	}
	files := map[string][sha256.Size]byte{}
	for _, f := range r.Snapshot.Files() {
		data, err := fs.ReadFile(r.Snapshot, f.Path)
		must(t, err)
		files[f.Path] = sha256.Sum256(data)
	}
	return files
}

// edits change a folder somehow.
type edits struct {
	t      *testing.T
	dir    string
	random *rand.Rand
	n      int
}

func (h *edits) text() string {
	h.n++
	return fmt.Sprintf("---\ntitle: \"Title %d\"\nstatus: %s\n---\n\nText %d, see [another](p%d.md) and [one](../x%d/p%d.md#part).\n\n## Part\n",
		h.random.IntN(40), []string{"draft", "review", "accepted", "[", "nonsense"}[h.random.IntN(5)], h.n, h.random.IntN(14), h.random.IntN(3), h.random.IntN(14))
}

// file is the path of some Markdown file of the content.
func (h *edits) file() string {
	var list []string
	filepath.WalkDir(filepath.Join(h.dir, "content"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".md") {
			list = append(list, path)
		}
		return nil
	})
	if len(list) == 0 {
		write(h.t, h.dir, "content/proposals/p0.md", h.text())
		return filepath.Join(h.dir, "content/proposals/p0.md")
	}
	return list[h.random.IntN(len(list))]
}

// edit changes something and says what.
func (h *edits) edit() string {
	kinds := []func() string{h.save, h.save, h.save, h.save, h.add, h.remove, h.rename, h.renameFolder, h.changeCase, h.fileToFolder, h.configure, h.restyle, h.checkout, h.moveRoot}
	return kinds[h.random.IntN(len(kinds))]()
}

// save saves a file as an editor does.
func (h *edits) save() string {
	path, i := h.file(), h.random.IntN(len(saves))
	text := h.text()
	if saves[i].same {
		old, err := os.ReadFile(path)
		must(h.t, err)
		text = string(old)
		for j := range 3 { // other digits, the same length
			text = strings.ReplaceAll(text, fmt.Sprint(j), fmt.Sprint(j+3))
		}
	}
	must(h.t, saves[i].save(path, []byte(text)))
	return saves[i].name + " saves " + path
}

// saves are the ways in which editors bring a text to disk.
var saves = []struct {
	name string
	same bool // the text has the length of the old one
	save func(path string, text []byte) error
}{
	{"vim", false, func(path string, text []byte) error {
		probe := filepath.Join(filepath.Dir(path), "4913")
		return first(os.WriteFile(probe, nil, 0o644), os.Remove(probe), os.Rename(path, path+"~"),
			os.WriteFile(path, text, 0o644), os.Remove(path+"~"))
	}},
	{"emacs", false, func(path string, text []byte) error {
		lock, auto := filepath.Join(filepath.Dir(path), ".#"+filepath.Base(path)), filepath.Join(filepath.Dir(path), "#"+filepath.Base(path)+"#")
		return first(os.Symlink("me@here", lock), os.WriteFile(auto, text, 0o644), os.Rename(path, path+"~"),
			os.WriteFile(path, text, 0o644), os.Remove(auto), os.Remove(lock), os.Remove(path+"~"))
	}},
	{"VS Code", false, func(path string, text []byte) error {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
		if err != nil {
			return err
		}
		_, err = f.Write(text)
		return first(err, f.Close())
	}},
	{"a slow editor", false, func(path string, text []byte) error {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
		if err != nil {
			return err
		}
		time.Sleep(15 * time.Millisecond) // longer than the quiet time: the file is seen empty
		_, err = f.Write(text)
		return first(err, f.Close())
	}},
	{"JetBrains", false, func(path string, text []byte) error {
		return first(os.WriteFile(path+"___jb_tmp___", text, 0o644), os.Rename(path, path+"___jb_old___"),
			os.Rename(path+"___jb_tmp___", path), os.Remove(path+"___jb_old___"))
	}},
	{"gedit", false, func(path string, text []byte) error {
		hidden := filepath.Join(filepath.Dir(path), ".goutputstream-X")
		return first(os.WriteFile(hidden, text, 0o644), os.Rename(hidden, path))
	}},
	{"a program that sets the time back", true, func(path string, text []byte) error {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		return first(os.WriteFile(path, text, 0o644), os.Chtimes(path, info.ModTime(), info.ModTime()))
	}},
	{"an archive", false, func(path string, text []byte) error {
		old := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
		return first(os.WriteFile(path, text, 0o644), os.Chtimes(path, old, old))
	}},
}

// first is the first error of steps that were all taken.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (h *edits) add() string {
	name := fmt.Sprintf("content/%s/p%d.md", []string{"proposals", "x0", "x1/deep/er", "meetings", "x2"}[h.random.IntN(5)], h.random.IntN(14))
	if info, err := os.Stat(filepath.Join(h.dir, name)); err == nil && info.IsDir() {
		return "nothing"
	}
	write(h.t, h.dir, name, h.text(), "content/files/a.csv", h.text())
	return "add " + name
}

func (h *edits) remove() string {
	path := h.file()
	must(h.t, os.Remove(path))
	return "remove " + path
}

func (h *edits) rename() string {
	from, to := h.file(), filepath.Join(h.dir, fmt.Sprintf("content/proposals/p%d.md", h.random.IntN(14)))
	if info, err := os.Stat(to); err == nil && info.IsDir() {
		return "nothing"
	}
	must(h.t, os.MkdirAll(filepath.Dir(to), 0o755))
	must(h.t, os.Rename(from, to))
	return "rename " + from + " to " + to
}

func (h *edits) renameFolder() string {
	from := filepath.Dir(h.file())
	to := filepath.Join(h.dir, "content", fmt.Sprintf("x%d", h.random.IntN(3)))
	if from == filepath.Join(h.dir, "content") || strings.HasPrefix(to+"/", from+"/") || strings.HasPrefix(from+"/", to+"/") {
		return "nothing"
	}
	must(h.t, os.RemoveAll(to))
	must(h.t, os.Rename(from, to))
	return "rename folder " + from + " to " + to
}

func (h *edits) changeCase() string {
	path := h.file()
	to := filepath.Join(filepath.Dir(path), strings.ToUpper(filepath.Base(path)[:1])+filepath.Base(path)[1:])
	if to == path {
		to = filepath.Join(filepath.Dir(path), strings.ToLower(filepath.Base(path)))
	}
	must(h.t, os.Rename(path, to))
	return "change the case of " + path
}

func (h *edits) fileToFolder() string {
	path := h.file()
	must(h.t, os.Remove(path))
	must(h.t, os.Mkdir(path, 0o755))
	must(h.t, os.WriteFile(filepath.Join(path, "in.md"), []byte(h.text()), 0o644))
	return "make " + path + " a folder"
}

func (h *edits) configure() string {
	text := []string{"title: [", fmt.Sprintf("title: Book %d\n", h.random.IntN(9)), "title: Book\nlanguage: de\n"}[h.random.IntN(3)]
	write(h.t, h.dir, "content/minutebook.yaml", text)
	return "configure " + text
}

func (h *edits) restyle() string {
	name := []string{"page.html", "css/09-own.css", "partials/foot.html"}[h.random.IntN(3)]
	if h.random.IntN(2) == 0 {
		os.Remove(filepath.Join(h.dir, "layouts", name))
		return "give up layout " + name
	}
	text := map[string][]string{
		"page.html":          {`{{define "main"}}own look{{end}}`, `{{define "main"}}{{.Broken}}{{end}}`},
		"css/09-own.css":     {"p { color: red }", "p { color: blue }"},
		"partials/foot.html": {"<footer>mine</footer>", "{{if}}"},
	}[name]
	write(h.t, h.dir, "layouts/"+name, text[h.random.IntN(2)])
	return "change layout " + name
}

// checkout writes, moves and removes many files at once, as git does.
func (h *edits) checkout() string {
	for i := range 2 {
		must(h.t, os.RemoveAll(filepath.Join(h.dir, fmt.Sprintf("content/branch%d", i))))
	}
	for i := range 40 {
		write(h.t, h.dir, fmt.Sprintf("content/branch%d/%d/p%d.md", h.random.IntN(2), i%7, i), h.text())
	}
	must(h.t, os.RemoveAll(filepath.Join(h.dir, fmt.Sprintf("content/branch%d", h.random.IntN(2)))))
	return "check out"
}

func (h *edits) moveRoot() string {
	root, away := filepath.Join(h.dir, "content"), filepath.Join(h.dir, "away")
	must(h.t, os.Rename(root, away))
	if h.random.IntN(2) == 0 {
		time.Sleep(20 * time.Millisecond) // it may be seen to be gone
	}
	path := filepath.Join(away, "proposals", "moved.md")
	must(h.t, os.MkdirAll(filepath.Dir(path), 0o755))
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		must(h.t, os.WriteFile(path, []byte(h.text()), 0o644))
	}
	must(h.t, os.Rename(away, root))
	return "move the root away and back"
}

// Every way to save is seen whole: a page is what it was or what it is, and
// never a part of it.
func TestSavesAreSeenWhole(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "content/a.md", "# Number 0\n\nwhole\n")
	s := serve(t, dir)
	n := 0
	for _, how := range slices.Concat(saves, saves) {
		if how.same {
			continue
		}
		n++
		must(t, how.save(filepath.Join(dir, "content/a.md"), fmt.Appendf(nil, "# Number %d\n\nwhole\n", n)))
		want := fmt.Sprintf("Number %d", n)
		until(t, how.name+" is seen", func() bool {
			code, body := s.get("/a.html")
			if code == 200 && !strings.Contains(body, "<p>whole") {
				t.Errorf("%s: half a page", how.name)
			}
			return strings.Contains(body, want)
		})
	}
}
