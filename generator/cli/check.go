package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator"
	"minutebook/generator/config"
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

	was   *source.Tree // the content of base; nil without one
	lacks string       // why nothing is known of earlier statuses; "" when it is
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

With --base only what a change adds is told and fails: what was wrong already
where it starts is counted, and so a baseline is not looked at. --baseline is for
a check of everything in a repository that has old problems.

minutebook explain CODE tells what a code means.`,
		Example: `  minutebook check
  minutebook check --format github content/proposals`,
		RunE: func(command *cobra.Command, args []string) error { return c.run(command.Context(), args) },
	}
	f := command.Flags()
	c.flags(f)
	f.StringVar(&c.format, "format", "text", "how to print: "+strings.Join(formats(), ", "))
	f.BoolVar(&c.strict, "strict", false, "fail for warnings, too")
	f.StringVar(&c.baseline, "baseline", "", "file of problems that are known, and neither told nor failed for; without effect with --base")
	f.StringVar(&c.base, "base", "", "revision that a change starts from: only what the change adds fails")
	f.BoolVar(&c.untrusted, "untrusted", false, "take the settings, and whom people.yaml hides, from --base, not from the change")
	f.BoolVar(&c.writeBaseline, "write-baseline", false, "write the problems of all documents to the file of --baseline, and end")
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
	if err := c.fits(args); err != nil {
		return err
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
	s, problems, old, err := c.compare(ctx, in)
	if err != nil {
		return buildError(err)
	}
	if err := c.known(args); err != nil {
		return err
	}
	problems = slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return !wanted(d.Path) })
	if c.writeBaseline {
		return c.write(problems)
	}
	added, before := problems, 0
	if c.base != "" {
		added = problems.Since(old)
		before = len(problems) - len(added)
	} else if added, err = c.beyondBaseline(problems, wanted); err != nil {
		return err
	}
	return c.tell(in, print, len(s.Records), diag.Report{Problems: added, Before: before})
}

// tell prints what was found, and ends the command as that wants it.
func (c *checking) tell(in generator.Inputs, print diag.Format, documents int, r diag.Report) error {
	failed := r.Problems.Count(diag.Error) > 0 || c.strict && r.Problems.Count(diag.Warning) > 0
	r.Statuses = c.lacks
	if c.past != nil {
		r.Unknown = c.past.Unknown
	}
	to := c.env.Stdout
	switch c.format {
	case "github":
		to = c.env.bare.Stdout // its commands are to be obeyed
		fallthrough
	case "sarif", "summary":
		r.Problems = c.inRepository(in, r.Problems)
	}
	if err := print(to, r); err != nil {
		return world(err)
	}
	if c.format == "text" {
		fmt.Fprintf(c.env.Stderr, "%s; %s\n", count(documents, "document", "documents"), problemCount(r.Problems))
		for _, remark := range r.Remarks() {
			fmt.Fprintln(c.env.Stderr, remark)
		}
	}
	if failed {
		return refused()
	}
	return nil
}

// inRepository are problems with the paths that files have in the repository, as
// whoever shows its files needs them, wherever in it the command runs. Outside of
// any they stay.
func (c *checking) inRepository(in generator.Inputs, problems diag.List) diag.List {
	if !inWorkTree(c.path(c.content)) {
		return problems
	}
	inside := func(p string) string {
		if rest := below(in.ContentName, p); rest != "" {
			return path.Join(in.SourcePath, rest)
		}
		return p
	}
	named := slices.Clone(problems)
	for i := range named {
		d := &named[i]
		d.Path = inside(d.Path)
		if d.Other != nil {
			d.Other = &diag.Place{Path: inside(d.Other.Path), Start: d.Other.Start}
		}
	}
	return named
}

// known refuses a path of nothing: it is more likely a slip than something without
// a problem. What a change takes away was there.
func (c *checking) known(args []string) error {
	for _, arg := range args {
		_, err := os.Lstat(c.path(arg))
		if err == nil || c.was != nil && c.wasThere(arg) {
			continue
		}
		if c.was != nil {
			return wrongUse("there is no %s, and there was none in %s", arg, c.base)
		}
		return wrongUse("there is no %s", arg)
	}
	return nil
}

// wasThere reports whether a path is that of a file or a folder of the base.
func (c *checking) wasThere(arg string) bool {
	rel, err := filepath.Rel(c.path(c.content), c.path(arg))
	rel = filepath.ToSlash(rel)
	return err == nil && slices.ContainsFunc(c.was.Files(), func(f *source.File) bool {
		return f.Path == rel || strings.HasPrefix(f.Path, rel+"/")
	})
}

// compare lists what is wrong and, with --base, what was wrong before.
func (c *checking) compare(ctx context.Context, in generator.Inputs) (s *site.Site, problems, before diag.List, err error) {
	if c.base == "" {
		builder := generator.Builder{Once: true}
		s, problems, err = builder.Check(ctx, in)
		c.lacks = builder.StatusesUnknown()
		return s, problems, nil, err
	}
	old := in
	if old.Content, err = c.baseTree(ctx); err != nil {
		return nil, nil, nil, err
	}
	c.was = old.Content
	var builder generator.Builder // reads once what did not change
	old.Untrusted, old.Safe = false, c.untrusted
	if in.Before, before, err = builder.Check(ctx, old); err != nil {
		return nil, nil, nil, err
	}
	if adopted := adopted(old.Content, in.Content); adopted != nil {
		old = in
		old.Content = adopted
		if _, before, err = builder.Check(ctx, old); err != nil {
			return nil, nil, nil, err
		}
		settings := path.Join(in.ContentName, config.FileName)
		before = slices.DeleteFunc(before, func(d diag.Diagnostic) bool { return d.Path == settings })
	}
	s, problems, err = builder.Check(ctx, in)
	c.lacks = builder.StatusesUnknown()
	return s, problems, before, err
}

// adopted is the content of the base as the first settings read it, where the
// change brings them; else nil. What they bring to light in documents that were
// there is old, and nobody has to mend it before the repository is adopted. The
// problems of later settings are those of the change.
func adopted(old, now *source.Tree) *source.Tree {
	settings := now.File(config.FileName)
	if settings == nil || old.File(config.FileName) != nil {
		return nil
	}
	return old.Overlay(source.NewTree(settings))
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
