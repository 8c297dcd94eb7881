// Package layouts holds the layouts that Minutebook comes with: base.html, a
// file for each type of page, partials, style sheets, scripts, the icon and the
// words of languages. A user's own layouts replace them file by file; how they are
// read and filled is the matter of package layout, and of package words.
package layouts

import "embed"

// FS has the layouts by their paths: base.html, partials/bar.html and so on.
//
//go:embed *.html icon.svg partials css js words
var FS embed.FS
