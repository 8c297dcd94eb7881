package markdown

import (
	"strings"

	"minutebook/generator/words"
)

// plainText is a body shown as it stands, for a document that is over a limit:
// no line of it is read as Markdown. Bytes that are not UTF-8 and NUL become
// U+FFFD, every end of a line "\n".
func plainText(body []byte, w *words.Words) string {
	text := strings.ToValidUTF8(string(body), "\ufffd")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	// A parser drops the first line end after <pre>.
	return `<pre class="plain" tabindex="0" role="group" aria-label="` + attribute(w.T("Plain text")) + `">` + "\n" + plainEscaper.Replace(text) + "</pre>\n"
}
