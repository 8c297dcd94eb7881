package history

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
)

// A commit is one entry of the log.
type commit struct {
	hash    string
	time    time.Time // the author's, zero when git cannot tell
	author  int       // the same number for the same e-mail address
	index   int       // 0 for the newest, growing
	ignored bool      // does not count as a change
}

// A change is what a commit did to one file.
type change struct {
	status byte   // A added, M changed, D deleted, R renamed
	path   string // from the folder that is read
	old    string // the path before, when renamed
	blob   string // the name of the content, "" when deleted
	same   bool   // the content did not change
}

// maxToken is the longest path or e-mail address that is read, in bytes.
const maxToken = 1 << 20

// log reads the commits that changed something below the folder, from the newest
// to the oldest, no commit before one that comes from it.
//
// The format: NUL-terminated hash, author date and e-mail address, then for each
// changed file a line of git diff --raw and its paths. Of merges it has only
// what differs from all parents (-c).
func (r *repository) log(ctx context.Context, each func(*commit, []change)) error {
	renames := "-M"
	if r.partial { // what is 50 % alike is told by the contents
		renames = "-M100%"
	}
	return r.stream(ctx, nil, func(in *bufio.Reader) error {
		l := logReader{Scanner: bufio.NewScanner(in), prefix: r.prefix, authors: map[string]int{}}
		l.Buffer(nil, maxToken)
		l.Split(splitNUL)
		for l.Scan() {
			c, changes, err := l.commit()
			if err != nil {
				return err
			}
			each(c, changes)
		}
		return l.Err()
	}, "log", "-z", "--raw", "--no-abbrev", renames, "-c", "-O/dev/null", "--full-history", "--date-order", "--relative",
		"--no-ext-diff", "--no-textconv", "--no-color", "--no-mailmap", "--no-notes", "--encoding=UTF-8", "--format=tformat:%H%x00%aI%x00%ae", "--", ".")
}

func splitNUL(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, io.ErrUnexpectedEOF
	}
	return 0, nil, nil
}

// A logReader reads the tokens of a log. Its current token is the first that is
// not used yet.
type logReader struct {
	*bufio.Scanner
	prefix  string
	authors map[string]int // numbers by e-mail address, gone after reading
	n       int            // commits
	ahead   bool           // the current token begins the next commit
}

// Scan goes to the next token unless that was done already.
func (l *logReader) Scan() bool {
	if l.ahead {
		l.ahead = false
		return true
	}
	return l.Scanner.Scan()
}

// next is the next token; it is an error that there is none.
func (l *logReader) next() (string, error) {
	if l.Scan() {
		return l.Text(), nil
	}
	if err := l.Err(); err != nil {
		return "", err
	}
	return "", io.ErrUnexpectedEOF
}

// commit reads a commit, whose hash is the current token.
func (l *logReader) commit() (*commit, []change, error) {
	c := &commit{hash: l.Text(), index: l.n}
	l.n++
	if _, err := hex.DecodeString(c.hash); err != nil || c.hash == "" {
		return nil, nil, fmt.Errorf("git log printed %.60q instead of a commit", c.hash)
	}
	date, err := l.next()
	if err != nil {
		return nil, nil, err
	}
	if t, err := time.Parse(time.RFC3339, date); err == nil {
		c.time = t
	}
	mail, err := l.next()
	if err != nil {
		return nil, nil, err
	}
	c.author = l.authorNumber(mail)
	changes, err := l.changes()
	return c, changes, err
}

func (l *logReader) authorNumber(mail string) int {
	mail = strings.ToLower(mail)
	n, ok := l.authors[mail]
	if !ok {
		n = len(l.authors)
		l.authors[mail] = n
	}
	return n
}

// changes reads what follows a commit's head, up to the next commit.
func (l *logReader) changes() ([]change, error) {
	var all []change
	for l.Scan() {
		token := strings.TrimPrefix(l.Text(), "\n")
		switch {
		case token == "":
		case token[0] != ':':
			l.ahead = true
			return all, nil
		default:
			c, ok, err := l.change(token)
			if err != nil {
				return nil, err
			}
			if ok {
				all = append(all, c)
			}
		}
	}
	return all, l.Err()
}

// change reads a raw line and its paths. A change that is of no file (a link, a
// submodule) or that a merge took over from a parent is none.
func (l *logReader) change(raw string) (c change, ok bool, err error) {
	line := strings.TrimLeft(raw, ":")
	parents := len(raw) - len(line)
	fields := strings.Fields(line)
	if len(fields) != 2*(parents+1)+1 {
		return change{}, false, fmt.Errorf("git log printed %.60q instead of a change", raw)
	}
	from, to := fields[0], fields[parents]
	before, after, status := fields[parents+1], fields[2*parents+1], fields[2*parents+2]
	if c.path, err = l.next(); err != nil {
		return change{}, false, err
	}
	if parents > 1 {
		var below bool
		c.path, below = strings.CutPrefix(c.path, l.prefix) // --relative does not reach merges
		c.status, c.blob = 'A', after
		return c, below && isFile(to) && strings.Trim(status, "A") == "", nil
	}
	if c.status = status[0]; c.status == 'R' || c.status == 'C' {
		c.old = c.path
		if c.path, err = l.next(); err != nil {
			return change{}, false, err
		}
	}
	c.blob, c.same = after, before == after
	return c.ofFile(from, to)
}

// ofFile is c as far as it is about files: one that becomes a link is deleted,
// one that was a link is added.
func (c change) ofFile(from, to string) (change, bool, error) {
	switch was, is := isFile(from), isFile(to); {
	case !was && !is:
		return c, false, nil
	case !is, c.status == 'D':
		c.status, c.blob = 'D', ""
	case !was, c.status == 'C':
		c.status, c.same = 'A', false
	case c.status == 'T':
		c.status = 'M'
	}
	return c, strings.IndexByte("AMDR", c.status) >= 0, nil
}

// isFile reports whether a mode of git is that of a file.
func isFile(mode string) bool { return strings.HasPrefix(mode, "100") }
