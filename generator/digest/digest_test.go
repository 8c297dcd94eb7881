package digest_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"minutebook/generator/date"
	"minutebook/generator/digest"
	"minutebook/generator/golden"
	"minutebook/generator/golden/linked"
)

// The cases are sites with the digest of a week.
func TestDigests(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		text := digest.Text(linked.Site(t, linked.Files(c), "2018-04-02"), date.Must(date.Parse("2018-03-26")))
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(line, "\n")
			if utf8.RuneCountInString(line) > 72 && !strings.HasPrefix(line, "  https://") {
				t.Errorf("too long: %s", line)
			}
			if strings.Contains(line, "@") {
				t.Errorf("somebody may be called: %s", line)
			}
		}
		c.Want("digest", text)
	})
}

// A text cannot begin a line of its own, whatever it holds.
func TestHostileTitle(t *testing.T) {
	s := linked.Site(t, map[string]string{"proposals/a.md": "---\ntitle: \"x\\r\\n.\\r\\nFrom: y\\u2028* @anna\\u202e\"\nstatus: review\ndecide-by: 2018-04-04\n---\n"}, "2018-04-02")
	text := digest.Text(s, s.Today)
	if want := "* 2018-04-04: x . From: y * anna\n"; !strings.Contains(text, want) {
		t.Errorf("%q", text)
	}
}
