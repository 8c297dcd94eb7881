package preview

import (
	"fmt"
	"hash/maphash"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// A report is what the page of problems says.
type report struct {
	Stale    string    `json:"stale,omitempty"`
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Problems []problem `json:"problems"` // the worst first: those of the page, then errors
	More     int       `json:"more,omitempty"`
}

// A problem is a diagnostic as the panel shows it. It is text, never HTML.
type problem struct {
	Place    string `json:"place"` // path:line:col
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Code     string `json:"code"`
	Here     bool   `json:"here"`             // it is about the page itself
	Lines    []line `json:"lines,omitempty"`  // those around the place
	Editor   string `json:"editor,omitempty"` // address that opens the place in an editor
}

type line struct {
	Number int    `json:"number"`
	Text   string `json:"text"`
	Hit    bool   `json:"hit"` // the problem begins here
}

// Limits of what the panel lists: problems, lines before and after the place,
// and characters of a line.
const (
	listed      = 50
	linesAround = 2
	lineLength  = 200
)

// report lists the problems for the reader of a page.
func (s *Server) report(page string) report {
	n := s.now()
	r := report{Stale: n.Stale, Errors: n.Problems.Count(diag.Error), Warnings: n.Problems.Count(diag.Warning), Problems: []problem{}}
	here := ""
	if n.Source != nil {
		here = n.Source(page)
	}
	shown := worst(n.Problems, here)
	r.More = r.Errors + r.Warnings - len(shown)
	for _, d := range shown {
		r.Problems = append(r.Problems, s.problem(n, d, here))
	}
	return r
}

// worst are the problems that are listed for the reader of a page: those of the
// page first, then by severity. A site may have ten thousands, and the panel asks
// after each save, so none is moved that is not listed.
func worst(problems diag.List, here string) diag.List {
	var ranks [4]diag.List
	for i := range problems {
		d := &problems[i]
		if d.Severity < diag.Warning {
			continue
		}
		rank := int(diag.Error - d.Severity)
		if here == "" || d.Path != here {
			rank += 2
		}
		if len(ranks[rank]) < listed {
			ranks[rank] = append(ranks[rank], *d)
		}
	}
	all := slices.Concat(ranks[:]...)
	return all[:min(len(all), listed)]
}

func (s *Server) problem(n *shown, d diag.Diagnostic, here string) problem {
	p := problem{
		Place: diag.Place{Path: d.Path, Start: d.Start}.String(), Severity: d.Severity.String(),
		Message: d.Message, Hint: d.Hint, Code: d.Code, Here: here != "" && d.Path == here,
	}
	if n.File != nil && d.Start.Line > 0 {
		p.Lines = around(n.File(d.Path), d.Start.Line)
	}
	if n.Locate != nil && s.Editor != "" {
		if path := n.Locate(d.Path); path != "" {
			p.Editor = EditorURL(s.Editor, path, d.Start)
		}
	}
	return p
}

// around are the lines around a line of a file.
func around(f *source.File, hit int) []line {
	if f == nil || f.Data == nil {
		return nil
	}
	last := f.Position(len(f.Data)).Line
	var lines []line
	for i := max(1, hit-linesAround); i <= min(last, hit+linesAround); i++ {
		lines = append(lines, line{Number: i, Text: cut(f.Line(i)), Hit: i == hit})
	}
	return lines
}

// cut is the beginning of a long line.
func cut(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if utf8.RuneCountInString(text) <= lineLength {
		return text
	}
	return string([]rune(text)[:lineLength]) + "…"
}

// seed is that of fingerprints: they are of use within one process only.
var seed = maphash.MakeSeed()

// fingerprint changes when other problems are to be shown.
func fingerprint(problems diag.List, stale string) string {
	var h maphash.Hash
	h.SetSeed(seed)
	h.WriteString(stale)
	for _, d := range problems {
		if d.Severity < diag.Warning {
			continue
		}
		for _, text := range []string{d.Path, d.Code, d.Message, d.Hint} {
			h.WriteString(text)
			h.WriteByte(0)
		}
		maphash.WriteComparable(&h, [3]int{d.Start.Line, d.Start.Column, int(d.Severity)})
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// EditorURL is the address that opens a place of a file in an editor: the
// template with {path} (absolute, beginning with a slash), {line} and {column}
// replaced.
func EditorURL(template, path string, at source.Position) string {
	path = strings.ReplaceAll(path, `\`, "/")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/x, as in file: addresses
	}
	path = (&url.URL{Path: path}).EscapedPath()
	return strings.NewReplacer(
		"{path}", path, "{line}", strconv.Itoa(max(1, at.Line)), "{column}", strconv.Itoa(max(1, at.Column)),
	).Replace(template)
}

var scheme = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*):`)

// CheckEditor reports what is wrong with a template for [EditorURL]. Addresses
// that run in the page are refused.
func CheckEditor(template string) error {
	m := scheme.FindStringSubmatch(template)
	switch {
	case m == nil || !strings.Contains(template, "{path}"):
		return fmt.Errorf("%q is not an address with {path}; write it like vscode://file{path}:{line}:{column}", template)
	case slices.Contains([]string{"javascript", "data", "vbscript", "blob"}, strings.ToLower(m[1])):
		return fmt.Errorf("%q would run in the page; write it like vscode://file{path}:{line}:{column}", template)
	}
	return nil
}
