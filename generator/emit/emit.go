// Package emit turns a linked site into the files that are published: it makes
// the values that layouts print, page by page, and has them printed.
//
// What a site consists of is the list [Emitters]; each is one function that
// says which files it makes. Pages are filled afterwards, all at once on all
// processors, and those whose values did not change are taken from memory.
package emit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"sync"

	"minutebook/generator/diag"
	"minutebook/generator/layout"
	"minutebook/generator/memo"
	"minutebook/generator/output"
	"minutebook/generator/parallel"
	"minutebook/generator/site"
	"minutebook/generator/source"
	"minutebook/generator/words"
)

// A Job is a file to be made.
type Job struct {
	URL    string
	Layout string           // of a page
	View   func() any       // the values of a page, made for its layout
	File   func() *fileData // of a file that no layout makes, in place of Layout and View
}

type fileData = output.File

// An Emitter makes some of the files of a site.
type Emitter struct {
	Name string
	Emit func(*Builder) []Job
}

// Emitters make a site, in this order.
var Emitters = []Emitter{
	{"documents", documents},
	{"briefs", briefs},
	{"home", home},
	{"kinds", kinds},
	{"folders", folders},
	{"ledgers", ledgers},
	{"calendar", calendarPage},
	{"how", how},
	{"topics", topics},
	{"people", people},
	{"all", all},
	{"attention", attention},
	{"missing", missing},
	{"redirects", redirects},
	{"attachments", attachments},
	{"sources", sources},
	{"assets", assets},
	{"subscribable", subscribable},
	{"machines", machines},
	{"model", modelFile},
	{"search", searching},
}

// Memory holds pages that were filled before. The zero Memory is empty.
type Memory struct {
	pages memo.Table[string, pageKey, filled]
}

// A filled page is its bytes, or why its layout could not be filled.
type filled struct {
	data  []byte
	sum   [sha256.Size]byte
	fault error
}

// Sweep forgets what the last build did not use and returns how many pages were
// filled since then.
func (m *Memory) Sweep() (filled int) { return m.pages.Sweep() }

// A pageKey holds everything that a page is made from.
type pageKey struct {
	layout string
	theme  source.Sum
	view   uint64
}

// Inputs are what the files of a site are made from.
type Inputs struct {
	Site     *site.Site
	Theme    *layout.Theme
	Problems diag.List // of the whole build, in their order; paths count from the content folder
	Source   string    // path of the content folder in its repository, for edit links; "" at the top
	Pinned   bool      // the day is set, and does not go on with the clock
	Memory   *Memory   // may be nil

	// OnDemand leaves pages to be filled when they are asked for, once and for
	// all. Their faults show only then.
	OnDemand bool
}

// A Builder makes the files of one site.
type Builder struct {
	Inputs
	problems map[string]diag.List // by path
	nav      []navigationWord
	footer   []navigationWord
	days     []happening // what the calendar has, in order
	told     sync.Map    // of *layout.Day by date.Date: the same days are on many pages

	surrounded sync.Map // of *surroundings by folder and section

	subscribed []subscription
	alternates map[string][]layout.Alternate // by page
}

// T is a text in the words of the site's language; see [words.Words.T].
func (b *Builder) T(key words.Key, values ...string) string { return b.Site.Words.T(key, values...) }

// N is a text with a number; see [words.Words.N].
func (b *Builder) N(n int, one, many words.Key, values ...string) string {
	return b.Site.Words.N(n, one, many, values...)
}

// Files makes all files of a site. Faults of layouts are in the list; the pages
// that have them are missing.
func Files(ctx context.Context, in Inputs) ([]output.File, diag.List, error) {
	in.Problems = worthShowing(in.Problems)
	b := &Builder{Inputs: in, problems: map[string]diag.List{}}
	for _, d := range in.Problems {
		b.problems[d.Path] = append(b.problems[d.Path], d)
	}
	b.subscribed = b.subscriptions()
	b.alternates = alternates(b.subscribed)
	b.days = b.happenings()
	b.nav, b.footer = b.navigation(), b.footerWords()
	var jobs []Job
	for _, e := range Emitters {
		jobs = append(jobs, e.Emit(b)...)
	}
	files := make([]output.File, len(jobs))
	faults := make([]error, len(jobs))
	err := parallel.Each(ctx, len(jobs), func(i int) error {
		files[i], faults[i] = b.run(jobs[i])
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return files, problemsOf(faults), nil
}

// worthShowing leaves out remarks: they are for those who write, and check tells
// them.
func worthShowing(problems diag.List) diag.List {
	list := make(diag.List, 0, len(problems))
	for _, d := range problems {
		if d.Severity > diag.Info {
			list.Add(d)
		}
	}
	return list
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// problemsOf are the faults of layouts, each once.
func problemsOf(faults []error) diag.List {
	var list diag.List
	for _, err := range faults {
		var fault layout.Fault
		if errors.As(err, &fault) {
			list.Add(fault.Diagnostic())
		}
	}
	list.Sort()
	return slices.CompactFunc(list, func(a, b diag.Diagnostic) bool { return a.String() == b.String() })
}

// run makes one file. A page is filled at once where pages are remembered, and
// else when it is published, so that not all pages are in memory at a time.
func (b *Builder) run(j Job) (output.File, error) {
	switch {
	case j.File != nil:
		f := *j.File()
		f.Path = j.URL
		return f, nil
	case b.Memory == nil:
		return output.File{Path: j.URL, Make: func(to *bytes.Buffer) error { return b.Theme.Render(to, j.Layout, j.View()) }}, nil
	case b.OnDemand:
		page := sync.OnceValue(func() filled { return b.fill(j) })
		return output.File{Path: j.URL, Make: func(to *bytes.Buffer) error {
			to.Write(page().data)
			return page().fault
		}}, nil
	}
	p := b.fill(j)
	return output.File{Path: j.URL, Data: p.data, Sum: p.sum}, p.fault
}

// fill fills a page, or remembers it.
func (b *Builder) fill(j Job) filled {
	view := j.View()
	key := pageKey{layout: j.Layout, theme: b.Theme.Sum(), view: memo.Fingerprint(view)}
	return b.Memory.pages.Get(j.URL, key, func() filled {
		data, err := b.render(j.Layout, view)
		return filled{data, sha256.Sum256(data), err}
	})
}

func (b *Builder) render(layout string, view any) ([]byte, error) {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	err := b.Theme.Render(buf, layout, view)
	return bytes.Clone(buf.Bytes()), err
}

// page is the job of a page.
func page(url, layout string, view func() any) Job {
	return Job{URL: url, Layout: layout, View: view}
}

// dirOf is the folder of an address, "." at the top.
func dirOf(url string) string {
	if i := strings.LastIndexByte(url, '/'); i >= 0 {
		return url[:i]
	}
	return "."
}
