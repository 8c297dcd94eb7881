package layout

import (
	"bytes"
	"compress/gzip"
	"errors"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/diag"
	"minutebook/generator/source"
)

const frameOfTests = `<!doctype html><title>{{.Title}}</title>{{block "main" .}}{{end}}`

// small is a tree with all that must be there, and files over it.
func small(over ...*source.File) *source.Tree {
	files := []*source.File{file("base.html", frameOfTests)}
	for name := range pageTypes {
		files = append(files, file(name+".html", `{{define "main"}}<h1>{{.Title}}</h1>{{end}}`))
	}
	files = append(files, file("record.html", `{{define "main"}}<h1>{{.Heading}}</h1>{{end}}`))
	return source.NewTree(append(files, over...)...)
}

var loadFaults = []struct {
	name  string
	files []*source.File
	want  []string
}{
	{"nothing is wrong", nil, nil},
	{
		"parsing fails: the line is known, the column is its first action's",
		[]*source.File{file("record.html", "{{define \"main\"}}\n<p>\n  ä {{if .Title}\n{{end}}")},
		[]string{`record.html:3:5: bad character U+007D '}' [layout]`},
	},
	{
		"an action is not closed by the end of the file",
		[]*source.File{file("record.html", "{{define \"main\"}}\n{{with .Lede}}")},
		[]string{`record.html:2:1: unexpected EOF [layout]`},
	},
	{
		"a function is not there",
		[]*source.File{file("record.html", "{{define \"main\"}}<p>{{.Lede}} {{upper .Lede}}{{end}}")},
		[]string{`record.html:1:33: function "upper" not defined [layout]`},
	},
	{
		"filling fails: columns count characters",
		[]*source.File{file("record.html", "{{define \"main\"}}\n<p>Größe: {{.Headng}}</p>{{end}}")},
		[]string{`record.html:2:13: <.Headng>: DocumentPage has no field Headng [layout] did you mean .Heading?`},
	},
	{
		"every misspelt field is found, in branches that samples do not take too",
		[]*source.File{file("record.html", `{{define "main"}}{{.Leed}}
{{if eq .Kind "Proposal"}}{{.Deadlin}}{{else if .Status}}{{.Status.Wrd}}{{end}}
{{range .Relations}}{{.Lable}}{{range .Docs}}{{.Titel}}{{end}}{{else}}{{.Bodi}}{{end}}
{{with .Deadline}}{{.By.Lnog}}{{end}}{{end}}`)},
		[]string{
			`record.html:1:20: <.Leed>: DocumentPage has no field Leed [layout] did you mean .Lede?`,
			`record.html:2:29: <.Deadlin>: DocumentPage has no field Deadlin [layout] did you mean .Deadline?`,
			`record.html:2:67: <.Status.Wrd>: Status has no field Wrd [layout] did you mean .Word?`,
			`record.html:3:23: <.Lable>: Relation has no field Lable [layout] did you mean .Label?`,
			`record.html:3:48: <.Titel>: Doc has no field Titel [layout] did you mean .Title?`,
			`record.html:3:73: <.Bodi>: DocumentPage has no field Bodi [layout] did you mean .Body?`,
			`record.html:4:24: <.By.Lnog>: Day has no field Lnog [layout] did you mean .Long?`,
		},
	},
	{
		"what may be missing is used without asking",
		[]*source.File{file("record.html", `{{define "main"}}{{.Status.Word}}{{end}}`)},
		[]string{`record.html:1:27: <.Status.Word>: there is none on some pages [layout] ask first: {{with …}}`},
	},
	{
		"a partial is not there",
		[]*source.File{file("record.html", `{{define "main"}}{{template "nope" .}}{{end}}`)},
		[]string{`record.html:1:29: <{{template "nope" .}}>: template "nope" not defined [layout]`},
	},
	{
		"escaping fails: branches leave HTML in different places",
		[]*source.File{file("record.html", "{{define \"main\"}}\n<a {{if .Lede}}href=\"{{end}}x\">{{end}}")},
		[]string{`record.html:2:9: {{if}} branches end in different contexts [layout] close in each branch what it opens: tags, quotes`},
	},
	{
		"a partial's fault is told once, and other files' too",
		[]*source.File{
			file("partials/p.html", "{{.Zzzzzz}}"),
			file("record.html", `{{define "main"}}{{template "p" .}}{{end}}`),
			file("meeting.html", `{{define "main"}}{{template "p" .}}{{end}}`),
			file("404.html", `{{define "main"}}{{end`),
		},
		[]string{
			`404.html:1:1: unclosed action [layout]`,
			`partials/p.html:1:3: <.Zzzzzz>: DocumentPage has no field Zzzzzz [layout]`,
		},
	},
	{
		"text stands where it is never shown",
		[]*source.File{file("runbook.html", "{{/* for runbooks */}}\n\n<p>{{.Title}}</p>")},
		[]string{`runbook.html:3:1: text outside of a definition is not shown [layout] write {{define "main"}} before it and {{end}} behind it`},
	},
	{
		"a script that is none",
		[]*source.File{file("js/a.js", "var a = 1;\nvar = ;")},
		[]string{`js/a.js:2:5: unexpected = in binding [layout]`},
	},
}

