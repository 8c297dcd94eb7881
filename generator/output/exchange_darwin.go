package output

import "golang.org/x/sys/unix"

// canExchange says that the system can, though not every file system.
const canExchange = true

// exchange swaps two folders of one file system, in one step.
func exchange(a, b string) error { return unix.RenamexNp(a, b, unix.RENAME_SWAP) }
