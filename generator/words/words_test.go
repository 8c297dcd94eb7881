package words

import (
	"slices"
	"strings"
	"testing"

	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// slovene has a form for two and one for a few (CLDR).
const slovene = `"Home": Domov
"Open": Odprto
"Open [shops]": Odprta
"{n} of {all} left": {one: "{n} od {all} je ostala", two: "ostali sta {n} od {all}", few: "ostale so {n} od {all}", other: "ostalo je {n} od {all}"}
"from {start} to {end}": do {end} od {start}
"By {name}.": Avtor je {name}!
"April": aprila
"April [alone]": april
"{weekday} {day} {month} {year}": "{day}. {month} {year}, {weekday}"
"in {n} days": {two: "čez dva dneva", other: "čez {n} dni"}
`

func tree(files ...string) *source.Tree {
	var list []*source.File
	for i := 0; i < len(files); i += 2 {
		list = append(list, source.NewFile(files[i], []byte(files[i+1])))
	}
	return source.NewTree(list...)
}

func load(t *testing.T, tag string, files ...string) *Words {
	t.Helper()
	w, found, problems := Load(tree(files...), tag)
	if !found || problems.Count(diag.Error) > 0 {
		t.Fatal(found, problems)
	}
	return w
}

// A text is said in the language where it has a word for it, and else in
// English; numbers take the form that the language has for them.
func TestWords(t *testing.T) {
	sl := load(t, "sl", "words/sl.yaml", slovene)
	for _, tt := range []struct {
		what, got, want string
	}{
		{"a word", sl.T("Home"), "Domov"},
		{"English has it as it is", (*Words)(nil).T("Home"), "Home"},
		{"no word: English", sl.T("Nowhere"), "Nowhere"},
		{"a note is not shown", sl.T("Nowhere [not here]"), "Nowhere"},
		{"a note tells two uses apart", sl.T("Open [shops]"), "Odprta"},
		{"a note without a word of its own", sl.T("Open [doors]"), "Odprto"},
		{"values go where the language wants them", sl.T("from {start} to {end}", "1", "2"), "do 2 od 1"},
		{"values in English", (*Words)(nil).T("from {start} to {end} [days]", "1", "2"), "from 1 to 2"},
		{"a value is no key and no place", sl.T("from {start} to {end}", "{end}", "Home"), "do Home od {end}"},
		{"one", sl.N(101, "{n} of {all} left", "{n} of {all} left", "200"), "101 od 200 je ostala"},
		{"two", sl.N(2, "{n} of {all} left", "{n} of {all} left", "9"), "ostali sta 2 od 9"},
		{"few", sl.N(3, "{n} of {all} left", "{n} of {all} left", "9"), "ostale so 3 od 9"},
		{"other", sl.N(5, "{n} of {all} left", "{n} of {all} left", "9"), "ostalo je 5 od 9"},
		{"a form that is left out is other", sl.Relative(3), "čez 3 dni"},
		{"two have a form without a number", sl.Relative(2), "čez dva dneva"},
		{"one in English", (*Words)(nil).N(1, "{n} left", "{n} are left"), "1 left"},
		{"many in English", (*Words)(nil).N(0, "{n} left", "{n} are left"), "0 are left"},
		{"a day", sl.Day(date.Must(date.Parse("2018-04-04"))), "4. aprila 2018, Wednesday"},
		{"a month alone", sl.Month(2018, 4), "april 2018"},
		{"a day in English", (*Words)(nil).Day(date.Must(date.Parse("2018-04-04"))), "Wednesday 4 April 2018"},
		{"a short day", (*Words)(nil).ShortDayOfYear(date.Must(date.Parse("2018-05-04"))), "4 May 2018"},
		{"the week begins on Monday", strings.Join(sl.Weekdays(), " "), "Mon Tue Wed Thu Fri Sat Sun"},
		{"a label of the settings", sl.Label("Open"), "Odprto"},
		{"one with brackets is whole", sl.Label("Open [us]"), "Open [us]"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.what, tt.got, tt.want)
		}
	}
	if before, after := sl.Split("By {name}."); before != "Avtor je " || after != "!" {
		t.Errorf("%q, %q stand around the name", before, after)
	}
}

// English says how far a day is in the words that browsers have for it.
func TestRelativeDays(t *testing.T) {
	for days, want := range map[int]string{
		0: "today", 1: "tomorrow", -1: "yesterday", 2: "in 2 days", -28: "28 days ago",
		29: "in 1 month", 60: "in 2 months", -319: "10 months ago", 320: "in 1 year", 800: "in 2 years",
	} {
		if got := (*Words)(nil).Relative(days); got != want {
			t.Errorf("%d days: %q, want %q", days, got, want)
		}
	}
}

