package site_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/golden"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// The cases in testdata are content folders. The day is 2 April 2018
// unless minutebook.yaml sets it. A case gets the views that it has sections for.
func TestLink(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		var files []*source.File
		for _, f := range c.Inputs() {
			files = append(files, source.NewFile(f.Name, f.Data))
		}
		s, problems := link(files, nil)
		for _, view := range c.Wanted() {
			if describe := views[view]; describe != nil {
				c.Want(view, describe(s))
			}
		}
		problems.Sort()
		var out bytes.Buffer
		if err := diag.Text(&out, without(problems, "unlinked-file")); err != nil {
			t.Fatal(err)
		}
		c.Want("problems", out.String())
	})
}

func without(list diag.List, code string) (rest diag.List) {
	for _, d := range list {
		if d.Code != code {
			rest.Add(d)
		}
	}
	return rest
}

func link(files []*source.File, past map[string]site.Past) (*site.Site, diag.List) {
	tree := source.NewTree(files...)
	settings, problems := config.Load(tree)
	people, more := config.LoadPeople(tree)
	problems = append(problems, more...)
	p := document.NewParser(settings, nil)
	var documents []*document.Document
	for _, f := range tree.Files() {
		if source.IsMarkdown(f.Path) {
			var beside []*source.File
			if at, _ := settings.SidecarOf(f.Path, func(p string) bool { return tree.File(p) != nil }); at != "" {
				beside = append(beside, tree.File(at))
			}
			documents = append(documents, p.Parse(f, beside...))
		}
	}
	today := settings.Today
	if today.IsZero() {
		today = date.Must(date.Parse("2018-04-02"))
	}
	s := site.Link(site.Inputs{Config: settings, People: people, Content: tree, Documents: documents, Today: today, Past: past, SourcePath: "docs"})
	return s, append(problems, s.Problems...)
}

