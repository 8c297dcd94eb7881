package frontmatter

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"minutebook/generator/diag"
)

func (d *decoder) report(problem diag.Diagnostic) {
	if d.found++; d.found <= maxProblems {
		d.problems.Add(problem)
	}
}

// at is a problem of the value that is being read.
func (d *decoder) at(p part, code, format string, args ...any) diag.Diagnostic {
	return diag.At(d.file, d.span(p), code, format, args...).About(d.item(""))
}

// item names a key by the keys that lead to it; without a key, the value that is
// being read.
func (d *decoder) item(key string) string {
	if key == "" {
		return strings.Join(d.path, ".")
	}
	return strings.Join(append(d.path[:len(d.path):len(d.path)], key), ".")
}

// name is the last key, for messages.
func (d *decoder) name() string {
	if len(d.path) == 0 {
		return "a value"
	}
	return d.path[len(d.path)-1]
}

// writeAs is the hint to write the value that is being read so.
func (d *decoder) writeAs(value string) string {
	if d.listAt == len(d.path)+1 {
		return "write - " + value
	}
	if len(d.path) == 0 {
		return "write " + value
	}
	return "write " + d.name() + ": " + value
}

// quote is text as a quoted YAML scalar: in double quotes, or in single ones
// when it has what double quotes would change.
func quote(text string) string {
	if strings.ContainsAny(text, `"\`) {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return `"` + text + `"`
}

var quotedHandle = regexp.MustCompile(`"@([\w.-]+)"`)

// bareHandles is YAML with "@anna" written anna.
func bareHandles(written string) string { return quotedHandle.ReplaceAllString(written, "$1") }

// cutFirst is text behind its first character, and that character.
func cutFirst(text string) (rest, first string) {
	_, size := utf8.DecodeRuneInString(text)
	return text[size:], text[:size]
}

// firstWord is text up to its first blank.
func firstWord(text string) string {
	if i := strings.IndexAny(text, " \t\r\n"); i >= 0 {
		return text[:i]
	}
	return text
}

func isDepth(err error) bool {
	var load *yaml.LoadError
	return errors.As(err, &load) && strings.Contains(load.Message, "exceeded max depth")
}

func (d *decoder) reportDepth(p part) {
	d.report(d.at(part{p.start, min(p.start+1, p.end)}, "over-limit", "maps and lists nest deeper than %d levels; this value is left out", maxDepth).
		WithHint("write it flatter"))
}

// explanations are the library's messages in words for people. The first one
// that is part of the message counts.
var explanations = []struct{ library, message, hint string }{
	{"mapping values are not allowed", `a ":" stands where YAML allows none`, "put the value in quotes, or mend the indentation"},
	{"could not find expected ':'", "this line is neither a key nor the continuation of one", `write "key: value"`},
	{"found character that cannot start any token", "this character cannot start a plain value", "put the value in quotes"},
	{"unexpected end of stream", "a quote is never closed", "add the closing quote"},
	{"expected ',' or ']'", `a comma or the closing "]" is missing`, `close the list with "]"`},
	{"expected ',' or '}'", `a comma or the closing "}" is missing`, `close it with "}", or put the value in quotes`},
	{"did not find expected key", "this line does not fit the indentation of those above it", "indent keys that belong together equally"},
	{"<document start>", "this line does not fit the indentation of those above it", "indent keys that belong together equally"},
	{"did not find expected '-'", "this line does not fit the list above it", `begin items with "- ", equally indented`},
	{"block sequence entries are not allowed", "a list cannot begin here", "begin it on the line below its key"},
	{"expected node content", "a value is missing here", "remove the comma or bracket that is too many"},
}

// unexplained reports what the library refused, where nothing else was found.
// Err is nil when it read something that is not a map.
func (d *decoder) unexplained(err error, p part) {
	at, message, hint := d.firstLine(d.trimContent(p)), "this cannot be read as YAML", `write "key: value", one a line`
	var load *yaml.LoadError
	if errors.As(err, &load) {
		if load.Mark.Line > 0 {
			start := d.offset(p, load.Mark.Line, max(1, load.Mark.Column))
			at = part{start, min(start+1, p.end)}
		}
		for _, e := range explanations {
			if strings.Contains(load.Message, e.library) {
				message, hint = e.message, e.hint
				break
			}
		}
	}
	d.report(d.at(at, "front-matter-syntax", "%s", message).WithHint("%s", hint))
}
