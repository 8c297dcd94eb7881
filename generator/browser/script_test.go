package browser_test

import (
	"bytes"
	"html"
	"mime"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"minutebook/generator"
)

// danger is what a page has that could run, found in the DOM: what a browser
// made of the page, not what somebody wrote.
type danger struct {
	Handlers []string // attributes that are event handlers, or style
	Elements []string // scripts of others, frames, styles in the page
	Links    []string // links that are neither of the web nor of mail; they were clicked
	Pwned    bool
}

const findDanger = `(() => {
	const all = [...document.querySelectorAll("*")];
	const runs = a => /^on|^style$|^srcdoc$|^formaction$|^ping$/i.test(a.name);
	const names = e => [...e.attributes].filter(runs).map(a => e.localName + " " + a.name + "=" + a.value);
	const own = e => e.localName === "script" && e.src && new URL(e.src).origin === location.origin && !e.textContent;
	const box = e => e.matches("header.bar > form.find, #mb-search"); // authors have no such classes and ids
	const image = document.documentElement.localName === "svg"; // which may have its own style
	const active = e => !(image && e.localName === "style") &&
		/^(script|style|iframe|frame|frameset|object|embed|base|form|template|portal|applet|foreignobject|noscript)$/i.test(e.localName);
	const address = e => {
		const h = e.getAttribute("href") ?? e.getAttribute("xlink:href");
		try { return new URL(h, document.baseURI) } catch { return null }
	};
	const odd = [...document.querySelectorAll("a, area")].filter(e => {
		const u = e.hasAttribute("href") || e.hasAttribute("xlink:href") ? address(e) : null;
		return u && !["http:", "https:", "mailto:"].includes(u.protocol);
	});
	odd.forEach(e => e.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true})));
	return {
		handlers: all.flatMap(names),
		elements: all.filter(e => active(e) && !own(e) && !box(e)).map(e => e.outerHTML.slice(0, 200)),
		links: odd.map(e => e.outerHTML.slice(0, 200)),
		pwned: "__pwned" in window,
	};
})()`

// ran are the signs in what happened that a script ran: a dialog, or a request
// to another origin that is no image of an author's choice.
func ran(list []happening, base string) []happening {
	return slices.DeleteFunc(complaints(list, base), func(h happening) bool {
		return h.kind != dialog && (h.kind != request || h.image)
	})
}

var policy = regexp.MustCompile(`<meta http-equiv="?Content-Security-Policy"?[^>]*>`)

func withoutPolicy(page []byte) []byte { return policy.ReplaceAll(page, nil) }

// No part of a site makes a browser run script: with the policy that every page
// has, and without it.
func TestNoScriptRuns(t *testing.T) {
	r := build(t, tree(hostile(t)))
	checkFiles(t, r)
	bare := func(page []byte) []byte { return withoutPolicy(staying(page)) }
	for name, change := range map[string]func([]byte) []byte{"with policy": staying, "without policy": bare} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := serve(t, r.Snapshot, change)
			tb := newTab(t)
			for _, p := range opened(r) {
				checkPage(tb, base, p)
			}
		})
	}
}

var refresh = regexp.MustCompile(`<meta http-equiv="?refresh"? content="0; url=([^"]*)">`)

// staying is a page that does not lead elsewhere before one has looked at it,
// if it is one that our layout makes for an old address.
func staying(page []byte) []byte {
	if !bytes.Contains(page, []byte(`<body class="of-redirect">`)) {
		return page
	}
	return refresh.ReplaceAll(page, nil)
}

// opened are the files of a site that a browser shows as a document that could
// have script.
func opened(r *generator.Result) []string {
	var list []string
	for _, f := range r.Snapshot.Files() {
		if strings.HasSuffix(f.Path, ".html") || strings.HasSuffix(f.Path, ".svg") {
			list = append(list, f.Path)
		}
	}
	return list
}

func checkPage(tb *tab, base, name string) {
	tb.t.Helper()
	happened := tb.open(at(base, name))
	for _, h := range ran(happened, base) {
		tb.t.Errorf("%s: %s", name, h)
	}
	d := eval[danger](tb, findDanger)
	for what, list := range map[string][]string{"attribute": d.Handlers, "element": d.Elements, "link": d.Links} {
		for _, s := range list[:min(len(list), 3)] {
			tb.t.Errorf("%s: has the %s %s", name, what, s)
		}
	}
	if d.Pwned {
		tb.t.Errorf("%s: script ran", name)
	}
}

// checkFiles holds that each page has the policy, before all that it speaks of,
// and that nothing is published that a browser runs and that is not ours.
func checkFiles(t *testing.T, r *generator.Result) {
	t.Helper()
	active := regexp.MustCompile(`html|xml|javascript|wasm|shockwave`)
	for _, f := range r.Snapshot.Files() {
		ending := path.Ext(f.Path)
		switch {
		case ending == ".html":
			at := policy.FindIndex(f.Data)
			if m := refresh.FindSubmatch(f.Data); m != nil && strings.Contains(html.UnescapeString(string(m[1])), ":") {
				t.Errorf("%s leads out of the site, to %s", f.Path, m[1])
			}
			if at == nil || bytes.Contains(f.Data[:at[0]], []byte("<link")) || bytes.Contains(f.Data[:at[0]], []byte("<script")) {
				t.Errorf("%s has no policy, or has it too late", f.Path)
			}
		case ending == ".svg" || strings.HasPrefix(f.Path, "assets/"):
		case active.MatchString(mime.TypeByExtension(strings.ToLower(ending))):
			t.Errorf("%s is published", f.Path)
		}
	}
}

// unsafeSite is a site that publishes what its documents say as it is.
func unsafeSite() map[string]string {
	files := map[string]string{"minutebook.yaml": "html: unsafe\n"}
	raw := map[string]string{"block": places["block"], "list": places["list"], "text": places["text"]}
	calm := slices.DeleteFunc(expand(tags), func(p string) bool { return strings.Contains(p, "refresh") || strings.Contains(p, "<base") })
	bodies(files, "raw", raw, calm)
	return files
}

// The policy alone stops script, where documents are published as they are.
func TestPolicyAloneStopsScript(t *testing.T) {
	r := build(t, tree(unsafeSite()))
	base := serve(t, r.Snapshot, nil)
	tb := newTab(t)
	for _, p := range pages(r) {
		for _, h := range ran(tb.open(at(base, p)), base) {
			if h.kind == dialog {
				t.Errorf("%s: %s", p, h)
			}
		}
		if eval[bool](tb, `"__pwned" in window`) {
			t.Errorf("%s: script ran", p)
		}
	}
}

// Without either wall the payloads do run: they are not harmless for a reason
// that has nothing to do with Minutebook.
func TestPayloadsWouldRun(t *testing.T) {
	r := build(t, tree(unsafeSite()))
	base := serve(t, r.Snapshot, withoutPolicy)
	tb := newTab(t)
	for _, p := range pages(r) {
		if !strings.HasPrefix(p, "raw/") || strings.HasSuffix(p, "index.html") {
			continue
		}
		if happened := tb.open(at(base, p)); len(ran(happened, base)) == 0 {
			t.Errorf("%s: nothing ran", p)
		}
	}
}
