package generator_test

import (
	"fmt"
	"html"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"minutebook/generator"
)

// hiddenName is the name of somebody who is hidden; it has a letter with two
// Unicode forms.
const hiddenName = "Zélda Quirk"

// ways are ways to write the name that readers take for it.
var ways = []string{
	"Zélda Quirk", "Zélda\nQuirk", "Zélda  \t Quirk", "Zélda&nbsp;Quirk", "Zélda\u2003Quirk", "Zélda&#x20;Quirk", "Ze\u0301lda Quirk",
	"ZÉLDA QUIRK", "Zé\u00adlda Qu\u200birk", "Zé&shy;lda Quirk", "Ｚélda Ｑuirk", "Zélda **Quirk**", "**Zélda** _Quirk_", "Zé**ld**a Quirk",
	"[Zélda](https://example.org/) Quirk", "Zélda <b>Quirk</b>", "Z<i></i>élda <!-- x --> Quirk", "Zélda-Quirk", "the \"Zélda Quirk's\"", "Zélda\\\nQuirk",
	"zélda_quirk", "Z%C3%A9lda%20Quirk", "Zélda `Quirk`", "“Zélda Quirk”", "Zélda\r\nQuirk", "Zélda\u2028Quirk",
}

// sites are what a name may stand in; NAME stands for it. A line that begins with
// "=== " names a file.
var sites = map[string]string{
	"text":         "=== a.md\n# A\n\nThanks to NAME for it.\n",
	"heading":      "=== a.md\n# A\n\n## By NAME\n\nText.\n",
	"title":        "=== a.md\n# A NAME\n",
	"list":         "=== a.md\n# A\n\n- one\n- NAME\n",
	"quote":        "=== a.md\n# A\n\n> NAME said so\n",
	"table":        "=== a.md\n# A\n\n| a | b |\n| - | - |\n| c | NAME |\n",
	"code":         "=== a.md\n# A\n\n```\nx = NAME\n```\n",
	"fence":        "=== a.md\n# A\n\n``` NAME\nx\n```\n",
	"image":        "=== a.md\n# A\n\n![NAME](https://example.org/x.png)\n",
	"link title":   "=== a.md\n# A\n\n[x](https://example.org/ \"NAME\")\n",
	"definition":   "=== a.md\n# A\n\nNAME and [x][y].\n\n[y]: https://example.org/\n",
	"address":      "=== a.md\n# A\n\n[x](<https://example.org/NAME>)\n",
	"abbreviation": "=== a.md\n# A\n\nSee <abbr title=\"NAME\">ZQ</abbr>.\n",
	"html":         "=== a.md\n# A\n\n<details><summary>NAME</summary>\n\nText.\n\n</details>\n",
	"footnote":     "=== a.md\n# A\n\nText[^1].\n\n[^1]: NAME wrote it.\n",
	"commented":    "=== a.md\n# A\n\n<!-- Zélda Quirk -->\n\nThanks to NAME.\n",
	"broken link":  "=== a.md\n# A\n\n[x](<NAME.md>)\n",
	"front title":  "=== a.md\n---\ntitle: NAME\n---\nText.\n",
	"quoted field": "=== proposals/a.md\n---\nsummary: \"NAME\"\n---\n# A\n",
	"outcome":      "=== proposals/a.md\n---\nstatus: accepted\noutcome: NAME\n---\n# A\n",
	"chair":        "=== meetings/a.md\n---\nchair: NAME\n---\n# A\n",
	"employed":     "=== meetings/a.md\n---\nchair: NAME (Quirks)\n---\n# A\n",
	"other handle": "=== meetings/a.md\n---\nchair: NAME <else>\n---\n# A\n",
	"attendees":    "=== meetings/a.md\n---\nattendees: [Anna, NAME]\n---\n# A\n",
	"day":          "=== meetings/a.md\n---\nstart: NAME\n---\n# A\n",
	"zone":         "=== meetings/a.md\n---\nstart: 2018-04-01T10:00\ntimezone: NAME\n---\n# A\n",
	"status":       "=== proposals/a.md\n---\nstatus: NAME\n---\n# A\n",
	"tag":          "=== a.md\n---\ntags: [NAME]\n---\n# A\n",
	"series":       "=== meetings/a.md\n---\nseries: NAME\n---\n# A\n",
	"reference":    "=== proposals/a.md\n---\nrequires: [NAME]\n---\n# A\n",
	"alias":        "=== a.md\n---\naliases: [NAME]\n---\n# A\n",
	"labelled":     "=== proposals/a.md\n---\ndiscussions-to: [\"NAME: https://example.org/\"]\n---\n# A\n",
	"unknown key":  "=== a.md\n---\nNAME: x\n---\n# A\n",
	"not YAML":     "=== a.md\n---\ntitle: [NAME\n---\n# A\n",
	"action":       "=== meetings/a.md\n# A\n\n- [ ] **Action A1** (@anna, due 2018-04-20): ask NAME\n",
	"owner":        "=== meetings/a.md\n# A\n\n- [ ] **Action A1** (NAME, due 2018-04-20): ask\n",
	"asked":        "=== meetings/a.md\n# A\n\n- **Question Q1:** Why? (asked by NAME)\n",
	"due":          "=== meetings/a.md\n# A\n\n- [ ] **Action A1** (@anna, due NAME): ask\n",
	"topic":        "=== meetings/a.md\n# A\n\n- **Feedback F1** (topic: NAME): ask\n",
	"split":        "=== meetings/a.md\n# A\n\n- [ ] **Action A1:** ask Zélda (@anna, due 2018-04-20) and NAME\n",
	"present":      "=== meetings/a.md\n# A\n\n## Attendance\n\n- **Present:** @anna, NAME\n",
	"survey":       "=== proposals/a.md\n# A\n\n## Survey\n\n| option | count |\n| - | - |\n| NAME | 3 |\n",
	"site title":   "=== minutebook.yaml\ntitle: NAME\n",
	"site text":    "=== minutebook.yaml\ndescription: NAME\n",
	"label":        "=== minutebook.yaml\nkinds:\n  note: {folder: notes, label: NAME}\n=== notes/a.md\n# A\n",
	"affiliation":  "=== people.yaml\npeople:\n  zorro: {name: Zélda Quirk, public: HIDDEN}\n  bo: {name: Bo, affiliation: \"NAME\"}\n=== a.md\n# A\n\nBy @bo.\n",
	"attachment":   "=== notes.txt\nIn these notes\nNAME is told\n",
}

