package emit

import (
	"path"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/edit"
	"minutebook/generator/site"
)

// notesTemplate is what the notes of a meeting ahead may start from: who is
// there, what earlier meetings left open, and the agenda. It is plain Markdown
// in the syntax that notes are read by, for scribes without this program.
func (b *Builder) notesTemplate(r *site.Record) string {
	if r.Kind.Name != "meeting" || b.Site.Over(r) || r.Day("start").IsZero() || len(r.Notes) > 0 {
		return ""
	}
	return edit.Notes{
		Dir: path.Dir(r.File.Path), Chair: handles(r.People.Of("chair")), Scribe: handles(r.People.Of("scribe")),
		Carried: r.Carried, Agenda: r.Named("agenda"), Due: r.Day("start").AddDays(7),
	}.Text()
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
