package history

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"path"
	"regexp"
	"strings"
	"time"
)

// Every run of git begins with these. A repository may come from a stranger
// together with its settings, so what could make git start a program, write or
// use the network is switched off on the command line, which wins over every
// file of settings. Bodies are read with cat-file, which knows no filters and
// no textconv; log, ls-tree and rev-parse do not look at the work tree.
var always = []string{
	"--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs",
	"-c", "core.fsmonitor=false",
	"-c", "core.hooksPath=/dev/null",
	"-c", "protocol.allow=never",
	"-c", "log.showSignature=false", // else git log runs gpg.program
	"-c", "log.showRoot=true",
	"-c", "log.follow=false",
	"-c", "log.diffMerges=separate", // what -m means
	"-c", "diff.renameLimit=1000",
	// A folder of documents can be made to look like a bare repository, with
	// settings of its own; git takes the first that it finds.
	"-c", "safe.bareRepository=explicit",
}

// set wins over the environment. GIT_ALLOW_PROTOCOL wins over protocol.*.allow
// of the repository, which would win over protocol.allow.
var set = []string{
	"LC_ALL=C", "LANGUAGE=", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
	"GIT_ALLOW_PROTOCOL=none", "GIT_NO_LAZY_FETCH=1",
}

// kept are the variables of git that say where the user's own settings are and
// where a repository is looked for. All others are dropped: GIT_DIR and its
// like are set in hooks, and point elsewhere.
var kept = map[string]bool{
	"GIT_CEILING_DIRECTORIES": true, "GIT_CONFIG_GLOBAL": true, "GIT_CONFIG_SYSTEM": true,
	"GIT_CONFIG_NOSYSTEM": true, "GIT_EXEC_PATH": true,
}

func environment(all []string) []string {
	var env []string
	for _, v := range all {
		name, _, _ := strings.Cut(v, "=")
		if name = strings.ToUpper(name); !strings.HasPrefix(name, "GIT_") || kept[name] {
			env = append(env, v)
		}
	}
	return append(env, set...)
}

// An unknownError says why git can tell nothing.
type unknownError string

func (e unknownError) Error() string { return string(e) }

// Is makes all of them [ErrUnknown].
func (e unknownError) Is(target error) bool { return target == ErrUnknown }

// A repository is a folder in a work tree of git.
type repository struct {
	dir     string   // where git runs
	shallow bool     // older commits are missing
	partial bool     // contents of older commits may be missing
	ignore  []string // files of ignored commits, from the top of the repository
}

// open finds the repository around a folder.
func open(ctx context.Context, dir string) (*repository, error) {
	r := &repository{dir: dir}
	out, err := r.output(ctx, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository")
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != 2 || lines[0] != "true" {
		return nil, unknownError("the folder is not in a work tree of git")
	}
	r.shallow = lines[1] == "true"
	return r, r.settings(ctx)
}

// settings reads those of the repository's settings that matter.
func (r *repository) settings(ctx context.Context) error {
	out, err := r.output(ctx, "config", "-z", "--get-regexp", `^(blame\.ignorerevsfile|extensions\.partialclone|remote\..*\.promisor)$`)
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 {
		err = nil // none is set
	}
	for setting := range strings.SplitSeq(out, "\x00") {
		name, value, _ := strings.Cut(setting, "\n")
		switch {
		case name == "":
		case name != "blame.ignorerevsfile":
			r.partial = true
		case value == "": // takes back those before
			r.ignore = nil
		default:
			r.ignore = append(r.ignore, path.Clean(value))
		}
	}
	r.ignore = append(r.ignore, ".git-blame-ignore-revs")
	return err
}

func (r *repository) command(ctx context.Context, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append(append([]string{}, always...), args...)...)
	cmd.Dir = r.dir
	cmd.Env = environment(cmd.Environ())
	cmd.WaitDelay = time.Second
	return cmd
}

// output is what a short run of git prints. Where git ends with an error that
// is not of a known kind, that is an [exec.ExitError].
func (r *repository) output(ctx context.Context, args ...string) (string, error) {
	var out bytes.Buffer
	err := r.stream(ctx, nil, func(in *bufio.Reader) error {
		_, err := out.ReadFrom(in)
		return err
	}, args...)
	return out.String(), err
}

// stream runs git, with in as its input, and lets read read what it prints. When
// read fails, git is stopped.
func (r *repository) stream(ctx context.Context, in io.Reader, read func(*bufio.Reader) error, args ...string) error {
	running, stop := context.WithCancel(ctx)
	defer stop()
	cmd := r.command(running, args)
	var said firstBytes
	cmd.Stdin, cmd.Stderr = in, &said
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return startError(ctx, err)
	}
	readErr := read(bufio.NewReaderSize(out, 64<<10))
	if readErr != nil {
		stop()
	}
	err = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case readErr != nil && !errors.Is(readErr, io.ErrUnexpectedEOF):
		return readErr
	case err != nil:
		return failure(string(said.data), err)
	}
	return readErr
}

func startError(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, exec.ErrDot):
		return unknownError("git is not installed")
	}
	return err
}

// firstBytes keeps the first bytes that are written to it.
type firstBytes struct{ data []byte }

func (f *firstBytes) Write(p []byte) (int, error) {
	f.data = append(f.data, p[:min(len(p), 4096-len(f.data))]...)
	return len(p), nil
}

// reasons are what git says, in English because of LC_ALL, and what it means
// here.
var reasons = []struct{ said, reason string }{
	{"not a git repository", "the folder is not in a git repository"},
	{"dubious ownership", "the repository belongs to another user, and git refuses to read it; git config --global --add safe.directory FOLDER allows it"},
	{"cannot use bare repository", "the folder is a git repository without a work tree, or looks like one, and is not read"},
	{"does not have any commits yet", "the repository has no commits"},
	{"promisor", "the clone is partial and lacks contents that are needed; fetch all of it with git fetch --refetch --no-filter"},
}

// failure says why a run of git ended badly.
func failure(said string, err error) error {
	for _, r := range reasons {
		if strings.Contains(said, r.said) {
			return unknownError(r.reason)
		}
	}
	for line := range strings.Lines(said) {
		if text, ok := strings.CutPrefix(line, "fatal: "); ok {
			return unknownError("git cannot read the repository: " + folders.ReplaceAllString(strings.TrimSpace(text), "$1"))
		}
	}
	return err
}

// folders are the absolute folders in a message of git, which tell about the machine.
var folders = regexp.MustCompile(`(^|[ '"(])(?:[A-Za-z]:)?[/\\](?:[^ '":]*[/\\])*`)
