package intake

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"
)

// Limits of a message.
const (
	deepestPart = 20        // multiparts in each other
	mostParts   = 500       // of one message
	mostText    = 512 << 10 // bytes of text that are made a document
	mostRead    = 128 << 20 // bytes of parts in parts, each counted where it is read
)

// A content is what a message says: one text, and what came with it.
type content struct {
	text        string
	html        bool     // text is HTML
	flowed      bool     // text is format=flowed (RFC 3676)
	delsp       bool     // and blanks before soft ends of lines go
	cut         bool     // a part could not be read to its end
	attachments []string // names; "" for one that has none
}

// A partReader reads the parts of one message.
type partReader struct {
	parts int
	bytes int
}

var (
	errParts = errors.New("it has more than 500 parts")
	errDepth = errors.New("its parts lie more than 20 deep in each other")
	errText  = errors.New("its text has more than 512 KiB")
	errBytes = errors.New("its parts in parts have more than 128 MiB")
)

// read finds the text of a part, and returns it. Of alternatives it is the plain
// one, which the sender wrote for such as us; what has another type is an
// attachment.
func (r *partReader) read(h header, body []byte, depth int) (content, error) {
	if r.parts++; r.parts > mostParts {
		return content{}, errParts
	}
	if depth > deepestPart {
		return content{}, errDepth
	}
	kind, params := mediaType(h)
	attached := strings.HasPrefix(strings.ToLower(strings.TrimSpace(h["content-disposition"])), "attachment")
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return r.multipart(kind, params["boundary"], body, depth)
	case kind == "message/rfc822" && depth > 0:
		return content{attachments: []string{h.fileName()}}, nil
	case attached || !strings.HasPrefix(kind, "text/") || kind == "text/calendar" || h.fileName() != "" && depth > 0 && kind != "text/plain":
		return content{attachments: []string{h.fileName()}}, nil
	}
	data := transferDecoded(body, h["content-transfer-encoding"])
	if len(data) > mostText {
		return content{}, errText
	}
	return content{
		text: tidy(decoded(data, params["charset"])), html: kind == "text/html" || kind == "text/xhtml",
		flowed: strings.EqualFold(params["format"], "flowed"), delsp: strings.EqualFold(params["delsp"], "yes"),
	}, nil
}

var boundary = lazily(`(?i)boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))`)
var charsetName = lazily(`(?i)charset\s*=\s*"?([A-Za-z0-9_.:+-]{1,40})`)

// mediaType is the type of a part and its parameters (RFC 2045, section 5). A
// field that cannot be read is looked through for what is needed.
func mediaType(h header) (string, map[string]string) {
	raw := unfolded(h["content-type"])
	if raw == "" {
		return "text/plain", nil
	}
	kind, params, err := mime.ParseMediaType(raw)
	if err == nil && strings.Contains(kind, "/") {
		return kind, params
	}
	kind, _, _ = strings.Cut(strings.ToLower(raw), ";")
	if kind = strings.TrimSpace(kind); !strings.Contains(kind, "/") {
		kind = "text/plain" // "text", of mailers before MIME
	}
	params = map[string]string{}
	if m := boundary().FindStringSubmatch(raw); m != nil {
		params["boundary"] = m[1] + m[2]
	}
	if m := charsetName().FindStringSubmatch(raw); m != nil {
		params["charset"] = m[1]
	}
	return kind, params
}

// multipart reads the parts of a part. A message that was cut off ends where it
// was cut.
func (r *partReader) multipart(kind, mark string, body []byte, depth int) (content, error) {
	var whole content
	parts := multipart.NewReader(bytes.NewReader(body), mark)
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			whole.cut = whole.cut || err != io.EOF
			return whole, nil
		}
		h := header{}
		for name, values := range p.Header {
			h[strings.ToLower(name)] = values[0]
		}
		var data []byte
		if kind, _ := mediaType(h); strings.HasPrefix(kind, "multipart/") || strings.HasPrefix(kind, "text/") {
			data, err = io.ReadAll(p)
			whole.cut = whole.cut || err != nil
		}
		if r.bytes += len(data); r.bytes > mostRead {
			return whole, errBytes
		}
		one, err := r.read(h, data, depth+1)
		if err != nil {
			return whole, err
		}
		whole.join(one, kind == "multipart/alternative")
	}
}

// join adds a part to those before it.
func (c *content) join(part content, alternative bool) {
	c.attachments = append(c.attachments, part.attachments...)
	part.cut = part.cut || c.cut
	c.cut = part.cut
	had, has := strings.TrimSpace(c.text) != "", strings.TrimSpace(part.text) != ""
	switch {
	case !has:
	case !had || alternative && c.html && !part.html:
		attachments := c.attachments
		*c = part
		c.attachments = attachments
	case alternative:
	case c.html == part.html: // a list puts its footer behind the text as a part
		c.text = strings.TrimRight(c.text, "\n") + "\n\n" + part.text
		c.flowed = c.flowed && part.flowed
	default:
		c.attachments = append(c.attachments, "")
	}
}

// transferDecoded is a body without its transfer encoding (RFC 2045, section 6).
// What cannot be decoded is dropped from there on.
func transferDecoded(body []byte, encoding string) []byte {
	var data []byte
	var err error
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		if data, err = io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body))); err != nil {
			return leniently(body)
		}
	case "base64":
		data, _ = io.ReadAll(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(body)))
	default:
		return body
	}
	return data
}

var octet = lazily(`=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n)`)

// leniently decodes what quoted-printable text a stricter reader refuses: an "="
// that begins nothing stays (RFC 2045, section 6.7, says so of robust readers).
func leniently(body []byte) []byte {
	return octet().ReplaceAllFunc(body, func(m []byte) []byte {
		if one, err := hex.DecodeString(string(m[1:])); err == nil {
			return one
		}
		return nil
	})
}
