package cli_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"minutebook/generator/cli"
	"minutebook/generator/golden"
)

// commandsPage is the page of the manual that is made from the commands.
const commandsPage = "commands.md"

const commandsIntroduction = `# Commands

Everything that the program does is a command: ` + "`minutebook COMMAND`" + `, or ` + "`go run . COMMAND`" + ` in a copy of the project. This page is
made from the program itself, and each example on it is run on the example of this site, in a git repository with the
branch ` + "`main`" + `. A line ` + "`…`" + ` stands for more of the same. ` + "`minutebook help COMMAND`" + ` says the same in a terminal.

`

const commonFlags = `
## Flags of most commands

`

const exitCodesOfAll = `
## Exit codes

A script can rely on the number that a command ends with:

| Code | Meaning |
|--:|---|
| 0 | done, or nothing is wrong |
| 1 | refused, or failed, for what the content holds |
| 2 | wrong use: a flag, an argument, a folder that cannot be it |
| 3 | the world failed: a disk, a permission |
| 130, 143 | a signal ended it |

What 0 and 1 mean for a command is told in its section.

## Environment

| Variable | Meaning |
|---|---|
| ` + "`SOURCE_DATE_EPOCH`" + ` | seconds since 1970 that stand for the clock, so that a build can be repeated |
| ` + "`NO_COLOR`" + ` | differences are shown without colours |
| ` + "`GOGC`, `GOMEMLIMIT`" + ` | when memory is given back, as for every program in Go; ` + "`build`" + ` chooses when neither is set |
`

// shared are the flags that most commands have, and that are told once.
var shared = []string{"content", "output", "layouts", "today", "dry-run"}

// unrun are the commands whose examples do not end by themselves, or read files
// that the example does not have: their flags are looked at.
var unrun = []string{"serve", "import", "init", "inspect"}

// TestCommandsPage makes the page of commands from the commands, and runs their
// examples.
func TestCommandsPage(t *testing.T) {
	first := newWorkspace(t, nil)
	root := cli.Command(&cli.Env{})
	root.InitDefaultCompletionCmd("x")
	root.InitDefaultHelpCmd()
	var b strings.Builder
	b.WriteString(commandsIntroduction + "| Command | What it does |\n|---|---|\n")
	var commands []*cobra.Command
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			fmt.Fprintf(&b, "| [completion](#minutebook-completion) | %s |\n", completionShort)
			continue
		}
		commands = append(commands, c)
		if c.Name() != "help" {
			fmt.Fprintf(&b, "| [%s](#minutebook-%s) | %s |\n", c.Name(), c.Name(), c.Short)
		} else {
			fmt.Fprintf(&b, "| help | %s |\n", c.Short)
		}
	}
	b.WriteString(commonFlags + strings.TrimSuffix(flagTable(commands[0], func(*pflag.Flag) bool { return true }, shared, commands), "\n") + exitCodesOfAll)
	for _, c := range commands {
		if c.Name() != "help" {
			section(t, &b, c, first)
		}
	}
	b.WriteString(completionSection(newWorkspace(t, first)))
	golden.File(t, filepath.Join(guide, commandsPage), []byte(b.String()))
}

const completionShort = "Make a shell complete commands, flags, documents, statuses, kinds and people"

func completionSection(w *workspace) string {
	return "\n## minutebook completion\n\nCompletion prints a script for `bash`, `zsh`, `fish` or `powershell`. " +
		"`minutebook completion bash --help` says where it goes.\n\n```console\n" +
		w.console("$ source <(minutebook completion bash) && echo ready\n$ minutebook __complete status weekly-summary \"\" 2>/dev/null\n") + "```\n"
}

