package config_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"minutebook/generator/config"
	"minutebook/generator/source"
)

// sections are the headings of the page on configuration that have a table of
// keys, and the functions of this package that read them.
var sections = map[string][]string{
	"Keys of the file": {"site"},
	"Kinds":            {"kind"},
	"Fields":           {"field"},
	"Statuses":         {"status"},
	"Ids":              {"idRule"},
	"Reading":          {"readingKeys"},
	"Title":            {"titleRule"},
	"Dates":            {"dateRule"},
	"People":           {"person"},
}

// The page on configuration names every key that is read, and no other.
func TestConfigurationPage(t *testing.T) {
	told, read := toldKeys(t), readKeys(t)
	for heading, functions := range sections {
		var want []string
		for _, f := range functions {
			if len(read[f]) == 0 {
				t.Errorf("%s reads no keys", f)
			}
			want = append(want, read[f]...)
		}
		var got []string
		for _, row := range told[heading] {
			got = append(got, row[0])
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the page has %v, and %v are read", heading, got, want)
		}
	}
}

// What the page says that a key is unless it is set, it is.
func TestDefaultsOfTheConfigurationPage(t *testing.T) {
	plain, _ := config.Load(source.NewTree())
	n := 0
	for _, row := range toldKeys(t)["Keys of the file"] {
		value := codeOnly.FindStringSubmatch(row[2])
		if value == nil {
			continue
		}
		n++
		set, problems := config.Load(source.NewTree(source.NewFile("minutebook.yaml", []byte(row[0]+": "+value[1]+"\n"))))
		if len(problems) > 0 {
			t.Errorf("%s: %v", row[0], problems)
		}
		set.Sum, set.Own, set.LanguageAt = plain.Sum, plain.Own, plain.LanguageAt
		if !reflect.DeepEqual(set, plain) {
			t.Errorf("%s is not %s unless it is set", row[0], value[1])
		}
	}
	if n < 6 {
		t.Errorf("the page has %d defaults", n)
	}
}

var (
	codeOnly = regexp.MustCompile("^`([^`]+)`$")
	keyCell  = regexp.MustCompile("^\\| `([^`]+)` \\|")
)

// toldKeys are the rows of the page's tables of keys, by heading, with the key
// in the first cell.
func toldKeys(t *testing.T) map[string][][]string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "content", "guide", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows, heading := map[string][][]string{}, ""
	for line := range strings.Lines(string(page)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			heading = strings.TrimLeft(line, "# ")
		}
		if m := keyCell.FindStringSubmatch(line); m != nil {
			cells := strings.Split(strings.Trim(line, "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			cells[0] = m[1]
			rows[heading] = append(rows[heading], cells)
		}
	}
	return rows
}

// readKeys are the keys that each function of this package reads: those of maps
// of functions, and those that are added to one.
func readKeys(t *testing.T) map[string][]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string][]string{}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				var key, value ast.Expr
				switch n := n.(type) {
				case *ast.KeyValueExpr:
					key, value = n.Key, n.Value
				case *ast.AssignStmt:
					if at, ok := n.Lhs[0].(*ast.IndexExpr); ok {
						key, value = at.Index, n.Rhs[0]
					}
				}
				text, ok := key.(*ast.BasicLit)
				if _, reads := value.(*ast.FuncLit); ok && reads {
					word, _ := strconv.Unquote(text.Value)
					keys[f.Name.Name] = append(keys[f.Name.Name], word)
				}
				return true
			})
		}
	}
	return keys
}
