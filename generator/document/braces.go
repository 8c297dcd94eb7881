package document

import (
	"strings"

	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// This file reads what was written without quotes and is a map to YAML.

// withoutBraces is the text between the braces of a map that was meant as a list.
func withoutBraces(v frontmatter.Value) frontmatter.Value {
	if len(v.Raw) < 2 || v.Raw[0] != '{' || v.Raw[len(v.Raw)-1] != '}' { // a map over several lines
		return frontmatter.Value{Text: strings.TrimSpace(v.Raw), Span: v.Span}
	}
	inner := v.Raw[1 : len(v.Raw)-1]
	return frontmatter.Value{Text: inner, Raw: inner, Plain: true, Span: source.Span{Start: v.Span.Start + 1, End: v.Span.End - 1}}
}

// labelled reads "pitch: https://…" that was written without quotes, which YAML
// takes for a map.
func labelled(v frontmatter.Value) []Item {
	var items []Item
	for _, e := range v.Fields {
		items = append(items, Item{Text: e.Key + ": " + e.Value.Text, Span: e.Value.Span})
	}
	return items
}
