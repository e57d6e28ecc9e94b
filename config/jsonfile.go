package config

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
	"wxcloud/internal/jsonedit"
)

// maxFileSize is far above any real configuration file, in bytes.
const maxFileSize = 1 << 20

// jsonFile is a JSON file read leniently: byte order mark, comments and trailing
// commas are accepted, as editors do.
type jsonFile struct {
	path   string
	doc    jsonedit.Document
	places *jsonedit.Locator
	root   gjson.Result // an object
}

// readJSON reads the file at path. exists is false, without an error, when there
// is none.
func readJSON(path string) (file jsonFile, exists bool, err error) {
	text, exists, err := readText(path)
	if err != nil || !exists {
		return jsonFile{}, exists, err
	}
	file, err = parseJSON(path, text)
	return file, true, err
}

// readText reads a file that should be short.
func readText(path string) (text []byte, exists bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false, nil
	case err != nil:
		return nil, true, unreadable(path, err)
	case !info.Mode().IsRegular():
		return nil, true, clierr.New("config/not-a-file", clierr.Local, nil).In(clierr.Position{File: path})
	case info.Size() > maxFileSize:
		return nil, true, clierr.New("config/too-large", clierr.Local, nil).In(clierr.Position{File: path})
	}
	text, err = os.ReadFile(path)
	if err != nil {
		return nil, true, unreadable(path, err)
	}
	return text, true, nil
}

// parseJSON reads text as the contents of the file at path.
func parseJSON(path string, text []byte) (jsonFile, error) {
	doc, err := jsonedit.Read(text)
	if err != nil {
		return jsonFile{}, inFile(err, path)
	}
	file := jsonFile{path: path, doc: doc, places: jsonedit.NewLocator(text), root: gjson.Parse(doc.Strict)}
	if !file.root.IsObject() {
		return jsonFile{}, file.failure("config/not-an-object", file.root, nil)
	}
	return file, nil
}

// member is a key and its value.
type member struct{ key, value gjson.Result }

// member finds a key of an object. Of several alike the last counts, as in
// JSON.parse; gjson's own look-up would take the first.
func (jsonFile) member(object gjson.Result, name string) (found member, ok bool) {
	if !object.IsObject() {
		return member{}, false
	}
	object.ForEach(func(key, value gjson.Result) bool {
		if key.Str == name {
			found, ok = member{key, value}, true
		}
		return true
	})
	return found, ok
}

// text is a string member of the document, "" if it is missing or null. The
// value is returned too, for its position.
func (f jsonFile) text(name string) (string, gjson.Result, error) {
	m, ok := f.member(f.root, name)
	if !ok || m.value.Type == gjson.Null {
		return "", gjson.Result{}, nil
	}
	if m.value.Type != gjson.String {
		return "", m.value, f.failure("config/want-string", m.value, clierr.Args{"key": name, "found": shown(m.value)})
	}
	return strings.TrimSpace(m.value.Str), m.value, nil
}

// position is where a key or value starts.
func (f jsonFile) position(r gjson.Result) clierr.Position {
	at := f.places.Position(r.Index)
	at.File = f.path
	return at
}

// extent is where a string stands.
func (f jsonFile) extent(r gjson.Result) Range {
	at, after := f.places.Position(r.Index), f.places.Position(r.Index+len(r.Raw))
	return Range{Line: at.Line, Column: at.Column, EndColumn: after.Column}
}

func (f jsonFile) failure(id clierr.ID, r gjson.Result, args clierr.Args) *clierr.Error {
	if id == "config/not-an-object" {
		args = clierr.Args{"found": shown(r)}
	}
	return clierr.New(id, clierr.Local, args).In(f.position(r))
}

// problem is failure for what does not keep the rest from being used.
func (f jsonFile) problem(id clierr.ID, r gjson.Result, args clierr.Args) Problem {
	at, after := f.places.Position(r.Index), f.places.Position(r.Index+len(r.Raw))
	p := Problem{ID: id, Args: args, Line: at.Line, Column: at.Column}
	if after.Line == at.Line && len(r.Raw) > 0 {
		p.EndColumn = after.Column
	}
	return p
}

// shown is a value as errors quote it.
func shown(r gjson.Result) string { return jsonedit.Snippet([]byte(r.Raw)) }

// inFile names the file in an error that has only line and column.
func inFile(err error, path string) error {
	var e *clierr.Error
	if errors.As(err, &e) {
		e.At.File = path
	}
	return err
}

// fatal turns the error of a file into a Problem of it.
func fatal(err error) Problem {
	var e *clierr.Error
	if !errors.As(err, &e) {
		return Problem{ID: "config/unreadable", Fatal: true}
	}
	return Problem{ID: e.ID, Args: e.Args, Line: e.At.Line, Column: e.At.Column, Fatal: true}
}

func unreadable(path string, cause error) error {
	var pathError *fs.PathError
	if errors.As(cause, &pathError) {
		cause = pathError.Err // the path is named already
	}
	return clierr.New("config/unreadable", clierr.Local, nil).In(clierr.Position{File: path}).Because(cause)
}
