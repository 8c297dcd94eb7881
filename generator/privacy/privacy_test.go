package privacy_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"minutebook/generator/privacy"
)

const (
	zelda = iota
	chen
	taro
	fox
)

func names() *privacy.Names {
	var n privacy.Names
	n.Add("Zelda Quirk", zelda)
	n.Add("O'Straße", zelda)
	n.AddHandle("chen", chen)
	n.AddHandle("chen-li", privacy.Public)
	n.Add("Anna Zelda", privacy.Public)
	n.Add("Zelda Quirk Jones", privacy.Public)
	n.Add("山田太郎", taro)
	n.Add("🦊", fox)
	return &n
}

// What a text names somebody by, between brackets.
func TestFind(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"by Zelda Quirk, and ZELDA\n\tQUIRK's", "by [Zelda Quirk], and [ZELDA\n\tQUIRK]'s"},
		{"zelda-quirk, zelda.quirk@example.org, Zelda **Quirk**", "[zelda-quirk], [zelda.quirk]@example.org, [Zelda **Quirk]**"},
		{"Zelda&nbsp;Quirk Zelda&amp;nbsp;Quirk &#90;elda%20Quirk", "[Zelda&nbsp;Quirk] [Zelda&amp;nbsp;Quirk] [&#90;elda%20Quirk]"},
		{"Zel\u00adda Qu\u200birk Ｚｅｌｄａ　Ｑｕｉｒｋ Ⓩelda Quirk", "[Zel\u00adda Qu\u200birk] [Ｚｅｌｄａ　Ｑｕｉｒｋ] [Ⓩelda Quirk]"},
		{"Zelda Quirks, Griselda Quirk, Zelda1 Quirk, Zelda and Quirk", "Zelda Quirks, Griselda Quirk, Zelda1 Quirk, Zelda and Quirk"},
		{"O’STRASSE o'straße O Stra\u00dfe", "[O’STRASSE] [o'straße] [O Stra\u00dfe]"},
		{"chen @chen ＠Chen, @chen's @\u200bchen @ chen a@chen.org", "chen [@chen] [＠Chen], [@chen]'s [@\u200bchen] @ chen a[@chen].org"},
		{"@chen-li @chen-la", "@chen-li [@chen]-la"},
		{"@Zelda Quirk", "[@Zelda Quirk]"},
		{"Zelda Quirk Jones and Anna Zelda", "Zelda Quirk Jones and Anna Zelda"},
		{"Anna Zelda Quirk", "Anna [Zelda Quirk]"},
		{"山田太郎さん、山田 太郎、山田次郎", "[山田太郎]さん、[山田 太郎]、山田次郎"},
		{"a 🦊b", "a [🦊]b"},
		{"Zelda <b>Quirk</b>", "Zelda <b>Quirk</b>"},
		{"50% of Zelda%zzQuirk & Zelda & Quirk;", "50% of Zelda%zzQuirk & [Zelda & Quirk];"},
	} {
		if got := marked(test.text, names().Find(test.text)); got != test.want {
			t.Errorf("%q\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}

// In HTML tags part words as they do for readers, and attributes are texts of
// their own.
func TestFindMarkup(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"<p>Zelda <b>Qu</b>irk</p>", "<p>[Zelda <b>Qu</b>irk]</p>"},
		{"<td>Zelda</td><td>Quirk</td>", "<td>[Zelda</td><td>Quirk]</td>"},
		{"Zelda<br>Quirk, Zelda<br/>Quirk, Zelda<span>Quirk</span>", "[Zelda<br>Quirk], [Zelda<br/>Quirk], Zelda<span>Quirk</span>"},
		{`Zel<a title="Zelda &#81;uirk" href=zelda-quirk id='x'>da</a> Quirk`, `[Zel<a title="[Zelda &#81;uirk]" href=[zelda-quirk] id='x'>da</a> Quirk]`},
		{`<img alt="a>b Zelda Quirk" src="x>y">`, `<img alt="a>b [Zelda Quirk]" src="x>y">`},
		{"Zelda <!-- Zelda Quirk > --> Quirk", "[Zelda <!-- [Zelda Quirk] > --> Quirk]"},
		{"Zelda < Quirk <", "[Zelda < Quirk] <"},
		{"Zelda Quirk<a title=\"Zelda", "[Zelda Quirk]<a title=\"Zelda"},
	} {
		if got := marked(test.text, names().FindMarkup(test.text)); got != test.want {
			t.Errorf("%q\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}

func marked(text string, matches []privacy.Match) string {
	opens, closes := map[int]int{}, map[int]int{}
	for _, m := range matches {
		opens[m.Start]++
		closes[m.End]++
	}
	var b strings.Builder
	for i := 0; i <= len(text); i++ {
		b.WriteString(strings.Repeat("]", closes[i]) + strings.Repeat("[", opens[i]))
		if i < len(text) {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

func instead(who int) string { return fmt.Sprintf("<%d>", who) }

func insteadOf(m privacy.Match) string { return instead(m.Who) }

// What stands in place of names is text, whatever it is; tags stay, and so do
// addresses.
func TestReplace(t *testing.T) {
	if got := names().Replace("by Zelda\nQuirk and @chen", instead); got != "by <0> and <1>" {
		t.Errorf("%q", got)
	}
	text := `<p>by Zelda <a href="zelda-quirk" title="@chen">Quirk</a>.</p>`
	got, became := privacy.ReplaceMarkup(text, names().FindMarkup(text), insteadOf)
	if got != `<p>by &lt;0&gt;<a href="zelda-quirk" title="&lt;1&gt;"></a>.</p>` {
		t.Errorf("%q", got)
	}
	for _, mark := range []string{"<a href", "</a>", ".</p>"} {
		if at := became(strings.Index(text, mark)); !strings.HasPrefix(got[at:], mark) {
			t.Errorf("%s is at %d of %q", mark, at, got)
		}
	}
}

var tags = regexp.MustCompile(`<[a-z/][^>]*>`)

// Whatever a text is, what stands in place of names leaves none but in addresses,
// and the same elements.
func FuzzReplaceMarkup(f *testing.F) {
	for _, seed := range []string{"Zelda Quirk", "<p>Zel<i>da</i> Qu&shy;irk</p>", `<a title="@chen" id="zelda-quirk">x</a>`, "<!-- Zelda Quirk", "&amp;&amp;amp;#90;elda", "@chen山田太郎", "<a title='Zelda Quirk", "Zelda < Quirk <b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n := names()
		matches := n.FindMarkup(text)
		got, became := privacy.ReplaceMarkup(text, matches, func(privacy.Match) string { return "(somebody)" })
		for _, m := range n.FindMarkup(got) {
			if m.In != privacy.Address {
				t.Errorf("%q has %q", got, got[m.Start:m.End])
			}
		}
		last := 0
		for i := range len(text) + 1 {
			if at := became(i); at < last || at > len(got) {
				t.Fatalf("%d became %d, behind %d of %d", i, at, last, len(got))
			} else {
				last = at
			}
		}
		if len(tags.FindAllString(text, -1)) != len(tags.FindAllString(got, -1)) {
			t.Errorf("%q has other tags than %q", got, text)
		}
	})
}
