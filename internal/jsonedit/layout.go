package jsonedit

import (
	"strings"

	"github.com/tidwall/gjson"
)

// container is an object, an array, or (childless) any other value, with what is
// needed to write into it as its author would have.
type container struct {
	text       string // the whole strict text
	start, end int    // byte range, brackets included
	children   []child
	// lead is the white space (and comma) in front of the line item the
	// container belongs to: the element itself, or the key it is the value of.
	lead string
	root bool
}

// child is a member or an element.
type child struct {
	start, end int    // byte range, the key included
	key        string // decoded
	colon      string // what stands between key and value
	value      gjson.Result
}

// open looks into a value. before and itemStart bound what precedes its line item.
func (d strictDoc) open(value gjson.Result, before, itemStart int) container {
	c := container{
		text: d.Strict, start: value.Index, end: value.Index + len(value.Raw),
		lead: d.Strict[before:itemStart],
		root: len(strings.TrimLeft(d.Strict[:itemStart], " \t\r\n")) == 0,
	}
	if kind := c.kind(); kind != '{' && kind != '[' {
		return c
	}
	value.ForEach(func(key, item gjson.Result) bool {
		next := child{start: item.Index, end: item.Index + len(item.Raw), value: item}
		if key.Raw != "" {
			next.start = key.Index
			next.key = key.Str
			next.colon = d.Strict[key.Index+len(key.Raw) : item.Index]
		}
		c.children = append(c.children, next)
		return true
	})
	return c
}

// kind is the first byte: '{', '[', or that of a scalar.
func (c container) kind() byte { return c.text[c.start] }

// gap is the text in front of child i: white space, and a comma unless it is the first.
func (c container) gap(i int) string {
	if i == 0 {
		return c.text[c.start+1 : c.children[0].start]
	}
	return c.text[c.children[i-1].end:c.children[i].start]
}

// separator is what to write between the last child and a new one: exactly what
// stands before the last child, so that comma-first lists and odd indentation
// carry on; with a single child, its lead and a comma. Blank lines between groups
// are not carried on.
func (c container) separator(s style) string {
	last := len(c.children) - 1
	gap := c.gap(last)
	if last > 0 {
		before, after, _ := strings.Cut(gap, ",")
		return lastLine(before) + "," + lastLine(after)
	}
	if strings.Contains(gap, "\n") {
		return "," + lastLine(gap)
	}
	return s.comma()
}

// childIndent says how a new child's line is indented and whether children stand
// on lines of their own.
func (c container) childIndent(s style) (indent string, broken bool) {
	if len(c.children) == 0 {
		return indentOf(c.lead) + s.unit, c.root || strings.Contains(c.lead, "\n")
	}
	gap := c.gap(len(c.children) - 1)
	if len(c.children) > 1 && !strings.Contains(gap, "\n") {
		return "", false
	}
	return indentOf(gap), strings.Contains(gap, "\n")
}

// insert puts texts behind the last child of c.
func (d strictDoc) insert(c container, s style, texts, values []string) (Edit, error) {
	if len(c.children) > 0 {
		separator := c.separator(s)
		end := c.children[len(c.children)-1].end
		return d.splice(values, change{end, end, separator + strings.Join(texts, separator)})
	}
	inside := strings.Join(texts, s.comma())
	if indent, broken := c.childIndent(s); broken {
		newline := s.eol + indent
		inside = newline + strings.Join(texts, ","+newline) + s.eol + indentOf(c.lead)
	}
	return d.splice(values, change{c.start + 1, c.end - 1, inside})
}

// style is how the rest of the document is written.
type style struct {
	eol, unit, colon string
}

// comma separates children on one line.
func (s style) comma() string {
	if s.colon == ":" {
		return ","
	}
	return ", "
}

// nest writes an array of strings inside objects with the given keys. indent is
// that of the line it starts on.
func (s style) nest(keys, values []string, indent string, broken bool) string {
	inner := indent + s.unit
	var items []string
	opener, closer := "[", "]"
	if len(keys) > 0 {
		opener, closer = "{", "}"
		items = []string{quote(keys[0]) + s.colon + s.nest(keys[1:], values, inner, broken)}
	} else {
		for _, value := range values {
			items = append(items, quote(value))
		}
	}
	if !broken {
		return opener + strings.Join(items, s.comma()) + closer
	}
	newline := s.eol + inner
	return opener + newline + strings.Join(items, ","+newline) + s.eol + indent + closer
}

// style takes the newline, the indent unit and the colon from the first place in
// the document that shows each.
func (d strictDoc) style() style {
	s := style{eol: "\n", unit: "  ", colon: ": "}
	if i := strings.IndexByte(d.Strict, '\n'); i > 0 && d.Strict[i-1] == '\r' {
		s.eol = "\r\n"
	}
	if unit, ok := d.unit(d.root); ok {
		s.unit = unit
	}
	if colon, ok := d.colon(d.root); ok {
		s.colon = colon
	}
	return s
}

// unit is how much deeper children stand than their container, at the first
// container that has them on lines of their own. A flat one is the last resort.
func (d strictDoc) unit(c container) (unit string, ok bool) {
	broken := len(c.children) > 0 && strings.Contains(c.gap(0), "\n")
	if outer := indentOf(c.lead); broken && (c.root || strings.Contains(c.lead, "\n")) {
		if inner, deeper := strings.CutPrefix(indentOf(c.gap(0)), outer); deeper && inner != "" {
			return inner, true
		}
	}
	for i := range c.children {
		if inner, found := d.unit(d.child(c, i)); found && inner != "" {
			return inner, true
		}
	}
	return "", broken
}

// colon is what stands between the first key and its value that share a line.
func (d strictDoc) colon(c container) (string, bool) {
	for i, child := range c.children {
		if child.colon != "" && !strings.Contains(child.colon, "\n") {
			return child.colon, true
		}
		if colon, ok := d.colon(d.child(c, i)); ok {
			return colon, true
		}
	}
	return "", false
}

// child opens child i of c.
func (d strictDoc) child(c container, i int) container {
	return d.open(c.children[i].value, c.children[i].start-len(c.gap(i)), c.children[i].start)
}

// indentOf is the indentation after the last newline of a lead or gap; a comma in
// it (comma-first lists) counts as the space it takes.
func indentOf(gap string) string {
	return strings.ReplaceAll(gap[strings.LastIndexByte(gap, '\n')+1:], ",", " ")
}

// lastLine cuts blank lines: of several newlines it keeps the last with what follows.
func lastLine(space string) string {
	i := strings.LastIndexByte(space, '\n')
	if i > 0 && space[i-1] == '\r' {
		i--
	}
	return space[max(i, 0):]
}
