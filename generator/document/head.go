package document

import "minutebook/generator/source"

// Head reads a file but for its body: its kind, its front matter or the lines
// that stand for it, and its status. The title is that of the front matter, if
// any.
func (p *Parser) Head(f *source.File) *Document {
	d, front, block := p.split(f)
	p.values(d, front, block)
	d.Title = d.Text("title")
	return d
}
