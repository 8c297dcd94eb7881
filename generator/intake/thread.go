package intake

import (
	"slices"
	"strings"
	"time"
)

// threaded divides messages into threads, each in order: by time, and an answer
// behind what it answers. Threads are in the order of their first messages.
//
// What a message answers is in its In-Reply-To and References (RFC 5322, section
// 3.6.4). A message that says neither, as archives made of pages have them,
// belongs to the thread of its subject.
func threaded(all []*message) [][]*message {
	t := threading{byID: map[string]int{}, group: make([]int, len(all))}
	subjects := map[string]int{}
	for i, m := range all {
		t.group[i] = i
		if id := strings.TrimSpace(m.names[0]); id != "" {
			t.byID[id] = i
		}
	}
	for i, m := range all {
		for _, id := range m.names[1:] {
			if j, ok := t.byID[id]; ok {
				t.join(i, j)
			}
		}
		key := strings.ToLower(m.subject)
		if j, ok := subjects[key]; ok && (len(m.names) == 1 || len(all[j].names) == 1) {
			t.join(i, j)
		} else if !ok {
			subjects[key] = i
		}
	}
	groups := map[int][]*message{}
	var order []int
	for i, m := range all {
		g := t.find(i)
		if groups[g] == nil {
			order = append(order, g)
		}
		groups[g] = append(groups[g], m)
	}
	var threads [][]*message
	for _, g := range order {
		threads = append(threads, ordered(groups[g]))
	}
	return threads
}

// A threading is which messages belong together: a forest whose roots stand for
// the threads.
type threading struct {
	byID  map[string]int
	group []int
}

func (t *threading) find(i int) int {
	for t.group[i] != i {
		t.group[i] = t.group[t.group[i]]
		i = t.group[i]
	}
	return i
}

func (t *threading) join(i, j int) {
	if a, b := t.find(i), t.find(j); a != b {
		t.group[max(a, b)] = min(a, b)
	}
}

// ordered sorts the messages of a thread by time; those without a time stay
// where they are, and an answer never stands before what it answers.
func ordered(list []*message) []*message {
	var last time.Time
	when := map[*message]time.Time{}
	for _, m := range list {
		if !m.sent.IsZero() {
			last = m.sent
		}
		when[m] = last
	}
	slices.SortStableFunc(list, func(a, b *message) int { return when[a].Compare(when[b]) })
	byID := map[string]*message{}
	for _, m := range list {
		byID[m.names[0]] = m
	}
	placed := map[*message]bool{}
	out := make([]*message, 0, len(list))
	for _, m := range list {
		var above []*message // what m answers, and what that does
		for at := m; at != nil && !placed[at]; at = parent(at, byID) {
			placed[at] = true
			above = append(above, at)
		}
		slices.Reverse(above)
		out = append(out, above...)
	}
	return out
}

// parent is the message that one answers, as far as it is there.
func parent(m *message, byID map[string]*message) *message {
	for _, id := range m.names[1:] {
		if p := byID[id]; p != nil && p != m {
			return p
		}
	}
	return nil
}
