package output

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// benchmarkSite has n pages of 12 KB in folders of 100; what of the pages differs between sites is given.
func benchmarkSite(n int, mark string) *Snapshot {
	files := make([]File, n)
	for i := range files {
		files[i].Path = fmt.Sprintf("documents/%02d/page-%04d.html", i/100, i)
		files[i].Data = fmt.Appendf(nil, "%d %s %s", i, mark, strings.Repeat("twelve bytes", 1000))
	}
	s, err := NewSnapshot(files)
	if err != nil {
		panic(err)
	}
	return s
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
	edited, err := NewSnapshot(files)
	if err != nil {
		b.Fatal(err)
	}
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

func benchmarkPublish(b *testing.B, dir string, s *Snapshot, o Options) {
	if _, err := Publish(background, dir, s, o); err != nil {
		b.Fatal(err)
	}
}
