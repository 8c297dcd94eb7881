package preview

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// A TakenError says that another program has the port.
type TakenError struct{ Port int }

func (e *TakenError) Error() string {
	return fmt.Sprintf("another program listens on port %d; choose another port with --port, or any free one with --port 0", e.Port)
}

// Ports to try for a default port that is taken, and for a free port that one
// address has and the other has not.
const attempts = 50

// Listen opens a port on a host: on both addresses of this machine for an empty
// one or localhost. Port 0 is any free port. With next, a port that is taken
// makes it try those that follow. The error is a [TakenError], or the system's.
func Listen(host string, port int, next bool) ([]net.Listener, error) {
	var err error
	for range attempts {
		var list []net.Listener
		list, err = listen(host, port)
		var taken *TakenError
		switch {
		case err == nil:
			return list, nil
		case !errors.As(err, &taken) || port != 0 && !next:
			return nil, err
		case port != 0:
			port++
		}
	}
	return nil, err
}

func listen(host string, port int) ([]net.Listener, error) {
	if host != "" && host != "localhost" {
		l, err := open(host, port)
		if err != nil {
			return nil, err
		}
		return []net.Listener{l}, nil
	}
	four, err := open("127.0.0.1", port)
	if err != nil {
		return nil, err
	}
	six, err := open("::1", PortOf(four))
	var taken *TakenError
	if errors.As(err, &taken) {
		four.Close()
		return nil, err
	}
	if err != nil { // a machine without IPv6
		return []net.Listener{four}, nil
	}
	return []net.Listener{four, six}, nil
}

func open(host string, port int) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if errors.Is(err, syscall.EADDRINUSE) || runtime.GOOS == "windows" && errors.Is(err, windowsInUse) {
		return nil, &TakenError{Port: port}
	}
	return l, err
}

// windowsInUse is WSAEADDRINUSE, which package syscall has no name for elsewhere.
const windowsInUse = syscall.Errno(10048)

// PortOf is the port of a listener.
func PortOf(l net.Listener) int {
	if a, ok := l.Addr().(*net.TCPAddr); ok {
		return a.Port
	}
	return 0
}

// Beyond reports whether a host is reached from other machines.
func Beyond(host string) bool { return !isLoopback(host) }

// Serve answers on listeners until ctx ends; then it closes them and every
// connection at once. The error is nil, or why a listener failed.
func Serve(ctx context.Context, s *Server, listeners []net.Listener) error {
	server := &http.Server{
		Handler: s,
		// A client that sends or reads slowly holds its connection for this
		// long, and nothing else. Streams of events set their own deadlines.
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      time.Minute,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
	failed := make(chan error, len(listeners))
	var all sync.WaitGroup
	for _, l := range listeners {
		all.Go(func() { failed <- server.Serve(l) })
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	server.Close()
	all.Wait()
	return err
}
