package site

import (
	"path"
	"strings"
)

// Find are the records that a word from a command line may mean: the one at a
// path, with or without its ending; else those with the id or display id; else,
// as in proposal-12 or D-0009, those of a kind with the id or number, or those
// with the number.
func (s *Site) Find(word string) []*Record {
	word = strings.TrimSpace(word)
	for _, p := range []string{word, word + ".md", word + ".markdown"} {
		if r := s.byPath[path.Clean(p)]; r != nil {
			return []*Record{r}
		}
	}
	low := strings.ToLower(word)
	if found := s.withID(low, ""); len(found) > 0 {
		return found
	}
	if i := strings.IndexAny(low, "-:/ "); i > 0 {
		for _, k := range s.Config.Kinds {
			if k.Name != low[:i] && strings.ToLower(k.Plural) != low[:i] {
				continue
			}
			if found := s.withID(low[i+1:], k.Name); len(found) > 0 {
				return found
			}
			return s.withNumber(trailingNumber(low[i+1:]), k.Name)
		}
	}
	return s.withNumber(trailingNumber(low), "")
}

// withID are the records with an id, of a kind or, with "", of all.
func (s *Site) withID(low, kind string) []*Record {
	return s.which(kind, func(r *Record) bool {
		return strings.ToLower(r.ID) == low || strings.ToLower(r.Text("id")) == low
	})
}

// withNumber are the records whose file's name has a number.
func (s *Site) withNumber(number, kind string) []*Record {
	if number == "" {
		return nil
	}
	return s.which(kind, func(r *Record) bool { return fileNumber(r.ID) == number })
}

func (s *Site) which(kind string, fits func(*Record) bool) []*Record {
	var list []*Record
	for _, r := range s.Records {
		if !r.Index && (kind == "" || r.Kind.Name == kind) && fits(r) {
			list = append(list, r)
		}
	}
	return list
}
