package generator_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// order is which package may import which: only those before it. A package that
// is not listed does not exist.
var order = []string{
	"parallel", "plain", "privacy", "expression", "source", "date", "diag", "explain", "memo", "history",
	"frontmatter", "words", "config", "begin", "markdown", "document",
	"schema", "site", "check", "change", "edit", "model", "calendar", "feed", "table", "digest", "intake", "output", "search", "layout", "emit",
	"", // package generator itself
	"inspect", "watch", "preview", "cli",
}

// homes are the packages that may import a library, each for a reason: what is
// in one place can be replaced there.
var homes = map[string][]string{
	"github.com/adrg/frontmatter":        {"frontmatter"},
	"go.yaml.in/yaml/v4":                 {"frontmatter"},
	"github.com/yuin/goldmark":           {"markdown"}, // no goldmark type leaves markdown
	"github.com/yuin/goldmark-emoji":     {"markdown"},
	"github.com/alecthomas/chroma/v2":    {"markdown"},
	"github.com/microcosm-cc/bluemonday": {"markdown"},                                                 // the policy for raw HTML is one
	"golang.org/x/net":                   {"markdown", "intake"},                                       // HTML and charsets, of documents and of mail
	"golang.org/x/tools":                 {"explain"},                                                  // only its txtar
	"golang.org/x/text":                  {"privacy", "site", "markdown", "search", "words", "intake"}, // words has only its plural rules
	"github.com/bmatcuk/doublestar/v4":   {"config"},
	"github.com/tdewolff/minify/v2":      {"layout"},
	"html/template":                      {"layout", "emit"}, // emit only marks what is HTML already
	"github.com/spf13/cobra":             {"cli"},
	"github.com/spf13/pflag":             {"cli"},
	"golang.org/x/sys":                   {"output"},
	"github.com/fsnotify/fsnotify":       {"watch"},
	"net/http":                           {"preview"},                        // nothing here asks a network; the preview answers this machine
	"os/exec":                            {"history", "cli"},                 // git, and the browser for serve --open, are the only processes that are started
	"github.com/rogpeppe/go-internal":    {"edit"},                           // only its diff
	"os":                                 {"output", "edit", "watch", "cli"}, // every other package gets bytes
}

func TestImportsRunOneWay(t *testing.T) {
	for name, imports := range importsByPackage(t) {
		at := slices.Index(order, name)
		if at < 0 {
			t.Errorf("package %q is not in the order of packages", name)
			continue
		}
		for _, path := range imports {
			if other, own := strings.CutPrefix(path, "minutebook/generator"); own {
				other = strings.TrimPrefix(other, "/")
				if i := slices.Index(order, other); i < 0 || i >= at {
					t.Errorf("package %s imports %s, which comes after it", name, other)
				}
				continue
			}
			for library, allowed := range homes {
				if (path == library || strings.HasPrefix(path, library+"/")) && !slices.Contains(allowed, name) && library != "os" || path == "os" && library == "os" && !slices.Contains(allowed, name) {
					t.Errorf("package %s imports %s, whose home is %v", name, path, allowed)
				}
			}
		}
	}
}

// importsByPackage are the imports of each package's own files, tests left out.
func importsByPackage(t *testing.T) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "golden" || hasModule(path)):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(filepath.Dir(path))
		if name == "." {
			name = ""
		}
		for _, spec := range f.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports[name] = append(imports[name], p)
		}
		return nil
	})
	if err != nil || len(imports) < len(order) {
		t.Fatalf("%d packages, %v", len(imports), err)
	}
	return imports
}

// hasModule reports whether a folder below is a module of its own.
func hasModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return dir != "." && err == nil
}
