package document

import (
	"strings"
	"testing"
)

// A text runs as almost all of its letters do; what is mixed, or has no letters,
// tells nothing.
func TestDirection(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"- 12 [ ] …":            "",
		"The PTG, *now*":        "ltr",
		"Die Prüfung der Größe": "ltr",
		"これは提案です":               "ltr",
		"هذا مقترح":             "rtl",
		"זוהי הצעה":             "rtl",
		"OpenStack هو مشروع مفتوح المصدر": "rtl",
		"The word for a proposal, مقترح, stands here once, in a text that is otherwise English; one word more does not turn it around, whatever it says and however long it is itself": "ltr",
		"Half of مقترح is half of it":                                               "",
		strings.Repeat("a", directionSample) + strings.Repeat("ב", directionSample): "ltr",
		strings.Repeat("ب", directionSample/2) + "\xd8":                             "rtl",
		"\xff\xfe\xd8": "",
	} {
		if got := direction([]byte(text)); got != want {
			t.Errorf("%.40q runs %q, want %q", text, got, want)
		}
	}
}
