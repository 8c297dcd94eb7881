package edit

import (
	"fmt"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// A Value is what a user wants a field to say. Without texts the field is taken
// out.
type Value struct {
	Field string
	Texts []string
}

// Values are what a user wants, in the order given.
type Values []Value

// of is the value for a field.
func (v Values) of(field string) (Value, bool) {
	i := slices.IndexFunc(v, func(one Value) bool { return one.Field == field })
	if i < 0 {
		return Value{}, false
	}
	return v[i], true
}

// ParseValue reads "key=value" for a kind. The value of a list has commas
// between its items; "today" is today's day for a date; no value takes the field
// out. A key that the kind does not have is refused with the nearest one.
func ParseValue(k *config.Kind, text string, today date.Date) (Value, error) {
	key, value, ok := strings.Cut(text, "=")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	f := k.Field(key)
	switch {
	case !ok || key == "":
		return Value{}, fmt.Errorf("%q is not written as key=value", text)
	case f == nil && !k.Open && !strings.HasPrefix(key, "x-"):
		hint := ""
		if near := diag.Nearest(key, fieldNames(k)); near != "" {
			hint = "; did you mean " + near + "?"
		}
		return Value{}, fmt.Errorf("a %s has no key %q%s", strings.ToLower(k.Label), key, hint)
	case f == nil:
		return Value{key, nonEmpty([]string{value})}, nil
	case f.Type.IsList() && f.Type != config.Links:
		return Value{f.Name, splitCommas(value)}, nil
	case value == "today" && (f.Type == config.Date || f.Type == config.Time):
		value = today.String()
	}
	return Value{f.Name, nonEmpty([]string{value})}, nil
}

func fieldNames(k *config.Kind) []string {
	var names []string
	for _, f := range k.Fields {
		names = append(names, f.Name)
	}
	return names
}

func nonEmpty(list []string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// splitCommas cuts a list at its commas, but not within brackets.
func splitCommas(text string) []string {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")
	var list []string
	depth, start := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '(', '<', '[':
			depth++
		case ')', '>', ']':
			depth--
		case ',':
			if depth == 0 {
				list = append(list, strings.TrimSpace(text[start:i]))
				start = i + 1
			}
		}
	}
	return nonEmpty(append(list, strings.TrimSpace(text[start:])))
}

// setAll sets values in a file and refuses those that cannot be read as what
// their fields hold.
func (e *Editor) setAll(path string, values Values) error {
	for _, v := range values {
		if err := e.Set(path, v.Field, v.Texts...); err != nil {
			return err
		}
	}
	var bad []string
	for _, p := range e.parser.Head(source.NewFile(path, e.data(path))).Problems {
		if _, ours := values.of(p.Item); ours && p.Severity == diag.Error {
			bad = append(bad, strings.TrimSuffix(p.Message+"; "+p.Hint, "; "))
		}
	}
	if len(bad) > 0 {
		return refuse("", "%s", strings.Join(bad, "; "))
	}
	return nil
}
