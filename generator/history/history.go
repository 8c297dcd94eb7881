// Package history reads git as an input: since when a document exists, when it
// changed last, what stood in it before, and whole trees of an earlier moment.
//
// It is the only package that starts another program, and the program is git.
// Nothing that a repository says makes git run a third one, write a file or use
// the network: see the start of git.go. What git cannot tell is unknown, and
// [History.Unknown] says why; it is never guessed from the times of files.
package history

import (
	"context"
	"errors"
	"time"
)

// ErrUnknown is the error of whatever git cannot tell: its text says why, for
// people. It is no fault of the content, and none of the program.
var ErrUnknown = errors.New("git cannot tell")

// Options are what a reader of a history may choose. The zero value is fine.
type Options struct {
	// Exclude says which paths [History.Tree] leaves out, folders with
	// everything below them; paths count from the folder that is read. Dot
	// files, node_modules and editors' backups always are left out, as by
	// [minutebook/generator/source.Reader]. May be nil.
	Exclude func(path string) bool
}

// A History is what git knows of the files below a folder. It never changes
// after it was read, and may be used by many goroutines. The zero History knows
// nothing.
type History struct {
	// Unknown says, for people, why nothing is known of any file: "the folder is
	// not in a git repository". It is empty when the history is known.
	Unknown string

	// Shallow says that the clone lacks its older commits, as a checkout in CI
	// does unless it is told to fetch all (fetch-depth: 0). Then every file is
	// unknown, but [History.Tree] works for revisions that are there.
	Shallow bool

	repo    *repository // nil where there is none
	exclude func(path string) bool
	files   map[string]*past
}

// A File is what git knows of one file. A file that was renamed keeps its past;
// one that was moved into the folder from elsewhere begins there. Dates are
// those of the authors, in their time zones; merges, moves without a change and
// commits of an ignore-revs file do not count as changes.
type File struct {
	Created time.Time // the first commit with the file
	Changed time.Time // the last change
	Commits int       // how many changes there are
	Authors int       // how many different people made them, by e-mail address
}

// Read reads the history of the files below a folder of a work tree, as of its
// commit HEAD, with one run of git log. Commits in the files of the setting
// blame.ignoreRevsFile and in .git-blame-ignore-revs at the top of the
// repository, as they are in HEAD, do not count as changes (the format is that
// of git blame --ignore-revs-file).
//
// It is no error when there is no history to read (no git, no repository, no
// commit, a repository of another user): then Unknown says so. An error is that
// of ctx, or of starting a program.
func Read(ctx context.Context, dir string, o Options) (*History, error) {
	h := &History{exclude: o.Exclude}
	err := h.read(ctx, dir)
	if reason := (unknownError("")); errors.As(err, &reason) {
		h.Unknown, h.files = string(reason), nil
		return h, nil
	}
	if err != nil {
		return nil, err
	}
	return h, nil
}

func (h *History) read(ctx context.Context, dir string) error {
	repo, err := open(ctx, dir)
	if err != nil {
		return err
	}
	h.repo, h.Shallow = repo, repo.shallow
	if repo.shallow {
		return unknownError("the clone is shallow: it lacks the older commits; fetch them with git fetch --unshallow, in GitHub Actions with fetch-depth: 0")
	}
	ignored, err := repo.ignoredCommits(ctx)
	if err != nil {
		return err
	}
	var l lineage
	err = repo.log(ctx, func(c *commit, changes []change) {
		c.ignored = ignored[c.hash]
		l.add(c, changes)
	})
	h.files = l.files()
	return err
}

// File is what is known of the file at a path, slash-separated and counted from
// the folder that was read. It is unknown, and ok false, when the file is not
// in HEAD.
func (h *History) File(path string) (f File, ok bool) {
	p := h.files[path]
	if p == nil {
		return File{}, false
	}
	return p.summary()
}

// summary sums up the changes of a file. A file that came with an ignored
// commit exists since then, and has not changed before another one.
func (p *past) summary() (f File, ok bool) {
	authors := map[int]bool{}
	for _, v := range p.versions {
		if v.joined {
			continue
		}
		if !v.commit.ignored {
			f.Commits++
			authors[v.commit.author] = true
		}
		t := v.commit.time
		if t.IsZero() || v.commit.ignored && !v.added {
			continue
		}
		if f.Created.IsZero() || t.Before(f.Created) {
			f.Created = t
		}
		if !v.commit.ignored && t.After(f.Changed) {
			f.Changed = t
		}
	}
	f.Authors = len(authors)
	if f.Changed.IsZero() {
		f.Changed = f.Created
	}
	return f, !f.Created.IsZero()
}
