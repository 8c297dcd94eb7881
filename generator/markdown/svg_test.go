package markdown

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// checkSVG reports what a clean image could run, load or lead to, read as XML
// and, should a server say so, as HTML.
func checkSVG(t testing.TB, data []byte) {
	t.Helper()
	clean, ok := SanitizeSVG(data)
	if !ok {
		return
	}
	again, ok := SanitizeSVG(clean)
	if !ok || !bytes.Equal(again, clean) {
		t.Errorf("not the same again\n data: %q\nclean: %q\nagain: %q", data, clean, again)
	}
	if !bytes.HasPrefix(clean, []byte(`<svg xmlns="http://www.w3.org/2000/svg"`)) {
		t.Errorf("no svg root: %q", clean)
	}
	style := false
	for d := xml.NewDecoder(bytes.NewReader(clean)); ; {
		token, err := d.Token()
		if text, ok := token.(xml.CharData); ok && style && strings.Contains(strings.ReplaceAll(strings.ToLower(string(text)), "url(#", ""), "url(") {
			t.Errorf("style %q of %q", text, data)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in %q", err, clean)
		}
		e, ok := token.(xml.StartElement)
		style = ok && e.Name.Local == "style"
		if ok {
			checkSVGElement(t, data, e)
		}
	}
	doc, err := html.Parse(bytes.NewReader(clean))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Namespace != "svg" && !strings.Contains(" html head body ", " "+n.Data+" ") {
			t.Errorf("read as HTML there is <%s>\n data: %q\nclean: %q", n.Data, data, clean)
		}
	}
}

func checkSVGElement(t testing.TB, data []byte, e xml.StartElement) {
	t.Helper()
	if e.Name.Space != svgNamespace || strings.Contains(" script foreignObject a animate set iframe handler feImage audio video ", " "+e.Name.Local+" ") {
		t.Errorf("element %v of %q", e.Name, data)
	}
	for _, a := range e.Attr {
		value := strings.ToLower(a.Value)
		switch {
		case a.Name.Space != "", strings.HasPrefix(a.Name.Local, "on"):
			t.Errorf("attribute %v of %q", a.Name, data)
		case a.Name.Local == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/png;base64,") && !strings.HasPrefix(value, "data:image/jpeg;base64,"):
			t.Errorf("address %q of %q", value, data)
		case strings.Contains(strings.NewReplacer("url(#", "", `url("#`, "", "url('#", "", " ", "").Replace(value), "url("):
			t.Errorf("address %q of %q", value, data)
		}
	}
}

// hostileSVG are parts of an image that must go, or make it refused.
var hostileSVG = []string{
	`<script>x</script>`, `<script href="data:,x"/>`, `<script xlink:href="x.js"/>`, `<SCRIPT>x</SCRIPT>`, `<h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script>`, `<script xmlns="http://www.w3.org/1999/xhtml">x</script>`,
	`<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="x"/></foreignObject>`, `<g onclick="x"/>`, `<g ONCLICK="x"/>`, `<g ev:event="load" xmlns:ev="http://www.w3.org/2001/xml-events"/>`,
	`<a href="javascript:x"><text>t</text></a>`, `<a xlink:href="javascript:x"><text>t</text></a>`, `<a q:href="javascript:x" xmlns:q="http://www.w3.org/1999/xlink"/>`,
	`<use href="data:image/svg+xml,x#y"/>`, `<use href="other.svg#x"/>`, `<use xlink:href="https://evil.example/x.svg#x"/>`, `<use href=" #a javascript:x"/>`, `<image href="https://evil.example/x.png"/>`, `<image href="data:image/svg+xml;base64,WA=="/>`, `<image href="data:image/png,x"/>`, `<feImage href="x.svg"/>`,
	`<animate attributeName="href" values="javascript:x"/>`, `<set attributeName="onclick" to="x"/>`, `<animateTransform onbegin="x"/>`, `<handler type="x">x</handler>`, `<iframe src="x"/>`, `<embed src="x"/>`, `<audio src="x"/>`,
	`<style>@import url(x.css);</style>`, `<style>@import "x.css";</style>`, `<style>*{fill:url(https://evil.example/x)}</style>`, `<style>*{fill:u\72l(x)}</style>`, `<style><![CDATA[</style><script>x</script>]]></style>`, `<style>a{background:image-set("x")}</style>`, `<style>/*</style><g/>`, `<style>*{fill:u<!-- -->rl(x)}</style>`, `<style>*{fill:u<![CDATA[rl(x)]]>}</style>`, `<style>*{fill:u<?x ?>rl(x)}</style>`, `<style><script>x</script></style>`, `<title><script>x</script></title>`, `<desc><h:img src="x" onerror="x" xmlns:h="http://www.w3.org/1999/xhtml"/></desc>`,
	`<g style="fill:url(x)"/>`, `<g style="fill:URL( 'x' )"/>`, `<g style="background:url(#a),url(//evil.example)"/>`, `<g style="x:expression(x)"/>`, `<g fill="url(x.svg#y)"/>`, `<g fill="url(//evil.example#y)"/>`, `<g filter="u\72l(x)"/>`, `<g cursor="url(x)"/>`, `<g mask='url("x#y")'/>`, `<g fill="url(#a) url(b)"/>`, `<g style="fill:url(#a)url(b"/>`, `<g style="mask-image:-webkit-image-set(x)"/>`,
	`<g href="#a" xlink:href="#b"/>`, `<g id="a" id="b"/>`, `<g xml:base="https://evil.example/"/>`, `<g xmlns:x="a" x:onclick="x"/>`, `<!-- <script>x</script> -->`, `<?xml-stylesheet href="x.css"?>`, `<![CDATA[<script>x</script>]]>`, `&lt;script>x&lt;/script>`, `&x;`, `<g>`, `</svg><script>x</script>`, `</svg>`, `<g/ onclick="x">`, `<svg onload="x"/>`, `<metadata><x/></metadata>`, `<unknown><script/></unknown>`, `<switch><foreignObject/><text>t</text></switch>`, `<text>a&#13;b</text>`, `<p/>`, `<img src="x"/>`, `<table/>`, `<text><b>x</b></text>`,
}

