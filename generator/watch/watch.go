// Package watch says that something below some folders may have changed.
//
// It is a doorbell and nothing more: it never tells what changed, because what
// file systems tell is not the truth. (Of a checkout of 2,000 files some hundred
// send no event; a file that is written right after its folder was made is never
// reported; folders that were renamed report paths that do not exist.) Whoever
// hears the bell reads the folders again, by stamp and then by content.
//
// What must not be missed is made sure of in three ways. The folders are watched
// before [Changes] returns, so a first reading after it misses nothing; a new
// folder is watched, with all below it, before the bell rings for it; and the
// roots are looked at four times a second, because a folder that was moved away
// sends nothing when it comes back.
//
// Where the system sends no events, or no more of them, the bell rings at an
// interval: whoever hears it looks, and finds nothing or something. That is the
// same path, only slower.
package watch

import (
	"context"
	"time"
)

// Options say how to watch.
type Options struct {
	// Quiet is how long nothing must happen before the bell rings. While things
	// keep happening it rings every 25 times that, so that what is written
	// without a pause shows, too.
	Quiet time.Duration

	// Poll makes the bell ring at this interval instead, for file systems that
	// send no events: those of networks and containers. 0: does not.
	Poll time.Duration

	// Ignore says of a path that events about it mean nothing; of a folder,
	// that nothing below it does. May be nil.
	Ignore func(path string) bool

	// Notify is told for people what does not work as it should. May be nil.
	Notify func(text string)
}

// longest is how many quiet times the bell may be put off.
const longest = 25

// pollInterval is the interval where the system sends no more events.
const pollInterval = time.Second

// Changes returns a bell that rings when something below the folders may have
// changed. Folders need not exist yet, and may go away and come back. Rings that
// nobody heard are one ring. The channel is closed when ctx ends.
func Changes(ctx context.Context, o Options, dirs ...string) <-chan struct{} {
	if o.Ignore == nil {
		o.Ignore = func(string) bool { return false }
	}
	if o.Notify == nil {
		o.Notify = func(string) {}
	}
	bell := make(chan struct{}, 1)
	if o.Poll > 0 {
		go poll(ctx, bell, o.Poll)
		return bell
	}
	w, err := listen(o, dirs)
	if err != nil {
		o.Notify(limitText(err))
		go poll(ctx, bell, pollInterval)
		return bell
	}
	go func() {
		if err := w.run(ctx, bell); err != nil {
			o.Notify(limitText(err))
			ring(bell) // something happened that was not seen whole
			poll(ctx, bell, pollInterval)
			return
		}
		close(bell)
	}()
	return bell
}

func limitText(err error) string {
	return "the system does not tell of more changes (" + err.Error() + "); looking every second instead, as with --poll"
}

// ring rings unless the last ring was not heard yet.
func ring(bell chan<- struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}

// poll rings at an interval until ctx ends.
func poll(ctx context.Context, bell chan<- struct{}, interval time.Duration) {
	defer close(bell)
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			ring(bell)
		}
	}
}
