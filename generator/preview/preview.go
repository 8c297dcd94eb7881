// Package preview serves the newest state of a site from memory, and keeps open
// pages up to date.
//
// A tour, from the value to the browser:
//
//   - [State] is what is shown: a snapshot and what is wrong. [Server.Show]
//     exchanges it at once, by one pointer, and a request reads that pointer
//     once: no answer is a mixture of two builds.
//   - [Server.ServeHTTP] says first who may ask (guard.go), and then answers from
//     the snapshot (file.go): a path is looked up among those of the site, and
//     never joined to a folder of the disk.
//   - Pages get a script on their way out (live.go); the snapshot stays as it
//     would be published. The script in client/ holds a stream of events open
//     while its page is looked at, fetches the page when it has changed and
//     changes only what differs, and shows what is wrong (problems.go).
//   - [Listen] and [Serve] are the sockets (listen.go).
//
// The script says in its stream which content it shows. So the server needs no
// memory of pages: whoever shows something else than the newest is told, after a
// restart of the server, too.
package preview

import (
	"net/http"
	"sync"
	"sync/atomic"

	"minutebook/generator/diag"
	"minutebook/generator/output"
	"minutebook/generator/source"
)

// A State is what is shown. It and all that it points to must not be changed.
type State struct {
	// Snapshot is the newest site that could be made; nil when none could yet.
	Snapshot *output.Snapshot

	// Filling says that pages of the snapshot are still being filled, and that
	// they will be shown once more, all filled: the snapshot is not yet known to
	// be good. Which pages changed is told then.
	Filling bool

	// Withdraw says, of a state without a snapshot, that the one before turned
	// out to have faults when it was filled: the last good one comes back.
	Withdraw bool

	// Base is the address that the site will have; empty when it is not known.
	Base string

	// Problems are those of the newest files. Warnings and errors are shown.
	Problems diag.List

	// Stale says for people why the snapshot is older than the files, or why
	// it would not be published; empty when nothing is the matter.
	Stale string

	// Source returns how problems name the document that a page of the snapshot
	// shows; empty for a page that shows none. May be nil.
	Source func(page string) string

	// File returns the file that problems name, for the lines around them; nil
	// when it is not at hand. May be nil.
	File func(path string) *source.File

	// Locate returns where the file that problems name is on the disk, for the
	// link to an editor: absolute, or empty for a file that is not there. May
	// be nil.
	Locate func(path string) string
}

// A Server serves the newest state. Its zero value says that there is no site
// yet, and answers to the names of this machine.
type Server struct {
	// Host is the name or address that the user wants the site to be reached
	// at, besides those of this machine; empty for none.
	Host string

	// Editor is the address that opens a file in an editor, with {path}, {line}
	// and {column}; see [EditorURL]. Empty for none.
	Editor string

	show   sync.Mutex // one Show at a time
	newest atomic.Pointer[shown]
}

// shown is a state and what follows from it.
type shown struct {
	State
	good     *shown        // the newest state whose pages are all filled; nil: none yet
	problems func() string // identifies what the page of problems holds
	replaced chan struct{} // closed when a newer state is shown
}

// Show makes the server show a state from now on, and tells the open pages. The
// snapshot before stays for a state without one.
func (s *Server) Show(state State) {
	s.show.Lock()
	defer s.show.Unlock()
	old := s.now()
	n := &shown{State: state, replaced: make(chan struct{})}
	n.good = old.good
	switch last := old; {
	case n.Snapshot != nil && !n.Filling:
		n.good = n
	case n.Snapshot == nil:
		if n.Withdraw && old.good != nil {
			last = old.good
		}
		n.Snapshot, n.Source, n.Base = last.Snapshot, last.Source, last.Base
	}
	n.problems = sync.OnceValue(func() string { return fingerprint(n.Problems, n.Stale) })
	s.newest.Store(n)
	close(old.replaced)
}

// now is the newest state; one without anything before the first.
func (s *Server) now() *shown {
	if s.newest.Load() == nil {
		s.newest.CompareAndSwap(nil, &shown{problems: func() string { return "" }, replaced: make(chan struct{})})
	}
	return s.newest.Load()
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	if !s.knows(r.Host) {
		refuse(w, http.StatusForbidden, "this preview answers only to the names of the machine it runs on; to reach it by another one, start it with --host NAME")
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "only GET and HEAD")
		return
	}
	if isOwn(r.URL.Path) {
		s.own(w, r)
		return
	}
	s.site(w, r)
}
