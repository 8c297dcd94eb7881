package layout

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
)

// tokens are the colours of the style sheet: light, and dark where it differs.
func tokens(t *testing.T) map[string][2]string {
	t.Helper()
	css := string(embedded(t).File("css/01-tokens.css").Data)
	all := map[string][2]string{}
	for _, m := range regexp.MustCompile(`--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);`).FindAllStringSubmatch(css, -1) {
		all[m[1]] = [2]string{m[2], m[3]}
	}
	for _, m := range regexp.MustCompile(`--([\w-]+): (#\w{6});`).FindAllStringSubmatch(css, -1) {
		if all[m[1]][0] != m[2] {
			t.Errorf("--%s is %s for browsers without light-dark(), and %s for others", m[1], m[2], all[m[1]][0])
		}
	}
	if len(all) < 18 {
		t.Fatalf("%d tokens found", len(all))
	}
	return all
}

// luminance is the relative luminance of WCAG 2.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	var c [3]uint8
	if _, err := fmt.Sscanf(colour, "#%02x%02x%02x", &c[0], &c[1], &c[2]); err != nil {
		t.Fatal(colour, err)
	}
	var linear [3]float64
	for i, v := range c {
		s := float64(v) / 255
		if s <= 0.04045 {
			linear[i] = s / 12.92
		} else {
			linear[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*linear[0] + 0.7152*linear[1] + 0.0722*linear[2]
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Contrast of every pair that the style sheet sets, in both themes: text at
// least 7, soft text and statuses 6, controls 3, code 4.5.
func TestContrast(t *testing.T) {
	pairs := []struct {
		least        float64
		front, backs string
	}{
		{7, "text", "bg raise due-bg yes-bg no-bg old-bg"},
		{7, "link", "bg raise"},
		{7, "visited", "bg raise"},
		{6, "link", "due-bg no-bg old-bg yes-bg talk-bg"},
		{6, "soft", "bg raise"},
		{6, "due", "bg due-bg raise"},
		{6, "yes", "bg yes-bg raise"},
		{6, "no", "bg no-bg"},
		{6, "old", "bg raise"},
		{4.5, "no", "raise"},
		{3, "control", "bg raise"},
		{3, "rule", "bg"},
	}
	all := tokens(t)
	for theme, name := range []string{"light", "dark"} {
		for _, p := range pairs {
			for back := range strings.FieldsSeq(p.backs) {
				if c := contrast(t, all[p.front][theme], all[back][theme]); c < p.least {
					t.Errorf("%s: --%s on --%s is %.2f, want %.1f", name, p.front, back, c, p.least)
				}
			}
		}
	}
}

// The theme's colour in base.html is the background's.
func TestThemeColour(t *testing.T) {
	base := string(embedded(t).File("base.html").Data)
	for _, colour := range tokens(t)["bg"] {
		if !strings.Contains(base, `name="theme-color" content="`+colour+`"`) {
			t.Errorf("base.html does not have %s", colour)
		}
	}
}

// Left and right are a matter of the language.
func TestStyleIsLogical(t *testing.T) {
	physical := regexp.MustCompile(`(?:^|[\s;{])((?:margin|padding|border|inset)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|float)\s*:|text-align: (?:left|right)|data:|!important`)
	four := regexp.MustCompile(`(?:^|[\s;{])(?:padding|margin|inset): ([\w.-]+) ([\w.-]+) ([\w.-]+) ([\w.-]+)`)
	for _, f := range embedded(t).Files() {
		if !strings.HasPrefix(f.Path, "css/") {
			continue
		}
		for _, m := range four.FindAllStringSubmatch(string(f.Data), -1) {
			if m[2] != m[4] {
				t.Errorf("%s: %s has another left than right", f.Path, strings.TrimSpace(m[0]))
			}
		}
		for i := range strings.Count(string(f.Data), "\n") {
			line := f.Line(i + 1)
			if strings.Contains(line, "@media") {
				continue
			}
			if m := physical.FindString(line); m != "" && !strings.Contains(line, "float: inline-start") {
				t.Errorf("%s:%d: %s", f.Path, i+1, strings.TrimSpace(m))
			}
		}
	}
}
