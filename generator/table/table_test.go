package table_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"minutebook/generator/golden"
	"minutebook/generator/golden/linked"
	"minutebook/generator/site"
	"minutebook/generator/table"
)

// read parses a table and holds what RFC 4180 says of it: CRLF, and as many cells
// in each line.
func read(t testing.TB, data []byte) [][]string {
	t.Helper()
	if !bytes.HasSuffix(data, []byte("\r\n")) || bytes.Count(data, []byte("\n")) != bytes.Count(data, []byte("\r\n")) {
		t.Errorf("lines do not end in CRLF: %q", data)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") || strings.ContainsAny(cell, "\r\n\x00") {
				t.Errorf("a spreadsheet may run %q", cell)
			}
		}
	}
	return rows
}

func made[T any](write func(*bytes.Buffer, T), of T) []byte {
	var out bytes.Buffer
	write(&out, of)
	return out.Bytes()
}

// The cases are sites with the tables that are made of them.
func TestTables(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) {
		s := linked.Site(t, linked.Files(c), "2018-04-02")
		want := func(name string, data []byte) {
			rows := read(t, data)
			for _, row := range rows {
				if len(row) != len(rows[0]) {
					t.Errorf("%s: %d cells, not %d, in %q", name, len(row), len(rows[0]), row)
				}
			}
			c.Want(name, strings.ReplaceAll(string(data), "\r\n", "\n"))
		}
		want(site.ActionsTable, made(table.Actions, s))
		want(site.QuestionsTable, made(table.Questions, s))
		want(site.FeedbackTable, made(table.Feedback, s))
		want(site.DecisionsTable, made(table.Decisions, s))
		for _, r := range s.Records {
			if r.SurveyURL != "" {
				want(r.SurveyURL, made(table.Survey, r))
			}
		}
	})
}

func TestCell(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'=1", "\r\n=1": "'=1", " \u00a0=1": "'=1",
		"\u202e=1": "'=1", "\x00=1": "'=1", "＝1": "'＝1", "a=1": "a=1", "": "", "'=1": "'=1", "1-1": "1-1",
	} {
		if got := table.Cell(in); got != want {
			t.Errorf("Cell(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzSurvey: whatever stands in a survey's table, a reader of CSV finds as many
// rows and cells, and no formula.
func FuzzSurvey(f *testing.F) {
	for _, s := range []string{"=cmd|' /C calc'!A0", "a,b\"c", "`x`", "<b>-1</b>", "[@x](y.md)", "\\|"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		if strings.ContainsAny(cell, "\r\n|\\<`") {
			return
		}
		s := linked.Site(t, map[string]string{"proposals/a.md": "# A\n\n## Survey\n\n| Option | Count |\n|---|---|\n| x" + cell + " | 1 |\n| " + cell + "| 2 |\n"}, "2018-04-02")
		data := made(table.Survey, s.Records[0])
		if data == nil {
			return // it was no table
		}
		if rows := read(t, data); len(rows) != 3 {
			t.Errorf("%d rows: %q", len(rows), rows)
		}
	})
}
