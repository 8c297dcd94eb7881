package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"testing"

	"minutebook/generator"
	"minutebook/generator/date"
	"minutebook/generator/source"
)

// BenchmarkBuild times whole builds in memory: from the files to the snapshot.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{200, 2000} {
		files := sample(n)
		b.Run(fmt.Sprintf("cold/docs=%d", n), func(b *testing.B) {
			for b.Loop() {
				build(b, &generator.Builder{Once: true}, inputs(b, files))
			}
		})
		b.Run(fmt.Sprintf("edit-one/docs=%d", n), func(b *testing.B) {
			builder := generator.Builder{}
			in := inputs(b, files)
			build(b, &builder, in)
			text := files["proposals/p3.md"]
			for i := 0; b.Loop(); i++ {
				edited := source.NewFile("proposals/p3.md", fmt.Appendf(nil, "%s\nEdit %d.\n", text, i))
				in.Content = in.Content.Overlay(source.NewTree(edited))
				build(b, &builder, in)
			}
		})
		b.Run(fmt.Sprintf("edit-one-on-demand/docs=%d", n), func(b *testing.B) {
			builder := generator.Builder{OnDemand: true}
			in := inputs(b, files)
			if _, err := builder.Fill(b.Context(), build(b, &builder, in)); err != nil {
				b.Fatal(err)
			}
			text := files["proposals/p3.md"]
			for i := 0; b.Loop(); i++ {
				edited := source.NewFile("proposals/p3.md", fmt.Appendf(nil, "%s\nEdit %d.\n", text, i))
				in.Content = in.Content.Overlay(source.NewTree(edited))
				content(b, build(b, &builder, in), "proposals/p3.html")
			}
		})
		b.Run(fmt.Sprintf("edit-layout/docs=%d", n), func(b *testing.B) {
			builder := generator.Builder{}
			in := inputs(b, files)
			build(b, &builder, in)
			css := in.Layouts.File("css/02-base.css").Data
			for i := 0; b.Loop(); i++ {
				edited := source.NewFile("css/02-base.css", fmt.Appendf(nil, "%s\n.x%d{color:red}\n", css, i))
				in.Layouts = in.Layouts.Overlay(source.NewTree(edited))
				build(b, &builder, in)
			}
		})
	}
}

// BenchmarkCheck times check: all of it, and linking with all rules alone, when
// every document is remembered: 60,000 links and 27,000 notes, or (dense) 120,000
// and 37,000. On the day of the sample, and two years later, when all is overdue
// that was not done, as in a folder that has grown for years.
func BenchmarkCheck(b *testing.B) {
	dense := sample(10_000)
	files := thinned(dense)
	check := func(b *testing.B, builder *generator.Builder, in generator.Inputs) {
		_, problems, err := builder.Check(context.Background(), in)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(problems)), "problems")
	}
	b.Run("cold/docs=10000", func(b *testing.B) {
		for b.Loop() {
			check(b, &generator.Builder{Once: true}, inputs(b, files))
		}
	})
	later, _ := date.New(2020, 4, 2)
	for _, run := range []struct {
		name  string
		files map[string]string
		today date.Date
	}{{"linked", files, date.Date{}}, {"linked-overdue", files, later}, {"linked-dense", dense, date.Date{}}} {
		b.Run(run.name+"/docs=10000", func(b *testing.B) {
			builder, in := generator.Builder{}, inputs(b, run.files)
			in.Today = run.today
			check(b, &builder, in)
			b.ReportAllocs()
			for b.Loop() {
				check(b, &builder, in)
			}
		})
	}
}

// thinned is a sample with half of its links, and of actions those that others
// may link to.
func thinned(files map[string]string) map[string]string {
	links := regexp.MustCompile(`\[proposal [23]\]\([^)]*\)`)
	actions := regexp.MustCompile(`(?m)^- \[.\] \*\*Action\*\* .*\n`)
	thin := make(map[string]string, len(files))
	for path, text := range files {
		thin[path] = actions.ReplaceAllString(links.ReplaceAllString(text, "a proposal"), "")
	}
	return thin
}

// BenchmarkDiff times the comparison of two sites that differ in 20 documents;
// beside it, the build of one of them with all its pages.
func BenchmarkDiff(b *testing.B) {
	files := sample(2000)
	before := inputs(b, files)
	after := before
	for i := range 20 {
		path := fmt.Sprintf("proposals/p%d.md", 30*i)
		text := append(slices.Clone(before.Content.File(path).Data), "\n- [ ] **Action** (@anna): write it down\n"...)
		after.Content = after.Content.Overlay(source.NewTree(source.NewFile(path, text)))
	}
	b.Run("build/docs=2000", func(b *testing.B) {
		for b.Loop() {
			r := build(b, &generator.Builder{Once: true}, inputs(b, files)) // which drops the texts
			for _, f := range r.Snapshot.Files() {
				if f.Make != nil {
					if err := f.Make(new(bytes.Buffer)); err != nil {
						b.Fatal(err)
					}
				}
			}
		}
	})
	b.Run("diff/docs=2000/changed=20", func(b *testing.B) {
		for b.Loop() {
			c, err := new(generator.Builder).Diff(b.Context(), before, after)
			if err != nil || len(c.Documents) != 20 {
				b.Fatalf("%d documents, %v", len(c.Documents), err)
			}
		}
	})
}
