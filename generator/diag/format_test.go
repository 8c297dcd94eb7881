package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/golden"
	"minutebook/generator/source"
)

func TestFormats(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		l := readProblems(t, c.Inputs()[0].Data)
		for _, name := range slices.Sorted(maps.Keys(Formats)) {
			if name != "json" { // the input
				c.Want(name, written(t, Formats[name], l))
			}
		}
		c.Want("baseline", baselineText(t, l))
	})
}

// readProblems reads problems as the json format writes them.
func readProblems(t *testing.T, data []byte) (l List) {
	t.Helper()
	var all []struct {
		Diagnostic
		Severity string `json:"severity"`
	}
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		var ok bool
		if p.Diagnostic.Severity, ok = ParseSeverity(p.Severity); !ok {
			t.Fatalf("%q is no severity", p.Severity)
		}
		l.Add(p.Diagnostic)
	}
	return l
}

func written(t testing.TB, format Format, l List) string {
	t.Helper()
	var out bytes.Buffer
	if err := format(&out, Report{Problems: l}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func baselineText(t testing.TB, l List) string {
	t.Helper()
	return written(t, func(w io.Writer, r Report) error { return WriteBaseline(w, r.Problems) }, l)
}

// hostile are texts of documents that want to be more than text.
var hostile = []string{
	"::set-output name=x::y", "  ::error::x", "\u00a0::stop-commands::x", "\u034f:\u034f:add-mask::x",
	"##[error]x", "a ##[add-mask]b", "#\u034f#\u200b[group]x", "###[[[", "%0A::error::x", "%250A", "%", "a\n::error::b\r\n::debug::c",
	"\x1b[2J\x1b]0;owned\a", "\u009b31m", "\x9b31m", "\u202egnp.exe", "\u2028::error::x", "\xff\xfe",
	"a|b", `a\|b`, `\`, "`", "``` `` `", "`|`|", " | ", "<script>alert(1)</script>", "&lt;&amp;&#64;anna", "@all @anna",
	"https://example.org www.example.org a@example.org", "[a](https://example.org)", "![a](b.png)", "#12 GH-1 owner/repo#3", "| --- |",
	"a,b=c:d", "=x", "{0}{{1}}", "", " ", "\t", "*a* _b_ ~~c~~ :tada:", "\U000e0041\U0001f469\u200d\U0001f4bb",
}

// hostileList has every hostile text in every field that comes from documents.
func hostileList() (l List) {
	for i, text := range hostile {
		l.Add(Diagnostic{
			Code: "bad-value", Severity: Severity(i % 3), Path: "content/" + text, Item: text, Message: text, Hint: text,
			Start: source.Position{Line: 1, Column: 1}, End: source.Position{Line: 1, Column: 2},
			Other: &Place{Path: text, Start: source.Position{Line: 2, Column: 1}},
		})
		l.Add(Diagnostic{Code: "unknown-key", Severity: Severity(i % 3), Path: text, Message: "x" + text})
	}
	return l
}

// No format prints what a terminal or the runner would obey, whatever documents
// say and however they are called.
func TestNothingIsObeyed(t *testing.T) {
	for name, format := range Formats {
		for _, d := range hostileList() {
			for line := range strings.Lines(written(t, format, List{d})) {
				line = strings.TrimSuffix(line, "\n")
				if i := strings.IndexFunc(line, unsafeToPrint); i >= 0 {
					t.Errorf("%s prints %q at %d of %q", name, line[i], i, line)
				}
				command, ok := parseCommand(line)
				if meant := name == "github"; ok != meant || ok && command.name != annotationNames[d.Severity] || hasBracketCommand(line) {
					t.Errorf("%s: the runner obeys %q", name, line)
				}
			}
		}
	}
}

// A format writes what it is given and nothing when it is given nothing.
func TestEmptyList(t *testing.T) {
	for name, want := range map[string]string{
		"text": "", "github": "", "summary": "## Minutebook: no problems\n", "json": "{\"problems\":[\n]}\n",
	} {
		if got := written(t, Formats[name], nil); got != want {
			t.Errorf("%s writes %q, want %q", name, got, want)
		}
	}
	if log := readSARIF(t, written(t, SARIF, nil)); len(log.Runs) != 1 || log.Runs[0].Results == nil || len(log.Runs[0].Results) != 0 {
		t.Errorf("read back %+v", log)
	}
}

// What the problems do not tell is told in every format that is read without the
// terminal, and is not obeyed either.
func TestRemarks(t *testing.T) {
	for _, why := range append([]string{"the clone is shallow"}, hostile...) {
		for name, format := range Formats {
			var out bytes.Buffer
			if err := format(&out, Report{Before: 2, Unknown: why}); err != nil {
				t.Fatal(err)
			}
			if name != "text" && (!strings.Contains(out.String(), "2") || why == hostile[0] && !strings.Contains(out.String(), "set-output name")) {
				t.Errorf("%s does not tell all: %s", name, out.String())
			}
			for line := range strings.Lines(out.String()) {
				line = strings.TrimSuffix(line, "\n")
				if _, ok := parseCommand(line); ok || hasBracketCommand(line) || strings.ContainsFunc(line, unsafeToPrint) {
					t.Errorf("%s: the runner obeys %q", name, line)
				}
			}
		}
	}
	told := func(format Format, before int) string {
		var out bytes.Buffer
		if err := format(&out, Report{Before: before, Unknown: "the clone is shallow"}); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	for _, test := range []struct{ got, want string }{
		{told(JSON, 2), "{\"problems\":[\n],\"before\":2,\"unknown\":\"the clone is shallow\"}\n"},
		{told(GitHub, 1), "1 more problem was there before\nnothing is known of the past: the clone is shallow\n"},
		{told(Summary, 2), "## Minutebook: no problems\n\n2 more problems were there before\n\nnothing is known of the past: `the clone is shallow`\n"},
	} {
		if test.got != test.want {
			t.Errorf("got\n%swant\n%s", test.got, test.want)
		}
	}
	runs := readSARIF(t, told(SARIF, 2)).Runs[0].Invocations
	if len(runs) != 1 || !runs[0].ExecutionSuccessful || len(runs[0].ToolExecutionNotifications) != 2 || runs[0].ToolExecutionNotifications[0].Message.Text != "2 more problems were there before" {
		t.Errorf("sarif tells %+v", runs)
	}
}

// manyProblems has n problems of each severity.
func manyProblems(n int, message, hint string) (l List) {
	for i := range n {
		for s := range Severity(3) {
			l.Add(Diagnostic{
				Code: "bad-value", Severity: s, Path: fmt.Sprintf("content/%d.md", i), Item: "x",
				Start: source.Position{Line: i + 1, Column: 1}, Message: message, Hint: hint,
			})
		}
	}
	return l
}

// What GitHub limits stays within its limits; what has none is complete.
func TestManyProblems(t *testing.T) {
	l := manyProblems(33_334, "x ##[`|]", "y")
	long := manyProblems(100, strings.Repeat("@`|\x1b", 3000), strings.Repeat("\U000e0041%", 6000))
	for name, most := range map[string]int{"github": 31 * 20_000, "summary": 1 << 20} {
		if out := written(t, Formats[name], long); len(out) > most {
			t.Errorf("%s writes %d bytes", name, len(out))
		}
	}
	out := written(t, GitHub, l)
	if want := "not shown as annotations: 33324 errors, 33324 warnings, 33324 notes more\n"; !strings.HasSuffix(out, want) || strings.Count(out, "\n") != 31 {
		t.Errorf("%d lines that end with %q", strings.Count(out, "\n"), out[max(0, len(out)-100):])
	}
	l = l[:10_000] // what has no limit takes its time
	if log := readSARIF(t, written(t, SARIF, l)); len(log.Runs[0].Results) != len(l) {
		t.Errorf("%d results", len(log.Runs[0].Results))
	}
}

func BenchmarkFormats(b *testing.B) {
	l := manyProblems(1000, "the document that this names is not there", "write ../proposals/x.md")
	for name, format := range Formats {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := format(io.Discard, Report{Problems: l}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Printable text reads as it was where nothing had to be changed.
func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"plain":      "plain",
		"a::b #[c]":  "a::b #[c]",
		"::a::b":     ": :a::b",
		"  ::a":      "  : :a",
		"x ##[a]":    "x ## [a]",
		"##[##[":     "## [## [",
		"a\xffb":     "a\uFFFDb",
		"zwölf\tUhr": "zwölf Uhr",
	} {
		if got := Printable(text); got != want {
			t.Errorf("Printable(%q) is %q, want %q", text, got, want)
		}
	}
}
