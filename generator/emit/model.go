package emit

import (
	"bytes"
	"sync"

	"minutebook/generator/model"
	"minutebook/generator/output"
	"minutebook/generator/site"
)

// modelFile makes the model for other programs. It is made when somebody wants
// it: when it is published, and in a preview at its first request, from when on
// it is kept.
func modelFile(b *Builder) []Job {
	return []Job{{URL: site.ModelURL, File: func() *fileData {
		if b.Memory == nil {
			return &output.File{Make: b.model}
		}
		return &output.File{Make: sync.OnceValues(b.model)}
	}}}
}

func (b *Builder) model() ([]byte, error) {
	var out bytes.Buffer
	m := model.Of(b.Site, b.Problems)
	out.Grow(m.Size()) // growing as it goes would hold it three times
	err := model.Write(&out, m)
	return out.Bytes(), err
}
