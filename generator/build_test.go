package generator_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"minutebook/generator"
	"minutebook/generator/date"
	"minutebook/generator/source"
)

// digest is everything that a result shows to anybody.
func digest(t testing.TB, r *generator.Result) string {
	t.Helper()
	var b strings.Builder
	if r.Snapshot != nil {
		for _, f := range r.Snapshot.Files() {
			fmt.Fprintf(&b, "%s %x\n", f.Path, sha256.Sum256(content(t, r, f.Path)))
		}
	}
	fmt.Fprintf(&b, "%v %v", r.Problems, r.Refused())
	return b.String()
}

// content is a file of the site.
func content(t testing.TB, r *generator.Result, path string) []byte {
	t.Helper()
	data, err := fs.ReadFile(r.Snapshot, path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// After any history of edits, a builder that remembers gives what a new one
// gives: the same bytes and the same problems.
func TestWarmBuildEqualsCold(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	files := sample(24)
	warm := generator.Builder{}
	for step := range 150 {
		what := edit(random, files)
		got, want := build(t, &warm, inputs(t, files)), build(t, &generator.Builder{Once: true}, inputs(t, files))
		if digest(t, got) != digest(t, want) {
			t.Fatalf("step %d (%s): a warm build differs from a cold one:\n%s", step, what, firstDifference(digest(t, got), digest(t, want)))
		}
	}
}

// A build on demand makes the same site, however much of it was asked for before
// its pages were filled.
func TestOnDemandEqualsAtOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	files := sample(24)
	b := generator.Builder{OnDemand: true}
	for step := range 20 {
		what := edit(random, files)
		r := build(t, &b, inputs(t, files))
		want := build(t, &generator.Builder{}, inputs(t, files))
		if r.Snapshot.Len() != want.Snapshot.Len() {
			t.Fatalf("step %d (%s): %d files, want %d", step, what, r.Snapshot.Len(), want.Snapshot.Len())
		}
		for _, f := range r.Snapshot.Files() {
			if random.IntN(4) == 0 && !bytes.Equal(content(t, r, f.Path), content(t, want, f.Path)) {
				t.Fatalf("step %d (%s): %s differs", step, what, f.Path)
			}
		}
		if random.IntN(3) == 0 {
			continue // a newer build comes before the pages are filled
		}
		full, err := b.Fill(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if digest(t, full) != digest(t, want) {
			t.Fatalf("step %d (%s): %s", step, what, firstDifference(digest(t, full), digest(t, want)))
		}
	}
}

// A layout's fault that shows only when some page is filled takes the site away,
// when that page is filled.
func TestFillFindsFaults(t *testing.T) {
	files := sample(9)
	in := inputs(t, files)
	in.Layouts = in.Layouts.Overlay(source.NewTree(source.NewFile("proposal.html", []byte("{{define \"main\"}}{{if eq .Heading \"Proposal 1\"}}{{index .Contents 99}}{{end}}{{end}}"))))
	b := generator.Builder{OnDemand: true}
	r := build(t, &b, in)
	if r.Refused() {
		t.Fatalf("refused at once: %v", r.Problems)
	}
	full, err := b.Fill(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if !full.Refused() || full.Snapshot != nil || !full.Problems.Has("layout") {
		t.Errorf("not refused: %v", full.Problems)
	}
}

// edit changes a site somehow, and says how.
func edit(random *rand.Rand, files map[string]string) string {
	paths := slices.Sorted(maps.Keys(files))
	one, other := paths[random.IntN(len(paths))], paths[random.IntN(len(paths))]
	switch random.IntN(12) {
	case 0:
		delete(files, one)
		return "delete " + one
	case 1:
		files[path.Join(path.Dir(one), "new.md")] = "# New\n\n[gone](gone.md) [x](" + path.Base(other) + ")\n"
		return "add beside " + one
	case 2:
		files["moved/"+path.Base(one)] = files[one]
		delete(files, one)
		return "move " + one
	case 3:
		files[one] = strings.Replace(files[one], "title: ", "title: Re", 1)
		return "retitle " + one
	case 4:
		files[one] = strings.Replace(files[one], "---\n", "---\nstatus: [\n", 1)
		return "break " + one
	case 5:
		files[one] = strings.Replace(files[one], "status: [\n", "", 1)
		return "mend " + one
	case 6:
		files["minutebook.yaml"] = fmt.Sprintf("title: Site %d\ntoday: 2018-04-%02d\nlink-schemes: [x%d]\n", random.IntN(9), 1+random.IntN(28), random.IntN(2))
		return "configure"
	case 7:
		files[one], files[other] = files[other], files[one]
		return "swap " + one + " and " + other
	case 8:
		files["people.yaml"] = fmt.Sprintf("people:\n  anna: {name: Anna %d}\n", random.IntN(3))
		return "people"
	case 9:
		files[one] = strings.Replace(files[one], "## Options", "## Choices", 1)
		return "rename a heading of " + one
	case 10:
		files[path.Join(strings.ToUpper(path.Dir(one)), "x.md")] = "# Upper\n"
		return "another case of " + one
	}
	files[one] += fmt.Sprintf("\nMore %d.\n", random.IntN(100))
	return "write " + one
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i] + "\n" + y[i]
		}
	}
	return fmt.Sprintf("%d lines and %d", len(x), len(y))
}

