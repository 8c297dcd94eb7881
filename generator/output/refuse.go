package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

// The refusals. A wrong folder would lose the files in it, so everything that is not surely an output folder is refused, before
// anything is touched. A symbolic link to a folder is followed, everywhere in the path: the folder it leads to must pass the same
// tests, is the one that is replaced, and the link stays. A link to nothing is refused: it is more likely a mistake than a wish.

// gitNames are files that git keeps in an otherwise empty folder.
var gitNames = []string{".gitignore", ".gitkeep", ".gitattributes"}

// A target is an output folder that is found, but not judged.
type target struct {
	name   string      // as the caller named it; for messages
	path   string      // absolute, without symbolic links
	info   fs.FileInfo // what lies there; nil when nothing does
	parent string
	claims *claims // what an existing folder says is ours
}

// Check reports whether Publish would refuse dir, with a RefusedError, or could not even look at it. Nothing is written, and no lock is
// taken.
func Check(dir string, o Options) error {
	_, err := inspect(dir, o)
	return err
}

// inspect finds dir and makes sure that it may be published to.
func inspect(dir string, o Options) (target, error) {
	t, err := locate(dir)
	if err != nil {
		return t, err
	}
	if reason := t.misplaced(o.Protected); reason != "" {
		return t, t.refuse(reason)
	}
	if t.info == nil {
		return t, nil
	}
	err = t.judge()
	return t, err
}

func (t *target) refuse(reason string) error {
	return &RefusedError{Dir: t.name, Reason: reason}
}

// locate follows the symbolic links of dir as far as it exists.
func locate(dir string) (target, error) {
	t := target{name: dir}
	if dir == "" {
		return t, t.refuse("no folder is named")
	}
	path, err := filepath.Abs(dir)
	if err != nil {
		return t, fmt.Errorf("publish to %s: %w", dir, err)
	}
	t.path, err = resolve(path)
	switch {
	case errors.Is(err, errDangling):
		return t, t.refuse("it is, or lies behind, a symbolic link to nothing")
	case errors.Is(err, syscall.ENOTDIR):
		return t, t.refuse("a file is in the way")
	case err != nil:
		return t, fmt.Errorf("publish to %s: %w", dir, cause(err))
	}
	t.parent = filepath.Dir(t.path)
	t.info, err = os.Lstat(t.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return t, fmt.Errorf("publish to %s: %w", dir, cause(err))
	}
	return t, nil
}

var errDangling = errors.New("symbolic link to nothing")

// resolve is filepath.EvalSymlinks for a path whose end need not exist.
func resolve(path string) (string, error) {
	resolved, err := filepath.EvalSymlinks(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return resolved, err
	}
	if info, err := os.Lstat(path); err == nil {
		if info.Mode()&fs.ModeSymlink != 0 {
			return "", errDangling
		}
		return resolve(path) // it was made between the two looks
	}
	parent, err := resolve(filepath.Dir(path))
	return filepath.Join(parent, filepath.Base(path)), err
}

// misplaced says what is wrong with the place of the folder, whatever is in it.
func (t *target) misplaced(protected []string) string {
	if t.parent == t.path {
		return "it is the root of the file system"
	}
	if home, err := os.UserHomeDir(); err == nil && filepath.IsAbs(home) && t.covers(home) {
		return "it is the home folder, or a folder above it"
	}
	if t.covers(".") {
		return "it is the working folder, or a folder above it"
	}
	for _, source := range protected {
		if t.covers(source) {
			return fmt.Sprintf("it is %s, or a folder above it, where sources are read from", source)
		}
	}
	return ""
}

// covers reports whether the folder is other, or above it: by name, and as a file for systems where names differ in case.
func (t *target) covers(other string) bool {
	path, err := filepath.Abs(other)
	if err != nil {
		return true // the safe answer
	}
	if resolved, err := resolve(path); err == nil && t.above(resolved) {
		return true
	}
	return t.above(path)
}

func (t *target) above(path string) bool {
	for {
		if path == t.path {
			return true
		}
		if info, err := os.Lstat(path); err == nil && t.info != nil && os.SameFile(info, t.info) {
			return true
		}
		parent := filepath.Dir(path)
		if parent == path {
			return false
		}
		path = parent
	}
}

// judge refuses an existing folder that Minutebook did not make, unless it is empty but for git's own files.
func (t *target) judge() error {
	if !t.info.IsDir() {
		return t.refuse("it is not a folder")
	}
	entries, err := os.ReadDir(t.path)
	if err != nil {
		return fmt.Errorf("publish to %s: %w", t.name, cause(err))
	}
	empty := true
	for _, e := range entries {
		if e.Name() == ".git" {
			return t.refuse("it is the root of a git repository")
		}
		empty = empty && (slices.Contains(gitNames, e.Name()) || slices.Contains(ownNames, e.Name()))
	}
	return t.ask(empty)
}

// ask reads whether Minutebook made the folder. It refuses one whose manifest is missing, unless it is empty, or cannot be believed.
func (t *target) ask(empty bool) error {
	out, err := os.OpenRoot(t.path)
	if err != nil {
		return fmt.Errorf("publish to %s: %w", t.name, cause(err))
	}
	defer out.Close()
	t.claims, err = readClaims(out)
	if bad, ok := errors.AsType[*badManifest](err); ok {
		return t.refuse(fmt.Sprintf("its %v; remove the folder if Minutebook made it", bad))
	}
	if err != nil {
		return fmt.Errorf("publish to %s: %w", t.name, cause(err))
	}
	if !empty && !t.claims.made() {
		return t.refuse("it is not empty, and Minutebook did not make it")
	}
	return nil
}
