package source

import (
	"io/fs"
	"syscall"
	"time"
)

// A stamp is what the file system says of a file: the same stamp means, for a
// file that is not young, the same content.
type stamp struct {
	size, mtime, ctime int64 // bytes; nanoseconds
	inode              uint64
}

func stampOf(info fs.FileInfo) stamp {
	s := stamp{size: info.Size(), mtime: info.ModTime().UnixNano()}
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		s.ctime, s.inode = sys.Ctim.Nano(), sys.Ino
	}
	return s
}

// changed is when the file was last written to or had its times set, whichever
// is later: a time that was set back hides nothing.
func (s stamp) changed() time.Time { return time.Unix(0, max(s.mtime, s.ctime)) }
