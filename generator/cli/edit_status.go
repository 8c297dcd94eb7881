package cli

import (
	"context"

	"github.com/spf13/cobra"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/edit"
	"minutebook/generator/site"
)

// A moving is one run of the commands that move a document from one status to
// another.
type moving struct {
	editing
	set            []string
	force          bool
	by, approvedAt string
}

func statusCommand(env *Env) *cobra.Command {
	m := moving{editing: editing{sources: sources{env: env}}}
	c := &cobra.Command{
		Use:   "status FILE NEW",
		Short: "Give a document another status",
		Long: `Status gives a document another status, if its kind allows the move, and sets
what that status needs: what --set gives, what it can tell itself, such as the day
of a decision, and what you answer when a terminal is there. FILE is a path or an
id. A slip is mended with --force.`,
		Example: `  minutebook status weekly-summary last-call
  minutebook status content/proposals/colocate-ops-2h-2018.md accepted --set outcome="Co-located, for one cycle"`,
		Args:              exactly(2, "status wants a FILE and the NEW status"),
		ValidArgsFunction: m.completeStatus,
		RunE:              func(c *cobra.Command, args []string) error { return m.status(c.Context(), args[0], args[1]) },
	}
	m.flags(c.Flags())
	c.Flags().StringArrayVar(&m.set, "set", nil, "key=value that the status needs; key= takes a key out; may be given several times")
	c.Flags().BoolVar(&m.force, "force", false, "make a move that the lifecycle does not have")
	return c
}

func exactly(n int, usage string) cobra.PositionalArgs { return between(n, n, usage) }

// between wants from least to most arguments, and says what for.
func between(least, most int, usage string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return wrongUse("%s", usage)
		}
		return text(args...)
	}
}

func (m *moving) status(ctx context.Context, file, word string) error {
	if err := text(m.set...); err != nil {
		return err
	}
	if err := m.open(ctx); err != nil {
		return err
	}
	r, err := m.record(file)
	if err != nil {
		return err
	}
	t, err := m.editor.Transition(r, word, m.force)
	if err != nil {
		return failed(err)
	}
	values, err := m.values(r.Kind, m.set)
	if err != nil {
		return err
	}
	if m.env.Asks {
		if values, err = m.askFor(t, values); err != nil {
			return err
		}
	}
	if err := m.editor.SetStatus(t, values); err != nil {
		return failed(err)
	}
	if err := m.finish(ctx, nil); err != nil {
		return err
	}
	return world(m.stillHolds(t))
}

// stillHolds says which documents a newly decided one replaces whose files say
// that they hold.
func (m *moving) stillHolds(t edit.Transition) error {
	if t.To.Name != "accepted" {
		return nil
	}
	for _, old := range t.Record.Named("supersedes") {
		if s := old.Status.Known; s == nil || s.Phase != config.DecidedPhase {
			continue
		}
		if err := say(m.env.Stderr, "%s still says %s; to change that: minutebook supersede %s --by %s", m.named(old.File.Path), old.Status.Text, old.ID, t.Record.ID); err != nil {
			return err
		}
	}
	return nil
}

// askFor asks for what a status needs and nobody has given.
func (m *moving) askFor(t edit.Transition, values edit.Values) (edit.Values, error) {
	for _, need := range m.editor.Needs(t, values) {
		if need.Remove {
			answer, err := m.ask("Take out "+need.Field.Name+", for "+need.Why+"? (yes or no)", "yes")
			if err != nil {
				return nil, err
			}
			if answer == "yes" || answer == "y" {
				values = append(values, edit.Value{Field: need.Field.Name})
			}
			continue
		}
		answer, err := m.ask(need.Field.Name+" ("+need.Why+")", need.Default)
		if err != nil {
			return nil, err
		}
		if answer == "" {
			continue
		}
		v, err := edit.ParseValue(t.Record.Kind, need.Field.Name+"="+answer, m.editor.Site.Today)
		if err != nil {
			return nil, wrongUse("%v", err)
		}
		values = append(values, v)
	}
	return values, nil
}

