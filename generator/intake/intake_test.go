package intake_test

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"minutebook/generator"
	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/golden"
	"minutebook/generator/intake"
	"minutebook/generator/source"
)

// A reader is one of the ways to import.
type reader func([]intake.Input, intake.Options) ([]intake.Draft, []intake.Remark)

var readers = map[string]reader{"mail": intake.Mail, "meetbot": intake.Meetbot, "irc": intake.IRC}

// settings are a configuration and people for a content folder.
func settings(t testing.TB, content *source.Tree) intake.Options {
	t.Helper()
	c, problems := config.Load(content)
	people, more := config.LoadPeople(content)
	if len(problems)+len(more) > 0 {
		t.Fatal(problems, more)
	}
	return intake.Options{Config: c, People: people, Content: content, Kind: c.Kind("proposal")}
}

// A case has files of the content folder below content/, inputs below in/, and
// words for options; what must come out has the paths of the content folder.
func TestGolden(t *testing.T) {
	for name, read := range readers {
		t.Run(name, func(t *testing.T) {
			golden.Run(t, "testdata/"+name+"/*.txtar", func(t *testing.T, c *golden.Case) {
				drafts, remarks := runCase(t, c, read)
				var told strings.Builder
				for _, r := range remarks {
					told.WriteString(r.String() + "\n")
				}
				for _, d := range drafts {
					if d.Text == nil {
						told.WriteString("has it already: " + d.Path + "\n")
						continue
					}
					c.Want(d.Path, string(d.Text))
				}
				c.Want("remarks", told.String())
			})
		})
	}
}

func runCase(t *testing.T, c *golden.Case, read reader) ([]intake.Draft, []intake.Remark) {
	t.Helper()
	var files []*source.File
	var inputs []intake.Input
	words := ""
	for _, f := range c.Inputs() {
		data := unescape.Replace(string(f.Data))
		if name, ok := strings.CutPrefix(f.Name, "content/"); ok {
			files = append(files, source.NewFile(name, []byte(data)))
		} else if name, ok := strings.CutPrefix(f.Name, "in/"); ok {
			inputs = append(inputs, intake.Input{Name: name, Data: []byte(data)})
		} else {
			words = data
		}
	}
	o := settings(t, source.NewTree(files...))
	for _, word := range strings.Fields(words) {
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "kind":
			o.Kind = o.Config.Kind(value)
		case "thread":
			o.Thread = true
		case "date":
			o.Day, _ = date.Parse(value)
		case "zone":
			o.Zone = value
		default:
			t.Fatalf("no option %s", word)
		}
	}
	drafts, remarks := read(inputs, o)
	checkDrafts(t, read, inputs, o, drafts)
	return drafts, remarks
}

// unescape stands for bytes that a golden file cannot have.
var unescape = strings.NewReplacer("␀", "\x00", "␂", "\x02", "␃", "\x03", "␛", "\x1b", "␍", "\r", "␉", "\t", "␠", " ", "‹RLO›", "\u202e", "‹e4›", "\xe4")

var anAddress = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`)

// checkDrafts is what holds of every import: its documents can be read, they are
// the same each time, and importing once more adds nothing.
func checkDrafts(t testing.TB, read reader, inputs []intake.Input, o intake.Options, drafts []intake.Draft) {
	t.Helper()
	again, _ := read(inputs, o)
	if len(again) != len(drafts) {
		t.Fatalf("%d documents, and %d the second time", len(drafts), len(again))
	}
	files := o.Content.Files()
	paths := map[string]bool{}
	for i, d := range drafts {
		checkDraft(t, o, d)
		if !bytes.Equal(d.Text, again[i].Text) || d.Path != again[i].Path {
			t.Errorf("%s is not the same the second time", d.Path)
		}
		if d.Text == nil {
			continue
		}
		if low := strings.ToLower(d.Path); paths[low] || o.Content.File(d.Path) != nil {
			t.Errorf("%s is written twice, or over a file", d.Path)
		} else {
			paths[low] = true
		}
		files = append(files, source.NewFile(d.Path, d.Text))
	}
	o.Content = source.NewTree(files...)
	checkSite(t, o.Content)
	more, _ := read(inputs, o)
	for _, d := range more {
		if d.Text != nil {
			t.Errorf("imported once more, %s comes out:\n%s", d.Path, d.Text)
		}
	}
}

// checkSite checks a content folder as the command check does: what is imported
// has no error among other documents either.
func checkSite(t testing.TB, content *source.Tree) {
	t.Helper()
	builder := generator.Builder{}
	_, problems, err := builder.Check(context.Background(), generator.Inputs{Content: content, Now: time.Unix(1522670400, 0)})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if p.Severity == diag.Error {
			t.Errorf("check: %s", p)
		}
	}
}

// checkDraft is what holds of every document that is imported.
func checkDraft(t testing.TB, o intake.Options, d intake.Draft) {
	t.Helper()
	if d.Text == nil {
		return
	}
	doc := document.NewParser(o.Config, nil).Parse(source.NewFile(d.Path, d.Text))
	for _, p := range doc.Problems {
		if p.Severity == diag.Error {
			t.Errorf("%s: %s\n%s", d.Path, p, d.Text)
		}
	}
	if found := anAddress.FindString(string(d.Text)); found != "" {
		t.Errorf("%s has the address %q:\n%s", d.Path, found, d.Text)
	}
	if doc.Title == "" || strings.ContainsFunc(string(d.Text), func(r rune) bool { return r < ' ' && r != '\n' || r == '\u202e' }) {
		t.Errorf("%s has no title, or a control character:\n%q", d.Path, d.Text)
	}
	if strings.Contains(d.Path, "..") || strings.ContainsAny(d.Path, `\:`) || !strings.HasSuffix(d.Path, ".md") {
		t.Errorf("a document at %q", d.Path)
	}
}
