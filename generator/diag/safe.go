package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"

	"minutebook/generator/source"
)

// Problems quote documents, and documents are written by strangers. What stands
// in this file keeps a quotation from being obeyed by whatever shows it: a
// terminal, or the runner of GitHub Actions, which reads every line that a step
// prints. By its source (src/Runner.Common/ActionCommand.cs) the runner obeys
// ::name:: at the start of a line, white space before it or not, and ##[name]
// anywhere in a line. It finds both by the rules of a language, for which some
// characters do not exist; so characters outside of ASCII count as absent here.
var (
	lineCommand    = regexp.MustCompile(`^([^!-~]*:)([^ -~]*:)`)
	bracketCommand = regexp.MustCompile(`(#[^ -~]*#[^ -~]*)\[`)
)

// Printable is s on one line without anything that a terminal, a log or a
// runner would obey: control characters and directional overrides become their
// Unicode escapes, bytes that are not UTF-8 the replacement character, and a
// blank divides what would be a command.
func Printable(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsFunc(s, unsafeToPrint) {
		s = escaped(s)
	}
	if strings.Contains(s, "::") || strings.ContainsRune(s, '#') || !isASCII(s) {
		s = lineCommand.ReplaceAllString(s, "$1 $2")
		s = bracketCommand.ReplaceAllString(s, "$1 [")
	}
	return s
}

func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		case unsafeToPrint(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unsafeToPrint(r rune) bool {
	if r <= unicode.MaxASCII {
		return r < ' ' || r == '\x7f'
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// PrintableJSON is a value as JSON on one line that means what [json.Marshal]
// says and can be printed in a terminal and in a step of GitHub Actions.
func PrintableJSON(v any) ([]byte, error) {
	line, err := json.Marshal(v)
	return printableJSON(line), err
}

// WriteJSON writes a value as JSON that is indented for people, ends with a line
// feed and can be printed like that of [PrintableJSON]. As it goes into no page,
// the signs of HTML stay.
func WriteJSON(w io.Writer, v any) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(printableJSON(text.Bytes()))
	return err
}

// printableJSON escapes in a text of JSON what would be obeyed. The number sign
// is no part of JSON's own syntax, so a bracket behind two of them stands in a
// string, where it may be escaped, and so does all that cannot be printed but the
// ends of lines.
func printableJSON(text []byte) []byte {
	if bytes.IndexByte(text, '#') >= 0 {
		text = bracketCommand.ReplaceAll(text, []byte(`$1\u005b`))
	}
	unsafe := func(r rune) bool { return unsafeToPrint(r) && r != '\n' }
	if !bytes.ContainsFunc(text, unsafe) {
		return text
	}
	var b bytes.Buffer
	for _, r := range string(text) {
		if !unsafe(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.Bytes()
}

// longest is how many characters of a message, a hint or a path the formats for
// GitHub show. The runner cuts an annotation after 4,096, hint and all.
const longest = 1000

// clip is s with at most n characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n--; n < 0 {
			return s[:i] + "…"
		}
	}
	return s
}

// sentence is what is wrong, the way out and the other place in one line, for
// formats that have one field for them. A file that has no address in the
// repository is named in it.
func sentence(d Diagnostic) string {
	s := clip(d.Message, longest)
	if _, ok := repositoryPath(d.Path); !ok && d.Path != "" {
		s = shown(Place{d.Path, d.Start}) + ": " + s
	}
	if d.Hint != "" {
		s += "; " + clip(d.Hint, longest)
	}
	if d.Other != nil {
		s += " (see " + shown(*d.Other) + ")"
	}
	return Printable(s)
}

// shown is a place for people. Of a path that leaves the repository only the
// last element is said: the rest tells about the machine.
func shown(p Place) string {
	if rel, ok := repositoryPath(p.Path); ok {
		p.Path = rel
	} else if p.Path != "" {
		p.Path = path.Base(strings.ReplaceAll(p.Path, `\`, "/"))
	}
	p.Path = clip(p.Path, longest)
	return p.String()
}

var windowsRoot = regexp.MustCompile(`^([A-Za-z]:[\\/]|\\\\)`)

// repositoryPath is a path as GitHub wants it, relative to the top of the
// repository, and whether it can be one: an absolute path and one that leaves
// the folder cannot.
func repositoryPath(p string) (string, bool) {
	if p == "" || path.IsAbs(p) || windowsRoot.MatchString(p) {
		return "", false
	}
	p = path.Clean(p)
	return p, p != "." && p != ".." && !strings.HasPrefix(p, "../")
}

// region is where a problem stands. It ends where it starts when it has no end.
func (d Diagnostic) region() (start, end source.Position) {
	start, end = d.Start, d.End
	if end.Line < start.Line || end.Line == start.Line && end.Column < start.Column {
		end = start
	}
	return start, end
}
