package generator_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"minutebook/generator"
	"minutebook/generator/source"
	"minutebook/layouts"
)

// sample is a site of about n documents of every kind that link to each other:
// the same n gives the same bytes.
func sample(n int) map[string]string {
	files := map[string]string{
		"README.md":         "# Sample\n\nSee [the first](proposals/p0.md).\n",
		"minutebook.yaml":   "title: Sample\ntoday: 2018-04-02\nbase-url: https://example.org/sample\n",
		"people.yaml":       "people:\n  anna: {name: Anna}\n  bo: {name: Bo, public: initials}\ngroups:\n  team: {name: Team, members: [anna, bo]}\n",
		"files/figures.csv": "a,b\n1,2\n",
	}
	random := rand.New(rand.NewPCG(7, uint64(n)))
	statuses := []string{"draft", "review", "last-call", "accepted", "rejected"}
	for i := range n / 3 {
		day := time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%300)
		files[fmt.Sprintf("proposals/p%d.md", i)] = fmt.Sprintf(
			"---\ntitle: \"Proposal %d\"\nstatus: %s\nauthors: [anna]\ndecision-makers: [team]\ncreated: %s\ndecide-by: %s\ntags: [t%d, t%d]\n---\n\n%s",
			i, statuses[i%5], day.Format(time.DateOnly), day.AddDate(0, 0, 30).Format(time.DateOnly), i%7, i%11, sampleBody(random, n/3))
		files[fmt.Sprintf("meetings/%s-m%d.md", day.Format(time.DateOnly), i)] = fmt.Sprintf(
			"---\nseries: weekly\nchair: anna\nagenda: [../proposals/p%d.md]\n---\n# Meeting %d\n\n- [ ] ask ([why](../proposals/p%d.md#options))\n\n%s\n%s",
			i, i, (i+1)%(n/3), sampleNotes(random, i, day), sampleBody(random, n/3))
		files[fmt.Sprintf("decisions/%04d-d%d.md", i, i)] = fmt.Sprintf(
			"---\nstatus: accepted\ndate: %s\nproposal: p%d\n---\n# Decision %d\n\n%s", day.Format(time.DateOnly), i, i, sampleBody(random, n/3))
	}
	return files
}

// sampleNotes are the notes of the meeting i, which look at those of the one
// before.
func sampleNotes(random *rand.Rand, i int, day time.Time) string {
	var b strings.Builder
	box := func() string { return []string{"[ ]", "[x]"}[random.IntN(2)] }
	due := day.AddDate(0, 0, random.IntN(40)).Format(time.DateOnly)
	if i > 0 {
		before := fmt.Sprintf("%s-m%d.md", day.AddDate(0, 0, -1).Format(time.DateOnly), i-1)
		result := []string{"done", "still open, now due " + due, "dropped: D1"}[random.IntN(3)]
		fmt.Fprintf(&b, "## Action review\n\n- %s [A1](%s#a1) %s\n\n", box(), before, result)
		fmt.Fprintf(&b, "- **Topic T1:** One topic (from: [F1](%s#f1))\n\n", before)
	}
	fmt.Fprintf(&b, "- **Decision D1:** We go on with [it](../proposals/p%d.md).\n", i)
	fmt.Fprintf(&b, "- %s **Action A1** (@anna, due %s): write to the list\n- [ ] **Action A2** (@bo): book a room\n", box(), due)
	for k := range 3 {
		fmt.Fprintf(&b, "- %s **Action** (@anna, due %s): ask all who answered the survey, once more, for number %d\n", box(), due, k)
	}
	fmt.Fprintf(&b, "- %s **Question Q1** (@team): why?\n  - Answer Q1 (@anna, %s): because\n", box(), due)
	fmt.Fprintf(&b, "- **Feedback F1** (topic: t%d): it is slow\n\n", i%7)
	return b.String()
}

func sampleBody(random *rand.Rand, n int) string {
	var b strings.Builder
	words := strings.Fields("the team asked for rooms and a budget before the week of the gathering so that operators can book travel in time")
	for section := range 4 {
		fmt.Fprintf(&b, "## %s\n\n", []string{"Context", "Options", "Survey", "If accepted"}[section])
		for range 3 {
			for range 30 {
				b.WriteString(words[random.IntN(len(words))])
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "as in [proposal %d](../proposals/p%d.md).\n\n", section, random.IntN(n))
		}
	}
	b.WriteString("| option | count |\n|---|--:|\n| one | 3 |\n| two | 5 |\n")
	if random.IntN(5) == 0 {
		fmt.Fprintf(&b, "\n```go\nfunc f%d() int { return %d }\n```\n", random.IntN(50), random.IntN(50))
	}
	return b.String()
}

func tree(files map[string]string) *source.Tree {
	var list []*source.File
	for path, text := range files {
		list = append(list, source.NewFile(path, []byte(text)))
	}
	return source.NewTree(list...)
}

func embedded(t testing.TB) *source.Tree {
	t.Helper()
	l, err := source.FromFS(layouts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func inputs(t testing.TB, files map[string]string) generator.Inputs {
	return generator.Inputs{
		Content: tree(files), Layouts: embedded(t), ContentName: "content", LayoutsName: "layouts",
		Now: time.Date(2018, 4, 2, 12, 0, 0, 0, time.UTC),
	}
}

func build(t testing.TB, b *generator.Builder, in generator.Inputs) *generator.Result {
	t.Helper()
	r, err := b.Build(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
