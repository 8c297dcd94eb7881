package layout

import (
	"regexp"
	"strconv"
	"strings"

	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// A Fault is a mistake in a layout.
type Fault struct {
	Path     string          // of the file, from the root of the layouts
	Position source.Position // zero: the file as a whole
	Message  string
	Hint     string
}

// Error is path:line:col: message.
func (f Fault) Error() string {
	return diag.Place{Path: f.Path, Start: f.Position}.String() + ": " + f.Message
}

// Diagnostic is the fault as a problem with the code "layout".
func (f Fault) Diagnostic() diag.Diagnostic {
	return diag.Diagnostic{
		Code: "layout", Severity: diag.SeverityOf("layout"),
		Path: f.Path, Start: f.Position, End: f.Position,
		Message: f.Message, Hint: f.Hint,
	}
}

// Errors of templates come in three shapes, all with the name that the file was
// parsed under, which is its path:
//
//	template: p.html:2: …                    parsing; a line only
//	template: p.html:2:4: executing "main" at <.X>: …    filling; a column in bytes, from 0
//	html/template:p.html:2:14: …             escaping; the same
//
// and without a place where escaping fails at the end of a file.
var (
	placed     = regexp.MustCompile(`(?s)^(?:html/)?template: ?(.+?):(\d+)(?::(\d+))?: (.*)$`)
	executing  = regexp.MustCompile(`(?s)^executing "(.*?)" at (<.*?>): (.*)$`)
	noFunction = regexp.MustCompile(`^function "(\w+)" not defined$`)
	noField    = regexp.MustCompile(`^can't evaluate field (\w+) in type \*?(?:layout\.)?(.+)$`)
)

// faultOf reads an error of a template. What has no place is at the layout that
// was filled.
func faultOf(err error, filled *source.File, tree *source.Tree) Fault {
	text := err.Error()
	m := placed.FindStringSubmatch(text)
	if m == nil {
		return Fault{Path: filled.Path, Message: strings.TrimPrefix(text, "html/template:")}
	}
	f := Fault{Path: m[1], Message: m[4]}
	if file := tree.File(f.Path); file != nil {
		line, _ := strconv.Atoi(m[2])
		column, err := strconv.Atoi(m[3])
		if err != nil {
			column = likelyColumn(file.Line(line), f.Message)
		}
		f.Position = position(file, line, column)
	}
	f.explain()
	return f
}

// position is a place that is given in bytes from the start of a line.
func position(file *source.File, line, column int) source.Position {
	text := file.Line(line)
	return source.Position{Line: line, Column: len([]rune(text[:min(column, len(text))])) + 1}
}

// likelyColumn is where in a line a fault of parsing is: at the function that
// is not there, else at the first action.
func likelyColumn(text, message string) int {
	if m := noFunction.FindStringSubmatch(message); m != nil {
		text := []byte(text)
		if at := regexp.MustCompile(`\b` + m[1] + `\b`).FindIndex(text); at != nil {
			return at[0]
		}
	}
	return max(0, strings.Index(text, "{{"))
}

// explain puts what Go says into words for people who write layouts.
func (f *Fault) explain() {
	m := executing.FindStringSubmatch(f.Message)
	if m == nil {
		if what, _, ok := strings.Cut(f.Message, ": {state"); ok {
			f.Message, f.Hint = what, "close in each branch what it opens: tags, quotes"
		}
		return
	}
	at, what := m[2], m[3]
	f.Message = at + ": " + what
	if m := noField.FindStringSubmatch(what); m != nil {
		f.Message = at + ": " + m[2] + " has no field " + m[1]
		if near := nearestField(m[2], m[1]); near != "" {
			f.Hint = "did you mean ." + near + "?"
		}
	} else if strings.HasPrefix(what, "nil pointer evaluating") {
		f.Message = at + ": there is none on some pages"
		f.Hint = "ask first: {{with …}}"
	}
}

// failing is the name of the template that an error says it was executing.
func failing(err error) (name string, ok bool) {
	m := placed.FindStringSubmatch(err.Error())
	if m == nil {
		return "", false
	}
	if m = executing.FindStringSubmatch(m[4]); m == nil {
		return "", false
	}
	return m[1], true
}

// A collection is the faults of a theme, each once: a partial fails in every
// layout that uses it.
type collection map[Fault]bool

func (c collection) list() diag.List {
	var l diag.List
	for f := range c {
		l.Add(f.Diagnostic())
	}
	l.Sort()
	return l
}

// distance is the number of letters to insert, leave out or replace between two
// words, in any case.
func distance(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// nearest is the name that is spelt most like word, empty when none is near.
// Slips are seldom in the first letter.
func nearest(word string, names []string) (best string) {
	least := 2 + len(word)/3
	for _, name := range names {
		d := distance(word, name)
		if d < least && (d < 2 || strings.EqualFold(word[:1], name[:1])) {
			best, least = name, d
		}
	}
	return best
}
