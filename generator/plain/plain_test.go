package plain

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		"as it is":                       "as it is",
		" a \t b\r\nc\u2028d\u0085e":     "a b c d e",
		"a\x00b\x1b[31m\x7f":             "ab[31m",
		"\u202eevil\u202c \u2066x\u2069": "evil x",
		"rtl \u200fmark":                 "rtl \u200fmark",
		"\xffa\uffff\ufeff":              "\uFFFDa",
		"日本 😀":                           "日本 😀",
	} {
		if got := Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"\n\na\r\nb\n\n\nc \n": "a\nb\n\nc",
		"a\u2028b":             "a\nb",
		"":                     "",
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestUnnotified(t *testing.T) {
	for in, want := range map[string]string{
		"@anna and (@bo), a@example.org @ 5, @@chen": "anna and (bo), a@example.org @ 5, @chen",
		"none": "none",
	} {
		if got := Unnotified(in); got != want {
			t.Errorf("Unnotified(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	got := Wrap("one two three four https://example.org/long/address five", 12, "- ", "  ")
	if want := "- one two\n  three four\n  https://example.org/long/address\n  five"; got != want {
		t.Errorf("%q", got)
	}
}

// FuzzLine: what comes out is one line, and comes out again as it is.
func FuzzLine(f *testing.F) {
	f.Add("a\r\nb\u202e\x00")
	f.Fuzz(func(t *testing.T, s string) {
		got := Line(s)
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\r\n\t\x00\u2028\u202e") || Line(got) != got {
			t.Errorf("%q became %q", s, got)
		}
		if text := Text(s); Text(text) != text {
			t.Errorf("%q became %q", s, text)
		}
	})
}
