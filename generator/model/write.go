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
	e.flush()
	return e.err
}

// piece is how many bytes are written at a time, about.
const piece = 64 << 10

// An encoder writes values one after the other, and nothing more after an error.
type encoder struct {
	to   io.Writer
	held bytes.Buffer // not written yet
	json *json.Encoder
	err  error
}

func newEncoder(to io.Writer) *encoder {
	e := &encoder{to: to}
	e.json = json.NewEncoder(&e.held)
	return e
}

func (e *encoder) text(s string) { e.held.WriteString(s) }

func (e *encoder) value(v any) {
	if e.err != nil {
		return
	}
	if e.err = e.json.Encode(v); e.err != nil {
		return
	}
	e.held.Truncate(e.held.Len() - 1) // the end of the line
	if e.held.Len() >= piece {
		e.flush()
	}
}

func (e *encoder) flush() {
	if e.err == nil {
		_, e.err = e.held.WriteTo(e.to)
	}
}

// list writes a member whose value is a list.
func list[T any](e *encoder, name string, values iter.Seq[T]) {
	e.text(",\n\"" + name + `":[`)
	between := "\n"
	var one T
	for one = range values {
		e.text(between)
		e.value(&one)
		if e.err != nil {
			return
		}
		between = ",\n"
	}
	e.text("]")
}
