package lint

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
)

func reading(files map[string]string) Report {
	return Report{read: func(path string) ([]byte, error) {
		text, ok := files[filepath.ToSlash(path)]
		if !ok {
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		}
		if text == "unreadable" {
			return nil, errors.New("no")
		}
		return []byte(text), nil
	}}
}

func TestLine(t *testing.T) {
	for _, c := range []struct {
		file, text string
		n          int
		want       string
		ok         bool
	}{
		{"a.js", "a\nb\nc", 1, "a\n", true},
		{"a.js", "a\nb\nc", 3, "c", true},
		{"a.js", "a\r\nb\rc", 2, "b\r", true},
		{"a.js", "a\r\nb\rc", 3, "c", true},
		{"a.js", "a\u2028b\u2029c", 3, "c", true},
		{"a.json", "a\u2028b\n", 1, "a\u2028b\n", true},
		{"a.js", "a\n", 2, "", false},
		{"a.js", "a\n", 9, "", false},
		{"a.js", "a\n", 0, "", false},
		{"a.js", "\ufeffa\nb", 1, "a\n", true},
		{"a.js", "\ufeffa\nb", 2, "b", true},
		{"a.js", "unreadable", 1, "", false},
		{"a.js", "", 1, "", false},
	} {
		got, ok := reading(map[string]string{c.file: c.text}).Sources().Line(c.file, c.n)
		if string(got) != c.want || ok != c.ok {
			t.Errorf("line %d of %q = %q, %v, want %q, %v", c.n, c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestPosition(t *testing.T) {
	for _, c := range []struct {
		text         string
		offset       int
		line, column int
		ok           bool
	}{
		{"ab\ncd", 0, 1, 1, true},
		{"ab\ncd", 2, 1, 3, true},
		{"ab\ncd", 3, 2, 1, true},
		{"ab\ncd", 5, 2, 3, true},
		{"ab\r\n", 4, 2, 1, true},
		{"提😀x", 7, 1, 4, true},
		{"\ufeffab", 4, 1, 2, true},
		{"\ufeffab", 0, 1, 1, true},
		{"ab", 3, 0, 0, false},
		{"unreadable", 0, 0, 0, false},
	} {
		line, column, ok := reading(map[string]string{"a.js": c.text}).Sources().Position("a.js", c.offset)
		if line != c.line || column != c.column || ok != c.ok {
			t.Errorf("offset %d of %q = %d:%d, %v, want %d:%d, %v", c.offset, c.text, line, column, ok, c.line, c.column, c.ok)
		}
	}
	if line, column, ok := reading(nil).Sources().Position("new.json", 0); line != 1 || column != 1 || !ok {
		t.Errorf("the beginning of a file to be made = %d:%d, %v", line, column, ok)
	}
	if _, _, ok := reading(nil).Sources().Position("new.json", 1); ok {
		t.Error("a file that does not exist has an offset 1")
	}
}
