package output

import (
	"bytes"
	"crypto/sha256"
	"io"
	"io/fs"
	"os"
	"runtime"
	"sync"
)

// equal reports whether the file on disk has the content of f. It describes that file, or is nil when it must be written again, for
// its content or for its mode. A file that cannot be read is not equal: it is replaced, or refused.
func (p *publisher) equal(f *File) (info fs.FileInfo, equal bool) {
	disk, err := p.out.Open(f.Path)
	if err != nil {
		return nil, false
	}
	defer disk.Close()
	info, err = disk.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() != f.Size || !equalContent(disk, f) {
		return nil, false
	}
	if !rightMode(info, fileMode) {
		return nil, true
	}
	return info, true
}

// buffers are for reading files while they are compared or copied.
var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// equalContent reads disk, which has the size of f.
func equalContent(disk *os.File, f *File) bool {
	buffer := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buffer)
	if f.Data == nil { // a stream, or made earlier; or empty
		hash := sha256.New()
		_, err := io.CopyBuffer(hash, onlyReader{disk}, buffer[:])
		return err == nil && bytes.Equal(hash.Sum(nil), f.Sum[:])
	}
	for rest := f.Data; len(rest) > 0; {
		n, err := io.ReadFull(disk, buffer[:min(len(rest), len(buffer))])
		if err != nil || !bytes.Equal(buffer[:n], rest[:n]) {
			return false
		}
		rest = rest[n:]
	}
	return true
}

// onlyReader hides the other methods of a file, which would not use the buffer of io.CopyBuffer.
type onlyReader struct{ io.Reader }

// hasMode reports whether d has the permissions of what we publish.
func hasMode(d fs.DirEntry, mode fs.FileMode) bool {
	if d == nil {
		return false
	}
	info, err := d.Info()
	return err == nil && rightMode(info, mode)
}

// rightMode compares permissions, where the system has them.
func rightMode(info fs.FileInfo, mode fs.FileMode) bool {
	return runtime.GOOS == "windows" || info.Mode().Perm() == mode
}
