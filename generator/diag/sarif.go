package diag

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"minutebook/generator/source"
)

// sarifSchema is the schema of the format, from
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// fingerprint names how a problem is recognised in a later run. GitHub's upload
// action adds one of its own, the hash of the line, and warns when it is set to
// anything else.
const fingerprint = "minutebookKey/v1"

// levels are the severities as SARIF calls them.
var levels = [...]string{Info: "note", Warning: "warning", Error: "error"}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name  string      `json:"name"`
	Rules []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string       `json:"id"`
	ShortDescription sarifText    `json:"shortDescription"`
	Help             *sarifHelp   `json:"help,omitempty"`
	Default          sarifDefault `json:"defaultConfiguration"`
}

type sarifHelp struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown"`
}

type sarifDefault struct {
	Level string `json:"level"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      sarifText         `json:"message"`
	Locations    []sarifLocation   `json:"locations,omitempty"`
	Related      []sarifLocation   `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string `json:"partialFingerprints"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"` // it ran to its end, whatever it found
	Notifications []sarifNotification `json:"toolExecutionNotifications"`
}

type sarifNotification struct {
	Level   string    `json:"level"`
	Message sarifText `json:"message"`
}

type sarifLocation struct {
	ID       int           `json:"id,omitempty"`
	Physical sarifPhysical `json:"physicalLocation"`
	Message  *sarifText    `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI  string `json:"uri"`
	Base string `json:"uriBaseId"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
	EndLine     int `json:"endLine,omitempty"`
	EndColumn   int `json:"endColumn,omitempty"`
}

// SARIF writes a log in the Static Analysis Results Interchange Format 2.1.0
// with one run and every problem, one a line. A problem with the file as a whole
// stands at its first line, because GitHub wants a line. GitHub takes up to
// 25,000 problems.
// The remarks are notifications of the run (section 3.20.21).
func SARIF(w io.Writer, r Report) error { return writeSARIF(w, r, nil) }

// SARIFWith is SARIF whose rules have a text of help, which GitHub shows beside
// a problem. Help gives the text for a code, in Markdown; "" for none.
func SARIFWith(help func(code string) string) Format {
	return func(w io.Writer, r Report) error { return writeSARIF(w, r, help) }
}

func writeSARIF(w io.Writer, r Report, help func(string) string) error {
	out := bufio.NewWriter(w)
	l := r.Problems
	rules, index := sarifRules(l, help)
	tool, err := PrintableJSON(sarifTool{sarifDriver{Name: "minutebook", Rules: rules}})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "{\"version\":\"2.1.0\",\"$schema\":%q,\"runs\":[{\n\"tool\":%s,\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[", sarifSchema, tool)
	seen := map[string]int{}
	for i, d := range l {
		if i > 0 {
			out.WriteByte(',')
		}
		key := d.Key()
		seen[key]++
		line, err := PrintableJSON(result(d, index[d.Code], seen[key]))
		if err != nil {
			return err
		}
		out.WriteByte('\n')
		out.Write(line)
	}
	out.WriteString("\n]")
	if remarks := r.Remarks(); len(remarks) > 0 {
		line, err := PrintableJSON(invocations(remarks))
		if err != nil {
			return err
		}
		fmt.Fprintf(out, ",\n\"invocations\":%s", line)
	}
	out.WriteString("}]}\n")
	return out.Flush()
}

// invocations is the one run of the program, with what it had to say besides
// results.
func invocations(remarks []string) []sarifInvocation {
	run := sarifInvocation{Successful: true}
	for _, remark := range remarks {
		run.Notifications = append(run.Notifications, sarifNotification{levels[Info], sarifText{plainMessage.Replace(remark)}})
	}
	return []sarifInvocation{run}
}

// sarifRules are the codes that occur, sorted, and the place of each.
func sarifRules(l List, help func(string) string) (rules []sarifRule, index map[string]int) {
	index = map[string]int{}
	rules = []sarifRule{}
	for _, d := range l {
		if _, ok := index[d.Code]; ok {
			continue
		}
		index[d.Code] = 0
		c, ok := Find(d.Code)
		if !ok {
			c = Code{ID: d.Code, Severity: d.Severity, Summary: d.Code}
		}
		rule := sarifRule{ID: c.ID, ShortDescription: sarifText{c.Summary}, Default: sarifDefault{levels[c.Severity]}}
		if help != nil && help(c.ID) != "" {
			text := plainMessage.Replace(help(c.ID))
			rule.Help = &sarifHelp{text, text}
		}
		rules = append(rules, rule)
	}
	slices.SortFunc(rules, func(a, b sarifRule) int { return strings.Compare(a.ID, b.ID) })
	for i, r := range rules {
		index[r.ID] = i
	}
	return rules, index
}

// result is a problem, the nth of its key.
func result(d Diagnostic, rule, nth int) sarifResult {
	sum := sha256.Sum256([]byte(d.Key()))
	r := sarifResult{
		RuleID: d.Code, RuleIndex: rule, Level: levels[d.Severity],
		Message:      sarifText{plainMessage.Replace(sentence(d))},
		Fingerprints: map[string]string{fingerprint: fmt.Sprintf("%s:%d", hex.EncodeToString(sum[:16]), nth)},
	}
	if file, ok := repositoryPath(d.Path); ok {
		start, end := d.region()
		r.Locations = []sarifLocation{{Physical: physical(file, start, end)}}
	}
	if d.Other == nil {
		return r
	}
	if file, ok := repositoryPath(d.Other.Path); ok {
		at := physical(file, d.Other.Start, source.Position{})
		r.Related = []sarifLocation{{ID: 1, Physical: at, Message: &sarifText{"the other side of the problem"}}}
	}
	return r
}

// plainMessage writes a text so that a reader of SARIF takes it for just that:
// braces would be placeholders (section 3.11.5 of the format), and [text](place)
// a link (section 3.11.6).
var plainMessage = strings.NewReplacer("{", "{{", "}", "}}", "](", "] (")

func physical(file string, start, end source.Position) sarifPhysical {
	return sarifPhysical{
		Artifact: sarifArtifact{escapePath(file), "%SRCROOT%"},
		Region:   sarifRegion{max(1, start.Line), start.Column, end.Line, end.Column},
	}
}

// escapePath is a path as a relative reference of RFC 3986: all but its
// unreserved characters and the slash are percent-encoded, so that no segment
// can be taken for a scheme.
func escapePath(p string) string {
	var b strings.Builder
	for i := range len(p) {
		switch c := p[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~/", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
