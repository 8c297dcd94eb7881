package search

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/golden"
)

func index(documents []Document) *Index {
	sizes := make([]int, len(documents))
	for i, d := range documents {
		sizes[i] = len(d.HTML)
	}
	kinds := []Kind{{"Proposal", "Proposals"}, {"Meeting", "Meetings"}}
	return New(func() string { return "v1" }, kinds, sizes, func(i int) Document { return documents[i] })
}

func made(f File) []byte {
	var to bytes.Buffer
	f.Make(&to)
	return to.Bytes()
}

// A small index is what it was when somebody last read it.
func TestGolden(t *testing.T) {
	documents := []Document{
		{
			Title: "Ops Meetups Team, 20 March 2018", URL: "meetings/2018-03-20.html", Kind: 1, Word: "Took place", Tone: "plain", Day: "2018-03-20", Short: "20 Mar",
			Names: []string{"2018-03-20"}, Headings: []string{"Attendance"}, About: []string{"Anna Example"}, More: []string{"the room"},
			HTML: `<h2 id="attendance">Attendance<a class="anchor" href="#attendance" aria-label="Link to Attendance">#</a></h2><ul><li><b>Pre</b>sent: Anna &amp; Bo</li><li>Regrets: <em>none</em></li></ul>` + "\n<p>Two\n  rooms,  two &#34;rooms&#34;, two rooms &lt;b>.</p>",
		},
		{
			Title: "Co-locate </script>", URL: "proposals/co%20locate.html", ID: "P-014", Kind: 0, Word: "Withdrawn", Tone: "old", Retired: true, Summary: "In short.",
			Names: []string{"co locate"}, About: []string{"Venue"}, HTML: "<p>Café, Straße, Łódź, 東京都, ½ \u2028 \\ \x01</p><style>p{}</style><pre>a\nb</pre>",
		},
	}
	golden.Run(t, "testdata/small.txtar", func(t *testing.T, c *golden.Case) {
		for _, f := range index(documents).Files() {
			c.Want(f.Name, string(made(f)))
		}
	})
}

// alphabets are letters of different scripts: such as have another lower case,
// such as are folded, such as have no case, such as are set without spaces, and
// such as lie beyond the first plane.
var alphabets = []string{
	"abcdefghijklmnopqrstuvwxyz", "ABCXYZ0123456789", "äöüßéèñçşøåæœłđžİı", "αβγδΣσςΆΈ", "абвгдёЙъ", "אבגדהוּשׁ", "العربيةَّ", "नमस्तेकि", "日本語会議東京",
	"ひらがなカタカナーﾊﾟ", "회의한국어", "ภาษาไทย", "𝒜𝔅𐐀𐐨𠀀𠀁", "ﬁﬀⅣ²№㈱", "a-b_c'd’e.f", "\u00ad\u200d\u0301",
}

// text is random text of n words, of characters that no script uses so.
func text(random *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		letters := []rune(alphabets[random.IntN(len(alphabets))])
		for range 1 + random.IntN(40)*random.IntN(3) {
			b.WriteRune(letters[random.IntN(len(letters))])
		}
		b.WriteString([]string{" ", ", ", "\n", " – ", "…", "、", " <i>", "</p><p>"}[random.IntN(8)])
	}
	return b.String()
}

// wordsOf are the words of a text by the rules of the script, from its regular
// expressions.
func wordsOf(text string) (words []string) {
	script := `\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー`
	letters, one := regexp.MustCompile(`[\p{L}\p{N}\p{M}]+`), regexp.MustCompile(`[`+script+`]+|[^`+script+`]+`)
	for _, run := range letters.FindAllString(fold(text), -1) {
		for _, part := range one.FindAllString(run, -1) {
			c := []rune(part)
			switch {
			case !regexp.MustCompile(`^[` + script + `]`).MatchString(part):
				words = append(words, string(c[:min(len(c), 32)]))
			case len(c) == 1:
				words = append(words, part)
			default:
				for i := range c[1:] {
					words = append(words, string(c[i:i+2]))
				}
			}
		}
	}
	return words
}

var tag = regexp.MustCompile(`<i>|</?p>`)

