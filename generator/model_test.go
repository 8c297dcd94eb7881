package generator_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"minutebook/generator"
	"minutebook/generator/model"
	"minutebook/generator/site"
)

// modelOf is the model that a build publishes.
func modelOf(t *testing.T, r *generator.Result) model.File {
	t.Helper()
	var f model.File
	d := json.NewDecoder(bytes.NewReader(content(t, r, site.ModelURL)))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

// What the model refers to is there: pages and files with their ids, records and
// notes, kinds with their statuses.
func TestModelRefersToWhatIsThere(t *testing.T) {
	odd := map[string]string{
		"proposals/50% of #1?.md": "---\nstatus: accepted\ntags: [c++, C++]\nrelated: \"c:d.md\"\n---\n# Odd\n\n- Question: what?\n\n[up](../c:d.md#part) [pic](../a%20b.png)\n",
		"c:d.md":                  "# Colon\n\n## Part\n",
		"a b.png":                 "PNG", "meetings/README.md": "# Calls\n\n- Action A1: none\n",
		"topics/x.md": "# X\n\n- Action A1 (@anna): write\n", "events/e.md": "# E\n\n- Feedback F1 (topic: Z): slow\n",
	}
	for name, files := range map[string]map[string]string{"example": example(t), "sample": sample(30), "odd": odd} {
		t.Run(name, func(t *testing.T) {
			r := build(t, &generator.Builder{}, inputs(t, files))
			v := references{t: t, result: r, model: modelOf(t, r), ids: map[string]map[string]bool{}, urls: map[string]string{}, notes: map[string]bool{}}
			v.check()
		})
	}
}

// references looks at everything that a model refers to.
type references struct {
	t      *testing.T
	result *generator.Result
	model  model.File
	ids    map[string]map[string]bool // by page, made on first use
	urls   map[string]string          // of records, by path
	notes  map[string]bool            // by name
}

func (v *references) check() {
	for _, r := range v.model.Records {
		v.urls[r.Path] = r.URL
	}
	for _, n := range v.model.Notes {
		v.notes[n.Path+"#"+n.Anchor] = true
		v.url(n.URL)
		v.path(n.Path, "")
	}
	for _, r := range v.model.Records {
		v.record(r)
	}
	for _, n := range v.model.Notes {
		v.noted(n.Home, n.Said, n.Answers)
		v.paths(n.Destinations, n.Decides)
	}
	for _, k := range v.model.Kinds {
		v.url(k.URL)
	}
	for _, p := range v.model.People {
		v.url(p.URL)
	}
	for _, topic := range v.model.Topics {
		v.url(topic.URL)
		v.paths(topic.Records)
		v.noted(topic.Notes)
	}
	for _, e := range v.model.Events {
		v.paths([]string{e.Path}, e.PartOf, e.FeedsInto, e.HearsFrom)
		v.noted(e.Incoming)
	}
}

func (v *references) record(r model.Record) {
	v.url(r.URL)
	for _, rel := range r.Relations {
		v.path(rel.Path, rel.Fragment)
		if rel.Field == "" || rel.Path+rel.URL+rel.Text == "" {
			v.t.Errorf("%s: a relation %+v", r.Path, rel)
		}
	}
	for _, l := range r.Links {
		v.path(l.Path, l.Fragment)
		v.url(l.URL)
		if l.Path+l.URL+l.Broken == "" {
			v.t.Errorf("%s: a link %+v leads nowhere", r.Path, l)
		}
	}
	if o := r.Outcome; o != nil {
		v.paths([]string{o.Record, o.Meeting})
		v.noted([]string{o.Note})
	}
	if s := r.Series; s != nil {
		v.paths([]string{s.Previous, s.Next})
	}
	v.path(r.Successor, "")
}

func (v *references) paths(lists ...[]string) {
	for _, list := range lists {
		for _, path := range list {
			v.path(path, "")
		}
	}
}

func (v *references) noted(lists ...[]string) {
	for _, list := range lists {
		for _, name := range list {
			if name != "" && !v.notes[name] {
				v.t.Errorf("there is no note %s", name)
			}
		}
	}
}

// path looks for a record, and for an id on its page.
func (v *references) path(path, fragment string) {
	if path == "" {
		return
	}
	if v.urls[path] == "" {
		v.t.Errorf("there is no record %s", path)
		return
	}
	if fragment != "" {
		v.url(v.urls[path] + "#" + url.PathEscape(fragment))
	}
}

// url looks for a file of the site, and for an id on a page.
func (v *references) url(address string) {
	u, err := url.Parse(address)
	if err != nil {
		v.t.Errorf("%s: %v", address, err)
		return
	}
	if address == "" || u.IsAbs() {
		return
	}
	name := strings.TrimPrefix(u.Path, "./")
	if _, ok := v.result.Snapshot.Lookup(name); !ok {
		v.t.Errorf("there is no file for %s", address)
		return
	}
	if u.Fragment != "" && !v.idsOf(name)[u.Fragment] {
		v.t.Errorf("%s has no id %q", name, u.Fragment)
	}
}

func (v *references) idsOf(name string) map[string]bool {
	if v.ids[name] == nil {
		v.ids[name] = map[string]bool{}
		doc, err := html.Parse(bytes.NewReader(content(v.t, v.result, name)))
		if err != nil {
			v.t.Fatal(err)
		}
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				if a.Key == "id" {
					v.ids[name][a.Val] = true
				}
			}
		}
	}
	return v.ids[name]
}

// The problems of the model are those that the build tells, as severe as the
// configuration has them.
func TestModelHasTheProblemsOfTheBuild(t *testing.T) {
	r := build(t, &generator.Builder{}, inputs(t, map[string]string{"a.md": "[x](gone.md)", "minutebook.yaml": "rules: {broken-link: warning}\n"}))
	f := modelOf(t, r)
	if len(f.Problems) != len(r.Problems) || f.Problems[0].Path != "a.md" || f.Problems[0].Severity != "warning" {
		t.Errorf("%+v\nof %v", f.Problems, r.Problems)
	}
}
