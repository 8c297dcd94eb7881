package output

import (
	"bytes"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// benchmarkFiles are n pages of 12 KB in folders of 100, and their content, of which a part that differs between sites is given.
func benchmarkFiles(n int, mark string) (files []File, content func(i int) []byte) {
	files = make([]File, n)
	for i := range files {
		files[i].Path = fmt.Sprintf("documents/%02d/page-%04d.html", i/100, i)
	}
	filling := strings.Repeat("twelve bytes", 1000)
	return files, func(i int) []byte { return fmt.Appendf(nil, "%d %s %s", i, mark, filling) }
}

func benchmarkSnapshot(files []File) *Snapshot {
	s, err := NewSnapshot(files)
	if err != nil {
		panic(err)
	}
	return s
}

// benchmarkSite has n pages that hold their content.
func benchmarkSite(n int, mark string) *Snapshot {
	files, content := benchmarkFiles(n, mark)
	for i := range files {
		files[i].Data = content(i)
	}
	return benchmarkSnapshot(files)
}

// madeSite has n pages that make their content.
func madeSite(n int, mark string) *Snapshot {
	files, content := benchmarkFiles(n, mark)
	for i := range files {
		files[i].Make = func(to *bytes.Buffer) error { to.Write(content(i)); return nil }
	}
	return benchmarkSnapshot(files)
}

func BenchmarkNewSnapshot(b *testing.B) {
	files := benchmarkSite(10_000, "").Files()
	for b.Loop() {
		for i := range files {
			files[i].Sum = [32]byte{}
		}
		if _, err := NewSnapshot(files); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPublish(b *testing.B) {
	a, z := benchmarkSite(10_000, "a"), benchmarkSite(10_000, "z")
	files := append([]File{}, a.Files()...)
	files[5000] = z.Files()[5000]
	edited := benchmarkSnapshot(files)
	b.Run("first", func(b *testing.B) {
		parent := b.TempDir()
		for i := 0; b.Loop(); i++ {
			benchmarkPublish(b, filepath.Join(parent, fmt.Sprint(i)), a, Options{})
		}
	})
	for name, sites := range map[string][2]*Snapshot{"unchanged": {a, a}, "one": {a, edited}, "all": {a, z}} {
		for way, o := range ways {
			b.Run(name+"/"+way, func(b *testing.B) {
				dir := filepath.Join(b.TempDir(), "public")
				benchmarkPublish(b, dir, a, o)
				for i := 1; b.Loop(); i++ {
					benchmarkPublish(b, dir, sites[i%2], o)
				}
			})
		}
	}
}

// BenchmarkPublishMade also reports the most memory that was in use, with the site's descriptions and garbage.
func BenchmarkPublishMade(b *testing.B) {
	a, z := madeSite(10_000, "a"), madeSite(10_000, "z")
	for name, second := range map[string]*Snapshot{"first": nil, "unchanged": a, "all": z} {
		b.Run(name, func(b *testing.B) {
			parent := b.TempDir()
			dir := filepath.Join(parent, "public")
			if second != nil {
				benchmarkPublish(b, dir, a, Options{})
			}
			peak := watchHeap()
			for i := 0; b.Loop(); i++ {
				switch {
				case second == nil:
					benchmarkPublish(b, filepath.Join(parent, fmt.Sprint(i)), a, Options{})
				case i%2 == 0:
					benchmarkPublish(b, dir, second, Options{})
				default:
					benchmarkPublish(b, dir, a, Options{})
				}
			}
			b.ReportMetric(float64(peak())/1e6, "peak-MB")
		})
	}
}

// watchHeap looks at the heap until peak is called, which says how large it was at most.
func watchHeap() (peak func() uint64) {
	runtime.GC()
	done, most := make(chan bool), make(chan uint64)
	go func() {
		var highest uint64
		for {
			var stats runtime.MemStats
			runtime.ReadMemStats(&stats)
			highest = max(highest, stats.HeapAlloc)
			select {
			case <-done:
				most <- highest
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(done); return <-most }
}

func benchmarkPublish(b *testing.B, dir string, s *Snapshot, o Options) {
	if _, err := Publish(background, dir, s, o); err != nil {
		b.Fatal(err)
	}
}
