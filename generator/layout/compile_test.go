package layout

import (
	"bytes"
	"fmt"
	"html/template"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// filledAlike fills a page by a program and by html/template, which is right. It
// reports whether the program filled it.
func filledAlike(t testing.TB, set *template.Template, p *program, page any) bool {
	t.Helper()
	var want, got bytes.Buffer
	err := set.Execute(&want, page)
	if !p.fill(&got, page) {
		return false
	}
	if err != nil {
		t.Errorf("a program filled what has a fault: %v", err)
	} else if got.String() != want.String() {
		t.Errorf("%s", difference(want.String(), got.String()))
	}
	return true
}

func difference(want, got string) string {
	at := 0
	for at < min(len(want), len(got)) && want[at] == got[at] {
		at++
	}
	from := max(0, at-60)
	return fmt.Sprintf("at byte %d:\nhtml/template …%.120q\nprogram       …%.120q", at, want[from:], got[from:])
}

// Every layout is compiled, and a program writes what html/template does.
func TestProgramsWriteTheSame(t *testing.T) {
	theme, pages := load(t), everyPage(t)
	for name, p := range theme.pages {
		if p.program == nil {
			t.Errorf("%s.html is not compiled", name)
		}
		values := []any{pages[name]}
		for _, sample := range samples(typeOf(name)) {
			values = append(values, sample)
		}
		for seed := range uint64(50) {
			values = append(values, randomPage(typeOf(name), seed, ""))
		}
		for _, v := range values {
			if !filledAlike(t, p.compact, p.program, v) {
				t.Errorf("%s.html: html/template was left to fill %.300v", name, v)
			}
		}
	}
}

// Documents of all kinds have one type of page, so any of their layouts may be
// given any of their pages.
func TestProgramsOfDocumentsWriteTheSame(t *testing.T) {
	theme := load(t)
	for name, p := range theme.pages {
		for of, page := range everyPage(t) {
			if ofDocuments(name) && ofDocuments(of) && !filledAlike(t, p.compact, p.program, page) {
				t.Errorf("%s.html: html/template was left to fill the page of %s", name, of)
			}
		}
	}
}

// FuzzPrograms holds all layouts to html/template, with pages of any content.
func FuzzPrograms(f *testing.F) {
	f.Add(uint64(1), "")
	f.Add(uint64(2), `"><script>alert('1')</script>&amp;+`+"\x00\xff`=")
	f.Add(uint64(3), "javascript:x //a%zz%2f?q=1&r=ä#b c")
	theme := load(f)
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		for name, p := range theme.pages {
			page := randomPage(typeOf(name), seed, text)
			if !filledAlike(t, p.compact, p.program, page) {
				t.Errorf("%s.html: html/template was left to fill a page", name)
			}
		}
	})
}

// words are what layouts ask for, and what escapers must see.
var words = []string{
	"", "x", "done", "now", "next", "error", "warning", "yes", "old", "no", "due", "talk", "draft", "plain",
	"../a/b.html", "https://example.org/a?b=c&d=e#f", "mailto:a@b.c?subject=P-7", "JavaScript:alert(1)", "a:b", "a/b:c", "//x", "#mb-1",
	"<b>&amp;</b>", `"`, "'", "C++", "a\x00b", "%", "%4", "%4g", "%C3%a4", "ä €", "\xff\xc3", "\u2028\ufffd\ufff0", "\t\n ",
}

// randomPage is a page whose every field is chosen by a seed. Its strings are
// words and pieces of a text.
func randomPage(t reflect.Type, seed uint64, text string) any {
	v := reflect.New(t).Elem()
	chance{rand.New(rand.NewPCG(seed, 0)), text}.value(v, 4)
	return v.Interface()
}

type chance struct {
	*rand.Rand
	text string
}

func (c chance) value(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			c.value(v.Field(i), depth)
		}
	case reflect.Slice:
		if n := c.IntN(4); n > 0 && depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				c.value(v.Index(i), depth-1)
			}
		}
	case reflect.Pointer:
		if c.IntN(3) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			c.value(v.Elem(), depth)
		}
	case reflect.String:
		v.SetString(c.string())
	case reflect.Bool:
		v.SetBool(c.IntN(2) == 0)
	case reflect.Int:
		v.SetInt(int64(c.IntN(5)-1) * c.Int64N(1000))
	}
}

func (c chance) string() string {
	if c.text == "" || c.IntN(2) == 0 {
		return words[c.IntN(len(words))]
	}
	from := c.IntN(len(c.text))
	return c.text[from : from+c.IntN(len(c.text)-from)+1]
}

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
	{"the same in a loop", `{{$x := .Kind}}{{range .Crumbs}}{{$x}}{{$x = true}}{{end}}`, false},
	{"the same by another name", `{{$x := .Kind}}{{$y := $x}}{{$x = 2}}{{$y}}{{if $x}}1{{end}}`, false},
	{"loops with variables", `{{range $i, $x := .Crumbs}}{{$i}}{{$x.Text}}{{range $y := $.Facts}}{{$y.Label}}{{$i}}{{end}}{{else}}{{len $x}}{{if $i}}!{{end}}{{end}}`, true},
	{"break and continue", `{{range $i, $x := .Facts}}{{if eq $i 1}}{{continue}}{{end}}{{range .Values}}{{if .Href}}{{break}}{{end}}{{.Text}}{{end}}{{if eq $i 3}}{{break}}{{.Label}}{{end}}{{.Label}}{{end}}`, true},
	{"break in a branch for nothing", `{{range .Crumbs}}<i>{{range $.First}}x{{else}}{{break}}{{end}}</i>{{.Text}}{{end}}`, true},
	{"continue in a branch for nothing", `{{range .Crumbs}}{{range $.First}}x{{else}}{{continue}}{{end}}{{.Text}}{{end}}`, true},
	{"else if, else with", `{{if .Outcome}}1{{else if .Status}}{{.Status.Word}}{{else}}3{{end}}{{with .Outcome}}{{.Text}}{{else with .Deadline}}{{.Reason}}{{else}}{{.Kind}}{{end}}`, true},
	{"truth of all types", `{{if .Frame}}1{{end}}{{if .Pinned}}2{{end}}{{if .Crumbs}}3{{end}}{{if .Body}}4{{end}}{{if .Status}}5{{end}}{{if 0}}6{{end}}{{if len .Kind}}7{{end}}`, true},
	{"and, or, not", `{{and .Kind .ID}}{{or .ID .Kind}}{{or false true}}{{if and .Status .Status.Word}}1{{end}}{{if or .Crumbs .Kind (not .Body)}}2{{end}}{{not .Lede}}`, true},
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
}

