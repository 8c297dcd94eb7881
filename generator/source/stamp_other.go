//go:build !linux

package source

import (
	"io/fs"
	"time"
)

// A stamp is what the file system says of a file: the same stamp means, for a
// file that is not young, the same content.
type stamp struct {
	size, mtime int64 // bytes; nanoseconds
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{size: info.Size(), mtime: info.ModTime().UnixNano()}
}

// changed is when the file was last written to.
func (s stamp) changed() time.Time { return time.Unix(0, s.mtime) }
