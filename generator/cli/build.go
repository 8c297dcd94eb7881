package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"minutebook/generator"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/layout"
	"minutebook/generator/output"
	"minutebook/generator/source"
	"minutebook/layouts"
)

// A build is one run of the command build.
type build struct {
	env *Env

	content, layouts, output string
	today, baseURL           string
	strict, quiet, json      bool

	started time.Time
}

func buildCommand(env *Env) *cobra.Command {
	b := build{env: env}
	c := &cobra.Command{
		Use:   "build",
		Short: "Make the site and publish it to a folder",
		Long: `Build reads the documents of the content folder, links them, and publishes the
site to the output folder, all of it or nothing. Pages are published even when
a document has problems: they show on its page and on the page Attention. A
site is refused only for an unreadable or unsafe configuration, for layouts
that cannot be used, and for naming a person whom people.yaml hides.`,
		Example: `  minutebook build
  minutebook build --content docs --output site --base-url https://example.org/minutes/`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return b.run(c.Context()) },
	}
	f := c.Flags()
	f.StringVar(&b.content, "content", "content", "folder of the documents")
	f.StringVar(&b.layouts, "layouts", "layouts", "folder of layouts that replace the built-in ones, file by file")
	f.StringVar(&b.output, "output", "public", "folder to publish to")
	f.StringVar(&b.today, "today", "", "build as of this day, like 2018-04-02")
	f.StringVar(&b.baseURL, "base-url", "", "address that the site will have, for links that must be absolute")
	f.BoolVar(&b.strict, "strict", false, "publish nothing when there is any error")
	f.BoolVar(&b.quiet, "quiet", false, "print only what keeps the site from being published")
	f.BoolVar(&b.json, "json", false, "print the result and all problems as JSON")
	return c
}

func (b *build) run(ctx context.Context) error {
	b.started = b.env.Now()
	in, err := b.inputs(ctx)
	if err != nil {
		return err
	}
	stop := b.progress(in.Progress)
	var builder generator.Builder
	result, err := builder.Build(ctx, in)
	stop()
	var slow *generator.SlowError
	if errors.As(err, &slow) {
		return &exitError{code: Problems, err: err}
	}
	if err != nil {
		return world(err)
	}
	return b.publish(ctx, result)
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

func publishError(err error) error {
	var refusal *output.RefusedError
	if errors.As(err, &refusal) {
		return err
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

// path is a path that the user gave, from the working directory.
func (b *build) path(p string) string {
	if filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(b.env.Dir, p)
}

// inputs checks the flags and reads the folders.
func (b *build) inputs(ctx context.Context) (generator.Inputs, error) {
	in := generator.Inputs{
		Now: b.env.Now(), BaseURL: b.baseURL, Progress: &generator.Progress{},
		ContentName: b.shown(b.content), LayoutsName: b.shown(b.layouts),
	}
	if err := b.settings(&in); err != nil {
		return in, err
	}
	if !exists(b.path(b.content)) {
		return in, wrongUse("there is no folder %s; give the folder of your documents with --content", b.content)
	}
	if err := output.Check(b.path(b.output), b.outputOptions()); err != nil {
		return in, publishError(err)
	}
	var err error
	if in.Content, err = b.read(ctx, b.content, b.excludeOutput()); err != nil {
		return in, err
	}
	if in.Layouts, err = b.readLayouts(ctx); err != nil {
		return in, err
	}
	in.SourcePath = repositoryPath(b.path(b.content))
	return in, nil
}

// settings reads the flags that set how the build is made.
func (b *build) settings(in *generator.Inputs) (err error) {
	if b.today != "" {
		if in.Today, err = date.Parse(b.today); err != nil {
			return wrongUse("--today %q is not a date; write it like 2018-04-02", b.today)
		}
	}
	if b.baseURL != "" {
		u, err := url.Parse(b.baseURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return wrongUse("--base-url %q is not a web address; write it like https://example.org/minutes/", b.baseURL)
		}
	}
	// https://reproducible-builds.org/specs/source-date-epoch/
	if epoch := b.env.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return wrongUse("SOURCE_DATE_EPOCH %q is not a number of seconds", epoch)
		}
		in.Now = time.Unix(seconds, 0)
	}
	return nil
}

// shown is how problems name a folder: from the working directory when it is
// below it.
func (b *build) shown(dir string) string {
	if rel, err := filepath.Rel(b.env.Dir, b.path(dir)); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(dir)
}

// read reads a folder. The opened root keeps every read inside of it, whatever
// links lie there.
func (b *build) read(ctx context.Context, dir string, exclude func(string) bool) (*source.Tree, error) {
	root, err := os.OpenRoot(b.path(dir))
	if err != nil {
		return nil, world(readError(dir, err))
	}
	// The root stays open: attachments are streamed from it when they are
	// published.
	r := source.Reader{FS: root.FS(), Exclude: exclude}
	tree, err := r.Read(ctx, nil)
	if err != nil {
		return nil, world(readError(dir, err))
	}
	return tree, nil
}

// readError says where a folder could not be read, and why.
func readError(dir string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) && !filepath.IsAbs(p.Path) {
		return fmt.Errorf("cannot read %s: %w", filepath.Join(dir, p.Path), p.Err)
	}
	return fmt.Errorf("cannot read %s: %w", dir, err)
}

// excludeOutput leaves out the output folder when it is inside the content.
func (b *build) excludeOutput() func(string) bool {
	rel, err := filepath.Rel(b.path(b.content), b.path(b.output))
	if err != nil || !filepath.IsLocal(rel) || rel == "." {
		return nil
	}
	rel = filepath.ToSlash(rel)
	return func(p string) bool { return p == rel }
}

// readLayouts lays the user's layouts over the embedded ones.
func (b *build) readLayouts(ctx context.Context) (*source.Tree, error) {
	own, err := source.FromFS(layouts.FS)
	if err != nil {
		return nil, world(err)
	}
	if !exists(b.path(b.layouts)) {
		if b.layouts != "layouts" {
			return nil, wrongUse("there is no folder %s for --layouts", b.layouts)
		}
		return own, nil
	}
	users, err := b.read(ctx, b.layouts, func(p string) bool { return strings.HasSuffix(p, ".go") })
	if err != nil {
		return nil, err
	}
	return own.Overlay(users), nil
}

// repositoryPath is where a folder is in the git repository around it, "" at
// its top or outside of any.
func repositoryPath(dir string) string {
	for up := dir; ; up = filepath.Dir(up) {
		if _, err := os.Lstat(filepath.Join(up, ".git")); err == nil {
			rel, err := filepath.Rel(up, dir)
			if err != nil || rel == "." {
				return ""
			}
			return filepath.ToSlash(rel)
		}
		if up == filepath.Dir(up) {
			return filepath.Base(dir)
		}
	}
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
		out := json.NewEncoder(b.env.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(r)
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
// the site from being published.
func (b *build) worthPrinting(r buildReport) diag.List {
	least := diag.Warning
	if b.quiet {
		if !r.Refused {
			return nil
		}
		least = diag.Error
	}
	var list diag.List
	for _, d := range r.Problems {
		if d.Severity >= least {
			list.Add(d)
		}
	}
	return list
}
