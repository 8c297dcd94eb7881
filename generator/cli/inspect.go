package cli

import (
	"context"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator"
	"minutebook/generator/config"
	"minutebook/generator/history"
	"minutebook/generator/inspect"
	"minutebook/generator/source"
)

// An inspecting is one run of a command that looks at a repository which it does
// not know.
type inspecting struct {
	sources
	dir    string // of the repository, as it was given
	format string

	title string // of the repository, by its README
}

func inspectCommand(env *Env) *cobra.Command {
	i := inspecting{sources: sources{env: env}}
	c := &cobra.Command{
		Use:   "inspect [DIR]",
		Short: "Report on a repository that Minutebook does not know yet",
		Long: `Inspect looks at the documents of a repository and tells what it understood of
them: how they begin, of which kind they are and why, which keys and status words
they use, how many have a title, an id, a day, a status and people, where links
lead, and what stands in the way. It then proposes a minutebook.yaml, and the
figures that it would give. Nothing is written; minutebook init writes it.

DIR is the repository, and this folder unless it is given. The documents are
looked for in it: at its top, or in a folder such as docs that has all of them.`,
		Example: `  minutebook inspect
  minutebook inspect path/to/repository --format json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return i.run(c.Context(), args) },
	}
	f := c.Flags()
	i.flags(f)
	f.StringVar(&i.format, "format", "text", "how to print: text, json")
	return c
}

// flags are those of sources, but the content folder is found unless it is given.
func (i *inspecting) flags(f interface {
	StringVar(*string, string, string, string)
}) {
	f.StringVar(&i.content, "content", "", "folder of the documents, from DIR; found unless it is given")
	f.StringVar(&i.output, "output", "public", "folder that the site is published to, which is not looked at")
	f.StringVar(&i.today, "today", "", "the day to go by, like 2018-04-02")
}

func (i *inspecting) run(ctx context.Context, args []string) error {
	if i.format != "text" && i.format != "json" {
		return wrongUse("--format %q is none of json, text", i.format)
	}
	if err := i.find(ctx, args); err != nil {
		return err
	}
	report, err := i.report(ctx)
	if err != nil {
		return err
	}
	if i.format == "json" {
		return world(inspect.JSON(i.env.Stdout, report))
	}
	return world(inspect.Text(i.env.Stdout, report))
}

// find finds the folder of the documents in the repository.
func (i *inspecting) find(ctx context.Context, args []string) error {
	i.dir = "."
	if len(args) > 0 {
		i.dir = args[0]
	}
	if !exists(i.path(i.dir)) {
		return wrongUse("there is no folder %s", i.dir)
	}
	repository, err := i.read(ctx, i.dir, func(p string) bool { return !mayBeRead(p) || p == "public" })
	if err != nil {
		return err
	}
	i.title = inspect.TitleOf(repository)
	if i.content == "" {
		i.content = inspect.Folder(repository)
	}
	i.content, i.output = i.within(i.content), i.within(i.output)
	return nil
}

// within is a path that counts from the repository.
func (i *inspecting) within(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(i.dir, p)
}

// mayBeRead reports whether a path is a folder, a document or the settings: a
// repository may hold much else, which need not be read to find them.
func mayBeRead(p string) bool {
	ext := strings.ToLower(path.Ext(p))
	return ext == "" || source.IsMarkdown(p) || path.Base(p) == config.FileName || strings.ContainsAny(ext[1:min(2, len(ext))], "0123456789")
}

// report inspects the documents.
func (i *inspecting) report(ctx context.Context) (*inspect.Report, error) {
	in, err := i.inputs()
	if err != nil {
		return nil, err
	}
	if in.Content, err = i.read(ctx, i.content, i.excludeOutput()); err != nil {
		return nil, err
	}
	made, err := i.described(ctx, in)
	if err != nil {
		return nil, err
	}
	report, err := inspect.Inspect(ctx, made)
	if err != nil {
		return nil, buildError(err)
	}
	return report, nil
}

// described adds what is known of the repository besides its documents.
func (i *inspecting) described(ctx context.Context, in generator.Inputs) (inspect.Inputs, error) {
	made := inspect.Inputs{Build: in, Name: filepath.Base(i.path(i.dir)), Title: i.title, Since: in.Today}
	if top := workTree(i.path(i.dir)); top != "" {
		origin, err := history.ReadOrigin(ctx, top)
		if err != nil {
			return made, world(err)
		}
		made.Name, made.Repository, made.Branch = filepath.Base(top), origin.URL, origin.Branch
		if origin.URL != "" {
			made.Name = path.Base(origin.URL)
		}
	}
	return made, nil
}
