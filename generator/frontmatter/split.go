package frontmatter

import (
	"bufio"
	"bytes"
	"regexp"
	"sync"

	"github.com/adrg/frontmatter"

	"minutebook/generator/diag"
	"minutebook/generator/source"
)

// A Block is where the parts of a document stand. Body always covers what is to
// be rendered and reaches to the end of the file; a byte order mark belongs to
// neither part.
type Block struct {
	Present    bool
	YAML, Body source.Span // YAML without the two lines of dashes
}

// keyLine is a line that looks like a key with a value, as people write it: the
// space behind the colon may be missing, but a URL is no key.
var keyLine = regexp.MustCompile(`^["']?[\pL_][\pL\pN_ .()-]*["']?[ \t]*:(?:$|[^/]|/[^/])`)

// Split finds the front matter of a document as GitHub does: the first line is
// exactly "---", and a later line that is exactly "---" ends it; both may have
// blanks after them. Three cases are decided with care for the page:
//
//   - Between the two lines stands something, and no line of it looks like a
//     key: these are two thematic breaks, and all is body.
//   - There is no second line, and keys follow the first one: the front matter
//     ends with a line that looks like the closing one (indented, dots, more or
//     fewer dashes), or before the first blank line or heading, and that is a
//     problem.
//   - There is no second line, and no keys: a thematic break, all is body.
func Split(f *source.File) (Block, diag.List) {
	start, end := bomLength(f.Data), len(f.Data)
	whole := Block{Body: source.Span{Start: start, End: end}}
	opening := lineAt(f.Data, start)
	switch string(trimLine(f.Data, opening)) {
	case "+++":
		return whole, diag.List{diag.At(f, opening, "front-matter-syntax",
			"front matter between lines of +++ is not read").
			WithHint("write YAML between two lines ---")}
	case "---":
	default:
		return whole, nil
	}
	closing, found := findClosing(f.Data, opening.End)
	if !found {
		return splitUnclosed(f, opening)
	}
	inner := f.Data[opening.End:closing.Start]
	if !looksLikeKeys(inner) && !onlyComments(inner) {
		return whole, nil
	}
	yaml, body := splitCertain(f.Data[start:closing.End], opening.End-start, closing.Start-start)
	return Block{
		Present: true,
		YAML:    source.Span{Start: opening.End, End: opening.End + yaml},
		Body:    source.Span{Start: start + body, End: end},
	}, nil
}

// splitCertain splits head, which ends with the closing line, by the frontmatter
// library: it returns the length of the YAML and the offset of the body. The
// library lets any line close that is "---" when trimmed, such as one in a block
// scalar, so those between the opening and the closing line are masked first.
func splitCertain(head []byte, from, to int) (yaml, body int) {
	keep := func(data []byte, _ any) error {
		yaml = len(data)
		return nil
	}
	in := readers.Get().(*bufio.Reader) // the library takes one as it is, and else makes its own
	defer readers.Put(in)
	in.Reset(bytes.NewReader(maskDashes(head, from, to)))
	rest, err := frontmatter.MustParse(in, nil,
		frontmatter.NewFormat("---", "---", keep))
	if err != nil {
		return to - from, len(head)
	}
	return yaml, len(head) - len(rest)
}

var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// maskDashes is head with other characters in place of the lines from from to to
// that are "---" when trimmed; head itself when there are none.
func maskDashes(head []byte, from, to int) []byte {
	masked := head
	cloned := false
	for from < to {
		line := lineAt(head, from)
		if text := bytes.TrimSpace(head[line.Start:line.End]); string(text) == "---" {
			if !cloned {
				masked, cloned = bytes.Clone(head), true
			}
			copy(masked[line.Start+bytes.IndexByte(head[line.Start:], '-'):], "xxx")
		}
		from = line.End
	}
	return masked
}

// splitUnclosed is the split of a document whose opening line has no partner.
func splitUnclosed(f *source.File, opening source.Span) (Block, diag.List) {
	first := lineAt(f.Data, opening.End)
	if !keyLine.Match(trimLine(f.Data, first)) {
		return Block{Body: source.Span{Start: opening.Start, End: len(f.Data)}}, nil
	}
	problem := diag.At(f, opening, "front-matter-syntax", "front matter is opened here and never closed").
		WithHint("add a line --- after the last key")
	end, body := first.End, first.End
	for end < len(f.Data) {
		line := lineAt(f.Data, end)
		text := trimLine(f.Data, line)
		if len(text) == 0 || text[0] == '#' {
			break
		}
		body = line.End
		if almostClosing.Match(text) {
			problem = diag.At(f, line, "front-matter-syntax", "only a line of exactly three dashes closes the front matter").
				WithHint("write --- at the start of the line").See(f, opening)
			break
		}
		end = line.End
	}
	return Block{
		Present: true,
		YAML:    source.Span{Start: opening.End, End: end},
		Body:    source.Span{Start: body, End: len(f.Data)},
	}, diag.List{problem}
}

// almostClosing is a line that was meant to close a front matter.
var almostClosing = regexp.MustCompile(`^[ \t]*(?:-{2,}|\.\.\.|[–—]+)$`)

// findClosing finds the first line from an offset on that is "---".
func findClosing(data []byte, from int) (source.Span, bool) {
	for from < len(data) {
		line := lineAt(data, from)
		if string(trimLine(data, line)) == "---" {
			return line, true
		}
		from = line.End
	}
	return source.Span{}, false
}

func looksLikeKeys(data []byte) bool {
	for len(data) > 0 {
		line := lineAt(data, 0)
		if keyLine.Match(trimLine(data, line)) {
			return true
		}
		data = data[line.End:]
	}
	return false
}

func onlyComments(data []byte) bool {
	for len(data) > 0 {
		line := lineAt(data, 0)
		if text := bytes.TrimSpace(data[:line.End]); len(text) > 0 && text[0] != '#' {
			return false
		}
		data = data[line.End:]
	}
	return true
}

// lineAt is the line that begins at an offset, with its line ending.
func lineAt(data []byte, from int) source.Span {
	if i := bytes.IndexByte(data[from:], '\n'); i >= 0 {
		return source.Span{Start: from, End: from + i + 1}
	}
	return source.Span{Start: from, End: len(data)}
}

// trimLine is a line's text without its line ending and the blanks before it.
func trimLine(data []byte, line source.Span) []byte {
	return bytes.TrimRight(data[line.Start:line.End], " \t\r\n")
}
