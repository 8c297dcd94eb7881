package schema_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/frontmatter"
	"minutebook/generator/schema"
	"minutebook/generator/source"
)

// compiled is the schema of a kind, ready to validate, with formats asserted.
func compiled(t *testing.T, k *config.Kind) *jsonschema.Schema {
	t.Helper()
	data, err := schema.Of(k)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource("kind.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("kind.json")
	if err != nil {
		t.Fatalf("%s: %v", k.Name, err)
	}
	return s
}

// value is what a YAML reader of an editor sees: text where it is no other type.
func value(v frontmatter.Value) any {
	switch v.Kind {
	case frontmatter.List:
		list := []any{}
		for _, item := range v.Items {
			list = append(list, value(item))
		}
		return list
	case frontmatter.Map:
		m := map[string]any{}
		for _, e := range v.Fields {
			m[e.Key] = value(e.Value)
		}
		return m
	case frontmatter.Null:
		return nil
	}
	switch {
	case v.Plain && (v.Text == "true" || v.Text == "false"):
		return v.Text == "true"
	case v.Plain && v.Text != "" && strings.Trim(v.Text, "0123456789") == "":
		return 12
	}
	return v.Text
}

func frontOf(t *testing.T, f *source.File) any {
	t.Helper()
	block, problems := frontmatter.Split(f)
	m, more := frontmatter.Decode(f, block.YAML)
	if len(problems)+len(more) > 0 {
		t.Fatal(problems, more)
	}
	return value(frontmatter.Value{Kind: frontmatter.Map, Fields: m.Entries})
}

// TestExampleFits validates the front matter of every document of the example.
func TestExampleFits(t *testing.T) {
	tree, err := source.FromFS(os.DirFS("../../content"))
	if err != nil {
		t.Fatal(err)
	}
	settings, problems := config.Load(tree)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	schemas := map[string]*jsonschema.Schema{}
	for _, k := range settings.Kinds {
		schemas[k.Name] = compiled(t, k)
	}
	seen := 0
	for _, f := range tree.Files() {
		if !source.IsMarkdown(f.Path) || !bytes.HasPrefix(f.Data, []byte("---\n")) {
			continue
		}
		seen++
		if err := schemas[settings.KindOf(f.Path).Name].Validate(frontOf(t, f)); err != nil {
			t.Errorf("%s: %v", f.Path, err)
		}
	}
	if seen < 30 {
		t.Errorf("only %d documents have front matter", seen)
	}
}

// TestTemplatesFit validates what a new document of each kind starts from.
func TestTemplatesFit(t *testing.T) {
	settings, _ := config.Load(source.NewTree())
	day, err := date.Parse("2018-04-02")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range settings.Kinds {
		text := k.Template(day)
		if !strings.HasPrefix(text, "---") {
			continue
		}
		front := frontOf(t, source.NewFile("x.md", []byte(text)))
		if err := compiled(t, k).Validate(front); err != nil {
			t.Errorf("%s: %v", k.Name, err)
		}
	}
}

// TestFaultsShow: from a front matter that is right, one change each that check
// would report, and one that it would not.
func TestFaultsShow(t *testing.T) {
	settings, problems := config.Load(source.NewTree(source.NewFile(config.FileName, []byte(`
defaults: {proposal: {decision-makers: [team]}}
kinds:
  proposal:
    fields: {size: {type: word, values: [small, large]}, done: {type: flag}}
    statuses: {Final: accepted}
`))))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	right := map[string]any{"title": "T", "status": "review", "decide-by": "2018-04-04", "authors": []any{"anna"}}
	s := compiled(t, settings.Kind("proposal"))
	if err := s.Validate(right); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		key   string
		value any
		fits  bool
	}{
		"unknown status":       {"status", "reviewed", false},
		"another word":         {"status", "Final", true},
		"status of MADR":       {"status", "superseded by [P-1](x.md)", true},
		"unknown key":          {"decideby", "2018-04-04", false},
		"key of one's own":     {"x-mine", map[string]any{}, true},
		"no date":              {"decide-by", "4 April", false},
		"impossible date":      {"decide-by", "2018-02-30", false},
		"a time":               {"decide-by", "2018-04-04T12:00", true},
		"no list of authors":   {"authors", "anna, bo", true},
		"a map of authors":     {"authors", map[string]any{"a": "b"}, false},
		"an alias":             {"author", "anna", true},
		"forbidden":            {"outcome", "Yes", false},
		"an empty key":         {"outcome", nil, true},
		"a number":             {"survey-responses", 18, true},
		"no number":            {"survey-responses", "many", false},
		"no address":           {"respond", "somewhere", false},
		"an address":           {"respond", "mailto:list@example.org", true},
		"links":                {"discussions-to", []any{"pitch: https://example.org/1", map[string]any{"log": "https://example.org"}}, true},
		"links without scheme": {"discussions-to", "example", false},
		"a word of ours":       {"size", "small", true},
		"another":              {"size", "huge", false},
		"a flag":               {"done", "yes", true},
		"no flag":              {"done", "perhaps", false},
	} {
		doc := map[string]any{c.key: c.value}
		for k, v := range right {
			if _, changed := doc[k]; !changed {
				doc[k] = v
			}
		}
		if err := s.Validate(doc); (err == nil) != c.fits {
			t.Errorf("%s: %v", name, err)
		}
	}
	delete(right, "decide-by")
	if s.Validate(right) == nil {
		t.Error("a proposal under review needs decide-by")
	}
	if s.Validate(map[string]any{"title": "T"}) == nil {
		t.Error("a proposal states its status")
	}
}
