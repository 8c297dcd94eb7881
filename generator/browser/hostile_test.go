package browser_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/config"
	"minutebook/generator/source"
)

// places are where markup can stand in a document. P stands for it, N for a
// number of its own.
var places = map[string]string{
	"text":        "x P x",
	"block":       "P",
	"within":      "<div>\n\nP\n\n</div>",
	"list":        "- P",
	"task":        "- [ ] P",
	"quote":       "> P",
	"heading":     "## P",
	"underlined":  "P\n---",
	"table":       "| a | P |\n|---|---|\n| P | b |",
	"code":        "```html\nP\n```\n\n~~~P\nP\n~~~",
	"span":        "`P` **P** ~~P~~ _P_",
	"link text":   "[P](x.md) ![P](x.png)",
	"link title":  `[t](x.md 'P') ![t](x.png "P")`,
	"alert":       "> [!NOTE] P\n> P\n\n> [!NOTE]\n> P",
	"footnote":    "x[^nN]\n\n[^nN]: P",
	"foot label":  "x[^P]\n\n[^P]: y",
	"attribute":   `<p title="P">x</p> <img src=x alt='P'> <abbr title=P>x</abbr>`,
	"details":     "<details open><summary>P</summary>P</details>",
	"comment":     "<!-- P -->\n\nx <!--P--> x",
	"autolink":    "<P> <https://x.example/P> https://x.example/P",
	"person":      "@P and @[P]",
	"destination": "[t](P) [t](<P>) ![t](<P>)",
}

// ways are where an address can stand in a document.
var ways = map[string]string{
	"link":      "[t](P) [t](<P>) [t](<P> 'x') [![t](<P>)](<P>)",
	"image":     "![t](P) ![t](<P>)",
	"reference": "[t][rN] ![t][rN] [rN]\n\n[rN]: <P> 'x'",
	"address":   "<P> P www.x.example/P",
	"raw":       `<a href="P">t</a> <a href='P'>t</a> <img src="P"> <a href="mb:test:P">t</a>`,
	"raw area":  `<map name=m><area href="P"></map> <svg><a xlink:href="P"><text>t</text></a></svg> <form action="P"><button autofocus>t</button></form>`,
}

// perPage is how many payloads stand on one page, most of them several times.
const perPage = 150

// bodies are documents with each payload in each place.
func bodies(files map[string]string, folder string, places map[string]string, payloads []string) {
	for name, place := range places {
		page := 0
		for chunk := range slices.Chunk(payloads, perPage) {
			var b strings.Builder
			for i, p := range chunk {
				b.WriteString(strings.NewReplacer("P", p, "N", fmt.Sprint(i)).Replace(place) + "\n\n")
			}
			page++
			files[fmt.Sprintf("%s/%s %d.md", folder, name, page)] = b.String()
		}
	}
}

// openings are documents that begin something and leave it open, with payloads
// behind it.
func openings(files map[string]string) {
	for i, u := range unclosed {
		var b strings.Builder
		for _, p := range turns(tags[13:18]) {
			b.WriteString(u + p + "\n\n" + p + "\n\n")
		}
		files[fmt.Sprintf("open/%d.md", i)] = b.String() + u
	}
}

// fieldDocuments are documents of every kind whose front matter has payloads in
// every field. In all but the first of each kind the days and the status are
// right, because much is shown only then.
func fieldDocuments(t *testing.T, files map[string]string, payloads []string) {
	settings, problems := config.Load(source.NewTree())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	links := turns(addresses)
	for _, kind := range settings.Kinds {
		page := 0
		for chunk := range slices.Chunk(payloads, 24) {
			w := fieldWriter{kind: kind, payloads: chunk, page: page, address: func() string {
				links = append(links[1:], links[0])
				return links[0]
			}}
			page++
			files[path.Join(cmp.Or(kind.Folder, "plain"), fmt.Sprintf("f%d.md", page))] = w.document()
		}
	}
}

// A fieldWriter writes one document of a kind.
type fieldWriter struct {
	kind     *config.Kind
	payloads []string
	page     int
	address  func() string // the next of all addresses
}

func (w *fieldWriter) document() string {
	var b strings.Builder
	for _, f := range w.kind.Fields {
		if f.Name != "kind" {
			fmt.Fprintf(&b, "%s: %s\n", f.Name, w.value(f))
		}
	}
	return "---\n" + b.String() + "---\n\nx\n"
}

