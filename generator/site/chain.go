package site

import (
	"cmp"
	"slices"

	"minutebook/generator/config"
)

// A Chain is records that replaced each other, one after the other or several at
// once.
type Chain []Replacement

// A Replacement is a record of a chain.
type Replacement struct {
	Record   *Record
	Replaces []*Record // in the order of their paths
	Step     int       // how many replacements lead to it, along the longest way
}

// Chains are what records of a kind replaced, as far as two or more records hang
// together: those in which something happened last come first. Within a chain
// what was replaced comes before what replaced it; where documents say that
// they replace each other in a circle, the day and then the path decide.
func (s *Site) Chains(k *config.Kind) []Chain {
	if k.Field("superseded-by") == nil {
		return nil
	}
	older := map[*Record][]*Record{}
	group := groups{}
	var all []*Record
	for _, r := range s.OfKind(k) {
		for _, rel := range r.Relations {
			to := rel.To
			if to == nil || to == r || rel.Field == nil || rel.Field.Name != "superseded-by" || slices.Contains(older[to], r) {
				continue
			}
			older[to] = append(older[to], r)
			all = append(all, r, to)
			group.join(r, to)
		}
	}
	slices.SortFunc(all, inTime)
	members := map[*Record][]*Record{}
	for _, r := range slices.Compact(all) {
		first := group.of(r)
		members[first] = append(members[first], r)
	}
	var chains []Chain
	for _, records := range members {
		chains = append(chains, chainOf(records, older))
	}
	slices.SortFunc(chains, func(x, y Chain) int {
		return inTime(y[len(y)-1].Record, x[len(x)-1].Record)
	})
	return chains
}

// inTime compares records by their day, and then by their path.
func inTime(x, y *Record) int {
	_, a := x.Dated()
	_, b := y.Dated()
	return cmp.Or(a.Compare(b), cmp.Compare(x.File.Path, y.File.Path))
}

// chainOf puts records, which are in the order of time, behind those that they
// replaced.
func chainOf(records []*Record, older map[*Record][]*Record) Chain {
	newer, waits := map[*Record][]*Record{}, map[*Record]int{}
	for _, r := range records {
		waits[r] = len(older[r])
		for _, o := range older[r] {
			newer[o] = append(newer[o], r)
		}
	}
	step, done := map[*Record]int{}, map[*Record]bool{}
	chain := make(Chain, 0, len(records))
	var ready []*Record
	add := func(r *Record) {
		if done[r] {
			return
		}
		done[r] = true
		for _, o := range older[r] {
			if done[o] && o != r {
				step[r] = max(step[r], step[o]+1)
			}
		}
		chain = append(chain, Replacement{Record: r, Replaces: older[r], Step: step[r]})
		for _, n := range newer[r] {
			if waits[n]--; waits[n] == 0 {
				ready = append(ready, n)
			}
		}
	}
	for _, r := range records {
		if waits[r] == 0 {
			ready = append(ready, r)
		}
	}
	for _, next := range records { // the first that is left is in a circle
		for ; len(ready) > 0; ready = ready[1:] {
			add(ready[0])
		}
		add(next)
	}
	return chain
}

// groups are records that hang together, each known by one of them.
type groups map[*Record]*Record

func (g groups) of(r *Record) *Record {
	for g[r] != nil {
		if g[g[r]] != nil {
			g[r] = g[g[r]]
		}
		r = g[r]
	}
	return r
}

func (g groups) join(a, b *Record) {
	if a, b = g.of(a), g.of(b); a != b {
		g[a] = b
	}
}
