// Package memo remembers the results of pure functions.
//
// The contract that makes it safe: a key holds everything that the function
// reads. Then an entry is never stale, nothing has to be invalidated, and a
// build with a warm table gives what a build with an empty one gives.
package memo

import "sync"

// A Table holds results of one function, for each of the things it is about the
// last one: so a table is no larger than what it is about, however often that
// changes. The zero Table is empty and ready. It may be used by many goroutines;
// two that miss the same key at once both compute, which is harmless for a pure
// function.
type Table[N, K comparable, V any] struct {
	mu      sync.Mutex
	entries map[N]*entry[K, V]
	round   int
	misses  int
}

type entry[K, V any] struct {
	key   K
	value V
	round int
}

// Get returns the value of key that is remembered under a name, or computes and
// remembers it.
func (t *Table[N, K, V]) Get(name N, key K, compute func() V) V {
	if v, ok := t.lookup(name, key); ok {
		return v
	}
	v := compute()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.entries == nil {
		t.entries = map[N]*entry[K, V]{}
	}
	t.misses++
	t.entries[name] = &entry[K, V]{key, v, t.round}
	return v
}

func (t *Table[N, K, V]) lookup(name N, key K) (v V, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entries[name]
	if e == nil || e.key != key {
		return v, false
	}
	e.round = t.round
	return e.value, true
}

// Sweep forgets what was not asked for since the last Sweep, and returns how
// many values were computed since then. Call it after each build.
func (t *Table[N, K, V]) Sweep() (computed int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, e := range t.entries {
		if e.round != t.round {
			delete(t.entries, name)
		}
	}
	t.round++
	computed, t.misses = t.misses, 0
	return computed
}

// Len is the number of remembered values.
func (t *Table[N, K, V]) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.entries)
}
