package markdown

import (
	"reflect"
	"testing"

	"minutebook/generator/source"
)

// The table of a survey has the cells that were written, without the bars that
// are drawn beside them.
func TestTable(t *testing.T) {
	text := []byte("## Survey\n\n| Option | Count |\n|:--|--:|\n| *One* room | 3 |\n| Two | 1 |\n\n<kbd>x</kbd>\n")
	for _, html := range []Policy{GitHub, Escape} {
		doc := New(Options{HTML: html}).Convert(source.NewFile("a.md", text), source.Span{End: len(text)})
		if got, want := doc.Table(doc.Sections[0]), [][]string{{"Option", "Count"}, {"One room", "3"}, {"Two", "1"}}; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %q, want %q", html, got, want)
		}
	}
}
