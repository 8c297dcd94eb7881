package inspect_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"minutebook/generator"
	"minutebook/generator/config"
	"minutebook/generator/golden"
	"minutebook/generator/inspect"
	"minutebook/generator/source"
)

// inputs are those of a repository whose top is the folder of the documents.
func inputs(tree *source.Tree) inspect.Inputs {
	return inspect.Inputs{
		Build: generator.Inputs{Content: tree, Now: time.Date(2018, 4, 2, 12, 0, 0, 0, time.UTC), ContentName: "."}, Name: "team-minutes",
	}
}

func report(t *testing.T, tree *source.Tree) *inspect.Report {
	t.Helper()
	r, err := inspect.Inspect(context.Background(), inputs(tree))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The cases in testdata are small repositories in the forms that communities
// use. Of each: what is proposed can be used as it stands, loses nothing, and
// makes nothing of the second look but what the first has found.
func TestInspect(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		var files []*source.File
		for _, f := range c.Inputs() {
			files = append(files, source.NewFile(f.Name, f.Data))
		}
		tree := source.NewTree(files...)
		r := report(t, tree)
		var out bytes.Buffer
		if err := inspect.Text(&out, r); err != nil {
			t.Fatal(err)
		}
		c.Want("report", out.String())
		held(t, tree, r)
	})
}

// held checks what holds for every report.
func held(t *testing.T, tree *source.Tree, r *inspect.Report) {
	t.Helper()
	applied := tree.Overlay(source.NewTree(source.NewFile(config.FileName, []byte(r.Proposal.YAML))))
	if _, problems := config.Load(applied); len(problems) > 0 {
		t.Errorf("the proposal cannot be used: %v\n%s", problems, r.Proposal.YAML)
	}
	again := report(t, applied)
	if !again.Configured || again.Proposal != nil {
		t.Error("a repository that has settings is not told so")
	}
	if again.Figures != r.Proposal.Figures {
		t.Errorf("the proposal promises %+v and gives %+v", r.Proposal.Figures, again.Figures)
	}
	notWorse(t, r.Figures, again.Figures)
	twice, _ := json.Marshal(report(t, tree))
	if once, _ := json.Marshal(r); !bytes.Equal(once, twice) {
		t.Errorf("two looks differ\n%s\n%s", once, twice)
	}
}

// notWorse compares shares, and says which one fell.
func notWorse(t *testing.T, before, after inspect.Figures) {
	t.Helper()
	shares := func(f inspect.Figures) map[string]inspect.Figure {
		data, _ := json.Marshal(f)
		all := map[string]json.RawMessage{}
		json.Unmarshal(data, &all)
		figures := map[string]inspect.Figure{}
		for name, raw := range all {
			var one inspect.Figure
			if strings.HasPrefix(string(raw), "{") && json.Unmarshal(raw, &one) == nil {
				figures[name] = one
			}
		}
		return figures
	}
	was := shares(before)
	if len(was) < 10 {
		t.Fatalf("%d figures", len(was))
	}
	for name, now := range shares(after) {
		if now.Found*was[name].Of < was[name].Found*now.Of {
			t.Errorf("%s fell from %+v to %+v", name, was[name], now)
		}
	}
	if after.Missing > before.Missing || after.Undescribed > before.Undescribed {
		t.Errorf("more stands in the way than before: %+v, %+v", before, after)
	}
}

// Whatever becomes of a repository (files go, lines go, get lost in others or are
// cut), the proposal can be used, keeps its promise and loses nothing.
func TestProposalsHold(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	rounds := 6
	if testing.Short() {
		rounds = 2
	}
	for n, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for round := range rounds {
			random := rand.New(rand.NewPCG(uint64(n), uint64(round)))
			tree := source.NewTree(damaged(random, archive.Files)...)
			held(t, tree, report(t, tree))
			if t.Failed() {
				t.Fatalf("%s, round %d", name, round)
			}
		}
	}
}

// damaged are the files of a repository with some changes.
func damaged(random *rand.Rand, all []txtar.File) []*source.File {
	var files []*source.File
	var lost [][]byte
	for _, f := range all {
		if strings.HasPrefix(f.Name, "want/") || random.IntN(8) == 0 {
			continue
		}
		var text []byte
		for line := range bytes.Lines(f.Data) {
			switch random.IntN(12) {
			case 0:
				lost = append(lost, line)
				continue
			case 1:
				line = append(bytes.Clone(line[:random.IntN(len(line))]), '\n')
			case 2:
				if len(lost) > 0 {
					text = append(text, lost[random.IntN(len(lost))]...)
				}
			}
			text = append(text, line...)
		}
		files = append(files, source.NewFile(f.Name, text))
	}
	return files
}
