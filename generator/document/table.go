package document

import (
	"bytes"

	"minutebook/generator/config"
	"minutebook/generator/source"
)

// endTable reads the table that was collected: two columns of keys and values,
// or keys in the first row above values in the only other one, as the host of a
// repository shows front matter.
func (s *scan) endTable() {
	rows := s.rows
	if s.rows = nil; len(rows) < 2 {
		return
	}
	cells := make([][]source.Span, 0, len(rows))
	lines := rows[:0:0]
	for _, row := range rows {
		if c := cellsOf(row.text); len(c) > 0 && !isDelimiter(row.text) {
			cells, lines = append(cells, c), append(lines, row)
		}
	}
	if len(cells) == 2 && s.keys(lines[0], cells[0]) > 1 && s.keys(lines[1], cells[1][:1]) == 0 {
		for i := range min(len(cells[0]), len(cells[1])) {
			s.cell(lines[0], cells[0][i], lines[1], cells[1][i])
		}
		return
	}
	for i, c := range cells {
		if len(c) == 2 {
			s.cell(lines[i], c[0], lines[i], c[1])
		}
	}
}

// cell takes a value with its key.
func (s *scan) cell(keyLine textLine, key source.Span, line textLine, value source.Span) {
	key = trimmed(keyLine.text, key, " \t*_:`")
	if key.End <= key.Start || value.End <= value.Start || key.End-key.Start > longestKey {
		return
	}
	st := statement{from: config.FromTable}
	st.Key, st.KeySpan = string(keyLine.text[key.Start:key.End]), key.Shift(keyLine.at)
	st.Value = scalarAt(line.text, line.at, value)
	s.add(st)
}

// keys is how many cells hold keys of the kind.
func (s *scan) keys(line textLine, cells []source.Span) (n int) {
	for _, c := range cells {
		c = trimmed(line.text, c, " \t*_:`")
		if c.End > c.Start && s.knows(string(line.text[c.Start:c.End])) {
			n++
		}
	}
	return n
}

// cellsOf are the cells of a row that begins with a bar (GFM 4.10).
func cellsOf(row []byte) (cells []source.Span) {
	start := bytes.IndexByte(row, '|') + 1
	for i := start; i < len(row); i++ {
		if row[i] == '|' && row[i-1] != '\\' {
			cells = append(cells, trimmed(row, source.Span{Start: start, End: i}, " \t"))
			start = i + 1
		}
	}
	if last := trimmed(row, source.Span{Start: start, End: len(row)}, " \t"); last.End > last.Start {
		cells = append(cells, last)
	}
	return cells
}

func isDelimiter(row []byte) bool { return len(bytes.Trim(row, "|-: \t")) == 0 }