// views are what a case can ask for by a section want/NAME.
var views = map[string]func(*site.Site) string{
	"chains": func(s *site.Site) string {
		var b strings.Builder
		for i, chain := range s.Chains(s.Config.Kind("decision")) {
			for _, r := range chain {
				fmt.Fprintf(&b, "%d: step %d %s", i, r.Step, r.Record.ID)
				for _, old := range r.Replaces {
					fmt.Fprintf(&b, " <- %s", old.ID)
				}
				b.WriteString("\n")
			}
		}
		return b.String()
	},
	"addresses": func(s *site.Site) string {
		var b strings.Builder
		for _, r := range s.Records {
			fmt.Fprintf(&b, "%s -> %s\n", r.File.Path, r.URL)
		}
		for _, a := range s.Attachments {
			fmt.Fprintf(&b, "%s -> %s (attachment)\n", a.File.Path, a.URL)
		}
		for _, f := range s.Folders {
			fmt.Fprintf(&b, "%s/ -> %s, %d documents\n", f.Path, f.URL, f.Documents())
		}
		for _, r := range s.Redirects {
			fmt.Fprintf(&b, "%s => %s\n", r.URL, r.To.URL)
		}
		return b.String()
	},
	"links": func(s *site.Site) string {
		var b strings.Builder
		for _, r := range s.Records {
			for i, t := range r.Targets {
				fmt.Fprintf(&b, "%s: %s -> %s\n", r.File.Path, r.Body.References[i].Destination, target(t))
			}
		}
		return b.String()
	},
	"counts": func(s *site.Site) string { return fmt.Sprintf("%+v\n", s.CountLinks()) },
	"backlinks": func(s *site.Site) string {
		var b strings.Builder
		for _, r := range s.Records {
			for _, l := range r.Backlinks {
				fmt.Fprintf(&b, "%s <- %s: %s[%s]%s\n", r.File.Path, l.From.File.Path, l.Before, l.Text, l.After)
			}
		}
		return b.String()
	},
	"relations": func(s *site.Site) string {
		var b strings.Builder
		for _, r := range s.Records {
			for _, rel := range r.Relations {
				to := rel.Outside
				if rel.To != nil {
					to = rel.To.File.Path
				}
				fmt.Fprintf(&b, "%s: %s: %s\n", r.File.Path, rel.Label, to)
			}
		}
		return b.String()
	},
	"states": func(s *site.Site) string {
		var b strings.Builder
		for _, r := range s.Records {
			fmt.Fprintf(&b, "%s: %s", r.File.Path, r.StatusText())
			if r.Successor != nil {
				fmt.Fprintf(&b, ", by %s", r.Successor.File.Path)
			}
			b.WriteByte('\n')
		}
		return b.String()
	},
	"people": func(s *site.Site) string {
		var b strings.Builder
		for _, p := range s.People {
			fmt.Fprintf(&b, "%s %q at %q", p.Handle, p.Shown, p.URL)
			for _, m := range p.Members {
				fmt.Fprintf(&b, ", member %s", m.Shown)
			}
			for _, role := range p.Roles {
				fmt.Fprintf(&b, ", %s of %s", role.Field.Name, role.Record.File.Path)
			}
			b.WriteByte('\n')
		}
		return b.String()
	},
	"published": func(s *site.Site) string {
		var b strings.Builder
		for _, r := range s.Records {
			fmt.Fprintf(&b, "title: %s\nsummary: %s\nlead: %s\n", r.Title, r.Body.Summary, r.Body.Body.HTML[:r.Lead])
			for i := range r.Values {
				fmt.Fprintf(&b, "%s: %s\n", r.Values[i].Field.Name, r.Text(r.Values[i].Field.Name))
			}
			for _, h := range r.Body.Headings {
				fmt.Fprintf(&b, "heading %s: %s\n", h.ID, h.Text)
			}
			for _, n := range r.Notes {
				fmt.Fprintf(&b, "note %s: %s\n", n.Anchor, n.Text)
			}
			for i := range r.Targets {
				fmt.Fprintf(&b, "to %s: %q %q\n", target(r.Targets[i]), r.Body.References[i].Text, r.Body.References[i].Title)
			}
			b.WriteString(r.Body.Body.HTML)
		}
		return b.String()
	},
	"notes": notes, "outcomes": outcomes, "timelines": timelines, "series": series, "questions": questions, "surveys": surveys,

	"topics": func(s *site.Site) string {
		var b strings.Builder
		for _, t := range s.Topics {
			fmt.Fprintf(&b, "%s at %s:", t.Name, t.URL)
			for _, r := range t.Records {
				fmt.Fprintf(&b, " %s", r.File.Path)
			}
			b.WriteByte('\n')
		}
		return b.String()
	},
}

func target(t site.Target) string {
	switch t.Kind {
	case site.Broken:
		return "broken"
	case site.External:
		return t.URL
	case site.Plain:
		return "text"
	}
	text := t.Page()
	if t.Fragment != "" {
		text += "#" + t.Fragment
	}
	if text == "" {
		return "itself"
	}
	return text
}

// The order in which files come changes nothing.
func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	var files []*source.File
	for i := range 30 {
		text := fmt.Sprintf("---\ntags: [t%d]\nauthors: p%d\nstatus: draft\n---\n# T%d\n\nSee [next](p%d.md) and [gone](g%d.md).\n", i%4, i%3, i, (i+1)%30, i)
		files = append(files, source.NewFile(fmt.Sprintf("proposals/p%d.md", i), []byte(text)))
	}
	dump := func() string {
		s, problems := link(files, nil)
		text := ""
		for _, name := range []string{"addresses", "links", "backlinks", "people", "topics"} {
			text += views[name](s)
		}
		problems.Sort()
		return text + fmt.Sprint(problems)
	}
	want := dump()
	random := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		random.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		if got := dump(); got != want {
			t.Fatalf("another order gives another site:\n%s\nwant\n%s", got, want)
		}
	}
}

func TestRelative(t *testing.T) {
	for _, test := range []struct{ dir, target, want string }{
		{".", "index.html", "index.html"},
		{"proposals", "proposals/x.html", "x.html"},
		{"proposals", "index.html", "../index.html"},
		{"a/b", "a/c/x.html", "../c/x.html"},
		{"a", "a/b/x.html", "b/x.html"},
		{"a/b", "a", "../../a"},
	} {
		if got := site.Relative(test.dir, test.target); got != test.want {
			t.Errorf("from %s to %s is %s, want %s", test.dir, test.target, got, test.want)
		}
	}
}
