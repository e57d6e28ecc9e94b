package state

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"wxcloud/internal/atomicfile"
	"wxcloud/internal/clierr"
)

// version is the format of both files.
const version = 1

// stateFile and lockFile are the files as they stand. Maps are written with
// sorted keys and lists one name per line, so that git often merges two branches
// that touched different functions. Entries that stand next to each other can
// still conflict, two new ones above all; the error for that says what to keep.
type stateFile struct {
	Version      int                            `json:"version"`
	Environments map[string]map[string]Function `json:"environments"`
}

type lockFile struct {
	Version      int                           `json:"version"`
	Environments map[string]map[string]Applied `json:"environments"`
}

// Applied is one entry of wxcloud.lock.
type Applied struct {
	Openapi   []string  `json:"openapi"`
	AppliedAt time.Time `json:"appliedAt"`
	Writer    string    `json:"writer"`
	Evidence  string    `json:"evidence"`
}

func (a Applied) equal(b Applied) bool {
	return slices.Equal(a.Openapi, b.Openapi) && a.AppliedAt.Equal(b.AppliedAt) && a.Writer == b.Writer && a.Evidence == b.Evidence
}

func (s *Store) load(name string, into any) error {
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return clierr.New("state/cannot-read", clierr.Local, clierr.Args{"file": name}).Because(err)
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil // an empty file says nothing, like a missing one
	}
	return decode(name, raw, into)
}

// decode reads one of the files; name is the path shown to the user.
func decode(name string, raw []byte, into any) error {
	if at := conflict(raw); at > 0 {
		return clierr.New("state/conflict", clierr.Local, clierr.Args{"file": name}).
			In(clierr.Position{File: name, Line: at}).Hint("state/hint-conflict", clierr.Args{"file": name})
	}
	var head struct {
		Version int `json:"version"`
	}
	err := json.Unmarshal(raw, &head)
	if err == nil && head.Version > version {
		return clierr.New("state/newer", clierr.Local, clierr.Args{"file": name, "version": strconv.Itoa(head.Version)}).
			In(clierr.Position{File: name})
	}
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err == nil {
		return nil
	}
	failure := clierr.New("state/corrupt", clierr.Local, clierr.Args{"file": name}).Because(err).In(place(name, raw, err))
	if name == StateFile {
		return failure.Hint("state/hint-delete", clierr.Args{"file": name})
	}
	return failure.Hint("state/hint-restore", clierr.Args{"file": name})
}

// conflict returns the line of a merge conflict's first marker, or 0.
func conflict(raw []byte) int {
	line := 0
	for text := range bytes.Lines(raw) {
		line++
		if bytes.HasPrefix(text, []byte("<<<<<<< ")) {
			return line
		}
	}
	return 0
}

// place turns the offset of a JSON error into line and column.
func place(name string, raw []byte, err error) clierr.Position {
	at := clierr.Position{File: name}
	var offset int64
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = e.Offset
	} else if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset = e.Offset
	}
	if offset <= 0 {
		return at
	}
	// The offset counts the bytes read, the offending one included.
	before := raw[:min(int(offset)-1, len(raw))]
	at.Line = 1 + bytes.Count(before, []byte("\n"))
	at.Column = 1
	for line := before[bytes.LastIndexByte(before, '\n')+1:]; len(line) > 0; {
		r, size := utf8.DecodeRune(line)
		at.Column += max(1, utf16.RuneLen(r))
		line = line[size:]
	}
	return at
}

func (s *Store) save(name string, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return s.cannotWrite(name, err)
	}
	if err := atomicfile.Write(filepath.Join(s.dir, filepath.FromSlash(name)), b.Bytes(), 0o644); err != nil {
		return s.cannotWrite(name, err)
	}
	return nil
}
