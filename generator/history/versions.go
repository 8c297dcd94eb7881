package history

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	"minutebook/generator/source"
)

// A Commit is a moment in a history.
type Commit struct {
	Hash    string
	Time    time.Time // the author's, in the author's zone; zero when git cannot tell
	Ignored bool      // an ignore-revs file lists it: it changed the form, not the meaning
}

// A Version is what stood in a file after a commit that changed it.
type Version struct {
	Path   string // of the file in HEAD, as it was asked for
	Commit Commit
	File   *source.File // its Path is that of then

	// Merge says that the commit joined branches: it need have changed nothing.
	// Most of those that only took over what a branch had are left out.
	Merge bool

	// Content names what stands in File, the same for the same text. Before are
	// the names of what stood there before the commit: one, or none when the file
	// was not there; of a merge those of the branches that had something else.
	Content string
	Before  []string
}

// errEnough ends a reading whose reader wants no more.
var errEnough = errors.New("enough")

// Versions reads what stood in files, for each path from the newest to the
// oldest, through renames; a path whose past is unknown has none. It tells since
// when a document says something: the version before is the first that does not.
//
// Contents are read as the loop goes on, one at a time, so a loop that ends
// early reads no more than it needs. An error comes last: that of ctx, or
// [ErrUnknown] where git does not have a content (in a partial clone).
func (h *History) Versions(ctx context.Context, paths ...string) iter.Seq2[Version, error] {
	return func(yield func(Version, error) bool) {
		var all []version
		var asked, blobs []string // the paths, and the names of the contents
		for _, path := range paths {
			if p := h.files[path]; p != nil {
				for _, v := range p.versions {
					all, asked, blobs = append(all, v), append(asked, path), append(blobs, v.blob)
				}
			}
		}
		if len(all) == 0 {
			return
		}
		enough := false
		err := h.repo.objects(ctx, blobs, func(i int, size int64, content io.Reader) error {
			if content == nil {
				return h.repo.lacks(asked[i])
			}
			f, err := readFile(all[i].path, size, content)
			if err != nil {
				return err
			}
			v, c := all[i], all[i].commit
			of := Version{asked[i], Commit{c.hash, c.time, c.ignored}, f, v.joined, v.blob, v.before}
			if enough = !yield(of, nil); enough {
				return errEnough
			}
			return nil
		})
		if err != nil && !enough {
			yield(Version{}, err)
		}
	}
}
