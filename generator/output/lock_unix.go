//go:build unix

package output

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// openLock opens or makes the file at path. It follows no link, and does not wait for a pipe. A file that another user left behind can be
// locked, though not written to.
func openLock(path string) (*os.File, error) {
	const careful = unix.O_NOFOLLOW | unix.O_NONBLOCK
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|careful, fileMode)
	if !errors.Is(err, fs.ErrPermission) {
		return file, err
	}
	if theirs, openErr := os.OpenFile(path, os.O_RDONLY|careful, 0); openErr == nil {
		return theirs, nil
	}
	return nil, err
}

// lockFile locks a file if it is free; else the error is errHeld.
func lockFile(file *os.File) error {
	err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	for errors.Is(err, unix.EINTR) {
		err = unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	}
	if errors.Is(err, unix.EWOULDBLOCK) {
		return errHeld
	}
	return err
}
