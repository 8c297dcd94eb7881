package output

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
)

// This file publishes what is streamed. Such a file is compared with the disk and written without ever being in memory; it is streamed
// once when it is new or equal, and where it differs a second time, the first ending at the first difference.

// bringStream is bring for a file with Stream. It sets the size and sum of f.
func (st *stage) bringStream(ctx context.Context, pl *plan, f *File) (fs.FileInfo, error) {
	if pl.expects(f.Path) {
		info, equal, err := st.equalStream(ctx, f)
		switch {
		case err != nil:
			return nil, st.failed("write", f.Path, err)
		case info != nil:
			return info, nil
		case !equal && pl.met[f.Path]:
			return nil, st.inTheWay(f.Path)
		}
	}
	if err := st.begin(); err != nil {
		return nil, err
	}
	return nil, st.write(ctx, f)
}

// equalStream is equal for a file with Stream. The error is that of the stream.
func (p *publisher) equalStream(ctx context.Context, f *File) (info fs.FileInfo, equal bool, err error) {
	disk, err := p.out.Open(f.Path)
	if err != nil {
		return nil, false, nil
	}
	defer disk.Close()
	info, err = disk.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, false, nil
	}
	buffer := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buffer)
	err = f.streamTo(ctx, &comparer{disk: disk, buffer: buffer[:]})
	switch {
	case errors.Is(err, errDiffers):
		return nil, false, nil
	case err != nil:
		return nil, false, err
	case f.Size != info.Size():
		return nil, false, nil
	case !rightMode(info, fileMode):
		return nil, true, nil
	}
	return info, true, nil
}

// streamTo streams f, and sets its size and sum.
func (f *File) streamTo(ctx context.Context, w io.Writer) error {
	m := meter{ctx: ctx, to: w, sum: sha256.New()}
	err := f.Stream(&m)
	if err == nil {
		err = m.err // a stream that does not end with it
	}
	if err != nil {
		return err
	}
	f.Size, f.Sum = m.size, [sha256.Size]byte(m.sum.Sum(nil))
	return nil
}

// A meter tells the size and the sum of what is written, and stops when its context is done.
type meter struct {
	ctx  context.Context
	to   io.Writer
	sum  hash.Hash
	size int64 // in bytes
	err  error // the first
}

func (m *meter) Write(b []byte) (n int, err error) {
	if m.err == nil {
		m.err = m.ctx.Err()
	}
	if m.err != nil {
		return 0, m.err
	}
	n, m.err = m.to.Write(b)
	m.sum.Write(b[:n])
	m.size += int64(n)
	return n, m.err
}

var errDiffers = errors.New("the file on disk is another")

// A comparer takes what a file on disk has next, and nothing else.
type comparer struct {
	disk   *os.File
	buffer []byte
}

func (c *comparer) Write(b []byte) (n int, err error) {
	for n < len(b) {
		part := c.buffer[:min(len(b)-n, len(c.buffer))]
		if _, err := io.ReadFull(c.disk, part); err != nil || string(part) != string(b[n:n+len(part)]) {
			return n, errDiffers
		}
		n += len(part)
	}
	return n, nil
}
