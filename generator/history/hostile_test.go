package history

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A trap is a program that leaves a mark when it runs.
type trap struct{ program, mark string }

func newTrap(t *testing.T) trap {
	t.Helper()
	dir := t.TempDir()
	tr := trap{filepath.Join(dir, "program"), filepath.Join(dir, "mark")}
	if err := os.WriteFile(tr.program, []byte("#!/bin/sh\necho \"$0 $*\" >> '"+tr.mark+"'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return tr
}

// sprung is what ran.
func (tr trap) sprung() string {
	data, _ := os.ReadFile(tr.mark)
	return string(data)
}

// settings are settings of a repository that name the program, or that could
// change what git prints.
func (tr trap) settings() map[string]string {
	return map[string]string{
		"core.fsmonitor": tr.program, "core.pager": tr.program, "pager.log": tr.program, "core.editor": tr.program, "core.sshCommand": tr.program,
		"core.askPass": tr.program, "core.gitProxy": tr.program, "core.alternateRefsCommand": tr.program, "core.hooksPath": filepath.Dir(tr.program),
		"diff.external": tr.program, "diff.trap.textconv": tr.program, "diff.trap.command": tr.program, "filter.trap.smudge": tr.program,
		"filter.trap.clean": tr.program, "filter.trap.process": tr.program, "gpg.program": tr.program, "log.showSignature": "true",
		"credential.helper": tr.program, "alias.log": "!" + tr.program, "alias.cat-file": "!" + tr.program, "log.follow": "true", "log.showRoot": "false",
		"color.ui": "always", "diff.renames": "false", "log.date": "relative", "format.pretty": "full", "core.quotePath": "true", "log.mailmap": "true",
		"diff.orderFile": "/nowhere", "log.diffMerges": "on", "diff.noprefix": "true", "i18n.logOutputEncoding": "UTF-16", "core.abbrev": "5",
		"protocol.allow": "always", "protocol.ext.allow": "always", "protocol.file.allow": "always", "interactive.diffFilter": tr.program,
	}
}

// Settings of a repository start no program and change no answer.
func TestHostileSettings(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", long("a"))
	r.write(".gitattributes", "*.md diff=trap filter=trap text\n")
	r.git("mv", "content/a.md", "content/b.md")
	r.save(2, "bo", "b.md", long("a")+"more\n")
	signed := strings.Replace(r.git("cat-file", "commit", "HEAD"), "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1)
	object := filepath.Join(t.TempDir(), "commit")
	if err := os.WriteFile(object, []byte(signed+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	r.git("reset", "-q", "--soft", r.git("hash-object", "-t", "commit", "-w", object))
	tr := newTrap(t)
	for name, value := range tr.settings() {
		r.git("config", name, value)
	}
	for _, hook := range []string{"post-index-change", "reference-transaction", "post-checkout"} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(tr.program), hook), []byte("#!/bin/sh\ntouch '"+tr.mark+"'\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if out, _ := exec.Command("git", "-C", r.dir, "log", "-p", "-O/dev/null").CombinedOutput(); tr.sprung() == "" {
		t.Fatalf("the traps do not work:\n%s", out)
	}
	os.Remove(tr.mark)
	h := r.read()
	want(t, h, "b.md", "03-01 to 03-02, 2 by 2")
	tree, err := h.Tree(context.Background(), "HEAD")
	if err != nil || string(tree.File("b.md").Data) != long("a")+"more\n" {
		t.Errorf("the tree of HEAD: %v", err)
	}
	if n := len(texts(t, h, "b.md")); n != 2 {
		t.Errorf("%d versions", n)
	}
	if ran := tr.sprung(); ran != "" {
		t.Errorf("git ran\n%s", ran)
	}
}

// A clone that lacks contents does not fetch them, whatever it says how.
func TestHostilePartialClone(t *testing.T) {
	r := newRepo(t)
	r.save(1, "anna", "a.md", long("a"))
	r.git("mv", "content/a.md", "content/b.md")
	r.commit(2, "anna")
	r.save(3, "bo", "b.md", long("a")+"more\n")
	tr := newTrap(t)
	blob := r.git("rev-parse", "HEAD~1:content/b.md")
	if err := os.Remove(filepath.Join(r.dir, ".git/objects", blob[:2], blob[2:])); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"extensions.partialClone": "origin", "core.repositoryFormatVersion": "1", "remote.origin.url": "ext::" + tr.program + " x",
		"remote.origin.promisor": "true", "remote.origin.partialCloneFilter": "blob:none", "protocol.ext.allow": "always",
	} {
		r.git("config", name, value)
	}
	if out, _ := exec.Command("git", "-C", r.dir, "cat-file", "blob", blob).CombinedOutput(); tr.sprung() == "" {
		t.Fatalf("the trap does not work:\n%s", out)
	}
	os.Remove(tr.mark)
	h := r.read()
	want(t, h, "b.md", "03-01 to 03-03, 2 by 2")
	if _, err := h.Tree(context.Background(), "HEAD~1"); err == nil || !strings.Contains(err.Error(), "partial") {
		t.Errorf("a tree that is not there: %v", err)
	}
	if _, err := h.Tree(context.Background(), "HEAD"); err != nil {
		t.Error(err)
	}
	var failed error
	for _, err := range h.Versions(context.Background(), "b.md") {
		failed = err
	}
	if failed == nil {
		t.Error("a version that is not there was read")
	}
	if ran := tr.sprung(); ran != "" {
		t.Errorf("git ran\n%s", ran)
	}
}

// A folder of documents that looks like a repository is not one.
func TestEmbeddedRepository(t *testing.T) {
	r := newRepo(t)
	tr := newTrap(t)
	r.write("HEAD", "ref: refs/heads/main\n")
	r.write("config", "[core]\n\trepositoryFormatVersion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = "+tr.program+"\n[alias]\n\tlog = !"+tr.program+"\n")
	r.write("objects/x.md", "x")
	r.write("refs/x.md", "x")
	r.write("a.md", "a")
	r.commit(1, "anna")
	unknown(t, r.content(), "looks like one")
	if ran := tr.sprung(); ran != "" {
		t.Errorf("git ran\n%s", ran)
	}
}
