//go:build !linux

package source

import "io/fs"

// A stamp is what the file system says of a file: the same stamp means, for a
// file that is not young, the same content.
type stamp struct {
	size, mtime int64 // bytes; nanoseconds
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{size: info.Size(), mtime: info.ModTime().UnixNano()}
}
