package layout

import (
	"strings"
	"testing"

	"minutebook/generator/source"
	"minutebook/generator/words"
)

// dutch has words with all that HTML and scripts are made of.
const dutch = `"Related": "Zie <ook> & \"meer\" {{ dan 'dit'"
"Table": "T </script> \"x\""
"By {name}.": "Door {name} & zo."
"{n} days": {one: "{n} dag", other: "{n} dagen"}
"{a} of {b}": "{b}<{a}"
`

// A layout and a script speak the language that they are loaded with. Words are
// text wherever they stand.
func TestWordsInLayouts(t *testing.T) {
	over := []*source.File{
		file("record.html", `{{define "main"}}<h1 title="{{t "Related"}}">{{t "Related"}}</h1>{{before "By {name}."}}<b>{{.Kind}}</b>{{after "By {name}."}}
<p>{{plural "{n} day" "{n} days" (len .Crumbs)}} {{t "{a} of {b}" .Kind .ID}} {{t "not \"there\""}}</p>{{end}}`),
		file("js/06-x.js", `x = [mbWord("Table"), mbPlural("{n} day", "{n} days"), mbLanguage, mbWords("Table"), mbWord(table)];`),
		file("words/nl.yaml", dutch),
	}
	tree := embedded(t).Overlay(source.NewTree(over...))
	w, _, problems := words.Load(tree, "nl")
	for _, p := range problems {
		if p.Code != "unknown-key" {
			t.Error(p)
		}
	}
	theme, faults := Load(tree, w)
	for _, f := range faults {
		t.Error(f)
	}
	page := proposal(t)
	page.Crumbs = page.Crumbs[:1]
	got := render(t, theme, "record", page)
	for _, want := range []string{
		`<h1 title="Zie &lt;ook&gt; &amp; &#34;meer&#34; {{ dan 'dit'">Zie &lt;ook> & "meer" {{ dan 'dit'</h1>`, // white space and entities were taken out
		`Door <b>Proposal</b> & zo.`, `1 dag P-7&lt;Proposal not "there"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got[strings.Index(got, "<main"):])
		}
	}
	if theme.pages["record"].program == nil {
		t.Error("a layout with words is not compiled")
	}
	english, _ := Load(tree, nil)
	if english.Sum() == theme.Sum() || english.Script() == theme.Script() {
		t.Error("two languages are one theme")
	}
	for _, a := range theme.Assets() {
		if a.Path != theme.Script() {
			continue
		}
		for _, want := range []string{`T </script> "x"`, `{n} dagen`, `"nl-u-nu-latn"`, `mbWords("Table")`, `mbWord(table)`} {
			if !strings.Contains(string(a.Data), want) {
				t.Errorf("no %s in the script\n%s", want, a.Data[len(a.Data)-300:])
			}
		}
	}
}

// A layout that names no word that could be is told of with its place.
func TestWordsThatAreNone(t *testing.T) {
	_, faults := Load(small(file("record.html", `{{define "main"}}{{t}}{{end}}`)), nil)
	if len(faults) != 1 || faults[0].Start.Line != 1 {
		t.Error(faults)
	}
}
