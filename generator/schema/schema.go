// Package schema describes the front matter of a kind of document as JSON
// Schema (draft 2020-12), for editors that complete and check it while somebody
// types. It is made from the configuration, so it has the fields, statuses and
// words of the site.
//
// A schema asks for what the rules ask for, and takes every form of a value that
// is read, but for spellings of keys that nobody should take up.
package schema

import (
	"bytes"
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/config"
)

// draft names the version of JSON Schema.
const draft = "https://json-schema.org/draft/2020-12/schema"

// An object is a JSON object. Its keys are written in the order of the alphabet.
type object map[string]any

// Of is the schema of a kind's front matter, as indented JSON.
func Of(k *config.Kind) ([]byte, error) {
	s := object{
		"$schema": draft,
		"title":   k.Label,
		"description": "The front matter of a " + strings.ToLower(k.Label) + ". An editor that knows this schema completes its keys and words, " +
			"and marks what minutebook check would.",
		"type":              "object",
		"properties":        properties(k),
		"patternProperties": object{"^x-": true},
	}
	if !k.Open {
		s["additionalProperties"] = false
	}
	if status := statusField(k); k.Stated && status != nil {
		if _, told := k.Defaults[status.Name]; !told {
			s["required"] = []string{status.Name}
		}
	}
	if rules := statusRules(k); len(rules) > 0 {
		s["allOf"] = rules
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(s)
	return out.Bytes(), err
}

func properties(k *config.Kind) object {
	all := object{}
	for _, f := range k.Fields {
		all[f.Name] = property(k, f)
	}
	for _, f := range k.Fields {
		for _, alias := range f.Aliases {
			if _, taken := all[alias]; taken {
				continue // a name wins over another field's alias
			}
			other := property(k, f)
			other["description"] = "Another word for " + f.Name + "."
			other["deprecated"] = true
			all[alias] = other
		}
	}
	return all
}

// property is the schema of a field. A key without a value says nothing, and is
// allowed everywhere.
func property(k *config.Kind, f *config.Field) object {
	p := object{"title": cmp.Or(f.Label, f.Relation, heading(f.Name)), "description": describe(k, f)}
	switch f.Type {
	case config.StatusWord:
		status(p, k)
	case config.Word:
		word(p, f)
	case config.Date, config.Time:
		p["anyOf"] = []any{object{"type": "string", "format": "date"}, object{"type": "string", "pattern": wallTime}, null}
	case config.Duration:
		p["type"] = []string{"string", "number", "null"}
		p["examples"] = []string{"60m", "1h30m"}
	case config.Number:
		p["anyOf"] = []any{object{"type": "integer"}, object{"type": "string", "pattern": `^\d+$`}, null}
	case config.Flag:
		p["anyOf"] = []any{object{"type": "boolean"}, object{"enum": []string{"true", "false", "yes", "no"}}, null}
	case config.URL:
		p["anyOf"] = []any{object{"type": "string", "format": "uri"}, null}
	case config.Links:
		list(p, []any{object{"type": "string", "pattern": `[A-Za-z][A-Za-z0-9+.-]*:`}, object{"type": "object", "maxProperties": 1, "additionalProperties": object{"type": "string"}}})
	case config.People, config.References, config.Tags, config.Paths:
		list(p, []any{text})
	default:
		p["type"] = text["type"]
	}
	if d, told := k.Defaults[f.Name]; told {
		p["default"] = d
	}
	return p
}

// wallTime is a local time as the program reads it.
const wallTime = `^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?$`

var (
	null = object{"type": "null"}
	// text is what YAML's own types make of what is text here: 012, yes, 4.10.
	text = object{"type": []string{"string", "number", "boolean", "null"}}
)

// list is one value, several with commas between, or a list of them.
func list(p object, items []any) {
	p["anyOf"] = append(slices.Clone(items), object{"type": "array", "items": object{"anyOf": items}}, null)
}

// status has the statuses of the kind, each with what it means.
func status(p object, k *config.Kind) {
	if len(k.Statuses) == 0 {
		p["type"] = text["type"]
		return
	}
	var words, meanings []string
	for _, s := range k.Statuses {
		words, meanings = append(words, s.Name), append(meanings, strings.TrimSpace(s.Label+": "+s.Means))
		for _, alias := range s.Aliases {
			words, meanings = append(words, alias), append(meanings, "Another word for "+s.Name+".")
		}
	}
	one := object{"enum": words, "enumDescriptions": meanings, "markdownEnumDescriptions": meanings}
	choices := []any{one, null}
	if k.Field("superseded-by") != nil && k.Status("superseded") != nil { // as MADR 2 and 3 have it
		choices = append(choices, object{"type": "string", "pattern": `^[Ss]uperseded by `})
	}
	p["anyOf"] = choices
}

func word(p object, f *config.Field) {
	if len(f.Values) == 0 {
		p["type"] = text["type"]
		return
	}
	p["anyOf"] = []any{object{"enum": f.Values}, null}
}

// statusField is the field that holds the status; nil when the kind has none.
func statusField(k *config.Kind) *config.Field {
	if list := k.OfType(config.StatusWord); len(list) > 0 && len(k.Statuses) > 0 {
		return list[0]
	}
	return nil
}

// statusRules say what each status needs and forbids.
func statusRules(k *config.Kind) []any {
	field := statusField(k)
	if field == nil {
		return nil
	}
	var rules []any
	for _, s := range k.Statuses {
		then := object{}
		var needs []any
		for _, name := range s.Needs {
			if f := k.Field(name); f != nil && k.Defaults[f.Name] == "" && f.Opposite == "" { // another document may state the opposite
				needs = append(needs, stated(f))
			}
		}
		if len(needs) > 0 {
			then["allOf"] = needs
		}
		if len(s.Forbids) > 0 {
			forbidden := object{}
			for _, name := range s.Forbids {
				forbidden[name] = null
			}
			then["properties"] = forbidden
		}
		if len(then) == 0 {
			continue
		}
		words := append([]string{s.Name}, s.Aliases...)
		rules = append(rules, object{
			"if":   object{"properties": object{field.Name: object{"enum": words}}, "required": []string{field.Name}},
			"then": then,
		})
	}
	return rules
}

// stated asks for a field, under its name or another word for it.
func stated(f *config.Field) any {
	if len(f.Aliases) == 0 {
		return object{"required": []string{f.Name}}
	}
	choices := []any{object{"required": []string{f.Name}}}
	for _, alias := range f.Aliases {
		choices = append(choices, object{"required": []string{alias}})
	}
	return object{"anyOf": choices}
}

// heading is a key as a title.
func heading(name string) string {
	words := strings.ReplaceAll(name, "-", " ")
	if words == "" {
		return name
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

var article = regexp.MustCompile(`^[aeiou]`)

// describe says what a field is for: in our words where it is one of ours, else
// by its type.
func describe(k *config.Kind, f *config.Field) string {
	if d := cmp.Or(descriptions[k.Name+" "+f.Name], descriptions[f.Name]); d != "" {
		return d
	}
	switch {
	case f.Type == config.References && f.Kind != "":
		a := "a "
		if article.MatchString(f.Kind) {
			a = "an "
		}
		return "Names " + a + f.Kind + ": the name of its file without .md, or the path of the file."
	case f.Type == config.References:
		return "Paths of documents, from this file."
	}
	return heading(f.Name) + ": " + typeWords[f.Type] + "."
}

// typeWords are what a value of a type is.
var typeWords = map[config.Type]string{
	config.Text: "a line of text", config.Word: "a word", config.StatusWord: "one of the statuses", config.Date: "a day, like 2018-04-04",
	config.Time: "a day or a local time, like 2018-04-04T14:00", config.Duration: "how long, like 60m or 1h30m", config.Zone: "a time zone, like Europe/Berlin",
	config.Number: "a whole number", config.Flag: "true or false", config.URL: "an address in full", config.Links: "addresses, each perhaps with a label: \"pitch: https://…\"",
	config.People: "persons or groups: handles of people.yaml, or names", config.Tags: "topics", config.Paths: "site paths",
}
