package interfaces

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"unicode/utf8"
)

// file is an argument that came as bytes.
type file struct {
	name string
	data []byte
}

// arguments are the fields of a call by the name they were sent under. A value
// is what encoding/json makes of it (numbers as json.Number), or a file.
type arguments map[string]any

func readArguments(fields []Field) arguments {
	a := make(arguments, len(fields))
	for _, f := range fields {
		a[f.Name] = valueOf(f)
	}
	return a
}

func valueOf(f Field) any {
	if f.FileName != "" {
		return file{f.FileName, f.Value}
	}
	d := json.NewDecoder(bytes.NewReader(f.Value))
	d.UseNumber()
	var v any
	if d.Decode(&v) == nil {
		if _, err := d.Token(); err == io.EOF {
			return v
		}
	}
	if utf8.Valid(f.Value) {
		return string(f.Value) // SDKs write JSON text; others may write it plainly
	}
	return file{data: f.Value}
}

// find returns a value by its documented name. Names come in snake_case, as the
// SDK makes them of camelCase letter by letter, or untouched with convertCase off.
func find(object map[string]any, field string) (any, bool) {
	for _, name := range [2]string{field, sentAs(field)} {
		if v, ok := object[name]; ok && v != nil {
			return v, true
		}
	}
	return nil, false
}

// sentAs is the name the SDK sends a field under.
func sentAs(name string) string {
	var b strings.Builder
	for i, r := range name {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (a arguments) has(field string) bool {
	_, ok := find(a, field)
	return ok
}

// text returns a string field, or one of an object within: text("text", "content").
func (a arguments) text(path ...string) string {
	switch v := a.at(path...).(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	default:
		return ""
	}
}

func (a arguments) at(path ...string) any {
	var v any = map[string]any(a)
	for _, name := range path {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		if v, ok = find(object, name); !ok {
			return nil
		}
	}
	return v
}

func (a arguments) file(field string) (file, bool) {
	v, _ := find(a, field)
	f, ok := v.(file)
	return f, ok
}
