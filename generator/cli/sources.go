package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"minutebook/generator"
	"minutebook/generator/date"
	"minutebook/generator/history"
	"minutebook/generator/source"
	"minutebook/layouts"
)

// sources are what a command reads: folders, and the flags that say how.
type sources struct {
	env *Env

	past *history.History // nil until it is asked for

	content, layouts, output string
	today, baseURL           string
}

// flags are those that every command has that reads documents.
func (s *sources) flags(f *pflag.FlagSet) {
	f.StringVar(&s.content, "content", "content", "folder of the documents")
	f.StringVar(&s.output, "output", "public", "folder that the site is published to")
	f.StringVar(&s.today, "today", "", "the day to go by, like 2018-04-02")
}

// sourceDateEpoch is the variable that stands for the clock.
// https://reproducible-builds.org/specs/source-date-epoch/
const sourceDateEpoch = "SOURCE_DATE_EPOCH"

// defaultLayouts is the folder of the user's own layouts. It need not exist.
const defaultLayouts = "layouts"

// layoutsFlag is that of commands that make pages.
func (s *sources) layoutsFlag(f *pflag.FlagSet) {
	f.StringVar(&s.layouts, "layouts", defaultLayouts, "folder of layouts that replace the built-in ones, file by file")
}

// path is a path that the user gave, from the working directory.
func (s *sources) path(p string) string {
	if filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(s.env.Dir, p)
}

// inputs checks the flags. The folders are still to be read.
func (s *sources) inputs() (generator.Inputs, error) {
	in := generator.Inputs{
		Now: s.env.Now(), BaseURL: s.baseURL, Progress: &generator.Progress{},
		ContentName: s.shown(s.content), LayoutsName: s.shown(s.layouts),
	}
	if err := s.settings(&in); err != nil {
		return in, err
	}
	if !exists(s.path(s.content)) {
		return in, wrongUse("there is no folder %s; give the folder of your documents with --content", s.content)
	}
	in.SourcePath = repositoryPath(s.path(s.content))
	in.History = s.history
	return in, nil
}

// history is what git knows of the content folder; nil outside of any work tree.
// It is read once.
func (s *sources) history(ctx context.Context) (*history.History, error) {
	if s.past == nil && inWorkTree(s.path(s.content)) {
		past, err := history.Read(ctx, s.path(s.content), history.Options{Exclude: s.excludeOutput()})
		if err != nil {
			return nil, world(err)
		}
		s.past = past
	}
	return s.past, nil
}

// settings reads the flags that set how the build is made.
func (s *sources) settings(in *generator.Inputs) (err error) {
	if s.today != "" {
		if in.Today, err = date.Parse(s.today); err != nil {
			return wrongUse("--today %q is not a date; write it like 2018-04-02", s.today)
		}
	}
	if s.baseURL != "" {
		u, err := url.Parse(s.baseURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return wrongUse("--base-url %q is not a web address; write it like https://example.org/minutes/", s.baseURL)
		}
	}
	if epoch := s.env.Getenv(sourceDateEpoch); epoch != "" {
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
func (s *sources) shown(dir string) string {
	if rel, err := filepath.Rel(s.env.Dir, s.path(dir)); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(dir)
}

// read reads a folder. The opened root keeps every read inside of it, whatever
// links lie there.
func (s *sources) read(ctx context.Context, dir string, exclude func(string) bool) (*source.Tree, error) {
	root, err := os.OpenRoot(s.path(dir))
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
	return fmt.Errorf("cannot read %s: %w", dir, cause(err))
}

// excludeOutput leaves out the output folder when it is inside the content.
func (s *sources) excludeOutput() func(string) bool {
	rel, err := filepath.Rel(s.path(s.content), s.path(s.output))
	if err != nil || !filepath.IsLocal(rel) || rel == "." {
		return nil
	}
	rel = filepath.ToSlash(rel)
	return func(p string) bool { return p == rel }
}

// isNoLayout leaves out what is in a folder of layouts for the Go compiler.
func isNoLayout(p string) bool { return strings.HasSuffix(p, ".go") }

// readLayouts lays the user's layouts over the embedded ones.
func (s *sources) readLayouts(ctx context.Context) (*source.Tree, error) {
	own, err := source.FromFS(layouts.FS)
	if err != nil {
		return nil, world(err)
	}
	if !exists(s.path(s.layouts)) {
		if s.layouts != defaultLayouts {
			return nil, wrongUse("there is no folder %s for --layouts", s.layouts)
		}
		return own, nil
	}
	users, err := s.read(ctx, s.layouts, isNoLayout)
	if err != nil {
		return nil, err
	}
	return own.Overlay(users), nil
}

// repositoryPath is where a folder is in the git repository around it: "" at its
// top, and its own name outside of any.
func repositoryPath(dir string) string {
	top := workTree(dir)
	if top == "" {
		return filepath.Base(dir)
	}
	rel, err := filepath.Rel(top, dir)
	if err != nil || rel == "." {
		return ""
	}
	return filepath.ToSlash(rel)
}

func inWorkTree(dir string) bool { return workTree(dir) != "" }

// workTree is the top of the git work tree that a folder is in; "" when it is in
// none.
func workTree(dir string) string {
	for up := dir; ; up = filepath.Dir(up) {
		if _, err := os.Lstat(filepath.Join(up, ".git")); err == nil {
			return up
		}
		if up == filepath.Dir(up) {
			return ""
		}
	}
}

// wanted says which paths are asked for: those given and what is below them,
// or all.
func (s *sources) wanted(args []string) (func(string) bool, error) {
	var roots []string
	for _, arg := range args {
		full := s.path(arg)
		rel, err := filepath.Rel(s.path(s.content), full)
		if err != nil || !filepath.IsLocal(rel) {
			return nil, wrongUse("%s is not in the folder %s", arg, s.content)
		}
		roots = append(roots, path.Join(s.shown(s.content), filepath.ToSlash(rel)))
	}
	return func(p string) bool {
		return len(roots) == 0 || slices.ContainsFunc(roots, func(root string) bool { return p == root || strings.HasPrefix(p, root+"/") })
	}, nil
}
