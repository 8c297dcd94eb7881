package edit_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"minutebook/generator/document"
	"minutebook/generator/edit"
	"minutebook/generator/source"
)

// notes are lines that random notes are made of.
var notes = []string{
	"## Actions", "- book a room (@anna)", "- [x] ~~write (@bo)~~ dropped: no", "## Decisions", "- We agree", "Decision: yes, we do", "**Decision** to wait", "- **Decision:** go",
	"- **Action** (@anna, due 2018-04-09): send", "* Action: bold *words*", "1. **Question:** what? (asked by @bo)", "  - Answer: that", "- **Action A7** (@bo): old", "Feedback: slow (topic: speed)",
	"> **Action:** quoted", "- Topic: heard (from: [x](x.md#mb-action-1))", "Text.", "AI to Bo - phone them", "- [ ] [link](x.md#mb-action-1) still open", "### A8", "- Help wanted: hands", "AI: later\nDecision: same paragraph",
	"## Text", "- Action item: two words", "- **Agreed:** to disagree", "```\n- **Action:** code\n```", "<b>Action:</b> tag",
}

// TestIDsAreOnlyAdded gives ids to random notes: each item is what it was but for
// its id, links lead to the items that they led to, and a second time changes
// nothing.
func TestIDsAreOnlyAdded(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	given := 0
	for n := range 700 {
		var lines []string
		for range 1 + r.IntN(8) {
			lines = append(lines, notes[r.IntN(len(notes))])
		}
		files := map[string]string{"meetings/x.md": strings.Join(lines, "\n\n") + "\n", "y.md": "[first](meetings/x.md#mb-action-1)\n"}
		e := editor(t, files)
		if _, err := e.AssignIDs("meetings/x.md"); err != nil {
			t.Fatal(err)
		}
		after := text(e, "meetings/x.md", files["meetings/x.md"])
		given += compareNotes(t, fmt.Sprintf("case %d", n), e, files["meetings/x.md"], after)
		second := map[string]string{"meetings/x.md": after, "y.md": text(e, "y.md", files["y.md"])}
		again := editor(t, second)
		if _, err := again.AssignIDs("meetings/x.md"); err != nil || len(again.Changes()) > 0 {
			t.Fatalf("case %d: a second time changes more (%v)\n%s\n%s", n, err, after, text(again, "meetings/x.md", ""))
		}
		linksStay(t, fmt.Sprintf("case %d", n), files, second)
	}
	if given < 500 {
		t.Errorf("only %d ids were given", given)
	}
}

// compareNotes compares notes before and after ids were given, and counts those.
func compareNotes(t *testing.T, name string, e *edit.Editor, before, after string) (given int) {
	t.Helper()
	parser := document.NewParser(e.Site.Config, nil)
	was := parser.Parse(source.NewFile("meetings/x.md", []byte(before))).Body.Items
	is := parser.Parse(source.NewFile("meetings/x.md", []byte(after))).Body.Items
	if len(was) != len(is) {
		t.Fatalf("%s: %d items were %d\n%s\n%s", name, len(is), len(was), before, after)
	}
	ids := map[string]bool{}
	for i := range was {
		if was[i].ID == "" && is[i].ID != "" {
			given++
			if ids[is[i].ID] {
				t.Fatalf("%s: %s stands twice\n%s", name, is[i].ID, after)
			}
		} else if was[i].ID != is[i].ID {
			t.Fatalf("%s: %s became %s\n%s", name, was[i].ID, is[i].ID, after)
		}
		ids[is[i].ID] = true
		if was[i].Kind != is[i].Kind || was[i].Text != is[i].Text || fmt.Sprint(len(was[i].Owners)) != fmt.Sprint(len(is[i].Owners)) {
			t.Fatalf("%s: %s %q became %s %q\n%s\n%s", name, was[i].Kind, was[i].Text, is[i].Kind, is[i].Text, before, after)
		}
	}
	return given
}

// linksStay compares where links lead, by the text of the items.
func linksStay(t *testing.T, name string, before, after map[string]string) {
	t.Helper()
	target := func(files map[string]string) string {
		s := link(t, treeOf(files))
		r := s.Record("y.md")
		for _, n := range s.Record("meetings/x.md").Notes {
			if r.Targets[0].Fragment == n.Anchor {
				return n.Text
			}
		}
		return ""
	}
	if was, is := target(before), target(after); was != is {
		t.Fatalf("%s: a link led to %q and leads to %q\n%s", name, was, is, after["y.md"])
	}
}