// value is a value of a field: a list of the payloads, or all of them in one
// text. Tags, people and old addresses make pages of their own, so that one
// document only has all of them.
func (w *fieldWriter) value(f *config.Field) string {
	many := w.page == 0 && w.kind.Name == "proposal" && (f.Type != config.People || f.Name == "authors")
	switch {
	case f.Type == config.URL:
		return quoted(w.address())
	case w.page > 0 && f.Type == config.StatusWord && len(w.kind.Statuses) > 0:
		return w.kind.Statuses[w.page%len(w.kind.Statuses)].Name
	case w.page > 0 && (f.Type == config.Date || f.Type == config.Time):
		return "2018-04-10"
	case !many && slices.Contains([]config.Type{config.Tags, config.People, config.Paths}, f.Type):
		return quoted([]string{`'"` + w.payloads[0]})
	case f.Type.IsList():
		return quoted(w.payloads)
	}
	return quoted(strings.Join(w.payloads, " "))
}

// quoted is a value in the form that JSON and YAML share.
func quoted(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	// YAML has no byte order mark within a text, but may say it.
	return strings.ReplaceAll(strings.TrimSpace(b.String()), "\ufeff", `\ufeff`)
}

// named are files and folders with payloads in their names, each in one of
// several places.
func named(files map[string]string, payloads []string) {
	for i, p := range payloads {
		name := []string{"proposals/" + p + ".md", p + "/a.md", "files/" + p + ".txt", "2018-01-02 " + p + ".md"}[i%4]
		if fs.ValidPath(name) && len(path.Base(name)) < 200 {
			files[name] = "# x\n\ny\n"
		}
	}
	for _, ending := range []string{"html", "HTML", "htm", "xhtml", "svgz", "js", "mjs", "xml", "shtml", "md.html", "html.svg"} {
		files["files/page."+ending] = "<script>alert(1)</script>"
	}
}

// images are SVG files with payloads in them.
func images(files map[string]string) {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"`
	for i, p := range turns(pictures) {
		name := fmt.Sprintf("images/%d.svg", i)
		files[name] = svg + ">" + p + "</svg>"
		files["images/README.md"] += fmt.Sprintf("![x](%d.svg)\n", i)
	}
	for i, script := range scripts {
		files[fmt.Sprintf("images/root%d.svg", i)] = svg + ` onload="` + script + `"/>`
		files[fmt.Sprintf("images/html%d.svg", i)] = `<html xmlns="http://www.w3.org/1999/xhtml"><script>` + script + `</script></html>`
		files[fmt.Sprintf("images/sheet%d.svg", i)] = `<?xml-stylesheet href="data:text/xsl,x" type="text/xsl"?>` + svg + `><script>` + script + `</script></svg>`
		files[fmt.Sprintf("images/entity%d.svg", i)] = `<!DOCTYPE svg [<!ENTITY x "<script xmlns='http://www.w3.org/2000/svg'>` + script + `</script>">]>` + svg + `>&x;</svg>`
	}
}

// settings are a configuration and people with payloads wherever text may stand.
func settings(files map[string]string, payloads []string) {
	const yaml = "title: T\ndescription: T\nlanguage: L\nbranch: T\nsite-id: T\nrepository: R\ntoday: 2018-04-02\nkinds:\n  proposal:\n" +
		"    label: T\n    plural: T\n    fields:\n      created: {type: date, label: T}\n    statuses:\n      draft: {label: T, tone: draft, phase: draft}\n"
	text, all := quoted(strings.Join(payloads, " ")), strings.Join(payloads, "")
	files["minutebook.yaml"] = strings.NewReplacer("T", text, "L", quoted(payloads[0]), "R", quoted("https://x.example/"+all)).Replace(yaml)
	var people strings.Builder
	links := turns(addresses)
	for i, p := range payloads {
		fmt.Fprintf(&people, "  p%d: {name: %s, affiliation: %s, aliases: [%s], links: %s}\n", i, quoted(p), quoted(p), quoted("a"+p), quoted(links))
	}
	files["people.yaml"] = "people:\n" + people.String() + "groups:\n  g: {name: " + text + ", members: [p0, p1]}\n"
}

// hostile is a site whose every part is an attack.
func hostile(t *testing.T) map[string]string {
	files := map[string]string{}
	all := expand(tags)
	bodies(files, "places", places, turns(tags))
	bodies(files, "each", map[string]string{"block": places["block"]}, all)
	bodies(files, "ways", ways, turns(addresses))
	openings(files)
	fieldDocuments(t, files, append(turns(tags), turns(addresses)...))
	named(files, every(turns(tags), 4))
	images(files)
	settings(files, every(all, 40))
	files["README.md"] = "# " + all[0] + "\n\n" + strings.Join(slices.Sorted(maps.Keys(places)), " ") + "\n\n" + strings.Join(all, "\n\n")
	return files
}

// every is each nth of a list.
func every(list []string, n int) []string {
	var some []string
	for i := 0; i < len(list); i += n {
		some = append(some, list[i])
	}
	return some
}
