package emit

import (
	"bytes"
	"io"
	"sync"

	"minutebook/generator/model"
	"minutebook/generator/output"
	"minutebook/generator/site"
)

// modelFile makes the model for other programs. It is made when somebody wants
// it: piece by piece when it is published, and in a preview at its first request,
// from when on it is kept.
func modelFile(b *Builder) []Job {
	return []Job{{URL: site.ModelURL, File: func() *fileData {
		if b.Memory == nil {
			return &output.File{Make: b.model, Stream: b.writeModel}
		}
		return &output.File{Make: remembered(b.model)}
	}}}
}

// remembered makes a content once, and keeps it.
func remembered(content func(*bytes.Buffer) error) func(*bytes.Buffer) error {
	made := sync.OnceValues(func() ([]byte, error) {
		var data bytes.Buffer
		err := content(&data)
		return data.Bytes(), err
	})
	return appended(made)
}

func (b *Builder) model(to *bytes.Buffer) error { return b.writeModel(to) }

func (b *Builder) writeModel(w io.Writer) error { return model.Write(w, model.Of(b.Site, b.Problems)) }
