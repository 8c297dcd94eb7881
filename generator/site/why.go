package site

import "minutebook/generator/source"

// KindFrom says, for people, what made a document of its kind.
func (s *Site) KindFrom(r *Record) string {
	if _, stated := r.Values.Of("kind"); stated {
		return "front-matter"
	}
	if glob := r.Kind.Matched(r.File.Path); glob != "" {
		return "path, by " + glob
	}
	if r.Index || source.IsIndex(r.File.Path) {
		return "path: it introduces its folder"
	}
	return "path: no other kind includes it"
}
