package cli

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"minutebook/generator"
	"minutebook/generator/date"
	"minutebook/generator/site"
	"minutebook/generator/source"
	"minutebook/generator/watch"
	"minutebook/layouts"
)

// A rebuilding builds a site again whenever its files, or the day, have changed.
// It runs one build at a time, always from the newest files: what happens during
// a build is one more build after it.
type rebuilding struct {
	*sources
	poll time.Duration

	// done is told of each build, and of why there is none.
	done func(context.Context, round)

	in       generator.Inputs // those of the last build
	builder  generator.Builder
	embedded *source.Tree // the program's own layouts
	users    *source.Tree // the user's, as they were read last
	docs     *source.Tree // the content, as it was read last
	site     *site.Site   // of the last build
	commits  os.FileInfo  // git's log of them, as it was last; nil when there is none
	failure  string       // why the files could not be read; told once

	unfilled *round     // the newest build, while its pages are not all filled
	filled   chan round // of the newest build, when its pages are filled
	pending  []string   // files that changed since a build was filled
	stopFill func()     // ends the filling of the build before
}

// A round is what came of looking at the files once.
type round struct {
	inputs  generator.Inputs
	users   *source.Tree      // the user's own layouts
	result  *generator.Result // nil when there is none
	err     error             // why there is none
	changed []string          // files, as problems name them; none for the first build and for a new day
	took    time.Duration     // from the bell to the result
	filling bool              // the pages are being filled: there is more to come of this round
	faulty  bool              // faults showed when the pages were filled: the site is taken back
}

// Times of looking again without a bell: after an error, for a file that was
// being saved, and for the day. The last bounds what a machine that slept loses.
const (
	retryAfter  = 500 * time.Millisecond
	settleAfter = 110 * time.Millisecond
	lookAtClock = time.Minute
)

// quiet is how long nothing must happen before files are read: a save is a few
// events within a millisecond or two.
const quiet = 5 * time.Millisecond

// fillAfter is how long a build is new before its other pages are filled, so
// that they are not in the way of the next save.
const fillAfter = 100 * time.Millisecond

// pollFlag is that of commands that watch.
func pollFlag(f *pflag.FlagSet, poll *time.Duration) {
	f.DurationVar(poll, "poll", 0, "look for changes at this interval, where the file system tells of none")
	f.Lookup("poll").NoOptDefVal = "1s"
}

// run builds, and builds again, until ctx ends; it returns the reason. The
// folders are watched before they are read, so that nothing is missed between.
func (r *rebuilding) run(ctx context.Context) error {
	var err error
	if r.in, err = r.inputs(); err != nil {
		return err
	}
	if r.embedded, err = source.FromFS(layouts.FS); err != nil {
		return world(err)
	}
	ignore, output := r.excludeOutput(), r.path(r.output)
	bell := watch.Changes(ctx, watch.Options{
		Quiet: quiet, Poll: r.poll,
		Ignore: func(p string) bool { return source.Ignored(filepath.ToSlash(p)) || ignore != nil && p == output },
		Notify: func(text string) { fmt.Fprintln(r.env.Stderr, "minutebook: "+text) },
	}, r.watched()...)
	for {
		wait, err := r.look(ctx)
		if err != nil {
			return world(err)
		}
		if err := r.wait(ctx, bell, wait); err != nil {
			return world(err)
		}
	}
}

// watched are the folders that a change of matters: those of the documents and
// the layouts, and the one where git notes that there is a new commit.
func (r *rebuilding) watched() []string {
	dirs := []string{r.path(r.content), r.path(r.layouts)}
	if log := commitLog(r.path(r.content)); log != "" {
		dirs = append(dirs, filepath.Dir(log))
	}
	return dirs
}

// isAnotherCommit reports whether git has another history than it had, and
// forgets that one.
func (r *rebuilding) isAnotherCommit() bool {
	info, err := os.Stat(commitLog(r.path(r.content)))
	if err != nil {
		return false // no work tree, or one without a log: nothing tells of commits
	}
	before := r.commits
	r.commits = info
	if before == nil || before.Size() == info.Size() && before.ModTime().Equal(info.ModTime()) {
		return false
	}
	r.past = nil
	return true
}

// commitLog is the file to which git adds a line for each commit and checkout
// of the work tree around a folder; "" outside of any.
// https://git-scm.com/docs/gitrepository-layout
func commitLog(dir string) string {
	top := workTree(dir)
	if top == "" {
		return ""
	}
	git := filepath.Join(top, ".git")
	if data, err := os.ReadFile(git); err == nil { // a linked work tree says where its own is
		git = strings.TrimSpace(strings.TrimPrefix(string(data), "gitdir:"))
		if !filepath.IsAbs(git) {
			git = filepath.Join(top, git)
		}
	}
	return filepath.Join(git, "logs", "HEAD")
}