// A file is of its language and of those that are cases of it; what it leaves
// out the wider one says, and what a site leaves out Minutebook.
func TestLanguages(t *testing.T) {
	files := []string{
		"words/sl.yaml", slovene, "words/sl-IT.yaml", `"Home": Doma`, "words/de.yaml", `"Search": Finden`,
		"words/en.yaml", `"People": Folks`, "words/README.md", "x", "css/x.yaml", "x",
	}
	for _, tt := range []struct {
		tag, key, want string
		of             string
		found          bool
	}{
		{"sl", "Home", "Domov", "sl", true},
		{"sl-IT", "Home", "Doma", "sl-IT", true},
		{"sl-IT", "Open", "Odprto", "sl-IT", true},
		{"SL-it-rozaj", "Home", "Doma", "SL-it", true},
		{"sl-AT", "Home", "Domov", "sl", true},
		{"s", "Home", "Home", "en", false},
		{"slo", "Home", "Home", "en", false},
		{"de-CH", "Search", "Finden", "de", true},
		{"de", "January", "Januar", "de", true},
		{"en-GB", "People", "Folks", "en", true},
		{"fi", "Home", "Home", "en", false},
		{"../de", "Search", "Search", "en", false},
	} {
		w, found, problems := Load(tree(files...), tt.tag)
		if got := w.T(Key(tt.key)); got != tt.want || found != tt.found || w.Tag() != tt.of || problems.Count(diag.Error) > 0 {
			t.Errorf("%s: %q of %s (%v), want %q of %s; %v", tt.tag, got, w.Tag(), found, tt.want, tt.of, problems)
		}
	}
	if got := strings.Join(Languages(tree(files...)), " "); got != "de en sl sl-IT" {
		t.Errorf("the languages are %s", got)
	}
}

// Words that differ have another sum, and the same have the same.
func TestSum(t *testing.T) {
	one, same := load(t, "sl", "words/sl.yaml", slovene), load(t, "sl", "words/sl.yaml", slovene)
	other := load(t, "sl", "words/sl.yaml", slovene+"\"x\": y\n")
	if one.Sum() != same.Sum() || one.Sum() == other.Sum() || one.Sum() == (*Words)(nil).Sum() {
		t.Error("sums do not tell words apart")
	}
}

// What cannot be read in a file is told with its place, and the rest counts.
func TestFaults(t *testing.T) {
	const text = `"a {x} b": "{y} c"
"d": {one: e}
"f": {some: g, other: h}
"i": [j]
"k": {one: {l: m}, other: n}
"n":
"o": p {q
"r": "{z} s"
`
	_, _, problems := Load(tree("words/sl.yaml", text), "sl")
	problems = slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return d.Code == "unknown-key" })
	problems.Sort()
	var b strings.Builder
	if err := diag.Text(&b, problems); err != nil {
		t.Fatal(err)
	}
	const want = `words/sl.yaml:1:12: error: nothing fills {y} [layout]
  the key has {x}
words/sl.yaml:2:6: error: "d" has no plural form "other" [layout]
  add what is said of numbers that have no form of their own
words/sl.yaml:3:13: error: "some" is not a plural form [layout]
  the forms are zero, one, two, few, many and other
words/sl.yaml:4:6: error: "i" has a list for a translation [layout]
  write the text behind the colon, or one text for each plural form
words/sl.yaml:5:12: error: "one" has no text [layout]
  write the text behind the colon
words/sl.yaml:8:6: error: nothing fills {z} [layout]
  the key has nothing in braces
`
	if !strings.HasPrefix(b.String(), want) {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// A key that nothing says is told of: most are misspelt. The words that a site's
// own layouts and scripts say are known.
func TestUnknownKeys(t *testing.T) {
	_, _, problems := Load(tree(
		"words/sl.yaml", "\"Hom\": a\n\"Home\": b\n\"Home [here]\": c\n\"Rooms\": d\n\"Beds\": e\n\"No such thing at all\": f\n",
		"page.html", `{{define "main"}}{{t "Rooms"}}{{end}}`, "js/x.js", `mbWord("Beds")`), "sl")
	var got strings.Builder
	if err := diag.Text(&got, problems); err != nil {
		t.Fatal(err)
	}
	const want = `words/sl.yaml:1:1: warning: unknown key "Hom" in a file of words [unknown-key]
  did you mean "Home"?
words/sl.yaml:6:1: warning: unknown key "No such thing at all" in a file of words [unknown-key]
  a key is the English text, as in the words of other languages
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// Whatever stands in a file and in a key, saying it is no fault.
func FuzzWords(f *testing.F) {
	f.Add(slovene, "from {start} to {end}", "v")
	f.Add("\"{\": \"}{\"\n", "{", "}")
	f.Add("\"{}\": \"{}{n}\"\n", "{}", "x]")
	f.Fuzz(func(t *testing.T, text, key, value string) {
		w, _, _ := Load(tree("words/sl.yaml", text), "sl")
		for _, w := range []*Words{w, nil} {
			got := w.T(Key(key), value)
			if before, after := w.Split(Key(key)); !strings.HasPrefix(w.T(Key(key)), before) || !strings.HasSuffix(w.T(Key(key)), after) {
				t.Errorf("%q and %q do not stand around %q", before, after, key)
			}
			if len(places(bare(Key(key)))) == 0 && w == nil && got != bare(Key(key)) {
				t.Errorf("%q says %q", key, got)
			}
			w.N(2, Key(key), Key(key), value)
			w.Forms(Key(key), Key(key))
		}
	})
}
