package model

import (
	"minutebook/generator/config"
	"minutebook/generator/document"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// A Found says where a document says something, when that is not its front
// matter.
type Found struct {
	From   string `json:"from"`             // lines, table, code, headings, section, sidecar, changelog, path, text, status or default
	Path   string `json:"path,omitempty"`   // of the sidecar
	Line   int    `json:"line,omitempty"`   // 1-based; none: it stands nowhere
	Column int    `json:"column,omitempty"` // 1-based, in characters
}

// WithFound is the model whose records tell where their fields were found.
func (m Model) WithFound() Model {
	m.found = true
	return m
}

// found is what is known of the fields of a record that its front matter does
// not state, and of its title.
func found(r *site.Record) map[string]Found {
	all := map[string]Found{}
	for i := range r.Values {
		if v := &r.Values[i]; v.From != config.FromFrontMatter {
			all[v.Field.Name] = placeOf(r, v)
		}
	}
	if r.TitleFrom != config.FromFrontMatter {
		f := Found{From: string(r.TitleFrom)}
		if !r.TitleSpan.IsZero() {
			f.at(r.File, r.TitleSpan)
		}
		if _, stated := all["title"]; !stated {
			all["title"] = f
		}
	}
	return all
}

func placeOf(r *site.Record, v *document.Value) Found {
	f := Found{From: string(v.From)}
	if v.File != nil {
		f.Path = v.File.Path
	}
	if !v.Span.IsZero() {
		f.at(r.In(v.Field.Name), v.Span)
	}
	return f
}

func (f *Found) at(file *source.File, span source.Span) {
	p := file.Position(span.Start)
	f.Line, f.Column = p.Line, p.Column
}
