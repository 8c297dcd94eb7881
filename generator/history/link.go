package history

import (
	"context"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"minutebook/generator/source"
)

// A listing is everything below the folder in a commit, by path, what is not
// content included: links may lead there.
type listing struct {
	objects map[string]object
	links   map[string]string // where links lead, as it is written
	folders map[string]bool   // and submodules; known where there are links
}

// An object is what a path has in a tree of git.
type object struct{ mode, name string }

// The modes of git that are no file's.
const (
	linkMode      = "120000"
	submoduleMode = "160000"
)

// Limits of links: [os.Root] follows 8 on the way to a file, and systems know no
// longer target.
const (
	mostLinks     = 8
	longestTarget = 4096
)

// readLinks reads where links lead. Without links it does nothing.
func (l *listing) readLinks(ctx context.Context, r *repository) error {
	var paths, names []string
	for path, o := range l.objects {
		if o.mode == linkMode {
			paths, names = append(paths, path), append(names, o.name)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	l.links, l.folders = map[string]string{}, map[string]bool{}
	for p, o := range l.objects {
		if o.mode == submoduleMode {
			l.folders[p] = true
		}
		for dir := path.Dir(p); dir != "." && !l.folders[dir]; dir = path.Dir(dir) {
			l.folders[dir] = true
		}
	}
	return r.objects(ctx, names, func(i int, size int64, content io.Reader) error {
		if content == nil {
			return r.lacks(paths[i])
		}
		if size > longestTarget {
			return nil // leads to "", which is nowhere
		}
		data, err := io.ReadAll(content)
		l.links[paths[i]] = string(data)
		return err
	})
}

// follow is the path of the file that an entry is or leads to, or why it is not
// read.
func (l *listing) follow(path string) (to, reason string) {
	mode := l.objects[path].mode
	switch {
	case !utf8.ValidString(path):
		return "", source.NoName
	case mode == submoduleMode:
		return "", "a submodule, whose files are in another repository"
	case mode == linkMode:
		return l.target(path)
	case !isFile(mode):
		return "", source.NoFile
	}
	return path, ""
}

// target goes where a link leads, element by element, as [os.Root] does: what
// leaves the folder on the way is broken, even where it comes back.
func (l *listing) target(link string) (to, reason string) {
	at, rest, links := ".", strings.Split(link, "/"), 0
	for len(rest) > 0 {
		next := path.Join(at, rest[0])
		rest = rest[1:]
		switch {
		case next == "." || l.folders[next]:
			at = next
		case l.objects[next].mode == linkMode:
			written := l.links[next]
			if links++; links > mostLinks || written == "" || written[0] == '/' {
				return "", source.BrokenLink
			}
			rest = append(strings.Split(written, "/"), rest...)
		case isFile(l.objects[next].mode) && len(rest) == 0:
			return next, ""
		default: // outside of the folder, nothing, or a file with something below it
			return "", source.BrokenLink
		}
	}
	return "", source.FolderLink
}