// Every word of every document is found in the document, wherever it stands, and
// in no other; with any number of processors.
func TestEveryWordIsFound(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	documents := make([]Document, 120)
	for i := range documents {
		documents[i] = Document{
			Title: html.UnescapeString(tag.ReplaceAllString(text(random, 4), " ")), HTML: "<p>" + text(random, random.IntN(300)) + "</p>",
			Headings: []string{"Heading" + tag.ReplaceAllString(text(random, 1), "")}, About: []string{"about"}, ID: fmt.Sprintf("P-%03d", i),
		}
	}
	x := index(documents)
	if x.shards < 2 || len(x.texts) < 2 {
		t.Fatalf("%d word files and %d text files try nothing", x.shards, len(x.texts))
	}
	r := read(t, x)
	want := map[string][]int{}
	for i, d := range documents {
		body := strings.ReplaceAll(strings.NewReplacer("<p>", "\n", "</p>", "\n").Replace(d.HTML), "<i>", "")
		for _, s := range append([]string{d.Title, d.ID, key(d.ID), body}, append(d.Headings, d.About...)...) {
			for _, w := range wordsOf(tag.ReplaceAllString(s, "")) {
				if list := want[w]; len(list) == 0 || list[len(list)-1] != i {
					want[w] = append(list, i)
				}
			}
		}
	}
	for w, list := range want {
		if got := r.all(w); !slices.Equal(got, list) && !endsRun(w) {
			t.Errorf("%q is in %v, and found in %v", w, list, got)
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(5))
	again := index(documents).Files()
	for i, f := range x.Files() {
		if !bytes.Equal(made(f), made(again[i])) {
			t.Errorf("%s is another with more processors", f.Name)
		}
	}
}

// endsRun reports whether a word may also be the last character of a run.
func endsRun(word string) bool {
	c := []rune(word)
	return len(c) == 1 && classOf(c[0]) == joined
}

// A word counts for the best of its places.
func TestRanks(t *testing.T) {
	r := read(t, index([]Document{
		{HTML: "<p>budget</p>"},
		{HTML: "<p>budget, budget and budget</p>"},
		{HTML: "<p>budget</p>", About: []string{"Budget"}},
		{HTML: "<h2>Budget</h2>", Headings: []string{"Budget"}, Summary: "budget"},
		{ID: "budget", Headings: []string{"Budget"}},
		{Title: "The budget", ID: "budget"},
	}))
	want := map[int]int{0: int(inBody), 1: int(inBodyOften), 2: int(inAbout), 3: int(inHeading), 4: int(inID), 5: int(inTitle)}
	if got := r.find("budget"); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Ärger": "arger", "Straße": "strasse", "STRAẞE": "strasse", "Łódź": "lodz", "Ørsted": "orsted", "İstanbul": "istanbul", "ılık": "ilik",
		"ΣΊΣΥΦΟΣ": "σισυφοσ", "Ёлка": "елка", "ﬁnal": "final", "H₂O": "h2o", "ﾊﾟﾋﾟ": "パピ", "회의": "회의", "co\u00adlocate": "colocate", "שָׁלוֹם": "שלום",
	} {
		if got := fold(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestKey(t *testing.T) {
	for in, want := range map[string]string{
		"P-014": "p14", "p14": "p14", "ADR-0012": "adr12", "0012-use-it": "12useit", "2018-04-03": "20180403", "R0": "r0", "00": "0", "a.0": "a0", "100": "100", "": "", "-": "",
	} {
		if got := key(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// sampled is a site of n documents of about 700 words, from a vocabulary in
// which some words are much more common than others, as in any language.
func sampled(n int) []Document {
	random := rand.New(rand.NewPCG(3, 4))
	zipf := rand.NewZipf(random, 1.1, 8, 20_000)
	syllables := strings.Fields("ba co di fu ger han ist jo kal mon ner ost pra quo rus sta tur val wen xi yor zu")
	word := func() string {
		var b strings.Builder
		for n := zipf.Uint64() + 3; n > 0; n /= uint64(len(syllables)) {
			b.WriteString(syllables[n%uint64(len(syllables))])
		}
		return b.String()
	}
	documents := make([]Document, n)
	for i := range documents {
		var b strings.Builder
		for b.Len() < 5000 {
			b.WriteString("<p>")
			for range 60 {
				b.WriteString(word() + " ")
			}
			b.WriteString("</p>\n")
		}
		documents[i] = Document{Title: word() + " " + word() + " " + word(), URL: fmt.Sprintf("proposals/%d.html", i), Kind: i % 2, HTML: b.String(), Day: "2018-04-04", Short: "4 Apr"}
	}
	return documents
}

func zipped(t testing.TB, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// The first result of a question of two words comes after at most 150 KB for 500
// documents and 100 KB for 10,000: the first file, the largest word files, and
// the largest text file, as a server sends them.
func TestSizes(t *testing.T) {
	for n, most := range map[int]int{500: 150_000, 10_000: 100_000} {
		if n > 500 && testing.Short() {
			continue
		}
		sizes := map[byte][]int{}
		raw := map[byte]int{}
		for _, f := range index(sampled(n)).Files() {
			data := made(f)
			sizes[f.Name[0]] = append(sizes[f.Name[0]], zipped(t, data))
			raw[f.Name[0]] = max(raw[f.Name[0]], len(data))
		}
		total := 0
		for _, list := range sizes {
			slices.Sort(list)
		}
		last := func(c byte, back int) int { return sizes[c][max(0, len(sizes[c])-1-back)] }
		total = last('i', 0) + last('w', 0) + last('w', 1) + last('t', 0)
		t.Logf("%d documents: %d bytes (first %d, words %d in %d files, text %d in %d files), raw at most %d", n, total, last('i', 0), last('w', 0), len(sizes['w']), last('t', 0), len(sizes['t']), raw['w'])
		if total > most {
			t.Errorf("%d documents: %d bytes before the first result", n, total)
		}
	}
}

func BenchmarkIndex(b *testing.B) {
	documents := sampled(1000)
	size := 0
	for _, d := range documents {
		size += len(d.HTML)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range index(documents).Files() {
			made(f)
		}
	}
}
