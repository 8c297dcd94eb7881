package site

import (
	"context"
	"maps"

	"minutebook/generator/markdown"
	"minutebook/generator/parallel"
)

// references resolves the links of all bodies and the fields that refer to
// documents, and notes links where they lead. It shares the processors with
// meanwhile, which must not need any of it.
func (l *linker) references(meanwhile func()) {
	l.referred = make([][]referred, len(l.Records))
	l.indexNumbers()
	l.shared(meanwhile, func(f *linker, records []*Record) {
		f.linkedFrom = make([]int32, len(l.Records))
		links := make([]link, 0, 8*len(records)) // more than most have
		f.links = [][]link{links}
		for _, r := range records {
			f.resolveAll(r)
			f.referAll(r)
		}
	})
}

// shared works on all records, shared out over the processors together with
// meanwhile, which may be nil. Each share has a linker of its own: work may change
// nothing else but its records. What the linkers find is joined in the order of
// the records.
func (l *linker) shared(meanwhile func(), work func(*linker, []*Record)) {
	const share = 512 // records
	forks := make([]*linker, (len(l.Records)+share-1)/share)
	for i := range forks {
		forks[i] = l.fork()
	}
	parallel.Each(context.Background(), 1+len(forks), func(i int) error {
		if i > 0 {
			work(forks[i-1], l.Records[(i-1)*share:min(len(l.Records), i*share)])
		} else if meanwhile != nil {
			meanwhile()
		}
		return nil
	})
	for _, f := range forks {
		l.join(f)
	}
}

// sideBySide takes steps that do not need each other.
func (l *linker) sideBySide(steps ...func(*linker)) {
	forks := make([]*linker, len(steps))
	for i := range forks {
		forks[i] = l.fork()
	}
	parallel.Each(context.Background(), len(steps), func(i int) error { steps[i](forks[i]); return nil })
	for _, f := range forks {
		l.join(f)
	}
}

// each works on all records, on all processors. Work may change nothing but the
// record, and read nothing of others that it changes.
func (l *linker) each(work func(*Record)) {
	chunks(len(l.Records), func(start, end int) {
		for _, r := range l.Records[start:end] {
			work(r)
		}
	})
}

// chunks shares out n things over the processors.
func chunks(n int, work func(start, end int)) {
	const chunk = 256
	parallel.Each(context.Background(), (n+chunk-1)/chunk, func(i int) error {
		work(i*chunk, min(n, (i+1)*chunk))
		return nil
	})
}

// fork is a linker that may resolve links at the same time as others: what it
// finds is its own until it is joined.
func (l *linker) fork() *linker {
	f, s := *l, *l.Site
	s.Problems = nil
	f.Site, f.linked, f.links, f.tied, f.pieces = &s, map[string]bool{}, nil, nil, pieces{}
	return &f
}

// join takes over what a fork found.
func (l *linker) join(f *linker) {
	l.Problems = append(l.Problems, f.Problems...)
	maps.Copy(l.linked, f.linked)
	l.links = append(l.links, f.links...)
	l.tied = append(l.tied, f.tied...)
}

// resolveAll finds what the links of a body lead to. Nearly all are paths of other
// documents: those are found without a look at the other document, or at what else
// there is of the link.
func (l *linker) resolveAll(r *Record) {
	if len(r.Links) == 0 {
		return
	}
	r.Targets = l.pieces.targets.take(len(r.Links))
	for i := range r.Links {
		ref, t := &r.Body.References[i], &r.Targets[i]
		if to, ok := l.numbers[r.Links[i].Path]; ok {
			*t = Target{Kind: Internal, Record: l.Records[to], Fragment: unescaped(r.Links[i].Fragment)}
			l.anchor(r, ref, t)
			l.noteLink(r, int(to), i)
		} else if *t = l.resolve(r, ref); t.Record != nil && ref.Form != markdown.Embed {
			l.noteLink(r, t.Record.number, i)
		}
	}
}

// noteLink notes the first link of a record to each other one.
func (l *linker) noteLink(from *Record, to, reference int) {
	number := int32(from.number)
	if to != from.number && l.linkedFrom[to] != number+1 {
		l.linkedFrom[to] = number + 1
		l.links[0] = append(l.links[0], link{number, int32(to), int32(reference)})
	}
}

// A referred is what one item of a field refers to. See refer.
type referred struct {
	to                *Record
	outside, fragment string
}

// referAll finds what the fields of a record refer to.
func (l *linker) referAll(r *Record) {
	fields, count := l.facts[r.number].References, 0
	for i := range fields {
		count += len(fields[i].Items)
	}
	if count == 0 {
		return
	}
	list := l.pieces.referred.take(count)[:0]
	for i := range fields {
		f := &fields[i]
		for j, p := range f.Paths {
			if to, ok := l.numbers[p]; ok {
				list = append(list, referred{to: l.Records[to]})
				continue
			}
			to, outside, fragment := l.refer(r, f.Field, f.Items[j].Text)
			list = append(list, referred{to, outside, fragment})
		}
	}
	l.referred[r.number] = list
}

// A link is one that counts as a backlink: numbers of two records, and of the
// reference in the first.
type link struct{ from, to, reference int32 }

// backlinks gives the links to the records that they lead to. They are counted
// first: there are many, and all of them lie in one piece of memory.
func (l *linker) backlinks() {
	counts, links := make([]int, len(l.Records)), 0
	for _, list := range l.links {
		links += len(list)
		for _, k := range list {
			counts[k.to]++
		}
	}
	all := make([]Backlink, links)
	for i, n := range counts {
		if n > 0 {
			l.Records[i].Backlinks, all = all[:0:n], all[n:]
		}
	}
	for _, list := range l.links {
		for _, k := range list {
			from, to := l.Records[k.from], l.Records[k.to]
			ref := &from.Body.References[k.reference]
			to.Backlinks = append(to.Backlinks, Backlink{from, ref})
		}
	}
}

// A Backlink is a record that links to another, with the link itself.
type Backlink struct {
	From *Record
	*markdown.Reference
}
