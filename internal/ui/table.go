package ui

import (
	"io"
	"strings"

	"wxcloud/internal/sanitize"
)

// Table lines up columns by what is seen, not by bytes: Chinese text is two
// columns wide per character and colour codes take none. Every cell is cleaned
// before it is printed.
type Table struct {
	theme  Theme
	header []string
	rows   [][]Cell
}

// Cell is one field of a table. Style, which may be nil, paints the text after
// it was measured; the methods of Theme fit.
type Cell struct {
	Text  string
	Style func(string) string
}

// NewTable returns a table with the given column titles; without any it has no
// header line.
func NewTable(theme Theme, header ...string) *Table { return &Table{theme: theme, header: header} }

// Row adds a row of plain cells.
func (t *Table) Row(cells ...string) {
	row := make([]Cell, len(cells))
	for i, text := range cells {
		row[i].Text = text
	}
	t.Cells(row...)
}

// Cells adds a row of cells, some of them painted.
func (t *Table) Cells(cells ...Cell) { t.rows = append(t.rows, cells) }

// Len is the number of rows.
func (t *Table) Len() int { return len(t.rows) }

const (
	gap = 2
	// minimumWrap is the narrowest last column worth wrapping in; below it the
	// terminal's own line breaks are easier to read.
	minimumWrap = 20
)

// Write prints the table. On a terminal of the given width the last column is
// wrapped under itself; width 0 (Streams.OutWidth of a pipe) never wraps, so
// that one row stays one line for grep.
func (t *Table) Write(w io.Writer, width int) error {
	rows := t.rows
	if len(t.header) > 0 {
		head := make([]Cell, len(t.header))
		for i, title := range t.header {
			head[i] = Cell{Text: title, Style: t.theme.Bold}
		}
		rows = append([][]Cell{head}, rows...)
	}
	columns := t.columns(rows)
	var b strings.Builder
	for _, row := range rows {
		t.line(&b, row, columns, width)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *Table) columns(rows [][]Cell) []int {
	var columns []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(columns) {
				columns = append(columns, 0)
			}
			columns[i] = max(columns[i], Width(sanitize.Line(cell.Text)))
		}
	}
	return columns
}

func (t *Table) line(b *strings.Builder, row []Cell, columns []int, width int) {
	indent := 0
	for len(row) > 0 && row[len(row)-1].Text == "" {
		row = row[:len(row)-1] // no blanks at the end of a line
	}
	for i, cell := range row {
		text := sanitize.Line(cell.Text)
		if i < len(row)-1 {
			b.WriteString(cell.paint(text))
			b.WriteString(strings.Repeat(" ", columns[i]-Width(text)+gap))
			indent += columns[i] + gap
			continue
		}
		lines := []string{text}
		if room := width - indent; room >= minimumWrap {
			lines = Wrap(text, room)
		}
		for n, part := range lines {
			if n > 0 {
				b.WriteString("\n" + strings.Repeat(" ", indent))
			}
			b.WriteString(cell.paint(part))
		}
	}
	b.WriteByte('\n')
}

func (c Cell) paint(s string) string {
	if c.Style == nil {
		return s
	}
	return c.Style(s)
}
