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
	s := sources{env: env}
	c := &cobra.Command{
		Use:   "explain [CODE | FILE]",
		Short: "Tell what a problem means, or what is known of a document",
		Long: `Explain prints what the code of a problem means, why it matters to readers, an
example, and the way out. The code stands in brackets at the end of what check
prints. Without a code, all are listed. Of a document, explain tells its kind,
title, id, days, status and people, and where each of them was found.`,
		Example: `  minutebook explain
  minutebook explain broken-link
  minutebook explain content/proposals/colocate-ops-2h-2018.md`,
		Args:              between(0, 1, "explain wants one CODE or one FILE"),
		ValidArgsFunction: completeCode,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return world(listCodes(env.Stdout))
			}
			if isDocument(args[0]) {
				return explainFile(c.Context(), &s, args[0], env.Stdout)
			}
			e, err := explanation(args[0])
			if err != nil {
				return err
			}
			return world(explain.Text(env.Stdout, e))
		},
	}
	s.flags(c.Flags())
	return c
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
