package history

import (
	"bufio"
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"

	"minutebook/generator/source"
)

// ErrRevision is that of a revision which the repository does not have.
var ErrRevision = errors.New("there is no revision")

// Tree reads all files below the folder as they were in a revision: a commit, a
// branch, a tag, or anything else that gitrevisions(7) says names a commit. The
// work tree is neither read nor touched. Paths count from the folder, and what
// is left out is what [Options] say. Links lead to what they would lead to in a
// folder that [source.Reader] reads: to files below the folder. Other links and
// submodules are in Skipped.
//
// A file above [source.StreamAbove] that is neither Markdown nor YAML has its
// size and sum but no content, and cannot be opened.
//
// The error wraps [ErrRevision] when there is no such revision; any other says
// why git could not be asked.
func (h *History) Tree(ctx context.Context, rev string) (*source.Tree, error) {
	if h.repo == nil {
		return nil, unknownError(cmp.Or(h.Unknown, "the history was not read"))
	}
	hash, err := h.resolve(ctx, rev)
	if err != nil {
		return nil, err
	}
	entries, skipped, err := h.list(ctx, hash)
	if err != nil {
		return nil, err
	}
	files, err := h.contents(ctx, entries)
	if err != nil {
		return nil, err
	}
	t := source.NewTree(files...)
	t.Skipped = skipped
	return t, nil
}

// contents reads the files of entries. What several have is read once.
func (h *History) contents(ctx context.Context, entries []entry) ([]*source.File, error) {
	type content struct {
		blob string
		text bool // is kept whatever its size
	}
	places := map[content]int{}
	var first []entry // of each content
	place := make([]int, len(entries))
	for i, e := range entries {
		c := content{e.blob, source.IsMarkdown(e.path) || source.IsYAML(e.path)}
		at, known := places[c]
		if !known {
			at = len(first)
			places[c], first = at, append(first, e)
		}
		place[i] = at
	}
	names := make([]string, len(first))
	for i, e := range first {
		names[i] = e.blob
	}
	read := make([]*source.File, len(first))
	err := h.repo.objects(ctx, names, func(i int, size int64, content io.Reader) (err error) {
		if content == nil {
			return h.repo.lacks(first[i].path)
		}
		read[i], err = readFile(first[i].path, size, content)
		return err
	})
	if err != nil {
		return nil, err
	}
	files := make([]*source.File, len(entries))
	for i, e := range entries {
		if files[i] = read[place[i]]; files[i].Path != e.path {
			files[i] = &source.File{Path: e.path, Data: files[i].Data, Size: files[i].Size, Sum: files[i].Sum}
		}
	}
	return files, nil
}

// lacks is the error that the content of a file is not there.
func (r *repository) lacks(path string) error {
	if r.partial {
		return unknownError("the clone is partial and does not have an older version of " + path)
	}
	return unknownError("git does not have a version of " + path + " that it names; git fsck tells more")
}

// MergeBase is the hash of the newest commit that HEAD and a revision have both
// come from: what a pull request started from, whatever was merged since. The
// error wraps [ErrRevision] when there is no such revision, or no such commit.
func (h *History) MergeBase(ctx context.Context, rev string) (string, error) {
	return h.MergeBaseOf(ctx, "HEAD", rev)
}

// MergeBaseOf is MergeBase for another revision than HEAD.
func (h *History) MergeBaseOf(ctx context.Context, head, rev string) (string, error) {
	if h.repo == nil {
		return "", unknownError(cmp.Or(h.Unknown, "the history was not read"))
	}
	hash, err := h.resolve(ctx, rev)
	if err != nil {
		return "", err
	}
	tip, err := h.resolve(ctx, head)
	if err != nil {
		return "", err
	}
	out, err := h.repo.output(ctx, "merge-base", tip, hash)
	if base := strings.TrimSuffix(out, "\n"); err == nil && base != "" {
		return base, nil
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return "", fmt.Errorf("%w that %s and %q have both come from; in a shallow clone fetch all commits, in GitHub Actions with fetch-depth: 0", ErrRevision, head, rev)
}

// resolve is the hash of the commit that a revision names.
func (h *History) resolve(ctx context.Context, rev string) (string, error) {
	unknown := fmt.Errorf("%w %q", ErrRevision, rev)
	if h.Shallow {
		unknown = fmt.Errorf("%w in this shallow clone; fetch it first, in GitHub Actions with fetch-depth: 0", unknown)
	}
	if rev == "" || rev[0] == '-' || strings.ContainsAny(rev, "\x00\n") {
		return "", unknown
	}
	out, err := h.repo.output(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	hash := strings.TrimSuffix(out, "\n")
	exit, reason := (*exec.ExitError)(nil), unknownError("")
	switch _, notHex := hex.DecodeString(hash); {
	case errors.As(err, &exit), errors.As(err, &reason):
		return "", unknown
	case err != nil:
		return "", err
	case notHex != nil || hash == "": // "^main" is a revision to leave out
		return "", unknown
	}
	return hash, nil
}

// An entry is a file in a tree of git.
type entry struct{ path, blob string }

// list is what lies below the folder in a commit, sorted by path.
func (h *History) list(ctx context.Context, hash string) (entries []entry, skipped []source.Skipped, err error) {
	all := listing{objects: map[string]object{}}
	var paths []string
	err = h.repo.stream(ctx, nil, func(in *bufio.Reader) error {
		s := bufio.NewScanner(in)
		s.Buffer(nil, maxToken)
		s.Split(splitNUL)
		for s.Scan() { // mode, type and name of the content; a tab; the path
			head, path, _ := strings.Cut(s.Text(), "\t")
			fields := strings.Fields(head)
			if len(fields) != 3 {
				return fmt.Errorf("git ls-tree printed %.60q", s.Text())
			}
			all.objects[path] = object{fields[0], fields[2]}
			if !h.leftOut(path) {
				paths = append(paths, path)
			}
		}
		return s.Err()
	}, "ls-tree", "-r", "-z", hash)
	if err == nil {
		err = all.readLinks(ctx, h.repo)
	}
	for _, path := range paths {
		to, reason := all.follow(path)
		if reason != "" {
			skipped = append(skipped, source.Skipped{Path: strings.ToValidUTF8(path, "\uFFFD"), Reason: reason})
			continue
		}
		entries = append(entries, entry{path, all.objects[to].name})
	}
	slices.SortStableFunc(skipped, func(a, b source.Skipped) int { return strings.Compare(a.Path, b.Path) })
	return entries, skipped, err
}

// leftOut reports whether a path or a folder above it is not read.
func (h *History) leftOut(path string) bool {
	for end := 0; end < len(path); end++ {
		if next := strings.IndexByte(path[end:], '/'); next >= 0 {
			end += next
		} else {
			end = len(path)
		}
		if source.Ignored(path[:end]) || h.exclude != nil && h.exclude(path[:end]) {
			return true
		}
	}
	return false
}
