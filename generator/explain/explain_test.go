package explain

import (
	"bytes"
	"strings"
	"testing"

	"minutebook/generator/diag"
)

// A text is read in a terminal, on a page and by people who have little time.
func TestTexts(t *testing.T) {
	for _, e := range All() {
		sentences := strings.Count(e.Text, ". ") + strings.Count(e.Text, ".\n") + 1
		if sentences < 2 || sentences > 5 || !strings.HasSuffix(e.Text, ".") || strings.Contains(e.Text, "\n\n") {
			t.Errorf("%s: %d sentences; want one paragraph of two to five", e.Code.ID, sentences)
		}
		for line := range strings.Lines(e.Text) {
			if len([]rune(line)) > 81 {
				t.Errorf("%s: a line is longer than 80 characters: %s", e.Code.ID, line)
			}
		}
	}
}

func TestOf(t *testing.T) {
	for _, c := range diag.Codes {
		if e, ok := Of(c.ID); !ok || e.Code != c {
			t.Errorf("%s: %v, %v", c.ID, e.Code, ok)
		}
	}
	if _, ok := Of("broken"); ok {
		t.Error("there is no code broken")
	}
}

// What a file of a code lacks or has too much is told, and not passed over.
func TestParseRefuses(t *testing.T) {
	whole := "Text.\n-- wrong/a.md --\na\n-- mended/a.md --\nb\n-- message --\nm\n"
	if _, err := parse("broken-link", []byte(whole)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ code, text, want string }{
		{"no-such", whole, "no code"},
		{"broken-link", strings.Replace(whole, "Text.\n", "", 1), "lacks"},
		{"broken-link", strings.Replace(whole, "-- message --\nm\n", "", 1), "lacks"},
		{"broken-link", strings.Replace(whole, "wrong/", "mended/", 1), "lacks"},
		{"broken-link", strings.Replace(whole, "wrong/", "wong/", 1), `"wong/a.md" is not the name`},
		{"broken-link", whole + "-- wrong --\n", `"wrong" is not the name`},
	} {
		if _, err := parse(c.code, []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.text, err, c.want)
		}
	}
}

// A fence is longer than those within it, what stays as it is stands there
// once, and what is not UTF-8 shows as such.
func TestForms(t *testing.T) {
	code, _ := diag.Find("broken-link")
	e := Explanation{
		Code: code, Text: "Mend it.", Message: "a.md: error: bad [broken-link]\n",
		Before: []File{{"old.md", "old\n"}},
		Wrong:  []File{{"a.md", "````\n\ncode\n````\n"}, {"b.md", "caf\xe9\n"}, {"c.csv", "x\n"}},
		Mended: []File{{"a.md", "text\n"}, {"b.md", "caf\xe9\n"}},
	}
	var text, page bytes.Buffer
	if err := Text(&text, e); err != nil {
		t.Fatal(err)
	}
	if text.String() != wantText {
		t.Errorf("text:\n%s", text.String())
	}
	if err := Markdown(&page, []Explanation{e}); err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(page.String(), "\n\n## broken-link\n")
	section, _, _ = strings.Cut(section, "\n## ")
	if section != wantMarkdown {
		t.Errorf("Markdown:\n%s", section)
	}
}

const wantText = `broken-link (error): a link leads to a file that is there

Mend it.

So it was before, in old.md:

    old

Not like this, in a.md:

    ` + "````" + `

    code
    ` + "````" + `

Not like this, in c.csv:

    x

Beside it stands b.md:

    caf�

What is printed then:

    a.md: error: bad [broken-link]

But like this, in a.md:

    text

The file c.csv is gone.
`

var wantMarkdown = strings.ReplaceAll(`
The rule (error): a link leads to a file that is there.

Mend it.

So it was before, in 'old.md':

'''markdown
old
'''

Not like this, in 'a.md':

'''''markdown
''''

code
''''
'''''

Not like this, in 'c.csv':

'''text
x
'''

Beside it stands 'b.md':

'''markdown
caf�
'''

What is printed then:

'''text
a.md: error: bad [broken-link]
'''

But like this, in 'a.md':

'''markdown
text
'''

The file 'c.csv' is gone.
`, "'", "`")