// Editing one document parses one document, and fills only pages that show it,
// and the page that searches, which names the version of the index.
func TestEditingOneDocumentParsesOne(t *testing.T) {
	files := sample(60)
	b := generator.Builder{}
	first := build(t, &b, inputs(t, files))
	if first.Parsed != 61 {
		t.Fatalf("the first build parsed %d documents, want 61", first.Parsed)
	}
	if again := build(t, &b, inputs(t, files)); again.Parsed != 0 || again.Filled != 0 {
		t.Errorf("the same build again parsed %d documents and filled %d pages", again.Parsed, again.Filled)
	}
	files["proposals/p3.md"] += "\nOne more sentence.\n"
	if r := build(t, &b, inputs(t, files)); r.Parsed != 1 || r.Filled != 2 {
		t.Errorf("after one edit %d documents were parsed and %d pages filled", r.Parsed, r.Filled)
	}
}

// Neither the machine's time zone nor the number of processors nor the order of
// files reaches the output.
func TestOutputIsDeterministic(t *testing.T) {
	files := sample(30)
	want := digest(t, build(t, &generator.Builder{}, inputs(t, files)))
	zone := time.Local
	defer func() { time.Local = zone }()
	for _, z := range []string{"UTC", "Pacific/Kiritimati", "America/Los_Angeles"} {
		loc, err := time.LoadLocation(z)
		if err != nil {
			t.Skip("no zone database")
		}
		time.Local = loc
		for _, procs := range []int{1, 3} {
			old := runtime.GOMAXPROCS(procs)
			got := digest(t, build(t, &generator.Builder{}, inputs(t, files)))
			runtime.GOMAXPROCS(old)
			if got != want {
				t.Fatalf("%s with %d processors: %s", z, procs, firstDifference(got, want))
			}
		}
	}
}

// Every link and asset of every page leads to a file of the site, every anchor
// to an id of its page, and no id stands twice.
func TestEveryLinkOfTheSiteResolves(t *testing.T) {
	for name, files := range map[string]map[string]string{"sample": sample(30), "example": example(t)} {
		t.Run(name, func(t *testing.T) {
			r := build(t, &generator.Builder{}, inputs(t, files))
			pages := map[string]*pageFacts{}
			for _, f := range r.Snapshot.Files() {
				if strings.HasSuffix(f.Path, ".html") {
					pages[f.Path] = factsOf(t, f.Path, content(t, r, f.Path))
				}
			}
			for from, p := range pages {
				for _, link := range p.links {
					resolveLink(t, r, pages, from, link)
				}
			}
		})
	}
}

type pageFacts struct {
	ids   map[string]bool
	links []string
}

func factsOf(t *testing.T, name string, data []byte) *pageFacts {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	p := &pageFacts{ids: map[string]bool{}}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				if p.ids[a.Val] {
					t.Errorf("%s: the id %q stands twice", name, a.Val)
				}
				p.ids[a.Val] = true
			case "href", "src":
				p.links = append(p.links, a.Val)
			case "style":
				t.Errorf("%s: <%s> has a style attribute", name, n.Data)
			}
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: <%s> has %s", name, n.Data, a.Key)
			}
		}
		if n.Type == html.ElementNode && (n.Data == "style" || n.Data == "script" && n.FirstChild != nil) {
			t.Errorf("%s: inline <%s>", name, n.Data)
		}
	}
	return p
}

func resolveLink(t *testing.T, r *generator.Result, pages map[string]*pageFacts, from, link string) {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Errorf("%s: link %q: %v", from, link, err)
		return
	}
	if u.Scheme != "" || u.Host != "" {
		return
	}
	to := from
	if u.Path != "" {
		to = path.Join(path.Dir(from), u.Path)
	}
	if _, ok := r.Snapshot.Lookup(to); !ok {
		t.Errorf("%s: link %q leads to %s, which is not there", from, link, to)
		return
	}
	if p := pages[to]; p != nil && u.Fragment != "" && !p.ids[u.Fragment] {
		t.Errorf("%s: link %q: %s has no such id", from, link, to)
	}
}

