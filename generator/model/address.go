package model

import (
	"net/url"
	"slices"
	"strings"

	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// address is a page or file of the site as model.json refers to it, RFC 3986.
func address(path, fragment string) string {
	if !plain(path) || !plain(fragment) {
		return (&url.URL{Path: path, Fragment: fragment}).String()
	}
	if fragment == "" {
		return path
	}
	return path + "#" + fragment
}

// plain reports whether a text stands in an address as it is. RFC 3986, section
// 2.3, and "/".
func plain(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '/' || c == '.' || 'A' <= c && c <= 'Z' || c == '_' || c == '~') {
			return false
		}
	}
	return true
}

// outside reports whether the model may have an address of another site: one
// that pages may link to, and that is not a mail address.
func (m Model) outside(address string) bool {
	u, err := url.Parse(address)
	return err == nil && !strings.EqualFold(u.Scheme, "mailto") && markdown.SchemeAllowed(address, m.site.Config.LinkSchemes)
}

// ref names a note: "path#anchor". Few notes have no anchor; their record stands
// for them.
func ref(n *site.Note) string {
	if n.Anchor == "" {
		return n.Record.File.Path
	}
	return n.Record.File.Path + "#" + n.Anchor
}

// refs are the names of notes.
func refs(notes []*site.Note) []string {
	return mapped(notes, ref)
}

// pathOf is the path that names a record, "" for none.
func pathOf(r *site.Record) string {
	if r == nil {
		return ""
	}
	return r.File.Path
}

// paths are the names of records.
func paths(records []*site.Record) []string { return mapped(records, pathOf) }

// mapped is nil for an empty list, so that it is left out.
func mapped[From, To any](list []From, object func(From) To) []To {
	if len(list) == 0 {
		return nil
	}
	return slices.AppendSeq(make([]To, 0, len(list)), each(list, object))
}
