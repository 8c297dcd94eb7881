package emit

import (
	"fmt"
	"strings"
	"testing"

	"minutebook/generator/layout"
)

// decided is a folder of decisions, each of which replaces those that it is given.
func decided(replaces map[string][]string) map[string]string {
	files := map[string]string{}
	for name, old := range replaces {
		files["decisions/"+name+".md"] = fmt.Sprintf("---\ntitle: The title of %s, which is rather a long one for a box\nstatus: accepted\ndate: 2018-01-01\nsupersedes: [%s]\n---\n", name, strings.Join(old, ", "))
	}
	return files
}

// Boxes of the drawing do not overlap, nothing is outside of it, and each arrow
// begins and ends at a box, also where documents replace each other in a circle.
func TestDrawing(t *testing.T) {
	b := link(t, decided(map[string][]string{
		"a": nil, "b": nil, "c": {"a", "b"}, "d": {"c"}, "e": {"c"}, "f": {"a", "d"},
		"x": {"y"}, "y": {"z"}, "z": {"x"}, "alone": nil,
	}))
	p := b.replaced("decisions/index.html", b.Site.Config.Kind("decision"))
	if len(p.Boxes) != 9 || len(p.Arrows) != 9 || len(p.Chains) != 2 {
		t.Fatalf("%d boxes, %d arrows, %d chains", len(p.Boxes), len(p.Arrows), len(p.Chains))
	}
	for i, x := range p.Boxes {
		if x.X < 0 || x.Y < 0 || x.X+x.Width > p.Width || x.Y+x.Height > p.Height || len(x.Lines) > 3 {
			t.Errorf("%v is outside of %d × %d, or has too many lines", x, p.Width, p.Height)
		}
		for _, y := range p.Boxes[:i] {
			if x.X < y.X+y.Width && y.X < x.X+x.Width && x.Y < y.Y+y.Height && y.Y < x.Y+x.Height {
				t.Errorf("%v and %v overlap", x, y)
			}
		}
	}
	for _, a := range p.Arrows {
		var x1, y1, x2, y2, c int
		if n, _ := fmt.Sscanf(a.Path, "M%d %dC%d %d %d %d %d %d", &x1, &y1, &c, &c, &c, &c, &x2, &y2); n != 8 || !touches(p.Boxes, x1, y1) || !touches(p.Boxes, x2, y2) {
			t.Errorf("the arrow %s joins no boxes", a.Path)
		}
	}
}

func touches(boxes []layout.Box, x, y int) bool {
	for _, b := range boxes {
		if x >= b.X && x <= b.X+b.Width && y >= b.Y && y <= b.Y+b.Height {
			return true
		}
	}
	return false
}

// Of hundreds of replacements the latest are drawn, and a bounded number is told.
func TestDrawingIsBounded(t *testing.T) {
	long, many := map[string][]string{"n0": nil}, map[string][]string{}
	for i := 1; i < 300; i++ {
		long[fmt.Sprintf("n%d", i)] = []string{fmt.Sprintf("n%d", i-1)}
		many[fmt.Sprintf("old%d", i)] = nil
		many[fmt.Sprintf("new%d", i)] = []string{fmt.Sprintf("old%d", i)}
	}
	for _, test := range []struct {
		replaces     map[string][]string
		chains, more int
	}{{long, 1, 0}, {many, mostChains, 299 - mostChains}} {
		b := link(t, decided(test.replaces))
		p := b.replaced("decisions/index.html", b.Site.Config.Kind("decision"))
		if len(p.Boxes) != mostBoxes || len(p.Chains) != test.chains || p.More != test.more {
			t.Errorf("%d boxes, %d chains, %d more", len(p.Boxes), len(p.Chains), p.More)
		}
		if p.Boxes[0].X > boxWidth || len(p.Arrows) > mostBoxes {
			t.Errorf("it begins at %d and has %d arrows", p.Boxes[0].X, len(p.Arrows))
		}
	}
}

// A name is cut at words where it can be, and where it cannot it is cut all the
// same.
func TestFitted(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "short": "short", "two words here": "two words|here", "three words of more": "three|words of…",
		"Unteilbarlangeswort": "Unteilbarl|angeswort", "会議の議事録を公開する": "会議の議事|録を公開す…", "ab  cd": "ab  cd",
	} {
		if got := strings.Join(fitted(text, 10, 2), "|"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// The id and the day of a document stand on one line of its box, or on two where
// they are longer than that; nothing is wider than the box.
func TestBoxLines(t *testing.T) {
	for id, want := range map[string]string{
		"":                                     "A title that is longer|than one line|28 Jun 2016",
		"ADR-0004":                             "A title that is longer|than one line|ADR-0004 · 28 Jun 2016",
		"A-LONG-PREFIX-0004":                   "A title that is longer…|A-LONG-PREFIX-0004|28 Jun 2016",
		"AN-UNREASONABLY-LONG-PREFIX-00000004": "A title that is longer…|AN-UNREASONABLY-LONG-P…|28 Jun 2016",
	} {
		b := link(t, map[string]string{"decisions/a.md": "---\ntitle: A title that is longer than one line\nid: \"" + id + "\"\nstatus: accepted\ndate: 2016-06-28\n---\n"})
		var lines []string
		for _, l := range b.box(b.Site.Records[0], place{}).Lines {
			lines = append(lines, l.Text)
		}
		if got := strings.Join(lines, "|"); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}
