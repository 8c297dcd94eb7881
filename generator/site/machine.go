package site

import (
	"cmp"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/source"
)

// A Series is the records that name one series.
type Series struct {
	Name        string
	CalendarURL string    // of its calendar
	Records     []*Record // by day and time; those without a day come last
}

// beside claims the address of what other programs read beside a page; "" when
// there is no page.
func (l *linker) beside(page, ending string) string {
	if page == "" {
		return ""
	}
	url, _ := l.addresses.claim(strings.TrimSuffix(page, ".html")+ending, "what stands beside "+page)
	return url
}

// besidePages gives addresses to what other programs read beside the pages of
// records. It comes after everything that people address: an attachment keeps its
// own.
func (l *linker) besidePages() {
	tells := l.tells()
	for _, r := range l.Records {
		if l.Config.Sources && !tells(r) {
			r.SourceURL = l.beside(r.URL, ".md")
		}
		if r.Survey != nil {
			r.SurveyURL = l.beside(strings.TrimSuffix(r.URL, ".html")+"-survey.html", ".csv")
		}
		if r.briefed {
			r.BriefURL = l.beside(r.URL, ".brief.html")
		}
		if r.ahead {
			r.CalendarURL = l.beside(r.URL, ".ics")
		}
	}
}

// machines is besidePages for all other pages, which may be called what is beside
// one of a record.
func (l *linker) machines() {
	if base, err := url.Parse(l.Config.BaseURL); err == nil && l.Config.BaseURL != "" {
		l.base = base
	}
	for _, s := range l.Series {
		s.CalendarURL = l.beside("series/"+slugOr(s.Name, "series")+".html", ".ics")
	}
	for _, t := range l.Topics {
		t.FeedURL = l.beside(t.URL, ".xml")
	}
	for _, p := range l.People {
		p.FeedURL, p.CalendarURL = l.beside(p.URL, ".xml"), l.beside(p.URL, ".ics")
	}
}

// isBriefed reports whether a record has a brief: what people meet to decide, and
// what they prepare. Of what is over, or only drafted, nobody hands out a sheet,
// and a page for each of them would make a large site larger by half.
func (l *linker) isBriefed(r *Record) bool {
	switch {
	case r.Index:
		return false
	case r.Kind.Field("decide-by") != nil:
		return r.Waiting() && (r.Phase() == config.OpenPhase || !r.Day("decide-by").IsZero())
	}
	return r.Kind.Name == "event" && !l.Over(r)
}

// isAhead reports whether a record has a day to come that is worth a place in
// somebody's own calendar. That it was cancelled is worth one, too.
func (l *linker) isAhead(r *Record) bool {
	if last := r.last; !last.IsZero() && !last.Before(l.Today) {
		return true
	}
	by := r.Day("decide-by")
	return !by.IsZero() && !by.Before(l.Today) && r.Waiting()
}

// tells is whether the source of a record tells of a person more than pages
// print. Handles and names count as whole words anywhere in the file, common ones
// too: a source that is missing is mended more easily than a name that is out.
func (l *linker) tells() func(*Record) bool {
	if l.shield == nil {
		return func(*Record) bool { return false }
	}
	words := &l.shield.words
	return func(r *Record) bool {
		return l.isTold(r) || len(words.Find(r.File.Path)) > 0 || len(words.Find(string(r.File.Data))) > 0
	}
}

// isTold reports whether a record names a person who is not shown by name, as it
// was understood: however that is written.
func (l *linker) isTold(r *Record) bool {
	for _, field := range r.People {
		if slices.ContainsFunc(field.Named, func(n Named) bool { return n.Person.Shielded() }) {
			return true
		}
	}
	return slices.ContainsFunc(r.Notes, func(n *Note) bool {
		return slices.ContainsFunc(n.Owners, (*Person).Shielded) || slices.ContainsFunc(n.AskedBy, (*Person).Shielded)
	}) ||
		slices.ContainsFunc(r.Attended, func(a Attendee) bool { return a.Person.Shielded() })
}

// Waiting reports whether a record waits for something to be decided.
func (r *Record) Waiting() bool {
	switch r.Phase() {
	case config.OpenPhase, config.DraftPhase:
		return true
	case "":
		return r.Status.Text == ""
	}
	return false
}

// UUID names something of the site for other programs: the same parts give the
// same name in every build, and no other site has it. Parts are paths and words
// of this program, never titles, which change. It is a UUID of version 8, made
// from a SHA-256 (RFC 9562, section 5.8 and appendix B.2).
//
// Its first part is the configuration's site-id; where there is none, the
// repository, and else the title.
func (s *Site) UUID(parts ...string) string {
	text := strconv.AppendQuote(make([]byte, 0, 200), cmp.Or(s.Config.SiteID, s.Title()))
	for _, p := range parts {
		text = strconv.AppendQuote(text, p)
	}
	sum := source.SumOf(text)
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	id := hex.AppendEncode(make([]byte, 0, 36), sum[:4])
	for _, part := range [][]byte{sum[4:6], sum[6:8], sum[8:10], sum[10:16]} {
		id = hex.AppendEncode(append(id, '-'), part)
	}
	return string(id)
}

// Midnight is the first moment of a day in the site's time zone.
func (s *Site) Midnight(d date.Date) time.Time {
	t, _ := date.Wall{Date: d}.In(s.Config.Zone)
	return t
}

// Address is the absolute address of a page or file of the site, with the part
// of it that is meant; empty when the site does not know where it will be.
func (s *Site) Address(path, fragment string) string {
	if s.base == nil {
		return ""
	}
	at := *s.base
	at.Path, at.RawPath, at.Fragment = at.Path+path, "", fragment
	return at.String()
}
