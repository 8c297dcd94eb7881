// Package generator is the function from the files that people write to the
// files that are published.
//
// A build is a pure function of its [Inputs]. A second build by the same
// [Builder] is the same function with some results remembered by content:
// parsed documents and filled pages. Nothing is told what changed, and nothing
// is invalidated.
package generator

import (
	"context"
	"path"
	"slices"
	"sync/atomic"
	"time"

	"minutebook/generator/check"
	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/emit"
	"minutebook/generator/history"
	"minutebook/generator/layout"
	"minutebook/generator/output"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// Inputs are everything that a build reads.
type Inputs struct {
	Content *source.Tree
	Layouts *source.Tree // complete: a user's own layouts laid over the embedded ones

	Now     time.Time // decides which day it is, in the site's time zone
	Today   date.Date // overrides Now and the configuration; zero: does not
	BaseURL string    // overrides the configuration; empty: does not

	// History reads what git knows of the content, unless the configuration
	// turns that off; nil: nothing is known.
	History func(context.Context) (*history.History, error)

	// Before is the site that a change starts from, for rules that look at what
	// the change does; nil: there is nothing to compare with. Of a change by
	// strangers (Untrusted) the settings are those of Before, and whom Before does
	// not name stays unnamed; without Before, settings that plainly loosen the
	// rules have no effect. Safe is for what such a change is compared with: only
	// html: unsafe has none.
	Before          *site.Site
	Untrusted, Safe bool

	// ContentName and LayoutsName stand before the paths in problems, and
	// SourcePath before those in links to edit: how the user, and the
	// repository, call the folders. "" for none.
	ContentName, LayoutsName, SourcePath string

	Progress *Progress // is told how far the build is; may be nil
}

// Progress tells how far a build is. Others may read it while it runs.
type Progress struct{ Parsed, Documents atomic.Int64 }

// A Result is what a build makes.
type Result struct {
	Site     *site.Site
	Snapshot *output.Snapshot // nil when the layouts cannot be used
	Problems diag.List        // sorted; paths begin with ContentName or LayoutsName
	Parsed   int              // documents that were parsed, not remembered
	Filled   int              // pages that were filled, not remembered

	layoutsName string
	rest        *emit.Inputs // of pages that are to be filled; nil when all are
}

// LayoutProblem is a fault of a layout that showed when a page of the snapshot
// was filled, as one of the result's problems.
func (r *Result) LayoutProblem(f layout.Fault) diag.Diagnostic {
	return prefix(r.layoutsName, diag.List{f.Diagnostic()})[0]
}

// refusals are problems that keep a site from being published: an unreadable or
// unsafe configuration, unusable layouts, and a hidden person's name.
var refusals = []string{"configuration", "unsafe-configuration", "layout", "hidden-person-named"}

// Refused reports whether the result must not be published.
func (r *Result) Refused() bool { return r.Snapshot == nil || Refuses(r.Problems) }

// Refuses reports whether one of the problems keeps everything that is made of
// the site from being published.
func Refuses(problems diag.List) bool { return slices.ContainsFunc(refusals, problems.Has) }

// A SlowError says that one document took longer than a page may take. The
// build ends: what is at work on it cannot be stopped.
type SlowError struct{ Path string }

func (e *SlowError) Error() string {
	return e.Path + " takes too long to read; make it smaller or simpler"
}

// slowest is how long one document may take. The limits of package markdown
// keep every document below it.
const slowest = 5 * time.Second

// A Builder builds sites and remembers between two builds what does not change.
// The zero Builder is ready. It runs one build at a time.
type Builder struct {
	// Once says that this is the only build, and the only use of its inputs:
	// pages are filled when they are published, and documents lose their texts
	// when they were read. That is half of what a build would hold.
	Once bool

	// OnDemand leaves the pages of a snapshot to be filled when they are asked
	// for: a page that somebody waits for is there before the others. Fill fills
	// the others.
	OnDemand bool

	// Patience is how long one document may take; 0 means 5 seconds.
	Patience time.Duration

	parsed    []parsed // the documents of the last build, in the order of their paths
	parsedBy  parserKey
	published site.Memory
	pages     emit.Memory
	theme     *layout.Theme
	themeFrom themeKey
	faults    diag.List
	written   written
	settings  *config.Config // what of it counts
	spoken    spoken
	parser    *document.Parser
	pasts     pasts
}

// written is the configuration as the last build read it.
type written struct {
	from     source.Sum
	config   *config.Config
	problems diag.List
}

// A themeKey holds everything that a theme is made from.
type themeKey struct{ layouts, words source.Sum }

// Build makes a site. The error is of the world or a [SlowError]; what is wrong
// with the content is in the result.
func (b *Builder) Build(ctx context.Context, in Inputs) (*Result, error) {
	s, problems, read, err := b.link(ctx, in)
	if err != nil {
		return nil, err
	}
	b.loadTheme(in.Layouts)
	r := &Result{Site: s, Parsed: read, layoutsName: in.LayoutsName}
	var faults diag.List
	if !slices.ContainsFunc(slices.Concat(b.faults, b.spoken.faults), func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
		inputs := b.emission(in, s, problems)
		if b.OnDemand {
			r.rest = &inputs
		}
		if r.Snapshot, faults, err = snapshot(ctx, inputs, b.OnDemand); err != nil {
			return nil, err
		}
	}
	r.Problems = append(prefix(in.ContentName, slices.Clone(problems)), prefix(in.LayoutsName, slices.Concat(b.faults, b.spoken.faults, faults))...)
	if r.rest == nil {
		r.Filled = b.pages.Sweep()
	}
	return r, nil
}

// Fill is a result with all pages filled, and with the faults of layouts that
// showed only then. It may run while the next build does; one Fill runs at a
// time. The error is that of ctx.
func (b *Builder) Fill(ctx context.Context, r *Result) (*Result, error) {
	if r.rest == nil {
		return r, nil
	}
	full := *r
	var faults diag.List
	var err error
	if full.Snapshot, faults, err = snapshot(ctx, *r.rest, false); err != nil {
		return nil, err
	}
	full.rest = nil
	full.Problems = append(slices.Clone(r.Problems), prefix(r.layoutsName, faults)...)
	full.Filled = b.pages.Sweep()
	return &full, nil
}

// Check makes the linked model of a site and lists what is wrong with its
// content; no page is made. The list is that of a [Result], without layouts.
func (b *Builder) Check(ctx context.Context, in Inputs) (*site.Site, diag.List, error) {
	s, problems, _, err := b.link(ctx, in)
	return s, prefix(in.ContentName, problems), err
}

// Parser is the one that the last build or check read documents with; nil before
// the first.
func (b *Builder) Parser() *document.Parser { return b.parser }

// link reads and links all documents, and applies all rules. Paths in the list
// count from the content folder. It returns how many documents were read, not
// remembered.
func (b *Builder) link(ctx context.Context, in Inputs) (*site.Site, diag.List, int, error) {
	settings, problems := b.load(in)
	if in.BaseURL != "" {
		settings = settings.WithBaseURL(in.BaseURL)
	}
	people, more := config.LoadPeople(in.Content)
	if in.Untrusted && in.Before != nil {
		people = people.Untrusted(in.Before.Listed())
	}
	problems = append(append(problems, more...), b.speak(in, settings)...)
	whole := in.Content
	in.Content = whole.Without(settings.Excludes)
	documents, read, err := b.parse(ctx, in, settings, b.drops(settings, people))
	if err != nil {
		return nil, nil, 0, err
	}
	past, err := b.past(ctx, in, settings)
	if err != nil {
		return nil, nil, 0, err
	}
	s := site.Link(site.Inputs{
		Config: settings, People: people, Content: in.Content, Whole: whole, Documents: documents, Today: today(in, settings), Past: past,
		Words: b.spoken.words, SourcePath: in.SourcePath, Memory: &b.published,
	})
	problems = append(problems, s.Problems...)
	found := check.Run(s, in.Before)
	if people.Shields() {
		unname(s, problems)
		if in.Before != nil {
			unname(s, found)
		}
	}
	problems.Sort()
	problems = problems.Merge(found)
	severities(problems, settings.Severities)
	return s, problems, read, nil
}

// unname takes the names that the site does not print out of the texts of problems:
// its pages show them, and so do hosts where everybody reads along. What rules find
// needs it only where they look at the site as it was: all else that they quote is
// what is published of documents.
func unname(s *site.Site, problems diag.List) {
	for i := range problems {
		d := &problems[i]
		d.Message, d.Hint, d.Item = s.Unnamed(d.Message), s.Unnamed(d.Hint), s.Unnamed(d.Item)
	}
}

// drops says which files lose their text once they were read: those that nobody
// has to look into again, for names that must not be published, or to publish
// them as they are.
func (b *Builder) drops(settings *config.Config, people *config.Directory) func(*source.File) bool {
	keep := !b.Once || people.Shields()
	return func(f *source.File) bool { return !keep && (!settings.Sources || f.Reopens()) }
}

// load reads the configuration, and says what is wrong with the one that the
// content has, whichever counts. While it stays the same, it is the very same
// value: remembered documents point to its kinds.
func (b *Builder) load(in Inputs) (*config.Config, diag.List) {
	settings, problems := b.read(in.Content)
	if in.Untrusted {
		var trusted *config.Config
		if in.Before != nil {
			trusted = in.Before.Config
		}
		settings = settings.Untrusted(trusted)
	}
	if in.Safe {
		settings = settings.Safe()
	}
	if b.settings == nil || b.settings.Sum != settings.Sum {
		b.settings, b.parser = settings, nil
	}
	return b.settings, problems
}

// read reads the configuration's file unless it is that of the last build: with
// all that Minutebook brings it takes milliseconds.
func (b *Builder) read(content *source.Tree) (*config.Config, diag.List) {
	var from source.Sum // zero when there is no file
	if f := content.File(config.FileName); f != nil {
		from = f.Sum
	} else if what := content.Obstacle(config.FileName); what != "" {
		from = source.SumOf([]byte(what))
	}
	if b.written.config == nil || b.written.from != from {
		b.written.config, b.written.problems = config.Load(content)
		b.written.from = from
	}
	return b.written.config, slices.Clone(b.written.problems) // whose severities may be set
}

// emission is what the files of a site are made from.
func (b *Builder) emission(in Inputs, s *site.Site, problems diag.List) emit.Inputs {
	pinned := !in.Today.IsZero() || !s.Config.Today.IsZero()
	inputs := emit.Inputs{Site: s, Theme: b.theme, Problems: problems, Source: in.SourcePath, Pinned: pinned}
	if !b.Once {
		inputs.Memory = &b.pages
	}
	return inputs
}

// snapshot makes the files of a site; nil when layouts have faults.
func snapshot(ctx context.Context, inputs emit.Inputs, onDemand bool) (*output.Snapshot, diag.List, error) {
	inputs.OnDemand = onDemand
	files, faults, err := emit.Files(ctx, inputs)
	if err != nil || len(faults) > 0 {
		return nil, faults, err
	}
	s, err := output.NewSnapshot(files)
	return s, nil, err
}

// loadTheme loads the layouts unless they are those of the last build.
func (b *Builder) loadTheme(layouts *source.Tree) {
	from := themeKey{layouts.Sum(), b.spoken.words.Sum()}
	if b.theme == nil || b.themeFrom != from {
		b.theme, b.faults = layout.Load(layouts, b.spoken.words)
		b.themeFrom = from
	}
}

// today is the day that the build is for.
func today(in Inputs, c *config.Config) date.Date {
	switch {
	case !in.Today.IsZero():
		return in.Today
	case !c.Today.IsZero():
		return c.Today
	}
	return date.Of(in.Now.In(c.Zone))
}

func severities(problems diag.List, set map[string]diag.Severity) {
	if len(set) == 0 {
		return
	}
	for i := range problems {
		d := &problems[i]
		if s, ok := set[d.Code]; ok && !slices.Contains(refusals, d.Code) {
			d.Severity = s
		}
	}
}

// prefix lets the paths of a list begin with the name of their folder. Problems of
// one file mostly stand together, and share its path.
func prefix(name string, list diag.List) diag.List {
	if name == "" || name == "." {
		return list
	}
	var last, joined string
	for i := range list {
		if list[i].Path != last || joined == "" {
			last, joined = list[i].Path, path.Join(name, list[i].Path)
		}
		list[i].Path = joined
		if other := list[i].Other; other != nil {
			list[i].Other = &diag.Place{Path: path.Join(name, other.Path), Start: other.Start}
		}
	}
	return list
}
