package expression

import (
	"strings"
	"testing"
)

// An expression within bounds is compiled; of any other it is told why not.
func TestCompile(t *testing.T) {
	for text, want := range map[string]string{
		`^KEP-(\d+): `: "", `(?P<y>\d{4})`: "", "": "",
		"(":                       "missing closing )",
		`a{2000}`:                 "invalid repeat count",
		`\pL{900}\pL{900}`:        "it repeats too much",
		`(?:a\w\W\d){300}`:        "it repeats too much",
		strings.Repeat("a?", 300): "it is longer than 500 bytes",
	} {
		re, err := Compile(text)
		if want == "" {
			if err != nil || re.String() != text {
				t.Errorf("%q: %v", text, err)
			}
		} else if err == nil || err.Error() != want {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
}
