package config

import (
	"strings"
	"testing"

	"minutebook/generator/date"
	"minutebook/generator/source"
)

// Each host has its own addresses for editing, beginning and showing a file.
func TestHosts(t *testing.T) {
	for _, test := range []struct{ settings, edit, begin, history string }{
		{"repository: https://github.com/o/r", "https://github.com/o/r/edit/main/docs/a%20b.md", "https://github.com/o/r/new/main/docs?filename=a%20b.md&value=x%20%26%0A", "https://github.com/o/r/commits/main/docs/a%20b.md"},
		{"repository: https://gitlab.example.org/g/o/r\nbranch: trunk", "https://gitlab.example.org/g/o/r/-/edit/trunk/docs/a%20b.md", "https://gitlab.example.org/g/o/r/-/new/trunk/docs?file_name=a%20b.md&value=x%20%26%0A", "https://gitlab.example.org/g/o/r/-/commits/trunk/docs/a%20b.md"},
		{"repository: https://codeberg.org/o/r", "https://codeberg.org/o/r/_edit/main/docs/a%20b.md", "https://codeberg.org/o/r/_new/main/docs?filename=a%20b.md&value=x%20%26%0A", "https://codeberg.org/o/r/commits/branch/main/docs/a%20b.md"},
		{"repository: https://git.example.org/r\nhost: forgejo", "https://git.example.org/r/_edit/main/docs/a%20b.md", "https://git.example.org/r/_new/main/docs?filename=a%20b.md&value=x%20%26%0A", "https://git.example.org/r/commits/branch/main/docs/a%20b.md"},
		{"title: nowhere", "", "", ""},
	} {
		c, problems := Load(source.NewTree(source.NewFile(FileName, []byte(test.settings+"\n"))))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		const file = "docs/a b.md"
		for got, want := range map[string]string{c.EditURL(file): test.edit, c.NewURL(file, "x &\n"): test.begin, c.HistoryURL(file): test.history} {
			if got != want {
				t.Errorf("%q: got %s, want %s", test.settings, got, want)
			}
		}
	}
	c, _ := Load(source.NewTree(source.NewFile(FileName, []byte("repository: https://github.com/o/r\n"))))
	if got := c.NewURL("a.md", ""); got != "https://github.com/o/r/new/main?filename=a.md&value=" {
		t.Errorf("at the top: %s", got)
	}
}

// Every kind has a text to start from, in which no place is left to fill by us.
func TestTemplates(t *testing.T) {
	c, _ := Load(source.NewTree(source.NewFile(FileName, []byte("kinds: {runbook: {statuses: {trial: {}}, file-day: tested, fields: {tested: {type: date}}}}\n"))))
	for _, k := range c.Kinds {
		text := k.Template(date.Must(date.Parse("2018-04-02")))
		if text == "" || strings.Contains(text, "{today}") || strings.Contains(text, "{month}") {
			t.Errorf("%s: %q", k.Name, text)
		}
	}
	if got, want := c.Kind("runbook").Template(date.Must(date.Parse("2018-04-02"))), "---\ntitle: \"Runbook\"\nstatus: trial\ntested: 2018-04-02\n---\n\nText.\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
