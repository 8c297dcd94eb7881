package markdown

import (
	"strings"
	"sync"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
)

// Code above these sizes is shown without colours: lexers are slow, and nobody
// reads that much of it.
const (
	highlightBytes = 32 << 10
	highlightLines = 1000
)

// highlightTime is how long the code of one document may take to colour; what
// is left then stays plain. Lexers are made of backtracking expressions, and
// some need minutes for a few kilobytes that are made for it. Honest documents
// take less than a hundredth of this, so that their pages do not depend on the
// clock.
const highlightTime = 2 * time.Second

// language is the first word of the info string of a code block, in which
// GitHub looks for its language.
func (r *renderer) language(n *ast.FencedCodeBlock) string {
	return r.clean(string(decode(n.Language(r.src))))
}

// code renders a code block: a region that can be scrolled by keyboard.
// Languages that no lexer knows, diagrams and formulas among them, show their
// source.
func (r *renderer) code(language, code string) {
	class, lexer := strings.ToLower(language), (chroma.Lexer)(nil)
	name := language
	if lexer = lexerOf(class); lexer != nil {
		name = lexer.Config().Name
	}
	label := r.options.Words.T("Code")
	if name != "" {
		label = r.options.Words.T("Code, {language}", name)
	}
	r.write(`<pre tabindex="0" role="group" aria-label="`, attribute(label), `"><code`)
	if isClass(class) {
		r.write(` class="`, languageClass, class, `"`)
	}
	r.write(">", r.coloured(lexer, class, code), "</code></pre>\n")
}

// coloured is code as HTML, from memory if it was seen before.
func (r *renderer) coloured(lexer chroma.Lexer, language, code string) string {
	if lexer == nil || len(code) > highlightBytes || strings.Count(code, "\n") > highlightLines {
		return plainCode(code)
	}
	key := codeKey{language, code}
	if known, ok := r.highlights.find(key); ok {
		return known
	}
	if r.patience <= 0 {
		return plainCode(code)
	}
	start := time.Now()
	html := highlight(lexer, code, start.Add(r.patience))
	r.patience -= time.Since(start)
	r.highlights.keep(key, html)
	return html
}

func plainCode(code string) string { return string(appendEscaped(nil, []byte(code))) }

// isClass reports whether a language can stand in a class attribute and in a
// style sheet without being quoted.
func isClass(s string) bool {
	for _, c := range s {
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || strings.ContainsRune("+#-_.", c)) {
			return false
		}
	}
	return s != ""
}

var lexerNames = sync.OnceValue(func() map[string]chroma.Lexer {
	names := map[string]chroma.Lexer{}
	for _, l := range lexers.GlobalLexerRegistry.Lexers {
		c := l.Config()
		for _, pattern := range c.Filenames {
			if ext, ok := strings.CutPrefix(pattern, "*."); ok && names[ext] == nil {
				names[ext] = l
			}
		}
	}
	for _, l := range lexers.GlobalLexerRegistry.Lexers {
		c := l.Config()
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			names[strings.ToLower(name)] = l
		}
	}
	return names
})

// lexerOf is the lexer of a language by name, alias or extension, in lower
// case; nil when there is none.
func lexerOf(language string) chroma.Lexer {
	if language == "" {
		return nil
	}
	return lexerNames()[language]
}

// A highlighter colours code and remembers it by language and text. When it
// holds more than its limits it starts anew: a build asks for all code again
// anyway, and nothing grows without end in a preview that runs for weeks.
type highlighter struct {
	mu      sync.Mutex
	entries map[codeKey]string
	bytes   int // of keys and values
}

type codeKey struct{ language, text string }

const (
	highlightEntries = 8192
	highlightMemory  = 32 << 20 // bytes
)

func (h *highlighter) find(key codeKey) (html string, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	html, ok = h.entries[key]
	return html, ok
}

func (h *highlighter) keep(key codeKey, html string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	size := len(key.language) + len(key.text) + len(html)
	if h.entries == nil || len(h.entries) >= highlightEntries || h.bytes+size > highlightMemory {
		h.entries, h.bytes = map[codeKey]string{}, 0
	}
	h.entries[key] = html
	h.bytes += size
}

// highlight renders code with a span of a short class around each token that
// style sheets colour. Where the lexer fails, gives anything but the code back
// or is not done by the deadline, the code is plain.
func highlight(lexer chroma.Lexer, code string, deadline time.Time) (html string) {
	defer func() {
		if recover() != nil { // an iterator has no other way to report an error
			html = plainCode(code)
		}
	}()
	next, err := lexer.Tokenise(nil, code)
	if err != nil {
		return plainCode(code)
	}
	var out []byte
	class, start, end := "", 0, 0
	for t := next(); t != chroma.EOF; t = next() {
		if end == len(code) && t.Value == "\n" {
			break // lexers that want a line end add one
		}
		if !strings.HasPrefix(code[end:], t.Value) || time.Now().After(deadline) {
			return plainCode(code)
		}
		if c := tokenClass(t.Type); c != class {
			out = appendToken(out, class, code[start:end])
			class, start = c, end
		}
		end += len(t.Value)
	}
	if end != len(code) {
		return plainCode(code)
	}
	return string(appendToken(out, class, code[start:]))
}

func appendToken(out []byte, class, text string) []byte {
	if class == "" || strings.TrimSpace(text) == "" {
		return appendEscaped(out, []byte(text))
	}
	out = append(append(append(out, `<span class="`...), class...), `">`...)
	return append(appendEscaped(out, []byte(text)), "</span>"...)
}

// tokenClass is chroma's short class for a kind of token, "" for the kinds
// that have no colour of their own: plain text, names and punctuation.
func tokenClass(t chroma.TokenType) string {
	switch t {
	case chroma.Name, chroma.NameOther, chroma.Punctuation, chroma.Text, chroma.TextWhitespace, chroma.Other, chroma.None, chroma.Literal:
		return ""
	}
	for t != 0 {
		if class, ok := chroma.StandardTypes[t]; ok {
			return class
		}
		t = t.Parent()
	}
	return ""
}
