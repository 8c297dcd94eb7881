package cli

import (
	"context"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator"
	"minutebook/generator/diag"
)

// A checking is one run of the command check.
type checking struct {
	sources
	format string
	strict bool
}

func checkCommand(env *Env) *cobra.Command {
	c := checking{sources: sources{env: env}}
	command := &cobra.Command{
		Use:   "check [PATH…]",
		Short: "Tell what is wrong with the documents",
		Long: `Check reads and links all documents, applies every rule, and prints what is wrong
as path:line:col: message [code], with the way out. It makes no page. With paths,
only problems of those files and folders are told. It ends with 1 when there is
an error, and under --strict when there is a warning.`,
		Example: `  minutebook check
  minutebook check --format github content/proposals`,
		RunE: func(command *cobra.Command, args []string) error { return c.run(command.Context(), args) },
	}
	f := command.Flags()
	c.flags(f)
	f.StringVar(&c.format, "format", "text", "how to print: "+strings.Join(formats(), ", "))
	f.BoolVar(&c.strict, "strict", false, "fail for warnings, too")
	return command
}

func formats() []string { return slices.Sorted(maps.Keys(diag.Formats)) }

func (c *checking) run(ctx context.Context, args []string) error {
	print, known := diag.Formats[c.format]
	if !known {
		return wrongUse("--format %q is none of %s", c.format, strings.Join(formats(), ", "))
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
	var builder generator.Builder
	s, problems, err := builder.Check(ctx, in)
	if err != nil {
		return buildError(err)
	}
	problems = slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return !wanted(d.Path) })
	if err := print(c.env.Stdout, problems); err != nil {
		return world(err)
	}
	if c.format == "text" {
		fmt.Fprintf(c.env.Stderr, "%s; %s\n", count(len(s.Records), "document", "documents"), problemCount(problems))
	}
	if problems.Count(diag.Error) > 0 || c.strict && problems.Count(diag.Warning) > 0 {
		return refused()
	}
	return nil
}

// wanted says which paths are asked for: those given and what is below them,
// or all.
func (c *checking) wanted(args []string) (func(string) bool, error) {
	var roots []string
	for _, arg := range args {
		full := c.path(arg)
		rel, err := filepath.Rel(c.path(c.content), full)
		if err != nil || !filepath.IsLocal(rel) {
			return nil, wrongUse("%s is not in the folder %s", arg, c.content)
		}
		roots = append(roots, path.Join(c.shown(c.content), filepath.ToSlash(rel)))
	}
	return func(p string) bool {
		return len(roots) == 0 || slices.ContainsFunc(roots, func(root string) bool { return p == root || strings.HasPrefix(p, root+"/") })
	}, nil
}
