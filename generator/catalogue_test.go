package generator_test

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"minutebook/generator/config"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
	"minutebook/layouts"
)

// The catalogues that Minutebook brings say everything that pages, feeds,
// calendars and digests say, in all plural forms of their languages, and nothing
// that none of them says.
func TestCatalogues(t *testing.T) {
	wanted := keysInCode(t)
	maps.Copy(wanted, keysInLayouts(t))
	maps.Copy(wanted, keysInSettings())
	if len(wanted) < 300 {
		t.Fatalf("only %d keys were found", len(wanted))
	}
	files, err := fs.Glob(layouts.FS, "words/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		data, _ := layouts.FS.ReadFile(name)
		m, problems := frontmatter.DecodeFile(source.NewFile(name, data))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		said := map[string]frontmatter.Value{}
		for _, e := range m.Entries {
			said[e.Key] = e.Value
		}
		for _, key := range slices.Sorted(maps.Keys(wanted)) {
			value, ok := said[key]
			if bare := withoutNote(key); !ok && bare != key {
				value, ok = said[bare]
			}
			if !ok {
				t.Errorf("%s lacks %q", name, key)
			} else {
				allForms(t, name, key, value, wanted[key])
			}
		}
		for key := range said {
			if _, ok := wanted[key]; !ok {
				t.Errorf("%s has %q, which nothing says", name, key)
			}
		}
	}
}

// allForms checks that a number has every plural form of the language, and that
// each says what the key says: the same places, but for the number.
func allForms(t *testing.T, file, key string, value frontmatter.Value, counts bool) {
	t.Helper()
	texts := []string{value.Text}
	if value.Kind == frontmatter.Map {
		texts = nil
		forms := pluralForms(strings.TrimSuffix(path.Base(file), ".yaml"))
		for _, e := range value.Fields {
			texts = append(texts, e.Value.Text)
			forms = slices.DeleteFunc(forms, func(f string) bool { return f == e.Key })
		}
		if len(forms) > 0 || !counts {
			t.Errorf("%s: %q lacks the forms %v, or has no number", file, key, forms)
		}
	}
	for _, text := range texts {
		want, got := inBraces.FindAllString(withoutNote(key), -1), inBraces.FindAllString(text, -1)
		numberless := slices.DeleteFunc(slices.Clone(want), func(s string) bool { return s == "{n}" })
		slices.Sort(want)
		slices.Sort(numberless)
		slices.Sort(got)
		if text == "" || !slices.Equal(got, want) && !slices.Equal(got, numberless) {
			t.Errorf("%s: %q is said as %q", file, key, text)
		}
	}
}

var inBraces = regexp.MustCompile(`\{[^}]*\}`)

func withoutNote(key string) string {
	if i := strings.LastIndex(key, " ["); i > 0 && strings.HasSuffix(key, "]") {
		return key[:i]
	}
	return key
}

// pluralForms are the forms that a language has for small whole numbers.
func pluralForms(tag string) []string {
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	forms := []string{"other"}
	for n := range 200 {
		forms = append(forms, names[plural.Cardinal.MatchPlural(language.Make(tag), n, 0, 0, 0, 0)])
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}

// keysInSettings are the names of the kinds that Minutebook brings.
func keysInSettings() map[string]bool {
	keys := map[string]bool{}
	c, _ := config.Load(source.NewTree())
	for _, k := range c.Kinds {
		keys[k.Label], keys[k.Plural] = false, false
		for _, s := range k.Statuses {
			keys[s.Label], keys[s.Means] = false, false
		}
		for _, f := range k.Fields {
			keys[f.Label], keys[f.Relation], keys[f.Inverse] = false, false, false
			for _, label := range f.Labels {
				keys[label] = false
			}
		}
	}
	delete(keys, "")
	return keys
}

// keysInCode are the constants of the program that are keys of words, and
// whether they have a number. The compiler's own type checker finds them; what
// it does not know of other modules does not matter.
func keysInCode(t *testing.T) map[string]bool {
	t.Helper()
	c := &checker{t: t, set: token.NewFileSet(), known: map[string]*types.Package{}, keys: map[string]bool{}}
	for name := range importsByPackage(t) {
		if name != "" {
			name = "/" + name
		}
		c.Import("minutebook/generator" + name)
	}
	return c.keys
}

// A checker checks the packages of the project, and finds the keys in them.
type checker struct {
	t     *testing.T
	set   *token.FileSet
	known map[string]*types.Package
	keys  map[string]bool
}

// Import implements types.Importer.
func (c *checker) Import(name string) (*types.Package, error) {
	if p := c.known[name]; p != nil {
		return p, nil
	}
	own, ok := strings.CutPrefix(name, "minutebook/generator")
	if !ok {
		p := types.NewPackage(name, path.Base(name))
		p.MarkComplete()
		c.known[name] = p
		return p, nil
	}
	var files []*ast.File
	names, _ := filepath.Glob(filepath.Join(".", own, "*.go"))
	for _, file := range names {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(c.set, file, nil, 0)
		if err != nil {
			c.t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	settings := types.Config{Importer: c, Error: func(error) {}}
	p, _ := settings.Check(name, c.set, files, info)
	c.known[name] = p
	c.collect(files, info)
	return p, nil
}

// collect takes the keys of a package. Of a number the key is its second text;
// the first is for English alone.
func (c *checker) collect(files []*ast.File, info *types.Info) {
	english, counts := map[ast.Expr]bool{}, map[ast.Expr]bool{}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 3 {
				return true
			}
			if s, ok := call.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "N" {
				english[call.Args[1]], counts[call.Args[2]] = true, true
			}
			return true
		})
	}
	for e, value := range info.Types {
		if value.Value == nil || value.Value.Kind() != constant.String || english[e] || !strings.HasSuffix(value.Type.String(), "/words.Key") {
			continue
		}
		key := constant.StringVal(value.Value)
		c.keys[key] = c.keys[key] || counts[e]
	}
	delete(c.keys, "")
}

