package markdown

import (
	"strings"
	"testing"
	"time"

	"minutebook/generator/source"
)

// TestHostileNotes converts notes that begin very much and end nothing: reading
// them takes a time that grows with their length only.
func TestHostileNotes(t *testing.T) {
	for name, body := range map[string]string{
		"open":      strings.Repeat("Action (\n", 25_000),
		"opening":   strings.Repeat("Action: "+strings.Repeat("(", 40)+"\n", 5_000),
		"closing":   strings.Repeat("Action: x"+strings.Repeat(")", 40)+"\n", 5_000),
		"links":     strings.Repeat("[a](x#a1),\n", 6_000),
		"lines":     strings.Repeat("Action: a\n", 25_000),
		"items":     strings.Repeat("- Action A1: a (@a and @b)\n", 9_000),
		"names":     "## Actions\n\n" + strings.Repeat("- A,B,C,D,E,F: x\n", 12_000),
		"dropped":   "Action: " + strings.Repeat(" dropped: ", 22_000),
		"deferred":  "Question: " + strings.Repeat("deferred to ", 20_000),
		"fields":    "Action: x" + strings.Repeat(" (@a)", 50_000),
		"escapes":   "Present: " + strings.Repeat("@a&#64;\\!, ", 20_000),
		"attendees": "Present: " + strings.Repeat("@a, ", 60_000),
		"and":       "Present: " + strings.Repeat("Anna and ", 25_000),
		"nested":    "## Actions\n\n" + strings.Repeat("- a\n  - b (@c)\n    - Anna to x\n", 8_000),
		"reviews":   strings.Repeat("- [A1](x#a1) (@a, due 2018-03-20): done\n", 5_000),
		"labelled":  "## Present\n\n" + strings.Repeat("AI: Anna\nAI: x\n", 8_000),
		"list":      "## Present\n\n" + strings.Repeat("- A\n", 50_000),
	} {
		start := time.Now()
		doc := convert(New(Options{}), body)
		if spent := time.Since(start); spent > 10*time.Second {
			t.Errorf("%s: %v", name, spent)
		}
		if doc.Problems.Has("over-limit") {
			t.Errorf("%s is refused: %v", name, doc.Problems)
		}
		if len(doc.Items) < 1000 { // the oracle looks at each
			check(t, source.Span{End: len(body)}, doc)
		}
	}
}

// TestLostAnchor shows an item whose element is too deep in HTML to be kept: it
// is an item still, and nothing promises its anchor.
func TestLostAnchor(t *testing.T) {
	body := strings.Repeat("<div>", deepest) + "\n\n- Action A1: [x](y.md)\n"
	doc := convert(New(Options{}), body)
	check(t, source.Span{End: len(body)}, doc)
	if len(doc.Items) != 1 || doc.Items[0].Anchor != "" || len(doc.Anchors) > 0 || len(doc.Items[0].References) != 1 {
		t.Errorf("%+v, anchors %v", doc.Items, doc.Anchors)
	}
}

// TestPlainPages shows that a document without items has nothing of them.
func TestPlainPages(t *testing.T) {
	doc := convert(New(Options{}), "# Page\n\n- a list\n- of [links](x.md)\n\nProse, with *some* emphasis.\n")
	if doc.Items != nil || doc.Attendance != nil || doc.Sections != nil || doc.NoDecisions || strings.Contains(doc.Body.HTML, ownID) {
		t.Errorf("%+v", doc)
	}
}
