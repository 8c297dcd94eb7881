package model_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"
)

// The guide's tables have the members of all objects, in their order, with their
// types and whether they are always there.
func TestGuide(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "content", "guide", "model.md"))
	if err != nil {
		t.Fatal(err)
	}
	told := tables(string(data))
	for _, object := range objects() {
		name := words(object.Name())
		var want []string
		for i := range object.NumField() {
			f := object.Field(i)
			member, option, _ := strings.Cut(f.Tag.Get("json"), ",")
			always := "always"
			if option != "" {
				always = ""
			}
			want = append(want, "`"+member+"` | "+typeName(f.Type)+" | "+always)
		}
		if got := strings.Join(told[name], "\n"); got != strings.Join(want, "\n") {
			t.Errorf("the guide tells of %s\n%s\nand it is\n%s", name, got, strings.Join(want, "\n"))
		}
		delete(told, name)
	}
	for name := range told {
		t.Errorf("the guide tells of %s, which no object is", name)
	}
}

// tables are the first three cells of each row of a table, by the heading that
// it stands under.
func tables(text string) map[string][]string {
	rows := map[string][]string{}
	heading := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if h, ok := strings.CutPrefix(line, "### "); ok {
			heading = h
		}
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		cells := strings.SplitN(strings.Trim(line, "|"), "|", 4)
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows[heading] = append(rows[heading], strings.Join(cells[:3], " | "))
	}
	return rows
}

// typeName is what the guide calls a type.
func typeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Int:
		return "number"
	case reflect.Bool:
		return "true"
	case reflect.Pointer:
		if t.Elem().Kind() == reflect.Bool {
			return "true or false"
		}
		return typeName(t.Elem())
	case reflect.Slice:
		return "list of " + typeName(t.Elem())
	case reflect.Map:
		return typeName(t.Elem()) + " by name"
	}
	return words(t.Name())
}

// words are those of a name: "Named person" for NamedPerson.
func words(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}
