package check

import (
	"context"
	"sync"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/markdown"
	"minutebook/generator/parallel"
	"minutebook/generator/site"
)

// share is how many records are looked at in one piece of work: enough to keep
// lists few, and few enough to keep every processor busy to the end.
const share = 128

// Run applies all rules to a site. Rules that look at what a change does are
// silent where before, the site as it was, is nil. The list is sorted.
//
// A site is only read, so that its records can be looked at at the same time.
// They are in the order of their paths, and so are the lists of the shares; what
// a sidecar says may stand elsewhere, and is put in its place at the end.
func Run(s, before *site.Site) diag.List {
	p := planOf(Rules)
	reports := make([]*Report, 1+(len(s.Records)+share-1)/share)
	parallel.Each(context.Background(), len(reports), func(i int) error {
		reports[i] = newReport(s, before)
		if i == 0 {
			reports[i].ofSite(p)
		} else {
			reports[i].ofRecords(p, s.Records[(i-1)*share:min(len(s.Records), i*share)])
		}
		return nil
	})
	problems := join(reports[1:])
	problems.Sort()
	return problems.Merge(join(reports[:1]))
}

// spare are lists whose problems were copied, for other reports: while somebody
// writes, much the same is found again and again.
var spare = sync.Pool{New: func() any { return new(diag.List) }}

// join is what some reports found, in one list of just that size.
func join(reports []*Report) diag.List {
	count := 0
	for _, r := range reports {
		count += len(r.problems)
	}
	all := make(diag.List, 0, count)
	for _, r := range reports {
		all = append(all, r.problems...)
		clear(r.problems)
		*r.spare = r.problems[:0]
		spare.Put(r.spare)
	}
	return all
}

func newReport(s, before *site.Site) *Report {
	inAWeek := s.Today.AddDays(7).String()
	list := spare.Get().(*diag.List)
	return &Report{Site: s, Before: before, inAWeek: inAWeek, hints: hintsFor(s.Today.String(), inAWeek), problems: *list, spare: list, text: make([]byte, 0, 256)}
}

// hints are the ways out of what is found most: of a rule they are all the same,
// and made once for a report.
type hints struct{ owner, overdue, unboxed, outcome string }

func hintsFor(today, inAWeek string) hints {
	return hints{
		owner:   "write (@anna, due " + inAWeek + "), or (nobody yet) to look for help",
		overdue: "tick it, or say in the next notes, with a link to it: still open, now due " + inAWeek,
		unboxed: "write (done " + today + ") in it, or say in the next notes, with a link to it: still open, now due " + inAWeek,
		outcome: "write them as - **Decision:** … and - [ ] **Action** (@anna, due " + inAWeek + "): …, or write: No decisions.",
	}
}

// A plan is the rules by what they look at.
type plan struct {
	site, records []step
	notes         map[markdown.ItemKind][]step
}

// A step is a rule with its code looked up.
type step struct {
	*Rule
	code diag.Code
}

func planOf(rules []Rule) *plan {
	p := &plan{notes: map[markdown.ItemKind][]step{}}
	for i := range rules {
		code, ok := diag.Find(rules[i].Code)
		if !ok {
			panic("check: unknown code " + rules[i].Code)
		}
		one := step{&rules[i], code}
		switch {
		case one.Site != nil:
			p.site = append(p.site, one)
		case one.Record != nil:
			p.records = append(p.records, one)
		default:
			for _, kind := range one.Of {
				p.notes[kind] = append(p.notes[kind], one)
			}
		}
	}
	return p
}

// of are the rules for the records of a kind.
func (p *plan) of(kind *config.Kind) []step {
	var steps []step
	for _, one := range p.records {
		if one.In == nil || one.In(kind) {
			steps = append(steps, one)
		}
	}
	return steps
}

func (r *Report) ofSite(p *plan) {
	for _, one := range p.site {
		r.code = one.code
		one.Site(r)
	}
	r.problems.Sort()
}

// ofRecords applies the rules for records and notes. All look at one record
// while it is at hand: a site is larger than the memory that is near.
func (r *Report) ofRecords(p *plan, records []*site.Record) {
	byKind := map[*config.Kind][]step{}
	for _, record := range records {
		steps, known := byKind[record.Kind]
		if !known {
			steps = p.of(record.Kind)
			byKind[record.Kind] = steps
		}
		told := len(r.problems)
		for i := range steps {
			r.code = steps[i].code
			steps[i].Record(r, record)
		}
		r.ofNotes(p, record)
		r.problems[told:].Sort()
	}
}

func (r *Report) ofNotes(p *plan, record *site.Record) {
	for _, n := range record.Notes {
		steps := p.notes[n.Kind]
		for i := range steps {
			r.code = steps[i].code
			steps[i].Note(r, n)
		}
	}
}