func supersedeCommand(env *Env) *cobra.Command {
	m := moving{editing: editing{sources: sources{env: env}}}
	c := &cobra.Command{
		Use:   "supersede OLD --by NEW",
		Short: "Say that one document replaces another",
		Long: `Supersede makes NEW say that it replaces OLD, and OLD by what it is replaced. Once
NEW is accepted, OLD is superseded; until then OLD holds.`,
		Example:           `  minutebook supersede notes-in-pads --by minutes-in-this-repository`,
		Args:              exactly(1, "supersede wants the OLD document, and --by the NEW one"),
		ValidArgsFunction: m.completeDocument,
		RunE:              func(c *cobra.Command, args []string) error { return m.supersede(c.Context(), args[0]) },
	}
	m.flags(c.Flags())
	c.Flags().StringVar(&m.by, "by", "", "the document that replaces it")
	c.Flags().BoolVar(&m.force, "force", false, "make a move that the lifecycle does not have")
	c.RegisterFlagCompletionFunc("by", m.completeDocuments)
	return c
}

func (m *moving) supersede(ctx context.Context, file string) error {
	if m.by == "" {
		return wrongUse("supersede needs the document that replaces it, as --by NEW")
	}
	if err := m.open(ctx); err != nil {
		return err
	}
	old, by, err := m.pair(file)
	if err != nil {
		return err
	}
	if err := m.editor.Supersede(old, by, m.force); err != nil {
		return failed(err)
	}
	return m.finish(ctx, nil)
}

// pair finds the two documents. Where an id is that of several, the one is meant
// that is of the other's kind.
func (m *moving) pair(file string) (old, by *site.Record, err error) {
	if by, err = m.record(m.by); err == nil {
		old, err = m.record(file, by.Kind.Name)
		return old, by, err
	}
	old, other := m.record(file)
	if other != nil {
		return nil, nil, err
	}
	by, err = m.record(m.by, old.Kind.Name)
	return old, by, err
}

func closeCommand(env *Env) *cobra.Command {
	m := moving{editing: editing{sources: sources{env: env}}}
	c := &cobra.Command{
		Use:   "close FILE",
		Short: "Close a meeting, and tell what its notes lack",
		Long: `Close says of a meeting that it took place, and lists what its notes lack: who was
there, decisions, owners and days of actions, open actions that nobody looked at,
what was on the agenda and is not mentioned. With --approved-at its minutes are
marked as approved.`,
		Example:           `  minutebook close content/meetings/2018-03-27-ops-meetups-team.md`,
		Args:              exactly(1, "close wants the FILE of a meeting"),
		ValidArgsFunction: m.completeDocument,
		RunE:              func(c *cobra.Command, args []string) error { return m.close(c.Context(), args[0]) },
	}
	m.flags(c.Flags())
	c.Flags().StringVar(&m.approvedAt, "approved-at", "", "the meeting that approved the minutes")
	c.RegisterFlagCompletionFunc("approved-at", m.completeDocuments)
	return c
}

func (m *moving) close(ctx context.Context, file string) error {
	if err := m.open(ctx); err != nil {
		return err
	}
	r, err := m.record(file, "meeting")
	if err != nil {
		return err
	}
	var approved *site.Record
	if m.approvedAt != "" {
		if approved, err = m.record(m.approvedAt, "meeting"); err != nil {
			return err
		}
	}
	gaps, err := m.editor.Close(r, approved)
	if err != nil {
		return failed(err)
	}
	if err := m.finish(ctx, nil); err != nil {
		return err
	}
	return world(m.lacks(r, gaps))
}

// lacks lists what the notes of a meeting lack, with places in the file as it is
// now.
func (m *moving) lacks(r *site.Record, gaps []edit.Gap) error {
	path := m.named(r.File.Path)
	if len(gaps) == 0 {
		return say(m.env.Stderr, "%s: nothing is missing", path)
	}
	if err := say(m.env.Stderr, "%s lacks:", path); err != nil {
		return err
	}
	for _, g := range gaps {
		if err := say(m.env.Stderr, "  %s: %s", diag.Place{Path: path, Start: g.At}, g.What); err != nil {
			return err
		}
	}
	return nil
}
