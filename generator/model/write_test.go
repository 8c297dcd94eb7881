package model_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/golden"
	"minutebook/generator/model"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// of is the model of a content folder on 2 April 2018.
func of(files ...*source.File) model.Model {
	s, problems := link(files)
	return model.Of(s, problems)
}

func link(files []*source.File) (*site.Site, diag.List) {
	tree := source.NewTree(files...)
	settings, problems := config.Load(tree)
	people, more := config.LoadPeople(tree)
	p := document.NewParser(settings, nil)
	var documents []*document.Document
	for _, f := range tree.Files() {
		if source.IsMarkdown(f.Path) {
			documents = append(documents, p.Parse(f))
		}
	}
	s := site.Link(site.Inputs{Config: settings, People: people, Content: tree, Documents: documents, Today: date.Must(date.Parse("2018-04-02"))})
	problems = append(append(problems, more...), s.Problems...)
	problems.Sort()
	return s, problems
}

func file(path, text string) *source.File { return source.NewFile(path, []byte(text)) }

func written(t *testing.T, m model.Model) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := model.Write(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func decoded(t *testing.T, data []byte) model.File {
	t.Helper()
	var f model.File
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

// The cases in testdata are content folders. The day is 2 April 2018. The
// kinds are the same in all and have a test of their own.
func TestModel(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		var files []*source.File
		for _, f := range c.Inputs() {
			files = append(files, source.NewFile(f.Name, f.Data))
		}
		f := decoded(t, written(t, of(files...)))
		f.Kinds = []model.Kind{}
		var out bytes.Buffer
		e := json.NewEncoder(&out)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		if err := e.Encode(f); err != nil {
			t.Fatal(err)
		}
		c.Want("model.json", out.String())
	})
}

// What is written object by object is what the whole would be.
func TestWriteIsOneFile(t *testing.T) {
	m := of(file("proposals/a.md", "---\nstatus: draft\nauthors: anna\ntags: x\n---\n# A\n\n- Action A1 (@bo): go\n"), file("b.md", "[x](gone.md)"))
	data := written(t, m)
	whole, err := json.Marshal(decoded(t, data))
	if err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, data); err != nil {
		t.Fatal(err)
	}
	if compact.String() != string(whole) {
		t.Errorf("written:\n%s\nwhole:\n%s", &compact, whole)
	}
}

// The kinds say which field has which type, and which phase a status means.
func TestKinds(t *testing.T) {
	f := decoded(t, written(t, of(file("meetings/a.md", "# A\n"))))
	for _, k := range f.Kinds {
		if k.Name == "meeting" {
			if k.Label != "Meeting" || k.Plural != "Meetings" || k.URL != "meetings/index.html" {
				t.Errorf("%+v", k)
			}
			if want := (model.Status{Name: "held", Label: "Took place", Phase: "decided"}); k.Statuses[3] != want {
				t.Errorf("%+v", k.Statuses)
			}
		} else if k.URL != "" {
			t.Errorf("%s has an index without documents", k.Name)
		}
		for _, about := range k.Fields {
			if about.Type == "references" || about.Name == "title" {
				t.Errorf("%s is no field of %s", about.Name, k.Name)
			}
		}
	}
}

// Nothing that a document says breaks the JSON or a page that it is put into.
func TestHostileText(t *testing.T) {
	evil := "</script><!-- \u2028\x01\xff\" \\ ]]>"
	data := written(t, of(file("proposals/a\"<.md", "---\ntitle: '"+evil+"'\ntags: ['"+evil+"']\n---\n[x](<"+evil+".md>)\n\n- Action A1 (@a): "+evil+"\n")))
	f := decoded(t, data)
	if bytes.ContainsAny(data, "<>&\u2028\x01") {
		t.Error("characters that mean something elsewhere are not escaped")
	}
	if f.Records[0].URL != "proposals/a%22%3C.html" {
		t.Errorf("url %s", f.Records[0].URL)
	}
}

// Whoever is not shown by name cannot be found in the model by anything else.
func TestPrivacy(t *testing.T) {
	people := file("people.yaml", `people:
  zaphkiel: {name: Zora Quill, public: hidden, aliases: [zq], affiliation: Zorg, timezone: Asia/Tokyo, links: ["https://example.org/zora"]}
  yvain: {name: Yan Vole, public: initials, aliases: [yv], affiliation: Yorg, timezone: Asia/Tokyo, links: ["https://example.org/yan"]}
groups:
  team: {name: Team, members: [zaphkiel, yvain]}
`)
	data := string(written(t, of(people,
		file("proposals/a.md", "---\nauthors: [zaphkiel, yvain, zq]\ndecision-makers: [zaphkeil, team]\nstatus: accepted\n---\n# A\n"),
		file("meetings/2018-03-20.md", "- [ ] **Action A1** (@team): go\n- Question Q1: who?\n"))))
	for _, secret := range []string{"zaphkiel", "Zora", "Quill", "Zorg", "zora", "yvain", "Yan", "Vole", "Yorg", "yan", "Tokyo"} {
		if strings.Contains(data, secret) {
			t.Errorf("the model has %q:\n%s", secret, data)
		}
	}
	if !strings.Contains(data, `"name":"a participant"`) || !strings.Contains(data, `"name":"Y.V."`) {
		t.Errorf("they are not shown at all:\n%s", data)
	}
}

// The first error of the writer ends it, wherever it comes.
func TestWriteStops(t *testing.T) {
	var files []*source.File
	for i := range 1000 {
		files = append(files, file(fmt.Sprintf("proposals/%d.md", i), "---\nstatus: draft\n---\n# A\n\n- Action A1 (@bo): go\n"))
	}
	m := of(files...)
	whole := len(written(t, m))
	for n := 0; n < whole; n += 10_000 {
		w := &shortWriter{left: n}
		if err := model.Write(w, m); err != errFull || w.after > 0 {
			t.Fatalf("after %d bytes: %v, and %d writes more", n, err, w.after)
		}
	}
	if w := (&shortWriter{left: whole}); model.Write(w, m) != nil || w.calls < 2 || w.calls > whole/50_000 {
		t.Errorf("%d bytes in %d writes", whole, w.calls)
	}
}

var errFull = errors.New("full")

// A shortWriter takes some bytes and no more.
type shortWriter struct {
	left, calls, after int
	full               bool
}

func (w *shortWriter) Write(p []byte) (int, error) {
	w.calls++
	if w.full {
		w.after++
	}
	if w.left -= len(p); w.left < 0 {
		w.full = true
		return 0, errFull
	}
	return len(p), nil
}

// Every member has a name in lowerCamel.
func TestNames(t *testing.T) {
	for _, object := range objects() {
		for i := range object.NumField() {
			tag := object.Field(i).Tag.Get("json")
			name, _, _ := strings.Cut(tag, ",")
			if name == "" || strings.ContainsAny(name, "-_ ") || strings.ToLower(name[:1]) != name[:1] {
				t.Errorf("%s.%s is called %q", object.Name(), object.Field(i).Name, tag)
			}
		}
	}
}

// objects are the types of all objects of a model.
func objects() []reflect.Type {
	seen := map[reflect.Type]bool{}
	var list []reflect.Type
	var add func(reflect.Type)
	add = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			add(t.Elem())
		case reflect.Struct:
			if seen[t] {
				return
			}
			seen[t] = true
			list = append(list, t)
			for i := range t.NumField() {
				add(t.Field(i).Type)
			}
		}
	}
	add(reflect.TypeFor[model.File]())
	return list
}
