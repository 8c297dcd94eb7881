package layout

import (
	"bytes"
	"fmt"
	"html/template"
	"math/rand/v2"
	"reflect"
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

// askedFor is what layouts ask for, and what escapers must see.
var askedFor = []string{
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
		return askedFor[c.IntN(len(askedFor))]
	}
	from := c.IntN(len(c.text))
	return c.text[from : from+c.IntN(len(c.text)-from)+1]
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
			p := compile(set, reflect.TypeFor[values](), nil)
			if p != nil {
				all = append(all, layout{set, p})
			} else if field != "H" {
				f.Errorf("%s of %s is not compiled", place, field)
			}
		}
	}
	for i, w := range askedFor {
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
			compile(p.compact, typeOf(name), nil)
		}
	}
}
