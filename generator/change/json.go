package change

import (
	"io"

	"minutebook/generator/diag"
)

// schema is the version of what [JSON] writes: it grows when a field gets
// another meaning or goes.
const schema = 1

// JSON writes a change as one line, whole and with texts as the documents have
// them. What a terminal or the runner of GitHub Actions could obey is escaped in
// a way that JSON itself undoes.
func JSON(w io.Writer, c *Change, o Options) error {
	whole := *c
	for _, list := range []*[]string{
		&whole.Settings, &whole.Files.Added, &whole.Files.Changed, &whole.Files.Removed, &whole.Pages.Added, &whole.Pages.Changed, &whole.Pages.Removed,
	} {
		*list = append([]string{}, *list...) // [] and not null
	}
	whole.Documents = append([]Document{}, c.Documents...)
	for i := range whole.Documents {
		whole.Documents[i].Facts = append([]Fact{}, whole.Documents[i].Facts...)
	}
	whole.Problems.Added = append(diag.List{}, c.Problems.Added...)
	whole.Problems.Mended = append(diag.List{}, c.Problems.Mended...)
	line, err := diag.PrintableJSON(struct {
		Schema  int    `json:"schema"`
		Content string `json:"content"` // folder that the paths of documents and files count from
		*Change
	}{schema, o.Content, &whole})
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	return err
}
