package markdown

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// Table is the first table under a heading, up to the next heading that is not
// below it: its rows with the plain text of their cells, the head first. Nil when
// there is none.
func (c *Converted) Table(s Section) [][]string {
	head := c.Headings[s.Heading]
	_, rest, found := strings.Cut(c.Body.HTML, opening(head))
	if !found {
		return nil
	}
	for _, h := range c.Headings[s.Heading+1:] {
		if h.Level > head.Level {
			continue
		}
		if end := strings.Index(rest, opening(h)); end >= 0 {
			rest = rest[:end]
		}
		break
	}
	start := strings.Index(rest, "<table")
	if start < 0 {
		return nil
	}
	return rows(rest[start:])
}

// opening is how the element of a heading begins in the HTML.
func opening(h Heading) string {
	return fmt.Sprintf(`<h%d id="%s"`, h.Level, h.ID)
}

// rows are the cells of the first table in HTML.
func rows(text string) [][]string {
	var table [][]string
	var cell *strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(text))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		name, attributes := "", false
		if kind == html.StartTagToken || kind == html.EndTagToken {
			var tag []byte
			tag, attributes = tokens.TagName()
			name = string(tag)
		}
		switch {
		case kind == html.TextToken && cell != nil:
			cell.Write(tokens.Text())
		case name == "table" && kind == html.EndTagToken:
			return table
		case name == "tr" && kind == html.StartTagToken:
			table = append(table, nil)
		case name != "td" && name != "th" || len(table) == 0:
		case kind == html.StartTagToken && attributes && isDrawing(tokens):
		case kind == html.StartTagToken:
			cell = new(strings.Builder)
		case cell != nil:
			last := &table[len(table)-1]
			*last = append(*last, strings.Join(strings.Fields(cell.String()), " "))
			cell = nil
		}
	}
	return table
}

// isDrawing reports whether a cell holds no text but the bar of a tally.
func isDrawing(tokens *html.Tokenizer) bool {
	for {
		key, _, more := tokens.TagAttr()
		if string(key) == "aria-hidden" || !more {
			return string(key) == "aria-hidden"
		}
	}
}
