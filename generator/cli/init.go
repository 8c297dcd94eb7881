package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator"
	"minutebook/generator/begin"
	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/edit"
	"minutebook/generator/inspect"
	"minutebook/generator/source"
)

// An initing is one run of the command init.
type initing struct {
	inspecting
	yes, dryRun bool
	action      string

	top    string // of the repository, absolute
	report *inspect.Report
}

func initCommand(env *Env) *cobra.Command {
	i := initing{inspecting: inspecting{sources: sources{env: env}}}
	c := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Begin in a repository, or in an empty folder",
		Long: `Init looks at the documents of a repository as inspect does, and writes what it
needs to be published: a minutebook.yaml with the settings that inspect proposes
and with today as the day from which open actions count, workflows for GitHub that
check pull requests and publish the site, and a first page if there is none. In an
empty folder a proposal and a meeting to begin with are added.

All of it is shown first; on a terminal it asks, elsewhere --yes says so. No file
that is there is ever changed, so that init can be run again.`,
		Example: `  minutebook init --dry-run
  minutebook init path/to/repository --yes`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return i.run(c.Context(), args) },
	}
	f := c.Flags()
	i.flags(f)
	f.BoolVarP(&i.yes, "yes", "y", false, "write without asking")
	f.BoolVarP(&i.dryRun, "dry-run", "n", false, "show what would be written, and write nothing")
	f.StringVar(&i.action, "action", "", "action of Minutebook for the workflows: OWNER/REPOSITORY@COMMIT")
	return c
}

func (i *initing) run(ctx context.Context, args []string) error {
	if err := i.text(); err != nil {
		return err
	}
	if err := i.find(ctx, args); err != nil {
		return err
	}
	if err := i.place(); err != nil {
		return err
	}
	files, err := i.files(ctx)
	if err != nil {
		return err
	}
	fresh, left, err := i.missing(files)
	if err != nil {
		return err
	}
	i.show(fresh, left)
	if len(fresh) == 0 {
		fmt.Fprintln(i.env.Stderr, "nothing is to be written: everything is there")
		return nil
	}
	if agreed, err := i.agreed(len(fresh)); err != nil || !agreed {
		return err
	}
	if err := i.write(fresh); err != nil {
		return err
	}
	fmt.Fprintf(i.env.Stderr, "%s written\n", count(len(fresh), "file", "files"))
	i.next(fresh)
	return nil
}

var actionForm = regexp.MustCompile(`^(?:\./[\w./-]+|[\w.-]+/[\w.-]+(?:/[\w./-]+)?@[\w./-]+)$`)

// text checks what the flags say.
func (i *initing) text() error {
	if i.action != "" && !actionForm.MatchString(i.action) {
		return wrongUse("--action %q is no action; write it like OWNER/minutebook@COMMIT", i.action)
	}
	return text(i.content, i.action)
}

// place finds the top of the repository, which must hold the documents.
func (i *initing) place() error {
	i.top = i.path(i.dir)
	if top := workTree(i.top); top != "" {
		i.top = top
	}
	if i.empty() && i.content == i.within(".") {
		i.content = i.within("content")
	}
	if rel, err := filepath.Rel(i.top, i.path(i.content)); err != nil || !filepath.IsLocal(rel) {
		return wrongUse("the folder %s is not in the repository %s", i.content, i.dir)
	}
	return nil
}

// community are documents at the top of a repository, by their names in lower
// case, that say nothing of what is in it.
var community = map[string]bool{
	"readme.md": true, "license.md": true, "licence.md": true, "contributing.md": true, "code_of_conduct.md": true, "code-of-conduct.md": true,
	"security.md": true, "support.md": true, "changelog.md": true, "authors.md": true, "maintainers.md": true, "notice.md": true,
}

// empty reports whether the folder has no settings yet, and no documents but those
// that any repository has.
func (i *initing) empty() bool {
	root, err := os.OpenRoot(i.path(i.dir))
	if err != nil {
		return false
	}
	defer root.Close()
	none := true
	fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // what cannot be looked into is told when it is read
		case d.IsDir() && p != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			return fs.SkipDir
		case d.IsDir(), !source.IsMarkdown(p) && d.Name() != config.FileName, community[strings.ToLower(p)]:
			return nil
		}
		none = false
		return fs.SkipAll
	})
	return none
}

