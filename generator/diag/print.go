package diag

import (
	"fmt"
	"io"
	"sync"
	"unicode/utf8"
)

// A Printer writes text to a terminal or a log, and nothing that these would
// obey: control characters but the line feed and the tab, and directional
// overrides, become their Unicode escapes, bytes that are not UTF-8 the
// replacement character, and a blank divides what the runner of GitHub Actions
// would take for a command. Everything else is written as it is, at once; only
// the bytes of a character that is not complete are held back.
//
// It is for the whole output of a program, so that no place of it can forget
// that what it prints was written by strangers. Where lines are made of such
// text, [Printable] is needed besides: the Printer cannot tell a line end that is
// meant from one that a title has. Many may write at a time.
type Printer struct {
	mu   sync.Mutex
	to   io.Writer
	held []byte // the beginning of a character

	// What stands on the line so far. A command of the line ::name:: may begin
	// while only stands nothing, or only the first colon; that of brackets is
	// behind two number signs. Characters outside of ASCII count as absent.
	nothing, colon bool
	signs          int
}

// NewPrinter is a Printer that writes to w.
func NewPrinter(w io.Writer) *Printer { return &Printer{to: w, nothing: true} }

// Write writes a text, which may end in the middle of a line or a character.
// The error is that of the writer below; how much it wrote is not told then.
func (p *Printer) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	in := text
	if len(p.held) > 0 {
		in = append(p.held, text...)
		p.held = nil
	}
	out := make([]byte, 0, len(in)+len(in)/16)
	for len(in) > 0 {
		if !utf8.FullRune(in) {
			p.held = append(p.held, in...)
			break
		}
		r, n := utf8.DecodeRune(in)
		out, in = p.append(out, r), in[n:]
	}
	if err := p.print(out); err != nil {
		return 0, err
	}
	return len(text), nil
}

// Flush writes what was held back, which no character was made of.
func (p *Printer) Flush() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []byte
	for range p.held {
		out = p.append(out, utf8.RuneError)
	}
	p.held = nil
	return p.print(out)
}

func (p *Printer) print(out []byte) error {
	if len(out) == 0 {
		return nil
	}
	_, err := p.to.Write(out)
	return err
}

// append appends a character, and what is to stand before it.
func (p *Printer) append(out []byte, r rune) []byte {
	switch {
	case r == '\n':
		p.nothing, p.colon, p.signs = true, false, 0
		return append(out, '\n')
	case obeyed(r):
		p.nothing, p.colon, p.signs = false, false, 0
		return fmt.Appendf(out, `\u%04x`, r)
	case r == ':' && p.colon, r == '[' && p.signs > 1:
		out = append(out, ' ')
	}
	p.note(r)
	return utf8.AppendRune(out, r)
}

// note keeps what a command could be made of.
func (p *Printer) note(r rune) {
	if r < ' ' || r > '~' {
		return
	}
	p.colon = r == ':' && p.nothing
	p.nothing = p.nothing && r == ' '
	if r == '#' {
		p.signs++
	} else {
		p.signs = 0
	}
}

// obeyed reports the characters that a terminal obeys, and those by which a
// program may end a line.
func obeyed(r rune) bool {
	switch {
	case r <= '\x7f':
		return r < ' ' && r != '\t' && r != '\n' || r == '\x7f'
	case r < '\u2000':
		return r < '\u00a0'
	}
	return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' || r == '\u2028' || r == '\u2029'
}
