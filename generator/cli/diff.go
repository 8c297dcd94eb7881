package cli

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator"
	"minutebook/generator/change"
)

// A diff is one run of the command diff.
type diff struct {
	sources
	format, previewURL string
	untrusted          bool
}

func diffCommand(env *Env) *cobra.Command {
	d := diff{sources: sources{env: env}}
	c := &cobra.Command{
		Use:   "diff BASE [HEAD]",
		Short: "Tell what a change means",
		Long: `Diff compares the documents of two revisions and tells what is different for
those who read the site: what was decided or has another status or day, actions
that were opened and closed, questions, feedback, problems that come and go, and
the pages that look different. Without HEAD the second one is the work tree as it
is. It starts where the two came apart, so what was merged into BASE since is not
told. The work tree is not touched, and nothing is published.

Both are read as of the same day, with the layouts that are there now, and
without what git knows of dates.`,
		Example: `  minutebook diff main
  minutebook diff v1 v2 --format json`,
		Args: between(1, 2, "diff wants a BASE, such as main, and perhaps a HEAD"),
		RunE: func(c *cobra.Command, args []string) error { return d.run(c.Context(), args) },
	}
	f := c.Flags()
	d.flags(f)
	f.StringVar(&d.layouts, "layouts", "layouts", "folder of layouts that replace the built-in ones, file by file")
	f.StringVar(&d.format, "format", "markdown", "how to print: "+strings.Join(slices.Sorted(maps.Keys(change.Formats)), ", "))
	f.StringVar(&d.previewURL, "preview-url", "", "address that the site after the change can be seen at, for links")
	f.BoolVar(&d.untrusted, "untrusted", false, "take the settings, and whom people.yaml hides, from BASE, not from the change")
	return c
}

func (d *diff) run(ctx context.Context, args []string) error {
	write, known := change.Formats[d.format]
	if !known {
		return wrongUse("--format %q is none of %s", d.format, strings.Join(slices.Sorted(maps.Keys(change.Formats)), ", "))
	}
	options, err := d.options()
	if err != nil {
		return err
	}
	before, after, err := d.read(ctx, args)
	if err != nil {
		return err
	}
	var builder generator.Builder
	c, err := builder.Diff(ctx, before, after)
	if err != nil {
		return buildError(err)
	}
	return world(write(d.env.Stdout, &c, options))
}

func (d *diff) options() (change.Options, error) {
	o := change.Options{Content: d.shown(d.content)}
	if d.previewURL == "" {
		return o, nil
	}
	u, err := url.Parse(d.previewURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return o, wrongUse("--preview-url %q is not a web address; write it like https://example.org/preview/", d.previewURL)
	}
	o.Preview = u
	return o, nil
}

// read reads the content before and after the change, and what both are built
// with.
func (d *diff) read(ctx context.Context, args []string) (before, after generator.Inputs, err error) {
	if after, err = d.inputs(); err != nil {
		return before, after, err
	}
	if after.Layouts, err = d.readLayouts(ctx); err != nil {
		return before, after, err
	}
	before = after
	after.Untrusted = d.untrusted
	h, err := d.history(ctx)
	if err != nil {
		return before, after, err
	}
	if h == nil {
		return before, after, wrongUse("diff needs a git work tree, and %s is in none", d.content)
	}
	head := "HEAD"
	if len(args) > 1 {
		head = args[1]
	}
	base, err := h.MergeBaseOf(ctx, head, args[0])
	if err != nil {
		return before, after, revisionError(err)
	}
	if before.Content, err = h.Tree(ctx, base); err != nil {
		return before, after, revisionError(err)
	}
	if len(args) > 1 {
		after.Content, err = h.Tree(ctx, head)
		return before, after, revisionError(err)
	}
	after.Content, err = d.sources.read(ctx, d.content, d.excludeOutput())
	return before, after, err
}
