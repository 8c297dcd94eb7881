//go:build !linux

package output

// mountPoint reports whether a folder is known to be one; this system does not tell.
func mountPoint(string) bool { return false }
