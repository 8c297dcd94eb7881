package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"minutebook/generator/begin"
	"minutebook/generator/config"
	"minutebook/generator/diag"
)

// This file shows what init would write, asks, and writes it.

// missing divides files into those that are to be written and those that are
// there, in any form.
func (i *initing) missing(files []begin.File) (fresh, left []begin.File, err error) {
	root, err := os.OpenRoot(i.top)
	if err != nil {
		return nil, nil, world(err)
	}
	defer root.Close()
	for _, f := range files {
		switch _, err := root.Lstat(filepath.FromSlash(f.Path)); {
		case err == nil:
			left = append(left, f)
		case errors.Is(err, fs.ErrNotExist):
			fresh = append(fresh, f)
		default:
			return nil, nil, world(fmt.Errorf("cannot write %s: %w", f.Path, err))
		}
	}
	return fresh, left, nil
}

// show prints what would be written, the settings in full.
func (i *initing) show(fresh, left []begin.File) {
	out := bufio.NewWriter(i.env.Stdout)
	defer out.Flush()
	r := i.report
	fmt.Fprintf(out, "%s: %s (minutebook inspect tells more)\n", diag.Printable(i.fromTop(i.content)), count(r.Documents, "document", "documents"))
	for _, f := range fresh {
		fmt.Fprintf(out, "\n%s: %s\n", diag.Printable(f.Path), f.What)
		if path.Base(f.Path) != config.FileName {
			continue
		}
		for line := range strings.Lines(string(f.Data)) {
			fmt.Fprintln(out, strings.TrimRight("    "+diag.Printable(strings.TrimRight(line, "\n")), " "))
		}
	}
	if len(left) > 0 {
		fmt.Fprintln(out)
	}
	for _, f := range left {
		fmt.Fprintf(out, "%s is there already, and stays as it is\n", diag.Printable(f.Path))
	}
}

// agreed asks whether files are to be written.
func (i *initing) agreed(n int) (bool, error) {
	switch {
	case i.dryRun:
		fmt.Fprintln(i.env.Stderr, "nothing was written (--dry-run)")
		return false, nil
	case i.yes:
		return true, nil
	case !i.env.Asks:
		return false, wrongUse("nothing was written; say --yes to write what is shown")
	}
	fmt.Fprintf(i.env.Stderr, "Write %s? [Y/n] ", count(n, "file", "files"))
	answer, err := bufio.NewReader(i.env.Stdin).ReadString('\n')
	if err != nil && answer == "" {
		return false, wrongUse("nothing was written: no answer")
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "", "y", "yes":
		return true, nil
	}
	fmt.Fprintln(i.env.Stderr, "nothing was written")
	return false, nil
}

// write makes the files, all or none. One that has come up meanwhile is not
// written over, and no path leads out of the repository.
func (i *initing) write(files []begin.File) error {
	root, err := os.OpenRoot(i.top)
	if err != nil {
		return world(err)
	}
	defer root.Close()
	for n, f := range files {
		if err := create(root, f); err != nil {
			for _, made := range files[:n] {
				root.Remove(filepath.FromSlash(made.Path))
			}
			return world(fmt.Errorf("nothing was written: %s: %w", f.Path, err))
		}
	}
	return nil
}

func create(root *os.Root, f begin.File) error {
	name := filepath.FromSlash(f.Path)
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	out, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = out.Write(f.Data)
	if err = errors.Join(err, out.Close()); err != nil {
		root.Remove(name)
	}
	return err
}

// next says what to do now.
func (i *initing) next(fresh []begin.File) {
	out := i.env.Stderr
	where := ""
	if i.top != i.env.Dir {
		where = ", at the top of the repository"
	}
	content := ""
	if c := i.fromTop(i.content); c != "content" {
		content = " --content " + diag.Printable(c)
	}
	fmt.Fprintf(out, "Now%s:\n", where)
	fmt.Fprintf(out, "  minutebook serve%s\n", content)
	fmt.Fprintf(out, "  minutebook check%s --baseline %s --write-baseline\n", content, begin.Baseline)
	for _, f := range fresh {
		if strings.HasPrefix(f.Path, ".github/") && begin.Incomplete(i.usedAction()) {
			fmt.Fprintln(out, "and put whose Minutebook you use into both workflows, in place of OWNER (--action does it)")
			return
		}
	}
}
