package change

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"minutebook/generator/diag"
)

// What stands in this file keeps a text of a document from being more than text
// where a change is shown: in a comment or a job's summary on GitHub, in a log
// of GitHub Actions, in a terminal.
//
//   - [diag.Printable] comes first: one line, no control characters, nothing
//     that the runner takes for a command.
//   - A word that GitHub would make a reference of (a mention, #12, GH-12, an
//     address) becomes a code span, where it makes none; so nobody is notified,
//     and no other issue says that it was mentioned here. The "@" of a handle
//     is left out.
//   - Of all other words the characters that mean something in Markdown or HTML
//     are escaped.
//   - No text stands at the start of a line, where it could open a block.

// longest is how many characters of a text are shown.
const longest = 300

// handle is the "@" that begins a mention.
var handle = regexp.MustCompile(`(^|[^0-9A-Za-z])@+([0-9A-Za-z])`)

// reference is a word that GitHub may link.
var reference = regexp.MustCompile(`(?i)@|#[0-9]|gh-[0-9]|://|www\.`)

// plain is a text on one line of a terminal, a mail or a log.
func plain(s string) string {
	return diag.Printable(handle.ReplaceAllString(clip(s), "$1$2"))
}

func clip(s string) string {
	n := 0
	for i := range s {
		if n++; n > longest {
			return s[:i] + "…"
		}
	}
	return s
}

// escaped is a text as Markdown that shows the text.
func escaped(s string) string {
	var words []string
	for word := range strings.FieldsSeq(diag.Printable(clip(s))) {
		if !reference.MatchString(word) {
			words = append(words, escapes.Replace(word))
			continue
		}
		core := strings.Trim(word, punctuation)
		before, after, _ := strings.Cut(word, core)
		words = append(words, escapes.Replace(before)+code(handle.ReplaceAllString(core, "$1$2"))+escapes.Replace(after))
	}
	return strings.Join(words, " ")
}

// punctuation around a word is not part of a reference.
const punctuation = `.,;:!?()"'`

// escapes makes the characters stand for themselves that mean something within
// a line. The dollar sign is GitHub's, for formulas.
var escapes = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;",
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "~", `\~`, "|", `\|`, "#", `\#`, "!", `\!`, "$", `\$`,
)

// code is a text between backticks. A backtick of its own stands between two
// such parts, as an entity, which is never syntax.
func code(s string) string {
	var b strings.Builder
	for i, part := range strings.Split(diag.Printable(s), "`") {
		if i > 0 {
			b.WriteString("&#96;")
		}
		if part != "" {
			b.WriteString("`" + part + "`")
		}
	}
	return b.String()
}

// address is the page at a URL of the site, below the address of a preview, for
// a Markdown link.
func address(preview *url.URL, page string) string {
	u := *preview
	u.Path, u.RawPath = strings.TrimSuffix(u.Path, "/")+"/"+page, ""
	u.RawQuery, u.Fragment = "", ""
	return "<" + u.String() + ">"
}

// link is a Markdown link of parts that are Markdown already.
func link(text, to string) string { return fmt.Sprintf("[%s](%s)", text, to) }
