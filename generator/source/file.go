// Package source holds the input of a build as immutable values: files, where
// something stands in them, and the tree that they form.
//
// Nothing above this package reads the disk for content. A [Tree] is read once
// ([Reader.Read]) and then only looked at; a second read compares the files'
// stamps and keeps what did not change, so that two trees of two builds share
// most of their files.
package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Sum identifies the content of a file: its SHA-256.
type Sum [sha256.Size]byte

// String is the sum in hexadecimal digits.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// SumOf is the sum of data.
func SumOf(data []byte) Sum { return sha256.Sum256(data) }

// A Span is a part of a file's bytes, from Start up to End, which is not
// included. The zero Span means "the file as a whole".
type Span struct{ Start, End int }

// IsZero reports whether s stands for the whole file.
func (s Span) IsZero() bool { return s == Span{} }

// Shift moves a span that was counted from offset to count from the start of
// the file.
func (s Span) Shift(offset int) Span { return Span{s.Start + offset, s.End + offset} }

// A Position is a place as people count it.
type Position struct {
	Line   int `json:"line"`   // 1-based
	Column int `json:"column"` // 1-based, in characters (Unicode code points)
}

// A File is one input file. It never changes after it was read, but for
// [File.DropText].
type File struct {
	Path string // slash-separated, relative to the root of its tree
	Data []byte // the content; nil when the file is streamed (see [File.Open])
	Size int64  // in bytes
	Sum  Sum    // of the content

	open  func() (io.ReadCloser, error)
	fsys  fs.FS // that Path was read from; nil for a file from memory
	stamp stamp
	once  sync.Once
	lines []int32 // offsets of the lines' first bytes, made on first use
	runes []int32 // how many characters begin before each multiple of runeStep; nil where each byte is one
}

// runeStep bounds how many bytes are looked at to tell a column, however long
// the line is.
const runeStep = 512

// NewFile is a file made from memory, for overlays and tests.
func NewFile(path string, data []byte) *File {
	return &File{Path: path, Data: data, Size: int64(len(data)), Sum: SumOf(data)}
}

// Streamed reports whether the content is left on the disk because it is large:
// then Data is nil and Open reads it.
func (f *File) Streamed() bool { return f.open != nil }

// Open returns the content for reading. A file that is streamed, or whose text
// was dropped, is opened anew each time and may have changed since; whoever
// copies it compares Sum.
func (f *File) Open() (io.ReadCloser, error) {
	if f.open != nil {
		return f.open()
	}
	if f.Data == nil && f.Reopens() {
		return f.fsys.Open(f.Path)
	}
	return io.NopCloser(bytes.NewReader(f.Data)), nil
}

// Reopens reports whether Open has the content after its text was dropped: it
// was read from a folder, and whole.
func (f *File) Reopens() bool { return f.fsys != nil && f.Size < HardLimit }

// Position converts an offset in bytes to line and column. An offset outside of
// the file counts as its nearest end. A byte order mark at the start of the
// file takes no column, as in editors.
func (f *File) Position(offset int) Position {
	f.once.Do(f.indexLines)
	offset = max(0, min(offset, int(f.Size)))
	line := sort.Search(len(f.lines), func(i int) bool { return int(f.lines[i]) > offset }) - 1
	column := f.runesBefore(offset) - f.runesBefore(int(f.lines[line])) + 1
	if line == 0 && offset >= len(byteOrderMark) && bytes.HasPrefix(f.Data, []byte(byteOrderMark)) {
		column--
	}
	return Position{Line: line + 1, Column: column}
}

// runesBefore is how many characters begin before an offset. A byte that is no
// part of a character counts with the one before it.
func (f *File) runesBefore(offset int) int {
	if f.runes == nil {
		return offset
	}
	step := offset / runeStep
	n := int(f.runes[step])
	for _, b := range f.Data[step*runeStep : offset] {
		if utf8.RuneStart(b) {
			n++
		}
	}
	return n
}

// Line is the text of a 1-based line, without its line ending; empty when there
// is no such line.
func (f *File) Line(n int) string {
	f.once.Do(f.indexLines)
	if n < 1 || n > len(f.lines) {
		return ""
	}
	end := len(f.Data)
	if n < len(f.lines) {
		end = int(f.lines[n]) - 1
	}
	return strings.TrimSuffix(string(f.Data[min(int(f.lines[n-1]), end):end]), "\r")
}

const byteOrderMark = "\uFEFF"

