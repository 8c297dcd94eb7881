package cli

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"

	"minutebook/generator/source"
)

// A pacer decides when garbage is collected in a build that ends with its
// process. Such a build keeps most of what it reads, so a collection early on
// frees little: none is worth its time before the process has the size that it
// will have in the end anyway. The runtime keeps to that size whatever it holds
// besides the heap.
type pacer struct {
	size atomic.Int64 // bytes that the process may have
}

// Sizes that were measured: what a build has beside its documents, and what it
// holds of each byte of them. A document of 6 KB takes 50 KB so.
const (
	basicSize  = 112 << 20
	sizeOfByte = 7.6
)

// room is how large the process is at the least when it is collected, in sizes of
// what is in use: a build that needs more than was expected is not to spend its
// time with collecting.
const room = 1.6

// pace begins to decide, and goes on until the end of the process. It is nil where
// the environment decides.
func pace(getenv func(string) string) *pacer {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return nil
	}
	p := &pacer{}
	p.size.Store(basicSize)
	debug.SetGCPercent(-1)
	p.set(&struct{ *pacer }{p})
	return p
}

// expect makes room for a site that is made of a tree.
func (p *pacer) expect(content *source.Tree) {
	if p == nil {
		return
	}
	size := 0.0
	for _, f := range content.Files() {
		if source.IsMarkdown(f.Path) {
			size += sizeOfByte * float64(f.Size)
		}
	}
	p.size.Add(int64(size))
	debug.SetMemoryLimit(p.limit())
}

// set sets how large the process may become until it is collected, and does so
// again after each collection: that is when it finds nobody to hold its argument.
func (p *pacer) set(sentinel *struct{ *pacer }) {
	debug.SetMemoryLimit(p.limit())
	runtime.SetFinalizer(sentinel, p.set)
}

func (p *pacer) limit() int64 {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	return max(p.size.Load(), int64(room*float64(live[0].Value.Uint64())))
}
