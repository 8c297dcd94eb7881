package markdown

// Slug is the id that GitHub gives a heading with a text, before duplicates are
// numbered.
func Slug(text string) string { return slug([]byte(text)) }

// SchemeAllowed reports whether a page may link to a destination: it has no
// scheme, a scheme that every site allows (http, https, mailto), or one of more.
func SchemeAllowed(destination string, more []string) bool {
	return schemeAllowed(destination, more)
}