func (f *File) indexLines() {
	f.lines = make([]int32, 1, 1+bytes.Count(f.Data, []byte{'\n'}))
	for at := 0; ; {
		i := bytes.IndexByte(f.Data[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
		f.lines = append(f.lines, int32(at))
	}
	if !isASCII(f.Data) {
		f.indexRunes()
	}
}

func isASCII(data []byte) bool {
	const beyond = 0x8080808080808080
	for ; len(data) >= 8; data = data[8:] {
		if binary.LittleEndian.Uint64(data)&beyond != 0 {
			return false
		}
	}
	return !slices.ContainsFunc(data, func(b byte) bool { return b >= utf8.RuneSelf })
}

func (f *File) indexRunes() {
	f.runes = make([]int32, 0, len(f.Data)/runeStep+1)
	n := int32(0)
	for i, b := range f.Data {
		if i%runeStep == 0 {
			f.runes = append(f.runes, n)
		}
		if utf8.RuneStart(b) {
			n++
		}
	}
	if len(f.Data)%runeStep == 0 {
		f.runes = append(f.runes, n)
	}
	if int(n) == len(f.Data) {
		f.runes = nil
	}
}

// DropText gives up the content and keeps the places, for the one owner of a
// file who has read it and only wants to say where something stands. A file that
// has other characters than ASCII stays as it is: its columns cannot be told
// then.
func (f *File) DropText() {
	f.once.Do(f.indexLines)
	if f.runes == nil {
		f.Data = nil
	}
}

// IsMarkdown reports whether a file name says that the file is Markdown: .md
// and .markdown in any case, as on GitHub.
func IsMarkdown(name string) bool {
	ext := path.Ext(name)
	return strings.EqualFold(ext, ".md") || strings.EqualFold(ext, ".markdown")
}

// IsIndex reports whether a Markdown file stands for its folder: README.md or
// index.md, in any case.
func IsIndex(name string) bool {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	return (strings.EqualFold(stem, "readme") || strings.EqualFold(stem, "index")) && IsMarkdown(name)
}

// A Tree is a folder of files at one moment. The zero Tree is empty.
type Tree struct {
	files   []*File   // sorted by path
	index   *index    // of files; nil of the zero Tree
	Skipped []Skipped // what was found and not read, sorted by path

	// Unsettled says that a file was just being saved when the tree was read:
	// the tree is right once it is read again, a tenth of a second later.
	Unsettled bool
}

// Skipped is something in a folder that is not one of its files.
type Skipped struct {
	Path   string
	Reason string // for people: "a symbolic link that leaves the folder"
}

// NewTree is a tree of files from memory. Of two files with one path the last
// wins.
func NewTree(files ...*File) *Tree {
	sorted := slices.Clone(files)
	slices.SortStableFunc(sorted, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	kept := sorted[:0]
	for i, f := range sorted {
		if i+1 == len(sorted) || sorted[i+1].Path != f.Path {
			kept = append(kept, f)
		}
	}
	return &Tree{files: kept, index: indexOf(kept)}
}

// next is the tree that comes after t: of the files that t has those in known,
// each in its place and nil where it is gone, and the others, some of which are
// nil.
func (t *Tree) next(known, others []*File) *Tree {
	gone := func(f *File) bool { return f == nil }
	others = slices.DeleteFunc(others, gone)
	if len(others) == 0 && !slices.ContainsFunc(known, gone) {
		return &Tree{files: known, index: t.index}
	}
	return NewTree(slices.Concat(slices.DeleteFunc(known, gone), others)...)
}

// Files returns all files, sorted by path. The slice must not be changed.
func (t *Tree) Files() []*File { return t.files }

// File returns the file at a path, nil when there is none.
func (t *Tree) File(path string) *File {
	if i, ok := t.place(path); ok {
		return t.files[i]
	}
	return nil
}

// Without is a tree without the files of some paths; t itself when it has none
// of them.
func (t *Tree) Without(exclude func(path string) bool) *Tree {
	excluded := func(f *File) bool { return exclude(f.Path) }
	first := slices.IndexFunc(t.files, excluded)
	if first < 0 {
		return t
	}
	left := slices.Clone(t.files[:first])
	for _, f := range t.files[first+1:] {
		if !excluded(f) {
			left = append(left, f)
		}
	}
	other := NewTree(left...)
	other.Skipped, other.Unsettled = t.Skipped, t.Unsettled
	return other
}

// Overlay is a tree that has the files of t and those of upper, which win.
func (t *Tree) Overlay(upper *Tree) *Tree {
	all := append(append([]*File{}, t.files...), upper.files...)
	merged := NewTree(all...)
	merged.Skipped = append(append([]Skipped{}, t.Skipped...), upper.Skipped...)
	return merged
}

// Sum identifies the paths and contents of a whole tree.
func (t *Tree) Sum() Sum {
	h := sha256.New()
	for _, f := range t.files {
		io.WriteString(h, f.Path)
		h.Write([]byte{0})
		h.Write(f.Sum[:])
	}
	return Sum(h.Sum(nil))
}

// Same reports whether two trees have the same files with the same content, and
// passed over the same. A nil tree is the same as nil only.
func (t *Tree) Same(other *Tree) bool {
	if t == nil || other == nil {
		return t == other
	}
	return slices.EqualFunc(t.files, other.files, func(a, b *File) bool { return a == b || a.Path == b.Path && a.Sum == b.Sum }) &&
		slices.Equal(t.Skipped, other.Skipped)
}

// Since are the paths of files that t and an earlier tree do not both have with
// the same content, sorted.
func (t *Tree) Since(before *Tree) []string {
	var paths []string
	is, was := t.files, before.files
	for len(is) > 0 || len(was) > 0 {
		order := 0
		switch {
		case len(is) == 0:
			order = 1
		case len(was) == 0:
			order = -1
		case is[0] != was[0]:
			order = strings.Compare(is[0].Path, was[0].Path)
		}
		switch {
		case order < 0:
			paths, is = append(paths, is[0].Path), is[1:]
		case order > 0:
			paths, was = append(paths, was[0].Path), was[1:]
		default:
			if is[0] != was[0] && is[0].Sum != was[0].Sum {
				paths = append(paths, is[0].Path)
			}
			is, was = is[1:], was[1:]
		}
	}
	return paths
}

// FromFS reads every file of a small file system, such as an embedded one.
func FromFS(fsys fs.FS) (*Tree, error) {
	var files []*File
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, p)
		files = append(files, NewFile(p, data))
		return err
	})
	return NewTree(files...), err
}