// Each fault is found at load, with its place and in words; all of them at once.
func TestLoadFaults(t *testing.T) {
	for _, tt := range loadFaults {
		t.Run(tt.name, func(t *testing.T) {
			_, faults := Load(small(tt.files...), nil)
			samePlaces(t, faults, tt.want)
		})
	}
}

func samePlaces(t *testing.T, faults diag.List, want []string) {
	t.Helper()
	var got []string
	for _, f := range faults {
		got = append(got, strings.TrimSpace(f.String()+" "+f.Hint))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestMissingFiles(t *testing.T) {
	theme, faults := Load(source.NewTree(), nil)
	if len(faults) != len(pageTypes)+2 {
		t.Errorf("%d faults in an empty tree: %v", len(faults), faults)
	}
	if err := theme.Render(&bytes.Buffer{}, "home", HomePage{}); err == nil {
		t.Error("an empty theme renders")
	}
}

// A file of the user's takes the place of one file; the rest stays.
func TestOverride(t *testing.T) {
	page := proposal(t)
	plain := render(t, load(t), "proposal", page)
	theme := load(t, file("partials/foot.html", `<footer class="foot">Ours, {{.Site}}</footer>`))
	got := render(t, theme, "proposal", page)
	before, footer, _ := strings.Cut(plain, "<footer")
	_, after, _ := strings.Cut(footer, "</footer>")
	if want := before + `<footer class="foot">Ours, Ops Meetup planning</footer>` + after; got != want {
		t.Errorf("got …%s", got[max(0, len(got)-200):])
	}
	if theme.Sum() == load(t).Sum() {
		t.Error("the sum does not tell the themes apart")
	}
}

// A kind's layout is the file of its name, but never one of another page's.
func TestFor(t *testing.T) {
	theme := load(t, file("runbook.html", `{{define "main"}}<h1>{{.Heading}} of ours</h1>{{end}}`))
	for kind, want := range map[string]string{"runbook": "runbook", "proposal": "proposal", "recipe": "record", "home": "record", "404": "record"} {
		if got := theme.For(kind); got != want {
			t.Errorf("For(%q) = %q, want %q", kind, got, want)
		}
	}
	if !theme.Has("runbook") || theme.Has("recipe") || theme.Has("base") {
		t.Error("Has")
	}
	if got := render(t, theme, "runbook", proposal(t)); !strings.Contains(got, "PTG of ours</h1>") {
		t.Error("the layout of the kind is not used")
	}
	if got := render(t, theme, "recipe", proposal(t)); got != render(t, theme, "record", proposal(t)) {
		t.Error("record.html is not used in place of one that is missing")
	}
}

// A layout with a fault is left out, and its kind is shown by record.html.
func TestFaultyLayoutIsLeftOut(t *testing.T) {
	theme, faults := Load(small(file("meeting.html", `{{define "main"}}{{.Nope}}{{end}}`)), nil)
	if len(faults) != 1 || theme.For("meeting") != "record" || !theme.Has("home") {
		t.Errorf("faults %v, For(meeting) %s", faults, theme.For("meeting"))
	}
}

// What no sample shows is found when the page is filled, at its place in the
// file, and nothing is written.
func TestRenderFault(t *testing.T) {
	theme, faults := Load(small(file("record.html", "{{define \"main\"}}\n\n<p>\n  {{if eq .Kind \"odd\"}}{{index .Crumbs 7}}{{end}}</p>{{end}}")), nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	w := bytes.NewBufferString("before")
	err := theme.Render(w, "record", DocumentPage{Kind: "odd"})
	var fault Fault
	if !errors.As(err, &fault) {
		t.Fatalf("%T: %v", err, err)
	}
	const want = `record.html:4:26: <index .Crumbs 7>: error calling index: index out of range: 7`
	if fault.Error() != want || w.String() != "before" {
		t.Errorf("%q, wrote %q", fault, w)
	}
	if d := fault.Diagnostic(); d.Code != "layout" || d.Start.Line != 4 || d.Severity != diag.Error {
		t.Errorf("%+v", d)
	}
}

func TestAssets(t *testing.T) {
	theme := load(t, file("static/fonts/a.woff2", "font"), file("css/99-own.css", ".own { color : red }"))
	sizes := map[string]int{theme.Stylesheet(): 8 << 10, theme.Script(): 4 << 10, theme.SearchScript(): 3 << 10, theme.Icon(): 1 << 10, "fonts/a.woff2": 100}
	if len(theme.Assets()) != len(sizes) {
		t.Errorf("%d assets", len(theme.Assets()))
	}
	for _, a := range theme.Assets() {
		limit, ok := sizes[a.Path]
		if n := compressed(t, a.Data); !ok || n > limit {
			t.Errorf("%s: %d bytes compressed, at most %d", a.Path, n, limit)
		} else {
			t.Logf("%s: %d bytes, %d compressed", a.Path, len(a.Data), n)
		}
		if a.Path == theme.Stylesheet() && !bytes.HasSuffix(a.Data, []byte(".own{color:red}")) {
			t.Error("the user's style sheet is not the last")
		}
	}
	if load(t).Stylesheet() == theme.Stylesheet() {
		t.Error("another style sheet has the same name")
	}
}

func compressed(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
