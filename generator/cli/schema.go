package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator/config"
	"minutebook/generator/edit"
	"minutebook/generator/schema"
	"minutebook/generator/source"
)

// A describing is one run of the command schema.
type describing struct {
	sources
	all bool
	dir string
}

func schemaCommand(env *Env) *cobra.Command {
	d := describing{sources: sources{env: env}}
	c := &cobra.Command{
		Use:   "schema KIND",
		Short: "Describe front matter for an editor",
		Long: `Schema prints the front matter of a kind of document as JSON Schema (draft
2020-12), for editors that complete and check it: its keys, the statuses of the
site with what they need, and the forms of values. With --all and --output the
schemas of all kinds are written to a folder, as KIND.schema.json.`,
		Example: `  minutebook schema proposal
  minutebook schema --all --output .vscode/schemas`,
		ValidArgsFunction: d.completeKind,
		RunE:              func(c *cobra.Command, args []string) error { return d.run(c.Context(), args) },
	}
	f := c.Flags()
	f.StringVar(&d.content, "content", "content", "folder of the documents")
	f.BoolVar(&d.all, "all", false, "all kinds; needs --output")
	f.StringVar(&d.dir, "output", "", "with --all: folder that the schemas are written to")
	return c
}

func (d *describing) run(ctx context.Context, args []string) error {
	if d.all != (len(args) == 0) || len(args) > 1 || d.all != (d.dir != "") {
		return wrongUse("schema wants one KIND, or --all and the folder to write to as --output DIR")
	}
	settings, err := d.settingsOf()
	if err != nil {
		return err
	}
	if d.all {
		return d.write(settings.Kinds)
	}
	k := edit.KindNamed(settings, args[0])
	if k == nil {
		return noKind(settings, args[0])
	}
	text, err := schema.Of(k)
	if err == nil {
		_, err = d.env.Stdout.Write(text)
	}
	return world(err)
}

// settingsOf reads the configuration alone. Without a content folder it is the
// usual one.
func (d *describing) settingsOf() (*config.Config, error) {
	tree := source.NewTree()
	data, err := readRegular(filepath.Join(d.path(d.content), config.FileName), source.HardLimit)
	if err == nil {
		tree = source.NewTree(source.NewFile(config.FileName, data))
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, world(fmt.Errorf("cannot read %s: %w", path.Join(d.shown(d.content), config.FileName), err))
	}
	settings, problems := config.Load(tree)
	return settings, usable(d.env.Stderr, problems, "described")
}

func (d *describing) write(kinds []*config.Kind) error {
	if err := os.MkdirAll(d.path(d.dir), 0o755); err != nil {
		return world(fmt.Errorf("cannot make %s: %w", filepath.ToSlash(d.dir), cause(err)))
	}
	for _, k := range kinds {
		text, err := schema.Of(k)
		if err != nil {
			return err
		}
		if strings.ContainsAny(k.Name, "/\\:\x00") {
			return wrongUse("no file can have the name of the kind %q", k.Name)
		}
		name := filepath.Join(d.dir, k.Name+".schema.json")
		if err := os.WriteFile(d.path(name), text, 0o644); err != nil {
			return world(fmt.Errorf("cannot write %s: %w", filepath.ToSlash(name), cause(err)))
		}
		fmt.Fprintln(d.env.Stderr, filepath.ToSlash(name))
	}
	return nil
}
