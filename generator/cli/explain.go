package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"minutebook/generator/diag"
	"minutebook/generator/explain"
)

func explainCommand(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Tell what a problem means and the way out of it",
		Long: `Explain prints what the code of a problem means, why it matters to readers, an
example, and the way out. The code stands in brackets at the end of what check
prints. Without a code, all are listed.`,
		Example: `  minutebook explain
  minutebook explain broken-link`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeCode,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return world(listCodes(env.Stdout))
			}
			e, err := explanation(args[0])
			if err != nil {
				return err
			}
			return world(explain.Text(env.Stdout, e))
		},
	}
}

// explanation finds what is asked for. Brackets and capitals do not matter:
// codes are copied from what check prints.
func explanation(asked string) (explain.Explanation, error) {
	code := strings.ToLower(strings.Trim(asked, "[] "))
	if e, ok := explain.Of(code); ok {
		return e, nil
	}
	if near := diag.Nearest(code, codeNames()); near != "" {
		return explain.Explanation{}, wrongUse("%q is not a code; did you mean %s?", asked, near)
	}
	return explain.Explanation{}, wrongUse("%q is not a code; minutebook explain lists them all", asked)
}

func codeNames() []string {
	names := make([]string, len(diag.Codes))
	for i, c := range diag.Codes {
		names[i] = c.ID
	}
	return names
}

// listCodes prints every code in aligned columns.
func listCodes(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range diag.Codes {
		fmt.Fprintf(out, "%s\t%s\t%s\n", c.ID, c.Severity, c.Summary)
	}
	return out.Flush()
}

// completeCode offers the codes to a shell.
func completeCode(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var list []cobra.Completion
	for _, c := range diag.Codes {
		list = append(list, cobra.CompletionWithDesc(c.ID, c.Summary))
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}
