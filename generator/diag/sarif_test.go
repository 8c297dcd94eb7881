package diag

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"minutebook/generator/source"
)

// A sarifLog is what the tests read back, by the names of the standard.
type sarifLog struct {
	Version string
	Schema  string `json:"$schema"`
	Runs    []struct {
		Tool struct {
			Driver struct {
				Name  string
				Rules []struct {
					ID                   string
					ShortDescription     struct{ Text string }
					DefaultConfiguration struct{ Level string }
				}
			}
		}
		ColumnKind  string
		Invocations []struct {
			ExecutionSuccessful        bool
			ToolExecutionNotifications []struct{ Message struct{ Text string } }
		}
		Results []struct {
			RuleID              string
			RuleIndex           int
			Level               string
			Message             struct{ Text string }
			Locations           []readLocation
			RelatedLocations    []readLocation
			PartialFingerprints map[string]string
		}
	}
}

type readLocation struct {
	PhysicalLocation struct {
		ArtifactLocation struct{ URI string }
		Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
	}
}

func readSARIF(t testing.TB, text string) (log sarifLog) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	return log
}

func TestSARIFParsesBack(t *testing.T) {
	l := hostileList()
	log := readSARIF(t, written(t, SARIF, l))
	run := log.Runs[0]
	if log.Version != "2.1.0" || !strings.HasSuffix(log.Schema, "sarif-schema-2.1.0.json") || run.Tool.Driver.Name != "minutebook" || run.ColumnKind != "unicodeCodePoints" {
		t.Errorf("read back %q, %q, %q, %q", log.Version, log.Schema, run.Tool.Driver.Name, run.ColumnKind)
	}
	if len(run.Results) != len(l) {
		t.Fatalf("%d results of %d problems", len(run.Results), len(l))
	}
	for i, r := range run.Results {
		d := l[i]
		if rule := run.Tool.Driver.Rules[r.RuleIndex]; r.RuleID != d.Code || rule.ID != d.Code || rule.ShortDescription.Text == "" {
			t.Errorf("rule %q, %+v of %q", r.RuleID, rule, d.Code)
		}
		if text := strings.NewReplacer("{{", "{", "}}", "}", "] (", "](").Replace(r.Message.Text); text != strings.ReplaceAll(sentence(d), "] (", "](") {
			t.Errorf("message %q, want %q", text, sentence(d))
		}
		file, ok := repositoryPath(d.Path)
		if !ok {
			if len(r.Locations) != 0 {
				t.Errorf("%q is at %v", d.Path, r.Locations)
			}
			continue
		}
		at := r.Locations[0].PhysicalLocation
		u, err := url.Parse(at.ArtifactLocation.URI)
		if err != nil || u.Scheme != "" || u.Host != "" || u.RawQuery != "" || u.Fragment != "" || u.Path != file || at.Region.StartLine < 1 {
			t.Errorf("%q is at %q %+v, %v", file, at.ArtifactLocation.URI, at.Region, err)
		}
	}
}

func TestSARIFPlaces(t *testing.T) {
	f := source.NewFile("a.md", []byte("ü = x\ny\n"))
	l := List{
		At(f, source.Span{Start: 5, End: 6}, "bad-value", "x").See(f, source.Span{Start: 7, End: 8}),
		At(f, source.Span{}, "unlinked-file", "x"),
	}
	results := readSARIF(t, written(t, SARIF, l)).Runs[0].Results
	region := results[0].Locations[0].PhysicalLocation.Region
	if region.StartLine != 1 || region.StartColumn != 5 || region.EndLine != 1 || region.EndColumn != 6 {
		t.Errorf("columns must be in characters: %+v", region)
	}
	if at := results[0].RelatedLocations[0].PhysicalLocation.Region; at.StartLine != 2 || at.StartColumn != 1 {
		t.Errorf("the other side is at %+v", at)
	}
	if at := results[1].Locations[0].PhysicalLocation.Region; at.StartLine != 1 || at.StartColumn != 0 || results[1].Level != "note" {
		t.Errorf("the whole file is at %+v", at)
	}
}

// A problem is recognised when its line moves and its words change, and the
// second of a key is told from the first.
func TestSARIFFingerprints(t *testing.T) {
	before := source.NewFile("a.md", []byte("title: x\n"))
	after := source.NewFile("a.md", []byte("\n\ntitle: x\n"))
	one := At(before, source.Span{Start: 0, End: 5}, "bad-value", "old").About("title")
	two := At(after, source.Span{Start: 2, End: 7}, "bad-value", "new").About("title")
	other := two.About("status")
	mark := func(l List, i int) string {
		return readSARIF(t, written(t, SARIF, l)).Runs[0].Results[i].PartialFingerprints[fingerprint]
	}
	first := mark(List{one}, 0)
	if moved := mark(List{other, two}, 1); first == "" || moved != first {
		t.Errorf("%q became %q", first, moved)
	}
	if mark(List{other}, 0) == first || mark(List{one, two}, 1) == first {
		t.Error("two problems have one fingerprint")
	}
}
