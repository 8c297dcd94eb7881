package output

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// flowing is a file that is streamed in pieces; streams counts how often, and written how many bytes of it were taken.
func flowing(path, content string, streams, written *int) File {
	f := made(path, content)
	f.Stream = func(w io.Writer) error {
		*streams++
		for rest := content; rest != ""; {
			piece := rest[:min(len(rest), 70_001)]
			n, err := w.Write([]byte(piece))
			*written += n
			if err != nil {
				return err
			}
			rest = rest[len(piece):]
		}
		return nil
	}
	return f
}

// TestStreamIsPublished shows that a streamed file is streamed once when it is new or equal, and where it differs up to the difference
// and then as a whole.
func TestStreamIsPublished(t *testing.T) {
	long := strings.Repeat("0123456789", 30_000)
	changed := long[:100_000] + "x" + long[100_001:]
	tests := []struct {
		name, content string
		want          Report
		streams       int
	}{
		{"new", long, Report{Written: 2}, 1},
		{"equal", long, Report{Unchanged: 2}, 1},
		{"changed", changed, Report{Written: 1, Unchanged: 1}, 2},
		{"longer", changed + "x", Report{Written: 1, Unchanged: 1}, 2},
		{"shorter", changed, Report{Written: 1, Unchanged: 1}, 2},
		{"empty", "", Report{Written: 1, Unchanged: 1}, 2},
		{"empty again", "", Report{Unchanged: 2}, 1},
	}
	bothWays(t, func(t *testing.T, o Options) {
		dir := filepath.Join(t.TempDir(), "public")
		for _, test := range tests {
			var streams, written int
			s, err := NewSnapshot([]File{flowing("model.json", test.content, &streams, &written), {Path: "other", Data: []byte("1")}})
			if err != nil {
				t.Fatal(err)
			}
			r, err := Publish(t.Context(), dir, s, o)
			if err != nil || r != test.want || streams != test.streams {
				t.Errorf("%s: report is %+v, %v, after %d streams", test.name, r, err, streams)
			}
			if test.name == "changed" && written != len(long)+70_001 {
				t.Errorf("%d bytes were streamed", written)
			}
			wantTree(t, dir, tree{"model.json": test.content, "other": "1"})
			if data, err := os.ReadFile(filepath.Join(dir, manifestName)); err != nil || !bytes.Contains(data, []byte("model.json")) {
				t.Errorf("%s: the manifest is %q, %v", test.name, data, err)
			}
		}
	})
}

// TestStreamThatFails shows that the old site stays when a stream ends with an error, or does not mind one.
func TestStreamThatFails(t *testing.T) {
	fault := errors.New("fault")
	bothWays(t, func(t *testing.T, o Options) {
		for _, test := range []struct {
			old    string
			stream func(w io.Writer) error
		}{
			{"old", func(io.Writer) error { return fault }},
			{"old", func(w io.Writer) error { io.WriteString(w, "old"); return fault }},
			{"new", func(w io.Writer) error { io.WriteString(w, "ne"); return fault }},
		} {
			dir := filepath.Join(t.TempDir(), "public")
			publish(t, dir, tree{"a": test.old}, Options{})
			f := made("a", "new")
			f.Stream = test.stream
			s, err := NewSnapshot([]File{f})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Publish(t.Context(), dir, s, o); !errors.Is(err, fault) || !strings.Contains(err.Error(), filepath.Join(dir, "a")) {
				t.Errorf("got error %v", err)
			}
			wantTree(t, dir, tree{"a": test.old})
		}
		dir := filepath.Join(t.TempDir(), "public")
		publish(t, dir, tree{"a": "old"}, Options{})
		f := made("a", "new")
		f.Stream = func(w io.Writer) error { io.WriteString(w, "ne"); io.WriteString(w, "w"); return nil }
		s, err := NewSnapshot([]File{f})
		if err != nil {
			t.Fatal(err)
		}
		if r, err := Publish(t.Context(), dir, s, o); err != nil || r.Written != 1 {
			t.Errorf("a stream that goes on after an error: %+v, %v", r, err)
		}
		wantTree(t, dir, tree{"a": "new"})
	})
}

// TestStreamMeetsForeignFile shows that a foreign file at its path is taken over when it is equal, and else stays.
func TestStreamMeetsForeignFile(t *testing.T) {
	bothWays(t, func(t *testing.T, o Options) {
		for content, reason := range map[string]string{"model": "", "mine!": "which Minutebook did not make"} {
			dir := filepath.Join(t.TempDir(), "public")
			publish(t, dir, tree{"old": "1"}, Options{})
			plant(t, dir, tree{"model.json": content})
			var streams, written int
			s, err := NewSnapshot([]File{flowing("model.json", "model", &streams, &written)})
			if err != nil {
				t.Fatal(err)
			}
			_, err = Publish(t.Context(), dir, s, o)
			if reason != "" {
				refused(t, err, reason)
			} else if err != nil {
				t.Error(err)
			}
			if data, _ := os.ReadFile(filepath.Join(dir, "model.json")); string(data) != content {
				t.Errorf("the file holds %q", data)
			}
		}
	})
}

func TestStreamNeedsMake(t *testing.T) {
	_, err := NewSnapshot([]File{{Path: "a", Stream: func(io.Writer) error { return nil }}})
	if err == nil || !strings.Contains(err.Error(), "can be streamed but not made") {
		t.Errorf("got error %v", err)
	}
}
