package generator

import (
	"context"
	"path"
	"time"

	"minutebook/generator/config"
	"minutebook/generator/document"
	"minutebook/generator/parallel"
	"minutebook/generator/source"
)

// A parsed is a document with the files that it was read from: the next build
// takes it as it is when it would read the same by the same parser.
type parsed struct {
	file, sidecar *source.File // sidecar is nil when there is none
	document      *document.Document
}

// from reports whether the document was read from files of this content.
func (p parsed) from(file, sidecar *source.File) bool {
	return same(p.file, file) && same(p.sidecar, sidecar)
}

func same(a, b *source.File) bool {
	return a == b || a != nil && b != nil && a.Path == b.Path && a.Sum == b.Sum
}

// A parserKey holds everything that parsing reads besides files.
type parserKey struct{ config, words source.Sum }

// parse reads every document of the content, on all processors, but for those
// that the last build read. When texts are dropped, nothing of a file but its
// places is left once it was read. It returns how many it read.
func (b *Builder) parse(ctx context.Context, in Inputs, settings *config.Config, drops func(*source.File) bool) ([]*document.Document, int, error) {
	now := make([]parsed, 0, len(in.Content.Files()))
	var unread []reading
	last, by := b.parsed, parserKey{settings.Sum, b.spoken.words.Sum()}
	if by != b.parsedBy {
		last = nil
	}
	for _, f := range in.Content.Files() {
		if !source.IsMarkdown(f.Path) {
			continue
		}
		one := parsed{file: f, sidecar: sidecar(in.Content, settings, f)}
		for len(last) > 0 && last[0].file != f && last[0].file.Path < f.Path {
			last = last[1:]
		}
		if len(last) > 0 && last[0].from(one.file, one.sidecar) {
			one.document = last[0].document
		} else {
			unread = append(unread, reading{len(now), f, one.sidecar})
		}
		now = append(now, one)
	}
	progress := in.Progress
	if progress == nil {
		progress = &Progress{}
	}
	progress.Documents.Store(int64(len(now)))
	progress.Parsed.Store(int64(len(now) - len(unread)))
	err := b.readAll(ctx, unread, in.ContentName, func(i int, d *document.Document) {
		now[unread[i].at].document = d
		if drops(unread[i].file) {
			unread[i].file.DropText()
		}
		progress.Parsed.Add(1)
	})
	if err != nil {
		return nil, 0, err
	}
	if !b.Once {
		b.parsed, b.parsedBy = now, by
	}
	documents := make([]*document.Document, len(now))
	for i := range now {
		documents[i] = now[i].document
	}
	return documents, len(unread), nil
}

// A reading is a document that is to be read.
type reading struct {
	at      int // its place among all documents
	file    *source.File
	sidecar *source.File // nil when it has none
}

// readAll reads documents and hands each over as it is there. It does not wait
// for what is at work on one that takes too long.
func (b *Builder) readAll(ctx context.Context, unread []reading, contentName string, take func(int, *document.Document)) error {
	patience := b.Patience
	if patience == 0 {
		patience = slowest
	}
	slow := make(chan error, len(unread))
	done := make(chan error, 1)
	go func() {
		done <- parallel.Each(ctx, len(unread), func(i int) error {
			f := unread[i].file
			watchdog := time.AfterFunc(patience, func() { slow <- &SlowError{Path: path.Join(contentName, f.Path)} })
			defer watchdog.Stop()
			take(i, b.parser.Parse(f, unread[i].beside()...))
			return nil
		})
	}()
	select {
	case err := <-done:
		if len(slow) > 0 {
			err = <-slow
		}
		return err
	case err := <-slow:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// beside is the sidecar as the parser wants it.
func (r reading) beside() []*source.File {
	if r.sidecar == nil {
		return nil
	}
	return []*source.File{r.sidecar}
}

// sidecar is the YAML file that belongs to a document, nil when there is none.
func sidecar(content *source.Tree, settings *config.Config, f *source.File) *source.File {
	p, _ := settings.SidecarOf(f.Path, func(p string) bool { return content.File(p) != nil })
	if p == "" {
		return nil
	}
	return content.File(p)
}