// section is what the page says of a command and of those below it.
func section(t *testing.T, b *strings.Builder, c *cobra.Command, first *workspace) {
	t.Helper()
	fmt.Fprintf(b, "\n## %s\n\n", c.CommandPath())
	text := c.Long
	if text == "" {
		text = c.Short + "."
	}
	b.WriteString(text + "\n\n```text\n" + c.UseLine() + "\n")
	for _, sub := range c.Commands() {
		b.WriteString(sub.UseLine() + "\n")
	}
	b.WriteString("```\n")
	for _, one := range append([]*cobra.Command{c}, c.Commands()...) {
		ends := endingOf(t, one)
		if ends == "" {
			continue
		}
		b.WriteString("\n")
		if one != c {
			fmt.Fprintf(b, "`%s`: %s.\n\n", strings.TrimPrefix(one.CommandPath(), "minutebook "), strings.ToLower(one.Short[:1])+one.Short[1:])
			if one.Long != "" {
				b.WriteString(one.Long + "\n\n")
			}
		}
		b.WriteString(flagTable(one, func(f *pflag.Flag) bool { return f.Name != "help" && !isShared(one.Root(), f) }, nil, nil))
		b.WriteString(commonOf(one) + ends)
	}
	if c.Example != "" {
		b.WriteString("\n" + examples(newWorkspace(t, first), c))
	}
}

// endingOf is what the help says of the exit codes 0 and 1.
func endingOf(t *testing.T, c *cobra.Command) string {
	t.Helper()
	var codes []string
	for line := range strings.Lines(c.Annotations["exit codes"]) {
		if code, when, _ := strings.Cut(strings.TrimSpace(line), "  "); code < "2" {
			codes = append(codes, "Exit code "+code+": "+when+".")
		}
	}
	if len(codes) == 0 && !c.HasSubCommands() {
		t.Errorf("nothing is known of the exit codes of %s: add it to endings", c.CommandPath())
	}
	return strings.Join(codes, " ") + strings.Repeat("\n", min(len(codes), 1))
}

// isShared reports whether a flag is one that is told once: one of the same name
// may mean something else.
func isShared(root *cobra.Command, f *pflag.Flag) bool {
	for _, c := range root.Commands() {
		if first := c.Flags().Lookup(f.Name); first != nil && slices.Contains(shared, f.Name) {
			return first.Usage == f.Usage
		}
	}
	return false
}

// flagTable is a table of flags: those of a command, or those named, of whichever
// command has them.
func flagTable(c *cobra.Command, want func(*pflag.Flag) bool, names []string, commands []*cobra.Command) string {
	var flags []*pflag.Flag
	if names == nil {
		c.Flags().VisitAll(func(f *pflag.Flag) { flags = append(flags, f) })
	}
	for _, name := range names {
		i := slices.IndexFunc(commands, func(c *cobra.Command) bool { return c.Flags().Lookup(name) != nil })
		flags = append(flags, commands[i].Flags().Lookup(name))
	}
	flags = slices.DeleteFunc(flags, func(f *pflag.Flag) bool { return !want(f) })
	if len(flags) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("| Flag | Meaning | Unless set |\n|---|---|---|\n")
	for _, f := range flags {
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + "`, `" + name
		}
		unless := ""
		if f.Value.Type() == "string" && f.DefValue != "" || f.Value.Type() == "int" {
			unless = "`" + f.DefValue + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", name, strings.ReplaceAll(f.Usage, "|", `\|`), unless)
	}
	return b.String() + "\n"
}

// commonOf names the flags of a command that are told once for all.
func commonOf(c *cobra.Command) string {
	var has []string
	for _, name := range shared {
		if f := c.Flags().Lookup(name); f != nil && isShared(c.Root(), f) {
			has = append(has, "`--"+name+"`")
		}
	}
	if len(has) == 0 {
		return ""
	}
	return "[Flags of most commands](#flags-of-most-commands): " + strings.Join(has, ", ") + ".\n\n"
}

// examples are those of a command with what they print, of long ones the
// beginning.
func examples(w *workspace, c *cobra.Command) string {
	if slices.Contains(unrun, c.Name()) {
		for line := range strings.Lines(c.Example) {
			w.flagsOf(line)
		}
		return "```sh\n" + strings.ReplaceAll("\n"+c.Example, "\n  ", "\n")[1:] + "\n```\n"
	}
	const most = 12
	var shown []string
	for line := range strings.Lines(c.Example) {
		lines := w.typed(strings.TrimSpace(line), nil)
		if len(lines) > most+1 {
			end := lines[len(lines)-1:]
			if !strings.HasPrefix(end[0], "(exit") {
				end = nil
			}
			lines = slices.Concat(lines[:most], []string{"…"}, end)
		}
		shown = append(shown, lines...)
	}
	return "```console\n" + strings.Join(shown, "\n") + "\n```\n"
}
