// Package output holds the files of a build, and brings them to disk.
//
// A tour, from the values to the world:
//
//   - [File] is one file of the site, [Snapshot] all files of one build: immutable, sorted, an [fs.FS]. What is previewed is a
//     snapshot, and what is published is a snapshot, so the two cannot differ (snapshot.go, fs.go). A file holds its content,
//     streams it, or makes it when it is needed, so that no site need ever be in memory as a whole.
//   - [Check] says whether a folder may be an output folder at all (refuse.go).
//   - [Publish] makes the folder hold the snapshot (publish.go): it takes a lock (lock.go), looks at what lies in the folder
//     (inventory.go, plan.go), writes the files that differ to a new tree beside the old one, links those that are equal
//     (stage.go, compare.go), and exchanges the two (replace.go).
//
// # When content is made
//
// Each file is made once, by the worker that compares it with the disk and writes it at once when it differs; then its content is
// dropped, and only size and sum are kept, for the manifest. The stage is made when the first file differs: a publish that changes
// nothing has written nothing. Content is made again only where the first effort was in vain: the exchange of the folders failed, a
// second name cannot be given to an equal file, or another publisher came first.
//
// # What publishing promises
//
// Where the system can exchange two folders (Linux, macOS) a reader finds the complete old site or the complete new one,
// also when the publisher is killed at any moment. Nothing is ever written through an existing file, link or folder: a file is
// either a new one or a second name (hard link) of one whose content was just compared.
//
// Files in the folder that the manifest does not list are foreign (CNAME, .gitignore, .well-known): they are carried over,
// symbolic links as links, and looked at again around the exchange so that one that appears meanwhile survives. A site that wants
// the path of a foreign file with other content is refused: neither is lost. With the same content the file becomes the site's.
// A carried folder keeps its permission bits, with access for its owner added.
//
// The exchange gives the path a new folder: a process that holds the old one open, or works in it, keeps a folder that is about to be
// deleted, and should look the path up again.
//
// # Where folders cannot be exchanged
//
// When the output is a mount point, its parent may not be written to, something in it cannot be carried, or the system
// has no exchange, the files are renamed into the existing folder one by one (inplace.go). This is not atomic for readers. All
// content is written to a folder inside the output first, so that a full disk leaves the old site whole; then a journal
// lists what is about to be there, and the next publish finishes what a killed one began.
//
// # Beside and inside
//
// For an output folder NAME these names are ours: .NAME.minutebook-lock and .NAME.minutebook-stage beside it, and inside it
// .minutebook-manifest and, while files are renamed in place, .minutebook-journal, .minutebook-lock and .minutebook-stage. All but
// the manifest are gone after a publish that ended; those of a killed one are removed by the next. Publishing guards against
// killed processes, not against power loss: it leaves it to the file system when data reaches the disk.
package output

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// Modes of everything published, whatever the umask.
const (
	fileMode   fs.FileMode = 0o644
	folderMode fs.FileMode = 0o755
)

// A File is one file of the site. Once in a Snapshot neither it nor its Data may be changed.
type File struct {
	// Path is the slash-separated path in the site, as fs.ValidPath wants it.
	Path string
	// Data is the content, or nil when Open or Make is set.
	Data []byte
	// Open streams a large attachment from its source; nil otherwise. It may be called many times and from several goroutines.
	Open func() (io.ReadCloser, error)
	// Make appends the content of a page when it is needed, in place of Data and Open; nil otherwise. It is a pure function: each call
	// gives the same bytes. It may be called many times and from several goroutines.
	Make func(to *bytes.Buffer) error
	// Stream writes the content that Make makes piece by piece, so that a publish need not hold a large file; nil otherwise. It ends with
	// the first error of w, and may be called as Make may.
	Stream func(w io.Writer) error
	// Size is the length of the content in bytes; NewSnapshot sets it for Data files. That of Make files is not known before.
	Size int64
	// Sum is the SHA-256 of the content; zero is computed by NewSnapshot for Data files. That of Make files is not known before.
	Sum [sha256.Size]byte
}

// validate reports what keeps f out of a snapshot.
func (f *File) validate() error {
	switch {
	case !validPath(f.Path):
		return fmt.Errorf("output: %q is not a path of a site", f.Path)
	case f.Path[0] == ownPrefix[0] && strings.HasPrefix(strings.ToLower(f.Path), ownPrefix):
		return fmt.Errorf("output: %s: names that begin with %s are reserved", f.Path, ownPrefix)
	case f.Data != nil && (f.Open != nil || f.Make != nil):
		return fmt.Errorf("output: %s: has both content and a source", f.Path)
	case f.Open != nil && f.Make != nil:
		return fmt.Errorf("output: %s: has two sources", f.Path)
	case f.Stream != nil && f.Make == nil:
		return fmt.Errorf("output: %s: can be streamed but not made", f.Path)
	case f.Make != nil && (f.Size != 0 || f.Sum != [sha256.Size]byte{}):
		return fmt.Errorf("output: %s: has a size or sum before it is made", f.Path)
	case f.Open != nil && (f.Size < 0 || f.Sum == [sha256.Size]byte{}):
		return fmt.Errorf("output: %s: has a source but no size and sum", f.Path)
	}
	return nil
}

// made is a File whose size and sum are known: f itself, or f with its content made, which is in the buffer then. The error of Make is
// wrapped as it is, unlike those of package os (see cause), so that the caller finds it.
func (f *File) made(in *bytes.Buffer) (File, error) {
	if f.Make == nil {
		return *f, nil
	}
	in.Reset()
	if err := f.Make(in); err != nil {
		return File{}, fmt.Errorf("its content cannot be made: %w", err)
	}
	data := in.Bytes()
	return File{Path: f.Path, Data: data, Size: int64(len(data)), Sum: sha256.Sum256(data)}, nil
}

// validPath reports whether path can name a file inside a folder. A NUL byte is valid for package fs, but for no system.
func validPath(path string) bool {
	return path != "." && fs.ValidPath(path) && !strings.Contains(path, "\x00")
}

// A Delta is the difference between two snapshots: paths, each list sorted.
type Delta struct {
	Added, Changed, Removed []string
}

// A Report counts what Publish did, in files of the site.
type Report struct {
	Written   int // new, or with new content
	Unchanged int // on disk already
	Removed   int // of the earlier site, and not of this one
}

// A LockedError says that another process is publishing to the same folder.
type LockedError struct {
	Dir string // the output folder, as the caller named it
	PID int    // the process that holds the lock; 0 when it is not known
}

func (e *LockedError) Error() string {
	if e.PID == 0 {
		return fmt.Sprintf("another process is publishing to %s", e.Dir)
	}
	return fmt.Sprintf("process %d is publishing to %s", e.PID, e.Dir)
}

// A RefusedError says that a folder may not be published to, or that a file in it would be lost: wrong use, not a fault of the world.
// Nothing was changed.
type RefusedError struct {
	Dir    string // the output folder, as the caller named it
	Reason string // what is wrong with it; continues "refusing to publish to DIR: "
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("refusing to publish to %s: %s", e.Dir, e.Reason)
}

// cause strips the path and the operation that package os adds, for messages that name the published path instead.
func cause(err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		return e.Err
	case *os.LinkError:
		return e.Err
	}
	return err
}
