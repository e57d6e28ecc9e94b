package report

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"wxcloud/internal/sanitize"
	"wxcloud/internal/ui"
	"wxcloud/lint"
)

// frame returns the part of a source line around the range [start, end), at most
// width terminal columns of it, and the marks to print under it. start and end are columns in UTF-16 units from 1.
// Tabs become spaces and unprintable characters visible, so marks and text agree
// in any terminal; a wide character takes two marks.
func frame(line []byte, start, end, width int) (text, marks string) {
	width = max(width-2, 8) // what is cut off is shown as "…", on either side
	line = bytes.TrimRight(line, "\r\n")
	start = min(max(start, 1), len(line)+1) // a line has no more units than bytes
	end = min(max(end, start+1), len(line)+2)
	if len(line) < width && start <= width && isPlain(line) {
		first := min(start-1, len(line))
		return string(bytes.TrimRight(line, " ")), strings.Repeat(" ", first) + strings.Repeat("^", max(1, min(end-1, len(line))-first))
	}
	return frameAny(line, start, end, width)
}

// frameAny is frame for lines that are long or hold more than plain characters.
func frameAny(line []byte, start, end, width int) (text, marks string) {
	// A minified file is one line of megabytes.
	cut, unit := lint.OffsetOf(line, start-width)
	line = line[cut:]
	cutLeft := cut > 0

	var cells []string
	var edges []int // edges[i] is the terminal column where cell i begins
	first, last := -1, -1
	column, settled := 0, 0
	joined := "" // what follows column settled: marks and emoji join what is before them
	for len(line) > 0 && (unit < start+width || len(cells) < 2*width) {
		r, size := utf8.DecodeRune(line)
		cell := string(r)
		if r == '\t' {
			cell = strings.Repeat(" ", 4-column%4)
		} else {
			cell = sanitize.Line(cell)
		}
		if unit >= start && unit < end {
			if first < 0 {
				first = len(cells)
			}
			last = len(cells)
		}
		cells, edges = append(cells, cell), append(edges, column)
		if r < utf8.RuneSelf || unicode.Is(unicode.Han, r) { // neither ever does
			settled, joined = column, ""
		}
		joined += cell
		column = settled + ui.Width(joined)
		unit += utf16.RuneLen(r)
		line = line[size:]
	}
	cutRight := len(line) > 0
	if first < 0 { // past the end: an error at the end of the line
		first, last = len(cells), len(cells)
		cells, edges = append(cells, ""), append(edges, column)
		column++
	}
	edges = append(edges, column)

	low, high := 0, len(cells)-1
	if cutLeft || cutRight || column > width+2 {
		low = first
		for low > 0 && edges[first+1]-edges[low-1] <= width/3 {
			low--
		}
		high = low
		for high+1 < len(cells) && edges[high+2]-edges[low] <= width {
			high++
		}
		for low > 0 && edges[high+1]-edges[low-1] <= width { // the line ends early
			low--
		}
	}
	last = min(last, high)
	text = strings.TrimRight(strings.Join(cells[low:high+1], ""), " ")
	lead := edges[first] - edges[low]
	if cutLeft || low > 0 {
		text, lead = "…"+text, lead+1
	}
	if cutRight || high < len(cells)-1 {
		text += "…"
	}
	return text, strings.Repeat(" ", lead) + strings.Repeat("^", max(1, edges[last+1]-edges[first]))
}

// isPlain reports whether every byte of a line is a character of one column.
func isPlain(line []byte) bool {
	for _, c := range line {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}
