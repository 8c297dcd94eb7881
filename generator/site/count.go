package site

import "minutebook/generator/markdown"

// A LinkCount is how many links and images of texts lead somewhere.
type LinkCount struct {
	Relative int // paths of files, and parts of the document itself
	Resolved int // of those, that lead to something
	Anchors  int // links that resolve and name a part of a document
	Found    int // of those, the part is there
	Self     int // addresses of the site's own documents elsewhere, which lead to their pages
	Mentions int // words that name a document
	Outside  int // addresses of other sites
}

// CountLinks counts the links of the record's text.
func (r *Record) CountLinks() (c LinkCount) {
	for i := range r.Targets {
		t := &r.Targets[i]
		switch {
		case t.Kind == Plain:
		case r.Body.References[i].Form == markdown.Mention:
			c.Mentions++
		case t.Kind == External:
			c.Outside++
		default:
			c.add(t)
		}
	}
	return c
}

func (c *LinkCount) add(t *Target) {
	if t.Self {
		c.Self++
	} else {
		c.Relative++
		if t.Kind == Internal {
			c.Resolved++
		}
	}
	if t.Kind == Internal && t.Record != nil && (t.NoAnchor || t.Fragment != "") {
		c.Anchors++
		if !t.NoAnchor {
			c.Found++
		}
	}
}

// CountLinks counts the links of all texts.
func (s *Site) CountLinks() (c LinkCount) {
	for _, r := range s.Records {
		one := r.CountLinks()
		c.Relative += one.Relative
		c.Resolved += one.Resolved
		c.Anchors += one.Anchors
		c.Found += one.Found
		c.Self += one.Self
		c.Mentions += one.Mentions
		c.Outside += one.Outside
	}
	return c
}
