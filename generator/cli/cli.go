// Package cli is the command line: commands, flags, what is printed, and exit
// codes. It is the only package that knows of the process it runs in.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"minutebook/generator/diag"
	"minutebook/generator/output"
)

// Exit codes.
const (
	OK       = 0 // done
	Problems = 1 // refused for what the content holds
	Usage    = 2 // wrong use: a flag, an argument, a folder that cannot be it
	Failed   = 3 // the world failed: a disk, a permission
)

// An Env is what a command is given by the process.
type Env struct {
	Args    []string // without the program's name
	Stdout  io.Writer
	Stderr  io.Writer
	Dir     string // the working directory, absolute
	Getenv  func(string) string
	Now     func() time.Time
	Stdin   io.Reader
	IsTTY   bool // Stderr is a terminal
	Asks    bool // Stdin and Stdout are terminals: somebody can be asked
	Colours bool // Stdout is a terminal
	Version string

	// Whatever a command prints may quote what strangers wrote, so Stdout and
	// Stderr are for a command what nothing can be obeyed of: Run sees to it.
	// Bare are those of the process, for the few texts that are to be obeyed,
	// such as colours; whoever uses them answers for every byte.
	bare struct{ Stdout, Stderr io.Writer }
}

// An exitError ends a command with a code.
type exitError struct {
	code int
	err  error // printed unless nil
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// refused ends a command whose problems are already printed.
func refused() error { return &exitError{code: Problems} }

func wrongUse(format string, args ...any) error {
	return &exitError{code: Usage, err: fmt.Errorf(format, args...)}
}

// Run runs one command and returns its exit code. When ctx ends, it stops and
// returns Failed; who ended it knows the code that a signal wants.
func Run(ctx context.Context, env Env) int {
	out, errs := diag.NewPrinter(env.Stdout), diag.NewPrinter(env.Stderr)
	defer out.Flush()
	defer errs.Flush()
	env.bare.Stdout, env.bare.Stderr = env.Stdout, env.Stderr
	env.Stdout, env.Stderr = out, errs
	root := command(&env)
	root.SetArgs(env.Args)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return OK
	}
	code := codeOf(err)
	var silent *exitError
	if errors.As(err, &silent) && silent.err == nil {
		return code
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return code // somebody ended it, and knows
	}
	fmt.Fprintf(env.Stderr, "minutebook: %s\n", diag.Printable(err.Error()))
	if code == Usage && !errors.As(err, &silent) {
		fmt.Fprintln(env.Stderr, "Run minutebook help for the commands, and minutebook help COMMAND for its flags.")
	}
	return code
}

// codeOf is the exit code for an error. What no package of ours made comes from
// cobra, and is wrong use.
func codeOf(err error) int {
	var exit *exitError
	var refused *output.RefusedError
	switch {
	case errors.As(err, &refused):
		return Usage
	case errors.As(err, &exit):
		return exit.code
	}
	return Usage
}

func command(env *Env) *cobra.Command {
	root := &cobra.Command{
		Use:   "minutebook",
		Short: "Turn a folder of planning documents into a linked site",
		Long: `Minutebook turns a folder of Markdown that a community edits in pull requests
(proposals, meeting notes, decision records) into its minute book: a linked
static site that says what needs a decision and by when, and what was decided.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(c, args[0])
			}
			c.SetOut(env.Stderr)
			c.Help()
			return &exitError{code: Usage}
		},
	}
	root.AddCommand(serveCommand(env), buildCommand(env), checkCommand(env), diffCommand(env), listCommand(env), digestCommand(env),
		newCommand(env), statusCommand(env), supersedeCommand(env), closeCommand(env), renameCommand(env), fmtCommand(env),
		initCommand(env), inspectCommand(env), explainCommand(env), schemaCommand(env), importCommand(env), layoutsCommand(env), versionCommand(env))
	root.SetHelpCommand(helpCommand(root))
	tellEndings(root)
	return root
}

func unknownCommand(root *cobra.Command, name string) error {
	text := fmt.Sprintf("%q is not a command", name)
	root.SuggestionsMinimumDistance = 2
	if near := root.SuggestionsFor(name); len(near) > 0 {
		text += "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return errors.New(text)
}

func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command",
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 || c == root && len(args) > 0 {
				return unknownCommand(root, args[0])
			}
			return c.Help()
		},
	}
}

func versionCommand(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  exactly(0, "version wants no argument"),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(env.Stdout, "minutebook "+version(env))
			return world(err)
		},
	}
}

// version is the release, or the revision that the program was built from.
func version(env *Env) string {
	if env.Version != "" {
		return env.Version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	return fmt.Sprintf("%s %s", info.Main.Version, info.GoVersion)
}

// world makes an error of the world end the command with Failed.
func world(err error) error {
	if err == nil {
		return nil
	}
	return &exitError{code: Failed, err: err}
}

// exists reports whether a path is there and is a folder.
func exists(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}
