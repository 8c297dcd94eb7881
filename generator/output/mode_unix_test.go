//go:build unix

package output

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestModesDoNotDependOnUmask(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	plant(t, dir, tree{".gitignore": "*"})
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	withUmask(0o077, func() {
		publish(t, dir, tree{"a/b": "1"}, Options{})
		publish(t, dir, tree{"a/b": "1", "c/d": "2"}, Options{inPlace: true})
	})
	for path, want := range map[string]fs.FileMode{".": 0o755, "a": 0o755, "c": 0o755, "a/b": 0o644, "c/d": 0o644, manifestName: 0o644} {
		info, err := os.Stat(filepath.Join(dir, path))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v (%v)", path, info.Mode(), want, err)
		}
	}
}

func TestWrongModesAreMended(t *testing.T) {
	bothWays(t, func(t *testing.T, o Options) {
		dir := filepath.Join(t.TempDir(), "public")
		site := tree{"a/b": "1", "c": "2"}
		publish(t, dir, site, Options{})
		for path, mode := range map[string]fs.FileMode{"a": 0o700, "c": 0o600} {
			if err := os.Chmod(filepath.Join(dir, path), mode); err != nil {
				t.Fatal(err)
			}
		}
		if r := publish(t, dir, site, o); r != (Report{Written: 1, Unchanged: 1}) {
			t.Errorf("report is %+v", r)
		}
		if r := publish(t, dir, site, o); r != (Report{Unchanged: 2}) {
			t.Errorf("second report is %+v", r)
		}
	})
}

// TestFoldersThatMayNotBeWritten shows that foreign folders without write permission are carried, with access for their owner. (For root
// it shows little.)
func TestFoldersThatMayNotBeWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, dir, tree{"a": "1"}, Options{})
	theirs := tree{"locked/deep/file": "x"}
	plant(t, dir, theirs)
	for _, folder := range []string{"locked/deep", "locked"} {
		if err := os.Chmod(filepath.Join(dir, folder), 0o555); err != nil {
			t.Fatal(err)
		}
	}
	publish(t, dir, tree{"a": "2"}, Options{})
	wantTree(t, dir, theirs.with(tree{"a": "2"}))
	info, err := os.Stat(filepath.Join(dir, "locked"))
	if err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("locked is %v, %v", info.Mode(), err)
	}
}

// withUmask runs do with another umask.
func withUmask(mask int, do func()) {
	old := syscall.Umask(mask)
	defer syscall.Umask(old)
	do()
}
