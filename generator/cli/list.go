package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator"
	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// A listing is one run of the command list.
type listing struct {
	sources
	wishes
	minuted, json bool

	site *site.Site
	what subject
}

func listCommand(env *Env) *cobra.Command {
	l := listing{sources: sources{env: env}}
	c := &cobra.Command{
		Use:   "list KIND",
		Short: "List documents, actions, questions and more",
		Long: `List reads and links all documents and prints those of a kind, in columns or as
JSON. KIND is a kind of document, such as proposals, or one of
` + "  " + strings.Join(subjectNames(nil), ", ") + `
Filters leave out what does not fit all of them. The JSON has the objects of
model.json.`,
		Example: `  minutebook list actions --overdue
  minutebook list proposals --open --json
  minutebook list feedback --event forum-2018-berlin`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return wrongUse("list wants one KIND (there are %s)", strings.Join(subjectNames(l.kinds()), ", "))
			}
			return nil
		},
		ValidArgsFunction: l.complete,
		RunE:              func(c *cobra.Command, args []string) error { return l.run(c.Context(), args[0]) },
	}
	f := c.Flags()
	l.flags(f)
	f.StringVar(&l.status, "status", "", "only those with a status or state, like last-call or done")
	f.StringVar(&l.owner, "owner", "", "only those of a person or group: owners of notes; authors, owner, decision-makers and chair of documents")
	f.StringVar(&l.topic, "topic", "", "only those on a topic")
	f.StringVar(&l.event, "event", "", "only those of an event, or for it")
	f.BoolVar(&l.overdue, "overdue", false, "only those whose day has passed")
	f.BoolVar(&l.open, "open", false, "only those of which something is still expected")
	f.BoolVar(&l.minuted, "minuted", false, "with decisions: those that stand in notes, too")
	f.BoolVar(&l.json, "json", false, "print the objects of model.json")
	c.RegisterFlagCompletionFunc("owner", l.completePeople)
	c.RegisterFlagCompletionFunc("event", l.completeDocuments)
	return c
}

// A subject is what can be listed: notes of some kinds, or documents of one kind
// or all, or else topics or people.
type subject struct {
	name  string // as messages call several of it
	notes []markdown.ItemKind
	kind  string   // name of the kind of documents; empty for notes and for all documents
	words []string // other words for it
}

// subjects are what every site can list besides its kinds of documents.
var subjects = []subject{
	{name: "actions", notes: []markdown.ItemKind{markdown.Action}, words: []string{"action"}},
	{name: "questions", notes: []markdown.ItemKind{markdown.Question}, words: []string{"question"}},
	{name: "feedback", notes: []markdown.ItemKind{markdown.Feedback}},
	{name: "help", notes: []markdown.ItemKind{markdown.Offer, markdown.HelpWanted, markdown.Action}, words: []string{"offers", "help-wanted"}},
	{name: "topics", words: []string{"topic"}},
	{name: "people", words: []string{"person", "persons", "groups"}},
	{name: "documents", words: []string{"document", "records"}},
}

// subjectsOf are all subjects of a site, those that every site has first.
func subjectsOf(kinds []*config.Kind) []subject {
	list := slices.Clone(subjects)
	for _, k := range kinds {
		name := strings.ToLower(k.Plural)
		if !slices.ContainsFunc(list, func(s subject) bool { return s.name == name }) {
			list = append(list, subject{name: name, kind: k.Name, words: []string{strings.ToLower(k.Name)}})
		}
	}
	return list
}

func subjectNames(kinds []*config.Kind) []string {
	var names []string
	for _, s := range subjectsOf(kinds) {
		names = append(names, s.name)
	}
	return names
}

// subject is what a word means. The kinds come from the configuration alone, so
// that a mistyped word is told before anything is read.
func (l *listing) subject(word string) (subject, error) {
	all := subjectsOf(l.kinds())
	low := strings.ToLower(word)
	for _, s := range all {
		if s.name == low || slices.Contains(s.words, low) {
			return s, nil
		}
	}
	var words, names []string
	for _, s := range all {
		words = append(append(words, s.name), s.words...)
		names = append(names, s.name)
	}
	hint := ""
	if near := diag.Nearest(word, words); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return subject{}, wrongUse("%q is nothing to list%s (there are %s)", word, hint, strings.Join(names, ", "))
}

// kinds are those of the content folder, or those of every site when it has no
// configuration that can be read.
func (l *listing) kinds() []*config.Kind {
	tree := source.NewTree()
	if data, err := readRegular(filepath.Join(l.path(l.content), config.FileName), source.HardLimit); err == nil {
		tree = source.NewTree(source.NewFile(config.FileName, data))
	}
	settings, _ := config.Load(tree)
	return settings.Kinds
}

// complete offers what can be listed to a shell.
func (l *listing) complete(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return subjectNames(l.kinds()), cobra.ShellCompDirectiveNoFileComp
}

func (l *listing) run(ctx context.Context, word string) (err error) {
	in, err := l.inputs()
	if err != nil {
		return err
	}
	if l.what, err = l.subject(word); err != nil {
		return err
	}
	if err := l.fits(); err != nil {
		return err
	}
	if !l.json {
		in.History = nil // columns do not show what git knows
	}
	if in.Content, err = l.read(ctx, l.content, l.excludeOutput()); err != nil {
		return err
	}
	builder := generator.Builder{Once: true}
	var problems diag.List
	if l.site, problems, err = builder.Check(ctx, in); err != nil {
		return buildError(err)
	}
	if err := usable(l.env.Stderr, problems, "listed"); err != nil {
		return err
	}
	wanted, err := l.wishes.in(l.site, l.what)
	if err != nil {
		return err
	}
	return l.print(wanted)
}

// fits refuses filters that mean nothing for what is listed.
func (l *listing) fits() error {
	if l.minuted && l.what.kind != "decision" {
		return wrongUse("--minuted is for decisions; it means nothing for %s", l.what.name)
	}
	if l.what.name != "topics" && l.what.name != "people" {
		return nil
	}
	if flag := l.wishes.first(); flag != "" {
		return wrongUse("--%s means nothing for %s", flag, l.what.name)
	}
	return nil
}

// usable ends a command when the configuration cannot be used: the kinds would
// be others. Done is what was not done then.
func usable(w io.Writer, problems diag.List, done string) error {
	problems = slices.DeleteFunc(slices.Clone(problems), func(d diag.Diagnostic) bool { return d.Code != "configuration" || d.Severity < diag.Error })
	if len(problems) == 0 {
		return nil
	}
	if err := diag.Text(w, problems); err != nil {
		return world(err)
	}
	fmt.Fprintf(w, "minutebook: nothing was %s: %s\n", done, problemCount(problems))
	return refused()
}
