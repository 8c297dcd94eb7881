package layout

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/source"
	"minutebook/layouts"
)

const layoutsIntroduction = `# Layouts

All layouts, their parts, and what they are given. [Change the look](looks.md) says how to begin. This page is made from the
program itself.

A layout is a template in the language of [Go's html/template](https://pkg.go.dev/html/template). It prints values that are
made for its page; every address among them already counts from that page. A layout that names a value that is not
there is a problem with its line and the nearest name, and the site stays as it was.

Besides the functions of that language, ` + "`{{t \"Meetings\"}}`" + ` is a text in the words of the site, ` + "`{{plural \"{n} result\" \"{n} results\" 3}}`" + `
one with a number, and ` + "`{{before \"By {names}\"}}` and `{{after \"By {names}\"}}`" + ` are what stands around a value that the layout makes. See
[Other languages](languages.md).

## Files

| File | What it is |
|---|---|
`

// purposes say what a layout shows that has no comment at its beginning, and
// for what else a folder has.
var purposes = map[string]string{
	"404.html":       "the page for addresses that do not exist",
	"attention.html": "Attention: what is wrong, by file",
	"decision.html":  "a decision record",
	"event.html":     "an event",
	"home.html":      "Home",
	"list.html":      "lists: of a kind, of topics, of people, of a topic, of everything from A to Z",
	"meeting.html":   "a meeting",
	"person.html":    "a person or a group",
	"proposal.html":  "a proposal",
	"icon.svg":       "the icon of the site",

	"partials/bar.html":        "Of a Frame: the top of the page.",
	"partials/foot.html":       "Of a Frame: the end of the page.",
	"partials/group-head.html": "Of a Group: its heading.",
	"partials/lede.html":       "Of a text: the sentence below a heading.",
	"words/ar.yaml":            "the words in Arabic",
	"words/de.yaml":            "the words in German",
}

var (
	templateComment = regexp.MustCompile(`^\{\{-? ?/\* ?((?s:.*?)) ?\*/`)
	styleComment    = regexp.MustCompile(`^/\* ?((?s:.*?)) ?\*/`)
	scriptComment   = regexp.MustCompile(`^((?://.*\n)+)`)
	slashes         = regexp.MustCompile(`(?m)^// ?`)
)

// purpose is what a file says of itself at its beginning.
func purpose(f *source.File) string {
	if p := purposes[f.Path]; p != "" {
		return p
	}
	for _, comment := range []*regexp.Regexp{templateComment, styleComment, scriptComment} {
		if m := comment.FindStringSubmatch(string(f.Data)); m != nil {
			text := strings.Join(strings.Fields(slashes.ReplaceAllString(m[1], "")), " ")
			first, _, more := strings.Cut(text, ". ")
			if more {
				first += "."
			}
			return strings.NewReplacer("|", `\|`, "*", "").Replace(first)
		}
	}
	return ""
}

// TestLayoutsPage makes the page of the manual that has all layouts and types.
func TestLayoutsPage(t *testing.T) {
	tree, err := source.FromFS(layouts.FS)
	if err != nil {
		t.Fatal(err)
	}
	var b, parts strings.Builder
	b.WriteString(layoutsIntroduction)
	for _, f := range tree.Files() {
		what := purpose(f)
		if what == "" {
			t.Errorf("nothing says what %s is for: begin it with a comment", f.Path)
		}
		name, partial := strings.CutPrefix(f.Path, "partials/")
		if partial {
			fmt.Fprintf(&parts, "| `%s` | %s |\n", strings.TrimSuffix(name, ".html"), what)
			continue
		}
		if name, page := strings.CutSuffix(f.Path, ".html"); page && name != "base" {
			typ := typeOf(name).Name()
			what = strings.TrimSuffix(what, ".") + fmt.Sprintf("; values: [%s](#%s)", typ, strings.ToLower(typ))
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", f.Path, what)
	}
	b.WriteString("\nStyle sheets are joined in the order of their names, and so are scripts; those in `js/search` are for the search page alone.\n" +
		"Files in `static` are copied to the site as they are.\n\n## Parts\n\nThe file `partials/NAME.html` is the part that `{{template \"NAME\" VALUE}}` prints.\n\n" +
		"| Part | What it is |\n|---|---|\n" + parts.String())
	b.WriteString("\n## What layouts are given\n\nThe types of pages first, then what they are made of, in the order of the alphabet. `HTML` is printed\n" +
		"as it is, and everything else is escaped.\n")
	types(t, &b)
	name := filepath.Join("..", "..", "content", "guide", "layouts.md")
	if *update {
		if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if page, err := os.ReadFile(name); err != nil || string(page) != b.String() {
		t.Errorf("%s is not made from these layouts (run with -update): %v", name, err)
	}
}

// types prints the types of page.go and part.go with their comments.
func types(t *testing.T, b *strings.Builder) {
	t.Helper()
	var decls []ast.Decl
	for _, name := range []string{"page.go", "part.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		decls = append(decls, file.Decls...)
	}
	type described struct {
		name, doc string
		fields    *ast.FieldList
	}
	var list []described
	known := map[string]bool{}
	for _, d := range decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE {
			continue
		}
		for _, s := range g.Specs {
			spec := s.(*ast.TypeSpec)
			list = append(list, described{spec.Name.Name, g.Doc.Text(), spec.Type.(*ast.StructType).Fields})
			known[spec.Name.Name] = true
		}
	}
	rank := func(d described) string {
		if strings.HasSuffix(d.name, "Page") {
			return "0" + d.name
		}
		return "1" + d.name
	}
	slices.SortStableFunc(list, func(a, b described) int { return strings.Compare(rank(a), rank(b)) })
	for _, d := range list {
		doc := regexp.MustCompile(`\[(\w+)\]`).ReplaceAllString(strings.Join(strings.Fields(d.doc), " "), "$1")
		fmt.Fprintf(b, "\n### %s\n\n%s\n\n| Value | Type | Meaning |\n|---|---|---|\n", d.name, doc)
		for _, f := range d.fields.List {
			fieldRow(b, f, known)
		}
	}
}

func fieldRow(b *strings.Builder, f *ast.Field, known map[string]bool) {
	var names []string
	for _, n := range f.Names {
		names = append(names, "`."+n.Name+"`")
	}
	typ, inner := typeText(f.Type)
	if known[inner] {
		typ = strings.Replace(typ, inner, "["+inner+"](#"+strings.ToLower(inner)+")", 1)
	}
	meaning := strings.TrimSpace(f.Comment.Text())
	if len(names) == 0 {
		names, meaning = []string{"`." + inner + "`"}, strings.TrimPrefix(meaning+"; its values are there without its name, too", "; ")
	}
	fmt.Fprintf(b, "| %s | %s | %s |\n", strings.Join(names, ", "), typ, strings.ReplaceAll(strings.ReplaceAll(meaning, "|", `\|`), "<body>", "`<body>`"))
}

// typeText is a type in words, and the name of the type within it.
func typeText(e ast.Expr) (text, name string) {
	switch e := e.(type) {
	case *ast.StarExpr:
		text, name = typeText(e.X)
		return text + ", or nothing", name
	case *ast.ArrayType:
		text, name = typeText(e.Elt)
		return "list of " + text, name
	case *ast.SelectorExpr:
		return e.Sel.Name, e.Sel.Name
	case *ast.Ident:
		switch e.Name {
		case "string":
			return "text", ""
		case "bool":
			return "true or false", ""
		case "int":
			return "number", ""
		}
		return e.Name, e.Name
	}
	return "", ""
}
