package schema_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/config"
	"minutebook/generator/golden"
	"minutebook/generator/schema"
	"minutebook/generator/source"
)

const keysIntroduction = `# Keys and statuses

All keys that a front matter can have, and the statuses of each kind, as they are built in. A site can change both in
[minutebook.yaml](configuration.md#kinds). This page is made from the program itself; ` + "`minutebook schema KIND`" + ` says the same to an
editor. How a front matter is written is told in [The format](format.md).

Spellings in the last column are read as the key itself. More spellings, for documents that are older than the site, are
told in [Adopting a repository](adopting-a-repository.md). Keys that begin with ` + "`x-`" + ` are yours: the program passes over them.
`

// typeNames are what the page calls the types of values.
var typeNames = map[config.Type]string{
	config.Text: "text", config.Word: "word", config.StatusWord: "status", config.Date: "day", config.Time: "day and time", config.Duration: "duration",
	config.Zone: "time zone", config.Number: "number", config.Flag: "true or false", config.Tongue: "language", config.URL: "address", config.Links: "addresses",
	config.People: "people", config.References: "documents", config.Tags: "topics", config.Paths: "paths",
}

// TestKeysPage makes the page of the manual that has all keys and statuses.
func TestKeysPage(t *testing.T) {
	settings, problems := config.Load(source.NewTree())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var b strings.Builder
	b.WriteString(keysIntroduction)
	page := settings.Page()
	b.WriteString("\n## Every document\n\n")
	fields(t, &b, page, page.Fields)
	for _, k := range settings.Kinds {
		if k == page {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n", k.Plural)
		own := slices.DeleteFunc(slices.Clone(k.Fields), func(f *config.Field) bool {
			common := page.Field(f.Name)
			return common != nil && common.Name == f.Name && slices.Equal(common.Aliases, f.Aliases)
		})
		fields(t, &b, k, own)
		statuses(&b, k)
	}
	golden.File(t, filepath.Join("..", "..", "content", "guide", "keys.md"), []byte(b.String()))
}

func fields(t *testing.T, b *strings.Builder, k *config.Kind, list []*config.Field) {
	t.Helper()
	b.WriteString("| Key | Value | Meaning | Other spellings |\n|---|---|---|---|\n")
	for _, f := range list {
		value := typeNames[f.Type]
		if value == "" {
			t.Errorf("the page has no word for the type %s", f.Type)
		}
		if len(f.Values) > 0 {
			value = code(f.Values)
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", f.Name, value, schema.Describe(k, f), code(f.Aliases))
	}
}

func statuses(b *strings.Builder, k *config.Kind) {
	if len(k.Statuses) == 0 {
		return
	}
	b.WriteString("\n| Status | On the page | What it means | May become | Needs |\n|---|---|---|---|---|\n")
	for _, s := range k.Statuses {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s |\n", s.Name, s.Label, s.Means, code(s.Moves), code(s.Needs))
	}
}

// code are words as code.
func code(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "`" + strings.Join(words, "`, `") + "`"
}
