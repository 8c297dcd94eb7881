package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Some files beside the documents are read by the names that a workflow or a
// convention gives them, and a pull request can put anything there: a link to a
// device, a pipe that nobody writes to, a file without an end. They are read as
// documents are: regular files only, links only within their folder, and no more
// than some bytes.

// A fileError says why a file is not what it should be.
type fileError string

func (e fileError) Error() string { return string(e) }

// readRegular reads a file of at most some bytes. An error says nothing of where
// on the machine the file is; it is a fileError when the file must be another.
func readRegular(name string, most int64) ([]byte, error) {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return nil, cause(err)
	}
	defer root.Close()
	base := filepath.Base(name)
	info, err := regular(root, base)
	if err != nil {
		return nil, err
	}
	if info == nil {
		return nil, fs.ErrNotExist
	}
	f, err := root.Open(base)
	if err != nil {
		return nil, cause(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, fileError(fmt.Sprintf("it has more than %d MiB", most>>20))
	}
	return data, cause(err)
}

// writeRegular writes a file, one that is there or a new one, under the same
// terms.
func writeRegular(name string, data []byte) error {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return cause(err)
	}
	defer root.Close()
	base := filepath.Base(name)
	if _, err := regular(root, base); err != nil {
		return err
	}
	return cause(root.WriteFile(base, data, 0o644))
}

// regular looks at a file of a folder; nil when there is none.
func regular(root *os.Root, base string) (fs.FileInfo, error) {
	link, err := root.Lstat(base)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, cause(err)
	}
	info, err := root.Stat(base)
	switch {
	case err != nil && link.Mode()&fs.ModeSymlink != 0:
		return nil, fileError("it is a symbolic link that is broken or leaves its folder")
	case err != nil:
		return nil, cause(err)
	case info.IsDir():
		return nil, fileError("it is a folder")
	case !info.Mode().IsRegular():
		return nil, fileError("it is not a regular file")
	}
	return info, nil
}

// cause is why something could not be done with a file, without its path: the
// message has that as the user gave it.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
