package generator_test

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"minutebook/generator"
	mail "minutebook/generator/digest"
)

// pseudo is a language in which every text is the English one in brackets, so
// that a page shows what does not come from the catalogue. Of a number it has
// only what is said of many.
func pseudo(t *testing.T) string {
	t.Helper()
	keys := keysInCode(t)
	maps.Copy(keys, keysInLayouts(t))
	maps.Copy(keys, keysInSettings())
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		text := strconv.Quote("⟦" + withoutNote(key) + "⟧")
		fmt.Fprintf(&b, "%s: %s\n", strconv.Quote(key), text)
	}
	return b.String()
}

// greek is a site of every kind of document whose authors write Greek letters
// only, in all states that pages have words for.
func greek() map[string]string {
	return map[string]string{
		"minutebook.yaml": "title: Βιβλίο\ndescription: Όλα.\nlanguage: qps\ntoday: 2018-04-02\nbase-url: https://example.org/\nrepository: https://github.com/example/x\ntrack-since: 2018-01-01\nattendance: true\n",
		"people.yaml":     "people:\n  α: {name: Άννα, affiliation: Ωμέγα, timezone: UTC}\n  β: {name: Βήτα, public: initials}\n  ω: {name: Ωκεανίς, public: hidden}\ngroups:\n  γ: {name: Γάμμα, members: [α, β]}\n",
		"README.md":       "# Αρχή\n\n[α](proposals/a.md)\n",
		"proposals/a.md":  "---\ntitle: Άλφα\nid: Α\nstatus: review\nauthors: [α]\ndecision-makers: [γ]\ncreated: 2018-03-01\ndecide-by: 2018-04-04\ndeadline-reason: δ\nif-no-objection: accepted\nrespond: mailto:x@example.org\nasked: [α, β]\nsurvey-url: https://example.org/s\nsurvey-closes: 2018-04-03\ntags: [τ]\nsummary: Σύνοψη.\nrecommended: Ένα\nrequires: [b]\n---\n\n## Options\n\n### Ένα\n\nα\n\n### Δύο\n\nβ[^1]\n\n[^1]: γ\n\n> [!NOTE]\n> ν\n\n- [ ] **Q1** (@α): ε;\n  - Answer Q1 (@α, 2018-03-22): ναι\n- [x] δ\n\n```go\nα\n```\n\n[χ](gone.md) ![ψ](gone.png)\n\n## If accepted\n\n- κ (@α, due 2018-05-01)\n",
		"proposals/b.md":  "---\ntitle: Βήτα\nstatus: accepted\nauthors: [α]\ndecision-makers: [γ]\ncreated: 2018-01-01\ndecided: 2018-02-01\ndecide-by: 2018-02-02\nsurvey-closes: 2018-01-20\n---\nβ\n",
		"proposals/c.md":  "---\ntitle: Γάμμα\nstatus: deferred\nreview-by: 2018-06-05\nauthors: [β]\ncreated: 2018-01-01\nsurvey-responses: 3\n---\nγ\n\n## Survey\n\n| α | β |\n|---|---|\n| γ | 1 |\n| δ | 2 |\n",
		"proposals/d.md":  "---\ntitle: Δέλτα\nstatus: draft\nauthors: [α]\n---\nδ\n",
		"proposals/e.md":  "---\ntitle: Έψιλον\nstatus: last-call\ndecide-by: 2018-03-30\nif-no-objection: rejected\nauthors: [ω]\ndecision-makers: [γ]\n---\nε\n",
		"proposals/f.md":  "---\ntitle: Ζήτα\nstatus: rejected\noutcome: Όχι\ndecided: 2018-03-03\nauthors: [α]\ndecision-makers: [γ]\nreview-by: 2018-03-01\n---\nζ\n",
		"proposals/g.md":  "---\ntitle: Ήτα\n---\nη\n",
		"decisions/a.md":  "---\ntitle: Άλφα\nstatus: accepted\ndate: 2018-02-01\nmethod: lazy-consensus\ndecision-makers: [γ]\ndecided-in: ../meetings/2018-02-01-a.md\nproposal: ../proposals/b.md\nconsulted: [α]\nvote: 1\nsupersedes: b\n---\nα\n",
		"decisions/b.md":  "---\ntitle: Βήτα\nstatus: superseded\ndate: 2017-02-01\n---\nβ\n",
		"meetings/2018-02-01-a.md": "---\ntitle: Πρώτη\nseries: σ\nstart: 2018-02-01T14:00\nduration: 60m\nchair: α\nattendees: [α]\nregrets: [β]\nlocation: π\nminutes: draft\n---\n" +
			"- **Decision D1:** δ\n- [ ] **Action A1** (@α, due 2018-02-03): ε\n- [x] **Action A2** (@β, due 2018-02-03, done 2018-02-02): ζ\n- [ ] **Action A3** (@α): η\n- [x] ~~**Action A4** (@α, due 2018-03-01): θ~~ dropped: D1\n- **Question Q1:** ι; (asked by @α, answer by 2018-05-01)\n- **Question Q2:** κ;\n  - Answer Q2 (@β, 2018-02-02): λ\n- Help wanted (nobody yet): μ\n- Offer (@α): ν\n- **Feedback F1** (to: b, topic: τ): ξ\n- **Feedback F2**: ο\n",
		"meetings/2018-04-10-a.md": "---\ntitle: Δεύτερη\nseries: σ\nstart: 2018-04-10T14:00\nend: 2018-04-11T10:00\nstatus: tentative\nagenda: [../proposals/a.md]\n---\nα\n",
		"events/a.md":              "---\ntitle: Άλφα\ntype: meetup\nstatus: confirmed\nstart: 2018-01-10\nend: 2018-01-12\nlocation: Αθήνα\nattendance-mode: mixed\norganizers: [α]\nfeeds-into: [b]\ncfp-opens: 2018-01-01\n---\n- **Feedback F1** (to: b, topic: τ): α\n- **Feedback F2** (to: b): β\n",
		"events/b.md":              "---\ntitle: Βήτα\ntype: forum\nstatus: proposed\nstart: 2018-03-10\nend: 2018-03-12\npart-of: a\n---\n- **Topic T1:** γ (from: [F1](a.md#f1))\n- **Feedback** [F2](a.md#f2) fixed in γ\n",
		"topics/t.md":              "---\ntitle: τ\nowner: γ\ngoal: γ\n---\nτ [α](../proposals/a.md)\n",
		"δ/ε.md":                   "---\ntitle: Σελίδα\naliases: [old.md]\nsummary: σ\n---\n## Ένα\n\n## Δύο\n\n[α](../topics/t.md)\n",
	}
}

