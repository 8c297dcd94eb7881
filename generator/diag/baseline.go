package diag

import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// baselineHeader is the first line of a baseline: its format and version.
const baselineHeader = "minutebook-baseline 1"

// A Baseline is the list of the problems that a repository already has, so that
// a check fails for new ones only. Its file is text:
//
//	minutebook-baseline 1
//	broken-link	proposals/a.md	../gone.md
//	unknown-key	meetings/b.md	decide_by
//
// A line is a problem: code, path and, where there is one, field or item,
// divided by tabs, sorted; a second problem of the same kind is a second line.
// Line numbers and messages are not in it, so it changes only when problems
// come or go, and two branches that each remove lines merge. Empty lines and
// lines that begin with "#" mean nothing. The zero Baseline lists no problem.
type Baseline struct{ count map[string]int } // by Diagnostic.Key

// ReadBaseline reads the file of a baseline. An error names the line that is
// not as it must be.
func ReadBaseline(data []byte) (*Baseline, error) {
	text := strings.TrimPrefix(string(data), "\uFEFF")
	b := &Baseline{count: map[string]int{}}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if n == 1 {
			if err := checkHeader(line); err != nil {
				return nil, err
			}
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, err := baselineKey(line)
		if err != nil {
			return nil, fmt.Errorf("line %d of the baseline: %w", n, err)
		}
		b.count[key]++
	}
	if n == 0 {
		return nil, checkHeader("")
	}
	return b, nil
}

func checkHeader(line string) error {
	format, _, _ := strings.Cut(baselineHeader, " ")
	switch {
	case line == baselineHeader:
		return nil
	case strings.HasPrefix(line, format+" "):
		return fmt.Errorf("the baseline has a format that is not known: %q instead of %q", clip(line, 60), baselineHeader)
	}
	return fmt.Errorf("not a baseline: its first line must be %q", baselineHeader)
}

func baselineKey(line string) (string, error) {
	for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, mark) {
			return "", errors.New("a merge conflict that is not resolved")
		}
	}
	fields := strings.Split(line, "\t")
	if len(fields) == 2 {
		fields = append(fields, "")
	}
	if len(fields) != 3 || fields[0] == "" {
		return "", fmt.Errorf("%q is not a code, a path and an item, divided by tabs", clip(line, 60))
	}
	for i, f := range fields {
		var ok bool
		if fields[i], ok = readField(f); !ok {
			return "", fmt.Errorf("%q has a backslash that means nothing", clip(f, 60))
		}
	}
	return Diagnostic{Code: fields[0], Path: fields[1], Item: fields[2]}.Key(), nil
}

// WriteBaseline writes the baseline that lists the problems of l. Their paths
// stand in it as they are; whoever reads it again names files in the same way.
func WriteBaseline(w io.Writer, l List) error {
	lines := make([]string, len(l))
	for i, d := range l {
		lines[i] = baselineLine(d.Key())
	}
	slices.Sort(lines)
	out := bufio.NewWriter(w)
	out.WriteString(baselineHeader + "\n")
	for _, line := range lines {
		out.WriteString(line + "\n")
	}
	return out.Flush()
}

// New are the problems that the baseline does not list, in their order. Of
// three problems with one key of which it lists two, the last is new.
func (b *Baseline) New(l List) List { return l.beyond(b.count) }

// Below is the baseline without the problems of paths that are not wanted.
func (b *Baseline) Below(wanted func(path string) bool) *Baseline {
	some := &Baseline{count: map[string]int{}}
	for key, n := range b.count {
		if fields := strings.SplitN(key, "\x00", 3); wanted(fields[1]) {
			some.count[key] = n
		}
	}
	return some
}

// Gone are the lines of the baseline that list problems which l no longer has,
// sorted. They can be removed.
func (b *Baseline) Gone(l List) []string {
	has := l.keys()
	var gone []string
	for key, n := range b.count {
		for range n - has[key] {
			gone = append(gone, baselineLine(key))
		}
	}
	slices.Sort(gone)
	return gone
}

// Since are the problems that l has and old has not, in their order: what a
// change adds. Problems are compared by key and by how many there are of each,
// so that lines may move and messages be put in other words.
func (l List) Since(old List) List { return l.beyond(old.keys()) }

// beyond are the problems that come after the first known[key] of each key.
func (l List) beyond(known map[string]int) List {
	var more List
	seen := map[string]int{}
	for _, d := range l {
		key := d.Key()
		if seen[key]++; seen[key] > known[key] {
			more = append(more, d)
		}
	}
	return more
}

// keys counts the problems of each key.
func (l List) keys() map[string]int {
	n := make(map[string]int, len(l))
	for _, d := range l {
		n[d.Key()]++
	}
	return n
}

func baselineLine(key string) string {
	fields := strings.SplitN(key, "\x00", 3)
	for i, f := range fields {
		fields[i] = writeField(f)
	}
	if fields[2] == "" {
		fields = fields[:2] // editors remove a tab at the end of a line
	}
	return strings.Join(fields, "\t")
}

// writeField writes a field so that it stays one field on one line: a
// backslash is doubled, and bytes that cannot be seen or that are not UTF-8
// become \x and two hexadecimal digits.
func writeField(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\\':
			b.WriteString(`\\`)
		case r == utf8.RuneError && n == 1, unsafeToPrint(r):
			for _, c := range []byte(s[i : i+n]) {
				fmt.Fprintf(&b, `\x%02x`, c)
			}
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

func readField(s string) (string, bool) {
	var b strings.Builder
	for {
		text, rest, found := strings.Cut(s, `\`)
		b.WriteString(text)
		if !found {
			return b.String(), true
		}
		var c byte
		switch {
		case strings.HasPrefix(rest, `\`):
			c, s = '\\', rest[1:]
		case len(rest) >= 3 && rest[0] == 'x':
			code, err := hex.DecodeString(rest[1:3])
			if err != nil {
				return "", false
			}
			c, s = code[0], rest[3:]
		default:
			return "", false
		}
		b.WriteByte(c)
	}
}
