// Package memo remembers the results of pure functions.
//
// The contract that makes it safe: a key holds everything that the function
// reads. Then an entry is never stale, nothing has to be invalidated, and a
// build with a warm table gives what a build with an empty one gives.
package memo

import "sync"

// A Table holds results of one function by key. The zero Table is empty and
// ready. It may be used by many goroutines; two that miss the same key at once
// both compute, which is harmless for a pure function.
type Table[K comparable, V any] struct {
	mu      sync.Mutex
	entries map[K]*entry[V]
	round   int
	misses  int
}

type entry[V any] struct {
	value V
	round int
}

// Get returns the remembered value of key, or computes and remembers it.
func (t *Table[K, V]) Get(key K, compute func() V) V {
	if v, ok := t.lookup(key); ok {
		return v
	}
	v := compute()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.entries == nil {
		t.entries = map[K]*entry[V]{}
	}
	t.misses++
	t.entries[key] = &entry[V]{v, t.round}
	return v
}

func (t *Table[K, V]) lookup(key K) (v V, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entries[key]
	if e == nil {
		return v, false
	}
	e.round = t.round
	return e.value, true
}

// Sweep forgets what was not asked for since the last Sweep, and returns how
// many values were computed since then. Call it after each build.
func (t *Table[K, V]) Sweep() (computed int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for k, e := range t.entries {
		if e.round != t.round {
			delete(t.entries, k)
		}
	}
	t.round++
	computed, t.misses = t.misses, 0
	return computed
}

// Len is the number of remembered values.
func (t *Table[K, V]) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.entries)
}
