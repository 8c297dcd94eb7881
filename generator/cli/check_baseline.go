package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"minutebook/generator/diag"
)

// mostBaseline is how many bytes a baseline may have: a hundred thousand problems
// with long names, and memory for what is made of them.
const mostBaseline = 16 << 20

// fits refuses what does not go together. Of a baseline all lines are written at
// once, and it belongs to who checks: a change that could list its own problems
// in it would be no longer checked.
func (c *checking) fits(args []string) error {
	switch {
	case c.writeBaseline && c.baseline == "":
		return wrongUse("--write-baseline needs the file to write, as --baseline FILE")
	case c.writeBaseline && len(args) > 0:
		return wrongUse("--write-baseline writes the problems of all documents, and would lose those of others than %s; leave the paths out", args[0])
	case c.writeBaseline && c.base != "":
		return wrongUse("--write-baseline writes all problems, and would lose those that were there before; leave out --base")
	case c.baseline != "" && c.untrusted && c.base == "":
		return wrongUse("--untrusted takes no --baseline, in which a change could list its own problems; give the revision that it starts from as --base, and what was wrong there is passed over")
	}
	return nil
}

// write makes the baseline of an old repository, so that only new problems fail.
func (c *checking) write(problems diag.List) error {
	var out bytes.Buffer
	if err := diag.WriteBaseline(&out, problems); err != nil {
		return err
	}
	if err := writeRegular(c.path(c.baseline), out.Bytes()); err != nil {
		return c.baselineError("write", err)
	}
	_, err := fmt.Fprintf(c.env.Stderr, "%s: %s\n", c.baseline, count(len(problems), "problem", "problems"))
	return world(err)
}

// beyondBaseline are the problems that the baseline does not list, of the paths
// that are wanted. It says how many of its lines are no longer needed.
func (c *checking) beyondBaseline(problems diag.List, wanted func(string) bool) (diag.List, error) {
	if c.baseline == "" {
		return problems, nil
	}
	data, err := readRegular(c.path(c.baseline), mostBaseline)
	if err != nil {
		return nil, c.baselineError("read", err)
	}
	known, err := diag.ReadBaseline(data)
	if err != nil {
		return nil, wrongUse("%s: %v", c.baseline, err)
	}
	if gone := known.Below(wanted).Gone(problems); len(gone) > 0 {
		fmt.Fprintf(c.env.Stderr, "%s lists %s no longer there; write it anew with --write-baseline\n", c.baseline, count(len(gone), "problem that is", "problems that are"))
	}
	return known.New(problems), nil
}

// baselineError is how a check ends that cannot use the file of the baseline.
func (c *checking) baselineError(what string, err error) error {
	var wrong fileError
	err = fmt.Errorf("cannot %s the baseline %s: %w", what, c.baseline, err)
	if errors.As(err, &wrong) || errors.Is(err, fs.ErrNotExist) {
		return wrongUse("%w", err)
	}
	return world(err)
}
