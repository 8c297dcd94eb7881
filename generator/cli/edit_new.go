package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/edit"
)

// A newing is one run of the command new.
type newing struct {
	editing
	date, series, from, file string
	authors, agenda, set     []string
}

func newCommand(env *Env) *cobra.Command {
	n := newing{editing: editing{sources: sources{env: env}}}
	c := &cobra.Command{
		Use:   "new KIND [TITLE]",
		Short: "Begin a document from its template",
		Long: `New adds a document to the folder in which most of its kind are, from the site's
own template if there is one among them (a file with "template" in its name), else
from the one that the program brings. Its file is named as the others there are:
by the day, by the next number, or by the title. Nothing is written over.

A meeting of a --series takes over the hour, place and chair of the last one, the
actions that are open, and what waits for a decision of the group of that name. A
decision --from a proposal takes over its title, options, links and deciders.`,
		Example: `  minutebook new proposal "Meet every second week" --author anna
  minutebook new meeting --series ops-meetups-team
  minutebook new decision --from weekly-summary`,
		Args:              needsArgs(1, "new wants a KIND and a TITLE, like: minutebook new proposal \"Meet every second week\""),
		ValidArgsFunction: n.completeKind,
		RunE:              func(c *cobra.Command, args []string) error { return n.run(c.Context(), args) },
	}
	f := c.Flags()
	n.flags(f)
	f.StringVar(&n.date, "date", "", "its day, like 2018-04-10")
	f.StringArrayVar(&n.authors, "author", nil, "who proposes it; may be given several times")
	f.StringArrayVar(&n.set, "set", nil, "key=value of its front matter; may be given several times")
	f.StringVar(&n.series, "series", "", "of a meeting: the series that it continues")
	f.StringArrayVar(&n.agenda, "agenda", nil, "of a meeting: a document on its agenda; may be given several times")
	f.StringVar(&n.from, "from", "", "of a decision: the proposal that it is about")
	f.StringVar(&n.file, "file", "", "path of the file, instead of one made of the title")
	c.RegisterFlagCompletionFunc("series", n.completeSeries)
	c.RegisterFlagCompletionFunc("author", n.completePeople)
	c.RegisterFlagCompletionFunc("agenda", n.completeDocuments)
	c.RegisterFlagCompletionFunc("from", n.completeDocuments)
	return c
}

// needsArgs wants at least so many arguments, and says what for.
func needsArgs(n int, usage string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < n {
			return wrongUse("%s", usage)
		}
		return text(args...)
	}
}

func (n *newing) run(ctx context.Context, args []string) error {
	if err := text(append(append(n.set, n.authors...), n.series, n.file)...); err != nil {
		return err
	}
	if err := n.open(ctx); err != nil {
		return err
	}
	draft, err := n.draft(args)
	if err != nil {
		return err
	}
	if n.env.Asks {
		if err := n.askFor(&draft); err != nil {
			return err
		}
	}
	if draft.Title == "" && draft.Series == "" && draft.From == nil {
		return wrongUse("a %s needs a title, like: minutebook new %s \"Meet every second week\"", strings.ToLower(draft.Kind.Label), draft.Kind.Name)
	}
	if _, err := n.editor.New(draft); err != nil {
		return failed(err)
	}
	return n.finish(ctx, nil)
}

// askFor asks for what a new document needs and nobody has given: a title, and
// who proposes it, where the template wants to know.
func (n *newing) askFor(d *edit.Draft) (err error) {
	if d.Title == "" && d.Series == "" && d.From == nil {
		if d.Title, err = n.ask("Title", ""); err != nil {
			return err
		}
	}
	given := slices.ContainsFunc(d.Values, func(v edit.Value) bool { return v.Field == "authors" })
	if given || !strings.Contains(d.Kind.Template(n.editor.Site.Today), "\nauthors:") {
		return nil
	}
	who, err := n.ask("Proposed by (handles, with commas between)", "")
	if err != nil || who == "" {
		return err
	}
	v, err := edit.ParseValue(d.Kind, "authors="+who, n.editor.Site.Today)
	d.Values = append(d.Values, v)
	return err
}

// draft reads what is wanted from the arguments and flags.
func (n *newing) draft(args []string) (d edit.Draft, err error) {
	settings := n.editor.Site.Config
	if d.Kind = edit.KindNamed(settings, args[0]); d.Kind == nil {
		return d, noKind(settings, args[0])
	}
	d.Title = strings.Join(strings.Fields(strings.Join(args[1:], " ")), " ")
	if d.Series = n.series; n.series != "" && d.Kind.Name != "meeting" {
		return d, wrongUse("--series is for meetings")
	}
	if n.date != "" {
		if d.Day, err = date.Parse(n.date); err != nil {
			return d, wrongUse("--date %q is not a date; write it like 2018-04-02", n.date)
		}
	}
	if n.file != "" {
		p, ok := n.contentPath(n.file)
		if !ok {
			return d, wrongUse("%s is not in the folder %s", n.file, n.content)
		}
		d.File = p
	}
	if err := n.related(&d); err != nil {
		return d, err
	}
	if len(n.authors) > 0 {
		d.Values = append(d.Values, edit.Value{Field: "authors", Texts: n.authors})
	}
	more, err := n.values(d.Kind, n.set)
	d.Values = append(d.Values, more...)
	return d, err
}

// related finds the documents that flags name.
func (n *newing) related(d *edit.Draft) (err error) {
	if len(n.agenda) > 0 {
		if d.Kind.Field("agenda") == nil {
			return wrongUse("--agenda is for meetings")
		}
		if d.Agenda, err = n.records(n.agenda); err != nil {
			return err
		}
	}
	if n.from == "" {
		return nil
	}
	if d.Kind.Field("proposal") == nil {
		return wrongUse("--from is for decisions")
	}
	if d.From, err = n.record(n.from, d.Kind.Field("proposal").Kind); err == nil && d.From.Kind.Name != d.Kind.Field("proposal").Kind {
		return wrongUse("%s is a %s, not a %s", n.from, strings.ToLower(d.From.Kind.Label), d.Kind.Field("proposal").Kind)
	}
	return err
}

// values reads what --set was given.
func (e *editing) values(k *config.Kind, set []string) (edit.Values, error) {
	var values edit.Values
	for _, one := range set {
		v, err := edit.ParseValue(k, one, e.editor.Site.Today)
		if err != nil {
			return nil, wrongUse("--set: %v", err)
		}
		values = append(values, v)
	}
	return values, nil
}

func noKind(c *config.Config, word string) error {
	var names []string
	for _, k := range c.Kinds {
		names = append(names, k.Name)
	}
	if near := diag.Nearest(word, names); near != "" {
		return wrongUse("%q is not a kind of document; did you mean %s?", word, near)
	}
	return wrongUse("%q is not a kind of document (there are %s)", word, strings.Join(names, ", "))
}
