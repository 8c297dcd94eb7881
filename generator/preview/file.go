package preview

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"minutebook/generator/output"
)

// index is the file that stands for its folder.
const index = "index.html"

// missing is the page for addresses that the site does not have.
const missing = "404.html"

// site answers a request for a file of the site.
func (s *Server) site(w http.ResponseWriter, r *http.Request) {
	n := s.now()
	if n.Snapshot == nil {
		s.unmade(w, r)
		return
	}
	name := nameOf(r.URL.Path)
	if f, ok := n.Snapshot.Lookup(name); ok {
		s.file(w, r, f)
		return
	}
	if _, ok := n.Snapshot.Lookup(name + "/" + index); ok {
		// The address begins with one slash and the name of a folder of the
		// site, so it cannot lead to another host.
		to := url.URL{Path: "/" + name + "/", RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
		return
	}
	if f, ok := n.Snapshot.Lookup(missing); ok {
		serveMissing(w, r, name, n.Base, f)
		return
	}
	refuse(w, http.StatusNotFound, "there is no such page")
}

// nameOf is the path in the site that an address means.
func nameOf(address string) string {
	name := strings.TrimPrefix(address, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += index
	}
	return name
}

// serveMissing answers for an address that the site does not have. That page is
// written for the top of the site, or for the address that the site will have;
// here it must find its style wherever it is shown. The base stands before the
// page's policy, which forbids any that follow.
func serveMissing(w http.ResponseWriter, r *http.Request, name, base string, f *output.File) {
	data, sum, err := contentOf(f)
	if err != nil {
		refuse(w, http.StatusNotFound, "there is no such page")
		return
	}
	if base != "" {
		data = bytes.ReplaceAll(data, []byte(`"`+base), []byte(`"/`))
	}
	data = bytes.Replace(data, []byte("<head>"), []byte(`<head><base href="/">`), 1)
	data = withScript(data, name, hex.EncodeToString(sum[:16]), http.StatusNotFound)
	respond(w, r, data, http.StatusNotFound)
}

// respond writes a page that explains and is no file: neither ranges nor
// conditions.
func respond(w http.ResponseWriter, r *http.Request, page []byte, status int) {
	w.Header().Set("Content-Type", types[".html"])
	w.Header().Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(page)
	}
}

// file writes a file of the site.
func (s *Server) file(w http.ResponseWriter, r *http.Request, f *output.File) {
	if f.Open != nil {
		stream(w, r, f)
		return
	}
	data, sum, err := contentOf(f)
	if err != nil {
		s.unmade(w, r)
		return
	}
	tag := hex.EncodeToString(sum[:16])
	if isPage(f.Path) {
		data = withScript(data, f.Path, tag, http.StatusOK)
		tag += "-" + scriptTag
	}
	h := w.Header()
	h.Set("Content-Type", typeOf(f.Path))
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// contentOf is the content of a file that is not streamed, and its sum.
func contentOf(f *output.File) ([]byte, [sha256.Size]byte, error) {
	if f.Make == nil {
		return f.Data, f.Sum, nil
	}
	var data bytes.Buffer
	err := f.Make(&data)
	return data.Bytes(), sha256.Sum256(data.Bytes()), err
}

// stream writes a large file from its source. The source may have changed since
// the snapshot; one that is of another length is another file.
func stream(w http.ResponseWriter, r *http.Request, f *output.File) {
	in, err := f.Open()
	if err != nil {
		refuse(w, http.StatusServiceUnavailable, "this file cannot be read now")
		return
	}
	defer in.Close()
	seeker, ok := in.(io.ReadSeeker)
	if ok {
		var size int64
		if size, err = seeker.Seek(0, io.SeekEnd); err != nil || size != f.Size {
			refuse(w, http.StatusServiceUnavailable, "this file is changing; ask again")
			return
		}
	}
	h := w.Header()
	h.Set("Content-Type", typeOf(f.Path))
	h.Set("ETag", `"`+hex.EncodeToString(f.Sum[:16])+`"`)
	if ok {
		http.ServeContent(w, r, "", time.Time{}, seeker)
		return
	}
	h.Set("Content-Length", strconv.FormatInt(f.Size, 10))
	if r.Method != http.MethodHead {
		io.CopyN(w, in, f.Size)
	}
}

func isPage(name string) bool { return path.Ext(name) == ".html" }

// types are the types of files by their ending. The machine's own list is not
// asked: it differs from that of the host where the site will be.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".webmanifest": "application/manifest+json", ".xml": "application/xml", ".atom": "application/atom+xml",
	".ics": "text/calendar; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".tsv": "text/tab-separated-values; charset=utf-8", ".yaml": "text/plain; charset=utf-8", ".yml": "text/plain; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
	".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon", ".pdf": "application/pdf",
	".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf",
	".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".wav": "audio/wav",
	".mp4": "video/mp4", ".webm": "video/webm", ".zip": "application/zip", ".gz": "application/gzip",
}

func typeOf(name string) string {
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}
