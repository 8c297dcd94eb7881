package diag

import (
	"slices"
	"strings"
	"testing"

	"minutebook/generator/source"
)

func problem(code, path, item string, line int) Diagnostic {
	return Diagnostic{Code: code, Path: path, Item: item, Message: "m", Start: source.Position{Line: line, Column: 1}}
}

func TestBaseline(t *testing.T) {
	old := List{
		problem("unknown-key", "b.md", "x", 3), problem("broken-link", "a b.md", "../c.md", 9),
		problem("unknown-key", "b.md", "x", 5), problem("not-text", "c.md", "", 0),
	}
	text := baselineText(t, old)
	want := "minutebook-baseline 1\nbroken-link\ta b.md\t../c.md\nnot-text\tc.md\nunknown-key\tb.md\tx\nunknown-key\tb.md\tx\n"
	if text != want {
		t.Fatalf("got\n%s\nwant\n%s", text, want)
	}
	for _, variant := range []string{text, strings.ReplaceAll(text, "\n", "\r\n"), "\uFEFF" + text + "\n# why\n", strings.TrimSuffix(text, "\n")} {
		b, err := ReadBaseline([]byte(variant))
		if err != nil {
			t.Fatalf("%q: %v", variant, err)
		}
		if left, gone := b.New(old), b.Gone(old); len(left) != 0 || len(gone) != 0 {
			t.Errorf("new %v, gone %q", left, gone)
		}
		moved := problem("unknown-key", "b.md", "x", 70)
		now := List{moved, moved, moved, problem("unknown-key", "b.md", "y", 1)}
		if left := b.New(now); len(left) != 2 || left[0] != now[2] || left[1] != now[3] {
			t.Errorf("new are %v", left)
		}
		if gone := b.Gone(now[:1]); !slices.Equal(gone, []string{"broken-link\ta b.md\t../c.md", "not-text\tc.md", "unknown-key\tb.md\tx"}) {
			t.Errorf("gone are %q", gone)
		}
	}
}

// A part of a baseline is what it lists of some paths.
func TestBaselineBelow(t *testing.T) {
	l := List{problem("layout", "a/x.md", "", 1), problem("layout", "a/x.md", "", 2), problem("layout", "b/x.md", "a/", 1)}
	b, err := ReadBaseline([]byte(baselineText(t, l)))
	if err != nil {
		t.Fatal(err)
	}
	part := b.Below(func(path string) bool { return strings.HasPrefix(path, "a/") })
	if gone := part.Gone(nil); !slices.Equal(gone, []string{"layout\ta/x.md", "layout\ta/x.md"}) {
		t.Errorf("below a are %q", gone)
	}
	if left := part.New(l); len(left) != 1 || left[0] != l[2] {
		t.Errorf("new are %v", left)
	}
}

func TestZeroBaseline(t *testing.T) {
	var b Baseline
	l := List{problem("layout", "a", "", 1)}
	if left := b.New(l); len(left) != 1 || len(b.Gone(l)) != 0 {
		t.Errorf("new are %v", left)
	}
}

func TestBaselineErrors(t *testing.T) {
	for data, want := range map[string]string{
		"":                                    "first line",
		"{}":                                  "first line",
		"minutebook-baseline 2\n":             "format that is not known",
		"minutebook-baseline 1\nx\n":          "line 2",
		"minutebook-baseline 1\na\tb\tc\td\n": "line 2",
		"minutebook-baseline 1\n\n<<<<<<< HEAD\n":    "line 3 of the baseline: a merge conflict",
		"minutebook-baseline 1\na\tb\\q\tc\n":        "backslash",
		"minutebook-baseline 1\na\tb\\xg0\tc\n":      "backslash",
		"minutebook-baseline 1\na\tb\tc\\\n":         "backslash",
		"minutebook-baseline 1\n\tno code\tanyway\n": "line 2",
	} {
		if _, err := ReadBaseline([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", data, err, want)
		}
	}
}

func TestSince(t *testing.T) {
	old := List{problem("layout", "a", "x", 1), problem("layout", "a", "y", 2)}
	now := List{problem("layout", "a", "x", 8), problem("layout", "a", "x", 9), problem("layout", "b", "y", 2)}
	if got := now.Since(old); len(got) != 2 || got[0] != now[1] || got[1] != now[2] {
		t.Errorf("the change adds %v", got)
	}
	if got := now.Since(now); len(got) != 0 {
		t.Errorf("no change adds %v", got)
	}
	if got := now.Since(nil); len(got) != 3 {
		t.Errorf("against nothing it adds %v", got)
	}
}

// Whatever paths and items are called, a baseline reads back as it was written.
func FuzzBaseline(f *testing.F) {
	for _, text := range hostile {
		f.Add("a/"+text, text)
	}
	f.Fuzz(func(t *testing.T, path, item string) {
		if strings.Contains(path, "\x00") {
			t.Skip("no file name has a NUL byte")
		}
		l := List{problem("layout", path, item, 1), problem("layout", path, "", 1), problem("layout", "other", item, 1)}
		text := baselineText(t, l)
		if n := strings.Count(text, "\n"); n != 4 || strings.ContainsFunc(strings.NewReplacer("\n", "", "\t", "").Replace(text), unsafeToPrint) {
			t.Fatalf("written as %q", text)
		}
		b, err := ReadBaseline([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if left, gone := b.New(l), b.Gone(l); len(left)+len(gone) != 0 {
			t.Fatalf("new %v, gone %q", left, gone)
		}
	})
}