// However the name of a person who is hidden is written, and wherever: either the
// site is refused for the line on which it stands, or no file of the site has it.
func TestHiddenNamesNeverShow(t *testing.T) {
	everyWay(t, "hidden", func(what, place string, r *generator.Result) {
		if told := refusedAt(r); len(told) == 0 {
			if where := naming(t, r); where != "" {
				t.Errorf("%s: %s", what, where)
			}
		} else if !slices.Contains(told, place) {
			t.Errorf("%s: it is told of %v, not of %s", what, told, place)
		}
	})
}

// asWritten are the sites that have a name where it is an address, or in settings:
// initials do not replace it there.
var asWritten = []string{"address", "broken link", "reference", "alias", "site title", "site text", "label", "affiliation", "attachment"}

// However the name of a person is written of whom initials are shown, the site is
// published with the initials in its place.
func TestInitialsStandInPlaceOfNames(t *testing.T) {
	everyWay(t, "initials", func(what, _ string, r *generator.Result) {
		if told := refusedAt(r); len(told) > 0 {
			t.Errorf("%s: it is refused: %v", what, told)
		}
		at, _, _ := strings.Cut(what, ",")
		if where := naming(t, r); where != "" && !slices.Contains(asWritten, at) {
			t.Errorf("%s: %s", what, where)
		}
	})
}

