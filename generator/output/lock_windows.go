package output

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// openLock opens or makes the file at path.
func openLock(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE, fileMode)
}

// lockFile locks a file if it is free; else the error is errHeld. The byte that is locked lies far behind the holder's number, which
// others may so read.
func lockFile(file *os.File) error {
	where := &windows.Overlapped{OffsetHigh: 1}
	err := windows.LockFileEx(windows.Handle(file.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, where)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errHeld
	}
	return err
}
