package output

import "golang.org/x/sys/unix"

// mountPoint reports whether a folder is known to be one. A folder of the same file system can be one too. Kernels before 5.8 do not tell.
func mountPoint(path string) bool {
	var stat unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, path, unix.AT_SYMLINK_NOFOLLOW|unix.AT_NO_AUTOMOUNT, 0, &stat)
	return err == nil && stat.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0
}
