package preview

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// protect sets the headers that every answer has. No header allows another
// origin anything.
func protect(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache") // may be kept, and must be asked about
}

func refuse(w http.ResponseWriter, status int, why string) {
	http.Error(w, why, status)
}

// knows reports whether a Host header names this server. A page of another site
// can make its own name lead to this machine (DNS rebinding) and would then read
// everything; but it cannot make the browser send another name than its own. An
// address is no name and cannot be made to lead elsewhere, so addresses are
// fine where other machines are meant to see the preview.
func (s *Server) knows(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")
	if ip := net.ParseIP(name); ip != nil {
		return ip.IsLoopback() || !isLoopback(s.Host)
	}
	return strings.EqualFold(name, "localhost") || name != "" && strings.EqualFold(name, s.Host)
}

// isLoopback reports whether a host is reached from this machine only. The
// empty host is what is used when nobody says anything: this machine.
func isLoopback(host string) bool {
	if host == "" || strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// crossSite reports whether a page of another origin asks. Every current
// browser says so in one of two headers; programs send neither.
func crossSite(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		return true
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return false
	}
	u, err := url.Parse(origin)
	return err != nil || !strings.EqualFold(u.Host, r.Host)
}