// Every problem stands within its file.
func TestProblemsStandInTheirFiles(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	files := sample(24)
	for range 40 {
		edit(random, files)
	}
	r := build(t, &generator.Builder{}, inputs(t, files))
	if len(r.Problems) == 0 {
		t.Fatal("a site with random mistakes has no problem")
	}
	for _, d := range r.Problems {
		text, ok := files[strings.TrimPrefix(d.Path, "content/")]
		if !ok {
			t.Errorf("%s: no such file", d)
			continue
		}
		end := source.NewFile("x", []byte(text)).Position(len(text))
		if d.Start.Line > end.Line || d.End.Line > end.Line || d.Start.Line == end.Line && d.Start.Column > end.Column {
			t.Errorf("%s: outside of the file, which ends at %v", d, end)
		}
	}
}

// What must not be published is refused: an unreadable or unsafe configuration,
// a hidden person's name, layouts that cannot be used.
func TestRefusals(t *testing.T) {
	for name, change := range map[string]func(map[string]string, *generator.Inputs){
		"unreadable configuration": func(f map[string]string, _ *generator.Inputs) { f["minutebook.yaml"] = "title: [" },
		"unknown zone":             func(f map[string]string, _ *generator.Inputs) { f["minutebook.yaml"] = "timezone: Denver" },
		"unsafe scheme":            func(f map[string]string, _ *generator.Inputs) { f["minutebook.yaml"] = "link-schemes: [javascript]" },
		"hidden person": func(f map[string]string, _ *generator.Inputs) {
			f["people.yaml"] = "people: {chen: {name: Chen Third, public: hidden}}"
			f["a.md"] = "Thanks to Chen Third."
		},
		"broken layout": func(_ map[string]string, in *generator.Inputs) {
			in.Layouts = in.Layouts.Overlay(source.NewTree(source.NewFile("page.html", []byte("{{define \"main\"}}{{.Nope}}{{end}}"))))
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := sample(9)
			in := inputs(t, files)
			change(files, &in)
			in.Content = tree(files)
			if r := build(t, &generator.Builder{}, in); !r.Refused() {
				t.Errorf("published with %v", r.Problems)
			}
		})
	}
	if r := build(t, &generator.Builder{}, inputs(t, sample(9))); r.Refused() {
		t.Errorf("a fine site is refused: %v", r.Problems)
	}
}

// The day comes from --today, else the configuration, else the clock in the
// site's zone.
func TestToday(t *testing.T) {
	at := time.Date(2018, 4, 2, 23, 30, 0, 0, time.UTC)
	for _, test := range []struct {
		config string
		flag   date.Date
		want   string
	}{
		{"timezone: UTC", date.Date{}, "2018-04-02"},
		{"timezone: Asia/Tokyo", date.Date{}, "2018-04-03"},
		{"today: 2017-01-01", date.Date{}, "2017-01-01"},
		{"today: 2017-01-01", date.Must(date.Parse("2016-05-06")), "2016-05-06"},
	} {
		in := inputs(t, map[string]string{"minutebook.yaml": test.config})
		in.Now, in.Today = at, test.flag
		if r := build(t, &generator.Builder{}, in); r.Site.Today.String() != test.want {
			t.Errorf("%s, --today %v: built for %s, want %s", test.config, test.flag, r.Site.Today, test.want)
		}
	}
}

func TestBuildStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var b generator.Builder
	if _, err := b.Build(ctx, inputs(t, sample(9))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// An empty folder is a site, too.
func TestEmptyFolder(t *testing.T) {
	r := build(t, &generator.Builder{}, inputs(t, nil))
	if _, ok := r.Snapshot.Lookup("index.html"); !ok || r.Refused() {
		t.Errorf("no Home page: %v", r.Problems)
	}
}

// A document that takes too long ends the build with its name, whatever is
// still at work on it.
func TestSlowDocumentEndsTheBuild(t *testing.T) {
	b := generator.Builder{Patience: 1} // a nanosecond: every document is slow
	in := inputs(t, map[string]string{"a.md": strings.Repeat("## Heading\n\nSome *words* and [a link](b).\n\n", 20_000)})
	_, err := b.Build(t.Context(), in)
	var slow *generator.SlowError
	if !errors.As(err, &slow) || slow.Path != "content/a.md" {
		t.Errorf("got %v", err)
	}
}
