package intake_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"minutebook/generator/date"
	"minutebook/generator/golden"
	"minutebook/generator/intake"
	"minutebook/generator/source"
)

var example = regexp.MustCompile("(?s)```text\n(.*?)```\n\n(.*?)becomes `([^`]+)`:\n\n```markdown\n(.*?)```\n")

// The guide shows for each format an input and the document that it becomes, with
// the people of the example: as the program makes it. -update mends it.
func TestGuideExamples(t *testing.T) {
	content := filepath.Join("..", "..", "content")
	guide := filepath.Join(content, "guide", "importing.md")
	page, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	people, err := os.ReadFile(filepath.Join(content, "people.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	formats := []string{"mail", "meetbot", "irc"}
	n := 0
	mended := example.ReplaceAllStringFunc(string(page), func(m string) string {
		part := example.FindStringSubmatch(m)
		o := settings(t, source.NewTree(source.NewFile("people.yaml", people)))
		if _, day, ok := strings.Cut(part[2], "--date "); ok {
			o.Day, _ = date.Parse(day[:len("2018-03-26")])
		}
		drafts, remarks := readers[formats[n]]([]intake.Input{{Name: "example", Data: []byte(part[1])}}, o)
		if len(drafts) != 1 || len(remarks) > 0 || drafts[0].Path != part[3] {
			t.Fatalf("%s: %d documents, %v", formats[n], len(drafts), remarks)
		}
		checkDraft(t, o, drafts[0])
		n++
		return strings.Replace(m, "```markdown\n"+part[4]+"```", "```markdown\n"+string(drafts[0].Text)+"```", 1)
	})
	if n != len(formats) {
		t.Fatalf("the guide has %d examples, want %d", n, len(formats))
	}
	golden.File(t, guide, []byte(mended))
}