func TestHostileSVG(t *testing.T) {
	for _, p := range hostileSVG {
		for _, page := range []string{
			`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>`,
			`<svg xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>`,
			`<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns="http://www.w3.org/1999/xhtml">%s</s:svg>`,
			`<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"><g><desc>%s</desc></g></svg>`,
		} {
			checkSVG(t, fmt.Appendf(nil, page, p))
		}
	}
}

func TestRefusedSVG(t *testing.T) {
	for name, data := range map[string]string{
		"nothing":           ``,
		"text":              `hello`,
		"HTML":              `<html><svg/></html>`,
		"not closed":        `<svg>`,
		"two roots":         `<svg/><svg/>`,
		"text behind":       `<svg/>x`,
		"an entity":         `<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>`,
		"a parameter":       `<!DOCTYPE svg %x;><svg/>`,
		"an unknown entity": `<svg>&nbsp;</svg>`,
		"another encoding":  `<?xml version="1.0" encoding="UTF-7"?><svg/>`,
		"not UTF-8":         "<svg>\xff</svg>",
		"a foreign svg":     `<svg xmlns="http://www.w3.org/1999/xhtml"/>`,
		"too deep":          `<svg>` + strings.Repeat("<g>", svgDepth) + strings.Repeat("</g>", svgDepth) + `</svg>`,
		"too large":         `<svg>` + strings.Repeat(" ", svgBytes) + `</svg>`,
	} {
		if clean, ok := SanitizeSVG([]byte(data)); ok {
			t.Errorf("%s: not refused: %q", name, clean)
		}
	}
}

func TestKeptSVG(t *testing.T) {
	const in = `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg" onload="x">
<metadata><x/></metadata><style>*{stroke-linejoin: round}</style><defs><path id="p" d="M0 0"/></defs>
<use xlink:href="#p" style="fill: #fff; background: url(x)" clip-path="url(#c)"/><a href="x"><text>a &lt; b</text></a>
<image width="1" href="data:image/png;base64,iVBORw0KGgo="/></svg>
`
	const want = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
<style>*{stroke-linejoin: round}</style><defs><path id="p" d="M0 0"></path></defs>
<use href="#p" style="fill: #fff" clip-path="url(#c)"></use><g><text>a &lt; b</text></g>
<image width="1" href="data:image/png;base64,iVBORw0KGgo="></image></svg>`
	if clean, ok := SanitizeSVG([]byte(in)); !ok || string(clean) != want {
		t.Errorf("%v\n got: %s\nwant: %s", ok, clean, want)
	}
}

func FuzzSVG(f *testing.F) {
	for _, p := range hostileSVG {
		f.Add(fmt.Appendf(nil, `<svg xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>`, p))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkSVG(t, data) })
}
