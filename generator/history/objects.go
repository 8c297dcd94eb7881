package history

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"minutebook/generator/source"
)

// objects reads the contents that names stand for, with one run of git cat-file
// --batch, and gives each to take in the order of the names, one at a time. The
// content is nil where there is no such object or it is no file. No name may
// hold a line break. An error of take ends the reading.
func (r *repository) objects(ctx context.Context, names []string, take func(i int, size int64, content io.Reader) error) error {
	if len(names) == 0 {
		return nil
	}
	in := strings.NewReader(strings.Join(names, "\n") + "\n")
	return r.stream(ctx, in, func(out *bufio.Reader) error {
		for i := range names {
			if err := readObject(out, func(size int64, content io.Reader) error { return take(i, size, content) }); err != nil {
				return err
			}
		}
		return nil
	}, "cat-file", "--batch")
}

// readObject reads one object: a line with its name, type and size, the content, and
// a line break.
func readObject(out *bufio.Reader, take func(size int64, content io.Reader) error) error {
	head, err := out.ReadString('\n')
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	fields := strings.Fields(head)
	if len(fields) == 0 || fields[len(fields)-1] == "missing" || fields[len(fields)-1] == "ambiguous" {
		return take(0, nil)
	}
	size, err := strconv.ParseInt(fields[len(fields)-1], 10, 64)
	if err != nil || len(fields) != 3 {
		return fmt.Errorf("git cat-file printed %.60q", head)
	}
	content := io.LimitedReader{R: out, N: size}
	if fields[1] == "blob" {
		err = take(size, &content)
	} else {
		err = take(0, nil)
	}
	if err != nil {
		return err
	}
	if _, err := io.CopyN(io.Discard, out, content.N+1); err != nil {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// readFile makes a file of a content, within the limits by which
// [source.Reader] reads one from a folder. A large file that is neither Markdown
// nor YAML has its size and sum, but no content.
func readFile(path string, size int64, content io.Reader) (*source.File, error) {
	if size <= source.StreamAbove || source.IsMarkdown(path) || source.IsYAML(path) {
		data := make([]byte, min(size, source.HardLimit))
		if _, err := io.ReadFull(content, data); err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		return source.NewFile(path, data), nil
	}
	sum := sha256.New()
	if n, err := io.Copy(sum, content); err != nil || n != size {
		return nil, io.ErrUnexpectedEOF
	}
	return &source.File{Path: path, Size: size, Sum: source.Sum(sum.Sum(nil))}, nil
}

// maxIgnored is how much of a file of ignored commits is read, in bytes.
const maxIgnored = 1 << 20

// ignoredCommits are the hashes of the commits that do not count as changes. The
// files that list them are read from HEAD: what git blame would read from the
// disk could lie anywhere on it.
func (r *repository) ignoredCommits(ctx context.Context) (map[string]bool, error) {
	var names []string
	for _, file := range r.ignore {
		if !path.IsAbs(file) && !strings.HasPrefix(file, "..") && !strings.Contains(file, "\n") {
			names = append(names, "HEAD:"+file)
		}
	}
	ignored := map[string]bool{}
	err := r.objects(ctx, names, func(_ int, _ int64, content io.Reader) error {
		if content == nil {
			return nil
		}
		data, err := io.ReadAll(io.LimitReader(content, maxIgnored))
		for line := range strings.Lines(string(data)) {
			hash, _, _ := strings.Cut(line, "#")
			ignored[strings.ToLower(strings.TrimSpace(hash))] = true
		}
		return err
	})
	return ignored, err
}
