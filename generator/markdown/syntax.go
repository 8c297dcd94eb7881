package markdown

import (
	"bytes"
	"strings"

	emoji "github.com/yuin/goldmark-emoji"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A syntax is the Markdown that documents are written in: CommonMark, the
// extensions of GitHub Flavored Markdown, GitHub's footnotes and emoji, and
// definition lists, which GitHub shows as plain paragraphs. Alerts are block
// quotes and are recognised when they are rendered.
//
// Bare addresses (GFM 6.9) are looked for at every space, which is a tenth of
// the time of a build: texts that have none are read without.
type syntax struct{ plain, linkifying parser.Parser }

func newSyntax() *syntax {
	return &syntax{newParser(), newParser(util.Prioritized(measured{extension.NewLinkifyParser()}, 999))}
}

// newParser is a parser with more parsers of inline elements.
func newParser(more ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithBlockParsers(
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999),
		),
		parser.WithInlineParsers(
			util.Prioritized(taskParser{}, 0),
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(measured{parser.NewLinkParser()}, 200),
			util.Prioritized(measured{parser.NewAutoLinkParser()}, 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
			util.Prioritized(emoji.NewParser(), 999),
		),
		parser.WithInlineParsers(more...),
		parser.WithParagraphTransformers(
			util.Prioritized(definitions{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// parse may be called by many goroutines: what a parse remembers is in its
// context.
func (s *syntax) parse(src []byte) tree {
	p := s.plain
	if mayHaveAddress(src) {
		p = s.linkifying
	}
	ctx := parser.NewContext()
	root := p.Parse(text.NewReader(src), parser.WithContext(ctx))
	ends, _ := ctx.Get(endsKey).(map[ast.Node]int)
	return tree{root, ends}
}

// addressStarts are what bare web addresses begin with.
var addressStarts = [][]byte{[]byte("http:"), []byte("https:"), []byte("ftp:"), []byte("www.")}

// mayHaveAddress reports whether a text may have a bare address that becomes a
// link. It is false only for texts that certainly have none.
func mayHaveAddress(src []byte) bool {
	for _, start := range addressStarts {
		if bytes.Contains(src, start) {
			return true
		}
	}
	for at := 0; ; at++ {
		i := bytes.IndexByte(src[at:], '@')
		if i < 0 {
			return false
		}
		if at += i; at > 0 && !isBeforeHandle(src[at-1]) && at+1 < len(src) && util.IsAlphaNumeric(src[at+1]) {
			return true
		}
	}
}

// isBeforeHandle reports whether a byte cannot be the last of a mail address
// before its "@": RFC 5322, section 3.2.3, has no such atext.
func isBeforeHandle(c byte) bool {
	return c <= ' ' || strings.IndexByte(`"(),:;<>@[\]`, c) >= 0
}

// definitions looks for link reference definitions (CommonMark 4.7) only in
// paragraphs that begin with "[": others can have none.
type definitions struct{ parser.ParagraphTransformer }

func (d definitions) Transform(p *ast.Paragraph, reader text.Reader, ctx parser.Context) {
	if lines := p.Lines(); lines.Len() > 0 {
		first := lines.At(0)
		if text := util.TrimLeftSpace(first.Value(reader.Source())); len(text) > 0 && text[0] != '[' {
			return
		}
	}
	d.ParagraphTransformer.Transform(p, reader, ctx)
}

var endsKey = parser.NewContextKey()

// measured is a parser of links that notes where each of them ends, which the
// nodes do not say.
type measured struct{ parser.InlineParser }

func (m measured) Parse(parent ast.Node, block text.Reader, ctx parser.Context) ast.Node {
	n := m.InlineParser.Parse(parent, block, ctx)
	if n == nil {
		return nil
	}
	switch n.Kind() {
	case ast.KindLink, ast.KindImage, ast.KindAutoLink:
		ends := ctx.ComputeIfAbsent(endsKey, func() any { return map[ast.Node]int{} }).(map[ast.Node]int)
		_, at := block.Position()
		ends[n] = at.Start
	}
	return n
}

// CloseBlock passes on the end of a block, which the parser of links needs.
func (m measured) CloseBlock(parent ast.Node, block text.Reader, ctx parser.Context) {
	if c, ok := m.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, ctx)
	}
}

// taskParser reads the box of a task list item (GFM 5.3). Goldmark's own takes
// the start of the link in "- [x](page.md)" for a box.
type taskParser struct{}

func (taskParser) Trigger() []byte { return []byte{'['} }

func (taskParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	item := parent.Parent()
	if item == nil || item.Kind() != ast.KindListItem || item.FirstChild() != parent || parent.HasChildren() {
		return nil
	}
	line, _ := block.PeekLine()
	if len(line) < 3 || line[2] != ']' || len(line) > 3 && !util.IsSpace(line[3]) {
		return nil
	}
	done := line[1] == 'x' || line[1] == 'X'
	if !done && line[1] != ' ' {
		return nil
	}
	end := 3
	for end < len(line) && (line[end] == ' ' || line[end] == '\t') {
		end++
	}
	block.Advance(end)
	return east.NewTaskCheckBox(done)
}