// A layout is compiled or not; it is filled the same.
func TestConstructs(t *testing.T) {
	for _, tt := range constructs {
		t.Run(tt.name, func(t *testing.T) {
			set := template.Must(template.New("base").Parse(tt.text))
			var w bytes.Buffer
			first := set.Execute(&w, proposal(t))
			p := compile(set, reflect.TypeFor[DocumentPage]())
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
		if compile(set, reflect.TypeOf(tt.page)) != nil {
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
	p := compile(set, reflect.TypeFor[DocumentPage]())
	if p == nil || p.fill(&bytes.Buffer{}, DocumentPage{Lede: "x"}) || !p.fill(&bytes.Buffer{}, DocumentPage{}) {
		t.Error("not compiled, or not left to html/template")
	}
}

// What html/template has not escaped is never printed.
func TestUnescapedIsNotCompiled(t *testing.T) {
	set := template.Must(template.New("base").Parse("{{.Kind}}"))
	if compile(set, reflect.TypeFor[DocumentPage]()) != nil {
		t.Error("compiled")
	}
}

// FuzzEscapers holds the escapers to html/template, in each place and for each
// type that is printed.
func FuzzEscapers(f *testing.F) {
	type word string
	type values struct {
		S string
		W word
		H template.HTML
		I int
		B bool
	}
	places := []string{
		`%s`, `<p title="%s">`, `<p title='x%sx'>`, `<title>%s</title>`, `<textarea>%s</textarea>`,
		`<a href="%s">`, `<a href='%s'>`, `<img src="%s">`, `<a href="/x%s">`, `<a href="/?x=%s">`, `<a href="#%s">`, `<a href="%[1]s?%[1]s">`,
		`<meta http-equiv="refresh" content="0; url=%s">`, `<meta name="description" content="%s">`,
	}
	type layout struct {
		*template.Template
		*program
	}
	var all []layout
	for _, place := range places {
		for _, field := range []string{"S", "W", "H", "I", "B"} {
			set := template.Must(template.New("base").Parse(fmt.Sprintf(place, "{{."+field+"}}")))
			if err := set.Execute(&bytes.Buffer{}, values{}); err != nil {
				f.Fatal(err)
			}
			p := compile(set, reflect.TypeFor[values]())
			if p != nil {
				all = append(all, layout{set, p})
			} else if field != "H" {
				f.Errorf("%s of %s is not compiled", place, field)
			}
		}
	}
	for i, w := range words {
		f.Add(w, i-10)
	}
	f.Fuzz(func(t *testing.T, s string, i int) {
		v := values{s, word(s), template.HTML(s), i, i > 0}
		for _, l := range all {
			if !filledAlike(t, l.Template, l.program, v) {
				t.Error("left to html/template")
			}
		}
	})
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
	theme, faults := Load(small(file("record.html", "{{define \"main\"}}\n{{if eq .Kind \"odd\"}}{{.Status.Word}}{{end}}{{end}}")))
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

// Programs are used by many goroutines.
func TestProgramsAreShared(t *testing.T) {
	theme, pages := load(t), everyPage(t)
	want := map[string]string{}
	for name, page := range pages {
		want[name] = render(t, theme, name, page)
	}
	var workers sync.WaitGroup
	for range 16 {
		workers.Go(func() {
			for name, page := range pages {
				var w bytes.Buffer
				if err := theme.Render(&w, name, page); err != nil || w.String() != want[name] {
					t.Error(name, "is another page, or", err)
				}
			}
		})
	}
	workers.Wait()
}

// BenchmarkFill compares a program with html/template.
func BenchmarkFill(b *testing.B) {
	theme, long := load(b), list()
	long.Groups = long.Groups[:1]
	for len(long.Groups[0].Entries) < 1000 {
		long.Groups[0].Entries = append(long.Groups[0].Entries, home().Due.Entries...)
	}
	for name, page := range map[string]any{"proposal": proposal(b), "list": long} {
		p := theme.pages[name]
		var w bytes.Buffer
		b.Run(name+"/program", func(b *testing.B) {
			for b.Loop() {
				w.Reset()
				p.program.fill(&w, page)
			}
		})
		b.Run(name+"/template", func(b *testing.B) {
			for b.Loop() {
				w.Reset()
				if err := p.compact.Execute(&w, page); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	theme := load(b)
	for b.Loop() {
		for name, p := range theme.pages {
			compile(p.compact, typeOf(name))
		}
	}
}
