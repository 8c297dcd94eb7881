package intake

import (
	"bytes"
	"strconv"
)

// This file divides a mailbox (RFC 4155 and the variants before it) into
// messages. A message begins at a line "From " with a time and a year, at the
// start or behind an empty line. How a line "From " of a text is kept differs:
// with ">" before it (mboxo), with one more ">" before any number of them
// (mboxrd), or as it is where Content-Length says how long the message is
// (mboxcl2, and mboxcl, which does both).

// A letter is one message of an input.
type letter struct {
	data []byte
	line int    // 1-based, of its first line in the file
	from string // the line "From "; "" in a file of one message
}

// mostMessages is how many messages of a mailbox are looked at.
const mostMessages = 2000

var (
	postmark      = lazily(`^From (?:.* )?\d{1,2}:\d\d(?::\d\d)?(?: .*)?\b(?:19|20)\d\d\b`)
	contentLength = lazily(`(?im)^Content-Length:[ \t]*(\d{1,9})[ \t]*\r?$`)
)

// letters divides a file into messages. More says that there are others.
func letters(data []byte) (list []letter, more bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	whole := len(data)
	data = bytes.TrimLeft(data, "\r\n")
	line := 1 + whole - len(data) // near enough for a file that begins with empty lines
	if !bytes.HasPrefix(data, []byte("From ")) {
		return []letter{{data: data, line: line}}, false
	}
	for len(data) > 0 {
		if len(list) == mostMessages {
			return list, true
		}
		first, rest := cutLine(data)
		end := messageEnd(rest)
		one := letter{data: unquoted(rest[:end]), line: line + 1, from: string(bytes.TrimRight(first, "\r\n"))}
		list = append(list, one)
		line += bytes.Count(data[:len(first)+end], []byte("\n"))
		data = rest[end:]
	}
	return list, false
}

// cutLine is the first line of data with its end, and the rest.
func cutLine(data []byte) (line, rest []byte) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return data[:i+1], data[i+1:]
	}
	return data, nil
}

// messageEnd is where the next message begins.
func messageEnd(data []byte) int {
	head := data[:min(len(data), mostHeader)]
	header := len(head)
	for _, empty := range []string{"\n\n", "\r\n\r\n"} {
		if i := bytes.Index(head, []byte(empty)); i >= 0 {
			header = min(header, i+len(empty))
		}
	}
	if m := contentLength().FindSubmatch(data[:header]); m != nil {
		n, _ := strconv.Atoi(string(m[1]))
		if end := header + n; end <= len(data) {
			rest := bytes.TrimLeft(data[end:], "\r\n")
			if first, _ := cutLine(rest); len(rest) == 0 || postmark().Match(clipped(first)) {
				return len(data) - len(rest)
			}
		}
	}
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("\nFrom "))
		if i < 0 {
			return len(data)
		}
		at += i + 1
		first, _ := cutLine(data[at:])
		above := bytes.TrimSuffix(data[:at-1], []byte("\r"))
		if (len(above) == 0 || bytes.HasSuffix(above, []byte("\n"))) && postmark().Match(clipped(first)) {
			return at
		}
	}
}

// clipped is as much of a line as a postmark can have.
func clipped(line []byte) []byte { return bytes.TrimRight(line[:min(len(line), 1000)], "\r\n") }

var quotedFrom = lazily(`(?m)^>(>*From )`)

// unquoted takes one ">" from lines that a mailbox quoted.
func unquoted(data []byte) []byte {
	if !bytes.Contains(data, []byte(">From ")) {
		return data
	}
	return quotedFrom().ReplaceAll(data, []byte("$1"))
}
