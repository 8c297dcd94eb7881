package document

import "minutebook/generator/source"

// Head reads a file but for its body, and its sidecar when it has one: its kind,
// its front matter or the lines that stand for it, and its status. The title is
// that of the front matter, if any.
func (p *Parser) Head(f *source.File, sidecar ...*source.File) *Document {
	d, front, block := p.split(f, sidecar)
	p.values(d, front, block, sidecar)
	d.Title = d.Text("title")
	return d
}
