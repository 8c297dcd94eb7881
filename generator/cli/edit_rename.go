package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator/diag"
	"minutebook/generator/source"
)

func renameCommand(env *Env) *cobra.Command {
	e := editing{sources: sources{env: env}}
	c := &cobra.Command{
		Use:   "rename FILE NEW",
		Short: "Move a file, and mend what leads to it",
		Long: `Rename moves a document, or a file that documents link to, and mends every link to
it: links, images, their definitions, HTML, front matter, feedback that is sent to
it, and what it links to itself. A document keeps its old address as an alias.
Nothing is written over. NEW is a path, a folder, or a new name in the same folder.`,
		Example: `  minutebook rename content/proposals/second-venue.md content/proposals/fallback.md
  minutebook rename weekly-summary weekly-digest`,
		Args:              exactly(2, "rename wants a FILE and its NEW path"),
		ValidArgsFunction: e.completeDocument,
		RunE:              func(c *cobra.Command, args []string) error { return e.rename(c.Context(), args[0], args[1]) },
	}
	e.flags(c.Flags())
	return c
}

func (e *editing) rename(ctx context.Context, file, new string) error {
	if err := e.open(ctx); err != nil {
		return err
	}
	old, ok := e.contentPath(file)
	if !ok || e.in.Content.File(old) == nil {
		r, err := e.record(file)
		if err != nil {
			return err
		}
		old = r.File.Path
	}
	to, err := e.destination(old, new)
	if err != nil {
		return err
	}
	left, err := e.editor.Move(old, to)
	if err != nil {
		return failed(err)
	}
	return e.finish(ctx, left)
}

// destination is the path that a file moves to. A name alone stays in the folder
// of the file; a folder keeps the name.
func (e *editing) destination(old, new string) (string, error) {
	slashed := filepath.ToSlash(new)
	if !strings.Contains(slashed, "/") && !exists(e.path(new)) {
		if path.Ext(slashed) == "" {
			slashed += path.Ext(old)
		}
		return path.Join(path.Dir(old), slashed), nil
	}
	p, ok := e.contentPath(new)
	if !ok && e.path(new) == e.path(e.content) {
		p, ok = ".", true
	}
	if !ok {
		return "", wrongUse("%s is not in the folder %s", new, e.content)
	}
	if exists(e.path(new)) || strings.HasSuffix(slashed, "/") {
		return path.Join(p, path.Base(old)), nil
	}
	return p, nil
}

// A formatting is one run of the command fmt.
type formatting struct {
	editing
	check bool
}

func fmtCommand(env *Env) *cobra.Command {
	f := formatting{editing: editing{sources: sources{env: env}}}
	c := &cobra.Command{
		Use:   "fmt [PATH…]",
		Short: "Give notes their ids, and order front matter",
		Long: `Fmt gives an id to every action, decision, question, feedback and topic in notes
that has none, so that others can link to it, and brings the keys of front matter
in the order of their kind. Links to what has an id now are mended. Nothing else is
touched. With paths, only those files and what is below those folders.`,
		Example: `  minutebook fmt
  minutebook fmt --check content/meetings`,
		ValidArgsFunction: f.completeDocuments,
		RunE:              func(c *cobra.Command, args []string) error { return f.run(c.Context(), args) },
	}
	f.flags(c.Flags())
	c.Flags().BoolVar(&f.check, "check", false, "write nothing, list the files that would change, and end with 1 if there are any")
	return c
}

func (f *formatting) run(ctx context.Context, args []string) error {
	if err := f.open(ctx); err != nil {
		return err
	}
	wanted, err := f.wanted(args)
	if err != nil {
		return err
	}
	for _, arg := range args {
		if _, err := os.Stat(f.path(arg)); err != nil {
			return wrongUse("there is no %s", arg)
		}
	}
	var left diag.List
	for _, file := range f.in.Content.Files() {
		if !source.IsMarkdown(file.Path) || !wanted(f.named(file.Path)) {
			continue
		}
		if err := f.editor.OrderKeys(file.Path); err != nil {
			left.Add(diag.At(file, source.Span{}, "front-matter-syntax", "%s: %v", "not ordered", err))
		}
		more, err := f.editor.AssignIDs(file.Path)
		if err != nil {
			return failed(err)
		}
		left = append(left, more...)
	}
	if f.check {
		return f.list()
	}
	return f.finish(ctx, left)
}

// list prints the files that would change.
func (f *formatting) list() error {
	changes := f.editor.Changes()
	for _, c := range changes {
		if err := say(f.env.Stdout, "%s", f.named(c.Path)); err != nil {
			return world(err)
		}
	}
	if len(changes) > 0 {
		return refused()
	}
	return nil
}

// say prints a line that is safe to show.
func say(w io.Writer, format string, args ...any) error {
	_, err := fmt.Fprintln(w, diag.Printable(fmt.Sprintf(format, args...)))
	return err
}
