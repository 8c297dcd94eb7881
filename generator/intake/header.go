package intake

import (
	"bytes"
	"cmp"
	"io"
	"mime"
	"net/mail"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// Limits of a header. RFC 5322 has none; messages of lists stay far below.
const (
	mostHeader = 256 << 10 // bytes
	mostFields = 1000

	longestField = 4096 // bytes of a list of addresses that are looked at
)

// A header is the fields of a message or a part, by their names in lower case.
// Where a field comes twice the first counts.
//
// Package net/mail has readers for what fields hold, but gives up a message for
// one line that is no field, and archives are full of such lines.
type header map[string]string

// readHeader reads a header, and returns what follows it. The reason says why it
// is none.
func readHeader(data []byte) (h header, body []byte, reason string) {
	fields := map[string][]string{} // the lines of each
	name, size, count := "", 0, 0
	for len(data) > 0 {
		line, rest := cutLine(data)
		if size += len(line); size > mostHeader {
			return nil, nil, "its header has more than 256 KiB"
		}
		data = rest
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			if name != "" {
				fields[name] = append(fields[name], string(line))
			}
			continue
		}
		key, value, ok := strings.Cut(string(line), ":")
		key = strings.ToLower(strings.TrimRight(key, " \t"))
		if name = ""; !ok || !isFieldName(key) {
			continue
		}
		if count++; count > mostFields {
			return nil, nil, "its header has more than 1000 fields"
		}
		if fields[key] == nil {
			name = key
			fields[key] = []string{strings.TrimSpace(value)}
		}
	}
	h = header{}
	for key, lines := range fields {
		h[key] = strings.Join(lines, "\n")
	}
	return h, data, ""
}

// isFieldName reports a name of a field (RFC 5322, section 3.6.8).
func isFieldName(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= '\x7f' || r == ':' })
}

// text is a field with its encoded words decoded (RFC 2047), on one line.
func (h header) text(name string) string { return oneLine(tidy(decodeWords(unfolded(h[name])))) }

// unfolded is a field on one line (RFC 5322, section 2.2.3).
func unfolded(s string) string {
	return strings.NewReplacer("\n\t", " ", "\n ", " ", "\n", " ").Replace(s)
}

var words = mime.WordDecoder{CharsetReader: func(name string, in io.Reader) (io.Reader, error) {
	data, err := io.ReadAll(io.LimitReader(in, mostHeader))
	return strings.NewReader(decoded(data, name)), err
}}

// splitWords are two encoded words that a mailer divided within a character, as
// RFC 2047 forbids: the bytes belong together.
var splitWords = lazily(`(=\?([^?\s]+)\?([QqBb])\?[^?\s]*)\?=\s+=\?([^?\s]+)\?([QqBb])\?`)

func decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		return decoded([]byte(s), "")
	}
	joined := splitWords().ReplaceAllStringFunc(s, func(m string) string {
		p := splitWords().FindStringSubmatch(m)
		whole := strings.EqualFold(p[3], "q") || len(p[1][strings.LastIndexByte(p[1], '?')+1:])%4 == 0 && !strings.HasSuffix(p[1], "=")
		if strings.EqualFold(p[2], p[4]) && strings.EqualFold(p[3], p[5]) && whole {
			return p[1]
		}
		return m
	})
	if text, err := words.DecodeHeader(joined); err == nil {
		return decoded([]byte(text), "")
	}
	return decoded([]byte(s), "")
}

