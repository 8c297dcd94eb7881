package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator/source"
	"minutebook/layouts"
)

func layoutsCommand(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:   "layouts",
		Short: "List the built-in layouts, or copy one to change it",
		Long: `The look of a site is a folder of layouts: templates, styles, scripts, and the words
of languages. A file of your own folder replaces the built-in one of the same name;
one of words changes only those that it has. Copy one, change it,
and serve shows the change as you save it.`,
		Example: `  minutebook layouts list
  minutebook layouts copy css/01-tokens.css`,
		Args: exactly(0, "say what to do with the layouts: list, or copy PATH"),
		RunE: func(c *cobra.Command, _ []string) error {
			return wrongUse("say what to do with the layouts: list, or copy PATH")
		},
	}
	list := &cobra.Command{
		Use:   "list",
		Short: "List the built-in layouts",
		Args:  exactly(0, "list wants no argument"),
	}
	copyOne := &cobra.Command{
		Use:   "copy PATH…",
		Short: "Copy built-in layouts to your folder of layouts",
		Args:  needsArgs(1, "copy wants the PATH of a layout; minutebook layouts list shows them all"),
	}
	for _, sub := range []*cobra.Command{list, copyOne} {
		s := sources{env: env}
		s.layoutsFlag(sub.Flags())
		run := s.listLayouts
		if sub == copyOne {
			run = s.copyLayouts
		}
		sub.RunE = func(_ *cobra.Command, args []string) error { return run(args) }
		c.AddCommand(sub)
	}
	return c
}

// listLayouts prints the built-in layouts, and which of them the user replaced.
func (s *sources) listLayouts([]string) error {
	own, err := builtin()
	if err != nil {
		return err
	}
	for _, f := range own.Files() {
		line := f.Path
		if _, err := os.Stat(filepath.Join(s.path(s.layouts), filepath.FromSlash(f.Path))); err == nil {
			line += " (replaced by " + path.Join(s.shown(s.layouts), f.Path) + ")"
		}
		if _, err := fmt.Fprintln(s.env.Stdout, line); err != nil {
			return world(err)
		}
	}
	return nil
}

// copyLayouts copies built-in layouts. Nothing is copied unless all can be, and
// a file that is there stays.
func (s *sources) copyLayouts(paths []string) error {
	own, err := builtin()
	if err != nil {
		return err
	}
	var files []*source.File
	for _, p := range paths {
		p = strings.TrimPrefix(path.Clean(filepath.ToSlash(p)), "layouts/")
		f := own.File(p)
		if f == nil {
			return wrongUse("there is no built-in layout %s; minutebook layouts list shows them all", p)
		}
		if to := path.Join(s.shown(s.layouts), p); fileExists(s.path(to)) {
			return wrongUse("%s is there already; change that one, or remove it first", to)
		}
		files = append(files, f)
	}
	for _, f := range files {
		to := path.Join(s.shown(s.layouts), f.Path)
		if err := writeNew(s.path(to), f.Data); err != nil {
			return world(fmt.Errorf("cannot copy to %s: %w", to, cause(err)))
		}
		if _, err := fmt.Fprintf(s.env.Stdout, "%s is yours now: it replaces the built-in one\n", to); err != nil {
			return world(err)
		}
	}
	return nil
}

// builtin are the layouts that a user may replace.
func builtin() (*source.Tree, error) {
	own, err := source.FromFS(layouts.FS)
	return own, world(err)
}

// fileExists reports whether there is anything at a path; what cannot be told
// counts as there.
func fileExists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// writeNew writes a file that must not be there, with its folders.
func writeNew(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
