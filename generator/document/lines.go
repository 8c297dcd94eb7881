package document

import (
	"bytes"
	"regexp"
	"strings"

	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// keyLine is a line such as "* Status: accepted" or "**Date:** 2018-03-20":
// metadata of documents that have no front matter, as in MADR 2.
var keyLine = regexp.MustCompile(`^(?:[-*+] +)?[*_]{0,2}([A-Za-z][A-Za-z -]{1,30}?)[*_]{0,2}:[*_]{0,2}[ \t]+(\S.*?)[ \t]*$`)

// keyLines reads the fields of the kind from the lines above the first section
// of a body. Lines whose key is none of the kind's are text, and so is
// everything within code.
func (r reader) keyLines(body source.Span) {
	data := r.document.File.Data
	offset := body.Start
	for line := range bytes.Lines(data[body.Start:body.End]) {
		text := strings.TrimRight(string(line), "\r\n")
		if strings.HasPrefix(text, "## ") || strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~") || strings.HasPrefix(text, "<!--") {
			return
		}
		if m := keyLine.FindStringSubmatchIndex(text); m != nil {
			r.keyLine(text, offset, m)
		}
		offset += len(line)
	}
}

func (r reader) keyLine(line string, offset int, m []int) {
	key, value := line[m[2]:m[3]], line[m[4]:m[5]]
	f := r.document.Kind.Field(key)
	if f == nil || f.Name == "title" {
		return
	}
	if _, stated := r.document.Values.Of(f.Name); stated {
		return
	}
	r.entry(frontmatter.Entry{
		Key: key, KeySpan: source.Span{Start: offset + m[2], End: offset + m[3]},
		Value: frontmatter.Value{Kind: frontmatter.Scalar, Text: value, Raw: value, Plain: true, Span: source.Span{Start: offset + m[4], End: offset + m[5]}},
	})
}