// files are those that a repository needs.
func (i *initing) files(ctx context.Context) ([]begin.File, error) {
	plan := begin.Plan{Content: i.fromTop(i.content), Action: i.usedAction()}
	if !exists(i.path(i.content)) {
		return i.first(ctx, plan, source.NewTree())
	}
	var err error
	if i.report, err = i.inspecting.report(ctx); err != nil {
		return nil, err
	}
	content, err := i.read(ctx, i.content, i.excludeOutput())
	if err != nil {
		return nil, err
	}
	if i.report.Documents == 0 && !i.report.Configured {
		return i.first(ctx, plan, content)
	}
	settings, text := i.settings(content)
	plan.Settings, plan.Branch = text, settings.Branch
	plan.Workflows = i.wantsWorkflows(settings)
	if !hasIndex(content) {
		plan.FirstPage = settings.Title
		if plan.FirstPage == "" {
			plan.FirstPage = filepath.Base(i.top)
		}
	}
	return begin.Files(plan), nil
}

// settings are those that are there or proposed, and the text of the latter.
func (i *initing) settings(content *source.Tree) (*config.Config, string) {
	if i.report.Proposal == nil {
		settings, _ := config.Load(content)
		return settings, string(content.File(config.FileName).Data)
	}
	text := i.report.Proposal.YAML
	settings, _ := config.Load(source.NewTree(source.NewFile(config.FileName, []byte(text))))
	return settings, text
}

// wantsWorkflows reports whether the repository's host runs workflows, and none
// but those of init use Minutebook already.
func (i *initing) wantsWorkflows(settings *config.Config) bool {
	if settings.Host != config.GitHub {
		return false
	}
	root, err := os.OpenRoot(i.top)
	if err != nil {
		return true
	}
	defer root.Close()
	names, _ := fs.Glob(root.FS(), ".github/workflows/*.y*ml")
	for _, name := range names {
		data, err := readRegular(filepath.Join(i.top, filepath.FromSlash(name)), source.StreamAbove)
		if err == nil && !strings.HasPrefix(path.Base(name), "minutebook-") && strings.Contains(string(data), begin.Action) {
			fmt.Fprintf(i.env.Stderr, "%s uses Minutebook: no workflows are added\n", diag.Printable(name))
			return false
		}
	}
	return true
}

func hasIndex(content *source.Tree) bool {
	for _, f := range content.Files() {
		if !strings.Contains(f.Path, "/") && source.IsIndex(f.Path) {
			return true
		}
	}
	return false
}

// first are the files of a repository without any document.
func (i *initing) first(ctx context.Context, plan begin.Plan, content *source.Tree) ([]begin.File, error) {
	in := generator.Inputs{Now: i.env.Now(), Content: content}
	if err := i.sources.settings(&in); err != nil {
		return nil, err
	}
	made, err := i.described(ctx, in)
	if err != nil {
		return nil, err
	}
	if i.report, err = inspect.Inspect(ctx, made); err != nil {
		return nil, buildError(err)
	}
	settings, text := i.settings(content)
	plan.Settings, plan.FirstPage, plan.Branch = text, settings.Title, settings.Branch
	plan.Workflows = i.wantsWorkflows(settings)
	files := begin.Files(plan)
	in.Content = content.Overlay(source.NewTree(source.NewFile(config.FileName, []byte(text))))
	var builder generator.Builder
	s, _, err := builder.Check(ctx, in)
	if err != nil {
		return nil, buildError(err)
	}
	editor := edit.New(s, in.Content, builder.Parser())
	for _, d := range []edit.Draft{{Kind: settings.Kind("proposal"), Title: "A first proposal"}, {Kind: settings.Kind("meeting"), Title: "First meeting"}} {
		d.Kind = s.Config.Kind(d.Kind.Name)
		if _, err := editor.New(d); err != nil {
			return nil, failed(err)
		}
	}
	for _, c := range editor.Changes() {
		files = append(files, begin.File{Path: path.Join(plan.Content, c.Path), Data: c.After, What: "to begin with"})
	}
	return files, nil
}

// usedAction is the action that the workflows use: the repository's own, the one
// that was given, or else one that still lacks its owner.
func (i *initing) usedAction() string {
	switch own := filepath.Join(i.top, filepath.FromSlash(begin.Action)); {
	case i.action != "" && !strings.HasPrefix(i.action, "./") && strings.Count(i.action, "/") == 1:
		repository, commit, _ := strings.Cut(i.action, "@")
		return repository + "/" + begin.Action + "@" + commit
	case i.action != "":
		return i.action
	case exists(own):
		return "./" + begin.Action
	}
	commit := "COMMIT"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	return "OWNER/minutebook/" + begin.Action + "@" + commit
}

// fromTop is a path as it counts from the top of the repository.
func (i *initing) fromTop(p string) string {
	rel, err := filepath.Rel(i.top, i.path(p))
	if err != nil {
		return "."
	}
	return filepath.ToSlash(rel)
}
