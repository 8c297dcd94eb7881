package preview

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strings"
	"time"

	"minutebook/generator/output"
)

// own is where the server's own addresses begin. No file of a site does: a
// folder whose name begins with an underscore would have to be called just so.
const own = "/_minutebook/"

func isOwn(path string) bool { return strings.HasPrefix(path, own) }

var (
	//go:embed client/idiomorph.js
	idiomorph []byte
	//go:embed client/live.js
	script []byte
	//go:embed client/live.css
	style []byte

	// program is the whole script, and scriptTag identifies what it and the
	// way it is added make of a page.
	program   = slices.Concat(idiomorph, []byte("\n"), script)
	scriptTag = func() string {
		sum := sha256.Sum256(slices.Concat(program, style))
		return hex.EncodeToString(sum[:4])
	}()
)

// withScript is a page with the script and its style sheet. The script is told
// what the page is: the name that was asked for, the sum of the content, and
// whether it is the page for addresses that are missing.
func withScript(page []byte, name, sum string, status int) []byte {
	at := bytes.Index(page, []byte("</head>"))
	if at < 0 {
		return page // no page that a layout made
	}
	tag := fmt.Sprintf(`<link rel="stylesheet" href="%slive.css?%s"><script defer src="%[1]slive.js?%[2]s" data-page="%s" data-sum="%s" data-status="%d"></script>`,
		own, scriptTag, html.EscapeString(name), sum, status)
	return slices.Concat(page[:at], []byte(tag), page[at:])
}

// unmade is the page for what cannot be made: a page, or the whole site before
// there ever was one. It waits for it.
func (s *Server) unmade(w http.ResponseWriter, r *http.Request) {
	page := []byte(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Cannot be made</title></head>` +
		`<body><h1>This page cannot be made</h1><p>It shows here as soon as it can.</p></body></html>`)
	page = withScript(page, nameOf(r.URL.Path), "", http.StatusServiceUnavailable)
	respond(w, r, page, http.StatusServiceUnavailable)
}

// own answers the script.
func (s *Server) own(w http.ResponseWriter, r *http.Request) {
	if crossSite(r) {
		refuse(w, http.StatusForbidden, "only pages of this preview may ask this")
		return
	}
	switch strings.TrimPrefix(r.URL.Path, own) {
	case "live.js":
		w.Header().Set("Content-Type", types[".js"])
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(program))
	case "live.css":
		w.Header().Set("Content-Type", types[".css"])
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(style))
	case "problems":
		w.Header().Set("Content-Type", types[".json"])
		json.NewEncoder(w).Encode(s.report(r.URL.Query().Get("page")))
	case "events":
		s.events(w, r)
	default:
		refuse(w, http.StatusNotFound, "there is nothing here")
	}
}

// A message tells a page about the newest state.
type message struct {
	Sum      string   `json:"sum"`               // of the content that its address has now
	Status   int      `json:"status"`            // of the answer that its address gets now
	Problems string   `json:"problems"`          // changes when there are other problems
	Changed  []change `json:"changed,omitempty"` // some of the other pages that are new or changed
	More     int      `json:"more,omitempty"`    // how many more did
	Styles   []string `json:"styles,omitempty"`  // style sheets that changed and kept their name
}

// A change is a page that changed.
type change struct {
	Path  string `json:"path"`
	Title string `json:"title"`
}

// Pages that a message names, and style sheets.
const (
	namedPages  = 3
	namedStyles = 20
)

// messageFor is what the state means for the page that an address has. last is
// the state that the page was told of before; nil: none.
func (n *shown) messageFor(page string, last *shown) message {
	m := message{Status: http.StatusServiceUnavailable, Problems: n.problems()}
	if n.Snapshot == nil {
		return m
	}
	m.Status = http.StatusOK
	f, ok := n.Snapshot.Lookup(page)
	if !ok {
		m.Status = http.StatusNotFound
		f, ok = n.Snapshot.Lookup(missing)
	}
	if ok {
		_, sum, err := contentOf(f)
		if err != nil {
			m.Status = http.StatusServiceUnavailable
			return m
		}
		m.Sum = hex.EncodeToString(sum[:16])
	}
	if last != nil && last.good != nil && last.good != n.good {
		m.tell(n, page, n.good.Snapshot.Since(last.good.Snapshot, isTold))
	}
	return m
}

// isTold reports whether a page is told that a file changed. Nobody looks at the
// others, and some of them are made only when somebody does.
func isTold(path string) bool { return isPage(path) || isStyle(path) }

func isStyle(path string) bool { return strings.HasSuffix(path, ".css") }

// tell adds what else changed.
func (m *message) tell(n *shown, page string, d output.Delta) {
	for _, p := range slices.Concat(d.Added, d.Changed) {
		switch {
		case p == page:
		case isStyle(p):
			if len(m.Styles) < namedStyles {
				m.Styles = append(m.Styles, p)
			}
		case len(m.Changed) < namedPages:
			m.Changed = append(m.Changed, change{p, n.title(p)})
		default:
			m.More++
		}
	}
}

// title is what a page calls itself.
func (n *shown) title(page string) string {
	f, ok := n.good.Snapshot.Lookup(page)
	if !ok {
		return page
	}
	_, rest, _ := bytes.Cut(f.Data, []byte("<title>"))
	text, _, ok := bytes.Cut(rest, []byte("</title>"))
	if !ok {
		return page
	}
	return html.UnescapeString(string(text))
}

// Times of a stream: how often it shows that it lives, and how long a browser
// may take to read what is written.
const (
	heartbeat    = 20 * time.Second
	writeTimeout = 30 * time.Second
)

// events tells the page "page", which shows the content "sum", what is newer,
// until the browser goes away. https://html.spec.whatwg.org/multipage/server-sent-events.html
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Time{}) // else the stream would end with the request's time
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	page := r.URL.Query().Get("page")
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	var last *shown
	for {
		n := s.now()
		data, err := json.Marshal(n.messageFor(page, last))
		if err != nil || write(control, w, "data: "+string(data)+"\n\n") != nil {
			return
		}
		for last = n; n == s.now(); {
			select {
			case <-r.Context().Done():
				return
			case <-n.replaced:
			case <-beat.C:
				if write(control, w, ":\n\n") != nil {
					return
				}
			}
		}
	}
}

func write(control *http.ResponseController, w http.ResponseWriter, text string) error {
	if err := control.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	if _, err := w.Write([]byte(text)); err != nil {
		return err
	}
	return control.Flush()
}
