package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"minutebook/generator"
	"minutebook/generator/diag"
	"minutebook/generator/layout"
	"minutebook/generator/output"
)

// A build is one run of the command build.
type build struct {
	sources
	strict, quiet, json bool
	untrusted           bool
	watch               bool
	poll                time.Duration

	started time.Time
	told    map[string]bool // problems that were printed for the build before, under --watch
}

func buildCommand(env *Env) *cobra.Command {
	b := build{sources: sources{env: env}}
	c := &cobra.Command{
		Use:   "build",
		Short: "Make the site and publish it to a folder",
		Long: `Build reads the documents of the content folder, links them, and publishes the
site to the output folder, all of it or nothing. Pages are published even when
a document has problems: they show on its page and on the page Attention. A
site is refused only for an unreadable or unsafe configuration, for layouts
that cannot be used, and for naming a person whom people.yaml hides.

With --watch it goes on, and publishes again when a document, a layout or the
configuration is saved, for those who have a server of their own. To see the site
while you write, minutebook serve is simpler.`,
		Example: `  minutebook build
  minutebook build --output site --base-url https://example.org/minutes/`,
		Args: exactly(0, "build wants no argument; give the folder of the documents with --content"),
		RunE: func(c *cobra.Command, _ []string) error { return b.run(c.Context()) },
	}
	f := c.Flags()
	b.flags(f)
	b.layoutsFlag(f)
	f.StringVar(&b.baseURL, "base-url", "", "address that the site will have, for links that must be absolute")
	f.BoolVar(&b.strict, "strict", false, "publish nothing when there is any error")
	f.BoolVar(&b.untrusted, "untrusted", false, "leave html, link-schemes and rules of the configuration as they are unless set")
	f.BoolVar(&b.quiet, "quiet", false, "print only what keeps the site from being published")
	f.BoolVar(&b.json, "json", false, "print the result and all problems as JSON")
	f.BoolVar(&b.watch, "watch", false, "go on, and publish again after each change")
	pollFlag(f, &b.poll)
	return c
}

func (b *build) run(ctx context.Context) error {
	b.started = b.env.Now()
	in, err := b.inputs()
	if err != nil {
		return err
	}
	in.Untrusted = b.untrusted
	if err := output.Check(b.path(b.output), b.outputOptions()); err != nil {
		return publishError(err)
	}
	if b.watch {
		r := rebuilding{sources: &b.sources, poll: b.poll, done: b.publishAgain}
		return r.run(ctx)
	}
	paced := pace(b.env.Getenv)
	if in.Content, err = b.read(ctx, b.content, b.excludeOutput()); err != nil {
		return err
	}
	paced.expect(in.Content)
	if in.Layouts, err = b.readLayouts(ctx); err != nil {
		return err
	}
	stop := b.progress(in.Progress)
	builder := generator.Builder{Once: true}
	result, err := builder.Build(ctx, in)
	stop()
	if err != nil {
		return buildError(err)
	}
	return b.publish(ctx, result)
}

// buildError is how a command ends that could not read the documents.
func buildError(err error) error {
	var slow *generator.SlowError
	var known *exitError
	switch {
	case errors.As(err, &slow):
		return &exitError{code: Problems, err: err}
	case errors.As(err, &known):
		return err
	}
	return world(err)
}

// publish writes the site, unless it is refused, and reports.
func (b *build) publish(ctx context.Context, r *generator.Result) error {
	report := buildReport{Schema: 1, Problems: r.Problems, Documents: documentsByKind(r)}
	if r.Refused() || b.strict && r.Problems.Count(diag.Error) > 0 {
		report.Refused = true
		b.print(report)
		return refused()
	}
	written, err := output.Publish(ctx, b.path(b.output), r.Snapshot, b.outputOptions())
	var fault layout.Fault
	if errors.As(err, &fault) { // pages are filled while they are published
		report.Problems = append(report.Problems, r.LayoutProblem(fault))
		report.Refused = true
		b.print(report)
		return refused()
	}
	if err != nil {
		return publishError(err)
	}
	report.Files = &files{Written: written.Written, Unchanged: written.Unchanged, Removed: written.Removed}
	return world(b.print(report))
}

// publishAgain publishes what came of looking at the files, under --watch. What
// goes wrong is told, and tried again after the next change.
func (b *build) publishAgain(ctx context.Context, r round) {
	b.started = b.env.Now().Add(-r.took)
	err := r.err
	if err == nil {
		err = b.publish(ctx, r.result)
	}
	var exit *exitError
	if err == nil || ctx.Err() != nil || errors.As(err, &exit) && exit.err == nil {
		return
	}
	fmt.Fprintf(b.env.Stderr, "minutebook: %s\n", diag.Printable(err.Error()))
}

func publishError(err error) error {
	var refusal *output.RefusedError
	if errors.As(err, &refusal) {
		return wrongUse("%w; give another folder with --output", err)
	}
	return world(err)
}

func (b *build) outputOptions() output.Options {
	o := output.Options{Protected: []string{b.path(b.content)}, Wait: time.Minute, Notify: func(text string) { fmt.Fprintln(b.env.Stderr, text) }}
	if dir := b.path(b.layouts); exists(dir) {
		o.Protected = append(o.Protected, dir)
	}
	return o
}

// A buildReport is what --json prints.
type buildReport struct {
	Schema    int            `json:"schema"`
	Refused   bool           `json:"refused"`
	Documents map[string]int `json:"documents"` // by kind
	Files     *files         `json:"files,omitempty"`
	Seconds   float64        `json:"seconds"`
	Problems  diag.List      `json:"problems"`
}

type files struct {
	Written   int `json:"written"`
	Unchanged int `json:"unchanged"`
	Removed   int `json:"removed"`
}

func documentsByKind(r *generator.Result) map[string]int {
	n := map[string]int{}
	for _, record := range r.Site.Records {
		n[record.Kind.Name]++
	}
	return n
}

func (b *build) print(r buildReport) error {
	r.Seconds = b.env.Now().Sub(b.started).Seconds()
	if r.Problems == nil {
		r.Problems = diag.List{}
	}
	if b.json {
		return diag.WriteJSON(b.env.Stdout, r)
	}
	if err := diag.Text(b.env.Stderr, b.worthPrinting(r)); err != nil {
		return err
	}
	if b.quiet && !r.Refused {
		return nil
	}
	if r.Refused {
		_, err := fmt.Fprintln(b.env.Stderr, "minutebook: nothing was published:", problemCount(r.Problems))
		return err
	}
	_, err := fmt.Fprintln(b.env.Stdout, b.summary(r))
	return err
}

// worthPrinting leaves out remarks, and under --quiet everything but what keeps
// the site from being published; under --watch also what was told before.
func (b *build) worthPrinting(r buildReport) diag.List {
	least := diag.Warning
	if b.quiet {
		if !r.Refused {
			return nil
		}
		least = diag.Error
	}
	list := make(diag.List, 0, len(r.Problems))
	told := map[string]bool{}
	for _, d := range r.Problems {
		if d.Severity < least {
			continue
		}
		if b.watch {
			text := d.String()
			told[text] = true
			if b.told[text] {
				continue
			}
		}
		list.Add(d)
	}
	b.told = told
	return list
}
