package generator_test

import (
	"bytes"
	"slices"
	"testing"

	"minutebook/generator"
	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/golden"
)

// unseeded are the codes that the site in testdata/seeded.txtar cannot show, and
// why.
var unseeded = map[string]string{
	"illegal-transition": "needs the site as it was",
	"layout":             "is of layouts, which are not content",
	"stale-draft":        "needs the days that git knows",
	"url-removed":        "needs the site as it was",
}

// A defect is told of under its own code and no other: whoever mends what a
// message says is done.
func TestSeededDefects(t *testing.T) {
	golden.Run(t, "testdata/seeded.txtar", func(t *testing.T, c *golden.Case) {
		files := map[string]string{"pages/not-text.md": "An \xff is no letter.\n"} // no text file can hold it
		for _, f := range c.Inputs() {
			files[f.Name] = string(f.Data)
		}
		in := inputs(t, files)
		in.ContentName = ""
		var builder generator.Builder
		_, problems, err := builder.Check(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		var found, want []string
		for _, p := range problems {
			found = append(found, p.Code)
			if p.Hint == "" && p.Path != config.FileName {
				t.Errorf("no way out of: %s", p)
			}
		}
		for _, code := range diag.Codes {
			if unseeded[code.ID] == "" {
				want = append(want, code.ID)
			}
		}
		if slices.Sort(found); !slices.Equal(found, want) {
			t.Errorf("the codes are\n%v\nwant each once:\n%v", found, want)
		}
		var out bytes.Buffer
		if err := diag.Text(&out, problems); err != nil {
			t.Fatal(err)
		}
		c.Want("problems", out.String())
	})
}
