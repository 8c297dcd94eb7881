package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator"
	"minutebook/generator/diag"
	"minutebook/generator/explain"
	"minutebook/generator/history"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// A checking is one run of the command check.
type checking struct {
	sources
	format        string
	strict        bool
	baseline      string
	writeBaseline bool
	base          string
	untrusted     bool
}

func checkCommand(env *Env) *cobra.Command {
	c := checking{sources: sources{env: env}}
	command := &cobra.Command{
		Use:   "check [PATH…]",
		Short: "Tell what is wrong with the documents",
		Long: `Check reads and links all documents, applies every rule, and prints what is wrong
as path:line:col: message [code], with the way out. It makes no page. With paths,
only problems of those files and folders are told. It ends with 1 when there is
an error, and under --strict when there is a warning.

minutebook explain CODE tells what a code means.`,
		Example: `  minutebook check
  minutebook check --format github content/proposals`,
		RunE: func(command *cobra.Command, args []string) error { return c.run(command.Context(), args) },
	}
	f := command.Flags()
	c.flags(f)
	f.StringVar(&c.format, "format", "text", "how to print: "+strings.Join(formats(), ", "))
	f.BoolVar(&c.strict, "strict", false, "fail for warnings, too")
	f.StringVar(&c.baseline, "baseline", "", "file of problems that are known, and neither told nor failed for")
	f.StringVar(&c.base, "base", "", "revision that a change starts from: only what the change adds fails")
	f.BoolVar(&c.untrusted, "untrusted", false, "take html, link-schemes and rules from --base, not from the change")
	f.BoolVar(&c.writeBaseline, "write-baseline", false, "write all problems to the file of --baseline, and end")
	return command
}

func formats() []string { return slices.Sorted(maps.Keys(diag.Formats)) }

func (c *checking) run(ctx context.Context, args []string) error {
	print, known := diag.Formats[c.format]
	if c.format == "sarif" {
		print = diag.SARIFWith(explain.Help)
	}
	if !known {
		return wrongUse("--format %q is none of %s", c.format, strings.Join(formats(), ", "))
	}
	if c.writeBaseline && c.baseline == "" {
		return wrongUse("--write-baseline needs the file to write, as --baseline FILE")
	}
	in, err := c.inputs()
	if err != nil {
		return err
	}
	wanted, err := c.wanted(args)
	if err != nil {
		return err
	}
	if in.Content, err = c.read(ctx, c.content, c.excludeOutput()); err != nil {
		return err
	}
	in.Untrusted = c.untrusted
	s, problems, before, err := c.compare(ctx, in)
	if err != nil {
		return buildError(err)
	}
	if err := c.known(args, problems); err != nil {
		return err
	}
	problems = slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return !wanted(d.Path) })
	if c.writeBaseline {
		return c.write(problems)
	}
	if problems, err = c.beyondBaseline(problems); err != nil {
		return err
	}
	to := c.env.Stdout
	if c.format == "github" {
		to = c.env.bare.Stdout // its commands are to be obeyed
	}
	if err := print(to, problems); err != nil {
		return world(err)
	}
	if c.format == "text" {
		fmt.Fprintf(c.env.Stderr, "%s; %s\n", count(len(s.Records), "document", "documents"), problemCount(problems))
		c.remarks(before)
	}
	if problems.Count(diag.Error) > 0 || c.strict && problems.Count(diag.Warning) > 0 {
		return refused()
	}
	return nil
}

// known refuses a path of nothing: it is more likely a slip than something without
// a problem. What a change takes away may have some.
func (c *checking) known(args []string, problems diag.List) error {
	for _, arg := range args {
		if _, err := os.Stat(c.path(arg)); err == nil {
			continue
		}
		wanted, err := c.wanted([]string{arg})
		if err != nil {
			return err
		}
		if c.base == "" && !slices.ContainsFunc(problems, func(d diag.Diagnostic) bool { return wanted(d.Path) }) {
			return wrongUse("there is no %s", arg)
		}
	}
	return nil
}

// compare lists what is wrong; with --base only what was not wrong before, and
// how many problems were.
func (c *checking) compare(ctx context.Context, in generator.Inputs) (s *site.Site, problems diag.List, before int, err error) {
	if c.base == "" {
		builder := generator.Builder{Once: true}
		s, problems, err = builder.Check(ctx, in)
		return s, problems, 0, err
	}
	old := in
	if old.Content, err = c.baseTree(ctx); err != nil {
		return nil, nil, 0, err
	}
	var builder generator.Builder // reads once what did not change
	old.Untrusted = false
	was, known, err := builder.Check(ctx, old)
	if err != nil {
		return nil, nil, 0, err
	}
	in.Before = was
	s, problems, err = builder.Check(ctx, in)
	if err != nil {
		return nil, nil, 0, err
	}
	added := problems.Since(known)
	return s, added, len(problems) - len(added), nil
}

// baseTree is the content as it was where the change started.
func (c *checking) baseTree(ctx context.Context) (*source.Tree, error) {
	h, err := c.history(ctx)
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, wrongUse("--base needs a git work tree, and %s is in none", c.content)
	}
	base, err := h.MergeBase(ctx, c.base)
	if err != nil {
		return nil, baseError(err)
	}
	tree, err := h.Tree(ctx, base)
	if err != nil {
		return nil, baseError(err)
	}
	return tree, nil
}

func baseError(err error) error {
	if errors.Is(err, history.ErrRevision) {
		return wrongUse("--base: %v", err)
	}
	return world(err)
}

// revisionError is how a command ends that could not read an argument's
// revision.
func revisionError(err error) error {
	if errors.Is(err, history.ErrRevision) {
		return wrongUse("%v", err)
	}
	return world(err)
}

// remarks says what the list of problems does not: how many are older than the
// change, and what git could not tell.
func (c *checking) remarks(before int) {
	if before > 0 {
		fmt.Fprintf(c.env.Stderr, "%s there before\n", count(before, "more problem was", "more problems were"))
	}
	if c.past != nil && c.past.Unknown != "" {
		fmt.Fprintf(c.env.Stderr, "nothing is known of the past: %s\n", diag.Printable(c.past.Unknown))
	}
}

// write makes the baseline of an old repository, so that only new problems fail.
func (c *checking) write(problems diag.List) error {
	var out bytes.Buffer
	if err := diag.WriteBaseline(&out, problems); err != nil {
		return err
	}
	if err := os.WriteFile(c.path(c.baseline), out.Bytes(), 0o644); err != nil {
		return world(err)
	}
	_, err := fmt.Fprintf(c.env.Stderr, "%s: %s\n", c.baseline, count(len(problems), "problem", "problems"))
	return world(err)
}

// beyondBaseline are the problems that the baseline does not list, and says
// which of its lines are no longer needed.
func (c *checking) beyondBaseline(problems diag.List) (diag.List, error) {
	if c.baseline == "" {
		return problems, nil
	}
	data, err := os.ReadFile(c.path(c.baseline))
	if err != nil {
		return nil, wrongUse("cannot read the baseline: %v", err)
	}
	known, err := diag.ReadBaseline(data)
	if err != nil {
		return nil, wrongUse("%s: %v", c.baseline, err)
	}
	if gone := known.Gone(problems); len(gone) > 0 && c.base == "" { // else most were there before
		fmt.Fprintf(c.env.Stderr, "%s lists %s no longer there; write it anew with --write-baseline\n", c.baseline, count(len(gone), "problem that is", "problems that are"))
	}
	return known.New(problems), nil
}
