package cli

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"minutebook/generator/source"
)

// A pacer decides how often garbage is collected in a build that ends with its
// process. Such a build keeps most of what it reads, so a collection early on
// frees little: none is worth its time until the heap has the size that it will
// have in the end anyway.
type pacer struct {
	heap uint64 // bytes that the heap may have without being collected
}

// least is how much the heap may grow between two collections at the least, in
// percent of what is in use.
const least = 42

// pace sets how often garbage is collected while a site is made of a tree, from
// now to the end of the process.
func pace(content *source.Tree) {
	const small = 96 << 20 // bytes: not worth collecting
	p := pacer{heap: small}
	for _, f := range content.Files() {
		if source.IsMarkdown(f.Path) {
			p.heap += 5 * uint64(f.Size) // about what a build holds of a document
		}
	}
	p.set(&struct{ *pacer }{&p})
}

// set sets how far the heap may grow until it is collected, and does so again
// after each collection: that is when it finds nobody to hold its argument.
func (p *pacer) set(sentinel *struct{ *pacer }) {
	debug.SetGCPercent(p.percent())
	runtime.SetFinalizer(sentinel, p.set)
}

// percent is the growth after which the heap has the size that it may have.
func (p *pacer) percent() int {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	used := max(live[0].Value.Uint64(), 1<<20)
	return max(least, int((float64(p.heap)/float64(used)-1)*100))
}
