package emit

import (
	"fmt"
	"path"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/site"
)

// notesTemplate is what the notes of a meeting ahead may start from: who is
// there, what earlier meetings left open, and the agenda. It is plain Markdown
// in the syntax that notes are read by, for scribes without this program.
func (b *Builder) notesTemplate(r *site.Record) string {
	if r.Kind.Name != "meeting" || b.Site.Over(r) || r.Day("start").IsZero() || len(r.Notes) > 0 {
		return ""
	}
	var t strings.Builder
	t.WriteString("## Attendance\n\n")
	for _, role := range []struct{ field, word string }{{"chair", "Chair"}, {"scribe", "Notes"}} {
		if who := handles(r.People[role.field]); who != "" {
			fmt.Fprintf(&t, "- **%s:** %s\n", role.word, who)
		}
	}
	t.WriteString("- **Present:** \n- **Regrets:** \n")
	dir := path.Dir(r.File.Path)
	if len(r.Carried) > 0 {
		t.WriteString("\n## Action review\n\n")
	}
	for _, n := range r.Carried {
		name := strings.TrimSpace(n.Day().String() + " " + n.Item.ID)
		fmt.Fprintf(&t, "- [ ] [%s](%s#%s) still open: %s\n", name, site.Relative(dir, n.Record.File.Path), n.Anchor, n.Text)
	}
	for _, item := range r.Named("agenda") {
		fmt.Fprintf(&t, "\n## %s\n\n[%s](%s)\n\n- **Decision:** \n", item.Title, item.Title, site.Relative(dir, item.File.Path))
	}
	fmt.Fprintf(&t, "\n## Actions\n\n- [ ] **Action A1** (@who, due %s): \n", r.Day("start").AddDays(7))
	return t.String()
}

// handles are persons as notes name them; those who do not give their name are
// left out.
func handles(named []site.Named) string {
	var list []string
	for _, n := range named {
		if n.Person.Public == config.Named {
			list = append(list, "@"+n.Person.Handle)
		}
	}
	return strings.Join(list, ", ")
}
