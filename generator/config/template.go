package config

import (
	"embed"
	"strings"

	"minutebook/generator/date"
)

//go:embed templates
var templates embed.FS

// monthDays is how far ahead the days lie that a template suggests.
const monthDays = 30

// Template is the text that a new document of the kind starts from, on a day.
// Kinds of a site's own start from its label and the fields that it has.
func (k *Kind) Template(today date.Date) string {
	text, err := templates.ReadFile("templates/" + k.Name + ".md")
	if err != nil {
		text = []byte(k.ownTemplate())
	}
	return strings.NewReplacer("{today}", today.String(), "{month}", today.AddDays(monthDays).String()).Replace(string(text))
}

func (k *Kind) ownTemplate() string {
	var b strings.Builder
	b.WriteString("---\ntitle: \"" + k.Label + "\"\n")
	if len(k.Statuses) > 0 {
		b.WriteString("status: " + k.Statuses[0].Name + "\n")
	}
	if f := k.Field(k.FileDay); f != nil {
		b.WriteString(f.Name + ": {today}\n")
	}
	b.WriteString("---\n\nText.\n")
	return b.String()
}
