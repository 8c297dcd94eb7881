package layout

import (
	"bytes"
	"html/template"
	"reflect"
	"strings"
	"testing"
)

// constructs are layouts of a document, and whether they are compiled.
var constructs = []struct {
	name, text string
	compiled   bool
}{
	{"fields, promoted and through pointers", `{{.Title}} {{.Site}} {{with .Deadline}}{{.By.Long}}{{.Respond.Text}}{{end}}`, true},
	{"a pointer that may be nil", `{{.Title}}{{.Status.Word}}`, true},
	{"a field of what a chain gives", `{{(or .Previous .Next).Title}}{{(.Frame).Title}}`, true},
	{"variables", `{{$x := .Kind}}{{with .Frame}}{{$x}}{{$.Heading}}{{$y := .AsOf}}{{$y.ISO}}{{end}}{{$x = "z"}}{{$x}}`, true},
	{"a variable of the same name within", `{{$x := 1}}{{with $x := .Kind}}{{$x}}{{else}}{{$x}}{{end}}{{if true}}{{$x := true}}{{$x}}{{end}}{{$x}}`, true},
	{"a variable of two types, of which the truth is used", `{{$x := .Crumbs}}{{if $x}}1{{end}}{{$x = true}}{{if not $x}}2{{end}}`, true},
	{"a variable of two types that is printed", `{{$x := .Kind}}{{$x}}{{$x = 2}}{{$x}}`, false},
	{"a variable of two types that is printed afterwards", `{{$x := .Kind}}{{$x = 2}}{{$x}}`, false},
	{"the same in a loop", `{{$x := .Kind}}{{range .Crumbs}}{{$x}}{{$x = true}}{{end}}`, false},
	{"the same by another name", `{{$x := .Kind}}{{$y := $x}}{{$x = 2}}{{$y}}{{if $x}}1{{end}}`, false},
	{"loops with variables", `{{range $i, $x := .Crumbs}}{{$i}}{{$x.Text}}{{range $y := $.Facts}}{{$y.Label}}{{$i}}{{end}}{{else}}{{len $x}}{{if $i}}!{{end}}{{end}}`, true},
	{"break and continue", `{{range $i, $x := .Facts}}{{if eq $i 1}}{{continue}}{{.Label}}{{end}}{{range .Values}}{{if .Href}}{{break}}{{end}}{{.Text}}{{end}}{{if eq $i 3}}{{break}}{{.Label}}{{end}}{{.Label}}{{end}}`, true},
	{"break in a branch for nothing", `{{range .Crumbs}}<i>{{range $.First}}x{{else}}{{break}}{{end}}</i>{{.Text}}{{end}}`, true},
	{"continue in a branch for nothing", `{{range .Crumbs}}{{range $.First}}x{{else}}{{continue}}{{end}}{{.Text}}{{end}}`, true},
	{"else if, else with", `{{if .Outcome}}1{{else if .Status}}{{.Status.Word}}{{else}}3{{end}}{{with .Outcome}}{{.Text}}{{else with .Deadline}}{{.Reason}}{{else}}{{.Kind}}{{end}}`, true},
	{"truth of all types", `{{if .Frame}}1{{end}}{{if .Pinned}}2{{end}}{{if .Crumbs}}3{{end}}{{if .Body}}4{{end}}{{if .Status}}5{{end}}{{if 0}}6{{end}}{{if len .Kind}}7{{end}}`, true},
	{"and, or, not", `{{and .Kind .ID}}{{or .ID .Kind}}{{or false true}}{{if and .Status .Status.Word}}1{{end}}{{if or .Crumbs .Kind (not .Body)}}2{{end}}{{not .Lede}}`, true},
	{"or of two types that is printed", `{{or .Kind .Pinned}}`, false},
	{"or of a variable of two types", `{{$x := .Kind}}{{$x = 2}}{{or $x .Kind}}`, false},
	{"eq and ne", `{{eq .Kind "Meeting" "Proposal"}}{{ne .Kind .ID}}{{eq (len .Crumbs) 3 0}}{{eq .Pinned true}}{{eq .Kind .Body}}`, true},
	{"eq tells of a fault behind the equal one", `{{if eq .Kind .Kind .Status.Word}}1{{end}}`, true},
	{"eq of two types", `{{if .Deadline}}{{if .Outcome}}{{eq .Kind 1}}{{end}}{{end}}`, false},
	{"literals", `{{"<x>"}}{{1}}{{-7}}{{true}}`, true},
	{"numbers of a type in doubt", `{{1.5}}{{'x'}}{{0x10}}`, false},
	{"templates that call themselves", `{{define "s"}}{{range .}}<li>{{.Text}}{{template "s" .Sections}}</li>{{end}}{{end}}{{template "s" .Contents}}`, true},
	{"a template of two types", `{{define "d"}}{{.Title}}{{end}}{{template "d" .}}{{with .Next}}{{template "d" .}}{{end}}`, true},
	{"a template without a value", `{{define "d"}}x{{.}}{{end}}{{template "d"}}`, false},
	{"a template within an attribute", `{{define "d"}}{{.}}{{end}}<p title="{{template "d" .Kind}}">`, false},
	{"addresses", `<a href="{{.Edit}}">{{.Edit}}</a><a href="/x/{{.Kind}}?q={{.Kind}}#{{.Kind}}" title='{{.Kind}}'></a><img src='{{.Icon}}'>`, true},
	{"titles", `<title>{{.Title}}</title><textarea>{{.Lede}}</textarea>`, true},
	{"HTML", `{{.Body}}{{$x := .Body}}{{$x}}<a href="{{.Body}}">`, true},
	{"HTML in an attribute", `<p title="{{.Body}}">`, false},
	{"HTML in a title", `<title>{{.Body}}</title>`, false},
	{"an attribute without quotes", `<p class={{.Kind}}>`, false},
	{"the name of an attribute", `<p {{.Kind}}="x">`, false},
	{"a script", `<script>x = {{.Kind}}</script>`, false},
	{"a style", `<p style="color: {{.Kind}}">`, false},
	{"images", `<img srcset="{{.Icon}}">`, false},
	{"a comment", `<!-- {{.Kind}} -->{{/* x */}}{{.Kind}}`, false},
	{"functions that are not compiled", `{{printf "%s" .Kind}}`, false},
	{"pipes", `{{.Kind | len}}{{len .Kind | eq 1}}`, false},
	{"an escaper of one's own", `{{html .Kind}}{{.Kind | html}}`, false},
	{"a loop over a number", `{{range 3}}{{.}}{{end}}`, false},
	{"a loop that sets variables", `{{$x := .Heading}}{{range $x = .Topics}}{{.Text}}{{end}}`, false},
	{"a struct", `{{.Status}}`, false},
	{"words", `{{t "Related"}}<p title="{{t "{a} of {b}" .Kind .ID}}">{{with t "x"}}{{.}}{{end}}{{plural "{n} day" "{n} days" (len .Crumbs)}}`, true},
	{"what stands around a value", `{{before "By {name}."}}{{.Kind}}`, false}, // but for constants, which are gone before
	{"words that the page names", `{{t .Kind}}`, false},
	{"words with a number for a text", `{{if .Deadline}}{{if .Outcome}}{{t "x {y}" 1}}{{end}}{{end}}`, false},
}

