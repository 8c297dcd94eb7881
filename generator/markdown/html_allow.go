package markdown

import (
	"regexp"
	"strings"
)

// This file says which HTML an author may use: about what GitHub's sanitizer
// keeps (the allow-list of github/html-pipeline), without what could run, load,
// submit or imitate the page around it.

// rules are the attributes that stay and what their values must match; nil
// means any value.
type rules map[string]*regexp.Regexp

var (
	anyNumber    = regexp.MustCompile(`^-?[0-9]{1,5}$`)
	anyLength    = regexp.MustCompile(`^[0-9]{1,5}(?:%|px)?$`)
	anyID        = regexp.MustCompile(`^[\pL\pM\pN_.:-]+$`)
	anyLanguage  = regexp.MustCompile(`^[A-Za-z0-9-]+$`)
	anyDirection = regexp.MustCompile(`^(?i:ltr|rtl|auto)$`)
	anyAlignment = regexp.MustCompile(`^(?i:left|center|right)$`)
	anyDate      = regexp.MustCompile(`^[0-9A-Za-z:+. -]+$`)
	anyListType  = regexp.MustCompile(`^[1aAiI]$`)
	anyScope     = regexp.MustCompile(`^(?i:row|col|rowgroup|colgroup)$`)
	anyClass     = regexp.MustCompile(`^[A-Za-z0-9_+#. -]+$`)
	onlyTrue     = regexp.MustCompile(`^true$`)
	onlyZero     = regexp.MustCompile(`^0$`)
	onlyGroup    = regexp.MustCompile(`^group$`)
)

// everywhere are the attributes that any element may have.
var everywhere = rules{"id": anyID, "title": nil, "lang": anyLanguage, "dir": anyDirection}

var (
	aligned  = rules{"align": anyAlignment}
	cell     = rules{"align": anyAlignment, "colspan": anyNumber, "rowspan": anyNumber, "abbr": nil, "scope": anyScope}
	columns  = rules{"align": anyAlignment, "span": anyNumber}
	dated    = rules{"datetime": anyDate}
	picture  = rules{"src": nil, "alt": nil, "width": anyLength, "height": anyLength, "align": anyAlignment}
	numbered = rules{"start": anyNumber, "type": anyListType, "reversed": nil}
)

// allowed are the elements that stay, each with the attributes that it may have
// besides those of everywhere.
var allowed = map[string]rules{
	"a": {"href": nil}, "abbr": nil, "b": nil, "bdi": nil, "bdo": nil, "blockquote": nil, "br": nil,
	"caption": aligned, "cite": nil, "code": nil, "col": columns, "colgroup": columns,
	"dd": nil, "del": dated, "details": {"open": nil}, "dfn": nil, "div": aligned, "dl": nil, "dt": nil,
	"em": nil, "figcaption": nil, "figure": nil,
	"h1": aligned, "h2": aligned, "h3": aligned, "h4": aligned, "h5": aligned, "h6": aligned, "hr": nil,
	"i": nil, "img": picture, "ins": dated, "kbd": nil, "li": {"value": anyNumber}, "mark": nil,
	"ol": numbered, "p": aligned, "pre": nil, "q": nil, "rp": nil, "rt": nil, "ruby": nil,
	"s": nil, "samp": nil, "section": nil, "small": nil, "span": nil, "strong": nil, "sub": nil, "summary": nil, "sup": nil,
	"table": aligned, "tbody": aligned, "td": cell, "tfoot": aligned, "th": cell, "thead": aligned, "time": dated, "tr": aligned,
	"u": nil, "ul": nil, "var": nil, "wbr": nil,
}

// own are the attributes that only HTML of our own making has; see ownClasses.
var own = rules{
	"class": anyClass, "role": onlyGroup, "tabindex": onlyZero, "aria-label": nil, "aria-hidden": onlyTrue,
}

// renamed are the elements of old that have a living equal.
var renamed = map[string]string{"center": "div", "strike": "s", "tt": "code"}

// unwrapped are the elements whose tags mean nothing here and go without a
// word: <picture> and <source> choose between versions of the <img> that stays.
var unwrapped = setOf("picture source")

// emptied are the elements that go with their content: it is not text for
// readers (WHATWG HTML, 13.1.2 "raw text", and foreign content).
var emptied = setOf(`iframe math noembed noframes plaintext script style svg template textarea title xmp`)

// dropped are the other elements that browsers know: HTML's, current or
// obsolete (WHATWG HTML, 4 and 16.2), and the names of SVG and MathML that a
// document may hold one by one. Their tags go and are reported, their content
// stays. A name in no list is not HTML and is shown as the text it looks like.
var dropped = setOf(`acronym address applet area article aside audio base basefont bgsound big blink body button
	canvas command content data datalist dialog dir element embed fencedframe fieldset font footer form frame frameset
	geolocation head header hgroup html image input isindex keygen label legend link listing main map marquee menu
	menuitem meta meter multicol nav nextid nobr noscript object optgroup option output param portal progress rb rtc
	search select selectedcontent shadow slot spacer track video
	animate animatemotion animatetransform circle clippath defs desc ellipse feblend fecolormatrix fegaussianblur
	feimage feoffset filter foreignobject g glyph image line lineargradient marker mask metadata mpath path pattern
	polygon polyline radialgradient rect set stop switch symbol text textpath tref tspan use view
	annotation annotation-xml maction maligngroup malignmark menclose merror mfenced mfrac mglyph mi mlabeledtr
	mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable
	mtd mtext mtr munder munderover semantics`)

// void are the elements without content (WHATWG HTML, 13.1.2) that stay.
var void = setOf("br col hr img wbr")

func setOf(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

func isAllowed(element string) bool {
	_, ok := allowed[element]
	return ok
}

// allows reports whether an element may have an attribute with a value. With
// ours it may have those of our own HTML too.
func allows(element, attribute, value string, ours bool) bool {
	pattern, ok := allowed[element][attribute]
	if !ok {
		pattern, ok = everywhere[attribute]
	}
	if !ok && ours {
		pattern, ok = own[attribute]
	}
	return ok && (pattern == nil || pattern.MatchString(value))
}

// ownID begins the ids that only this program gives.
const ownID = "mb-"