// decoded is bytes in a charset as text. A charset that is unknown, or not the
// one that the bytes are in, is taken for what most such mail is: UTF-8 where
// the bytes are that, else Windows-1252.
func decoded(data []byte, name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	enc, canonical := charset.Lookup(name)
	switch {
	case enc == nil || canonical == "utf-8" || canonical == "windows-1252" && utf8.Valid(data) && !isASCII(data) || canonical == "replacement":
		if utf8.Valid(data) {
			return string(data)
		}
		if canonical == "utf-8" {
			return strings.ToValidUTF8(string(data), "\uFFFD")
		}
		enc, _ = charset.Lookup("windows-1252")
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(text)
}

func isASCII(data []byte) bool {
	return !bytes.ContainsFunc(data, func(r rune) bool { return r >= utf8.RuneSelf })
}

// An address is a mailbox of a field: the name that stands for it, and the
// address itself, by which people.yaml may know somebody.
type mailbox struct{ name, address string }

var (
	bracketed = lazily(`^\s*"?([^"<]*)"?\s*<([^<>\s]*)>`)
	remarked  = lazily(`^\s*(\S+(?:\s+at\s+\S+)?)\s+\((.*)\)\s*$`)
)

// sender is who a field names first, as RFC 5322 writes it or as archives do:
// "anna at example.org (Anna Example)".
func (h header) sender(name string) mailbox {
	raw := unfolded(h[name])
	raw = raw[:min(len(raw), longestField)]
	parser := mail.AddressParser{WordDecoder: &words}
	if list, err := parser.ParseList(raw); err == nil && len(list) > 0 {
		return mailbox{oneLine(tidy(list[0].Name)), list[0].Address}
	}
	text := oneLine(tidy(decodeWords(raw)))
	if m := bracketed().FindStringSubmatch(text); m != nil {
		return mailbox{strings.TrimSpace(m[1]), m[2]}
	}
	if m := remarked().FindStringSubmatch(text); m != nil {
		return mailbox{m[2], strings.ReplaceAll(m[1], " at ", "@")}
	}
	if strings.Contains(text, "@") || strings.Contains(text, " at ") {
		return mailbox{address: strings.Replace(text, " at ", "@", 1)}
	}
	return mailbox{name: text}
}

var inBrackets = lazily(`<\s*(https?://[^<>\s]+)\s*>`)

// link is the first web address of a field in angle brackets (RFC 2369, section
// 2; RFC 5064).
func (h header) link(name string) string {
	raw := unfolded(h[name])
	m := inBrackets().FindStringSubmatch(raw)
	address := strings.TrimSpace(raw)
	if m != nil {
		address = m[1]
	}
	if u, err := url.Parse(address); err != nil || !isWeb(address) || strings.Contains(u.String(), "@") {
		return ""
	}
	return address
}

var messageID = lazily(`<[^<>\s]+>`)

// ids are the message identifiers of a field (RFC 5322, section 3.6.4).
func (h header) ids(name string) []string { return messageID().FindAllString(h[name], 100) }

// northAmerican are the zones whose names RFC 5322, section 4.3, still has.
var northAmerican = map[string]int{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}

var dateForms = []string{
	"Mon Jan _2 15:04:05 2006", "Mon Jan _2 15:04:05 -0700 2006", "Mon Jan _2 15:04:05 2006 -0700", "Mon Jan _2 15:04:05 MST 2006", "Mon Jan _2 15:04 2006",
	time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05",
}

// sent is when a message was sent, in its own zone; zero when nothing says it.
// What a postmark says counts when the message does not.
func (l letter) sent(h header) time.Time {
	for _, raw := range []string{h["date"], h["resent-date"], afterLast(h["received"], ";"), postmarkTime(l.from)} {
		if t := parseTime(unfolded(raw)); !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

func afterLast(s, mark string) string { return s[strings.LastIndex(s, mark)+1:] }

var weekday = lazily(`\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*$`)

func postmarkTime(line string) string { return weekday().FindString(line) }

func parseTime(raw string) time.Time {
	raw = oneLine(tidy(raw))
	if raw == "" || len(raw) > 200 {
		return time.Time{}
	}
	t, err := mail.ParseDate(raw)
	for _, form := range dateForms {
		if err != nil {
			t, err = time.Parse(form, raw)
		}
	}
	if err != nil || t.Year() < 1970 || t.Year() > 9999 {
		return time.Time{}
	}
	name, offset := t.Zone()
	hours := northAmerican[name]
	if hours != 0 && offset == 0 { // the library knows the name, but not what it means
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.FixedZone("", hours*3600))
	}
	if abs := max(offset, -offset); abs > 14*3600 { // no zone is that far away
		t = t.UTC()
	}
	return t
}

var encodedName = lazily(`(?i)name\*(?:0\*)?="?([^"';\s]*)'[^';]*'([^";\s]+)`)

// fileName is the name that a part has as an attachment (RFC 2183; RFC 2231 in
// any charset), without the folders that it says to be in; "" when it has none.
func (h header) fileName() string {
	name := ""
	for _, field := range []string{"content-disposition", "content-type"} {
		_, params, _ := mime.ParseMediaType(unfolded(h[field]))
		name = cmp.Or(name, params["filename"], params["name"])
		if m := encodedName().FindStringSubmatch(unfolded(h[field])); name == "" && m != nil {
			if bytes, err := url.PathUnescape(m[2]); err == nil {
				name = decoded([]byte(bytes), m[1])
			}
		}
	}
	name = oneLine(tidy(decodeWords(name)))
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	return clip(strings.TrimLeft(name, ". "), 80)
}