// A layout is compiled or not; it is filled the same.
func TestConstructs(t *testing.T) {
	for _, tt := range constructs {
		t.Run(tt.name, func(t *testing.T) {
			set := template.Must(template.New("base").Funcs(wordFunctions(nil)).Parse(tt.text))
			var w bytes.Buffer
			first := set.Execute(&w, proposal(t))
			p := compile(set, reflect.TypeFor[DocumentPage](), nil)
			if (p != nil) != tt.compiled {
				t.Fatalf("compiled: %t (%v)", p != nil, first)
			}
			filled := 0
			for seed := range uint64(300) {
				if filledAlike(t, set, p, randomPage(reflect.TypeFor[DocumentPage](), seed, "")) {
					filled++
				}
			}
			if (filled > 0) != tt.compiled {
				t.Errorf("filled %d of 300 pages", filled)
			}
		})
	}
}

// loud is a type with a method, which fmt and templates would call.
type loud string

func (l loud) String() string { return strings.ToUpper(string(l)) }

// What pages are not made of is left to html/template.
func TestOddTypesAreNotCompiled(t *testing.T) {
	pages := []struct {
		page any
		text string
	}{
		{struct{ X any }{"<"}, "{{.X}}"},
		{struct{ X map[string]string }{}, "{{.X.Y}}"},
		{struct{ X template.URL }{"javascript:x"}, `<a href="{{.X}}">`},
		{struct{ X *string }{new(string)}, "{{.X}}"},
		{struct{ X **Day }{}, "{{with .X}}{{.ISO}}{{end}}"},
		{struct{ X float64 }{1}, "{{.X}}"},
		{struct{ X loud }{"x"}, "{{.X}}"},
		{struct{ X *loud }{new(loud)}, "{{with .X}}{{.}}{{end}}"},
		{struct{ Fault }{}, "{{.Path}}"},
	}
	for _, tt := range pages {
		set := template.Must(template.New("base").Parse(tt.text))
		if err := set.Execute(&bytes.Buffer{}, tt.page); err != nil {
			t.Error(err)
		}
		if compile(set, reflect.TypeOf(tt.page), nil) != nil {
			t.Errorf("%T is compiled", tt.page)
		}
	}
}

