package output

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"
)

// pause is the time between two tries to take a lock.
const pause = 50 * time.Millisecond

// A fileLock is a locked file. The lock ends with the process, however that ends; a file that stays behind is free to be taken.
type fileLock struct {
	file *os.File
}

// errHeld says that another process holds the lock.
var errHeld = errors.New("held by another process")

// lock takes the lock with a name relative to the output folder, and waits for it as long as the options allow. The error is a
// LockedError, that of ctx, or the world's.
func (p *publisher) lock(ctx context.Context, name string) (*fileLock, error) {
	patience := time.NewTimer(p.options.Wait)
	defer patience.Stop()
	for told := false; ; told = true {
		l, pid, err := tryLock(p.abs(name))
		if err == nil {
			return l, nil
		}
		if !errors.Is(err, errHeld) {
			return nil, p.failed("lock", name, err)
		}
		locked := &LockedError{Dir: p.name, PID: pid}
		if p.options.Wait <= 0 {
			return nil, locked
		}
		if !told && p.options.Notify != nil {
			p.options.Notify(fmt.Sprintf("%v; waiting up to %v", locked, p.options.Wait))
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-patience.C:
			return nil, locked
		case <-time.After(pause):
		}
	}
}

// tryLock takes the lock at path if it is free. Otherwise the error is errHeld, and pid the holder's, or 0.
func tryLock(path string) (l *fileLock, pid int, err error) {
	for {
		file, err := openLock(path)
		if err != nil {
			return nil, 0, err
		}
		if err := lockFile(file); err != nil {
			pid := readPID(file)
			file.Close()
			return nil, pid, err
		}
		ours, err := isAt(file, path)
		if err == nil && ours {
			writePID(file)
			return &fileLock{file: file}, 0, nil
		}
		file.Close()
		if err != nil {
			return nil, 0, err
		}
		// The holder that we followed removed the file when it was done: what we locked is not the lock any more.
	}
}

// isAt reports whether file is what lies at path: a regular file, and not one that was removed.
func isAt(file *os.File, path string) (bool, error) {
	opened, err := file.Stat()
	if err != nil {
		return false, err
	}
	if !opened.Mode().IsRegular() {
		return false, errors.New("is not a regular file")
	}
	there, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(opened, there), err
}

// release removes the file and then the lock, in this order: who takes the lock of a removed file notices.
func (l *fileLock) release() {
	os.Remove(l.file.Name()) // fails on Windows, where the file stays
	l.file.Close()
}

// writePID tells others who holds the lock. They can do without: a full disk is no reason not to look whether there is work.
func writePID(file *os.File) {
	if file.Truncate(0) == nil {
		file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
}

// readPID is the number in the file; 0 when there is none (yet).
func readPID(file *os.File) int {
	data, _ := io.ReadAll(io.NewSectionReader(file, 0, 32))
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		return 0
	}
	return pid
}
