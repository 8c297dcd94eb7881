package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"minutebook/generator/source"
)

func TestCodesAreSorted(t *testing.T) {
	if !slices.IsSortedFunc(Codes, func(a, b Code) int { return strings.Compare(a.ID, b.ID) }) {
		t.Fatal("Find needs Codes in the order of their IDs")
	}
	for _, c := range Codes {
		if found, ok := Find(c.ID); !ok || found.ID != c.ID {
			t.Errorf("%s is not found", c.ID)
		}
	}
}

func TestNearest(t *testing.T) {
	words := []string{"decide-by", "decision", "status", "start", "last-call", "review"}
	for word, want := range map[string]string{
		"decide_by": "decide-by", "Decide By": "decide-by", "decied-by": "decide-by", "decison": "decision",
		"lastcall": "last-call", "reveiw": "review", "banana": "", "x": "", "": "",
	} {
		if got := Nearest(word, words); got != want {
			t.Errorf("nearest to %q is %q, want %q", word, got, want)
		}
	}
}

// What a document says never reaches a terminal as a command.
func TestTextIsSafeToPrint(t *testing.T) {
	f := source.NewFile("a\x1b[2J.md", []byte("title: x\n"))
	d := At(f, source.Span{Start: 0, End: 5}, "bad-value", "title \"%s\" is bad", "\x1b]0;owned\a\n::error::x\u202e").WithHint("first\nsecond")
	var out bytes.Buffer
	if err := Text(&out, List{d}); err != nil {
		t.Fatal(err)
	}
	want := `a\u001b[2J.md:1:1: error: title "\u001b]0;owned\u0007 ::error::x\u202e" is bad [bad-value]
  first second
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestJSONParsesBack(t *testing.T) {
	f := source.NewFile("a.md", []byte("one\ntwo\n"))
	list := List{
		At(f, source.Span{Start: 4, End: 7}, "broken-link", "no %s", "x").WithHint("add it").About("x.md").See(f, source.Span{Start: 0, End: 1}),
		At(f, source.Span{}, "unknown-key", "whole file"),
	}
	var out bytes.Buffer
	if err := JSON(&out, Report{Problems: list}); err != nil {
		t.Fatal(err)
	}
	var back struct {
		Problems []struct {
			Code, Severity, Path, Message, Hint, Item string
			Start                                     source.Position
		}
	}
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if p := back.Problems[0]; p.Code != "broken-link" || p.Severity != "error" || p.Start != (source.Position{Line: 2, Column: 1}) {
		t.Errorf("read back %+v", p)
	}
	if len(back.Problems) != 2 {
		t.Errorf("%d problems", len(back.Problems))
	}
}

// A problem keeps its identity when its line moves or its words change.
func TestKey(t *testing.T) {
	before := source.NewFile("a.md", []byte("title: x\n"))
	after := source.NewFile("a.md", []byte("\n\n  title: x\n"))
	one := At(before, source.Span{Start: 0, End: 5}, "bad-value", "old words").About("title")
	two := At(after, source.Span{Start: 4, End: 9}, "bad-value", "new words").About("title")
	other := At(after, source.Span{Start: 4, End: 9}, "bad-value", "new words").About("status")
	if one.Key() != two.Key() || one.Key() == other.Key() {
		t.Errorf("keys %q, %q, %q", one.Key(), two.Key(), other.Key())
	}
}

// chance makes up a list in which many problems are alike.
func chance(random *rand.Rand) List {
	var l List
	for range random.IntN(60) {
		d := Diagnostic{Path: []string{"", "a.md", "a/b.md", "b.md"}[random.IntN(4)], Code: Codes[random.IntN(2)].ID, Message: []string{"", "x", "y"}[random.IntN(3)]}
		d.Start = source.Position{Line: random.IntN(3), Column: random.IntN(2)}
		d.Hint = strconv.Itoa(random.Int()) // no part of the order
		l.Add(d)
	}
	return l
}

// Two lists that are merged are in the order of one that is sorted, and what is
// alike keeps its order.
func TestMergeSorts(t *testing.T) {
	for seed := range uint64(500) {
		random := rand.New(rand.NewPCG(seed, 0))
		one, other := chance(random), chance(random)
		want := slices.Concat(one, other)
		slices.SortStableFunc(want, func(a, b Diagnostic) int {
			key := func(d Diagnostic) string {
				return fmt.Sprintf("%s\x00%d %d %s %s", d.Path, d.Start.Line, d.Start.Column, d.Code, d.Message)
			}
			return strings.Compare(key(a), key(b))
		})
		one.Sort()
		other.Sort()
		before := slices.Concat(one, other)
		if got := one.Merge(other); !slices.Equal(got, want) {
			t.Fatalf("seed %d: merged\n%v\nwant\n%v", seed, got, want)
		}
		if !slices.Equal(slices.Concat(one, other), before) {
			t.Fatalf("seed %d: a list that was merged has changed", seed)
		}
	}
}
