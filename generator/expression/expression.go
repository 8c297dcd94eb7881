// Package expression compiles the regular expressions of configurations, within
// bounds.
//
// Package regexp matches in a time that is linear in the text, but also in the
// size of the compiled expression: `\pL{1000}` is short to write. So that a
// configuration of strangers cannot make a build slow, both sizes are bounded.
package expression

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
)

// The bounds of one expression.
const (
	longest          = 500  // bytes, as it is written
	mostInstructions = 1000 // of the compiled program; a usual one has fewer than 100
)

// Most is how many expressions one list of a configuration may have.
const Most = 50

// Compile is regexp.Compile within bounds. Its error says what is wrong, without
// the expression.
func Compile(text string) (*regexp.Regexp, error) {
	if len(text) > longest {
		return nil, fmt.Errorf("it is longer than %d bytes", longest)
	}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		var fault *syntax.Error
		if errors.As(err, &fault) {
			return nil, errors.New(fault.Code.String())
		}
		return nil, err
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil, err
	}
	if len(program.Inst) > mostInstructions {
		return nil, errors.New("it repeats too much")
	}
	return regexp.Compile(text)
}
