package markdown

import (
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"strings"
)

// What SanitizeSVG reads at most.
const (
	svgBytes = 1 << 20
	svgDepth = 64 // elements in each other
)

// SanitizeSVG is an SVG image without anything that could run script, load a
// file or lead elsewhere. It keeps shapes, text, gradients, masks and filters
// (SVG 2, chapters 5 to 16), images that are PNG or JPEG data within the file,
// and styles that name nothing outside of it. Scripts, HTML within SVG,
// animation, links and metadata go.
//
// It is not ok when the data is no well-formed XML in UTF-8 with an svg element
// around all, defines entities, or is larger or deeper than an image needs.
// What it returns is its own clean form.
func SanitizeSVG(data []byte) (clean []byte, ok bool) {
	if len(data) > svgBytes {
		return nil, false
	}
	w := svgWriter{tokens: xml.NewDecoder(bytes.NewReader(data))}
	for !w.refused {
		token, err := w.tokens.Token()
		if err == io.EOF {
			return w.out.Bytes(), w.ended && w.depth == 0
		}
		if err != nil {
			return nil, false
		}
		w.token(token)
	}
	return nil, false
}

type svgWriter struct {
	tokens         *xml.Decoder
	out            bytes.Buffer
	open           []string // the elements that are open, as written
	style          string   // the text of the style element that is open: a comment may divide it
	depth          int      // how many elements are open, written or not
	dropped        int      // the depth of the element that is dropped, or 0
	ended, refused bool     // the root is closed; there shall be no image
}

func (w *svgWriter) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		w.depth++
		w.refused = w.refused || w.ended || w.depth > svgDepth || w.depth == 1 && !isSVG(t.Name, "svg")
		if w.dropped == 0 && !w.refused {
			w.start(t)
		}
	case xml.EndElement:
		w.end()
	case xml.CharData:
		w.text(string(t))
	case xml.Directive:
		w.refused = w.refused || bytes.ContainsAny(t, "[&%") || w.depth > 0
	}
}

func (w *svgWriter) end() {
	if w.dropped == 0 {
		last := len(w.open) - 1
		if w.open[last] == "style" && harmlessStyle(w.style) {
			plainEscaper.WriteString(&w.out, w.style)
		}
		w.out.WriteString("</" + w.open[last] + ">")
		w.open, w.style = w.open[:last], ""
	} else if w.dropped == w.depth {
		w.dropped = 0
	}
	w.depth--
	w.ended = w.depth == 0
}

const (
	svgNamespace   = "http://www.w3.org/2000/svg"
	xlinkNamespace = "http://www.w3.org/1999/xlink"
)

func isSVG(n xml.Name, local string) bool {
	return n.Local == local && (n.Space == svgNamespace || n.Space == "")
}

func (w *svgWriter) text(s string) {
	switch {
	case w.depth == 0:
		w.refused = w.refused || strings.Trim(s, " \t\r\n\ufeff") != ""
	case w.dropped > 0:
	case w.open[len(w.open)-1] == "style":
		w.style += s
	default:
		plainEscaper.WriteString(&w.out, s)
	}
}

func (w *svgWriter) start(t xml.StartElement) {
	name := t.Name.Local
	if name == "a" {
		name = "g"
	}
	onlyText := len(w.open) > 0 && svgTextOnly[w.open[len(w.open)-1]]
	if !svgElements[name] || !isSVG(t.Name, t.Name.Local) || onlyText {
		w.dropped = w.depth
		return
	}
	w.open = append(w.open, name)
	var tag strings.Builder
	tag.WriteString("<" + name)
	if len(w.open) == 1 {
		writeAttribute(&tag, "xmlns", svgNamespace)
	}
	seen := map[string]bool{}
	for _, a := range t.Attr {
		if key, value, ok := svgAttribute(name, a); ok && !seen[key] {
			seen[key] = true
			writeAttribute(&tag, key, value)
		}
	}
	w.out.WriteString(tag.String() + ">")
}

// svgAttribute is an attribute as it stays.
func svgAttribute(element string, a xml.Attr) (key, value string, ok bool) {
	key, value = a.Name.Local, strings.TrimSpace(a.Value)
	switch {
	case key == "href" && (a.Name.Space == "" || a.Name.Space == xlinkNamespace):
		return key, value, localTarget.MatchString(value) || element == "image" && imageData.MatchString(value)
	case a.Name.Space != "" || !svgAttributes[key]:
		return "", "", false
	case key == "style":
		value = harmlessDeclarations(value)
		return key, value, value != ""
	}
	return key, value, harmlessStyle(value)
}

var (
	localTarget = regexp.MustCompile(`^#[\pL\pN_.:-]+$`)
	imageData   = regexp.MustCompile(`^data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+$`)
	localURL    = regexp.MustCompile(`url\(\s*["']?#[\pL\pN_.:-]+["']?\s*\)`)
	reaching    = regexp.MustCompile(`(?i)[\\@<]|/\*|url|image|src\s*\(|cross-fade|element\s*\(|expression|behavior|binding|script:|data:`)
)

// harmlessStyle reports whether CSS, or a part of it, names nothing outside of
// the image. Escapes and at-rules are never needed and can hide what does (CSS
// Syntax 3, 4.3.7).
func harmlessStyle(s string) bool {
	return !reaching.MatchString(strings.ReplaceAll(localURL.ReplaceAllString(s, ""), "image-rendering", ""))
}

// harmlessDeclarations are those of a style attribute that are harmless.
func harmlessDeclarations(style string) string {
	var kept []string
	for d := range strings.SplitSeq(style, ";") {
		if d = strings.TrimSpace(d); d != "" && harmlessStyle(d) {
			kept = append(kept, d)
		}
	}
	return strings.Join(kept, "; ")
}

// svgTextOnly are the elements whose content is text: markup within could be
// read as HTML.
var svgTextOnly = setOf("desc style title")

var svgElements = setOf(`circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
	feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG
	feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
	feTurbulence filter g image line linearGradient marker mask path pattern polygon polyline radialGradient rect stop
	style svg switch symbol text textPath title tspan use`)

var svgAttributes = setOf(`alignment-baseline amplitude aria-hidden aria-label azimuth baseFrequency baseline-shift bias class
	clip clip-path clip-rule clipPathUnits color color-interpolation color-interpolation-filters cx cy d diffuseConstant
	direction display divisor dominant-baseline dx dy edgeMode elevation exponent fill fill-opacity fill-rule filter
	filterUnits flood-color flood-opacity font-family font-size font-size-adjust font-stretch font-style font-variant
	font-weight fr fx fy gradientTransform gradientUnits height id image-rendering in in2 intercept k1 k2 k3 k4
	kernelMatrix kernelUnitLength lang lengthAdjust letter-spacing lighting-color limitingConeAngle marker-end marker-mid
	marker-start markerHeight markerUnits markerWidth mask maskContentUnits maskUnits mix-blend-mode mode numOctaves
	offset opacity operator order orient overflow paint-order pathLength patternContentUnits patternTransform
	patternUnits points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY
	requiredFeatures result role rotate rx ry scale seed shape-rendering slope specularConstant specularExponent
	spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
	stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style surfaceScale tableValues targetX
	targetY text-anchor text-decoration text-rendering textLength transform transform-origin type unicode-bidi values
	vector-effect version viewBox visibility width word-spacing writing-mode x x1 x2 xChannelSelector y y1 y2
	yChannelSelector z`)
