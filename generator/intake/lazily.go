package intake

import (
	"regexp"
	"sync"
)

// lazily is an expression that is compiled when it is first looked for. To compile
// all of this package takes as long as all else that a program does before it
// begins, and most programs import nothing.
func lazily(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
