package model

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
)

// Write writes model.json: a [File], each element of its lists on a line. The
// error is that of w. Characters that mean something in HTML are escaped, so
// that the text may stand in a page.
func Write(w io.Writer, m Model) error {
	e := newEncoder(w)
	e.text(`{"schema":`)
	e.value(Schema)
	e.text(",\n" + `"site":`)
	e.value(m.Site())
	list(e, "kinds", m.Kinds())
	list(e, "records", m.Records())
	list(e, "notes", m.Notes())
	list(e, "people", m.People())
	list(e, "topics", m.Topics())
	list(e, "events", m.Events())
	list(e, "problems", m.Problems())
	e.text("}\n")
	return e.err
}

// sampled is about how many elements of a list a size is told from.
const sampled = 200

// Size is about how many bytes [Write] will write, told from a sample of the
// records and problems; rather a few too many.
func (m Model) Size() int {
	var n counter
	e := newEncoder(&n)
	records := m.site.Records
	step := len(records)/sampled + 1
	for i := 0; i < len(records); i += step {
		e.value(m.Record(records[i]))
		for _, note := range records[i].Notes {
			e.value(m.Note(note))
		}
		for _, t := range records[i].Topics {
			n += counter(len(t.Name) + len(records[i].File.Path)) // its place in the list of the topic
		}
	}
	size := step * int(n)
	n, step = 0, len(m.problems)/sampled+1
	for i := 0; i < len(m.problems); i += step {
		e.value(problem(m.problems[i]))
	}
	size += step * int(n)
	return size + size/8 + 64<<10
}

// A counter counts bytes.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// An encoder writes values one after the other, and nothing more after an error.
type encoder struct {
	to   io.Writer
	line bytes.Buffer // of one value
	json *json.Encoder
	err  error
}

func newEncoder(to io.Writer) *encoder {
	e := &encoder{to: to}
	e.json = json.NewEncoder(&e.line)
	return e
}

func (e *encoder) text(s string) {
	if e.err == nil {
		_, e.err = io.WriteString(e.to, s)
	}
}

func (e *encoder) value(v any) {
	if e.err != nil {
		return
	}
	e.line.Reset()
	if e.err = e.json.Encode(v); e.err != nil {
		return
	}
	_, e.err = e.to.Write(bytes.TrimSuffix(e.line.Bytes(), []byte("\n")))
}

// list writes a member whose value is a list.
func list[T any](e *encoder, name string, values iter.Seq[T]) {
	e.text(",\n\"" + name + `":[`)
	between := "\n"
	for v := range values {
		e.text(between)
		e.value(&v)
		if e.err != nil {
			return
		}
		between = ",\n"
	}
	e.text("]")
}
