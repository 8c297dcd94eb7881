package edit

import (
	"bytes"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff is a change as people read it, in the unified form; lines end as they do
// in the file. Name says how paths are called. It is empty for a file that only
// moves.
func Diff(c Change, name func(path string) string) []byte {
	if c.Whole || bytes.Equal(c.Before, c.After) {
		return nil
	}
	old := "/dev/null"
	if c.Old != "" {
		old = name(c.Old)
	}
	text := diff.Diff(old, c.Before, name(c.Path), c.After)
	_, text, _ = bytes.Cut(text, []byte("\n")) // "diff old new" says it twice
	return text
}
