package preview_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"minutebook/generator/diag"
	"minutebook/generator/output"
	"minutebook/generator/preview"
)

// patience is how long a test waits for what must happen.
const patience = 30 * time.Second

// live serves on a real socket until the test ends, and returns its address.
func live(t *testing.T, s *preview.Server) string {
	t.Helper()
	list, err := preview.Listen("", 0, false)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- preview.Serve(ctx, s, list) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the server failed: %v", err)
			}
		case <-time.After(patience):
			t.Error("the server does not end")
		}
	})
	return fmt.Sprintf("127.0.0.1:%d", preview.PortOf(list[0]))
}

// While sites are exchanged under load, every answer is of one site: the page
// and its tag fit together.
func TestSwapsUnderLoad(t *testing.T) {
	const sites = 50
	s := &preview.Server{}
	var states []preview.State
	for i := range sites {
		states = append(states, preview.State{Snapshot: snapshot(t, "index.html", page(fmt.Sprint("Number ", i)), "404.html", page("Missing"))})
	}
	s.Show(states[0])
	address := live(t, s)
	done := make(chan struct{})
	var clients sync.WaitGroup
	tags := sync.Map{}
	for range 8 {
		clients.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				r, err := http.Get("http://" + address + "/")
				if err != nil {
					t.Error(err)
					return
				}
				data, err := io.ReadAll(r.Body)
				r.Body.Close()
				if err != nil || r.StatusCode != 200 {
					t.Errorf("%d, %v", r.StatusCode, err)
					return
				}
				if other, loaded := tags.LoadOrStore(r.Header.Get("ETag"), string(data)); loaded && other != string(data) {
					t.Error("two pages have one tag")
					return
				}
			}
		})
	}
	for i := range 20 * sites {
		s.Show(states[i%sites])
	}
	close(done)
	clients.Wait()
}

// stream opens the events of a page and sends their data.
func stream(t *testing.T, address, page, sum string) <-chan map[string]any {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, "GET", "http://"+address+"/_minutebook/events?page="+page+"&sum="+sum, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	messages := make(chan map[string]any, 1000)
	var reader sync.WaitGroup
	reader.Go(func() {
		defer answer.Body.Close()
		for scan := bufio.NewScanner(answer.Body); scan.Scan(); {
			data, ok := bytes.CutPrefix(scan.Bytes(), []byte("data: "))
			var m map[string]any
			if ok && json.Unmarshal(data, &m) == nil {
				messages <- m
			}
		}
	})
	t.Cleanup(func() { cancel(); reader.Wait() })
	return messages
}

// next waits for a message that is as wanted.
func next(t *testing.T, messages <-chan map[string]any, want func(map[string]any) bool) map[string]any {
	t.Helper()
	limit := time.After(patience)
	for {
		select {
		case m := <-messages:
			if want(m) {
				return m
			}
		case <-limit:
			t.Fatal("no such message")
		}
	}
}

// A page is told what its address has now: at once, and after each change.
func TestEvents(t *testing.T) {
	s := site(t, "a.html", page("A"), "b.html", page("B"), "404.html", page("Missing"))
	messages := stream(t, live(t, s), "a.html", "")
	is := func(status float64) func(map[string]any) bool {
		return func(m map[string]any) bool { return m["status"] == status && m["sum"] != "" }
	}
	first := next(t, messages, is(200))
	s.Show(preview.State{Snapshot: snapshot(t, "a.html", page("Another"), "b.html", page("B"), "404.html", page("Missing"))})
	next(t, messages, func(m map[string]any) bool { return m["sum"] != first["sum"] && m["changed"] == nil })
	s.Show(preview.State{Snapshot: snapshot(t, "a.html", page("Another"), "b.html", page("B <2>"), "404.html", page("Missing"))})
	m := next(t, messages, func(m map[string]any) bool { return m["changed"] != nil })
	if text := fmt.Sprint(m["changed"]); !strings.Contains(text, "b.html") || !strings.Contains(text, "B <2>") {
		t.Errorf("the other page is told as %s", text)
	}
	s.Show(preview.State{Snapshot: snapshot(t, "b.html", page("B <2>"), "404.html", page("Missing"))})
	next(t, messages, is(404))
	s.Show(preview.State{Problems: diag.List{{Code: "layout", Severity: diag.Error}}})
	next(t, messages, func(m map[string]any) bool { return m["problems"] != first["problems"] && m["status"] == 404.0 })
}

// What is made only when somebody asks for it is not made to tell a page what
// changed.
func TestTellingMakesNothing(t *testing.T) {
	state := func(text string) preview.State {
		made := func(*bytes.Buffer) error { t.Error("the calendar is made"); return nil }
		snapshot, err := output.NewSnapshot([]output.File{
			{Path: "a.html", Data: []byte(page("A"))}, {Path: "b.html", Data: []byte(page(text))}, {Path: "s.css", Data: []byte(text)}, {Path: "c.ics", Make: made},
		})
		if err != nil {
			t.Fatal(err)
		}
		return preview.State{Snapshot: snapshot}
	}
	s := &preview.Server{}
	s.Show(state("one"))
	messages := stream(t, live(t, s), "a.html", "")
	next(t, messages, func(m map[string]any) bool { return m["sum"] != "" })
	s.Show(state("two"))
	m := next(t, messages, func(m map[string]any) bool { return m["changed"] != nil })
	if text := fmt.Sprint(m["changed"], m["styles"]); text != "[map[path:b.html title:two]] [s.css]" {
		t.Errorf("told is %s", text)
	}
}

// Hundreds of clients that never finish asking, or never read, stop nobody.
func TestSlowClients(t *testing.T) {
	s := site(t, append(sample[:len(sample):len(sample)], "big.bin", strings.Repeat("x", 8<<20))...)
	address := live(t, s)
	for i := range 300 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		switch i % 3 {
		case 0:
			fmt.Fprint(c, "GET / HT")
		case 1:
			fmt.Fprint(c, "GET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
		case 2:
			fmt.Fprint(c, "GET /_minutebook/events?page=index.html HTTP/1.1\r\nHost: localhost\r\n\r\n")
		}
	}
	for i := range 20 {
		s.Show(preview.State{Snapshot: snapshot(t, "index.html", page(fmt.Sprint("Number ", i)))})
		r, err := http.Get("http://" + address + "/")
		if err != nil {
			t.Fatal(err)
		}
		if text := body(t, r); !strings.Contains(text, fmt.Sprint("Number ", i)) {
			t.Errorf("a page is old: %s", text)
		}
		r.Body.Close()
	}
}