var (
	wordInScript    = regexp.MustCompile(`mbWord\(("(?:[^"\\]|\\.)*")\)`)
	numbersInScript = regexp.MustCompile(`mbPlural\("(?:[^"\\]|\\.)*",\s*("(?:[^"\\]|\\.)*")\)`)
)

// keysInLayouts are the keys in the built-in layouts and scripts.
func keysInLayouts(t *testing.T) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	for _, f := range embedded(t).Files() {
		switch path.Ext(f.Path) {
		case ".js":
			for _, m := range wordInScript.FindAllStringSubmatch(string(f.Data), -1) {
				keys[unquoted(t, m[1])] = false
			}
			for _, m := range numbersInScript.FindAllStringSubmatch(string(f.Data), -1) {
				keys[unquoted(t, m[1])] = true
			}
		case ".html":
			for _, name := range []string{"t", "before", "after"} {
				for key := range calls(t, f, name, 1) {
					if !keys[key] {
						keys[key] = false
					}
				}
			}
			for key := range calls(t, f, "plural", 2) {
				keys[key] = true
			}
		}
	}
	return keys
}

func unquoted(t *testing.T, s string) string {
	t.Helper()
	text, err := strconv.Unquote(s)
	if err != nil {
		t.Fatal(s, err)
	}
	return text
}

// calls are the values of an argument of all calls of a function in a layout.
func calls(t *testing.T, f *source.File, name string, argument int) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	call := regexp.MustCompile(`[{ (]` + name + strings.Repeat(` ("(?:[^"\\]|\\.)*")`, argument))
	for _, m := range call.FindAllStringSubmatch(string(f.Data), -1) {
		found[unquoted(t, m[argument])] = true
	}
	return found
}

// action is what is no text in a layout.
var action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// spoken are the attributes whose values are read to people.
var spokenAttributes = []string{"aria-label", "title", "alt", "placeholder", "summary", "label"}

var (
	notSaid  = regexp.MustCompile(`mb(Word|Plural)\([^)]*\)|(?m)^\s*//.*$`)
	literal  = regexp.MustCompile(`"(?:[^"\\\n]|\\.)*"`)
	sentence = regexp.MustCompile(`^"[A-Z][a-z]|[a-z,] [a-z]`)
	// notSentences look like some: names of keys, classes and selectors.
	notSentences = []string{`"use strict"`, `"Escape"`, `"item compact"`, `"h2 a"`}
)

// No layout and no script says anything that does not come from the catalogue.
func TestLayoutsSayNothingOfTheirOwn(t *testing.T) {
	letters := regexp.MustCompile(`\pL`)
	for _, f := range embedded(t).Files() {
		text := string(f.Data)
		switch path.Ext(f.Path) {
		case ".html":
			tokens := html.NewTokenizer(strings.NewReader(action.ReplaceAllString(text, "")))
			for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
				token := tokens.Token()
				if kind == html.TextToken && letters.MatchString(token.Data) {
					t.Errorf("%s says %q", f.Path, strings.TrimSpace(token.Data))
				}
				for _, a := range token.Attr {
					if slices.Contains(spokenAttributes, a.Key) && letters.MatchString(a.Val) {
						t.Errorf("%s says %q in %s", f.Path, a.Val, a.Key)
					}
				}
			}
		case ".js":
			text = notSaid.ReplaceAllString(text, "")
			for _, m := range literal.FindAllString(text, -1) {
				if sentence.MatchString(m) && !slices.Contains(notSentences, m) {
					t.Errorf("%s says %s", f.Path, m)
				}
			}
		}
	}
}