// everyWay builds all sites with the name of a person written in every way. It
// tells where it stands.
func everyWay(t *testing.T, public string, look func(what, place string, r *generator.Result)) {
	t.Helper()
	var b generator.Builder
	for _, at := range slices.Sorted(maps.Keys(sites)) {
		for _, way := range ways {
			files := map[string]string{"people.yaml": "people:\n  zorro: {name: " + hiddenName + ", public: " + public + "}\n  anna: {name: Anna}\n"}
			place := ""
			for _, part := range strings.Split(sites[at], "=== ")[1:] {
				name, content, _ := strings.Cut(part, "\n")
				if before, _, named := strings.Cut(content, "NAME"); named {
					place = fmt.Sprintf("content/%s:%d", name, 1+strings.Count(before, "\n"))
				}
				files[name] = strings.NewReplacer("NAME", way, "HIDDEN", public).Replace(content)
			}
			r := build(t, &b, inputs(t, files))
			what := fmt.Sprintf("%s, as %q", at, way)
			look(what, place, r)
			for _, d := range r.Problems {
				if says(d.Message+" "+d.Hint+" "+d.Item, hiddenName) {
					t.Errorf("%s: a message names them: %s", what, d)
				}
			}
		}
	}
}

// refusedAt are the files and lines for which a site is refused.
func refusedAt(r *generator.Result) (places []string) {
	for _, d := range r.Problems {
		if d.Code == "hidden-person-named" {
			places = append(places, fmt.Sprintf("%s:%d", d.Path, d.Start.Line))
		}
	}
	return places
}

// naming says which file of a site has the name of the person who is hidden.
func naming(t *testing.T, r *generator.Result) string {
	for _, f := range r.Snapshot.Files() {
		data, err := fs.ReadFile(r.Snapshot, f.Path)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if says(f.Path, hiddenName) || says(text, hiddenName) || path.Ext(f.Path) == ".html" && says(anyTag.ReplaceAllString(text, ""), hiddenName) {
			return f.Path + " names them"
		}
	}
	return ""
}

var anyTag = regexp.MustCompile(`<[^>]*>`)

// says reports whether a text has a name, in a plainer way than the program does.
func says(text, name string) bool {
	return strings.Contains(compared(html.UnescapeString(text)), compared(name))
}

func compared(s string) string {
	s = strings.Map(func(c rune) rune {
		if unicode.In(c, unicode.Cf) {
			return -1
		}
		return c
	}, norm.NFKC.String(s))
	return strings.Join(strings.Fields(strings.ToLower(s)), " ")
}

// Who is shown, and how, changes all that the site says of them, and nothing else
// than a new builder makes of it.
func TestVisibilityChangesAtOnce(t *testing.T) {
	files := map[string]string{
		"meetings/2018-03-20.md": "# With Zelda Quirk\n\n## Attendance\n\n- zorro and @zorro\n",
		"a.md":                   "# A\n\nSee [Zelda Quirk](meetings/2018-03-20.md#with-zelda-quirk).\n",
		"b.md":                   "# B\n",
	}
	var warm generator.Builder
	before := ""
	for _, public := range []string{"name", "initials", "hidden", "initials", "name", "hidden"} {
		files["people.yaml"] = "people:\n  zorro: {name: Zelda Quirk, public: " + public + "}\n"
		got, want := build(t, &warm, inputs(t, files)), build(t, &generator.Builder{}, inputs(t, files))
		if digest(t, got) != digest(t, want) {
			t.Errorf("%s: %s", public, firstDifference(digest(t, got), digest(t, want)))
		}
		if named := says(string(content(t, got, "assets/search/t0.js")), "Zelda Quirk"); named != (public == "name") {
			t.Errorf("%s: the index names them: %v", public, named)
		}
		index := regexp.MustCompile(`index\.js\?v=\w+`).FindString(string(content(t, got, "search.html")))
		if index == before || index == "" {
			t.Errorf("%s: the index is asked for as %q, as before", public, index)
		}
		before = index
	}
}
