// Package emit turns a linked site into the files that are published: it makes
// the values that layouts print, page by page, and has them printed.
//
// What a site consists of is the list [Emitters]; each is one function that
// says which files it makes, and is not asked more than that: what it takes to
// list the files is done in every build, and what they show only where they are
// made. Pages are filled afterwards, all at once on all processors, and those
// whose values did not change are taken from memory.
package emit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"sort"
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
	Problems diag.List // of the whole build, sorted; paths count from the content folder
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
	told sync.Map // of *layout.Day by date.Date: the same days are on many pages

	surrounded sync.Map // of *surroundings by folder and section

	// What many pages show is made once, when the first of them asks for it.
	nav, footer func() []navigationWord
	days        func() []happening // what the calendar has, in order
	anyDays     func() bool        // whether it has anything
	subscribed  func() []subscription
	alternates  func() map[string][]layout.Alternate // by page
}

func newBuilder(in Inputs) *Builder {
	b := &Builder{Inputs: in}
	b.nav, b.footer = sync.OnceValue(b.navigation), sync.OnceValue(b.footerWords)
	b.days, b.anyDays = sync.OnceValue(b.sortedDays), sync.OnceValue(b.hasDays)
	b.subscribed = sync.OnceValue(b.subscriptions)
	b.alternates = sync.OnceValue(func() map[string][]layout.Alternate { return alternates(b.subscribed()) })
	return b
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
	b := newBuilder(in)
	lists := make([][]Job, len(Emitters))
	err := parallel.Each(ctx, len(lists), func(i int) error {
		lists[i] = Emitters[i].Emit(b)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	jobs := slices.Concat(lists...)
	if b.Memory == nil || b.OnDemand {
		return b.unfilled(jobs), nil, nil
	}
	files := make([]output.File, len(jobs))
	faults := make([]error, len(jobs))
	err = parallel.Each(ctx, len(jobs), func(i int) error {
		files[i], faults[i] = b.filled(jobs[i])
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
	remarks := problems.Count(diag.Info)
	if remarks == 0 {
		return problems
	}
	list := make(diag.List, 0, len(problems)-remarks)
	for i := range problems {
		if problems[i].Severity > diag.Info {
			list.Add(problems[i])
		}
	}
	return list
}

// problemsIn are the problems of a file.
func (b *Builder) problemsIn(path string) diag.List {
	rest := b.Problems[sort.Search(len(b.Problems), func(i int) bool { return b.Problems[i].Path >= path }):]
	n := 0
	for n < len(rest) && rest[n].Path == path {
		n++
	}
	return rest[:n:n]
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// problemsOf are the faults of layouts, each once.
func problemsOf(faults []error) diag.List {
	var list diag.List
	for _, err := range faults {
		if err == nil {
			continue
		}
		var fault layout.Fault
		if errors.As(err, &fault) {
			list.Add(fault.Diagnostic())
		}
	}
	list.Sort()
	return slices.CompactFunc(list, func(a, b diag.Diagnostic) bool { return a.String() == b.String() })
}

// unfilled are the files of jobs whose pages are filled later: when they are
// published, so that not all pages are in memory at a time, or when they are
// asked for.
func (b *Builder) unfilled(jobs []Job) []output.File {
	files := make([]output.File, len(jobs))
	pages := make([]demanded, len(jobs))
	for i := range jobs {
		if jobs[i].File != nil {
			files[i] = jobs[i].file()
			continue
		}
		pages[i].builder, pages[i].job = b, &jobs[i]
		files[i] = output.File{Path: jobs[i].URL, Make: pages[i].make}
	}
	return files
}

// A demanded page is filled each time that it is asked for; where pages are
// remembered, once and for all.
type demanded struct {
	builder *Builder
	job     *Job
	once    sync.Once
	page    *filled
}

func (d *demanded) make(to *bytes.Buffer) error {
	b := d.builder
	if b.Memory == nil {
		return b.Theme.Render(to, d.job.Layout, d.job.View())
	}
	d.once.Do(func() {
		p := b.fill(*d.job)
		d.page = &p
	})
	to.Write(d.page.data)
	return d.page.fault
}

// filled makes one file, with its content where it is a page.
func (b *Builder) filled(j Job) (output.File, error) {
	if j.File != nil {
		return j.file(), nil
	}
	p := b.fill(j)
	return output.File{Path: j.URL, Data: p.data, Sum: p.sum}, p.fault
}

// file is the file that no layout makes.
func (j *Job) file() output.File {
	f := *j.File()
	f.Path = j.URL
	return f
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
