package diag

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// printed is what a Printer makes of a text that it is given in pieces.
func printed(t testing.TB, text string, size int) string {
	t.Helper()
	var out bytes.Buffer
	p := NewPrinter(&out)
	for text != "" {
		n := min(size, len(text))
		if written, err := p.Write([]byte(text[:n])); written != n || err != nil {
			t.Fatal(written, err)
		}
		text = text[n:]
	}
	if err := p.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Text is printed as it is, but for what would be obeyed.
func TestPrinter(t *testing.T) {
	for text, want := range map[string]string{
		"a\n\tb: c::d #[e] [f]\n\n":        "a\n\tb: c::d #[e] [f]\n\n",
		"::error::x\n  ::a::\n":            ": :error::x\n  : :a::\n",
		"a ##[error]b":                     "a ## [error]b",
		"###[[x] ##a[":                     "### [[x] ##a[",
		"#\n#[x] :\n:x":                    "#\n#[x] :\n:x",
		"a\x1b[31mb\rc\x7f":                `a\u001b[31mb\u000dc\u007f`,
		"\u009b31m\u202egpj\u2028::a":      `\u009b31m\u202egpj\u2028::a`,
		"\u034f:\u034f:x #\u200b#\u200b[x": "\u034f:\u034f :x #\u200b#\u200b [x",
		"\x9b31m zw\u00f6lf \U0001f469\u200d\U0001f4bb \u0645\u06cc\u200c\u062e": "\uFFFD31m zw\u00f6lf \U0001f469\u200d\U0001f4bb \u0645\u06cc\u200c\u062e",
		"cut \xf0\x9f": "cut \uFFFD\uFFFD",
	} {
		if got := printed(t, text, len(text)); got != want {
			t.Errorf("of %q got %q, want %q", text, got, want)
		}
	}
}

// Whatever is printed, in whatever pieces, nothing of it is obeyed; and what was
// printed is printed again as it is.
func FuzzPrinter(f *testing.F) {
	for i, text := range hostile {
		f.Add(text+"\n"+text, uint8(i))
	}
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		got := printed(t, text, int(size)%7+1)
		if whole := printed(t, text, max(1, len(text))); got != whole {
			t.Fatalf("in pieces %q, at once %q", got, whole)
		}
		if again := printed(t, got, max(1, len(got))); again != got {
			t.Fatalf("%q is printed as %q", got, again)
		}
		if !utf8.ValidString(got) || strings.ContainsFunc(got, obeyed) {
			t.Fatalf("printed %q", got)
		}
		for line := range strings.Lines(got) {
			if _, ok := parseCommand(strings.TrimSuffix(line, "\n")); ok || hasBracketCommand(line) {
				t.Fatalf("the runner obeys %q", line)
			}
		}
	})
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestPrinterTellsErrors(t *testing.T) {
	p := NewPrinter(brokenWriter{})
	if n, err := p.Write([]byte("a\xc3")); n != 0 || err == nil {
		t.Error(n, err)
	}
	if err := p.Flush(); err == nil {
		t.Error("what was held back is lost without a word")
	}
}

// JSON for people means what it meant, and a Printer has nothing to change in it.
func TestWriteJSON(t *testing.T) {
	var out bytes.Buffer
	if err := WriteJSON(&out, map[string][]string{"##[a]": hostile}); err != nil {
		t.Fatal(err)
	}
	var back map[string][]string
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	for i, text := range hostile {
		if want := strings.ToValidUTF8(text, "\uFFFD"); back["##[a]"][i] != want && text != "\xff\xfe" {
			t.Errorf("%q became %q", want, back["##[a]"][i])
		}
	}
	if got := printed(t, out.String(), 4096); got != out.String() || !strings.HasPrefix(got, "{\n  \"##\\u005ba]\": [\n") || !strings.Contains(got, "<script>") {
		t.Errorf("printed\n%s\nof\n%s", got, out.String())
	}
}