// wait waits for the bell, or as long as it is told; meanwhile the pages of the
// newest build are filled. The error is that of ctx.
func (r *rebuilding) wait(ctx context.Context, bell <-chan struct{}, long time.Duration) error {
	timer := time.NewTimer(long)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case full := <-r.filled:
			r.pending, r.unfilled = nil, nil
			r.done(ctx, full)
			go runtime.GC() // now, while nobody waits, rather than in the build of the next save
		case <-bell:
			return nil
		case <-timer.C:
			return nil
		}
	}
}

// look reads the files and builds if anything changed. It returns when to look
// again without a bell. The error is that of ctx.
func (r *rebuilding) look(ctx context.Context) (time.Duration, error) {
	started := r.env.Now()
	if r.stopFill != nil {
		r.stopFill()
	}
	docs, users, err := r.readAll(ctx)
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	if err != nil {
		// What cannot be read is not gone: the site stays as it is.
		if r.failure != err.Error() {
			r.failure = err.Error()
			r.done(ctx, round{err: err})
		}
		return retryAfter, nil
	}
	recovered := r.failure != ""
	r.failure = ""
	changed := append(changes(r.docs, docs, r.in.ContentName), changes(r.users, users, r.in.LayoutsName)...)
	same := r.docs != nil && r.docs.Same(docs) && r.users.Same(users)
	r.docs, r.users = docs, users // with the newest stamps
	committed := r.isAnotherCommit()
	if !same || recovered || committed || r.isAnotherDay() {
		if err := r.build(ctx, changed, started); err != nil {
			return 0, err
		}
	} else if r.unfilled != nil {
		r.fill(ctx, *r.unfilled) // nothing came of the bell that ended it
	}
	if docs.Unsettled || users.Unsettled {
		return settleAfter, nil
	}
	return min(lookAtClock, r.untilMidnight()), nil
}

// build builds from the trees that were read. The error is that of ctx.
func (r *rebuilding) build(ctx context.Context, changed []string, started time.Time) error {
	r.in.Content = r.docs
	if layouts := r.embedded.Overlay(r.users); r.in.Layouts == nil || !layouts.Same(r.in.Layouts) {
		r.in.Layouts = layouts
	}
	r.in.Now = started
	if err := r.settings(&r.in); err != nil {
		return err
	}
	r.pending = slices.Compact(slices.Sorted(slices.Values(slices.Concat(r.pending, changed))))
	result, err := r.builder.Build(ctx, r.in)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	now := round{inputs: r.in, users: r.users, result: result, err: err, changed: r.pending, took: r.env.Now().Sub(started)}
	if err == nil {
		r.site = result.Site
		now.filling = r.builder.OnDemand && result.Snapshot != nil
	}
	r.done(ctx, now)
	if r.unfilled = nil; now.filling {
		r.unfilled = &now
		r.fill(ctx, now)
	} else {
		r.pending = nil
	}
	return ctx.Err()
}

// fill fills the pages of a build while the loop goes on. The build after it
// ends that: what is then not filled is not wanted any more.
func (r *rebuilding) fill(ctx context.Context, now round) {
	wait := fillAfter
	if len(now.changed) == 0 {
		wait = 0 // the first build: nobody is in the middle of anything
	}
	ctx, cancel := context.WithCancel(ctx)
	filled := make(chan round, 1)
	r.filled, r.stopFill = filled, cancel
	go func() {
		defer cancel()
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		full, err := r.builder.Fill(ctx, now.result)
		if err != nil {
			return // ended
		}
		now.result, now.filling, now.faulty = full, false, full.Snapshot == nil
		filled <- now
	}()
}

// readAll reads both folders. They are opened anew each time: an open folder stays
// the same one when it is moved, and another one takes its place.
func (r *rebuilding) readAll(ctx context.Context) (docs, users *source.Tree, err error) {
	if docs, err = r.reread(ctx, r.content, r.excludeOutput(), r.docs); err != nil {
		return nil, nil, err
	}
	if users, err = r.rereadLayouts(ctx, r.users); err != nil {
		return nil, nil, err
	}
	return docs, users, nil
}

// isAnotherDay reports whether the site would be built for another day than it
// was.
func (r *rebuilding) isAnotherDay() bool {
	return r.followsClock() && date.Of(r.env.Now().In(r.site.Config.Zone)) != r.site.Today
}

func (r *rebuilding) followsClock() bool {
	return r.site != nil && r.in.Today.IsZero() && r.site.Config.Today.IsZero() && r.env.Getenv(sourceDateEpoch) == ""
}

// untilMidnight is how long the day of the site goes on.
func (r *rebuilding) untilMidnight() time.Duration {
	switch {
	case !r.followsClock():
		return lookAtClock
	case r.isAnotherDay(): // it is over since the build began
		return 0
	}
	now := r.env.Now().In(r.site.Config.Zone)
	year, month, day := now.Date()
	return max(time.Date(year, month, day+1, 0, 0, 0, 0, now.Location()).Sub(now), time.Millisecond)
}

// changes are the files that differ between two trees, as problems name them;
// none when there is no earlier one.
func changes(before, now *source.Tree, name string) []string {
	if before == nil {
		return nil
	}
	list := now.Since(before)
	for i, p := range list {
		list[i] = path.Join(name, p)
	}
	return list
}
