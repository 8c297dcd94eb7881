package cli

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"minutebook/generator"
	"minutebook/generator/diag"
)

// kindWords are how many of each kind a summary names, in this order; other
// kinds follow by name.
var kindWords = []struct{ name, one, many string }{
	{"proposal", "proposal", "proposals"},
	{"meeting", "meeting", "meetings"},
	{"decision", "decision", "decisions"},
	{"event", "event", "events"},
	{"topic", "topic", "topics"},
	{"page", "page", "pages"},
}

// summary is the one line at the end of a build.
func (b *build) summary(r buildReport) string {
	var kinds []string
	total, named := 0, 0
	for _, n := range r.Documents {
		total += n
	}
	for _, w := range kindWords {
		if n := r.Documents[w.name]; n > 0 {
			kinds = append(kinds, count(n, w.one, w.many))
			named += n
		}
	}
	if rest := total - named; rest > 0 {
		kinds = append(kinds, fmt.Sprintf("%d of other kinds", rest))
	}
	text := count(total, "document", "documents")
	if len(kinds) > 0 {
		text += " (" + strings.Join(kinds, ", ") + ")"
	}
	return fmt.Sprintf("%s; %s: %d written, %d unchanged, %d removed; %s; %.2f s",
		text, b.output, r.Files.Written, r.Files.Unchanged, r.Files.Removed, problemCount(r.Problems), r.Seconds)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func problemCount(l diag.List) string {
	errors, warnings := l.Count(diag.Error), l.Count(diag.Warning)
	if errors+warnings == 0 {
		return "no problems"
	}
	var parts []string
	if errors > 0 {
		parts = append(parts, count(errors, "error", "errors"))
	}
	if warnings > 0 {
		parts = append(parts, count(warnings, "warning", "warnings"))
	}
	return strings.Join(parts, ", ")
}

// progressAfter is how long a build may take before a terminal shows how far it
// is.
const progressAfter = time.Second

// progress shows on a terminal how far a long build is, until stop is called.
func (b *build) progress(p *generator.Progress) (stop func()) {
	if !b.env.IsTTY || b.quiet || b.json {
		return func() {}
	}
	end := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(progressAfter / 4)
		defer tick.Stop()
		for n := 1; ; n++ {
			select {
			case <-end:
				if n > 4 {
					fmt.Fprint(b.env.bare.Stderr, "\r\x1b[K")
				}
				return
			case <-tick.C:
				if n >= 4 {
					fmt.Fprintf(b.env.bare.Stderr, "\rread %d of %d documents", p.Parsed.Load(), p.Documents.Load())
				}
			}
		}
	})
	return func() { close(end); wg.Wait() }
}
