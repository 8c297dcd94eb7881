//go:build unix

package output

import (
	"io/fs"
	"syscall"
)

// device tells file systems apart.
func device(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Dev)
	}
	return 0
}
