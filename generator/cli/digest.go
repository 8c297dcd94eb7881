package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"minutebook/generator"
	"minutebook/generator/date"
	"minutebook/generator/digest"
)

// A digesting is one run of the command digest.
type digesting struct {
	sources
	since string
}

func digestCommand(env *Env) *cobra.Command {
	d := digesting{sources: sources{env: env}}
	c := &cobra.Command{
		Use:   "digest",
		Short: "Write what happened lately as a text for a mailing list",
		Long: `Digest prints what is to be decided and when the next meetings are, what was
decided and what else happened since a day, and which actions are new or late.
Lines have at most 72 characters, and handles lose their "@", so that nobody is
called by it. With a base URL each item has the address of its page. The words are
those of the site's language.`,
		Example: `  minutebook digest
  minutebook digest --since 2018-03-26 --base-url https://example.org/minutes/`,
		Args: exactly(0, "digest wants no argument; give the folder of the documents with --content"),
		RunE: func(c *cobra.Command, _ []string) error { return d.run(c.Context()) },
	}
	f := c.Flags()
	d.flags(f)
	d.layoutsFlag(f)
	f.StringVar(&d.since, "since", "", "the first day that is told of, like 2018-03-26 (default: a week ago)")
	f.StringVar(&d.baseURL, "base-url", "", "address of the site, for links")
	return c
}

func (d *digesting) run(ctx context.Context) error {
	in, err := d.inputs()
	if err != nil {
		return err
	}
	var since date.Date
	if d.since != "" {
		if since, err = date.Parse(d.since); err != nil {
			return wrongUse("--since %q is not a date; write it like 2018-03-26", d.since)
		}
	}
	if in.Content, err = d.read(ctx, d.content, d.excludeOutput()); err != nil {
		return err
	}
	if in.Layouts, err = d.readLayouts(ctx); err != nil { // for the words of the site's language
		return err
	}
	builder := generator.Builder{Once: true}
	s, problems, err := builder.Check(ctx, in)
	if err != nil {
		return buildError(err)
	}
	if generator.Refuses(problems) {
		return &exitError{code: Problems, err: fmt.Errorf("nothing is told: %s; minutebook check tells which", problemCount(problems))}
	}
	switch {
	case since.IsZero():
		since = s.Today.AddDays(-7)
	case since.After(s.Today):
		return wrongUse("--since %s is after the day to go by, %s", since, s.Today)
	}
	_, err = fmt.Fprint(d.env.Stdout, digest.Text(s, since))
	return world(err)
}
