package check

import (
	"fmt"
	"net/url"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
)

// siteURLLink finds links to the published site where a link to the file would
// be checked, and would work in every copy.
func siteURLLink(r *Report, record *site.Record) {
	base := r.Site.Config.BaseURL
	if base == "" {
		return
	}
	for i := range record.Targets {
		t := &record.Targets[i]
		if t.Kind != site.External || !strings.HasPrefix(t.URL, base) {
			continue
		}
		ref := record.Body.References[i]
		hint(r.at(record, ref.Span, ref.Destination, "this links to the published page %s", t.URL), "link to the file, as ../folder/file.md")
	}
}

// pads are hosts of shared notes that anybody can change and nobody keeps.
var pads = []string{"etherpad", "hackmd.io", "hedgedoc", "cryptpad", "pad.riseup.net", "titanpad", "piratepad", "board.net", "docs.google.com"}

// unarchivedPad finds minutes that live in a pad only.
func unarchivedPad(r *Report, record *site.Record) {
	if ref := padOf(record); ref != nil && r.Site.Over(record) {
		hint(r.at(record, ref.Span, ref.Destination, "the notes seem to live in a pad only"), "copy them into this file: pads are lost")
	}
}

// padOf is the link to the pad that a record without notes of its own has
// instead; nil when there is none.
func padOf(record *site.Record) *markdown.Reference {
	if len(record.Body.Headings) > 1 || len(record.Body.Tasks) > 0 || len(record.Notes) > 0 {
		return nil
	}
	for i := range record.Targets {
		if t := &record.Targets[i]; t.Kind == site.External && isPad(t.URL) {
			return &record.Body.References[i]
		}
	}
	return nil
}

func isPad(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	for _, pad := range pads {
		if strings.Contains(host, pad) {
			return true
		}
	}
	return false
}

// personTwoSpellings finds persons who are written in two ways, where there is a
// list of people: by handle here and by name there.
func personTwoSpellings(r *Report, record *site.Record) {
	for _, f := range record.People {
		r.spellings(record, f.Field, f.Named)
	}
}

// few is how many persons a field has in most documents at most.
const few = 16

// repeats reports whether a person is in a short list twice.
func repeats(named []site.Named) bool {
	for i := range named {
		for j := range named[:i] {
			if named[i].Person == named[j].Person {
				return true
			}
		}
	}
	return false
}

func (r *Report) spellings(record *site.Record, field string, named []site.Named) {
	if len(named) <= few && !repeats(named) {
		return
	}
	first := map[*site.Person]int{}
	items := record.Items(field)
	for i, n := range named {
		j, twice := first[n.Person]
		if !twice {
			first[n.Person] = i
			continue
		}
		if i >= len(items) || j >= len(items) || strings.EqualFold(items[i].Text, items[j].Text) {
			continue
		}
		as := ""
		if n.Person.Public == config.Named { // the site shows its problems
			as = fmt.Sprintf(", as %q and as %q", items[j].Text, items[i].Text)
		}
		hint(r.in(record.In(field), items[i].Span, field+" "+items[i].Text, "%s names one person twice%s", field, as), "keep one of the two")
	}
}
