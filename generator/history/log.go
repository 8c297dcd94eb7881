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
	parents int       // how many commits it comes from; more than one for a merge
	ignored bool      // does not count as a change
}

// A change is what a commit did to one file.
type change struct {
	status byte     // A added, M changed, D deleted, R renamed, J joined: a merge made it of what stood in several
	path   string   // from the folder that is read
	old    string   // the path before, when renamed
	blob   string   // the name of the content, "" when deleted
	before []string // the names of the contents before; of a merge those that it did not take
	same   bool     // the content did not change
}

// maxToken is the longest path or e-mail address that is read, in bytes.
const maxToken = 1 << 20

// log reads the commits that changed something below the folder, from the newest
// to the oldest, no commit before one that comes from it.
//
// The format: NUL-terminated hash, hashes of the parents, author date and e-mail
// address, then for each changed file a line of git diff --raw and its paths. A
// merge comes once for each parent that it differs from (-m), with what is
// different.
func (r *repository) log(ctx context.Context, each func(*commit, []change)) error {
	renames := "-M"
	if r.partial { // what is 50 % alike is told by the contents
		renames = "-M100%"
	}
	return r.stream(ctx, nil, func(in *bufio.Reader) error {
		l := newLogReader(in)
		return l.all(each)
	}, "log", "-z", "--raw", "--no-abbrev", renames, "-m", "-O/dev/null", "--full-history", "--date-order", "--relative",
		"--no-ext-diff", "--no-textconv", "--no-color", "--no-mailmap", "--no-notes", "--encoding=UTF-8", "--format=tformat:%H%x00%P%x00%aI%x00%ae", "--", ".")
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
	authors map[string]int // numbers by e-mail address, gone after reading
	n       int            // commits
	ahead   bool           // the current token begins the next commit
	merge   merge          // that is being read
}

func newLogReader(in io.Reader) *logReader {
	l := &logReader{Scanner: bufio.NewScanner(in), authors: map[string]int{}}
	l.Buffer(nil, maxToken)
	l.Split(splitNUL)
	return l
}

// all reads the whole log.
func (l *logReader) all(each func(*commit, []change)) error {
	for l.Scan() {
		c, changes, err := l.commit()
		if err != nil {
			return err
		}
		if l.merge.commit != nil && (c.parents < 2 || l.merge.commit.hash != c.hash) {
			l.merge.end(each)
		}
		if c.parents < 2 {
			each(c, changes)
		} else {
			l.merge.add(c, changes)
		}
	}
	if l.merge.commit != nil {
		l.merge.end(each)
	}
	return l.Err()
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
	parents, err := l.next()
	if err != nil {
		return nil, nil, err
	}
	c.parents = len(strings.Fields(parents))
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
// submodule) is none.
func (l *logReader) change(raw string) (c change, ok bool, err error) {
	fields := strings.Fields(strings.TrimPrefix(raw, ":"))
	if len(fields) != 5 {
		return change{}, false, fmt.Errorf("git log printed %.60q instead of a change", raw)
	}
	before, after := fields[2], fields[3]
	if c.path, err = l.next(); err != nil {
		return change{}, false, err
	}
	if c.status = fields[4][0]; c.status == 'R' || c.status == 'C' {
		c.old = c.path
		if c.path, err = l.next(); err != nil {
			return change{}, false, err
		}
	}
	c.blob, c.before, c.same = after, []string{before}, before == after
	return c.ofFile(fields[0], fields[1])
}

// ofFile is c as far as it is about files: one that becomes a link is deleted,
// one that was a link is added.
func (c change) ofFile(from, to string) (change, bool, error) {
	switch was, is := isFile(from), isFile(to); {
	case !was && !is:
		return c, false, nil
	case !is, c.status == 'D':
		c.status, c.blob = 'D', ""
	case !was, c.status == 'A', c.status == 'C':
		c.status, c.before, c.same = 'A', nil, false
	case c.status == 'T':
		c.status = 'M'
	}
	return c, strings.IndexByte("AMDR", c.status) >= 0, nil
}

// isFile reports whether a mode of git is that of a file.
func isFile(mode string) bool { return strings.HasPrefix(mode, "100") }