// Whatever a page says that no author wrote comes from the catalogue: there is
// no Latin letter on the pages of Greek authors outside of it, but for names of
// keys, files and zones.
func TestPagesSayNothingOfTheirOwn(t *testing.T) {
	in := inputs(t, greek())
	in.Layouts = in.Layouts.Overlay(tree(map[string]string{"words/qps.yaml": pseudo(t)}))
	r := build(t, &generator.Builder{}, in)
	if r.Snapshot == nil {
		t.Fatal(r.Problems)
	}
	seen := map[string]bool{}
	for _, f := range r.Snapshot.Files() {
		if !strings.HasSuffix(f.Path, ".html") {
			continue
		}
		page, err := html.Parse(bytes.NewReader(content(t, r, f.Path)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range page.Descendants() {
			for _, text := range saidBy(n) {
				if rest := strings.TrimSpace(ownWords(text)); latin.MatchString(rest) && !seen[rest] {
					seen[rest] = true
					t.Errorf("%s says %q", f.Path, rest)
				}
			}
		}
	}
	for _, name := range []string{"feed.xml", "decisions.xml", "calendar.ics"} {
		text := string(content(t, r, name))
		for _, word := range regexp.MustCompile(`(?m)<(?:title|p)>[^<]*|^(?:SUMMARY|DESCRIPTION|CATEGORIES):.*`).FindAllString(strings.ReplaceAll(text, "\r\n ", ""), -1) {
			_, said, _ := strings.Cut(strings.ReplaceAll(word, ">", ":"), ":")
			said = regexp.MustCompile(`\\n|https://\S+`).ReplaceAllString(said, " ")
			if rest := strings.TrimSpace(ownWords(said)); latin.MatchString(rest) {
				t.Errorf("%s says %q", name, rest)
			}
		}
	}
	since := r.Site.Today.AddDays(-100)
	text := regexp.MustCompile(`https://\S+`).ReplaceAllString(mail.Text(r.Site, since), "")
	if rest := strings.TrimSpace(ownWords(strings.Join(strings.Fields(text), " "))); latin.MatchString(rest) {
		t.Errorf("the digest says %q", rest)
	}
}

var latin = regexp.MustCompile(`[A-Za-z]{2}`)

// ownWords is a text without what comes from the catalogue, which markup may cut
// in two, and without addresses and names of files and zones.
func ownWords(text string) string {
	for inner := regexp.MustCompile(`⟦[^⟦⟧]*⟧|⟦[^⟦⟧]*$|^[^⟦⟧]*⟧`); inner.MatchString(text); {
		text = inner.ReplaceAllString(text, "")
	}
	return regexp.MustCompile(`\bUTC\b|https://\S+|\S+\.(md|yaml)`).ReplaceAllString(text, "")
}

// saidBy is what a node says itself, or its attributes. Problems are told in
// English, and what authors write has the words of the notes' grammar.
func saidBy(n *html.Node) (texts []string) {
	if n.Type == html.TextNode {
		for p := n.Parent; p != nil; p = p.Parent {
			class := attributeOf(p, "class")
			if slices.Contains([]string{"vh", "alert-t", "flag"}, class) {
				break
			}
			if p.Data == "code" || class == "prose" || class == "faults" || attributeOf(p, "id") == "mb-toc" && n.Parent.Data == "a" {
				return nil
			}
		}
		return []string{n.Data}
	}
	for _, a := range n.Attr {
		if slices.Contains(spokenAttributes, a.Key) {
			texts = append(texts, a.Val)
		}
	}
	return texts
}

func attributeOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// A builder that goes on when the language or its words change makes what a new
// one makes, and remembered pages do not keep their old words.
func TestLanguageChanges(t *testing.T) {
	var warm generator.Builder
	for _, step := range []struct{ language, words string }{
		{"en", ""}, {"de", ""}, {"de", `"Open": Noch offen`}, {"de", ""}, {"ar", ""}, {"fi", ""}, {"en", `"Home": House`}, {"en", ""},
	} {
		files := greek()
		files["minutebook.yaml"] = strings.Replace(files["minutebook.yaml"], "qps", step.language, 1)
		in := inputs(t, files)
		if step.words != "" {
			in.Layouts = in.Layouts.Overlay(tree(map[string]string{"words/" + step.language + ".yaml": step.words + "\n"}))
		}
		got, want := build(t, &warm, in), build(t, &generator.Builder{}, in)
		if d := got.Snapshot.Since(want.Snapshot, nil); len(d.Added)+len(d.Changed)+len(d.Removed) > 0 {
			t.Errorf("%s %s: %v differs", step.language, step.words, d)
		}
		var problems [2]string
		for i, r := range []*generator.Result{got, want} {
			for _, p := range r.Problems {
				problems[i] += p.String() + "\n"
			}
		}
		if problems[0] != problems[1] {
			t.Errorf("%s: the problems are\n%s, of a new builder\n%s", step.language, problems[0], problems[1])
		}
	}
}
