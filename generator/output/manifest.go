package output

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Names in the root of an output folder that are ours, and never the site's.
const (
	ownPrefix    = ".minutebook-"
	manifestName = ownPrefix + "manifest" // what was published; stays
	journalName  = ownPrefix + "journal"  // what is being renamed in place
	lockName     = ownPrefix + "lock"     // held while files are renamed in place
	stageName    = ownPrefix + "stage"    // content of files that will be renamed in place
)

// ownNames are the names that the walk of an output folder passes over.
var ownNames = []string{manifestName, journalName, lockName, stageName}

const manifestVersion = 1

// A manifest says which files in an output folder are ours. It is JSON with one file a line, sorted by path, and the same bytes for
// the same site. The journal has the same form.
type manifest struct {
	Version int            `json:"version"`
	Files   []manifestFile `json:"files"`
}

type manifestFile struct {
	Path string `json:"path"`
	Sum  string `json:"sha256"` // hexadecimal; for people and for tools that upload a site
	Size int64  `json:"size"`   // in bytes
}

// manifestOf lists files, whose sizes and sums are known.
func manifestOf(files []File) *manifest {
	m := &manifest{Version: manifestVersion, Files: make([]manifestFile, len(files))}
	for i := range files {
		f := &files[i]
		m.Files[i] = manifestFile{Path: f.Path, Sum: hex.EncodeToString(f.Sum[:]), Size: f.Size}
	}
	return m
}

// union lists the files of m, and those of c that m does not list.
func (m *manifest) union(c *claims) *manifest {
	u := &manifest{Version: manifestVersion, Files: slices.Clone(m.Files)}
	listed := make(map[string]bool, len(m.Files))
	for _, f := range m.Files {
		listed[f.Path] = true
	}
	for path := range c.files {
		if !listed[path] {
			u.Files = append(u.Files, manifestFile{Path: path})
		}
	}
	slices.SortFunc(u.Files, func(a, b manifestFile) int { return strings.Compare(a.Path, b.Path) })
	return u
}

// encode is the file's content.
func (m *manifest) encode() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"version":%d,"files":[`, m.Version)
	for i, f := range m.Files {
		line, err := json.Marshal(f)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(line)
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), nil
}

// decodeManifest reads what encode wrote. A manifest that lists anything but paths below its folder is damaged as a whole: nothing
// in it is believed.
func decodeManifest(data []byte) (*manifest, error) {
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("is damaged: %w", err)
	}
	if m.Version != manifestVersion {
		return nil, fmt.Errorf("has version %d, and this program knows version %d", m.Version, manifestVersion)
	}
	for _, f := range m.Files {
		if !validPath(f.Path) || strings.HasPrefix(f.Path, ownPrefix) {
			return nil, fmt.Errorf("is damaged: it lists the path %q", f.Path)
		}
	}
	return &m, nil
}

// claims is what the manifest and the journal of an output folder say is ours.
type claims struct {
	files    map[string]bool
	folders  map[string]bool // every folder above a file
	manifest []byte          // as it lies on disk; nil without one
	journal  bool            // files were being renamed in place, and it did not end
}

// readClaims reads what the folder says of itself. Without manifest and journal the claims are empty. The error is a badManifest, or
// the world's.
func readClaims(out *os.Root) (*claims, error) {
	c := &claims{files: make(map[string]bool), folders: make(map[string]bool)}
	var err error
	if c.manifest, err = c.add(out, manifestName); err != nil {
		return nil, err
	}
	journal, err := c.add(out, journalName)
	c.journal = journal != nil
	return c, err
}

// made reports whether Minutebook made the folder.
func (c *claims) made() bool { return c.manifest != nil || c.journal }

// add reads a manifest or a journal, if there is one.
func (c *claims) add(out *os.Root, name string) ([]byte, error) {
	data, err := readRegular(out, name)
	if err != nil || data == nil {
		return nil, err
	}
	m, err := decodeManifest(data)
	if err != nil {
		return nil, &badManifest{name: name, cause: err}
	}
	for _, f := range m.Files {
		c.files[f.Path] = true
		addFolders(c.folders, f.Path)
	}
	return data, nil
}

// readRegular reads a file that must not be a link, a device or a pipe; nil if it does not exist.
func readRegular(out *os.Root, name string) ([]byte, error) {
	info, err := out.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &badManifest{name: name, cause: errors.New("is not a regular file")}
	}
	return out.ReadFile(name)
}

// A badManifest says that what a folder says of itself cannot be believed.
type badManifest struct {
	name  string
	cause error
}

func (e *badManifest) Error() string { return e.name + " " + e.cause.Error() }
func (e *badManifest) Unwrap() error { return e.cause }
