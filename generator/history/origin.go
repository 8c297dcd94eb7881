package history

import (
	"context"
	"errors"
	"net/url"
	"os/exec"
	"strings"
)

// An Origin is where a repository was cloned from.
type Origin struct {
	URL    string // https address without ".git"; "" when there is none, or it is no such place
	Branch string // its main branch; "" when the clone does not know it
}

// ReadOrigin reads which repository the remote "origin" of a folder's work tree
// is. It asks no network. What git cannot tell is "".
func ReadOrigin(ctx context.Context, dir string) (Origin, error) {
	r := &repository{dir: dir}
	address, err := r.answer(ctx, "config", "--get", "remote.origin.url")
	if err != nil {
		return Origin{}, err
	}
	head, err := r.answer(ctx, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
	if err != nil {
		return Origin{}, err
	}
	o := Origin{URL: webAddress(address), Branch: strings.TrimPrefix(head, "origin/")}
	if o.Branch == "" { // a repository that was not cloned
		now, err := r.answer(ctx, "symbolic-ref", "--quiet", "--short", "HEAD")
		if err != nil {
			return o, err
		}
		if now == "main" || now == "master" || now == "trunk" {
			o.Branch = now
		}
	}
	return o, nil
}

// answer is what git says in one line; "" when it has no answer.
func (r *repository) answer(ctx context.Context, args ...string) (string, error) {
	out, err := r.output(ctx, args...)
	var exit *exec.ExitError
	if unknown := unknownError(""); errors.As(err, &exit) || errors.As(err, &unknown) {
		return "", nil
	}
	return strings.TrimSpace(out), err
}

// webAddress is the https address of a repository that git fetches by https or
// SSH; "" for others, and without a user or a password.
func webAddress(remote string) string {
	if before, after, scp := strings.Cut(remote, ":"); scp && !strings.Contains(remote, "://") && strings.Contains(before, ".") && !strings.Contains(before, "/") {
		remote = "ssh://" + before + "/" + after // git@github.com:team/minutes.git
	}
	u, err := url.Parse(remote)
	if err != nil || !strings.Contains(u.Hostname(), ".") {
		return ""
	}
	switch u.Scheme {
	case "https", "http", "ssh", "git":
	default:
		return ""
	}
	host := u.Hostname()
	if port := u.Port(); port != "" && u.Scheme == "https" {
		host += ":" + port
	}
	p := strings.TrimSuffix(strings.Trim(u.EscapedPath(), "/"), ".git")
	if !strings.Contains(p, "/") {
		return ""
	}
	return "https://" + host + "/" + p
}