// A template without an end is left to html/template, soon.
func TestEndlessTemplate(t *testing.T) {
	set := template.Must(template.New("base").Parse(`{{with .Lede}}{{template "base" $}}{{template "base" $}}{{end}}`))
	if err := set.Execute(&bytes.Buffer{}, DocumentPage{}); err != nil {
		t.Fatal(err)
	}
	p := compile(set, reflect.TypeFor[DocumentPage](), nil)
	if p == nil || p.fill(&bytes.Buffer{}, DocumentPage{Lede: "x"}) || !p.fill(&bytes.Buffer{}, DocumentPage{}) {
		t.Error("not compiled, or not left to html/template")
	}
}

// What html/template has not escaped is never printed.
func TestUnescapedIsNotCompiled(t *testing.T) {
	set := template.Must(template.New("base").Parse("{{.Kind}}"))
	if compile(set, reflect.TypeFor[DocumentPage](), nil) != nil {
		t.Error("compiled")
	}
}

// A user's layout that cannot be compiled is filled as before, and so are the
// layouts beside it; a user's partial is compiled into all of them.
func TestUsersLayouts(t *testing.T) {
	theme := load(t, file("meeting.html", `{{define "main"}}<h1>{{printf "%.4s" .Heading}}</h1>{{end}}`), file("partials/lede.html", `<i>{{.}}</i>`))
	if theme.pages["meeting"].program != nil || theme.pages["proposal"].program == nil {
		t.Error("meeting.html is compiled, or proposal.html is not")
	}
	if got := render(t, theme, "meeting", meeting(t)); !strings.Contains(got, "<h1>Ops </h1>") {
		t.Error("html/template has not filled meeting.html")
	}
	if got := render(t, theme, "proposal", DocumentPage{Lede: "1 < 2"}); !strings.Contains(got, "<i>1 &lt; 2</i>") {
		t.Error("the partial is not used")
	}
}

// A fault of a page has its place in the file, though a program met it.
func TestFaultOfProgram(t *testing.T) {
	theme, faults := Load(small(file("record.html", "{{define \"main\"}}\n{{if eq .Kind \"odd\"}}{{.Status.Word}}{{end}}{{end}}")), nil)
	if len(faults) > 0 || theme.pages["record"].program == nil {
		t.Fatal("not compiled", faults)
	}
	w := bytes.NewBufferString("before")
	err := theme.Render(w, "record", DocumentPage{Kind: "odd"})
	const want = `record.html:2:31: <.Status.Word>: there is none on some pages`
	if err == nil || err.Error() != want || w.String() != "before" {
		t.Errorf("%v, wrote %q", err, w)
	}
	if err := theme.Render(w, "record", HomePage{}); err == nil || w.String() != "before" {
		t.Errorf("a page of another type: %v, wrote %q", err, w)
	}
}
