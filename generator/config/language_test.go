package config_test

import (
	"testing"

	"minutebook/generator/config"
	"minutebook/generator/source"
)

// A page runs in the direction of the script that its language names, else of
// the language, and a site may say otherwise. What is no language tag is told
// of, and the site is in English.
func TestLanguage(t *testing.T) {
	for _, tt := range []struct{ settings, language, direction, problem string }{
		{"", "en", "ltr", ""},
		{"language: de-AT", "de-AT", "ltr", ""},
		{"lang: ar", "ar", "rtl", ""},
		{"language: AR-eg", "AR-eg", "rtl", ""},
		{"language: ar-Latn", "ar-Latn", "ltr", ""},
		{"language: pa-Arab-PK", "pa-Arab-PK", "rtl", ""},
		{"language: de-1996", "de-1996", "ltr", ""},
		{"language: pt_BR", "pt-BR", "ltr", ""},
		{"language: ar\ndir: ltr", "ar", "ltr", ""},
		{"language: en\ndirection: rtl", "en", "rtl", ""},
		{"language: German!", "en", "ltr", `minutebook.yaml:1:11: language "German!" is not a language tag, so the site is in English [unknown-language]`},
		{"language: ../../x", "en", "ltr", `minutebook.yaml:1:11: language "../../x" is not a language tag, so the site is in English [unknown-language]`},
	} {
		c, problems := config.Load(source.NewTree(source.NewFile(config.FileName, []byte(tt.settings+"\n"))))
		told := ""
		for _, p := range problems {
			told += p.String()
		}
		if c.Language != tt.language || c.Direction != tt.direction || told != tt.problem {
			t.Errorf("%q: %s, %s, %q", tt.settings, c.Language, c.Direction, told)
		}
	}
}

// What the site's own file calls things is its own; what it leaves is not.
func TestOwnNames(t *testing.T) {
	c, problems := config.Load(source.NewTree(source.NewFile(config.FileName, []byte(
		"kinds: {proposal: {label: Motion, statuses: {draft: {label: Sketch}, odd: {}}, fields: {how: {type: word, labels: {a: By lot}}}}, run-book: {}}\n"))))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for text, own := range map[string]bool{"Motion": true, "Sketch": true, "Odd": true, "By lot": true, "Run book": true, "Run books": true, "Proposals": false, "Draft": false} {
		if c.Own[text] != own {
			t.Errorf("%s: %v", text, c.Own[text])
		}
	}
}
