package memo

import "testing"

// What one round did not ask for is forgotten; what it asked for is not
// computed again.
func TestSweep(t *testing.T) {
	var table Table[string, int, int]
	n := 0
	get := func(key string) int { return table.Get(key, 0, func() int { n++; return n }) }
	get("a")
	get("b")
	if computed := table.Sweep(); computed != 2 {
		t.Errorf("computed %d, want 2", computed)
	}
	if got := get("a"); got != 1 {
		t.Errorf("a was computed again: %d", got)
	}
	if computed := table.Sweep(); computed != 0 || table.Len() != 1 {
		t.Errorf("computed %d, kept %d", computed, table.Len())
	}
	if got := get("b"); got != 3 {
		t.Errorf("b was remembered though the last round did not use it: %d", got)
	}
}

// Of each thing only the last result is kept, and never one of another key.
func TestLastOfEach(t *testing.T) {
	var table Table[string, int, int]
	for i := range 100 {
		for _, name := range []string{"a", "b"} {
			if got := table.Get(name, i, func() int { return i }); got != i {
				t.Fatalf("%s: %d, want %d", name, got, i)
			}
		}
	}
	if n := table.Len(); n != 2 {
		t.Errorf("%d results of two things", n)
	}
}

type page struct {
	Title string
	Tags  []string
	Up    *page
	N     int
	Draft bool
}

// Equal values have one fingerprint; a change anywhere gives another.
func TestFingerprint(t *testing.T) {
	make := func() page {
		return page{Title: "a", Tags: []string{"x", "y"}, Up: &page{Title: "up"}, N: 7}
	}
	same := Fingerprint(make())
	if Fingerprint(make()) != same {
		t.Fatal("equal values differ")
	}
	for name, change := range map[string]func(*page){
		"text":            func(p *page) { p.Title = "b" },
		"text moved on":   func(p *page) { p.Title, p.Tags = "ax", []string{"", "y"} },
		"item":            func(p *page) { p.Tags[1] = "z" },
		"joined items":    func(p *page) { p.Tags = []string{"xy"} },
		"behind pointer":  func(p *page) { p.Up.Title = "down" },
		"pointer gone":    func(p *page) { p.Up = nil },
		"number":          func(p *page) { p.N = 8 },
		"flag":            func(p *page) { p.Draft = true },
		"one more empty":  func(p *page) { p.Tags = append(p.Tags, "") },
		"deep pointer in": func(p *page) { p.Up.Up = &page{} },
	} {
		p := make()
		change(&p)
		if Fingerprint(p) == same {
			t.Errorf("%s: the fingerprint did not change", name)
		}
	}
}
