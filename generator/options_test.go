package generator_test

import (
	"strings"
	"testing"

	"minutebook/generator"
)

// The option that the authors recommend is marked, and once it is decided the
// one that was chosen, also where HTML of the author takes another way. Where
// two could be meant none is.
func TestOptionsAreMarked(t *testing.T) {
	options := "\n## Options\n\n### One room\n\n### Two rooms\n\n### Two rooms\n\n## Costs\n\n### One room\n"
	for _, test := range []struct{ name, front, body, recommended, chosen string }{
		{"recommended by its name", "status: draft\nrecommended: Two rooms", options, "Two rooms", ""},
		{"recommended by its id", "status: draft\nrecommended: one-room", options, "One room", ""},
		{"recommended and nowhere", "status: draft\nrecommended: three", options, "", ""},
		{"chosen", "status: accepted\noutcome: We take one room for a year", options, "", "One room"},
		{"both", "status: accepted\nrecommended: two-rooms\noutcome: One room will do", options + "<kbd>x</kbd>\n", "Two rooms", "One room"},
		{"chosen twice", "status: accepted\noutcome: One room and two rooms", options, "", ""},
		{"said in the text", "status: accepted", options + "\n## Decision Outcome\n\nChosen option: \"One room\", because it is cheap.\n", "", "One room"},
		{"the longer name", "status: accepted\noutcome: We rent one room and a half", strings.Replace(options, "### Two rooms", "### One room and a half", 1), "", "One room and a half"},
		{"discussed twice", "status: accepted\noutcome: One room", "\n## Considered options\n\n### One room\n\n## Pros and cons of the options\n\n### One room\n", "", "One room"},
		{"rejected", "status: rejected\noutcome: Not one room", options, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := build(t, &generator.Builder{}, inputs(t, map[string]string{"proposals/p.md": "---\n" + test.front + "\n---\n" + test.body}))
			page := string(content(t, r, "proposals/p.html"))
			for mark, want := range map[string]string{`<span class="flag">Recommended</span>`: test.recommended, `<span class="flag chosen">Chosen</span>`: test.chosen} {
				got := ""
				if before, _, found := strings.Cut(page, mark); found {
					_, got, _ = strings.Cut(before[strings.LastIndex(before, "<h3"):], ">")
					got, _, _ = strings.Cut(got, "<")
				}
				if got != want || strings.Count(page, mark) > 1 {
					t.Errorf("%s stands at %q, want %q", mark, got, want)
				}
			}
		})
	}
}

// Options without headings are the items of a list; the mark comes first there.
func TestListedOptionsAreMarked(t *testing.T) {
	r := build(t, &generator.Builder{}, inputs(t, map[string]string{
		"proposals/p.md": "---\nstatus: accepted\nrecommended: bern\noutcome: We go to Berlin\n---\n## Options\n\n- **Berlin**: cheap\n- Bern: near\n",
		"decisions/d.md": "---\nstatus: accepted\n---\n## Considered Options\n\n* Keep it\n* Drop it\n\n## Decision Outcome\n\nChosen option: \"Drop it\", because.\n\n" +
			"## Pros and Cons of the Options\n\n### Keep it\n\n### Drop it\n",
	}))
	for page, marks := range map[string][]string{
		"proposals/p.html": {`<li id="mb-option-1"><span class="flag chosen">Chosen</span> <strong>Berlin`, `<li id="mb-option-2"><span class="flag">Recommended</span> Bern`},
		"decisions/d.html": {`<li id="mb-option-2"><span class="flag chosen">Chosen</span> Drop it`, `>#</a><span class="flag chosen">Chosen</span></h3>`},
	} {
		text := string(content(t, r, page))
		for _, mark := range marks {
			if strings.Count(text, mark) != 1 {
				t.Errorf("%s does not have %s once", page, mark)
			}
		}
	}
}
